"""Trends as charts of characters: a line over the years, or bars for regions, issuers and kinds.

Lines are drawn by plotille, in dots of braille patterns; it gets numbers alone. A line is
broken where a year has no reports, and so is the axis below it.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

from .bars import UNBOUNDED, Bar, bar_lines, more_line
from .cells import neutralise, shorten
from .language import _
from .render import Piece, styled

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search import Period, TermTrend, Trend, Usage

    from .render import Page

Rates = Sequence[tuple[int, float | None]]
"""Years one after another, each with its rate; None in a gap."""

MOST_BARS = 30
"""Bars of a term that are shown: there may be thousands of issuers."""
_HEIGHT = 5
"""Lines of a chart."""
_ABOVE = 1.0001
"""How high a chart is by its highest rate, so that this is just within."""
_WIDEST_YEAR = 4
"""Cells that a chart gives a year at the most, as a few years are no landscape."""
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
"""Years from one that is written below a chart to the next."""
_YEAR = len("2020  ")
_NO_DOTS = "\u2800"
"""The braille pattern that looks like a space, and is none."""
NO_RATE = "–"
"""Stands for a gap."""


def chart_lines(trend: Trend, page: Page) -> Iterator[str]:
    """A chart of the rates of every term."""
    for number, term in enumerate(trend.terms):
        if number:
            yield ""
        yield styled(
            [Piece(shorten(neutralise(term.term), page.width or UNBOUNDED), "title")], page
        )
        yield from (
            _over_years(trend, term, page) if trend.by == "year" else _bars(trend, term, page)
        )


def rate_told(usage: Usage | None) -> str:
    """A rate as it is written; a gap is none."""
    return NO_RATE if usage is None else f"{usage.rate:.2f}"


def name_of_period(period: Period) -> str:
    """A period as it is called."""
    return _("unknown") if period.value is None else str(period.value)


def rates_by_year(trend: Trend, term: TermTrend) -> Rates:
    """The rates of a term over the years that are known."""
    both = zip(trend.periods, term.uses, strict=True)
    return [
        (period.value, usage.rate if usage else None)
        for period, usage in both
        if isinstance(period.value, int)
    ]


def _bars(trend: Trend, term: TermTrend, page: Page) -> Iterator[str]:
    both = list(zip(trend.periods, term.uses, strict=True))
    bars = [
        Bar(name_of_period(period), usage.rate if usage else None, rate_told(usage))
        for period, usage in both[:MOST_BARS]
    ]
    yield from bar_lines(bars, page)
    if left_out := len(both) - len(bars):
        yield more_line(left_out, page)


def _over_years(trend: Trend, term: TermTrend, page: Page) -> Iterator[str]:
    rates = rates_by_year(trend, term)
    if not rates:
        return
    most = max(rate or 0 for _year, rate in rates)
    scale = [f"{most:.2f}", *[""] * (_HEIGHT - 2), "0"]
    margin = max(map(len, scale))
    room = (page.width or UNBOUNDED) - margin - len(" ┤")
    columns = max(1, min(room, len(rates) * _WIDEST_YEAR))
    for told, line in zip(scale, _drawn(rates, most, columns), strict=True):
        axis = f"{told:>{margin}} {'┤' if told else '│'}"
        yield styled([Piece(axis, "quiet"), Piece(line.rstrip(), "bar")], page)
    for line in (_axis(rates, columns), _written_years(rates, columns)):
        yield styled([Piece(f"{'':{margin + 2}}{line.rstrip()}", "quiet")], page)


def runs(rates: Rates) -> list[list[tuple[int, float]]]:
    """The years that have a rate, from gap to gap."""
    stretches = groupby(rates, lambda point: point[1] is not None)
    return [
        [(year, rate) for year, rate in points if rate is not None]
        for is_known, points in stretches
        if is_known
    ]


def _drawn(rates: Rates, most: float, columns: int) -> list[str]:
    """The lines of a chart, each of so many cells."""
    from plotille import Canvas  # charts are all that needs it

    left, right = rates[0][0] - 0.5, rates[-1][0] + 0.5
    canvas = Canvas(columns, _HEIGHT, left, 0, right, (most or 1) * _ABOVE)
    for run in runs(rates):
        for (year, rate), (next_year, next_rate) in pairwise(run):
            canvas.line(year, rate, next_year, next_rate)
        for year, rate in run[:1] if len(run) == 1 else ():
            canvas.line(year - 0.25, rate, year + 0.25, rate)
    drawn: str = canvas.plot(linesep="\n")
    return drawn.replace(_NO_DOTS, " ").split("\n")


def _axis(rates: Rates, columns: int) -> str:
    """The line below a chart, broken where a year has no reports."""
    ticks = {_column(place, rates, columns) for place in _told_years(rates, columns)}
    axis = ""
    for column in range(columns):
        first, end = column * len(rates) // columns, -(-(column + 1) * len(rates) // columns)
        is_gap = any(rate is None for _year, rate in rates[first:end])
        axis += " " if is_gap else "┬" if column in ticks else "─"
    return axis


def _written_years(rates: Rates, columns: int) -> str:
    """Some of the years, below their places."""
    line = ""
    for place in _told_years(rates, columns):
        year = str(rates[place][0])
        start = min(_column(place, rates, columns) - 1, columns - len(year))
        if start >= len(line):
            line = f"{line:{start}}{year} "
    return line


def _told_years(rates: Rates, columns: int) -> list[int]:
    """The places of the years that are written below a chart: round ones, that have room."""
    room = columns / len(rates)
    step = next((step for step in _STEPS if step * room >= _YEAR), _STEPS[-1])
    return [place for place, (year, _rate) in enumerate(rates) if year % step == 0]


def _column(place: int, rates: Rates, columns: int) -> int:
    """The middle column of a year, by its place."""
    return (2 * place + 1) * columns // (2 * len(rates))
