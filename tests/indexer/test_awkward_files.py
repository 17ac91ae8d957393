"""A folder of awkward real files, indexed: each is read, or refused for the right reason."""

from __future__ import annotations

import csv
import time
from typing import TYPE_CHECKING

import pytest

import search
from corpus import Reason

if TYPE_CHECKING:
    from pathlib import Path

FILES = 154
SECONDS = 180

REFUSED = {
    "password": Reason.ENCRYPTED,
    "user password": Reason.ENCRYPTED,
    "Chinese scanned": Reason.SCAN,
    "scanned": Reason.SCAN,
    "cut at": Reason.DAMAGED,
}
"""How the notes of the manifest begin that say why a file cannot be read."""


class Run:
    """The whole folder, indexed in one go.

    Attributes:
        summary: what came of it.
        reports: what is in the index.
        seconds: how long it took.
    """

    def __init__(self, folder: Path, directory: Path) -> None:
        started = time.monotonic()
        self.summary = search.build_index(directory, folder)
        self.seconds = time.monotonic() - started
        with search.open_index(directory) as index:
            self.reports = tuple(index.reports())


@pytest.fixture(scope="module")
def run(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    return Run(real_data / "messy", tmp_path_factory.mktemp("awkward") / "index")


@pytest.fixture(scope="module")
def expected(real_data: Path) -> dict[str, Reason | None]:
    """Why each file cannot be read, as the manifest says; None for one that can."""
    with (real_data / "messy" / "MANIFEST.tsv").open(encoding="utf-8", newline="") as file:
        notes = {row["path"]: row["note"] for row in csv.DictReader(file, delimiter="\t")}
    return {
        str(real_data / "messy" / path): next(
            (reason for start, reason in REFUSED.items() if note.startswith(start)), None
        )
        for path, note in notes.items()
    }


def test_every_file_is_read_or_refused_for_the_reason_that_the_manifest_gives(
    run: Run, expected: dict[str, Reason | None]
) -> None:
    found: dict[str, Reason | None] = {
        source.split("!/")[0]: None for report in run.reports for source in report.sources
    }
    found.update({problem.source: problem.reason for problem in run.summary.failed})
    assert len(expected) == FILES
    assert {path: found.get(path, "missed") for path in expected} == expected


def test_no_file_of_the_folder_is_passed_over(run: Run) -> None:
    assert run.summary.passed_over == 0


def test_no_failure_is_a_fault_of_ours(run: Run) -> None:
    assert not [problem for problem in run.summary.failed if "please report" in problem.detail]


def test_the_folder_takes_no_more_than_three_minutes(run: Run) -> None:
    assert run.seconds < SECONDS
