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
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from indexer import fold

from .places import Place
from .query import AllOf, AnyOf, Exact, HasValue, InDates, InYears, Node, NoneOf, Words
from .words import Unit, exact, units

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corpus import Report
    from indexer import Snapshot

    from .occurrences import Occurrences

_ANYWHERE = (Place.TEXT, Place.HEADING, Place.TITLE)
_IN_TEXT = (Place.TEXT,)


@dataclass(frozen=True, slots=True)
class Answer:
    """The paragraphs that answer a query.

    Attributes:
        scores: document number → score, the higher the better.
        patterns: what to highlight, by place.
    """

    scores: dict[int, float]
    patterns: dict[Place, tuple[Unit, ...]]


@dataclass(frozen=True, slots=True)
class _Held:
    """Where a part of a query holds, as document numbers.

    Attributes:
        all: where it holds.
        by_word: where it does, and a word that it asks for stands in the paragraph itself.
        freely: where it does without asking for any word.
    """

    all: set[int]
    by_word: set[int]
    freely: set[int]


def evaluate(node: Node, snapshot: Snapshot, occurrences: Occurrences) -> Answer:
    """Find and score the paragraphs that answer a query."""
    return _Evaluation(snapshot, occurrences).answer(node)


class _Evaluation:
    """One evaluation: what was found so far of the words that hits are wanted to have."""

    def __init__(self, snapshot: Snapshot, occurrences: Occurrences) -> None:
        self._snapshot = snapshot
        self._occurrences = occurrences
        self._wanted: dict[tuple[Unit, tuple[Place, ...]], dict[int, float]] = {}
        self._whole_runs: list[Unit] = []
        self._part_runs: list[Unit] = []
        self._run_patterns: list[tuple[Unit, tuple[Place, ...]]] = []

    def answer(self, node: Node) -> Answer:
        held = self._node(node, wanted=True)
        hits = held.by_word | held.freely
        scores = dict.fromkeys(hits, 0.0)
        for found in self._wanted.values():
            for document in found.keys() & hits:
                scores[document] += found[document]
        self._reward_runs(scores)
        return Answer(scores, self._patterns())

    def _node(self, node: Node, *, wanted: bool) -> _Held:
        if isinstance(node, AllOf):
            self._note_run(node.parts, wanted=wanted)
            return _all([self._node(part, wanted=wanted) for part in node.parts])
        if isinstance(node, AnyOf):
            parts = [self._node(part, wanted=wanted) for part in node.parts]
            return _Held(
                set().union(*(part.all for part in parts)),
                set().union(*(part.by_word for part in parts)),
                set().union(*(part.freely for part in parts)),
            )
        if isinstance(node, NoneOf):
            return _condition(self._snapshot.documents() - self._node(node.part, wanted=False).all)
        if isinstance(node, Words):
            return self._words(node, wanted=wanted)
        if isinstance(node, Exact):
            places = (node.field,) if node.field else _IN_TEXT
            return self._unit(exact(node.text), places, is_field=bool(node.field), wanted=wanted)
        return _condition(self._of_reports(_test(node)))

    def _words(self, node: Words, *, wanted: bool) -> _Held:
        asked = units(node.text, self._snapshot.segmenter)
        if node.field:
            places: tuple[Place, ...] = (node.field,)
        else:
            places = _ANYWHERE if wanted else _IN_TEXT
        if wanted and len(asked) > 1:
            run = Unit((fold(node.text),))
            self._run_patterns.append((run, places))
            if Place.TEXT in places:
                self._part_runs.append(run)
        parts = [self._unit(u, places, is_field=bool(node.field), wanted=wanted) for u in asked]
        return _all(parts)

    def _unit(
        self, unit: Unit, places: tuple[Place, ...], *, is_field: bool, wanted: bool
    ) -> _Held:
        found = self._occurrences.find(unit, places)
        if wanted:
            self._wanted[unit, places] = found
        if is_field or not wanted:
            return _condition(set(found))
        in_text = found if places == _IN_TEXT else self._occurrences.find(unit, _IN_TEXT)
        return _Held(set(found), set(in_text), set())

    def _of_reports(self, holds: Callable[[Report], bool]) -> set[int]:
        """The paragraphs of the reports for which a condition holds."""
        snapshot = self._snapshot
        return {
            document
            for report in snapshot.catalog.reports.values()
            if holds(report)
            for document in snapshot.report_documents(report.id)
        }

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

    def _reward_runs(self, scores: dict[int, float]) -> None:
        """Bring hits in which the words stand as one run before those in which they don't.

        A whole run earns more than all words together can, a part of it less.
        """
        ceiling = 1.0 + sum(max(found.values(), default=0.0) for found in self._wanted.values())
        wholes = self._whole_runs or self._part_runs
        parts = self._part_runs if self._whole_runs else []
        for runs, reward in ((wholes, ceiling * 2), (parts, ceiling)):
            for run in runs:
                for document in self._occurrences.find(run, _IN_TEXT).keys() & scores.keys():
                    scores[document] += reward / len(runs)

    def _patterns(self) -> dict[Place, tuple[Unit, ...]]:
        patterns: dict[Place, list[Unit]] = {place: [] for place in Place}
        for unit, places in (*self._run_patterns, *self._wanted):
            for place in places:
                patterns[place].append(unit)
        return {place: tuple(dict.fromkeys(found)) for place, found in patterns.items()}


def _all(parts: Sequence[_Held]) -> _Held:
    """Where all parts hold, and by a word if one of them does."""
    everywhere = set.intersection(*(part.all for part in parts))
    by_word: set[int] = set().union(*(part.by_word for part in parts))
    return _Held(
        everywhere, everywhere & by_word, set.intersection(*(part.freely for part in parts))
    )


def _condition(documents: set[int]) -> _Held:
    return _Held(documents, set(), documents)


def _joined(words: Sequence[str]) -> str:
    """Words as one run: Latin ones keep a space between them."""
    run = words[0]
    for word in words[1:]:
        run += f" {word}" if run[-1].isascii() and word[0].isascii() else word
    return run


def _test(node: HasValue | InYears | InDates) -> Callable[[Report], bool]:
    """A condition of a query as a test of a report; a value not known fulfils none."""
    if isinstance(node, HasValue):
        field, wanted = node.field, node.field.comparable(node.text)
        if node.whole:
            return lambda report: field.value_of(report) == wanted
        return lambda report: wanted in field.value_of(report)
    if isinstance(node, InYears):
        return lambda report: _within((report.year, report.year), node.first, node.last)
    return lambda report: _within(period(report), node.first, node.last)


def period(report: Report) -> tuple[date, date] | tuple[None, None]:
    """The first and last day that a report may be of: its date, else all of its year."""
    if report.date:
        return report.date, report.date
    if report.year:
        return date(report.year, 1, 1), date(report.year, 12, 31)
    return None, None


def _within(known: tuple[Any, Any], first: Any, last: Any) -> bool:
    """Whether a span, if it is known, lies within [first, last], open where None."""
    start, end = known
    return start is not None and (first is None or first <= start) and (last is None or end <= last)
