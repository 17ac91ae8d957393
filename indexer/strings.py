"""Where a string stands: exactly, by the places of its grams, without reading a text.

A string of several characters stands at a place where its pairs of neighbours stand, each
so many characters further on, within one text. Every second pair and the last are enough:
they cover all characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .bounds import WORD

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .bounds import Bounds, Outside
    from .storage.postings import Postings


def find_string(postings: Postings, string: str) -> NDArray[np.int64]:
    """Where a string stands.

    Args:
        postings: of a field of grams.
        string: folded; an empty one stands nowhere.

    Returns:
        The slots of its first character, rising.
    """
    if not string:
        return np.zeros(0, np.int64)
    if len(string) == 1:
        slots, _ = postings.slots_between(*postings.beginning(_term(string)))
        return np.sort(slots).astype(np.int64)
    pairs = {offset: _term(string[offset : offset + 2]) for offset in _covering(len(string))}
    numbers = {}
    for offset, pair in pairs.items():
        number = postings.find(pair)
        if number is None:
            return np.zeros(0, np.int64)
        numbers[offset] = number
    order = sorted(numbers, key=lambda offset: postings.size(numbers[offset], numbers[offset] + 1))
    found = _slots(postings, numbers[order[0]]) - order[0]
    found = found[found >= 0]
    for offset in order[1:]:
        if not len(found):
            break
        found = found[_among(found + offset, postings.slots(numbers[offset]))]
    if len(string) > 2 and len(found):  # noqa: PLR2004 (a pair is within one text)
        cells = postings.cells(found)
        found = found[found + len(string) <= postings.cell_ends(cells)]
    return found


def find_bounded(postings: Postings, string: str, bounds: Bounds = WORD) -> NDArray[np.int64]:
    """Where a string stands without going on: 6.9 is not found in 16.9, nor art in party.

    Args:
        postings: of a field of grams.
        string: folded; an empty one stands nowhere.
        bounds: what goes on, see `indexer.bounds`.

    Returns:
        The slots of its first character, rising.
    """
    found = find_string(postings, string)
    if len(found) and (before := bounds.before.get(string[0])):
        found = found[~_goes_on_before(postings, before, string[0], found)]
    if len(found) and (after := bounds.after.get(string[-1])):
        found = found[~_goes_on_after(postings, after, string[-1], found + len(string) - 1)]
    return found


def _goes_on_before(
    postings: Postings, outside: Outside, first: str, at: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Of places of a character, whether something before it belongs to it."""
    marks = _pairs(postings, outside.marks, first)
    marks = marks[_among(marks - 1, _pairs(postings, outside.beyond, outside.marks))]
    direct = _pairs(postings, outside.direct, first)
    return _among(at - 1, np.sort(np.concatenate([direct, marks])))


def _goes_on_after(
    postings: Postings, outside: Outside, last: str, at: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """The same of what comes after it."""
    marks = _pairs(postings, last, outside.marks)
    marks = marks[_among(marks + 1, _pairs(postings, outside.marks, outside.beyond))]
    direct = _pairs(postings, last, outside.direct)
    return _among(at, np.sort(np.concatenate([direct, marks])))


def _pairs(postings: Postings, firsts: str, seconds: str) -> NDArray[np.int64]:
    """Where any of some characters stands before any of some others, rising."""
    numbers = (postings.find(_term(first + second)) for first in firsts for second in seconds)
    slots = [_slots(postings, number) for number in numbers if number is not None]
    return np.sort(np.concatenate(slots)) if slots else np.zeros(0, np.int64)


def _covering(length: int) -> range | list[int]:
    """The offsets of the pairs that cover so many characters."""
    even = range(0, length - 1, 2)
    return even if length % 2 == 0 else [*even, length - 2]


def _slots(postings: Postings, number: int) -> NDArray[np.int64]:
    return postings.slots(number).astype(np.int64)


def _term(string: str) -> bytes:
    return string.encode("utf-8", "surrogatepass")


def _among(some: NDArray[np.int64], others: NDArray[Any]) -> NDArray[np.bool_]:
    """Of numbers, whether they are among others, which rise."""
    if not len(others):
        return np.zeros(len(some), bool)
    places = np.searchsorted(others, some.astype(others.dtype))  # so the others are not copied
    places[places == len(others)] = 0
    is_there: NDArray[np.bool_] = others[places] == some
    return is_there
