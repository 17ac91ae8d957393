"""Text as a terminal shows it: how wide it is, and where it breaks.

What a terminal must not be sent is neutralised first, see `search.rendering.hazards`.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from search.rendering.hazards import is_hazard, neutralise

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["cells_of", "is_hazard", "line_starts", "neutralise", "pad", "shorten", "width"]

_NOT_AT_LINE_START = frozenset("，。、；：？！）》〉”’」』】〕…％%,.;:?!)]}")

_USUAL = (
    (0x0020, 0x007E, 1),
    (0x00B7, 0x00B7, 1),
    (0x2010, 0x2027, 1),
    (0x2030, 0x205E, 1),
    (0x3000, 0x3029, 2),
    (0x4E00, 0x9FFF, 2),
    (0xFF01, 0xFF60, 2),
)
"""The widths of what reports are mostly written in: [first, last] and how many cells."""


@lru_cache(maxsize=1 << 12)
def cells_of(character: str) -> int:
    """How many cells a character takes: 0, 1 or 2."""
    code = ord(character)
    for first, last, cells in _USUAL:
        if first <= code <= last:
            return cells
    from wcwidth import wcwidth  # not for the usual characters: its tables are long to load

    return max(0, wcwidth(character))


def width(text: str) -> int:
    """How many cells a text takes, once neutralised."""
    return sum(cells_of(character) for character in text)


def shorten(text: str, cells: int) -> str:
    """Cut a text to a number of cells, with an ellipsis where something is left out."""
    if width(text) <= cells:
        return text
    taken, kept = 0, []
    for character in text:
        taken += cells_of(character)
        if taken > cells - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def pad(text: str, cells: int) -> str:
    """Fill a text with spaces up to a number of cells."""
    return text + " " * (cells - width(text))


def line_starts(text: str, cells: int) -> Iterator[int]:
    """Where to break a text so that no line is wider than `cells`: offsets of line starts.

    A break falls between any two Chinese characters, not before a closing sign and not
    within a word or a number of other scripts if the line has another place for it.
    """
    yield 0
    start, taken, position = 0, 0, 0
    while position < len(text):
        taken += cells_of(text[position])
        if taken > cells and position > start:
            start = _break_before(text, start, position)
            yield start
            position, taken = start, 0
        else:
            position += 1


def _break_before(text: str, start: int, position: int) -> int:
    """The last good place for a break in text[start:position + 1], after its beginning."""
    place = position
    while place > start + 1 and not _may_break(text[place - 1], text[place]):
        place -= 1
    return place if place > start + 1 else position


def _may_break(before: str, after: str) -> bool:
    if after in _NOT_AT_LINE_START:
        return False
    return not (_runs_on(before) and _runs_on(after))


def _runs_on(character: str) -> bool:
    return character.isascii() and not character.isspace()
