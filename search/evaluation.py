"""Evaluating a parsed query over one snapshot.

Three rules give the language its meaning here:

* A bare word may stand in the paragraph, in the headings above it or in the title of
  its report. A hit must itself hold at least one of the words that it is a hit for, so
  that a word in a title does not bring up every paragraph below it.
* Conditions (fields) are fulfilled by a paragraph as it is, and need no word in it. In
  an OR each branch is judged by itself: no branch takes hits from another.
* What stands under NOT is looked for in the paragraph alone: a word in the title does
  not exclude the whole report, unless it is asked for with `-title:`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from indexer import SECTIONS, fold

from .conditions import fulfilling
from .contributions import Contribution, Merit
from .occurrences import Found
from .places import Place
from .query import (
    AllOf,
    AnyOf,
    Condition,
    Exact,
    Fuzzy,
    InSection,
    Located,
    Node,
    NoneOf,
    Similar,
    Wild,
    Within,
    Words,
)
from .words import Unit, exact

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from indexer import Snapshot

    from .conditions import OfReports
    from .locating import Places
    from .occurrences import Occurrences
    from .query import Linked
    from .words import Wording

_ANYWHERE = (Place.TEXT, Place.HEADING, Place.TITLE)
IN_TEXT = (Place.TEXT,)
"""Where strings have to stand, and what is excluded or has to be near."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The paragraphs that answer a query.

    Attributes:
        documents: their numbers, rising.
        scores: of each, the higher the better.
        patterns: what to highlight, by place.
        located: where to highlight besides, in the text.
        contributions: what the scores are added up from.
        missing: how many paragraphs of result sets are no longer in the index.
    """

    documents: NDArray[np.int64]
    scores: NDArray[np.float64]
    patterns: dict[Place, tuple[Unit, ...]]
    located: tuple[Places, ...]
    contributions: tuple[Contribution, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class _Held:
    """Where a part of a query holds: of every document number whether it does.

    Attributes:
        all: where it holds.
        by_word: where it does, and a word that it asks for stands in the paragraph itself.
        freely: where it does without asking for any word.
    """

    all: NDArray[np.bool_]
    by_word: NDArray[np.bool_]
    freely: NDArray[np.bool_]


def evaluate(node: Node, snapshot: Snapshot, occurrences: Occurrences, wording: Wording) -> Answer:
    """Find and score the paragraphs that answer a query."""
    return _Evaluation(snapshot, occurrences, wording).answer(node)


def asked(
    node: Words | Exact, wording: Wording, *, wanted: bool
) -> tuple[tuple[Unit, ...], tuple[Place, ...]]:
    """What words or a string ask for: units, all required, and the places for each.

    Args:
        node: the words or the string.
        wording: how words are understood.
        wanted: whether hits are to have it; False of what is excluded.
    """
    if isinstance(node, Exact):
        return (exact(node.text),), (node.field,) if node.field else IN_TEXT
    units = wording.units(node.text)
    if not wanted:
        units = tuple(unit.in_full for unit in units)
    if node.field:
        return units, (node.field,)
    return units, _ANYWHERE if wanted else IN_TEXT


class _Evaluation:
    """One evaluation: what was found so far of the words that hits are wanted to have."""

    def __init__(self, snapshot: Snapshot, occurrences: Occurrences, wording: Wording) -> None:
        self._snapshot = snapshot
        self._wording = wording
        self._occurrences = occurrences
        self._nowhere = np.zeros(snapshot.size, bool)
        self._wanted: dict[tuple[Unit, tuple[Place, ...]], Found] = {}
        self._whole_runs: list[Unit] = []
        self._part_runs: list[Unit] = []
        self._run_patterns: list[tuple[Unit, tuple[Place, ...]]] = []
        self._located: list[Places] = []
        self._near: dict[Unit | Fuzzy | Wild, Found] = {}
        self._likeness: list[Contribution] = []
        self._missing = 0

    def answer(self, node: Node) -> Answer:
        held = self._node(node, wanted=True)
        hits = held.by_word | held.freely
        scores = np.zeros(self._snapshot.size)
        contributions = tuple(self._contributions())
        for one in contributions:
            scores[one.found.documents] += one.found.scores
        documents = np.flatnonzero(hits)
        located = tuple(self._located)
        return Answer(
            documents, scores[documents], self._patterns(), located, contributions, self._missing
        )

    def _contributions(self) -> Iterator[Contribution]:
        for (unit, places), found in self._wanted.items():
            yield Contribution(Merit.WORD, unit, places, found)
        for of, found in self._near.items():
            merit = Merit.WORD if isinstance(of, Unit) else Merit.PATTERN
            yield Contribution(merit, of, IN_TEXT, found)
        yield from self._likeness
        yield from self._rewards()

    def _node(self, node: Node, *, wanted: bool) -> _Held:
        if isinstance(node, AllOf):
            self._note_run(node.parts, wanted=wanted)
            return _all([self._node(part, wanted=wanted) for part in node.parts])
        if isinstance(node, AnyOf):
            parts = [self._node(part, wanted=wanted) for part in node.parts]
            return _Held(
                _any([part.all for part in parts]),
                _any([part.by_word for part in parts]),
                _any([part.freely for part in parts]),
            )
        if isinstance(node, NoneOf):
            held = self._node(node.part, wanted=False).all
            return self._condition(self._snapshot.living & ~held)
        return self._leaf(node, wanted=wanted)

    def _leaf(self, node: Words | Exact | Located | Condition, *, wanted: bool) -> _Held:
        if isinstance(node, Words):
            return self._words(node, wanted=wanted)
        if isinstance(node, Exact):
            (unit,), places = asked(node, self._wording, wanted=wanted)
            return self._unit(unit, places, is_field=bool(node.field), wanted=wanted)
        if isinstance(node, Located):
            return self._located_part(node, wanted=wanted)
        if isinstance(node, Similar | Within):
            return self._linked(node, wanted=wanted)
        return self._condition(self._fulfilling(node))

    def _located_part(self, node: Located, *, wanted: bool) -> _Held:
        from .locating import leaves, locate, unit_of  # few queries have such a part

        places = locate(node, self._snapshot, self._wording)
        everywhere = np.zeros(self._snapshot.size, bool)
        everywhere[places.documents] = True
        if not wanted:
            return self._condition(everywhere)
        self._located.append(places)
        for leaf in leaves(node):
            if isinstance(leaf, Words | Exact):
                unit = unit_of(leaf, self._wording)
                self._near[unit] = self._occurrences.find(unit, IN_TEXT)
        if isinstance(node, Fuzzy | Wild):
            self._near[node] = self._occurrences.score(places.documents, places.counts)
        return _Held(everywhere, everywhere, self._nowhere)

    def _linked(self, node: Linked, *, wanted: bool) -> _Held:
        from .linking import named  # few queries have such a part

        found = named(node, self._snapshot)
        self._missing += found.missing
        if wanted and isinstance(node, Similar):
            likeness = Found(found.documents, found.scores)
            of = Unit((node.address,))
            self._likeness.append(Contribution(Merit.LIKENESS, of, IN_TEXT, likeness))
        everywhere = np.zeros(self._snapshot.size, bool)
        everywhere[found.documents] = True
        return self._condition(everywhere)

    def _fulfilling(self, node: OfReports | InSection) -> NDArray[np.bool_]:
        """Where the paragraphs are that fulfil a condition."""
        snapshot = self._snapshot
        held: NDArray[np.bool_]
        if isinstance(node, InSection):
            held = (snapshot.parts == SECTIONS.index(node.section)) & snapshot.living
        else:
            of_none = np.zeros(1, bool)  # deleted paragraphs are of no report
            held = np.concatenate([fulfilling(node, snapshot.reports), of_none])[snapshot.rows]
        return held

    def _words(self, node: Words, *, wanted: bool) -> _Held:
        units, places = asked(node, self._wording, wanted=wanted)
        if wanted and len(units) > 1:
            run = Unit((fold(node.text),))
            self._run_patterns.append((run, places))
            if Place.TEXT in places:
                self._part_runs.append(run)
        parts = [self._unit(u, places, is_field=bool(node.field), wanted=wanted) for u in units]
        return _all(parts)

    def _unit(
        self, unit: Unit, places: tuple[Place, ...], *, is_field: bool, wanted: bool
    ) -> _Held:
        found = self._occurrences.find(unit, places)
        if wanted:
            self._wanted[unit, places] = found
        everywhere = self._mask(found)
        if is_field or not wanted:
            return self._condition(everywhere)
        if places == IN_TEXT:
            return _Held(everywhere, everywhere, self._nowhere)
        in_text = self._mask(self._occurrences.find(unit, IN_TEXT))
        return _Held(everywhere, in_text, self._nowhere)

    def _mask(self, found: Found) -> NDArray[np.bool_]:
        mask = np.zeros(self._snapshot.size, bool)
        mask[found.documents] = True
        return mask

    def _condition(self, documents: NDArray[np.bool_]) -> _Held:
        return _Held(documents, self._nowhere, documents)

    def _note_run(self, parts: Sequence[Node], *, wanted: bool) -> None:
        """Note the runs of neighbouring bare words: `行政 复议` finds 行政复议 first."""
        chain: list[str] = []
        for part in (*parts, None):
            if wanted and isinstance(part, Words) and part.field is None:
                chain.append(fold(part.text))
                continue
            if len(chain) > 1:
                self._whole_runs.append(Unit((_joined(chain),)))
            if chain[2:]:
                self._part_runs += (Unit((_joined(pair),)) for pair in pairwise(chain))
            chain = []

    def _rewards(self) -> Iterator[Contribution]:
        """What brings hits with the words as one run before those in which they are not.

        A whole run earns more than all words together can, a part of it less.
        """
        ceiling = 1.0 + sum(found.best for found in self._wanted.values())
        wholes = self._whole_runs or self._part_runs
        parts = self._part_runs if self._whole_runs else []
        for runs, reward in ((wholes, ceiling * 2), (parts, ceiling)):
            for run in runs:
                documents = self._occurrences.find(run, IN_TEXT).documents
                earned = Found(documents, np.full(len(documents), reward / len(runs)))
                yield Contribution(Merit.RUN, run, IN_TEXT, earned)

    def _patterns(self) -> dict[Place, tuple[Unit, ...]]:
        patterns: dict[Place, list[Unit]] = {place: [] for place in Place}
        for unit, places in (*self._run_patterns, *self._wanted):
            for place in places:
                patterns[place].append(unit)
        return {place: tuple(dict.fromkeys(found)) for place, found in patterns.items()}


def _all(parts: Sequence[_Held]) -> _Held:
    """Where all parts hold, and by a word if one of them does."""
    everywhere = np.logical_and.reduce([part.all for part in parts])
    by_word = _any([part.by_word for part in parts])
    freely = np.logical_and.reduce([part.freely for part in parts])
    return _Held(everywhere, everywhere & by_word, freely)


def _any(masks: Sequence[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    held: NDArray[np.bool_] = np.logical_or.reduce(masks)
    return held


def _joined(words: Sequence[str]) -> str:
    """Words as one run: Latin ones keep a space between them."""
    run = words[0]
    for word in words[1:]:
        run += f" {word}" if run[-1].isascii() and word[0].isascii() else word
    return run
