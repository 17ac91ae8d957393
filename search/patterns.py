"""Where patterns stand: a string with one character astray, and a string with gaps.

A string with one character astray is a part of it, a gap, and the rest of it; so is a
string with `?`. Both are found by the places of their parts, without reading a text.
Only `*` goes by words: it completes to words of the index, so that it has an end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer import Zone, find_string

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import ParagraphSegment, Postings

    Numbers = NDArray[np.int64]
    Places = tuple[Numbers, Numbers]

MOST_WORDS = 200
"""Words that a pattern with `*` may stand for."""

_SHORTEST = 3
"""Characters from which one may be missing: what is left of fewer says nothing."""


class TooManyWordsError(Exception):
    """More words match a pattern than are looked for.

    Attributes:
        most: how many that would be.
    """

    most = MOST_WORDS


def fuzzy_places(postings: Postings, string: str) -> Places:
    """Where a string stands with at most one edit (Damerau, 1964).

    One character may be another, missing, too much within, or swapped with its neighbour.
    A missing one is allowed from three characters on.

    Args:
        postings: of the grams of the text.
        string: folded, of two characters or more.

    Returns:
        The starts and the ends of what stands there, in no order.
    """
    size = len(string)
    found = [(find_string(postings, string), size)]
    for at in range(size):
        found.append((_with_gap(postings, string[:at], 1, string[at + 1 :]), size))
        if at:
            found.append((_with_gap(postings, string[:at], 1, string[at:]), size + 1))
        if size >= _SHORTEST:
            found.append((find_string(postings, string[:at] + string[at + 1 :]), size - 1))
        swapped = string[:at] + string[at : at + 2][::-1] + string[at + 2 :]
        if swapped != string:
            found.append((find_string(postings, swapped), size))
    starts = np.concatenate([places for places, _ in found])
    lengths = np.repeat([length for _, length in found], [len(places) for places, _ in found])
    return starts, starts + lengths


def wild_places(segment: ParagraphSegment, pattern: str) -> Places:
    """Where a pattern stands: `?` is any one character, `*` any number of a word's.

    Args:
        segment: where to look.
        pattern: folded, with a character of its own.

    Returns:
        The starts and the ends of what stands there, in no order.

    Raises:
        TooManyWordsError: more words match it than are looked for.
    """
    postings = segment.postings(Zone.TEXT.grams)
    if "*" not in pattern:
        starts = _with_gaps(postings, pattern)
        return starts, starts + len(pattern)
    words = _words(segment, pattern)
    places = [find_string(postings, word) for word in words]
    if not places:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    starts = np.concatenate(places)
    return starts, starts + np.repeat(list(map(len, words)), list(map(len, places)))


def matches(word: str, pattern: str) -> bool:
    """Whether a pattern stands for a word, in time linear in each (a glob without sets)."""
    at = in_pattern = 0
    star = resume = -1
    while at < len(word):
        sign = pattern[in_pattern : in_pattern + 1]
        if sign == "*":
            star, resume = in_pattern, at
            in_pattern += 1
        elif sign in {"?", word[at]} and sign:
            at += 1
            in_pattern += 1
        elif star >= 0:
            resume += 1
            at, in_pattern = resume, star + 1
        else:
            return False
    return not pattern[in_pattern:].strip("*")


def _words(segment: ParagraphSegment, pattern: str) -> list[str]:
    """The words of a segment that a pattern stands for."""
    postings = segment.postings(Zone.TEXT.value)
    head = pattern.split("*", maxsplit=1)[0].split("?", maxsplit=1)[0]
    fixed = max(pattern.replace("?", "*").split("*"), key=len).encode("utf-8", "surrogatepass")
    first, end = postings.beginning(head.encode("utf-8", "surrogatepass")) if head else (0, None)
    found = []
    for term in postings.terms(first, end):
        if fixed in term and matches(word := term.decode("utf-8", "surrogatepass"), pattern):
            found.append(word)
            if len(found) > MOST_WORDS:
                raise TooManyWordsError
    return found


def _with_gap(postings: Postings, before: str, gap: int, after: str) -> Numbers:
    """Where a string stands, so many characters of any kind, and another string."""
    return _with_gaps(postings, before + "?" * gap + after)


def _with_gaps(postings: Postings, pattern: str) -> Numbers:
    """Where a pattern of characters and `?` stands within one text."""
    pieces, offset = [], 0
    for piece in pattern.split("?"):
        if piece:
            pieces.append((piece, offset))
        offset += len(piece) + 1
    pieces.sort(key=lambda one: -len(one[0]))
    starts: Numbers | None = None
    for piece, offset in pieces:
        here = find_string(postings, piece) - offset
        starts = here if starts is None else np.intersect1d(starts, here, assume_unique=True)
        if not len(starts):
            return starts
    assert starts is not None
    starts = starts[starts >= 0]
    ends = starts + len(pattern)
    starts = starts[ends <= postings.cell_starts[-1]]
    cells = postings.cells(starts)
    return starts[starts + len(pattern) <= postings.cell_ends(cells)]
