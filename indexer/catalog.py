"""The catalog: every source that was read, and the reports that they make.

It is what a writer needs to know of the index: which files it holds, by their contents,
and what each of them says of its report. Readers use the table of reports
(`indexer.reports`) that is made from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np

from .folding import fold
from .plain import from_json, plain, report_of, to_json
from .reports import SEPARATOR, VALUES
from .storage.checked import smallest, write_arrays
from .storage.records import Records, RecordsWriter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from corpus import Report

    from .storage.checked import Arrays, CheckedFile, StoredFile

_RECORDS = "sources"


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was when it was last read.

    Attributes:
        digest: of its bytes and of the way it was read; the same digest gives the same report.
        report: what it said of the report that it holds.
        paragraphs: how many paragraphs that has.
    """

    digest: str
    report: Report
    paragraphs: int


@dataclass(slots=True)
class Catalog:
    """The table of sources, and the reports that they make; a writer changes its own copy.

    Two sources with the same text are one report. What is known of it is what the first
    of them says, in the order of their paths.

    Attributes:
        sources: absolute path → source.
        paragraphs: id of a report → number of its paragraphs.
        reports: id of a report → report.
    """

    sources: dict[str, Source] = field(default_factory=dict)
    paragraphs: dict[str, int] = field(default_factory=dict)
    reports: dict[str, Report] = field(default_factory=dict)

    def attach(self, path: str, digest: str, report: Report, paragraphs: int) -> bool:
        """Note that `path` holds `report`.

        Returns:
            Whether the report is new; if not, its paragraphs are indexed already.
        """
        is_new = report.id not in self.reports
        known = () if is_new else self.reports[report.id].sources
        self.sources[path] = Source(digest, replace(report, sources=()), paragraphs)
        self.paragraphs[report.id] = paragraphs
        self._describe(report.id, {*known, path})
        return is_new

    def detach(self, path: str) -> str | None:
        """Forget a source.

        Returns:
            The id of the report that has lost its last source with it, if one has:
            its paragraphs are to be removed.
        """
        report_id = self.sources.pop(path).report.id
        left = set(self.reports[report_id].sources) - {path}
        if left:
            self._describe(report_id, left)
            return None
        del self.reports[report_id], self.paragraphs[report_id]
        return report_id

    def _describe(self, report_id: str, paths: set[str]) -> None:
        ordered = tuple(sorted(paths))
        self.reports[report_id] = replace(self.sources[ordered[0]].report, sources=ordered)

    def write(self, path: Path) -> StoredFile:
        """Write the catalog, a record of JSON a source."""
        writer = RecordsWriter()
        writer.add(
            to_json([name, source.digest, source.paragraphs, plain(source.report)])
            for name, source in self.sources.items()
        )
        return write_arrays(path, writer.arrays(_RECORDS))

    @classmethod
    def read(cls, file: CheckedFile) -> Catalog:
        """Read a catalog back from what `write` wrote.

        Raises:
            IndexCorrupt: it is not a catalog.
        """
        catalog = cls()
        try:
            for record in Records(file, _RECORDS):
                path, digest, paragraphs, report = from_json(record)
                catalog.attach(path, digest, report_of(report), int(paragraphs))
        except (TypeError, ValueError, KeyError, AttributeError) as error:
            raise file.damaged("is not a catalog") from error
        return catalog


def write_reports(path: Path, catalog: Catalog) -> StoredFile:
    """Write the table of a catalog's reports."""
    reports = [catalog.reports[report_id] for report_id in sorted(catalog.reports)]
    titles = [_utf8(fold(report.title)).replace(SEPARATOR, b" ") for report in reports]
    days = [report.period or (None, None) for report in reports]
    records = RecordsWriter()
    records.add(to_json(plain(report)) for report in reports)
    arrays: Arrays = {
        "ids": _utf8("".join(report.id for report in reports)),
        "paragraphs": smallest([catalog.paragraphs[report.id] for report in reports]),
        "years": smallest([report.year or 0 for report in reports]),
        "first_days": smallest([first.toordinal() if first else 0 for first, _ in days]),
        "last_days": smallest([last.toordinal() if last else 0 for _, last in days]),
        "titles": SEPARATOR.join(titles),
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
