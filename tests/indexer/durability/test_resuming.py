"""A long run that is broken off loses what it had not committed, and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
from typing import TYPE_CHECKING

import pytest

import indexer.segments
import search
from indexer import IndexCorrupt
from indexer.generations import Generations

from .operations import Operation, watched
from .support import answers, fill, in_child, report, state

if TYPE_CHECKING:
    from pathlib import Path

REPORTS = 5


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every report is a batch."""
    monkeypatch.setattr(indexer.segments, "_FULL", 1)


@pytest.fixture
def place(tmp_path: Path) -> Path:
    fill(tmp_path / "reports", {f"{number}.txt": report(number) for number in range(REPORTS)})
    return tmp_path


def build(place: Path, *, commits: int, rebuild: bool = False) -> int:
    """Build, and kill the process before the commit after so many; gives its exit status."""
    done = 0

    def before(operation: Operation) -> None:
        nonlocal done
        if operation.kind == "replace":
            if done == commits:
                os.kill(os.getpid(), signal.SIGKILL)
            done += 1

    def run() -> None:
        with watched(before):
            search.build_index(place / "index", place / "reports", rebuild=rebuild)

    return in_child(run)


@pytest.mark.parametrize("commits", [1, 3])
def test_a_run_that_is_broken_off_keeps_its_batches_and_the_next_takes_in_the_rest(
    place: Path, commits: int
) -> None:
    assert build(place, commits=commits) == -signal.SIGKILL
    with search.open_index(place / "index") as index:
        assert len(index.reports()) == commits
    summary = search.build_index(place / "index", place / "reports")
    assert (summary.unchanged, summary.added) == (commits, REPORTS - commits)
    search.build_index(place / "whole", place / "reports")
    assert sorted(map(str, reports_of(place / "index"))) == sorted(
        map(str, reports_of(place / "whole"))
    )


def reports_of(directory: Path) -> list[object]:
    with search.open_index(directory) as index:
        return [(known, index.paragraphs(known.id)) for known in index.reports()]


def test_building_anew_commits_once_and_keeps_the_old_index_until_then(place: Path) -> None:
    search.build_index(place / "index", place / "reports")
    before = state(place / "index")
    fill(place / "reports", {"1.txt": None, "new.txt": report(9)})
    assert build(place, commits=0, rebuild=True) == -signal.SIGKILL
    assert state(place / "index") == before
    assert build(place, commits=1, rebuild=True) == 0
    assert state(place / "index") != before


def test_an_index_whose_manifest_is_damaged_keeps_its_files_until_it_is_built_anew(
    place: Path,
) -> None:
    search.build_index(place / "index", place / "reports")
    before = answers(place / "index")
    manifest = place / "index" / "manifest.json"
    kept = place / "kept.json"
    shutil.copy(manifest, kept)
    manifest.write_text("{", "utf-8")
    with pytest.raises(IndexCorrupt):
        search.build_index(place / "index", place / "reports")
    assert build(place, commits=0, rebuild=True) == -signal.SIGKILL
    shutil.copy(kept, manifest)
    assert answers(place / "index") == before


def test_leftovers_of_a_killed_writer_are_cleared_by_the_next(place: Path) -> None:
    directory = place / "index"
    search.build_index(directory, place / "reports")
    number = Generations(directory).manifest().generation + 1
    half = Generations(directory).folder(number)
    half.mkdir()
    (half / "segment-000001-001.bin").write_bytes(b"half")
    (directory / "manifest.json.new").write_text("{", "utf-8")
    assert search.build_index(directory, place / "reports").unchanged == REPORTS
    assert not half.exists()
    assert not (directory / "manifest.json.new").exists()
