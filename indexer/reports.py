"""The table of reports: what a reader needs to know of each, a row a report.

Rows are in the order of the reports' ids. What is filtered, sorted and counted by is in
columns, titles are one folded text that a string is looked for in, and the rest of a
report is a record that is read when it is shown.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from corpus.messages import Message
from corpus.model import ID_LENGTH

from .plain import from_json, report_of
from .storage.records import Records

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from corpus import Report

    from .storage.checked import CheckedFile

VALUES = ("kind", "issuer", "region", "province", "number", "subject", "format")
"""The columns of values: what a report has one of, as text."""

_REPORTS_KEPT = 1024

_LAST_DAY = date.max.toordinal()

_MOST_PERCENT = 100

SEPARATOR = b"\n"
"""Stands between titles, and in none: they are folded line by line."""


class ReportTable:
    """The reports of one generation.

    Args:
        file: a file of `write_reports`.

    Raises:
        IndexCorrupt: it is not one.
    """

    def __init__(self, file: CheckedFile) -> None:
        self._file = file
        self._ids = file.column("ids")
        self._records = Records(file, "reports")
        if len(self._ids) != len(self) * ID_LENGTH:
            raise file.damaged(Message("ids and reports differ in number"))
        self._known: dict[int, Report] = {}
        self._known_values: dict[str, tuple[list[str], NDArray[np.int64]]] = {}

    def __len__(self) -> int:
        """How many reports there are."""
        return len(self._records)

    @cached_property
    def ids(self) -> NDArray[np.bytes_]:
        """The id of every report, in order."""
        return self._ids.all().view(f"S{ID_LENGTH}")

    def rows_of(self, ids: NDArray[np.bytes_]) -> NDArray[np.int64]:
        """The row of each of some reports.

        Raises:
            IndexCorrupt: one is not in the table.
        """
        rows = np.searchsorted(self.ids, ids)
        if len(ids) and (rows.max() >= len(self) or bool((self.ids[rows] != ids).any())):
            raise self._file.damaged(Message("lacks a report"))
        return rows

    def row(self, report_id: str) -> int | None:
        """The row of a report, None if it is not in the table."""
        rows = self.rows_beginning(report_id) if len(report_id) == ID_LENGTH else []
        return rows[0] if rows else None

    def rows_beginning(self, prefix: str) -> list[int]:
        """The rows of the reports whose ids begin so."""
        if not prefix.isascii() or len(prefix) > ID_LENGTH:
            return []
        start = prefix.encode()
        first = int(np.searchsorted(self.ids, np.bytes_(start)))
        end = int(np.searchsorted(self.ids, np.bytes_(start + b"\x7f")))
        return [row for row in range(first, end) if bytes(self.ids[row]).startswith(start)]

    def report(self, row: int) -> Report:
        """A report by its row.

        Raises:
            IndexCorrupt: it cannot be read.
        """
        known = self._known.get(row)
        if known is None:
            if len(self._known) >= _REPORTS_KEPT:
                self._known.clear()
            try:
                known = self._known[row] = report_of(from_json(self._records[row]))
            except (TypeError, ValueError, KeyError, AttributeError) as error:
                raise self._file.damaged(Message("holds what is no report")) from error
        return known

    def paragraphs(self, row: int) -> int:
        """How many paragraphs a report has."""
        return self._file.column("paragraphs").at(row)

    def near(self, row: int) -> list[tuple[Report, float]]:
        """The reports that say nearly the same as one, the nearest first.

        Returns:
            Each with its similarity, the share of what both say in what either says.
        """
        rows, percent = self.links(row)
        both = zip(rows.tolist(), percent.tolist(), strict=True)
        return [(self.report(other), hundredths / 100) for other, hundredths in both]

    def links(self, row: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The rows of the reports that are near to one, the nearest first, and how near.

        Returns:
            The rows, and of each its similarity in hundredths.
        """
        first, end = self._file.column("near_starts").pair(row)
        rows, percent = self._file.column("near"), self._file.column("near_percent")
        if not first <= end <= len(rows) == len(percent):
            raise self._file.damaged(Message("links of reports do not fit them"))
        linked = rows.slice(first, end).astype(np.int64)
        if len(linked) and not 0 <= linked.min() <= linked.max() < len(self):
            raise self._file.damaged(Message("a link leads to no report"))
        return linked, percent.slice(first, end).astype(np.int64)

    @cached_property
    def years(self) -> NDArray[np.int64]:
        """The year of every report, 0 if it is not known."""
        years = self._numbers("years")
        if len(years) and not 0 <= years.min() <= years.max() <= date.max.year:
            raise self._file.damaged(Message("holds what is no year"))
        return years

    @cached_property
    def days(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The first and last day that every report may be of, as ordinals; 0 if not known."""
        return self._days("first_days"), self._days("last_days")

    @cached_property
    def added(self) -> NDArray[np.int64]:
        """The day that every report came into the index, as an ordinal; 0 if not known."""
        return self._days("added")

    def _days(self, name: str) -> NDArray[np.int64]:
        days = self._numbers(name)
        if len(days) and not 0 <= days.min() <= days.max() <= _LAST_DAY:
            raise self._file.damaged(Message("holds what is no day"))
        return days

    def _numbers(self, name: str) -> NDArray[np.int64]:
        numbers = self._file.column(name).all().astype(np.int64)
        if len(numbers) != len(self):
            raise self._file.damaged(Message("a column does not fit the reports"))
        return numbers

    def values(self, name: str) -> tuple[list[str], NDArray[np.int64]]:
        """A column of `VALUES`.

        Returns:
            The different values, and of every report which of them it has.
        """
        if name not in self._known_values:
            records = Records(self._file, name)
            codes = self._numbers(f"{name}.codes")
            if len(codes) and not 0 <= codes.min() <= codes.max() < len(records):
                raise self._file.damaged(Message("a column does not fit the reports"))
            different = [self._text(record) for record in records]
            self._known_values[name] = different, codes
        return self._known_values[name]

    def titled(self, folded: str) -> dict[int, str]:
        """The reports whose folded title holds a string: their rows and folded titles."""
        sought = folded.encode("utf-8", "surrogatepass")
        if not sought or SEPARATOR in sought:
            return {}
        titles, begins = self._titles
        found = {}
        start = titles.find(sought)
        while start >= 0:
            row = bisect_right(begins, start) - 1
            found[row] = self._text(titles[begins[row] : begins[row + 1] - 1])
            start = titles.find(sought, begins[row + 1])
        return found

    def _text(self, encoded: bytes) -> str:
        try:
            return encoded.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise self._file.damaged(Message("holds what is no text")) from error

    @cached_property
    def _titles(self) -> tuple[bytes, list[int]]:
        """All folded titles with a separator after each, and where each begins.

        A last beginning is that of one more title, behind the separator that the file leaves out.
        """
        titles, begins = self._file.column("titles"), self._file.column("title_ends").rising()
        end = len(titles) + bool(len(self))
        if len(begins) != len(self) + 1 or (begins[0], begins[-1]) != (0, end):
            raise self._file.damaged(Message("titles do not fit the reports"))
        return titles.bytes(0, len(titles)), begins.tolist()

    def check(self, sizes: NDArray[np.int64]) -> None:
        """Make sure that all of it can be read, and that its parts agree.

        Args:
            sizes: of every report how many paragraphs there are.

        Raises:
            IndexCorrupt: something cannot, or they do not.
        """
        if bool((self.ids[1:] <= self.ids[:-1]).any()):
            raise self._file.damaged(Message("its reports are not in order"))
        if not np.array_equal(self._numbers("paragraphs"), sizes):
            raise self._file.damaged(Message("it does not name the paragraphs that are there"))
        self._check_titles()
        self._check_links()
        self._check_columns()

    def _check_titles(self) -> None:
        titles, begins = self._titles
        sizes = [begin - before - 1 for before, begin in pairwise(begins)]
        if len(self) and sizes != list(map(len, titles.split(SEPARATOR))):
            raise self._file.damaged(Message("titles do not fit the reports"))
        self._text(titles)

    def _check_links(self) -> None:
        starts, near = self._file.column("near_starts").rising(), self._file.column("near")
        if len(starts) != len(self) + 1 or (starts[0], starts[-1]) != (0, len(near)):
            raise self._file.damaged(Message("links of reports do not fit them"))
        for row in range(len(self)):
            _, percent = self.links(row)
            if (np.diff(percent, prepend=_MOST_PERCENT, append=0) > 0).any():
                raise self._file.damaged(Message("links of reports do not fit them"))

    def _check_columns(self) -> None:
        """Compare the columns with the records."""
        first_days, last_days = self.days
        if not np.array_equal(first_days > 0, last_days > 0) or (first_days > last_days).any():
            raise self._file.damaged(Message("holds what is no day"))
        columns = [self.ids.tolist(), self.years.tolist(), self.added.tolist()]
        for texts, codes in map(self.values, VALUES):
            columns.append([texts[code] for code in codes.tolist()])
        for row, told in enumerate(zip(*columns, strict=True)):
            report = self.report(row)
            if told != (
                report.id.encode("utf-8", "surrogatepass"),
                report.year or 0,
                report.added.toordinal() if report.added else 0,
                *(getattr(report, name) for name in VALUES),
            ):
                raise self._file.damaged(Message("its columns do not say what its reports say"))
