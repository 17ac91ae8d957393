"""What could not be read: noted with its reason, and tried again only when it changed."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from zipfile import ZipFile

import pytest

import search
from corpus import Limits, Reason
from indexer import build, taking
from indexer.taking import Taken, Task, take

if TYPE_CHECKING:
    from pathlib import Path

    from indexer import Segmenter

GOOD = "关于防汛工作的通知\n\n各区要落实防汛责任。\n"
BINARY = b"\x00\x01\x02\x03" * 99


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a report, an empty file and a binary one."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text(GOOD, "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "binary.txt").write_bytes(BINARY)
    return folder


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are read from now on."""
    names: list[str] = []

    def watched(task: Task, segmenter: Segmenter) -> Taken:
        names.append(os.path.basename(task.path))  # noqa: PTH119
        return take(task, segmenter)

    monkeypatch.setattr(build, "take", watched)
    return names


def failures(directory: Path) -> dict[str, Reason]:
    with search.open_index(directory) as index:
        return {os.path.basename(one.source): one.reason for one in index.failures()}  # noqa: PTH119


def test_failures_are_kept_with_their_reasons(folder: Path, tmp_path: Path) -> None:
    summary = search.build_index(tmp_path / "index", folder)
    assert {problem.reason for problem in summary.failed} == {Reason.EMPTY, Reason.NOT_TEXT}
    expected = {"empty.txt": Reason.EMPTY, "binary.txt": Reason.NOT_TEXT}
    assert failures(tmp_path / "index") == expected
    with search.open_index(tmp_path / "index") as index:
        told = {(one.source, one.detail) for one in index.failures()}
    assert told == {(problem.source, problem.detail) for problem in summary.failed}


def test_what_could_not_be_read_is_tried_again_only_when_it_changed(
    folder: Path, tmp_path: Path, taken: list[str]
) -> None:
    search.build_index(tmp_path / "index", folder)
    assert sorted(taken) == ["binary.txt", "empty.txt", "good.txt"]
    taken.clear()
    again = search.build_index(tmp_path / "index", folder)
    assert (taken, again.unread, again.unchanged, again.failed) == ([], 2, 1, ())
    (folder / "empty.txt").write_text(GOOD.replace("防汛", "抗旱"), "utf-8")
    changed = search.build_index(tmp_path / "index", folder)
    assert (taken, changed.added, changed.unread) == (["empty.txt"], 1, 1)
    assert failures(tmp_path / "index") == {"binary.txt": Reason.NOT_TEXT}


def test_a_run_in_which_nothing_changed_commits_nothing(folder: Path, tmp_path: Path) -> None:
    search.build_index(tmp_path / "index", folder)
    with search.open_index(tmp_path / "index") as index:
        generation = index.stats().generation
    search.build_index(tmp_path / "index", folder)
    with search.open_index(tmp_path / "index") as index:
        assert index.stats().generation == generation


def test_a_failure_goes_with_its_file(folder: Path, tmp_path: Path) -> None:
    search.build_index(tmp_path / "index", folder)
    (folder / "binary.txt").unlink()
    summary = search.build_index(tmp_path / "index", folder)
    assert summary.removed == 0
    assert failures(tmp_path / "index") == {"empty.txt": Reason.EMPTY}


def test_a_report_that_became_unreadable_stays_searchable_and_is_named(
    folder: Path, tmp_path: Path
) -> None:
    search.build_index(tmp_path / "index", folder)
    (folder / "good.txt").write_bytes(BINARY)
    summary = search.build_index(tmp_path / "index", folder)
    assert (summary.changed, summary.removed, summary.reports) == (0, 0, 1)
    assert failures(tmp_path / "index")["good.txt"] is Reason.NOT_TEXT
    with search.open_index(tmp_path / "index") as index:
        assert index.search("防汛").total


def test_a_file_over_the_limits_is_refused_unread(folder: Path, tmp_path: Path) -> None:
    (folder / "long.txt").write_text(GOOD * 9, "utf-8")
    search.build_index(tmp_path / "index", folder, limits=Limits(size=200))
    assert failures(tmp_path / "index")["long.txt"] is Reason.TOO_LARGE


def test_what_was_not_read_for_a_limit_is_tried_again_with_another(tmp_path: Path) -> None:
    path, directory = tmp_path / "all.zip", tmp_path / "index"
    with ZipFile(path, "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", GOOD.replace("防汛", f"防汛{number}"))
    strict, lax = Limits(members=2), Limits(members=9)
    assert search.build_index(directory, path, limits=strict).reports == 2
    for limits, changed, reports in ((strict, 0, 2), (lax, 1, 3), (lax, 0, 3)):
        summary = search.build_index(directory, path, limits=limits)
        assert (summary.changed, summary.reports) == (changed, reports)


def test_what_failed_by_a_fault_of_ours_is_tried_again(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise FileNotFoundError(2, "No such file or directory")

    with monkeypatch.context() as failed:
        failed.setattr(taking, "read_members", failing)
        summary = search.build_index(tmp_path / "index", folder / "good.txt")
        assert (summary.reports, len(summary.failed)) == (0, 1)
    summary = search.build_index(tmp_path / "index", folder / "good.txt")
    assert (summary.reports, summary.failed) == (1, ())
    assert failures(tmp_path / "index") == {}


def test_an_index_of_nothing_but_failures_tells_them(tmp_path: Path) -> None:
    (tmp_path / "binary.txt").write_bytes(BINARY)
    summary = search.build_index(tmp_path / "index", tmp_path / "binary.txt")
    assert (summary.reports, len(summary.failed)) == (0, 1)
    assert failures(tmp_path / "index") == {"binary.txt": Reason.NOT_TEXT}
