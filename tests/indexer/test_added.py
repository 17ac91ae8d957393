"""The day on which a report came into the index: noted once, kept through all later runs."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

import search

from .notices import FLOOD, HEALTH, SCHOOL

if TYPE_CHECKING:
    from pathlib import Path


FIRST, LATER, LAST = date(2024, 1, 31), date(2024, 5, 1), date(2024, 6, 2)


@pytest.fixture
def directory(tmp_path: Path, folder: Path) -> Path:
    search.build_index(tmp_path / "index", [folder], added=FIRST)
    return tmp_path / "index"


def added(directory: Path) -> dict[str, date | None]:
    """Of every report, by the beginning of its title, the day it came into the index."""
    with search.open_index(directory) as index:
        return {report.title[4:6]: report.added for report in index.reports()}


def test_a_report_has_the_day_of_the_run_that_it_came_in_with(
    directory: Path, folder: Path
) -> None:
    assert added(directory) == {"防汛": FIRST, "招生": FIRST}
    (folder / "health.txt").write_text(HEALTH, "utf-8")
    search.build_index(directory, [folder], added=LATER)
    assert added(directory) == {"防汛": FIRST, "招生": FIRST, "卫生": LATER}


def test_the_day_is_todays_if_none_is_told(tmp_path: Path, folder: Path) -> None:
    before = date.today()  # noqa: DTZ011 (the user's day)
    search.build_index(tmp_path / "index", [folder])
    days = set(added(tmp_path / "index").values())
    assert days <= {before, date.today()}  # noqa: DTZ011


def test_a_report_that_is_moved_or_copied_keeps_its_day(directory: Path, folder: Path) -> None:
    (folder / "archive").mkdir()
    (folder / "flood.txt").rename(folder / "archive" / "old.txt")
    (folder / "copy.txt").write_text(SCHOOL, "utf-8")
    search.build_index(directory, [folder], added=LATER)
    assert added(directory) == {"防汛": FIRST, "招生": FIRST}


def test_reports_whose_files_change_places_keep_their_days(directory: Path, folder: Path) -> None:
    (folder / "flood.txt").write_text(SCHOOL, "utf-8")
    (folder / "school.txt").write_text(FLOOD, "utf-8")
    search.build_index(directory, [folder], added=LATER)
    assert added(directory) == {"防汛": FIRST, "招生": FIRST}


def test_a_report_whose_text_changes_is_a_new_one(directory: Path, folder: Path) -> None:
    (folder / "flood.txt").write_text(FLOOD + "\n请认真落实。\n", "utf-8")
    search.build_index(directory, [folder], added=LATER)
    assert added(directory) == {"防汛": LATER, "招生": FIRST}


def test_a_report_that_was_gone_between_two_runs_is_a_new_one(
    directory: Path, folder: Path
) -> None:
    (folder / "flood.txt").unlink()
    search.build_index(directory, [folder], added=LATER)
    (folder / "flood.txt").write_text(FLOOD, "utf-8")
    search.build_index(directory, [folder], added=LAST)
    assert added(directory) == {"防汛": LAST, "招生": FIRST}


def test_building_anew_keeps_the_days_of_reports_that_were_there(
    directory: Path, folder: Path
) -> None:
    (folder / "school.txt").unlink()
    (folder / "health.txt").write_text(HEALTH, "utf-8")
    search.build_index(directory, [folder], rebuild=True, added=LATER)
    assert added(directory) == {"防汛": FIRST, "卫生": LATER}
