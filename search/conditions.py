"""Conditions of a query on reports, over the columns of the table of reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .query import AddedIn, HasValue, InYears

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import ReportTable

    from .query import InDates

    OfReports = HasValue | InYears | InDates | AddedIn


def fulfilling(node: OfReports, reports: ReportTable) -> NDArray[np.bool_]:
    """Of every report whether it fulfils a condition; what is not known fulfils none."""
    if isinstance(node, HasValue):
        return _having(node, reports)
    if isinstance(node, InYears):
        return _within((reports.years, reports.years), node.first, node.last)
    first, last = (day.toordinal() if day else None for day in (node.first, node.last))
    known = (reports.added, reports.added) if isinstance(node, AddedIn) else reports.days
    return _within(known, first, last)


def _having(node: HasValue, reports: ReportTable) -> NDArray[np.bool_]:
    wanted = node.field.comparable(node.text)
    held = np.zeros(len(reports), bool)
    for column in node.field.columns:
        values, codes = reports.values(column)
        comparable = map(node.field.comparable, values)
        if node.whole:
            holds = [value == wanted for value in comparable]
        else:
            holds = [wanted in value for value in comparable]
        held |= np.array(holds, bool)[codes]
    return held


def _within(
    known: tuple[NDArray[np.int64], NDArray[np.int64]], first: int | None, last: int | None
) -> NDArray[np.bool_]:
    """Whether spans, where they are known, lie within [first, last], open where None."""
    starts, ends = known
    holds: NDArray[np.bool_] = starts > 0
    if first is not None:
        holds = holds & (first <= starts)
    if last is not None:
        holds = holds & (ends <= last)
    return holds
