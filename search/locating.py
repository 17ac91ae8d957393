"""Where in the texts of an index a located part of a query stands: near, fuzzy, wild, measured.

The places come from the index, so what is found and what is shown are the same: a hit's
highlights are the places that made it one.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from corpus.messages import Message
from indexer import Zone, find_bounded, fold
from indexer.units import KINDS

from .errors import TooMuchError
from .measuring import next_to
from .patterns import TooManyWordsError, completed, fuzzy_places, places_with_gaps
from .proximity import Leaf, Pairs, TooManyPairsError, match
from .query import AllOf, AnyOf, Exact, Fuzzy, Measured, Near, Regex, Wild, Words
from .words import Unit, exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from indexer import ParagraphSegment, Snapshot, Span

    from .allowance import Allowance
    from .proximity import Matches
    from .query import Located, Node
    from .words import Wording

    _Leaf = Words | Exact | Fuzzy | Wild | Regex
    Numbers = NDArray[np.int64]


_EDITS = 4
"""Strings that are looked for because of each character that may be astray."""


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

    def stretches(self, segment: int) -> tuple[Numbers, Numbers]:
        """The stretches in a segment, by its number: their starts, rising, and ends, as slots."""
        _, _, starts, ends = self._segments[segment]
        return starts, ends


def locate(node: Located, snapshot: Snapshot, wording: Wording, allowance: Allowance) -> Places:
    """Find a part of a query in all texts.

    Raises:
        TooMuchError: it would take too long.
    """
    asked = {leaf: _asked(leaf, snapshot, wording) for leaf in leaves(node)}
    for leaf, unit in asked.items():
        allowance.widen(_forms(leaf, unit), leaf.place)
    found = [_Locator(segment, asked, allowance).places(node) for segment in snapshot.segments]
    documents, counts, segments = [], [], []
    parts = zip(snapshot.bases, snapshot.segments, found, strict=False)
    for base, segment, (starts, ends) in parts:
        different, often = segment.postings(Zone.TEXT.grams).in_documents(starts)
        documents.append(different + base)
        counts.append(often)
        segments.append((base, segment.paragraph_starts, starts, ends))
    nothing = [np.zeros(0, np.int64)]
    return Places(
        np.concatenate(documents or nothing), np.concatenate(counts or nothing), tuple(segments)
    )


def leaves(node: Node) -> Iterator[_Leaf]:
    """The words, strings and patterns of a located part."""
    if isinstance(node, AllOf | AnyOf):
        for part in node.parts:
            yield from leaves(part)
    elif isinstance(node, Near):
        yield from leaves(node.left)
        yield from leaves(node.right)
    elif isinstance(node, Measured):
        yield node.word
    elif isinstance(node, Words | Exact | Fuzzy | Wild | Regex):
        yield node


def unit_of(node: Words | Exact, wording: Wording) -> Unit:
    """What a word or a string asks for here: several words in one chunk have to be one run."""
    return exact(node.text) if isinstance(node, Exact) else wording.run(node.text)


def _asked(node: _Leaf, snapshot: Snapshot, wording: Wording) -> Unit | None:
    """The unit of which any form stands for a part; None for what is told by characters alone."""
    if isinstance(node, Words | Exact):
        return unit_of(node, wording)
    if isinstance(node, Regex):
        return None
    pattern = fold(node.text)
    if isinstance(node, Fuzzy) or "*" not in pattern:
        return None
    try:
        return Unit(completed(snapshot.segments, pattern))
    except TooManyWordsError as error:
        problem = Message(
            "more than {most} words match it; write more of the word", most=error.most
        )
        raise TooMuchError(node.place, problem) from None


def _forms(node: _Leaf, unit: Unit | None) -> int:
    """How many strings are looked for besides what was typed."""
    if unit:
        return len(unit.forms) - 1
    return _EDITS * len(node.text) if isinstance(node, Fuzzy) else 0


class _Locator:
    """Finds parts in one segment.

    Args:
        segment: where to look.
        asked: what each leaf asks for, see `_asked`.
        allowance: what is left to the query.
    """

    def __init__(
        self, segment: ParagraphSegment, asked: Mapping[_Leaf, Unit | None], allowance: Allowance
    ) -> None:
        self._segment = segment
        self._asked = asked
        self._allowance = allowance
        self._leaves: list[Leaf] = []

    def places(self, node: Located) -> tuple[Numbers, Numbers]:
        """The stretches that take part: their starts, rising, and their ends."""
        if isinstance(node, Near):
            try:
                match(node, self._segment, self._matches)
            except TooManyPairsError:
                problem = Message("there are too many places to compare; narrow it, or ask for 段")
                raise TooMuchError(node.place, problem) from None
        else:
            found = self._matches(node)
            found.claim(np.ones(len(found.starts), bool))
        starts = np.concatenate([leaf.starts[leaf.claimed] for leaf in self._leaves])
        ends = np.concatenate([leaf.ends[leaf.claimed] for leaf in self._leaves])
        return _unique(starts, ends)

    def _matches(self, node: Node) -> Matches:
        if not isinstance(node, Measured):
            return self._leaf(node)
        words = self._leaf(node.word)
        quantities = self._segment.quantities.of_kind(KINDS.index(node.kind))
        self._leaves.append(Leaf(quantities.starts, quantities.ends))
        return Pairs.of(words, self._leaves[-1], *next_to(words, quantities, node, self._segment))

    def _leaf(self, node: Node) -> Leaf:
        assert isinstance(node, Words | Exact | Fuzzy | Wild | Regex)
        self._allowance.go_on(node.place)
        starts, ends = _unique(*self._stands(node))
        if len(self._segment.deleted):
            cells = self._segment.postings(Zone.TEXT.grams).cells(starts)
            stays = self._segment.living[cells]
            starts, ends = starts[stays], ends[stays]
        self._leaves.append(Leaf(starts, ends))
        return self._leaves[-1]

    def _stands(self, node: _Leaf) -> tuple[Numbers, Numbers]:
        postings = self._segment.postings(Zone.TEXT.grams)
        unit = self._asked[node]
        if isinstance(node, Regex):
            from .scanning import scan  # few queries have one

            return scan(self._segment, node.expression, partial(self._allowance.go_on, node.place))
        if unit is None:
            find = fuzzy_places if isinstance(node, Fuzzy) else places_with_gaps
            return find(postings, fold(node.text))
        assert isinstance(unit, Unit)
        starts = [find_bounded(postings, form, unit.bounds) for form in unit.forms]
        lengths = np.repeat(list(map(len, unit.forms)), list(map(len, starts))).astype(np.int64)
        found = np.concatenate([np.zeros(0, np.int64), *starts])
        return found, found + lengths


def _unique(starts: Numbers, ends: Numbers) -> tuple[Numbers, Numbers]:
    """Stretches in order, each once."""
    order = np.lexsort((ends, starts))
    starts, ends = starts[order], ends[order]
    if not len(starts):
        return starts, ends
    fresh = np.concatenate([[True], (starts[1:] != starts[:-1]) | (ends[1:] != ends[:-1])])
    return starts[fresh], ends[fresh]
