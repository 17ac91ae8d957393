"""What the hits of a query have earned: gathered while it is evaluated, added up at the end.

Words earn by BM25F, runs of words that stand as they were typed by coming first, and the
best hits are read again (`reranking`). Every part is a `Contribution`, so that what a score
is added up from can be told.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from indexer import Zone, fold

from .contributions import Contribution, Merit
from .occurrences import Found
from .places import Place
from .query import Words
from .questions import is_number, marked
from .words import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from indexer import Snapshot

    from .occurrences import Occurrences
    from .query import Node
    from .questions import Question

_IN_TEXT = (Place.TEXT,)


class Merits:
    """Gathers what is wanted of hits, and says what each has earned by it.

    Args:
        snapshot: the index.
        occurrences: finds units in it.
    """

    def __init__(self, snapshot: Snapshot, occurrences: Occurrences) -> None:
        self._snapshot = snapshot
        self._occurrences = occurrences
        self._wanted: dict[tuple[Unit, tuple[Place, ...]], None] = {}
        self._others: list[Contribution] = []
        self._questions: dict[Question, NDArray[np.int64]] = {}
        self._typed: list[str] = []
        self._whole_runs: list[Unit] = []
        self._part_runs: list[Unit] = []
        self._run_patterns: list[tuple[Unit, tuple[Place, ...]]] = []

    def want(self, unit: Unit, places: tuple[Place, ...]) -> None:
        """Have hits earn by a unit, where it stands in the places."""
        self._wanted[unit, places] = None

    def add(self, contribution: Contribution) -> None:
        """Have hits earn by something else."""
        self._others.append(contribution)

    def ask(self, asked: Question, documents: NDArray[np.int64]) -> None:
        """Have hits earn by what they hold of a plain question.

        Args:
            asked: the question.
            documents: what answers it, see `questions.answering`.
        """
        self._questions[asked] = documents

    def note_run(self, text: str, units: Sequence[Unit], places: tuple[Place, ...]) -> None:
        """Have hits come first in which bare words stand as they were typed."""
        if Place.TEXT in places:
            self._typed.append(fold(text))
        if len(units) > 1:
            run = Unit((fold(text),))
            self._run_patterns.append((run, places))
            if Place.TEXT in places:
                self._part_runs.append(run)

    def note_chains(self, parts: Sequence[Node]) -> None:
        """Note the runs of neighbouring bare words: `行政 复议` finds 行政复议 first."""
        chain: list[str] = []
        for part in (*parts, None):
            if isinstance(part, Words) and part.field is None:
                chain.append(fold(part.text))
                continue
            if len(chain) > 1:
                self._whole_runs.append(Unit((_joined(chain),)))
            if chain[2:]:
                self._part_runs += (Unit((_joined(pair),)) for pair in pairwise(chain))
            chain = []

    def of(
        self, documents: NDArray[np.int64]
    ) -> tuple[NDArray[np.float64], tuple[Contribution, ...]]:
        """What each of the hits has earned, and what that is added up from.

        Args:
            documents: the numbers of the hits, rising.
        """
        scores = np.zeros(self._snapshot.size)
        contributions: list[Contribution] = []
        for stage in (self._words, self._reread, self._runs):
            for one in stage(documents, scores.take(documents)):
                scores[one.found.documents] += one.found.scores
                contributions.append(one)
        return scores.take(documents), tuple(contributions)

    def patterns(self) -> dict[Place, tuple[Unit, ...]]:
        """What is to be highlighted in hits, by place."""
        patterns: dict[Place, list[Unit]] = {place: [] for place in Place}
        asked = [
            (unit, tuple(Place))
            for asked, documents in self._questions.items()
            for unit in marked(asked, documents, self._snapshot, self._occurrences)
        ]
        for unit, places in (*self._run_patterns, *self._wanted, *asked):
            for place in places:
                patterns[place].append(unit)
        return {place: tuple(dict.fromkeys(found)) for place, found in patterns.items()}

    def _words(
        self, _documents: NDArray[np.int64], _: NDArray[np.float64]
    ) -> Iterator[Contribution]:
        for unit, places in self._wanted:
            found = self._occurrences.find(unit, places)
            yield Contribution(Merit.WORD, unit, places, found)
        for asked in self._questions:
            yield from self._of_question(asked)
        yield from self._others

    def _of_question(self, asked: Question) -> Iterator[Contribution]:
        places = tuple(Place)
        number_weight = self._occurrences.parameters.number_weight
        for unit in asked.units:
            found = self._occurrences.find(unit, places)
            if is_number(unit):
                found = Found(found.documents, found.scores * number_weight)
            yield Contribution(Merit.WORD, unit, places, found)
        for pair in asked.pairs:
            held = self._occurrences.count(Zone.TEXT, (pair,))
            found = self._occurrences.score(held.documents, held.counts)
            yield Contribution(Merit.PAIR, Unit((pair,)), _IN_TEXT, found)

    def _reread(
        self, documents: NDArray[np.int64], scores: NDArray[np.float64]
    ) -> Iterator[Contribution]:
        """What the texts of the best hits tell."""
        if not self._questions and len(self._wanted) <= 1:
            return
        from .reranking import reread  # queries of one word need none

        asked = " ".join(question.text for question in self._questions) or " ".join(self._typed)
        parameters = self._occurrences.parameters
        told = reread(asked, documents, scores, self._snapshot, parameters)
        read = documents[told.places]
        if self._questions:
            earned = Found(read, told.characters)
            yield Contribution(Merit.CHARACTERS, Unit((asked,)), _IN_TEXT, earned)
            scores = scores.copy()
            scores[told.places] += told.characters
        worth = parameters.nearness * float(scores.max(initial=0))
        yield Contribution(
            Merit.NEARNESS, Unit((asked,)), _IN_TEXT, Found(read, told.nearness * worth)
        )

    def _runs(
        self, _documents: NDArray[np.int64], scores: NDArray[np.float64]
    ) -> Iterator[Contribution]:
        """What brings hits with all words first, and before them those with one run of them.

        A whole run earns more than all else together, a part of it less.
        """
        ceiling = 1.0 + float(scores.max(initial=0))
        for asked in self._questions:
            if asked.is_short:
                complete = self._occurrences.holding_all(asked.units)
                earned = Found(complete, np.full(len(complete), ceiling))
                yield Contribution(Merit.COMPLETE, Unit((asked.text,)), tuple(Place), earned)
                ceiling *= 2
        wholes = self._whole_runs or self._part_runs
        parts = self._part_runs if self._whole_runs else []
        for runs, reward in ((wholes, ceiling * 2), (parts, ceiling)):
            for run in runs:
                found = self._occurrences.holding(run, Place.TEXT)
                earned = Found(found, np.full(len(found), reward / len(runs)))
                yield Contribution(Merit.RUN, run, _IN_TEXT, earned)


def _joined(words: Sequence[str]) -> str:
    """Words as one run: Latin ones keep a space between them."""
    run = words[0]
    for word in words[1:]:
        run += f" {word}" if run[-1].isascii() and word[0].isascii() else word
    return run
