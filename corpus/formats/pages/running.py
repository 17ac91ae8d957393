"""Running heads, footers and page numbers: what repeats at the same place over pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import takewhile
from typing import TYPE_CHECKING

from corpus.characters import squeeze

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from corpus.formats.pages.placed import Row

_ZONE = 3
"""Rows from the upper and from the lower end of a page that may be of its frame."""
_FEWEST = 3
"""Pages that a text must head to be a running head, if it is not on all of them."""
_SAME = 1.0
"""How far apart, in sizes of type, the places may lie."""
_TABLE = 2
"""Tabs from which a row is that of a table: its head is kept where it stands first."""

_NUMBER = re.compile(r"\d{1,5}")
_PAGE_NUMBER = re.compile(
    r"[-—–－―─·~]+\d{1,4}[-—–－―─·~]+|第\d{1,4}页(?:[,，/]?共\d{1,4}页)?|\d{1,4}/\d{1,4}"
    r"|page\d{1,4}(?:of\d{1,4})?|[-—–－]*[ivx]{1,6}[-—–－]*",
    re.IGNORECASE,
)
"""What is a page number even on a page alone."""


@dataclass(frozen=True, slots=True)
class _Edge:
    """A row near the upper or lower end of a page: the page, the row's index there, the row."""

    page: int
    index: int
    row: Row


def without_frames(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Give the rows of each page without its running heads, footers and page number.

    What would leave nothing of a document is no frame.

    Args:
        pages: the rows of each; those that stand as most do first.
    """
    orders = [_from_above(rows) for rows in pages]
    gathered: defaultdict[str, list[_Edge]] = defaultdict(list)
    framing: list[set[int]] = [set() for _ in pages]
    for page, (rows, order) in enumerate(zip(pages, orders, strict=True)):
        for index in {*order[:_ZONE], *order[-_ZONE:]}:
            text = squeeze(rows[index].text)
            if _PAGE_NUMBER.fullmatch(text):
                framing[page].add(index)
            else:
                gathered[_NUMBER.sub("#", text)].append(_Edge(page, index, rows[index]))
    for alike in gathered.values():
        for edges in _by_place(alike):
            for edge in _repeated(edges, len(pages)):
                framing[edge.page].add(edge.index)
    kept = [
        _within(rows, order, frame)
        for rows, order, frame in zip(pages, orders, framing, strict=True)
    ]
    return kept if any(kept) else list(map(list, pages))


def _from_above(rows: Sequence[Row]) -> list[int]:
    """Give the places of the rows that stand as most of the page do, from top to bottom."""
    alike = [index for index, row in enumerate(rows) if row.turn == rows[0].turn]
    return sorted(alike, key=lambda index: rows[index].base)


def _within(rows: Sequence[Row], order: Sequence[int], frame: set[int]) -> list[Row]:
    """Give the rows that the frame encloses: what has text beyond it is of no frame."""
    above = list(takewhile(frame.__contains__, order))
    below = list(takewhile(frame.__contains__, reversed(order)))
    outside = {*above, *below}
    return [row for index, row in enumerate(rows) if index not in outside]


def _by_place(alike: Iterable[_Edge]) -> list[list[_Edge]]:
    """Gather rows that stand at the same height."""
    groups: list[list[_Edge]] = []
    for edge in sorted(alike, key=lambda edge: edge.row.base):
        if groups and edge.row.base - groups[-1][0].row.base <= _SAME * edge.row.size:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups


def _repeated(edges: Sequence[_Edge], pages: int) -> list[_Edge]:
    """Give which of the rows at one place, alike but for their numbers, are a frame's."""
    fewest = min(_FEWEST, pages)
    if pages == 1 or len({edge.page for edge in edges}) < fewest:
        return []
    same = Counter(squeeze(edge.row.text) for edge in edges)
    kept = sorted(
        edges
        if _counts_pages(edges)
        else (e for e in edges if same[squeeze(e.row.text)] >= fewest),
        key=lambda edge: edge.page,
    )
    is_table = bool(kept) and kept[0].row.text.count("\t") >= _TABLE
    return kept[1:] if is_table else kept


def _counts_pages(edges: Sequence[_Edge]) -> bool:
    """Whether a number in the rows goes up by one from page to page."""
    ahead: Counter[int] = Counter()
    for edge in edges:
        ahead.update({int(number) - edge.page for number in _NUMBER.findall(edge.row.text)})
    return bool(ahead) and 2 * ahead.most_common(1)[0][1] > len(edges)
