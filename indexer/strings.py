"""Where a string stands: exactly, by the places of its grams, without reading a text.

A string of several characters stands at a place where its pairs of neighbours stand, each
so many characters further on, within one text. Every second pair and the last are enough:
they cover all characters.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .storage.postings import Postings

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_MARKS = ".,"
"""What may stand within a number."""


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
    for offset in order[1:]:
        found = _common(found, _slots(postings, numbers[offset]) - offset)
    if len(string) > 2 and len(found):  # noqa: PLR2004 (a pair is within one text)
        found = found[found >= 0]
        cells = postings.cells(found)
        found = found[found + len(string) <= postings.cell_ends(cells)]
    return found


def find_bounded(postings: Postings, string: str) -> NDArray[np.int64]:
    """Where a string stands without going on: 6.9 is not found in 16.9, nor art in party.

    A letter from a to z goes on in a letter, a digit in a digit, or in a point or comma
    with a digit after it.
    """
    found = find_string(postings, string)
    if len(found):
        found = found[~_goes_on_before(postings, string[0], found)]
    if len(found):
        found = found[~_goes_on_after(postings, string[-1], found + len(string) - 1)]
    return found


def _goes_on_before(postings: Postings, first: str, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Of places of a character, whether something before it belongs to it."""
    if first in _LETTERS:
        return _among(at - 1, _pairs(postings, _LETTERS, first))
    if first not in _DIGITS:
        return np.zeros(len(at), bool)
    behind_mark = _pairs(postings, _MARKS, first)
    marks = behind_mark[_among(behind_mark - 1, _pairs(postings, _DIGITS, _MARKS))]
    return _among(at - 1, np.sort(np.concatenate([_pairs(postings, _DIGITS, first), marks])))


def _goes_on_after(postings: Postings, last: str, at: NDArray[np.int64]) -> NDArray[np.bool_]:
    """The same of what comes after it."""
    if last in _LETTERS:
        return _among(at, _pairs(postings, last, _LETTERS))
    if last not in _DIGITS:
        return np.zeros(len(at), bool)
    before_mark = _pairs(postings, last, _MARKS)
    marks = before_mark[_among(before_mark + 1, _pairs(postings, _MARKS, _DIGITS))]
    return _among(at, np.sort(np.concatenate([_pairs(postings, last, _DIGITS), marks])))


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


def _common(some: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.int64]:
    """What of some rising numbers is among others."""
    return some[np.flatnonzero(_among(some, others))]


def _among(some: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Of numbers, whether they are among others, which rise."""
    if not len(others):
        return np.zeros(len(some), bool)
    places = np.searchsorted(others, some)
    places[places == len(others)] = 0
    is_there: NDArray[np.bool_] = others[places] == some
    return is_there
