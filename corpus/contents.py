"""Tables of contents: lines that name the headings of a document before they come.

They read like the headings themselves, numbers and all, but nothing stands under them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.characters import ends_sentence, squeeze

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADINGS = frozenset({"目录", "目次"})
_PAGE = re.compile(r"(?:\s|[.．·•…]{2,})+[（(]?[\divxIVX]{1,6}[)）]?$")
"""The number of a page, behind a gap or a row of dots."""

_LONGEST = 60


def contents_among(texts: Sequence[str]) -> frozenset[int]:
    """Find the tables of contents of a document.

    One begins with a line that says so (目录) and ends where the heading that it names first
    comes again, at the last line that comes again too.

    Args:
        texts: the paragraphs of the document.

    Returns:
        The places of the lines of all of them, the lines that say so included.
    """
    bare = [squeeze(_PAGE.sub("", text)) for text in texts]
    places: set[int] = set()
    for start, text in enumerate(bare[:-1]):
        if text in _HEADINGS and start not in places:
            places.update(range(start, _end(texts, bare, start)))
    return frozenset(places)


def _end(texts: Sequence[str], bare: Sequence[str], start: int) -> int:
    """Give where a table of contents ends; where it begins if none of it comes again."""
    try:
        again = bare.index(bare[start + 1], start + 2)
    except ValueError:
        return start
    following = frozenset(bare[again:])
    end = start
    for place in range(start + 1, again):
        if len(bare[place]) > _LONGEST or ends_sentence(texts[place]):
            break
        if bare[place] in following:
            end = place + 1
    return end
