"""A folder of awkward real files, indexed: each is read, or refused for the right reason."""

from __future__ import annotations

from pathlib import Path

import pytest

import search
from corpus import Reason

REFUSED: dict[str, tuple[Reason, int]] = {
    "doc_encrypted": (Reason.ENCRYPTED, 2),
    "docx_encrypted": (Reason.ENCRYPTED, 1),
    "pdf_encrypted": (Reason.ENCRYPTED, 3),
    "pdf_image_only": (Reason.SCAN, 2),
}
"""Folders of which no file can be read: why, and how many there are."""

CUT_OFF = "truncated"
"""In the names of files that break off: read as far as they go, or refused as damaged."""


@pytest.fixture(scope="module")
def indexed(
    real_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[search.BuildSummary, search.Index]:
    """The whole folder, in one run."""
    directory = tmp_path_factory.mktemp("awkward") / "index"
    summary = search.build_index(directory, _files(real_data))
    return summary, search.open_index(directory)


def _files(real_data: Path) -> list[Path]:
    lines = (real_data / "messy" / "MANIFEST.tsv").read_text("utf-8").splitlines()[1:]
    return [real_data / "messy" / line.split("\t")[0] for line in lines]


def test_what_is_refused_is_refused_for_the_right_reason(
    indexed: tuple[search.BuildSummary, search.Index],
) -> None:
    summary, _ = indexed
    found: dict[str, list[Reason]] = {}
    for problem in summary.failed:
        path = Path(problem.source)
        if CUT_OFF in path.name:
            assert problem.reason is Reason.DAMAGED, problem
        else:
            found.setdefault(path.parent.name, []).append(problem.reason)
    assert found == {folder: [reason] * count for folder, (reason, count) in REFUSED.items()}


def test_everything_else_is_read(
    indexed: tuple[search.BuildSummary, search.Index], real_data: Path
) -> None:
    _, index = indexed
    sources = {source.split("!/")[0] for report in index.reports() for source in report.sources}
    expected = {
        str(path)
        for path in _files(real_data)
        if path.parent.name not in REFUSED and CUT_OFF not in path.name
    }
    assert expected - sources == set()


def test_no_failure_is_a_fault_of_ours(
    indexed: tuple[search.BuildSummary, search.Index],
) -> None:
    summary, _ = indexed
    assert not [problem for problem in summary.failed if "please report" in problem.detail]
