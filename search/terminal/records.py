"""Results as data for programs: JSON, JSON lines and CSV, in documented, versioned shapes.

Every shape is plain ASCII where a terminal could be driven by it: control and
bidirectional characters are written as JSON escapes, in CSV they are shown by name.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from .cells import is_hazard, neutralise
from .render import HEADING_SIGN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from corpus import Report
    from search import Failure, Hit, Near, Passage, Results

VERSION = 1
"""Of the shapes; raised when a key changes its meaning or goes."""


def results_record(results: Results) -> dict[str, Any]:
    """The answer to a query as one object."""
    return {
        "version": VERSION,
        "query": results.query,
        "total": results.total,
        "hits": [hit_record(hit) for hit in results],
    }


def hit_record(hit: Hit) -> dict[str, Any]:
    """A hit; `highlights` are [start, end) offsets of characters in `text`."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        **passage_record(hit),
        "highlights": [list(span) for span in hit.highlights],
    }


def passage_record(passage: Passage) -> dict[str, Any]:
    """A paragraph and the report it stands in."""
    return {
        "address": passage.address,
        "report": report_record(passage.report),
        "heading": list(passage.heading),
        "section": passage.section or None,
        "paragraph": passage.paragraph,
        "page": passage.page or None,
        "text": passage.text,
    }


def report_record(report: Report) -> dict[str, Any]:
    """What is known of a report; null is what is not."""
    return {
        "id": report.id,
        "title": report.title or None,
        "kind": report.kind or None,
        "issuer": report.issuer or None,
        "region": report.region or None,
        "province": report.province or None,
        "number": report.number or None,
        "subject": report.subject or None,
        "signatory": report.signatory or None,
        "addressees": report.addressees or None,
        "annexes": list(report.annexes),
        "meeting": report.meeting or None,
        "speaker": report.speaker or None,
        "date": _day(report.date),
        "written": _day(report.written),
        "published": _day(report.published),
        "printed": _day(report.printed),
        "year": report.year,
        "covers": report.covers,
        "delivered": report.delivered,
        "format": report.format,
        "encoding": report.encoding or None,
        "flaws": list(report.flaws),
        "sources": list(report.sources),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def near_record(near: Near) -> dict[str, Any]:
    """A report that says nearly the same as another."""
    return {"id": near.report.id, "title": near.report.title or None, "similarity": near.similarity}


def failure_record(failure: Failure) -> dict[str, Any]:
    """A file that could not be read, or a member of one."""
    return {"source": failure.source, "reason": failure.reason.value, "detail": failure.detail}


def hit_row(hit: Hit) -> dict[str, Any]:
    """A hit as a flat row."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "address": hit.address,
        **{name: value for name, value in report_record(hit.report).items() if name in _COLUMNS},
        "heading": HEADING_SIGN.join(hit.heading),
        "paragraph": hit.paragraph,
        "text": hit.text,
    }


_COLUMNS = frozenset(["title", "kind", "issuer", "region", "number", "date", "year"])


def as_json(
    record: Mapping[str, Any], *, indent: int | None = None, ascii_only: bool = False
) -> str:
    """An object as JSON text, in which no character can drive a terminal.

    Args:
        record: the object.
        indent: spaces a level; None for one line.
        ascii_only: write every other character as an escape, where not all can be written.
    """
    text = json.dumps(record, ensure_ascii=ascii_only, indent=indent)
    if text.isprintable():
        return text
    return "".join(
        f"\\u{ord(character):04x}" if is_hazard(character) and character != "\n" else character
        for character in text
    )


def as_csv(rows: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> Iterator[str]:
    """Rows as the lines of a CSV file, its first line the columns' names.

    A value that a spreadsheet would run as a formula gets a quote before it.
    """
    names = list(columns)
    yield _csv_line(names)
    for row in rows:
        yield _csv_line([row[name] for name in names])


def _csv_line(values: Iterable[Any]) -> str:
    line = io.StringIO()
    writer = csv.writer(line, lineterminator="")
    writer.writerow(["" if value is None else _cell(str(value)) for value in values])
    return line.getvalue()


def _cell(value: str) -> str:
    return neutralise(f"'{value}" if value[:1] in _FORMULA_SIGNS and len(value) > 1 else value)


_FORMULA_SIGNS = frozenset("=+-@")


HIT_COLUMNS = (
    "rank", "score", "address", "title", "kind", "issuer", "region", "number", "date", "year",
    "heading", "paragraph", "text",
)  # fmt: skip
REPORT_COLUMNS = (
    "id", "title", "kind", "issuer", "region", "number", "date", "year", "paragraphs", "sources",
    "province", "subject", "signatory", "addressees", "annexes", "meeting", "speaker", "written",
    "published", "printed", "covers", "delivered", "format", "encoding", "flaws",
)  # fmt: skip
FAILURE_COLUMNS = ("source", "reason", "detail")
