"""Facets: how many of the paragraphs that answer a query are of which year, region, issuer, kind.

(Hearst, Design Recommendations for Hierarchical Faceted Search Interfaces, 2006.)
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.plain import Plain

from .grouping import Groups

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from indexer import ReportTable, Snapshot

    from .grouping import Grouping, Value


@dataclass(frozen=True, slots=True)
class FacetValue(Plain):
    """What of an answer has one value.

    Attributes:
        value: a year or a text; None for what has no value.
        paragraphs: how many there are.
        reports: how many reports they stand in.
    """

    value: Value
    paragraphs: int
    reports: int


@dataclass(frozen=True, slots=True)
class Facet(Plain):
    """An answer by the values of one field.

    Attributes:
        by: the field.
        values: those that anything has: years in order, others with the most paragraphs first.
        unknown: what has no value.
    """

    by: Grouping
    values: tuple[FacetValue, ...]
    unknown: FacetValue


@dataclass(frozen=True, slots=True)
class Facets(Plain):
    """An answer by the values of some fields.

    Attributes:
        query: as it was asked.
        paragraphs: how many answer it.
        reports: how many reports they stand in.
        facets: one for each field, as they were asked for.
    """

    query: str
    paragraphs: int
    reports: int
    facets: tuple[Facet, ...]

    def __getitem__(self, by: Grouping) -> Facet:
        """The facet of a field.

        Raises:
            KeyError: it was not asked for.
        """
        for facet in self.facets:
            if facet.by == by:
                return facet
        raise KeyError(by)


def facets(
    query: str, documents: NDArray[np.int64], snapshot: Snapshot, fields: Iterable[Grouping]
) -> Facets:
    """Count an answer by fields.

    Args:
        query: as it was asked.
        documents: that answer it.
        snapshot: the index.
        fields: what to count by.

    Raises:
        ValueError: there is no such field.
    """
    rows = snapshot.rows[documents]
    found = tuple(_facet(by, snapshot.reports, rows) for by in dict.fromkeys(fields))
    return Facets(query, len(rows), int(np.count_nonzero(np.bincount(rows))), found)


def _facet(by: Grouping, reports: ReportTable, rows: NDArray[np.int64]) -> Facet:
    groups = Groups.of(reports, by)
    counts = zip(groups.count(rows).tolist(), groups.count_reports(rows).tolist(), strict=True)
    *known, unknown = (
        FacetValue(value, *count) for value, count in zip(groups.values, counts, strict=True)
    )
    values = [one for one in known if one.paragraphs]
    if by != "year":
        values.sort(key=lambda one: (-one.paragraphs, -one.reports))
    return Facet(by, tuple(values), unknown)
