"""Results as text for people: passages with their matches in colour, tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search.results import SNIPPET_SIZE

from .cells import line_starts, neutralise, pad, shorten, width
from .language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus import Report
    from indexer import Span
    from search import Hit, Near, Passage

HEADING_SIGN = " › "
_NARROWEST = 20
_SNIPPET_LINES = 3


@dataclass(frozen=True, slots=True)
class Page:
    """What text is made for.

    Attributes:
        width: cells of a line; None to leave lines as long as they are.
        colour: whether to colour.
    """

    width: int | None
    colour: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of text in one style; the text is safe to show."""

    text: str
    style: str = ""


_STYLES: dict[str, dict[str, str | bool]] = {
    "match": {"fg": "red", "bold": True},
    "title": {"bold": True},
    "quiet": {"dim": True},
    "address": {"fg": "cyan"},
}


def hit_lines(hit: Hit, page: Page) -> Iterator[str]:
    """A hit: rank and title, what the report is, heading path, snippet, address."""
    rank = f"{hit.rank}. "
    indent = " " * len(rank)
    title = hit.report.title or _("(untitled)")
    yield from _block(
        [_Piece(rank), *_marked(title, hit.title_highlights, "title")], page, "", indent
    )
    yield from _about(hit.report, page, indent)
    if hit.heading:
        yield from _block(_path(hit.heading, hit.heading_highlights), page, indent, indent)
    part = hit.snippet(_snippet_size(page, len(indent)))
    pieces = _marked(part.text, part.highlights)
    before, after = _Piece("…" if part.cut_before else ""), _Piece("…" if part.cut_after else "")
    yield from _block([before, *pieces, after], page, indent, indent)
    yield from _block([_Piece(hit.address, "address")], page, indent, indent)


def passage_lines(passage: Passage, page: Page, *, chosen: bool) -> Iterator[str]:
    """A paragraph in full, its number before it; the chosen one is marked."""
    number = f"{passage.paragraph:>4} "
    sign = "▶" if chosen else " "
    style = "title" if chosen else ""
    yield from _block(
        [_Piece(sign), _Piece(number, "quiet"), *_marked(passage.text, (), style)],
        page,
        "",
        " " * 6,
    )


def report_lines(report: Report, page: Page) -> Iterator[str]:
    """A report's title, what it is, and where it is from."""
    yield from _block(
        [_Piece(neutralise(report.title) or _("(untitled)"), "title")], page, "", "  "
    )
    yield from _about(report, page, "")
    for source in report.sources:
        yield from _block([_Piece(neutralise(_from_here(source)), "quiet")], page, "", "  ")
    for flaw in report.flaws:
        yield from _block([_Piece(neutralise(f"! {flaw}"), "quiet")], page, "", "  ")


def near_lines(near: Iterable[Near], page: Page) -> Iterator[str]:
    """Reports that say nearly the same as one, a line each."""
    for one in near:
        title = neutralise(one.report.title) or _("(untitled)")
        day = one.report.date.isoformat() if one.report.date else str(one.report.year or "")
        pieces = [
            _Piece(f"≈ {one.similarity:.0%} ", "quiet"),
            _Piece(one.report.id, "address"),
            _Piece(f" {title} {day}".rstrip(), "quiet"),
        ]
        yield from _block(pieces, page, "", "  ")


def _from_here(source: str) -> str:
    """A path as it is written from here, if it is below."""
    path = Path(source)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else source


def path_lines(heading: Sequence[str], page: Page) -> Iterator[str]:
    """A heading path, in as many lines as it needs."""
    if heading:
        yield from _block(_path(heading, [()] * len(heading)), page, "", "  ")


def block_lines(text: str, page: Page) -> Iterator[str]:
    """A text in as many lines as it needs, all but the first indented."""
    yield from _block([_Piece(neutralise(text))], page, "", "  ")


def table_lines(
    rows: Iterable[Sequence[str]], page: Page, *, right: frozenset[int] = frozenset()
) -> Iterator[str]:
    """Rows of cells in columns; the last column takes the room that is left.

    Args:
        rows: of one length each.
        page: what for.
        right: numbers of the columns that are set to the right.
    """
    safe = [[neutralise(cell) for cell in row] for row in rows]
    widths = [max(map(width, column)) for column in zip(*safe, strict=True)]
    for row in safe:
        cells = [
            " " * (size - width(cell)) + cell if number in right else pad(cell, size)
            for number, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        line = "  ".join(cells).rstrip()
        yield line if page.width is None else shorten(line, page.width)


def _snippet_size(page: Page, indent: int) -> int:
    """How many characters, of two cells each, a few lines hold."""
    if page.width is None:
        return SNIPPET_SIZE
    return max(_NARROWEST, _SNIPPET_LINES * ((page.width - indent) // 2) - len("……"))


def _about(report: Report, page: Page, indent: str) -> Iterator[str]:
    """Issuer, kind, number and date, as far as they are known."""
    day = report.date.isoformat() if report.date else str(report.year or "")
    known = [report.issuer or report.region, report.kind, report.number, day]
    line = " · ".join(neutralise(value) for value in known if value)
    if line:
        yield from _block([_Piece(line, "quiet")], page, indent, indent)


def _path(heading: Sequence[str], spans: Sequence[Sequence[Span]]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for text, found in zip(heading, spans, strict=True):
        if pieces:
            pieces.append(_Piece(HEADING_SIGN, "quiet"))
        pieces += _marked(text, found)
    return pieces


def _marked(text: str, spans: Iterable[Span], style: str = "") -> list[_Piece]:
    """A text in pieces, its highlighted spans in the style of matches."""
    pieces, done = [], 0
    for start, end in spans:
        pieces.append(_Piece(neutralise(text[done:start]), style))
        pieces.append(_Piece(neutralise(text[start:end]), "match"))
        done = end
    pieces.append(_Piece(neutralise(text[done:]), style))
    return pieces


def _block(pieces: Sequence[_Piece], page: Page, first: str, rest: str) -> Iterator[str]:
    """Lines no wider than the page, the first and the others indented as told."""
    text = "".join(piece.text for piece in pieces)
    if page.width is None:
        starts = [0]
    else:
        starts = list(line_starts(text, max(_NARROWEST, page.width) - width(rest)))
    ends = [*starts[1:], len(text)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        styled = "".join(_styled(pieces, start, end, page))
        yield (first if number == 0 else rest) + styled


def _styled(pieces: Sequence[_Piece], start: int, end: int, page: Page) -> Iterator[str]:
    """The part [start, end) of the pieces' text, each piece in its style."""
    offset = 0
    for piece in pieces:
        part = piece.text[max(0, start - offset) : max(0, end - offset)]
        offset += len(piece.text)
        if part:
            styled = page.colour and piece.style
            yield click.style(part, **_STYLES[piece.style]) if styled else part  # type: ignore[arg-type]
