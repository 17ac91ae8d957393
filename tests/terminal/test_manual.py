"""The manual page: as the commands are now, in both languages, and without a fault."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from importlib.metadata import version
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

from search.terminal.group import COMMANDS
from search.terminal.manual import QUERIES
from tests.catalogs import ROOT

if TYPE_CHECKING:
    from pathlib import Path

    import search

PAGES = {
    "en": ROOT / "search" / "data" / "man" / "man1" / "baogao.1",
    "zh": ROOT / "search" / "data" / "man" / "zh_CN" / "man1" / "baogao.1",
}
_RELEASE = re.compile(r"^\.TH .*$", re.MULTILINE)

pages = pytest.mark.parametrize(("language", "page"), PAGES.items(), ids=PAGES)


def _made(language: str) -> str:
    return subprocess.run(
        [sys.executable, "-m", "search.terminal.manual"],
        capture_output=True, check=True, env={**os.environ, "LANGUAGE": language},
    ).stdout.decode()  # fmt: skip


@pages
def test_the_page_is_what_the_commands_say_now(language: str, page: Path) -> None:
    assert page.read_text("utf-8") == _made(language), "make it anew: make texts"


@pages
def test_every_command_and_example_is_on_the_page(language: str, page: Path) -> None:
    text = page.read_text("utf-8")
    assert version("baogao") in _RELEASE.findall(text)[0]
    for name in COMMANDS:
        assert f'.SS "baogao {name} ' in text
        assert rf"\fBbaogao {name}" in text


def _program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pages
def test_mandoc_finds_no_fault(language: str, page: Path) -> None:
    told = subprocess.run(
        [_program("mandoc"), "-Tlint", "-W", "warning", page], capture_output=True, check=False
    ).stdout.decode()
    # A date that changed by itself would make another page every day.
    assert [line for line in told.splitlines() if "missing date" not in line] == []


@pages
def test_man_shows_it_without_a_warning_in_80_columns(language: str, page: Path) -> None:
    shown = subprocess.run(
        [_program("man"), "--warnings", "-l", page], capture_output=True, check=True,
        env={**os.environ, "MANWIDTH": "80", "LC_ALL": "C.UTF-8", "MANPAGER": "cat"},
    )  # fmt: skip
    lines = re.sub(".\b", "", shown.stdout.decode()).splitlines()
    assert shown.stderr == b""
    assert [line for line in lines if wcswidth(line) > 80] == []
    assert [line for line in lines if "baogao search 行政复议" in line]


@pytest.mark.parametrize("query", QUERIES)
def test_every_query_on_the_page_finds_something(samples: search.Index, query: str) -> None:
    assert samples.search(query).total
