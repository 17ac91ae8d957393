"""Where in the texts of an index a located part of a query stands: near, fuzzy and wild.

The places come from the index, so what is found and what is shown are the same: a hit's
highlights are the places that made it one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer import Zone, find_bounded, fold

from .patterns import TooManyWordsError, fuzzy_places, wild_places
from .proximity import Leaf, TooManyPairsError, match
from .query import AllOf, AnyOf, Exact, Fuzzy, Near, Wild, Words
from .words import exact, units

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indexer import ParagraphSegment, Snapshot, Span

    from .query import Located, Node
    from .words import Unit

    Numbers = NDArray[np.int64]


class TooMuchError(Exception):
    """A part of a query that would take too long.

    Attributes:
        place: of the part in the query.
        problem: what is too much, and what to do.
    """

    def __init__(self, place: tuple[int, int], problem: str) -> None:
        super().__init__(problem)
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Places:
    """Where a part of a query stands.

    Attributes:
        documents: the paragraphs, rising.
        counts: how many stretches take part in each.
        _segments: of each segment its first document, where its paragraphs begin, and the
            stretches: their starts, rising, and ends.
    """

    documents: Numbers
    counts: Numbers
    _segments: tuple[tuple[int, Numbers, Numbers, Numbers], ...]

    def spans_of(self, document: int) -> Iterator[Span]:
        """The stretches in a paragraph, as offsets in its folded text."""
        for base, paragraphs, starts, ends in reversed(self._segments):
            if document >= base:
                begin, end = paragraphs[document - base : document - base + 2].tolist()
                first, last = np.searchsorted(starts, [begin, end])
                for start, stop in zip(starts[first:last], ends[first:last], strict=True):
                    yield int(start) - begin, int(stop) - begin
                return


def locate(node: Located, snapshot: Snapshot) -> Places:
    """Find a part of a query in all texts.

    Raises:
        TooMuchError: it would take too long.
    """
    found = [_Locator(segment, snapshot).places(node) for segment in snapshot.segments]
    documents, counts, segments = [], [], []
    parts = zip(snapshot.bases, snapshot.segments, found, strict=False)
    for base, segment, (starts, ends) in parts:
        local = segment.postings(Zone.TEXT.grams).cells(starts)
        different, often = np.unique(local.astype(np.int64), return_counts=True)
        documents.append(different + base)
        counts.append(often)
        segments.append((base, segment.paragraph_starts, starts, ends))
    nothing = [np.zeros(0, np.int64)]
    return Places(
        np.concatenate(documents or nothing), np.concatenate(counts or nothing), tuple(segments)
    )


def leaves(node: Node) -> Iterator[Words | Exact | Fuzzy | Wild]:
    """The words, strings and patterns of a located part."""
    if isinstance(node, AllOf | AnyOf):
        for part in node.parts:
            yield from leaves(part)
    elif isinstance(node, Near):
        yield from leaves(node.left)
        yield from leaves(node.right)
    elif isinstance(node, Words | Exact | Fuzzy | Wild):
        yield node


def unit_of(node: Words | Exact, snapshot: Snapshot) -> Unit:
    """What a word or a string asks for here: several words in one chunk have to be one run."""
    if isinstance(node, Exact):
        return exact(node.text)
    asked = units(node.text, snapshot.segmenter)
    return asked[0] if len(asked) == 1 else type(asked[0])((fold(node.text),))


class _Locator:
    """Finds parts in one segment."""

    def __init__(self, segment: ParagraphSegment, snapshot: Snapshot) -> None:
        self._segment = segment
        self._snapshot = snapshot
        self._leaves: list[Leaf] = []

    def places(self, node: Located) -> tuple[Numbers, Numbers]:
        """The stretches that take part: their starts, rising, and their ends."""
        if isinstance(node, Near):
            try:
                match(node, self._segment, self._leaf)
            except TooManyPairsError:
                problem = "there are too many places to compare; narrow it, or ask for 段"
                raise TooMuchError(node.place, problem) from None
        else:
            leaf = self._leaf(node)
            leaf.claim(np.ones(len(leaf.starts), bool))
        starts = np.concatenate([leaf.starts[leaf.claimed] for leaf in self._leaves])
        ends = np.concatenate([leaf.ends[leaf.claimed] for leaf in self._leaves])
        return _unique(starts, ends)

    def _leaf(self, node: Node) -> Leaf:
        assert isinstance(node, Words | Exact | Fuzzy | Wild)
        starts, ends = _unique(*self._stands(node))
        if len(self._segment.deleted):
            cells = self._segment.postings(Zone.TEXT.grams).cells(starts)
            stays = self._segment.living[cells]
            starts, ends = starts[stays], ends[stays]
        self._leaves.append(Leaf(starts, ends))
        return self._leaves[-1]

    def _stands(self, node: Words | Exact | Fuzzy | Wild) -> tuple[Numbers, Numbers]:
        postings = self._segment.postings(Zone.TEXT.grams)
        if isinstance(node, Fuzzy):
            return fuzzy_places(postings, fold(node.text))
        if isinstance(node, Wild):
            try:
                return wild_places(self._segment, fold(node.text))
            except TooManyWordsError as error:
                problem = f"more than {error.most} words match it; write more of the word"
                raise TooMuchError(node.place, problem) from None
        unit = unit_of(node, self._snapshot)
        starts = [find_bounded(postings, form, unit.bounds) for form in unit.forms]
        ends = [found + len(form) for found, form in zip(starts, unit.forms, strict=True)]
        return np.concatenate(starts), np.concatenate(ends)


def _unique(starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """Stretches in order, each once."""
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    if not len(starts):
        return starts, ends
    fresh = np.concatenate([[True], (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])])
    return starts[fresh], ends[fresh]
