"""Hits by report as text for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.rendering.parts import name_of

from .counts import paragraphs_found
from .hits import part_lines
from .render import Piece, about_lines, block, link_to, marked

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search import Group, Results

    from .render import Page

_INDENT = "  "


def groups_lines(results: Results, page: Page) -> Iterator[str]:
    """The hits of a search by report."""
    for number, group in enumerate(results.groups):
        if number:
            yield ""
        yield from _group_lines(group, page)


def _group_lines(group: Group, page: Page) -> Iterator[str]:
    """A report: its title, what it is, how much of it was found, then its first hits."""
    spans = group.hits[0].title_highlights if group.hits else ()
    title = marked(name_of(group.report), spans, "title", link_to(group.report))
    yield from block(list(title), page, "", _INDENT)
    yield from about_lines(group.report, page, _INDENT)
    found = f"{paragraphs_found(group.total)} · {group.report.id}"
    yield from block([Piece(found, "quiet")], page, _INDENT, _INDENT)
    for hit in group.hits:
        yield from part_lines(hit, page, _INDENT)
