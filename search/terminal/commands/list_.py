"""baogao list: the reports of an index."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from corpus import Report
from search import Failure
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
from search.terminal.command import Command, Example
from search.terminal.counts import reports_counted
from search.terminal.language import _, translated
from search.terminal.render import block_lines, table_lines

Rows = Sequence[tuple[Report, int]]
"""Reports, each with the number of its paragraphs."""


@click.command(
    "list",
    cls=Command,
    examples=[
        Example("list", "every report, the oldest first"),
        Example("list --format csv", "the same as a table for a spreadsheet"),
        Example("list --failed", "what could not be read, and why", status=1),
    ],
)
@index_option
@click.option("--failed", is_flag=True, help="List the files that could not be read, and why.")
@format_option("json", "jsonl", "csv")
def command(directory: Path, form: str, *, failed: bool) -> int:
    """List the indexed reports, the oldest first.

    With --failed those files, and members of archives and tables, that could not be read,
    each with the reason and what to do. They are tried again when they change.
    """
    with opened(directory) as index:
        if failed:
            failures = index.failures()
            put(_FAILURE_FORMS[form](failures))
            say(_("{count:,} could not be read").format(count=len(failures)))
            return 0 if failures else FOUND_NOTHING
        rows = [(report, index.count(report)) for report in index.reports()]
    put(_FORMS[form](rows))
    say(reports_counted(len(rows)))
    return 0 if rows else FOUND_NOTHING


def _record(report: Report, paragraphs: int) -> dict[str, Any]:
    return {**report.to_dict(), "paragraphs": paragraphs}


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
    flat = [
        {
            name: "; ".join(value) if isinstance(value, list) else value
            for name, value in _record(*row).items()
        }
        for row in rows
    ]
    return records.as_csv(flat, records.REPORT_COLUMNS)


Failures = Sequence[Failure]


def _failures_as_text(failures: Failures) -> Iterator[str]:
    return (
        line
        for failure in failures
        for line in block_lines(
            f"{failure.source}: {_(failure.reason.value)}: {translated(failure.detail)}", page()
        )
    )


def _failures_as_json(failures: Failures) -> Iterator[str]:
    found = [failure.to_dict() for failure in failures]
    yield json_text({"version": records.VERSION, "failures": found}, indent=1)


def _failures_as_jsonl(failures: Failures) -> Iterator[str]:
    return (json_text(failure.to_dict()) for failure in failures)


def _failures_as_csv(failures: Failures) -> Iterator[str]:
    return records.as_csv([failure.to_dict() for failure in failures], records.FAILURE_COLUMNS)


_FAILURE_FORMS: dict[str, Callable[[Failures], Iterator[str]]] = {
    "text": _failures_as_text,
    "json": _failures_as_json,
    "jsonl": _failures_as_jsonl,
    "csv": _failures_as_csv,
}


_FORMS: dict[str, Callable[[Rows], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
    "csv": _csv,
}
