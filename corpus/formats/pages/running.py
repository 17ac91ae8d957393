"""Running heads, footers and page numbers: what repeats at the same place over pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from corpus.characters import squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

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
    r"|page\d{1,4}(?:of\d{1,4})?",
    re.IGNORECASE,
)
"""What is a page number even on a page alone."""


def without_frames(pages: Sequence[Sequence[Row]]) -> list[list[Row]]:
    """Give the rows of each page without its running heads, footers and page number."""
    zones = [_zone(rows) for rows in pages]
    gathered: defaultdict[str, list[tuple[int, int, Row]]] = defaultdict(list)
    dropped: set[tuple[int, int]] = set()
    for page, zone in enumerate(zones):
        for index in zone:
            row = pages[page][index]
            text = squeeze(row.text)
            if _PAGE_NUMBER.fullmatch(text):
                dropped.add((page, index))
            else:
                gathered[_NUMBER.sub("#", text)].append((page, index, row))
    for alike in gathered.values():
        for places in _by_place(alike):
            dropped.update(_repeated(places, len(pages)))
    return [
        [row for index, row in enumerate(rows) if (page, index) not in dropped]
        for page, rows in enumerate(pages)
    ]


def _zone(rows: Sequence[Row]) -> list[int]:
    upright = [index for index, row in enumerate(rows) if not row.turn]
    upright.sort(key=lambda index: rows[index].base)
    return sorted({*upright[:_ZONE], *upright[-_ZONE:]})


def _by_place(alike: list[tuple[int, int, Row]]) -> list[list[tuple[int, int, Row]]]:
    """Gather rows that stand at the same height."""
    groups: list[list[tuple[int, int, Row]]] = []
    for item in sorted(alike, key=lambda item: item[2].base):
        if groups and item[2].base - groups[-1][0][2].base <= _SAME * item[2].size:
            groups[-1].append(item)
        else:
            groups.append([item])
    return groups


def _repeated(places: list[tuple[int, int, Row]], pages: int) -> list[tuple[int, int]]:
    """Give which of the rows at one place, alike but for their numbers, are a frame's."""
    texts = Counter(squeeze(row.text) for _, _, row in places)
    if len({page for page, _, _ in places}) < min(_FEWEST, pages) or pages == 1:
        return []
    if not _counts_pages(places):
        places = [item for item in places if texts[squeeze(item[2].text)] >= min(_FEWEST, pages)]
    first = 1 if places and places[0][2].text.count("\t") >= _TABLE else 0
    return [(page, index) for page, index, _ in sorted(places, key=lambda item: item[0])[first:]]


def _counts_pages(places: list[tuple[int, int, Row]]) -> bool:
    """Whether a number in the rows goes up by one from page to page."""
    ahead: Counter[int] = Counter()
    for page, _, row in places:
        ahead.update({int(number) - page for number in _NUMBER.findall(row.text)})
    return bool(ahead) and 2 * ahead.most_common(1)[0][1] > len(places)
