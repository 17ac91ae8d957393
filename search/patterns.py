"""Where patterns stand: a string with one character astray, and a string with gaps.

A string with one character astray is a part of it, a gap, and the rest of it; so is a
string with `?`. Both are found by the places of their parts, without reading a text.
Only `*` goes by words: it completes to words of the index, so that it has an end, and
each of them stands where it would if it were asked for itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer import Zone, find_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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
        before = string[:at], 0
        other = [before, (string[at + 1 :], at + 1)]
        found.append((_in_step(postings, other, size), size))
        if at:
            within = [before, (string[at:], at + 1)]
            found.append((_in_step(postings, within, size + 1), size + 1))
        if size >= _SHORTEST:
            found.append((find_string(postings, string[:at] + string[at + 1 :]), size - 1))
        swapped = string[:at] + string[at : at + 2][::-1] + string[at + 2 :]
        if swapped != string:
            found.append((find_string(postings, swapped), size))
    starts = np.concatenate([places for places, _ in found])
    lengths = np.repeat([length for _, length in found], [len(places) for places, _ in found])
    return starts, starts + lengths


def places_with_gaps(postings: Postings, pattern: str) -> Places:
    """Where a pattern stands in which `?` is any one character.

    Args:
        postings: of the grams of the text.
        pattern: folded, with a character of its own.

    Returns:
        The starts and the ends of what stands there.
    """
    pieces, offset = [], 0
    for piece in pattern.split("?"):
        pieces.append((piece, offset))
        offset += len(piece) + 1
    starts = _in_step(postings, pieces, len(pattern))
    return starts, starts + len(pattern)


def completed(segments: Iterable[ParagraphSegment], pattern: str) -> tuple[str, ...]:
    """The words of an index that a pattern stands for: `*` is any number of characters.

    Args:
        segments: all of them.
        pattern: folded; `?` in it is any one character.

    Raises:
        TooManyWordsError: more words match it than are looked for.
    """
    found: set[str] = set()
    for segment in segments:
        found.update(_words(segment, pattern))
        if len(found) > MOST_WORDS:
            raise TooManyWordsError
    return tuple(sorted(found))


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


def _words(segment: ParagraphSegment, pattern: str) -> Iterator[str]:
    """The words of a segment's living paragraphs that a pattern stands for."""
    postings, living = segment.postings(Zone.TEXT.value), segment.living
    head = pattern.split("*", maxsplit=1)[0].split("?", maxsplit=1)[0]
    fixed = max(pattern.replace("?", "*").split("*"), key=len).encode("utf-8", "surrogatepass")
    first, end = postings.beginning(head.encode("utf-8", "surrogatepass")) if head else (0, None)
    for number, term in enumerate(postings.terms(first, end), first):
        if (
            fixed in term
            and matches(word := term.decode("utf-8", "surrogatepass"), pattern)
            and living[postings.slots(number)].any()
        ):
            yield word


def _in_step(postings: Postings, pieces: Iterable[tuple[str, int]], size: int) -> Numbers:
    """Where strings stand, each at its offset, within so many characters of one text."""
    starts: Numbers | None = None
    for piece, offset in sorted(pieces, key=lambda one: -len(one[0])):
        if not piece:
            break
        here = find_string(postings, piece) - offset
        starts = here if starts is None else _common(starts, here)
        if not len(starts):
            return starts
    assert starts is not None
    starts = starts[(starts >= 0) & (starts + size <= postings.cell_starts[-1])]
    cells = postings.cells(starts)
    return starts[starts + size <= postings.cell_ends(cells)]


def _common(some: Numbers, others: Numbers) -> Numbers:
    """The numbers that are in both, each of which rises."""
    few, many = sorted((some, others), key=len)
    if not len(few):
        return few
    places = np.searchsorted(many, few)
    places[places == len(many)] = 0
    common: Numbers = few[many[places] == few]
    return common
