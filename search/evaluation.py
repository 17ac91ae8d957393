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

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer import SECTIONS

from .allowance import Allowance
from .conditions import fulfilling
from .contributions import Contribution, Merit
from .merits import Merits
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
    Regex,
    Similar,
    Wild,
    Within,
    Words,
)
from .questions import answering, question
from .words import Unit, exact

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer import Snapshot

    from .conditions import OfReports
    from .locating import Places
    from .occurrences import Occurrences
    from .query import Linked
    from .questions import Question
    from .words import Wording

_ANYWHERE = (Place.TEXT, Place.HEADING, Place.TITLE)
IN_TEXT = (Place.TEXT,)
"""Where strings have to stand, and what is excluded or has to be near."""


class Answer(NamedTuple):
    """The paragraphs that answer a query.

    Attributes:
        documents: their numbers, rising.
        scores: of each, the higher the better.
        patterns: what to highlight, by place.
        located: where to highlight besides, in the text.
        contributions: what the scores are added up from.
        relaxed: whether not all words were required, see `questions`.
        missing: how many paragraphs of result sets are no longer in the index.
    """

    documents: NDArray[np.int64]
    scores: NDArray[np.float64]
    patterns: dict[Place, tuple[Unit, ...]]
    located: tuple[Places, ...]
    contributions: tuple[Contribution, ...]
    relaxed: bool
    missing: int


class _Held(NamedTuple):
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
    """Find and score the paragraphs that answer a query.

    Raises:
        PartError: a part of it cannot be answered, or the query takes too much.
    """
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
        self._merits = Merits(snapshot, occurrences)
        self._allowance = Allowance()
        self._located: list[Places] = []
        self._relaxed = False
        self._missing = 0

    def answer(self, node: Node) -> Answer:
        held = self._node(node, wanted=True)
        documents = np.flatnonzero(held.by_word | held.freely)
        scores, contributions = self._merits.of(documents)
        return Answer(
            documents,
            scores,
            self._merits.patterns(),
            tuple(self._located),
            contributions,
            self._relaxed,
            self._missing,
        )

    def _node(self, node: Node, *, wanted: bool) -> _Held:
        if isinstance(node, AllOf):
            if wanted:
                self._merits.note_chains(node.parts)
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
            self._allowance.go_on(node.place)
            (unit,), places = asked(node, self._wording, wanted=wanted)
            return self._unit(unit, places, is_field=bool(node.field), wanted=wanted)
        if isinstance(node, Located):
            return self._located_part(node, wanted=wanted)
        if isinstance(node, Similar | Within):
            return self._linked(node, wanted=wanted)
        return self._condition(self._fulfilling(node))

    def _located_part(self, node: Located, *, wanted: bool) -> _Held:
        from .locating import leaves, locate, unit_of  # few queries have such a part

        places = locate(node, self._snapshot, self._wording, self._allowance)
        everywhere = self._mask(places.documents)
        if not wanted:
            return self._condition(everywhere)
        self._located.append(places)
        for leaf in leaves(node):
            if isinstance(leaf, Words | Exact):
                unit = unit_of(leaf, self._wording)
                found = self._occurrences.find(unit, IN_TEXT)
                self._merits.add(Contribution(Merit.WORD, unit, IN_TEXT, found))
        if isinstance(node, Fuzzy | Wild | Regex):
            found = self._occurrences.score(places.documents, places.counts)
            self._merits.add(Contribution(Merit.PATTERN, node, IN_TEXT, found, places))
        return _Held(everywhere, everywhere, self._nowhere)

    def _linked(self, node: Linked, *, wanted: bool) -> _Held:
        from .linking import named  # few queries have such a part

        found = named(node, self._snapshot)
        self._missing += found.missing
        if wanted and isinstance(node, Similar):
            likeness = Found(found.documents, found.scores)
            self._merits.add(Contribution(Merit.LIKENESS, Unit((node.address,)), IN_TEXT, likeness))
        return self._condition(self._mask(found.documents))

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
        self._allowance.go_on(node.place)
        self._allowance.widen(sum(len(unit.forms) - 1 for unit in units), node.place)
        if wanted:
            self._merits.note_run(node.text, units, places)
            plain = question(node, units, self._wording, self._snapshot)
            if plain:
                return self._question(plain)
        parts = [self._unit(u, places, is_field=bool(node.field), wanted=wanted) for u in units]
        return _all(parts)

    def _question(self, asked: Question) -> _Held:
        """Where a paragraph holds enough of a plain question."""
        self._relaxed = True
        documents = answering(asked, self._snapshot, self._occurrences)
        held = self._mask(documents)
        self._merits.ask(asked, documents)
        return _Held(held, held, self._nowhere)

    def _unit(
        self, unit: Unit, places: tuple[Place, ...], *, is_field: bool, wanted: bool
    ) -> _Held:
        found = self._occurrences.find(unit, places)
        if wanted:
            self._merits.want(unit, places)
        everywhere = self._mask(found.documents)
        if is_field or not wanted:
            return self._condition(everywhere)
        if places == IN_TEXT:
            return _Held(everywhere, everywhere, self._nowhere)
        in_text = self._mask(self._occurrences.holding(unit, Place.TEXT))
        return _Held(everywhere, in_text, self._nowhere)

    def _mask(self, documents: NDArray[np.int64]) -> NDArray[np.bool_]:
        mask = np.zeros(self._snapshot.size, bool)
        mask[documents] = True
        return mask

    def _condition(self, documents: NDArray[np.bool_]) -> _Held:
        return _Held(documents, self._nowhere, documents)


def _all(parts: Sequence[_Held]) -> _Held:
    """Where all parts hold, and by a word if one of them does."""
    everywhere = np.logical_and.reduce([part.all for part in parts])
    by_word = _any([part.by_word for part in parts])
    freely = np.logical_and.reduce([part.freely for part in parts])
    return _Held(everywhere, everywhere & by_word, freely)


def _any(masks: Sequence[NDArray[np.bool_]]) -> NDArray[np.bool_]:
    held: NDArray[np.bool_] = np.logical_or.reduce(masks)
    return held
