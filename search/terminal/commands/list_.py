"""baogao list: the reports of an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from corpus import Report
from search.terminal import records
from search.terminal.app import (
    FOUND_NOTHING,
    format_option,
    index_option,
    json_text,
    opened,
    page,
    put,
    say,
)
from search.terminal.render import table_lines

Rows = Sequence[tuple[Report, int]]
"""Reports, each with the number of its paragraphs."""


@click.command("list", short_help="List the indexed reports.")
@index_option
@format_option("json", "jsonl", "csv")
def command(directory: Path, form: str) -> int:
    """List the indexed reports, the oldest first."""
    with opened(directory) as index:
        rows = [(report, index.count(report)) for report in index.reports()]
    put(_FORMS[form](rows))
    say(f"{len(rows):,} report{'s' * (len(rows) != 1)}")
    return 0 if rows else FOUND_NOTHING


def _record(report: Report, paragraphs: int) -> dict[str, Any]:
    return {**records.report_record(report), "paragraphs": paragraphs}


_WIDE = 70
"""Columns of a terminal from which there is room for a report's region."""


def _text(rows: Rows) -> Iterator[str]:
    paper = page()
    is_wide = paper.width is None or paper.width >= _WIDE
    cells = [
        (
            report.id,
            report.date.isoformat() if report.date else str(report.year or ""),
            str(paragraphs),
            *([report.region] if is_wide else []),
            report.title or Path(report.sources[0]).name,
        )
        for report, paragraphs in rows
    ]
    return table_lines(cells, paper, right=frozenset([2]))


def _json(rows: Rows) -> Iterator[str]:
    reports = [_record(*row) for row in rows]
    yield json_text({"version": records.VERSION, "reports": reports}, indent=1)


def _jsonl(rows: Rows) -> Iterator[str]:
    return (json_text(_record(*row)) for row in rows)


def _csv(rows: Rows) -> Iterator[str]:
    flat = [{**_record(*row), "sources": "; ".join(row[0].sources)} for row in rows]
    return records.as_csv(flat, records.REPORT_COLUMNS)


_FORMS: dict[str, Callable[[Rows], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
}
