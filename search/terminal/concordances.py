"""Keywords in context as text for people: lines with the match in one column; collocates."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from search.rendering.parts import day_of

from .cells import neutralise, pad, shorten, width
from .language import _
from .render import Piece, styled, table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search import Collocate, Concordance, KwicLine
    from search.analysis.collocates import Measure

    from .render import Page

_GAP = "  "

_NARROWEST = 6
"""Cells of a match and what is around it, however narrow the window is."""

_ADDRESS_FROM = 60
_DAY_FROM = 100
"""Cells that the page must have for the address of a line, and for its date."""

MEASURES: dict[Measure, str] = {"g2": "G²", "mi": "MI", "t": "t", "log_dice": "logDice"}
"""The measures of association, as they are called."""


class _Cells(NamedTuple):
    """A line, safe to show.

    Attributes:
        before: what stands before the line, such as its address.
        left: what stands before the match.
        match: what answers the query.
        right: what stands after it.
    """

    before: str
    left: str
    match: str
    right: str


def kwic_lines(concordance: Concordance, page: Page) -> Iterator[str]:
    """A line for every occurrence, the match in the middle, where all matches begin."""
    lines = [_cells(line, page) for line in concordance]
    if not lines:
        return
    before, left, match, right = (max(map(width, column)) for column in zip(*lines, strict=True))
    behind = match + right
    if page.width is not None:
        room = max(page.width - before - len(_GAP) * (3 if before else 2), _NARROWEST)
        match = min(match, room // 2)
        left = min(left, (room - match) // 2)
        behind = room - left
    for line in lines:
        shown = shorten(line.match, match)
        parts = [
            Piece(pad(line.before, before) + _GAP * bool(before), "quiet"),
            Piece(_right_aligned(line.left, left) + _GAP),
            Piece(shown, "match"),
            Piece((_GAP + shorten(line.right, behind - width(shown))).rstrip()),
        ]
        yield styled(parts, page)


def _cells(line: KwicLine, page: Page) -> _Cells:
    known = [
        (line.address, _ADDRESS_FROM),
        (day_of(line.report), _DAY_FROM),
    ]
    before = _GAP.join(text for text, cells in known if page.width is None or page.width >= cells)
    return _Cells(before, *map(neutralise, (line.left, line.match, line.right)))


def _right_aligned(text: str, cells: int) -> str:
    """The end of a text in so many cells, with an ellipsis where something is left out."""
    shown = shorten(text[::-1], cells)[::-1]
    return " " * (cells - width(shown)) + shown


class _Column(NamedTuple):
    """A column of the table of collocates.

    Attributes:
        name: of the attribute that it holds.
        heading: what it is called.
        from_width: cells that the page must have for it.
        form: how a number is written.
    """

    name: str
    heading: str
    from_width: int = 0
    form: str = "{:,}"


def collocate_lines(found: Sequence[Collocate], measure: Measure, page: Page) -> Iterator[str]:
    """A table of collocates; a narrow page has the one measure that they are ordered by."""
    columns = [
        _Column("word", _("word"), form="{}"),
        _Column("together", _("near")),
        _Column("before", _("before"), 60),
        _Column("after", _("after"), 60),
        _Column("count", _("in all")),
        *(
            _Column(name, heading, 0 if name == measure else 80, "{:,.2f}")
            for name, heading in MEASURES.items()
        ),
    ]
    shown = [one for one in columns if page.width is None or page.width >= one.from_width]
    rows = [
        [one.heading for one in shown],
        *([one.form.format(getattr(row, one.name)) for one in shown] for row in found),
    ]
    return table_lines(rows, page, right=frozenset(range(1, len(shown))))
