"""The reports of an index in groups, by what they have one of: year, region, issuer or kind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR
from typing import TYPE_CHECKING, Any, Literal, get_args

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer import ReportTable

Grouping = Literal["year", "region", "issuer", "kind"]
"""What reports are grouped by."""

Value = int | str | None
"""What the reports of a group have: a year, or a text; None if it is not known."""


@dataclass(frozen=True, slots=True)
class Groups:
    """Every report of an index in one group.

    Attributes:
        values: of each group what its reports have, in order, every year from the first to
            the last; None, for those of which it is not known, comes last, always.
        codes: of every row of the table of reports the group.
    """

    values: tuple[Value, ...]
    codes: NDArray[np.int64]

    @classmethod
    def of(cls, reports: ReportTable, by: Grouping) -> Groups:
        """Group the reports of a table.

        Raises:
            ValueError: there is no such way to group them.
        """
        if by not in get_args(Grouping):
            raise ValueError(f"reports are grouped by one of {', '.join(get_args(Grouping))}")
        values: Sequence[int | str]
        values, codes = _years(reports) if by == "year" else reports.values(by)
        known: list[tuple[Any, int]] = sorted(
            (value, code) for code, value in enumerate(values) if value
        )
        places = np.full(len(values), len(known), np.int64)
        for place, (_, code) in enumerate(known):
            places[code] = place
        return cls((*(value for value, _ in known), None), places[codes])

    def count(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many of some rows each group has, those that come again counted again."""
        return np.bincount(self.codes[rows], minlength=len(self.values))

    def count_reports(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many of some rows each group has, each counted once."""
        # Unlike np.unique this does not import the masked arrays, which takes 50 ms.
        is_there = np.zeros(len(self.codes), bool)
        is_there[rows] = True
        return np.bincount(self.codes[is_there], minlength=len(self.values))

    def add_up(self, rows: NDArray[np.int64], numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """The sum of numbers, one for each of some rows, in each group."""
        sums = np.bincount(self.codes[rows], weights=numbers, minlength=len(self.values))
        return sums.astype(np.int64)


def _years(reports: ReportTable) -> tuple[list[int], NDArray[np.int64]]:
    """Every year from the first to the last, and 0; of every report the place of its year."""
    years = reports.years
    is_known = (years > 0) & (years <= MAXYEAR)
    if not is_known.any():
        return [0], np.zeros(len(years), np.int64)
    first, last = int(years[is_known].min()), int(years[is_known].max())
    return [0, *range(first, last + 1)], np.where(is_known, years - first + 1, 0)
