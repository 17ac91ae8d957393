"""What an index holds: its reports in order, its numbers, which reports are near to one another."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from corpus.plain import Plain

if TYPE_CHECKING:
    from corpus import Report
    from indexer import Snapshot


@dataclass(frozen=True, slots=True)
class IndexStats(Plain):
    """What an index holds.

    Attributes:
        reports: how many reports.
        paragraphs: how many paragraphs.
        years: year → reports of that year, in order; None for those without a year.
        kinds: kind → reports of that kind, most first; empty for those of no known kind.
        generation: counts the commits of the index.
        size: bytes on disk.
    """

    reports: int
    paragraphs: int
    years: dict[int | None, int]
    kinds: dict[str, int]
    generation: int
    size: int


@dataclass(frozen=True, slots=True)
class Near(Plain):
    """A report that says nearly the same as another.

    Attributes:
        report: which.
        similarity: the share of what both say in what either says, by the runs of five
            characters: 1.0 for the same, estimated with an error of about 0.04.
    """

    report: Report
    similarity: float


def stats_of(snapshot: Snapshot) -> IndexStats:
    """What an index holds, in numbers."""
    reports = reports_of(snapshot)
    years = Counter(report.year for report in reports)
    kinds = Counter(report.kind for report in reports)
    return IndexStats(
        len(reports),
        len(snapshot),
        dict(sorted(years.items(), key=lambda row: (row[0] is None, row[0] or 0))),
        dict(kinds.most_common()),
        snapshot.manifest.generation,
        snapshot.manifest.size,
    )


def reports_of(snapshot: Snapshot) -> tuple[Report, ...]:
    """All reports, the oldest first, those without a date last."""
    table = snapshot.reports
    return tuple(sorted(map(table.report, range(len(table))), key=_by_age))


def _by_age(report: Report) -> tuple[bool, date, str]:
    period = report.period
    return period is None, period[1] if period else date.max, report.id
