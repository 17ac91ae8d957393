"""A file that is as it was is not read to find that out; any other is."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

import indexer.build
import search
from corpus import Limits, Reason, load_bytes
from indexer import stamps

from .notices import FLOOD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from indexer import BuildSummary

    Run = Callable[..., BuildSummary]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that a run has opened."""
    names: list[str] = []

    def noting(path: str, limits: Limits) -> bytes:
        names.append(os.path.basename(path))  # noqa: PTH119 (a name of one or the other system)
        return load_bytes(path, limits)

    monkeypatch.setattr(indexer.build, "load_bytes", noting)
    return names


@pytest.fixture
def run(tmp_path: Path, folder: Path, opened: list[str]) -> Run:
    """Indexes the folder; what was opened before is forgotten."""

    def run(encoding: str | None = None, limits: Limits | None = None) -> BuildSummary:
        opened.clear()
        index = tmp_path / "index"
        return search.build_index(index, [folder], encoding=encoding, limits=limits)

    return run


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change shows from the moment after the one before it, as where times are fine."""
    monkeypatch.setattr(stamps, "_SETTLED", 0)


@pytest.mark.usefixtures("settled")
def test_what_is_as_it_was_is_not_opened(run: Run, opened: list[str]) -> None:
    assert run().added == 2
    assert sorted(opened) == ["flood.txt", "school.txt"]
    assert run().unchanged == 2
    assert opened == []


def test_what_was_changed_just_before_is_opened_until_a_change_would_show(
    run: Run, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stamps, "_SETTLED", 10**18)
    run()
    assert run().unchanged == 2
    assert sorted(opened) == ["flood.txt", "school.txt"]
    monkeypatch.setattr(stamps, "_SETTLED", 0)
    run()
    assert sorted(opened) == ["flood.txt", "school.txt"]
    assert (run().unchanged, opened) == (2, [])


@pytest.mark.usefixtures("settled")
def test_a_change_is_seen_even_if_size_and_time_are_set_back(
    run: Run, folder: Path, opened: list[str]
) -> None:
    run()
    path = folder / "flood.txt"
    before = path.stat()
    path.write_text(FLOOD.replace("巡查", "值守"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (run().changed, opened) == (1, ["flood.txt"])


@pytest.mark.usefixtures("settled")
def test_another_file_in_its_place_is_seen(run: Run, folder: Path, opened: list[str]) -> None:
    run()
    path, other = folder / "flood.txt", folder.parent / "other"
    before = path.stat()
    other.write_text(FLOOD.replace("巡查", "值守"), "utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)
    assert (run().changed, opened) == (1, ["flood.txt"])


@pytest.mark.usefixtures("settled")
def test_what_is_to_be_read_another_way_is_opened(run: Run, opened: list[str]) -> None:
    run()
    run(encoding="utf-8")
    assert sorted(opened) == ["flood.txt", "school.txt"]


@pytest.mark.usefixtures("settled")
def test_what_is_larger_than_allowed_now_is_named_as_ever(run: Run) -> None:
    run()
    summary = run(limits=Limits(size=20))
    assert [problem.reason for problem in summary.failed] == [Reason.TOO_LARGE] * 2


@pytest.mark.usefixtures("settled")
def test_a_touched_file_is_opened_once(run: Run, folder: Path, opened: list[str]) -> None:
    run()
    os.utime(folder / "flood.txt", (1, 1))
    assert (run().unchanged, opened) == (2, ["flood.txt"])
    assert (run().unchanged, opened) == (2, [])


@pytest.mark.usefixtures("settled")
def test_what_could_not_be_read_is_not_opened_again_either(
    run: Run, folder: Path, opened: list[str]
) -> None:
    (folder / "empty.txt").write_bytes(b"")
    assert len(run().failed) == 1
    assert (run().unread, opened) == (1, [])
