"""The parts of a hit that every form of output shows, as text."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus import Report
    from indexer import Span
    from search.results import Hit, Results

SHAPE = 1
"""Version of the documented shapes of results; raised when one changes its meaning."""

HEADING_SIGN = " › "


def name_of(report: Report) -> str:
    """A report's title, or the name of its file."""
    return report.title or PurePath(report.sources[0]).name


def title_of(hit: Hit) -> tuple[str, Sequence[Span]]:
    """A hit's title, or what stands for it, and what is highlighted in it."""
    return name_of(hit.report), hit.title_highlights


def day_of(report: Report) -> str:
    """A report's date, or its year if no more is known."""
    return report.date.isoformat() if report.date else str(report.year or "")


def about(report: Report) -> str:
    """Issuer, kind, number and date, as far as they are known."""
    known = [report.issuer or report.region, report.kind, report.number, day_of(report)]
    return " · ".join(value for value in known if value)


def path(hit: Hit) -> Iterator[tuple[str, Sequence[Span]]]:
    """The headings above a hit, outermost first, and what is highlighted in each."""
    return zip(hit.heading, hit.heading_highlights, strict=True)


def range_shown(results: Results) -> str:
    """The ranks of the hits that are there, of how many: `11–20 / 34`."""
    if not results.hits:
        return f"0 / {results.total}"
    return f"{results.hits[0].rank}–{results.hits[-1].rank} / {results.total}"
