"""Trends: how often terms are used, year by year, or by region, issuer or kind.

How often is a rate: occurrences in 10,000 characters of all texts of a period, so that long
reports and years of many reports are not ahead. Where a period has no reports there is
nothing to tell a rate from: that is a gap, and not zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus.plain import Plain

from .counting import occurrence_counts, text_lengths
from .grouping import Groups

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from corpus import Report
    from indexer import Snapshot
    from search.evaluation import Answer

    from .grouping import Grouping, Value

    Numbers = NDArray[np.int64]

RATE_OF = 10_000
"""The characters that a rate is told of."""


@dataclass(frozen=True, slots=True)
class Period(Plain):
    """What there is of one year, region, issuer or kind, whatever it says.

    Attributes:
        value: which; None for the reports of which it is not known.
        reports: how many there are.
        paragraphs: how many they have.
        characters: of the texts of those paragraphs: as folded, spaces and signs included.
    """

    value: Value
    reports: int
    paragraphs: int
    characters: int

    @property
    def is_gap(self) -> bool:
        """Whether there are no reports, so nothing can be told."""
        return not self.reports


@dataclass(frozen=True, slots=True)
class Usage(Plain):
    """How often a term is used.

    Attributes:
        paragraphs: how many answer it.
        reports: how many reports they stand in.
        occurrences: places in the paragraphs' texts that answer it, as hits have them
            highlighted; of a query that asks for no words there are none.
        rate: occurrences in 10,000 characters.
    """

    paragraphs: int
    reports: int
    occurrences: int
    rate: float


@dataclass(frozen=True, slots=True)
class Occasion(Plain):
    """Where a term is used for the first or for the last time.

    Attributes:
        address: of the paragraph.
        report: that it stands in.
    """

    address: str
    report: Report


@dataclass(frozen=True, slots=True)
class TermTrend(Plain):
    """The use of one term.

    Attributes:
        term: as it was asked for.
        total: its use in all periods together.
        uses: one for each period of the trend; None in a gap.
        first: the earliest; None if it is used in no report whose year is known.
        last: the latest.
    """

    term: str
    total: Usage
    uses: tuple[Usage | None, ...]
    first: Occasion | None
    last: Occasion | None


@dataclass(frozen=True, slots=True)
class Trend(Plain):
    """The use of terms, period by period.

    Attributes:
        by: what the periods are.
        periods: years in order, none left out from the first to the last; others with the
            most paragraphs that answer the terms first. None, for reports of which it is
            not known, comes last, if there are such.
        terms: as they were asked for.
    """

    by: Grouping
    periods: tuple[Period, ...]
    terms: tuple[TermTrend, ...]


def trend(
    terms: Sequence[str],
    by: Grouping,
    ask: Callable[[str], Answer],
    snapshot: Snapshot,
    told_of: Numbers | None = None,
) -> Trend:
    """Count the use of terms.

    Args:
        terms: in the query language.
        by: what the periods are.
        ask: gives the answer to a term.
        snapshot: the index.
        told_of: the documents that count, rising, others as if they were not; None for all.

    Raises:
        ValueError: there are no such periods.
    """
    counted = np.flatnonzero(snapshot.living) if told_of is None else told_of
    counter = _Counter(snapshot, counted, Groups.of(snapshot.reports, by))
    found = [counter.found(ask(term)) for term in terms]
    order = counter.years() if by == "year" else counter.most_first(found)
    return Trend(
        by,
        tuple(map(counter.period, order)),
        tuple(counter.term_trend(term, one, order) for term, one in zip(terms, found, strict=True)),
    )


class _Found(NamedTuple):
    """What was found of a term.

    Attributes:
        documents: that answer it, rising.
        paragraphs: of each group, how many of them there are.
        reports: how many reports they stand in.
        occurrences: how often what answers it stands in their texts.
    """

    documents: Numbers
    paragraphs: Numbers
    reports: Numbers
    occurrences: Numbers


class _Counter:
    """Counts by group.

    Args:
        snapshot: the index.
        counted: the documents that count.
        groups: of the reports.
    """

    def __init__(self, snapshot: Snapshot, counted: Numbers, groups: Groups) -> None:
        self._snapshot = snapshot
        self._groups = groups
        self._is_counted = np.zeros(snapshot.size, bool)
        self._is_counted[counted] = True
        rows = snapshot.rows[counted]
        self._paragraphs = groups.count(rows)
        self._reports = groups.count_reports(rows)
        self._characters = groups.add_up(rows, text_lengths(snapshot)[counted])

    def found(self, answer: Answer) -> _Found:
        """Count an answer."""
        is_counted = self._is_counted[answer.documents]
        documents = answer.documents[is_counted]
        often = occurrence_counts(answer, self._snapshot)[is_counted]
        rows = self._snapshot.rows[documents]
        groups = self._groups
        return _Found(
            documents, groups.count(rows), groups.count_reports(rows), groups.add_up(rows, often)
        )

    def years(self) -> list[int]:
        """The groups from the first to the last year that has reports, then the unknown."""
        *known, unknown = (self._reports > 0).tolist()
        years = np.flatnonzero(known)
        order = list(range(int(years[0]), int(years[-1]) + 1)) if len(years) else []
        return order + [len(known)] * unknown

    def most_first(self, found: Sequence[_Found]) -> list[int]:
        """The groups that have reports, those with the most paragraphs first, then the unknown."""
        answering = sum((one.paragraphs for one in found), np.zeros(len(self._reports), np.int64))
        order = np.lexsort([-self._reports, -answering]).tolist()
        unknown = len(order) - 1
        order.sort(key=lambda group: group == unknown)
        return [group for group in order if self._reports[group]]

    def period(self, group: int) -> Period:
        """What there is of a group."""
        return Period(
            self._groups.values[group],
            int(self._reports[group]),
            int(self._paragraphs[group]),
            int(self._characters[group]),
        )

    def term_trend(self, term: str, found: _Found, order: Sequence[int]) -> TermTrend:
        """The use of a term in some groups."""
        uses = (self._use(found, group) if self._reports[group] else None for group in order)
        return TermTrend(
            term, self._use(found, slice(None)), tuple(uses), *self._first_and_last(found.documents)
        )

    def _use(self, found: _Found, groups: int | slice) -> Usage:
        paragraphs, reports, occurrences, characters = (
            int(counts[groups].sum()) for counts in (*found[1:], self._characters)
        )
        rate = RATE_OF * occurrences / characters if characters else 0.0
        return Usage(paragraphs, reports, occurrences, rate)

    def _first_and_last(self, documents: Numbers) -> tuple[Occasion | None, Occasion | None]:
        """Where a term is used first and last, by year, then day, then as reports are kept."""
        rows = self._snapshot.rows[documents]
        years = self._snapshot.reports.years[rows]
        known = years > 0
        documents, rows, years = documents[known], rows[known], years[known]
        if not len(documents):
            return None, None
        first_days, last_days = (days[rows] for days in self._snapshot.reports.days)
        first = np.lexsort([documents, rows, first_days, years])[0]
        last = np.lexsort([documents, rows, last_days, years])[-1]
        return self._occasion(int(documents[first])), self._occasion(int(documents[last]))

    def _occasion(self, document: int) -> Occasion:
        stored = self._snapshot.paragraph(document)
        return Occasion(f"{stored.report.id}:{stored.ordinal}", stored.report)
