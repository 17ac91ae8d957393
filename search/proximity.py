"""Where words stand near one another: in one sentence, paragraph or section, or so far apart.

An operand's matches are stretches of text, from the first to the last character of the
words that it is made of. Two stretches are near one another if both lie in one sentence
(paragraph, section), or if no more than so many characters are between them; in order, if
the one ends before the other begins. Together they make a longer stretch, which is what a
further operand has to be near to. Everything is done for all paragraphs of a segment at
once, on places in its text. In the end what takes part in a match is claimed, from the
whole down to its words: that is what a hit shows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING, Protocol

import numpy as np

from .query import AllOf, AnyOf, Near, Scope

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from indexer import ParagraphSegment

    from .query import Node

    Numbers = NDArray[np.int64]
    Flags = NDArray[np.bool_]
    Find = Callable[[Node], "Matches"]

MOST_PAIRS = 1_000_000
"""Pairs of stretches that are looked at: four times as many take a second and 600 MiB."""


class TooManyPairsError(Exception):
    """There are more pairs than `MOST_PAIRS`."""


class Matches(Protocol):
    """Stretches of text that an operand matches, in the order of their beginnings."""

    @property
    def starts(self) -> Numbers:
        """Where each begins."""

    @property
    def ends(self) -> Numbers:
        """The place after the last character of each."""

    def claim(self, taken: Flags) -> None:
        """Note which of them take part in a match of the whole."""


@dataclass(slots=True)
class Leaf:
    """Where a word stands, in all its forms.

    Attributes:
        starts: see `Matches`.
        ends: see `Matches`.
        claimed: which take part in a match.
    """

    starts: Numbers
    ends: Numbers
    claimed: Flags = field(init=False)

    def __post_init__(self) -> None:
        self.claimed = np.zeros(len(self.starts), bool)

    def claim(self, taken: Flags) -> None:
        """See `Matches`."""
        self.claimed |= taken


@dataclass(frozen=True, slots=True)
class _Either:
    """What any of several operands matches."""

    parts: Sequence[Matches]
    starts: Numbers
    ends: Numbers
    order: Numbers

    @classmethod
    def of(cls, parts: Sequence[Matches]) -> _Either:
        starts = np.concatenate([part.starts for part in parts])
        ends = np.concatenate([part.ends for part in parts])
        order = np.lexsort((ends, starts))
        return cls(parts, starts[order], ends[order], order)

    def claim(self, taken: Flags) -> None:
        """See `Matches`."""
        flags = np.zeros(len(taken), bool)
        flags[self.order] = taken
        end = 0
        for part in self.parts:
            begin, end = end, end + len(part.starts)
            part.claim(flags[begin:end])


@dataclass(frozen=True, slots=True)
class _Together:
    """What stands in one unit of text, a stretch a unit: all of it that takes part.

    Attributes:
        sides: the two operands, with the unit of each stretch, and whether it takes part.
        units: those in which both stand, rising.
        size: more than the number of any unit.
    """

    sides: tuple[tuple[Matches, Numbers, Flags], ...]
    units: Numbers
    size: int
    starts: Numbers
    ends: Numbers

    def claim(self, taken: Flags) -> None:
        """See `Matches`."""
        for matches, units, takes_part in self.sides:
            matches.claim(takes_part & _among(self.units[taken], self.size)[units])


@dataclass(frozen=True, slots=True)
class Pairs:
    """Every pair of stretches that are near one another."""

    left: Matches
    right: Matches
    lefts: Numbers
    rights: Numbers
    starts: Numbers
    ends: Numbers

    @classmethod
    def of(cls, left: Matches, right: Matches, lefts: Numbers, rights: Numbers) -> Pairs:
        """The pairs of two operands' stretches, given by the numbers of both."""
        starts = np.minimum(left.starts[lefts], right.starts[rights])
        ends = np.maximum(left.ends[lefts], right.ends[rights])
        order = np.lexsort((ends, starts))
        return cls(left, right, lefts[order], rights[order], starts[order], ends[order])

    def claim(self, taken: Flags) -> None:
        """See `Matches`."""
        for matches, numbers in ((self.left, self.lefts), (self.right, self.rights)):
            flags = np.zeros(len(matches.starts), bool)
            flags[numbers[taken]] = True
            matches.claim(flags)


def match(node: Node, segment: ParagraphSegment, find: Find) -> None:
    """Match a `Near`, and have the leaves claim what takes part.

    Args:
        node: the whole.
        segment: where.
        find: gives the matches of a word, a string, a pattern or a word with a quantity; new
            ones each time.

    Raises:
        TooManyPairsError: it would take too much time and memory.
    """
    found = _Matcher(segment, find).match(node, every=False)
    found.claim(np.ones(len(found.starts), bool))


class _Matcher:
    """Matches operands in one segment."""

    def __init__(self, segment: ParagraphSegment, find: Find) -> None:
        self._segment = segment
        self._find = find

    def match(self, node: Node, *, every: bool) -> Matches:
        """Match an operand.

        Args:
            node: the operand.
            every: whether every stretch is asked for, or one a unit of text is enough.
        """
        if isinstance(node, Near):
            return self._near(node, every=every)
        if isinstance(node, AnyOf):
            return _Either.of([self.match(part, every=every) for part in node.parts])
        if isinstance(node, AllOf):
            return self.match(reduce(_in_one_paragraph, node.parts), every=every)
        return self._find(node)

    def _near(self, node: Near, *, every: bool) -> Matches:
        left, right = (
            self.match(part, every=every or node.ordered or _narrowest(part) > node.scope)
            for part in (node.left, node.right)
        )
        if node.scope is Scope.CHARACTERS:
            return self._within(left, right, node)
        units = [self._units(side, node.scope) for side in (left, right)]
        if every:
            lefts, rights = _joined(units[0], units[1])
            if node.ordered:
                kept = left.ends[lefts] <= right.starts[rights]
                lefts, rights = lefts[kept], rights[kept]
            return Pairs.of(left, right, lefts, rights)
        return _together(left, right, units[0], units[1], ordered=node.ordered)

    def _units(self, matches: Matches, scope: Scope) -> Numbers:
        """The unit of text that each stretch lies in, from 1; 0 for one that lies in several."""
        bounds = self._bounds(scope)
        units = np.searchsorted(bounds, matches.starts, "right")
        units[matches.ends > bounds[units]] = 0
        return units

    def _bounds(self, scope: Scope) -> Numbers:
        """Where the units of text begin, and where the last ends."""
        segment = self._segment
        if scope is Scope.SENTENCE:
            return segment.sentence_starts
        if scope is Scope.SECTION:
            bounds: Numbers = np.append(segment.section_starts, segment.documents)
            return segment.paragraph_starts[bounds]
        return segment.paragraph_starts

    def _within(self, left: Matches, right: Matches, node: Near) -> Pairs:
        """Stretches of one paragraph with no more than so many characters between them."""
        longest = int((right.ends - right.starts).max(initial=0))
        first = left.ends if node.ordered else left.starts - node.distance - longest
        low = np.searchsorted(right.starts, first)
        high = np.searchsorted(right.starts, left.ends + node.distance, "right")
        lefts, rights = _expanded(low, np.maximum(high - low, 0))
        kept = right.ends[rights] >= left.starts[lefts] - node.distance
        units = [self._units(side, Scope.PARAGRAPH) for side in (left, right)]
        kept &= (units[0][lefts] == units[1][rights]) & (units[0][lefts] > 0)
        return Pairs.of(left, right, lefts[kept], rights[kept])


def _in_one_paragraph(left: Node, right: Node) -> Near:
    return Near(left, right, Scope.PARAGRAPH)


def _narrowest(node: Node) -> Scope:
    """The unit of text that all of an operand lies in."""
    if isinstance(node, Near):
        return node.scope
    if isinstance(node, AnyOf):
        return max(map(_narrowest, node.parts))
    return Scope.PARAGRAPH if isinstance(node, AllOf) else Scope.CHARACTERS


def _together(
    left: Matches, right: Matches, left_units: Numbers, right_units: Numbers, *, ordered: bool
) -> _Together:
    size = max(int(units.max(initial=0)) for units in (left_units, right_units)) + 1
    if ordered:
        last, first = np.full(size, -1), np.full(size, np.iinfo(np.int64).max)
        np.maximum.at(last, right_units, right.starts)
        np.minimum.at(first, left_units, left.ends)
        left_takes_part = (left.ends <= last[left_units]) & (left_units > 0)
        right_takes_part = (right.starts >= first[right_units]) & (right_units > 0)
        holds = _among(left_units[left_takes_part], size)
    else:
        holds = _among(left_units, size) & _among(right_units, size)
        holds[0] = False
        left_takes_part, right_takes_part = holds[left_units], holds[right_units]
    sides = (left, left_units, left_takes_part), (right, right_units, right_takes_part)
    units = np.flatnonzero(holds)
    places = np.cumsum(holds) - 1
    starts = np.full(len(units), np.iinfo(np.int64).max)
    ends = np.zeros(len(units), np.int64)
    for matches, of, takes_part in sides:
        place = places[of[takes_part]]
        np.minimum.at(starts, place, matches.starts[takes_part])
        np.maximum.at(ends, place, matches.ends[takes_part])
    return _Together(sides, units, size, starts, ends)


def _among(units: Numbers, size: int) -> Flags:
    """Of every unit below `size` whether it is among some."""
    among = np.zeros(size, bool)
    among[units] = True
    return among


def _joined(left_units: Numbers, right_units: Numbers) -> tuple[Numbers, Numbers]:
    """The numbers of all pairs in one unit."""
    order = np.argsort(right_units, kind="stable")
    ordered = right_units[order]
    low = np.searchsorted(ordered, left_units)
    counts = np.searchsorted(ordered, left_units, "right") - low
    counts[left_units == 0] = 0
    lefts, places = _expanded(low, counts)
    return lefts, order[places]


def _expanded(low: Numbers, counts: Numbers) -> tuple[Numbers, Numbers]:
    """For each number the numbers from its `low` on, as many as its count."""
    total = int(counts.sum())
    if total > MOST_PAIRS:
        raise TooManyPairsError
    numbers = np.repeat(np.arange(len(low)), counts)
    steps = np.arange(total) - np.repeat(np.cumsum(counts) - counts, counts)
    return numbers, low[numbers] + steps
