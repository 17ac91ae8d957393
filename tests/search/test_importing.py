"""To import the package costs next to nothing, and starts nothing."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from typing import Any, get_origin

import pytest

import search

# What a fresh interpreter does while it imports: the audit hook hears of files, sockets and
# processes (PEP 578); those of the modules themselves are opened by the import system.
WATCHED = """
import json, os, signal, sys, threading

heard, before = [], set(sys.modules)
watched = {"open", "socket.__new__", "subprocess.Popen", "os.fork", "os.exec", "os.mkdir",
           "mmap.__new__", "os.putenv", "_thread.start_new_thread"}
state = lambda: [dict(os.environ), os.getcwd(), sys.path[:], threading.active_count(),
                 list(map(signal.getsignal, (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE)))]
started = state()

def hear(event, arguments):
    if event in watched:
        heard.append([event, str(arguments[0])])

sys.addaudithook(hear)
import search
found = {"heard": heard, "modules": sorted(set(sys.modules) - before), "same": state() == started}
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def importing() -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, "-I", "-B", "-c", WATCHED], capture_output=True, text=True, check=True
    )
    assert ended.stderr == ""
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def test_importing_opens_no_file_but_modules_and_starts_nothing(importing: dict[str, Any]) -> None:
    others = [
        (event, argument)
        for event, argument in importing["heard"]
        if event != "open" or not re.search(r"\.(py|pyc|so)$", argument)
    ]
    assert others == []


def test_importing_changes_nothing_of_the_process(importing: dict[str, Any]) -> None:
    assert importing["same"]


def test_importing_loads_no_library_and_nothing_of_ours_that_is_not_asked_for(
    importing: dict[str, Any],
) -> None:
    modules = importing["modules"]
    ours = [name for name in modules if name.partition(".")[0] in {"corpus", "indexer", "search"}]
    others = {name.partition(".")[0] for name in modules} - {"corpus", "indexer", "search"}
    assert sorted(ours) == ["corpus", "corpus.lazily", "search"]
    assert others <= sys.stdlib_module_names


def test_how_long_importing_takes_is_reported() -> None:
    ended = subprocess.run(
        [sys.executable, "-I", "-X", "importtime", "-c", "import search"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    (microseconds,) = re.findall(r"\| +(\d+) \| search$", ended.stderr, re.MULTILINE)
    sys.stdout.write(f"import search: {int(microseconds) / 1000} ms\n")


def test_every_public_name_is_there_and_is_documented() -> None:
    assert list(search.__all__) == sorted(set(search.__all__), key=_by_kind_of_name)
    values = {name: getattr(search, name) for name in search.__all__}
    types = {name for name, value in values.items() if get_origin(value)}
    assert types == {"ComparedPart", "Filter", "Grouping", "KwicOrder", "Measure", "Sort", "Span"}
    assert all(value.__doc__ for name, value in values.items() if name not in types)


def test_a_name_that_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'opne_index'"):
        search.opne_index  # type: ignore[attr-defined]  # noqa: B018


def _by_kind_of_name(name: str) -> tuple[bool, str]:
    return name[0].islower(), name
