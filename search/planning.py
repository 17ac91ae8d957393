"""From a parsed query to a Whoosh query tree over one snapshot.

Every leaf of the tree is a list of paragraphs with scores (`Found`), worked out by
`Occurrences` or from the catalog; Whoosh's own And, Or and AndNot combine them.

Two rules give the language its meaning here:

* A bare word may stand in the paragraph, in the headings above it or in the title of
  its report; but a hit must itself hold at least one of the words asked for, so that a
  word in a title does not bring up every paragraph below it.
* What is excluded is looked for in the paragraph alone: a word in the title does not
  exclude the whole report, unless it is asked for with `-title:`.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from whoosh import matching
from whoosh import query as whoosh_query

from indexer import Zone, fold

from .occurrences import Occurrences, Scored
from .query import (
    AllOf,
    AnyOf,
    Exact,
    HasValue,
    InDates,
    InYears,
    Node,
    NoneOf,
    Words,
)
from .words import Unit, exact, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from corpus import Report
    from indexer import Snapshot

_EVERYWHERE = (Zone.TEXT, Zone.HEADING, Zone.TITLE)
_TEXT = (Zone.TEXT,)


class Found(whoosh_query.Query):  # type: ignore[misc]  # Whoosh has no types
    """A Whoosh query that answers with paragraphs found beforehand.

    Args:
        scored: document numbers in order, and their scores.
    """

    def __init__(self, scored: Scored) -> None:
        self.scored = scored
        self.boost = 1.0

    def matcher(self, _searcher: Any, _context: Any = None) -> matching.Matcher:
        """The paragraphs as a Whoosh matcher."""
        if not self.scored.documents:
            return matching.NullMatcher()
        return matching.ListMatcher(self.scored.documents, self.scored.scores)

    def estimate_size(self, _reader: Any) -> int:
        """How many there are; Whoosh intersects the fewest first."""
        return len(self.scored.documents)

    estimate_min_size = estimate_size


@dataclass(frozen=True, slots=True)
class Plan:
    """A query made ready for a snapshot.

    Attributes:
        tree: the Whoosh query, whose hits are those of the query.
        patterns: what to highlight, by zone.
        runs: the strings that bring a hit to the front when they stand in it whole.
        ceiling: more than any hit can score by the tree alone.
    """

    tree: whoosh_query.Query
    patterns: dict[Zone, tuple[Unit, ...]]
    runs: tuple[Unit, ...]
    ceiling: float


def plan(node: Node, snapshot: Snapshot, occurrences: Occurrences) -> Plan:
    """Make a parsed query ready for a snapshot."""
    return _Planner(snapshot, occurrences).plan(node)


class _Planner:
    def __init__(self, snapshot: Snapshot, occurrences: Occurrences) -> None:
        self._snapshot = snapshot
        self._occurrences = occurrences
        self._patterns: dict[Zone, list[Unit]] = {zone: [] for zone in Zone}
        self._in_text: list[Scored] = []
        self._runs: list[Unit] = []
        self._ceiling = 0.0

    def plan(self, node: Node) -> Plan:
        tree = self._node(node, wanted=True)
        if self._in_text:
            anywhere = {number for found in self._in_text for number in found.documents}
            tree = whoosh_query.And([tree, Found(Scored.unscored(anywhere))])
        patterns = {zone: tuple(dict.fromkeys(found)) for zone, found in self._patterns.items()}
        return Plan(tree, patterns, tuple(dict.fromkeys(self._runs)), self._ceiling + 1.0)

    def _node(self, node: Node, *, wanted: bool) -> whoosh_query.Query:
        if isinstance(node, AllOf):
            if wanted:
                self._note_run(node.parts)
            return whoosh_query.And([self._node(part, wanted=wanted) for part in node.parts])
        if isinstance(node, AnyOf):
            return whoosh_query.Or([self._node(part, wanted=wanted) for part in node.parts])
        if isinstance(node, NoneOf):
            every = Found(Scored.unscored(self._snapshot.reader.all_doc_ids()))
            return whoosh_query.AndNot(every, self._node(node.part, wanted=not wanted))
        if isinstance(node, Words):
            return self._words(node, wanted=wanted)
        if isinstance(node, Exact):
            zones = (node.field.value,) if node.field else _TEXT
            return self._unit(exact(node.text), zones, wanted=wanted)
        return Found(self._reports(_condition(node)))

    def _words(self, node: Words, *, wanted: bool) -> whoosh_query.Query:
        asked = units(node.text, self._snapshot.segmenter)
        if node.field:
            zones: tuple[Zone, ...] = (node.field.value,)
        else:
            zones = _EVERYWHERE if wanted else _TEXT
        if wanted and len(asked) > 1:
            run = Unit((fold(node.text),))
            self._runs.append(run)
            for zone in zones:
                self._patterns[zone].append(run)
        return whoosh_query.And([self._unit(unit, zones, wanted=wanted) for unit in asked])

    def _unit(self, unit: Unit, zones: tuple[Zone, ...], *, wanted: bool) -> whoosh_query.Query:
        found = self._occurrences.find(unit, zones)
        if wanted:
            self._ceiling += found.highest
            for zone in zones:
                self._patterns[zone].append(unit)
            if Zone.TEXT in zones:
                in_text = found if zones == _TEXT else self._occurrences.find(unit, _TEXT)
                self._in_text.append(in_text)
        return Found(found)

    def _note_run(self, parts: Iterable[Node]) -> None:
        """Neighbouring bare words are one run too: `行政 复议` finds 行政复议 first."""
        texts = [part.text if isinstance(part, Words) and not part.field else "" for part in parts]
        for left, right in pairwise(texts):
            if left and right:
                spaced = left[-1].isascii() and right[0].isascii()
                self._runs.append(Unit((fold(f"{left} {right}" if spaced else left + right),)))

    def _reports(self, holds: Callable[[Report], bool]) -> Scored:
        """The paragraphs of the reports for which a condition holds."""
        snapshot = self._snapshot
        reports = [report.id for report in snapshot.catalog.reports.values() if holds(report)]
        return Scored.unscored(
            number for report in reports for number in snapshot.report_documents(report)
        )


def _condition(node: HasValue | InYears | InDates) -> Callable[[Report], bool]:
    """A condition of a query as a test of a report; a value not known fulfils none."""
    if isinstance(node, HasValue):
        field, wanted = node.field, node.field.comparable(node.text)
        if node.whole:
            return lambda report: field.value_of(report) == wanted
        return lambda report: wanted in field.value_of(report)
    if isinstance(node, InYears):
        return lambda report: _within(report.year, node.first, node.last)
    return lambda report: _within(report.date, node.first, node.last)


def _within(value: Any, first: Any, last: Any) -> bool:
    return (
        value is not None and (first is None or first <= value) and (last is None or value <= last)
    )
