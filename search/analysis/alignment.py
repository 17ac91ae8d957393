"""Alignment: which paragraph of one set became which of another.

Paragraphs are compared by their pairs of neighbouring characters, each weighing the more
the fewer paragraphs have it (the cosine of tf-idf vectors; Salton and Buckley,
Term-Weighting Approaches in Automatic Text Retrieval, 1988). They are matched one to one,
those with the same text first and then the most similar first, wherever they stand; of
equals, those that stand in like places.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.code_points import code_points

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

RUN = 2
"""Characters of a run: with more, a few changed characters cost a short paragraph too much."""

LEAST = 0.15
"""The similarity from which two paragraphs are taken for the same one, reworded. From one
yearly report to the next, those on the same matter mostly have more, others seldom do."""

_COMMON = 200
"""A run that more paragraphs of a set have tells none of them; it bounds the time as well."""


class Match(NamedTuple):
    """Two paragraphs that are taken for one.

    Attributes:
        before: the place of the one in the first set.
        after: the place of the other in the second.
        similarity: above 0, up to 1 for the same text.
    """

    before: int
    after: int
    similarity: float


@dataclass(frozen=True, slots=True)
class _Vectors:
    """The paragraphs of a set as vectors of length 1.

    Attributes:
        starts: where each paragraph's runs begin in the following, and the end of the last.
        runs: numbers, rising in each.
        weights: of each.
    """

    starts: NDArray[np.int64]
    runs: NDArray[np.int64]
    weights: NDArray[np.float64]


def align(before: Sequence[str], after: Sequence[str]) -> list[Match]:
    """Find which texts of one set became which of another, in the order of the second.

    Args:
        before: the first set, folded.
        after: the second.
    """
    matches = list(_same(before, after))
    free_before = _others(len(before), [match.before for match in matches])
    free_after = _others(len(after), [match.after for match in matches])
    similar = _similar([before[one] for one in free_before], [after[one] for one in free_after])
    matches += [
        Match(free_before[one], free_after[other], similarity)
        for one, other, similarity in _one_to_one(similar, len(free_before), len(free_after))
    ]
    return sorted(matches, key=lambda match: match.after)


def _same(before: Sequence[str], after: Sequence[str]) -> Iterator[Match]:
    """Those with the same text, in order."""
    places = defaultdict(list)
    for place in reversed(range(len(before))):
        places[before[place]].append(place)
    for place, text in enumerate(after):
        if places.get(text):
            yield Match(places[text].pop(), place, 1.0)


def _others(count: int, taken: Sequence[int]) -> list[int]:
    left: list[int] = np.setdiff1d(np.arange(count), taken).tolist()
    return left


def _one_to_one(matches: Sequence[Match], before: int, after: int) -> Iterator[Match]:
    """Of matches the most similar ones that share no paragraph."""

    def order(match: Match) -> tuple[float, float, int]:
        apart = abs(match.before / before - match.after / after)
        return -round(match.similarity, 9), apart, match.after

    taken_before, taken_after = set(), set()
    for match in sorted(matches, key=order):
        if match.before not in taken_before and match.after not in taken_after:
            taken_before.add(match.before)
            taken_after.add(match.after)
            yield match


def _similar(before: Sequence[str], after: Sequence[str]) -> list[Match]:
    """All pairs that are similar enough."""
    if not before or not after:
        return []
    first, second = _vectors(before, after)
    # The second set the other way round: of every run the paragraphs that have it.
    order = np.argsort(second.runs, kind="stable")
    runs = second.runs[order]
    owners = np.repeat(np.arange(len(after)), np.diff(second.starts))[order]
    weights = second.weights[order]
    low = np.searchsorted(runs, first.runs, "left")
    high = np.searchsorted(runs, first.runs, "right")
    found = []
    for place in range(len(before)):
        part = slice(first.starts[place], first.starts[place + 1])
        where = _ranges(low[part], high[part])
        own = np.repeat(first.weights[part], high[part] - low[part])
        likeness = np.bincount(owners[where], own * weights[where], len(after))
        near = np.flatnonzero(likeness >= LEAST)
        found += [
            Match(place, other, min(1.0, similarity))
            for other, similarity in zip(near.tolist(), likeness[near].tolist(), strict=True)
        ]
    return found


def _ranges(low: NDArray[np.int64], high: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers of all ranges [low, high), one after the other."""
    sizes = high - low
    skipped = np.repeat(low - np.concatenate([[0], np.cumsum(sizes)[:-1]]), sizes)
    ranges: NDArray[np.int64] = skipped + np.arange(len(skipped))
    return ranges


def _vectors(before: Sequence[str], after: Sequence[str]) -> tuple[_Vectors, _Vectors]:
    """Two sets of texts as vectors over the same runs."""
    # Behind each text there is room for its last characters to begin runs too.
    padded = "".join(chain.from_iterable((text, "\0" * (RUN - 1)) for text in (*before, *after)))
    codes = code_points(padded).astype(np.int64)
    sizes = np.array([len(text) + RUN - 1 for text in (*before, *after)])
    keys = np.zeros(len(codes), np.int64)
    for offset in range(RUN):
        keys = (keys << 21) | np.roll(codes, -offset)
    owners = np.repeat(np.arange(len(sizes)), sizes)
    places = np.flatnonzero(codes)
    _, runs = np.unique(keys[places], return_inverse=True)
    count = int(runs.max(initial=-1)) + 1
    pairs = np.unique(owners[places] * max(1, count) + runs)
    owners, runs = pairs // max(1, count), pairs % max(1, count)
    middle = int(np.searchsorted(owners, len(before)))
    often = [np.bincount(part, minlength=count) for part in np.split(runs, [middle])]
    rarity = np.log(1 + len(sizes) / np.maximum(1, often[0] + often[1]))
    rarity[np.maximum(*often) > _COMMON] = 0
    weights = rarity[runs]
    norms = np.sqrt(np.bincount(owners, weights**2, len(sizes)))
    weights /= np.where(norms > 0, norms, 1)[owners]
    ends = np.searchsorted(owners, np.arange(len(sizes) + 1))
    starts = ends[: len(before) + 1], ends[len(before) :] - middle
    return (
        _Vectors(starts[0], runs[:middle], weights[:middle]),
        _Vectors(starts[1], runs[middle:], weights[middle:]),
    )
