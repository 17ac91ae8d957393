"""Bars: numbers that people compare at a glance, one a line, by the cells of the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from .app import is_unicode
from .cells import neutralise, pad, shorten, width
from .language import _
from .render import Piece, styled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search import Facet, FacetValue

    from .render import Page

UNBOUNDED = 80
"""Cells of a line of a chart where nothing bounds it, as in a pipe."""

_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_PLAIN = "#"
"""For where a terminal has none of those."""

_GAP = "  "

FIELDS = {
    "year": _("year"),
    "region": _("region"),
    "issuer": _("issuer"),
    "kind": _("kind"),
}
"""What is counted by, in the user's language."""


class Bar(NamedTuple):
    """A number with its name.

    Attributes:
        label: of what the number is, as published.
        number: how long the bar is; None for a gap, of which nothing is known.
        told: the number as it is written beside the bar.
    """

    label: str
    number: float | None
    told: str


def bar_lines(bars: Sequence[Bar], page: Page) -> Iterator[str]:
    """Bars, a line each, the longest as long as the page has room for.

    Args:
        bars: what to show; no number is below 0.
        page: what for.
    """
    columns = page.width or UNBOUNDED
    labels = [shorten(neutralise(bar.label), columns // 3) for bar in bars]
    label_cells = max(map(width, labels), default=0)
    told_cells = max((width(bar.told) for bar in bars), default=0)
    room = max(1, columns - label_cells - told_cells - 2 * len(_GAP))
    most = max((bar.number or 0 for bar in bars), default=0)
    for label, bar in zip(labels, bars, strict=True):
        drawn = _drawn((bar.number or 0) / most * room) if most else ""
        told = " " * (told_cells - width(bar.told)) + bar.told
        line = [Piece(pad(label, label_cells) + _GAP + told + _GAP * bool(drawn))]
        yield styled([*line, Piece(drawn, "bar")], page)


def _drawn(cells: float) -> str:
    """A bar of so many cells; what is not nothing is seen."""
    if not is_unicode():
        return _PLAIN * (round(cells) or bool(cells))
    eighths = round(cells * len(_EIGHTHS)) or bool(cells)
    full, rest = divmod(eighths, len(_EIGHTHS))
    return _FULL * full + _EIGHTHS[rest].strip()


def facet_lines(facet: Facet, page: Page, most: int = 10) -> Iterator[str]:
    """A facet: its name, and a bar for each value as long as it has paragraphs.

    Args:
        facet: which.
        page: what for.
        most: how many values to show: those with the most paragraphs, in the facet's order.
    """
    ranked = sorted(facet.values, key=lambda one: -one.paragraphs)
    shown = set(ranked[:most])
    bars = [_bar(one, str(one.value)) for one in facet.values if one in shown]
    if facet.unknown.paragraphs:
        bars.append(_bar(facet.unknown, _("unknown")))
    left_out = len(ranked) - len(shown)
    yield styled([Piece(FIELDS[facet.by], "title")], page)
    yield from bar_lines(bars, page)
    if left_out:
        yield more_line(left_out, page)


def more_line(count: int, page: Page) -> str:
    """How many are not shown."""
    return styled([Piece(_("and {count:,} more").format(count=count), "quiet")], page)


def _bar(one: FacetValue, label: str) -> Bar:
    return Bar(label, one.paragraphs, f"{one.paragraphs:,}")
