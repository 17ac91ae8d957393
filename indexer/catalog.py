"""The catalog: what is known of every indexed report and of every source it came from."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus import Report

if TYPE_CHECKING:
    from pathlib import Path

_DATES = ("written", "published")
_TUPLES = ("sources",)


@dataclass(frozen=True, slots=True)
class Source:
    """A file as it was when it was last read.

    Attributes:
        digest: of its bytes and of the way it was read; the same digest gives the same report.
        report: the id of the report that it holds.
    """

    digest: str
    report: str


@dataclass(slots=True)
class Catalog:
    """The tables of reports and sources; a writer changes its own copy.

    Attributes:
        reports: id → report, in the order they were added.
        paragraphs: id → number of its paragraphs.
        sources: absolute path → source.
    """

    reports: dict[str, Report] = field(default_factory=dict)
    paragraphs: dict[str, int] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)

    def attach(self, path: str, digest: str, report: Report, paragraphs: int) -> bool:
        """Note that `path` holds `report`.

        Returns:
            Whether the report is new; if not, its paragraphs are indexed already.
        """
        self.sources[path] = Source(digest, report.id)
        known = self.reports.get(report.id)
        if known is None:
            self.reports[report.id] = replace(report, sources=(path,))
            self.paragraphs[report.id] = paragraphs
            return True
        sources = tuple(sorted({*known.sources, path}))
        self.reports[report.id] = replace(known, sources=sources)
        return False

    def detach(self, path: str) -> str | None:
        """Forget a source.

        Returns:
            The id of the report that has lost its last source with it, if one has:
            its paragraphs are to be removed.
        """
        report_id = self.sources.pop(path).report
        report = self.reports[report_id]
        left = tuple(source for source in report.sources if source != path)
        if left:
            self.reports[report_id] = replace(report, sources=left)
            return None
        del self.reports[report_id], self.paragraphs[report_id]
        return report_id

    def write(self, path: Path) -> None:
        """Write the catalog as JSON."""
        tables = {
            "reports": [_plain(report) for report in self.reports.values()],
            "paragraphs": self.paragraphs,
            "sources": {path: asdict(source) for path, source in self.sources.items()},
        }
        path.write_text(json.dumps(tables, ensure_ascii=False), "utf-8", "surrogatepass")

    @classmethod
    def read(cls, path: Path) -> Catalog:
        """Read a catalog back.

        Raises:
            OSError: the file cannot be read.
            ValueError: it is not a catalog.
        """
        try:
            tables = json.loads(path.read_text("utf-8", "surrogatepass"))
            reports = [_report(plain) for plain in tables["reports"]]
            return cls(
                {report.id: report for report in reports},
                {str(key): int(count) for key, count in tables["paragraphs"].items()},
                {key: Source(**source) for key, source in tables["sources"].items()},
            )
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"not a catalog: {error}") from error


def _plain(report: Report) -> dict[str, Any]:
    """A report as JSON values, what is empty left out."""
    values = {column.name: getattr(report, column.name) for column in fields(report)}
    plain = {name: value for name, value in values.items() if value}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in plain.items()
    }


def _report(plain: dict[str, Any]) -> Report:
    values = dict(plain)
    for name in _DATES:
        if name in values:
            values[name] = date.fromisoformat(values[name])
    for name in _TUPLES:
        values[name] = tuple(values.get(name, ()))
    return Report(**values)
