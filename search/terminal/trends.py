"""Trends as text for people: the table below the chart, first and last use."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from search.rendering.parts import day_of, name_of

from .cells import neutralise, pad, shorten, width
from .charts import NO_RATE, name_of_period, rate_told
from .counts import paragraphs_counted, reports_counted
from .language import _, ngettext
from .render import Piece, block, block_lines, styled, table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search import Period, TermTrend, Trend, Usage

    from .render import Page

_GAP = "  "
_Column = list[str]
"""Texts of one width, the first two the heads of what is below."""


def trend_lines(trend: Trend, page: Page) -> Iterator[str]:
    """A row for each period, with the columns of every term; further tables for want of room."""
    names = [shorten(neutralise(name_of_period(one)), _widest(page)) for one in trend.periods]
    size = max(map(width, names))
    first = [pad(name, size) for name in ("", "", *names)]
    table, taken = [first], size
    for columns in (_columns(term, trend.periods) for term in trend.terms):
        cells = width(columns[0]) + len(_GAP)
        if len(table) > 1 and page.width is not None and taken + cells > page.width:
            yield from _rows(table, page)
            yield ""
            table, taken = [first], size
        table.append(columns)
        taken += cells
    yield from _rows(table, page)
    yield from block_lines(_("rate: occurrences in 10,000 characters of all texts"), page)
    if gaps := _gaps(trend.periods):
        yield from block_lines(
            _("{sign}: no reports ({gaps})").format(sign=NO_RATE, gaps=gaps), page
        )


def _widest(page: Page) -> int:
    return page.width // 3 if page.width else 80


def _columns(term: TermTrend, periods: Sequence[Period]) -> _Column:
    """The columns of a term: paragraphs, reports of how many, rate."""
    both = zip(term.uses, periods, strict=True)
    rows = [(_("paragraphs"), _("reports"), _("rate")), *(_told(*one) for one in both)]
    sizes = [max(map(width, column)) for column in zip(*rows, strict=True)]
    lines = [
        _GAP.join(" " * (size - width(cell)) + cell for cell, size in zip(row, sizes, strict=True))
        for row in rows
    ]
    cells = width(lines[0])
    return [pad(shorten(neutralise(term.term), cells), cells), *lines]


def _told(usage: Usage | None, period: Period) -> tuple[str, str, str]:
    if usage is None:
        return NO_RATE, NO_RATE, NO_RATE
    return f"{usage.paragraphs:,}", f"{usage.reports:,}/{period.reports:,}", rate_told(usage)


def _rows(table: Sequence[_Column], page: Page) -> Iterator[str]:
    for number, row in enumerate(zip(*table, strict=True)):
        line = _GAP.join(row).rstrip()
        line = line if page.width is None else shorten(line, page.width)
        yield styled([Piece(line, "title" if number == 0 else "")], page)


def _gaps(periods: Sequence[Period]) -> str:
    """The years without reports, those that follow one another as a span."""
    gaps = []
    for is_gap, stretch in groupby(periods, lambda period: period.is_gap):
        if is_gap:
            years = [period.value for period in stretch]
            gaps.append(str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}")
    return ", ".join(gaps)


def occasion_lines(trend: Trend, page: Page) -> Iterator[str]:
    """Of every term how often it is used in all, and where first and last."""
    for term in trend.terms:
        parts = [Piece(neutralise(term.term), "title"), Piece(_GAP + _total(term.total), "quiet")]
        yield from block(parts, page, "", _GAP)
        rows = [
            (name, day_of(found.report), found.address, name_of(found.report))
            for name, found in ((_("first"), term.first), (_("last"), term.last))
            if found
        ]
        if rows:
            yield from table_lines(rows, page)


def _total(total: Usage) -> str:
    times = ngettext("{count:,} time", "{count:,} times", total.occurrences)
    return " · ".join(
        [
            times.format(count=total.occurrences),
            paragraphs_counted(total.paragraphs),
            reports_counted(total.reports),
        ]
    )
