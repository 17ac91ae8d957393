"""An index of Whoosh documents is lost as little as one of reports."""

from __future__ import annotations

import os
import shutil
from functools import partial
from typing import TYPE_CHECKING

import pytest
from whoosh.query import Every

from indexer import IndexingError
from indexer.engine import open_array_index
from tests.indexer.durability.operations import Operation, watched
from tests.indexer.durability.support import is_tidy, kill, run_out_of_space

from .support import schema

if TYPE_CHECKING:
    from pathlib import Path

BEFORE, AFTER = ["a", "b", "c"], ["a", "c", "new"]


@pytest.fixture(autouse=True)
def _without_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written outlives its writer even so."""
    monkeypatch.setattr(os, "fsync", lambda _: None)


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """Three segments."""
    for name in BEFORE:
        with open_array_index(tmp_path / "original", schema()).writer() as writer:
            writer.add_document(id=name, text=f"alfa {name}", rank=1)
    return tmp_path / "original"


def run(directory: Path, optimize: bool) -> None:
    """Have one document go and another come; all the same if it is done again."""
    writer = open_array_index(directory, schema()).writer()
    writer.delete_by_term("id", "b")
    writer.update_document(id="new", text="alfa new", rank=2)
    writer.commit(optimize=optimize)


def ids(directory: Path) -> list[str]:
    with open_array_index(directory, schema()).searcher() as searcher:
        return sorted(hit["id"] for hit in searcher.search(Every(), limit=None))


def operations(original: Path, trial: Path, optimize: bool) -> list[Operation]:
    """What a run does to files."""
    seen: list[Operation] = []
    shutil.copytree(original, trial)
    with watched(seen.append):
        run(trial, optimize)
    assert ids(trial) == AFTER
    shutil.rmtree(trial)
    return seen


@pytest.mark.parametrize("optimize", [False, True], ids=["commit", "merge"])
def test_a_writer_that_is_killed_leaves_the_old_index_or_the_new_one(
    original: Path, tmp_path: Path, optimize: bool
) -> None:
    """At any file operation, or half-way in writing; the next run completes."""
    trial = tmp_path / "index"
    points = [
        (number, half)
        for number, operation in enumerate(operations(original, trial, optimize))
        for half in ((False, True) if operation.kind == "write" else (False,))
    ]
    assert len(points) >= 30
    found = set()
    for number, half in points:
        shutil.copytree(original, trial)
        kill(partial(run, trial, optimize), number, half=half)
        left = ids(trial)
        assert left in (BEFORE, AFTER), (number, half)
        found.add(left == AFTER)
        run(trial, optimize)
        assert ids(trial) == AFTER
        assert is_tidy(trial)
        shutil.rmtree(trial)
    assert found == {False, True}


@pytest.mark.parametrize("optimize", [False, True], ids=["commit", "merge"])
@pytest.mark.parametrize("stays_full", [False, True], ids=["once", "from-then-on"])
def test_a_full_disk_is_an_error_of_ours_that_lets_the_next_writer_write(
    original: Path, tmp_path: Path, optimize: bool, stays_full: bool
) -> None:
    """Whatever is refused: the index is as it was or as it is to be, and its lock is free."""
    trial = tmp_path / "index"
    count = len(operations(original, trial, optimize))
    refused = 0
    for number in range(count):
        shutil.copytree(original, trial)
        try:
            run_out_of_space(partial(run, trial, optimize), number, stays_full=stays_full)
        except IndexingError as error:
            assert "No space left on device" in str(error)
            refused += 1
        assert ids(trial) in (BEFORE, AFTER), number
        run(trial, optimize)
        assert ids(trial) == AFTER
        assert is_tidy(trial)
        shutil.rmtree(trial)
    assert refused > count // 2
