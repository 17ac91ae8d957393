"""Tables of contents: lines that name the headings of a document before they come.

They read like the headings themselves, numbers and all, but nothing stands under them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE, ends_sentence, squeeze

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEADINGS = frozenset({"目录", "目次"})
_PAGE = re.compile(r"[（(]?[\divxIVX]{1,6}[)）]?$")
_LEADERS = INVISIBLE + ".．·•…"
"""What stands between a heading and the number of its page."""

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
    bare = list(map(_bare, texts))
    places: dict[str, list[int]] = {}
    for place, text in enumerate(bare):
        places.setdefault(text, []).append(place)
    listed: set[int] = set()
    for start in sorted(place for heading in _HEADINGS for place in places.get(heading, ())):
        if start not in listed and start + 1 < len(texts):
            listed.update(range(start, _end(texts, bare, places, start)))
    return frozenset(listed)


def _end(
    texts: Sequence[str], bare: Sequence[str], places: Mapping[str, Sequence[int]], start: int
) -> int:
    """Give where a table of contents ends; where it begins if none of it comes again."""
    same = places[bare[start + 1]]
    following = bisect_right(same, start + 1)
    if following == len(same):
        return start
    again, end = same[following], start
    for place in range(start + 1, again):
        if len(bare[place]) > _LONGEST or ends_sentence(texts[place]):
            break
        if places[bare[place]][-1] >= again:
            end = place + 1
    return end


def _bare(text: str) -> str:
    """Give a line without white space, and without the page that it refers to."""
    page = _PAGE.search(text)
    before = text[: page.start()] if page is not None else text
    heading = before.rstrip(_LEADERS)
    leader = before[len(heading) :]
    is_reference = page is not None and (len(leader) > 1 or leader.isspace())
    return squeeze(heading if is_reference else text)
