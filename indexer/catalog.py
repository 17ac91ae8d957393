"""The catalog: every source that was read, and the reports that they make.

It is what a writer needs to know of the index: which files it holds, by their contents,
and what each of them says of its report. Readers use the table of reports
(`indexer.reports`) that is made from it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus import Report

from .storage.checked import StoredFile, write_arrays
from .storage.records import Records, RecordsWriter

if TYPE_CHECKING:
    from pathlib import Path

    from .storage.checked import CheckedFile

_DATES = ("written", "published")
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


def to_json(values: Any) -> bytes:
    """A record of JSON; file names may hold any bytes."""
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogatepass")


def from_json(record: bytes) -> Any:
    """What `to_json` made a record of."""
    return json.loads(record.decode("utf-8", "surrogatepass"))


def plain(report: Report) -> dict[str, Any]:
    """A report as JSON values, what is empty left out."""
    values = {column.name: getattr(report, column.name) for column in fields(report)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value
    }


def report_of(values: dict[str, Any]) -> Report:
    """The report that `plain` made JSON values of.

    Raises:
        TypeError, ValueError, KeyError: it made none of these.
    """
    dates = {name: date.fromisoformat(values[name]) for name in _DATES if name in values}
    sources = tuple(values.get("sources", ()))
    return Report(**{**values, **dates, "sources": sources})
