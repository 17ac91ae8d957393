"""The catalog: what is known of every indexed report and of every source it came from."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus import Report

if TYPE_CHECKING:
    from pathlib import Path

_DATES = ("written", "published")


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was when it was last read.

    Attributes:
        digest: of its bytes and of the way it was read; the same digest gives the same report.
        report: what it said of the report that it holds.
    """

    digest: str
    report: Report


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
        self.sources[path] = Source(digest, replace(report, sources=()))
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

    def write(self, path: Path) -> None:
        """Write the catalog as JSON."""
        tables = {
            "paragraphs": self.paragraphs,
            "sources": {
                name: {"digest": source.digest, "report": _plain(source.report)}
                for name, source in self.sources.items()
            },
        }
        path.write_text(json.dumps(tables, ensure_ascii=False), "utf-8", "surrogatepass")

    @classmethod
    def read(cls, data: bytes) -> Catalog:
        """Read a catalog back from what `write` wrote.

        Raises:
            ValueError: it is not a catalog.
        """
        try:
            tables = json.loads(data.decode("utf-8", "surrogatepass"))
            catalog = cls()
            for path, source in tables["sources"].items():
                report = _report(source["report"])
                catalog.attach(path, source["digest"], report, tables["paragraphs"][report.id])
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"not a catalog: {error}") from error
        return catalog


def _plain(report: Report) -> dict[str, Any]:
    """A report as JSON values, what is empty left out."""
    values = {column.name: getattr(report, column.name) for column in fields(report)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value
    }


def _report(plain: dict[str, Any]) -> Report:
    values = dict(plain)
    for name in _DATES:
        if name in values:
            values[name] = date.fromisoformat(values[name])
    return Report(**values)
