"""Lines of cells: what hits, paragraphs and headings look like at a width. Pure functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.rendering.marking import pieces
from search.rendering.parts import HEADING_SIGN, day_of, name_of
from search.terminal.cells import line_starts, neutralise, shorten, width
from search.terminal.render import NARROWEST, Piece, cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from search import Hit, Passage
    from search.outlining import Heading

Line = tuple[Piece, ...]
"""A line of a screen; its styles are those of `STYLES` and `HERE`."""

HERE = "here"
"""The style of the match that the reader is at."""

_SNIPPET_LINES = 2
_STEP = 2
_GAP = 1


def hit_lines(hit: Hit, cells: int, *, chosen: bool) -> list[Line]:
    """A hit in four lines at the most: title, date and issuer, snippet.

    Args:
        hit: which.
        cells: how wide a line is.
        chosen: whether the cursor is on it.
    """
    bar = _bar(chosen=chosen)
    room = max(NARROWEST, cells - width(bar.text) - _GAP)
    title = shorten(neutralise(f"{hit.rank}. {name_of(hit.report)}"), room)
    known = " · ".join(filter(None, [day_of(hit.report), hit.report.issuer or hit.report.region]))
    lines = [(bar, Piece(title, "title"))]
    if known:
        lines.append((bar, Piece(shorten(neutralise(known), room), "quiet")))
    part = hit.snippet(_SNIPPET_LINES * (room // 2) - len("……"))
    before, after = Piece("…" * part.cut_before), Piece("…" * part.cut_after)
    marked = [Piece(neutralise(one.text), "match" * one.is_marked) for one in pieces(part)]
    broken = list(_broken([before, *marked, after], room))
    return [*lines, *((bar, *line) for line in broken[:_SNIPPET_LINES])]


def passage_lines(passage: Passage, cells: int, match: int | None, *, chosen: bool) -> list[Line]:
    """A paragraph with its number before it.

    Args:
        passage: which; of a hit, its highlights are marked.
        cells: how wide a line is.
        match: which of the highlights the reader is at, from 0.
        chosen: whether the reader is at the paragraph.
    """
    gutter = f"{'▶' if chosen else ' '}{passage.paragraph:>4} "
    is_heading = passage.heading[-1:] == (passage.text,)
    parts: list[Piece] = []
    seen = 0
    for one in pieces(passage):
        style = "title" * is_heading
        if one.is_marked:
            style = HERE if seen == match else "match"
            seen += 1
        parts.append(Piece(neutralise(one.text), style))
    room = max(NARROWEST, cells - len(gutter))
    heads = [Piece(gutter, "address" if chosen else "quiet"), Piece(" " * len(gutter))]
    return [(heads[min(n, 1)], *line) for n, line in enumerate(_broken(parts, room))]


def heading_lines(heading: Heading, cells: int, *, chosen: bool) -> list[Line]:
    """A heading of an outline, below and to the right of the one that it belongs to."""
    bar = _bar(chosen=chosen)
    indent = Piece(" " * min(_STEP * heading.level, NARROWEST))
    room = max(NARROWEST, cells - width(bar.text) - len(indent.text))
    text = Piece(neutralise(heading.text), "title" * (not heading.level))
    return [(bar, indent, *line) for line in _broken([text], room)]


def path_line(passage: Passage, position: str, cells: int) -> Line:
    """Where a paragraph stands: its headings, and its place at the right."""
    path = neutralise(HEADING_SIGN.join(passage.heading))
    shown = shorten(path, max(0, cells - width(position) - 1)) if path else ""
    gap = max(1, cells - width(shown) - width(position))
    return Piece(shown, "quiet"), Piece(" " * gap), Piece(position, "quiet")


def _bar(*, chosen: bool) -> Piece:
    return Piece("▌" if chosen else " ", "address")


def _broken(parts: Sequence[Piece], cells: int) -> Iterator[Line]:
    """Pieces of text in lines of so many cells."""
    text = "".join(part.text for part in parts)
    starts = list(line_starts(text, cells))
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield tuple(piece for piece in cut(parts, start, end) if piece.text)
