"""What type checkers know of the module: all of it, and the same."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

import search

ROOT = Path(__file__).parents[2]
PROGRAM = Path(__file__).with_name("typed.py")
LINES = PROGRAM.read_text("utf-8").splitlines()

EXPECTED = {
    number: match[1]
    for number, line in enumerate(LINES, 1)
    if (match := re.search(r"reveal_type\(.*\)  # (.+)$", line))
}
"""Line of the program → the type that it says is there."""


def run(tool: str, *arguments: str | Path) -> str:
    """What a type checker says, run in the folder of the project."""
    if not find_spec(tool):
        pytest.skip(f"{tool} is not installed: it comes with the extra `check`")
    ended = subprocess.run(
        [sys.executable, "-m", tool, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,  # it has found something: that is what is looked at
    )
    return ended.stdout


def short(name: str) -> str:
    """A type without the modules that its names are from, which the checkers write differently."""
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", name)


def test_the_program_uses_every_public_name() -> None:
    used = set(re.findall(r"\w+", " ".join(LINES)))
    assert set(search.__all__) - used == set()
    asked = {name for name in dir(search.Index) if not name.startswith("_")}
    assert asked - used == set()


def test_mypy_knows_the_type_of_everything() -> None:
    told = run("mypy", "--strict", "--no-error-summary", "--hide-error-context", PROGRAM)
    found = re.findall(r':(\d+): note: Revealed type is "(.+)"$', told, re.MULTILINE)
    assert {int(line): short(name) for line, name in found} == EXPECTED
    assert "error:" not in told


def test_pyright_knows_the_type_of_everything() -> None:
    told = json.loads(run("pyright", "--outputjson", PROGRAM))["generalDiagnostics"]
    assert [one for one in told if one["severity"] != "information"] == []
    found = {
        one["range"]["start"]["line"] + 1: re.search(r' is "(.+)"$', one["message"]) for one in told
    }
    assert {line: short(match[1]) for line, match in found.items() if match} == EXPECTED


def test_the_types_of_all_public_names_are_complete() -> None:
    told = json.loads(run("pyright", "--verifytypes", "search", "--ignoreexternal", "--outputjson"))
    known = {one["name"]: one["isTypeKnown"] for one in told["typeCompleteness"]["symbols"]}
    assert [name for name in search.__all__ if known.get(f"search.{name}") is False] == []
    assert known["search.index.Index"]
    assert known["search.index.open_index"]
