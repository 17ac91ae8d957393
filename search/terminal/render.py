"""Results as text for people: styled pieces of text, in blocks and tables that fit the page.

`hits` shows what a search found by these means.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from search.rendering.ansi import linked, painted
from search.rendering.marking import pieces
from search.rendering.parts import HEADING_SIGN, about, day_of, name_of

from .cells import line_starts, neutralise, pad, shorten, width
from .language import _, translated

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus import Report
    from indexer import Span
    from search import Near, Passage
    from search.outlining import Heading
    from search.rendering import Shown

NARROWEST = 20
"""Cells of a line that is not broken any more, however narrow the window is."""

_ADDRESS = 18
"""Cells of an address and the gap behind it."""

_STEP = 2
"""Cells that a heading stands to the right of the one that it belongs to."""


class Page(NamedTuple):
    """What text is made for.

    Attributes:
        width: cells of a line; None to leave lines as long as they are.
        colour: whether to colour.
        links: whether titles lead to their files.
    """

    width: int | None
    colour: bool
    links: bool = False


class Piece(NamedTuple):
    """A stretch of text in one style.

    Attributes:
        text: safe to show.
        style: one of `search.rendering.ansi.STYLES`.
        target: the URI that it leads to; "" if to none.
    """

    text: str
    style: str = ""
    target: str = ""


def marked(
    shown: Shown, spans: Iterable[Span] | None = None, style: str = "", target: str = ""
) -> list[Piece]:
    """A text in pieces, its highlighted spans in the style of matches."""
    return [
        Piece(neutralise(piece.text), "match" if piece.is_marked else style, target)
        for piece in pieces(shown, spans)
    ]


def block(parts: Sequence[Piece], page: Page, first: str = "", rest: str = "") -> Iterator[str]:
    """Lines no wider than the page, the first and the others indented as told."""
    text = "".join(part.text for part in parts)
    if page.width is None:
        starts = [0]
    else:
        starts = list(line_starts(text, max(NARROWEST, page.width) - width(rest)))
    ends = [*starts[1:], len(text)]
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        yield (first if number == 0 else rest) + styled(parts, page, start, end)


def styled(parts: Sequence[Piece], page: Page, start: int = 0, end: int | None = None) -> str:
    """The part [start, end) of the pieces' text, each piece in its style."""
    shown = ""
    for piece in cut(parts, start, end):
        text = painted(piece.text, piece.style) if page.colour else piece.text
        shown += linked(text, piece.target) if page.links else text
    return shown


def cut(parts: Iterable[Piece], start: int, end: int | None = None) -> Iterator[Piece]:
    """The part [start, end) of the pieces' text, in pieces."""
    offset = 0
    for piece in parts:
        last = len(piece.text) if end is None else max(0, end - offset)
        yield piece._replace(text=piece.text[max(0, start - offset) : last])
        offset += len(piece.text)


def passage_lines(passage: Passage, page: Page, *, chosen: bool) -> Iterator[str]:
    """A paragraph in full, its number before it and its matches marked; so is the chosen one."""
    number = f"{passage.paragraph:>4} "
    sign = "▶" if chosen else " "
    style = "title" if chosen else ""
    parts = [Piece(sign), Piece(number, "quiet"), *marked(passage, None, style)]
    yield from block(parts, page, "", " " * 6)


def page_pieces(passage: Passage) -> Iterator[Piece]:
    """The page that a paragraph begins on, to find it on paper; nothing if there are no pages."""
    if passage.page:
        yield Piece(_("page {page}").format(page=passage.page), "quiet")


def report_lines(report: Report, page: Page) -> Iterator[str]:
    """A report's title, what it is, and where it is from."""
    yield from block(marked(name_of(report), (), "title", link_to(report)), page, "", "  ")
    yield from about_lines(report, page, "")
    for source in report.sources:
        yield from block(marked(_from_here(source), (), "quiet"), page, "", "  ")
    if report.url:
        yield from block(marked(report.url, (), "quiet"), page, "", "  ")
    for flaw in report.flaws:
        yield from block(marked(f"! {translated(flaw)}", (), "quiet"), page, "", "  ")


def about_lines(report: Report, page: Page, indent: str) -> Iterator[str]:
    """Issuer, kind, number and date of a report, as far as they are known."""
    if known := about(report):
        yield from block(marked(known, (), "quiet"), page, indent, indent)


def near_lines(near: Iterable[Near], page: Page) -> Iterator[str]:
    """Reports that say nearly the same as one, a line each."""
    for one in near:
        parts = [
            Piece(f"≈ {one.similarity:.0%} ", "quiet"),
            Piece(one.report.id, "address"),
            *marked(f" {name_of(one.report)} {day_of(one.report)}".rstrip(), (), "quiet"),
        ]
        yield from block(parts, page, "", "  ")


def path_lines(
    path: Iterable[tuple[str, Sequence[Span]]], page: Page, indent: str = ""
) -> Iterator[str]:
    """A heading path with what is highlighted in each heading, in as many lines as it needs."""
    parts: list[Piece] = []
    for text, found in path:
        if parts:
            parts.append(Piece(HEADING_SIGN, "quiet"))
        parts += marked(text, found)
    if parts:
        yield from block(parts, page, indent, indent or "  ")


def outline_lines(headings: Iterable[Heading], page: Page) -> Iterator[str]:
    """The headings of a report, each below and to the right of the one that it belongs to."""
    for heading in headings:
        address = Piece(heading.address + " " * (_ADDRESS - len(heading.address)), "address")
        indent = " " * min(_STEP * heading.level, NARROWEST)
        yield from block(
            [address, Piece(indent), *marked(heading.text, ())], page, "", " " * _ADDRESS + indent
        )


def block_lines(text: str, page: Page) -> Iterator[str]:
    """A text in as many lines as it needs, all but the first indented."""
    yield from block(marked(text, ()), page, "", "  ")


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


def link_to(report: Report, page_number: int = 0) -> str:
    """The URI of the file that a report is from, or that it lies in.

    Args:
        report: which.
        page_number: the page to open it at, where that can be told (RFC 8118: of a PDF).
    """
    from corpus.model import MEMBER  # not for help

    path = Path(report.sources[0].partition(MEMBER)[0]) if report.sources else Path()
    if not path.is_absolute():
        return ""
    place = f"#page={page_number}" if page_number and report.format == "pdf" else ""
    return path.as_uri().replace("file://", f"file://{_host()}", 1) + place


def _host() -> str:
    """Whose files they are, for a terminal that is used from afar; Windows takes it for a share."""
    return os.uname().nodename if hasattr(os, "uname") else ""


def _from_here(source: str) -> str:
    """A path as it is written from here, if it is below."""
    path = Path(source)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else source
