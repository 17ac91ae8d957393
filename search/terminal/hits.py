"""Hits as text for people: some lines each, or one."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

from search.rendering.parts import day_of, name_of, path, title_of
from search.results import SNIPPET_SIZE

from .cells import pad, shorten, width
from .language import ngettext
from .render import (
    NARROWEST,
    Piece,
    about_lines,
    block,
    link_to,
    marked,
    page_pieces,
    path_lines,
    styled,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from search import Hit, Passage, Results

    from .render import Page

_SNIPPET_LINES = 3
_SAME_SHOWN = 3
_GAP = "  "
_WHOLE = sys.maxsize


def hit_lines(hit: Hit, page: Page, around: Sequence[Passage] = ()) -> Iterator[str]:
    """A hit: rank and title, what the report is, heading path, snippet, address.

    Args:
        hit: which.
        page: what for.
        around: if it is to be shown in its place, the paragraphs there, itself among them.
    """
    rank = f"{hit.rank}. "
    indent = " " * len(rank)
    title = marked(*title_of(hit), "title", link_to(hit.report, hit.page))
    yield from block([Piece(rank), *title], page, "", indent)
    yield from about_lines(hit.report, page, indent)
    if not around:
        yield from part_lines(hit, page, indent)
        return
    yield from path_lines(path(hit), page, indent)
    for passage in around:
        address, text = Piece(passage.address, "quiet"), marked(passage, (), "quiet")
        if passage.paragraph == hit.paragraph:
            address, text = Piece(hit.address, "address"), marked(hit)
        yield from block([address, Piece(" "), *text], page, indent, indent)
    yield from _same_lines(hit, page, indent)


def part_lines(hit: Hit, page: Page, indent: str) -> Iterator[str]:
    """A hit within its report: heading path, snippet, address, and where else the same stands."""
    yield from path_lines(path(hit), page, indent)
    yield from block(_snippet(hit, _snippet_size(page, len(indent))), page, indent, indent)
    place = [Piece(hit.address, "address")]
    for piece in page_pieces(hit):
        place += [Piece(" · ", "quiet"), piece]
    yield from block(place, page, indent, indent)
    yield from _same_lines(hit, page, indent)


def _same_lines(hit: Hit, page: Page, indent: str) -> Iterator[str]:
    """The paragraphs that say the same as a hit, the first of them by their addresses."""
    if hit.duplicates:
        count = len(hit.duplicates)
        told = ngettext("the same in {count:,} more:", "the same in {count:,} more:", count)
        shown = [told.format(count=count), *hit.duplicates[:_SAME_SHOWN]]
        more = ["…"] if count > _SAME_SHOWN else []
        yield from block([Piece(" ".join(shown + more), "quiet")], page, indent, indent)


def compact_lines(results: Results, page: Page) -> Iterator[str]:
    """Hits, a line each: rank, address, date, title, snippet; a narrow page has fewer of them."""
    shown = [column for column in _COLUMNS if page.width is None or page.width >= column.from_width]
    rows = [[column.text(hit) for column in shown] for hit in results]
    sizes = [
        min(max(map(width, cells)), column.widest if page.width else _WHOLE)
        for column, cells in zip(shown, zip(*rows, strict=True), strict=False)
    ]
    room = None if page.width is None else page.width - sum(sizes) - len(_GAP) * len(sizes)
    for hit, row in zip(results, rows, strict=True):
        parts: list[Piece] = []
        for column, size, text in zip(shown, sizes, row, strict=True):
            target = link_to(hit.report, hit.page) if column.is_linked else ""
            (cell,) = marked(text, (), column.style, target) or [Piece("")]
            safe = shorten(cell.text, size)
            parts += [Piece(safe, cell.style, target), Piece(pad("", size - width(safe)) + _GAP)]
        yield styled([*parts, *_line(hit, room)], page)


class _Column(NamedTuple):
    """A column of what is shown in one line.

    Attributes:
        text: what it holds of a hit.
        widest: cells that it takes at the most.
        from_width: cells that the page must have for it.
        style: of its text.
        is_linked: whether it leads to the file.
    """

    text: Callable[[Hit], str]
    widest: int = 20
    from_width: int = 0
    style: str = ""
    is_linked: bool = False


_COLUMNS = (
    _Column(lambda hit: f"{hit.rank}"),
    _Column(lambda hit: hit.address, style="address"),
    _Column(lambda hit: day_of(hit.report), from_width=70, style="quiet"),
    _Column(lambda hit: name_of(hit.report), 30, 100, "title", is_linked=True),
)


def _snippet(hit: Hit, size: int) -> list[Piece]:
    part = hit.snippet(size)
    before, after = "…" * part.cut_before, "…" * part.cut_after
    return [Piece(before), *marked(part), Piece(after)]


def _snippet_size(page: Page, indent: int) -> int:
    """How many characters, of two cells each, a few lines hold."""
    if page.width is None:
        return SNIPPET_SIZE
    return max(NARROWEST, _SNIPPET_LINES * ((page.width - indent) // 2) - len("……"))


def _line(hit: Hit, room: int | None) -> list[Piece]:
    """As much of a snippet as a line has room for."""
    if room is None:
        return _snippet(hit, SNIPPET_SIZE)
    parts, left = [], max(room, 2)
    for part in _snippet(hit, max(1, left // 2 - len("……"))):
        text = shorten(part.text, left)
        parts.append(Piece(text, part.style))
        left -= width(text)
        if text != part.text:
            break
    return parts
