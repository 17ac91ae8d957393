"""The table of reports: what a reader needs to know of each, a row a report.

Rows are in the order of the reports' ids. What is filtered, sorted and counted by is in
columns, titles are one folded text that a string is looked for in, and the rest of a
report is a record that is read when it is shown.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from corpus.model import ID_LENGTH

from .catalog import from_json, plain, report_of, to_json
from .folding import fold
from .storage.checked import StoredFile, smallest, write_arrays
from .storage.records import Records, RecordsWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from corpus import Report

    from .catalog import Catalog
    from .storage.checked import Arrays, CheckedFile

VALUES = ("kind", "issuer", "region", "number")
"""The columns of values: what a report has one of, as text."""

_SEPARATOR = b"\n"
"""Stands between titles, and in none: they are folded line by line."""


def write_reports(path: Path, catalog: Catalog) -> StoredFile:
    """Write the table of a catalog's reports."""
    reports = [catalog.reports[report_id] for report_id in sorted(catalog.reports)]
    titles = [_utf8(fold(report.title)).replace(_SEPARATOR, b" ") for report in reports]
    days = [report.period or (None, None) for report in reports]
    records = RecordsWriter()
    records.add(to_json(plain(report)) for report in reports)
    arrays: Arrays = {
        "ids": _utf8("".join(report.id for report in reports)),
        "paragraphs": smallest([catalog.paragraphs[report.id] for report in reports]),
        "years": smallest([report.year or 0 for report in reports]),
        "first_days": smallest([first.toordinal() if first else 0 for first, _ in days]),
        "last_days": smallest([last.toordinal() if last else 0 for _, last in days]),
        "titles": _SEPARATOR.join(titles),
        "title_ends": smallest(np.cumsum([0, *(len(title) + 1 for title in titles)])),
        **records.arrays("reports"),
    }
    for name in VALUES:
        arrays.update(_coded(name, [getattr(report, name) for report in reports]))
    return write_arrays(path, arrays)


def _coded(name: str, values: Sequence[str]) -> Arrays:
    """A column of texts: the different ones, and of every row which one it has."""
    different = sorted(set(values))
    numbers = {value: number for number, value in enumerate(different)}
    vocabulary = RecordsWriter()
    vocabulary.add(map(_utf8, different))
    return {
        f"{name}.codes": smallest([numbers[value] for value in values]),
        **vocabulary.arrays(name),
    }


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


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
            raise file.damaged("ids and reports differ in number")
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
            raise self._file.damaged("lacks a report")
        return rows

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
        try:
            return report_of(from_json(self._records[row]))
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise self._file.damaged("holds what is no report") from error

    def paragraphs(self, row: int) -> int:
        """How many paragraphs a report has."""
        return self._file.column("paragraphs").at(row)

    @property
    def years(self) -> NDArray[np.int64]:
        """The year of every report, 0 if it is not known."""
        return self._numbers("years")

    @property
    def days(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The first and last day that every report may be of, as ordinals; 0 if not known."""
        return self._numbers("first_days"), self._numbers("last_days")

    def _numbers(self, name: str) -> NDArray[np.int64]:
        return self._file.column(name).all().astype(np.int64)

    def values(self, name: str) -> tuple[list[str], NDArray[np.int64]]:
        """A column of `VALUES`.

        Returns:
            The different values, and of every report which of them it has.
        """
        if name not in self._known_values:
            records = Records(self._file, name)
            codes = self._numbers(f"{name}.codes")
            if len(codes) != len(self) or (len(codes) and codes.max() >= len(records)):
                raise self._file.damaged("a column does not fit the reports")
            different = [record.decode("utf-8", "surrogatepass") for record in records]
            self._known_values[name] = different, codes
        return self._known_values[name]

    def titled(self, folded: str) -> list[int]:
        """The rows of the reports whose folded title holds a string."""
        sought = _utf8(folded)
        if not sought or _SEPARATOR in sought:
            return []
        titles = self._file.column("titles")
        text = titles.bytes(0, len(titles))
        at = []
        start = text.find(sought)
        while start >= 0:
            at.append(start)
            start = text.find(sought, start + 1)
        ends = self._file.column("title_ends").rising()
        rows = np.searchsorted(ends, np.array(at, np.int64), "right") - 1
        found: list[int] = np.unique(rows).tolist()
        return found
