"""Results as data for programs: JSON, JSON lines and CSV.

The shapes are documented in `docs/formats.en.md`. None can drive a terminal or deceive its
reader: control, bidirectional and invisible characters are JSON escapes, in CSV they are
shown by name.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Any

from search.rendering.hazards import is_hazard, neutralise
from search.rendering.parts import HEADING_SIGN, SHAPE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from search import Hit, Near, Results
    from search.rendering import Around

VERSION = SHAPE


def results_record(results: Results, around: Around) -> dict[str, Any]:
    """The answer to a query as one object."""
    return {
        "version": VERSION,
        **results.to_dict(),
        "hits": [hit_record(hit, around) for hit in results],
    }


def hit_record(hit: Hit, around: Around) -> dict[str, Any]:
    """A hit; with the paragraphs before and after it, if they were asked for."""
    record = {**hit.to_dict(), "score": round(hit.score, 4)}
    if hit.address in around:
        near = around[hit.address]
        record["before"] = [one.to_dict() for one in near if one.paragraph < hit.paragraph]
        record["after"] = [one.to_dict() for one in near if one.paragraph > hit.paragraph]
    return record


def near_record(near: Near) -> dict[str, Any]:
    """A report that says nearly the same as another."""
    return {"id": near.report.id, "title": near.report.title or None, "similarity": near.similarity}


def hit_row(hit: Hit) -> dict[str, Any]:
    """A hit as a flat row."""
    return {
        "rank": hit.rank,
        "score": round(hit.score, 4),
        "address": hit.address,
        **{name: value for name, value in hit.report.to_dict().items() if name in _COLUMNS},
        "heading": HEADING_SIGN.join(hit.heading),
        "paragraph": hit.paragraph,
        "text": hit.text,
        "section": hit.section or None,
        "page": hit.page or None,
        "duplicates": " ".join(hit.duplicates) or None,
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
        json.dumps(character)[1:-1] if is_hazard(character) and character != "\n" else character
        for character in text
    )


def as_csv(rows: Sequence[Mapping[str, Any]], columns: Iterable[str]) -> Iterator[str]:
    """Rows as the lines of a CSV file (RFC 4180), its first line the columns' names.

    What is printed gets a line feed; before it each line has the carriage return of the RFC.
    """
    names = list(columns)
    yield _csv_line(names)
    for row in rows:
        yield _csv_line([row[name] for name in names])


def _csv_line(values: Iterable[Any]) -> str:
    import csv  # few ask for it
    import io

    line = io.StringIO()
    writer = csv.writer(line, lineterminator=_CSV_LINE_END)
    writer.writerow(["" if value is None else _cell(str(value)) for value in values])
    return line.getvalue()


_CSV_LINE_END = "" if os.linesep == "\r\n" else "\r"
"""What has to come before the line feed, unless the system puts it there."""


def _cell(value: str) -> str:
    """A value that a spreadsheet takes for text: a formula gets a quote before it (OWASP)."""
    is_formula = len(value) > 1 and value.lstrip()[:1] in _FORMULA_SIGNS
    return neutralise(f"'{value}" if is_formula else value)


_FORMULA_SIGNS = frozenset("=+-@＝＋－＠")


HIT_COLUMNS = (
    "rank", "score", "address", "title", "kind", "issuer", "region", "number", "date", "year",
    "heading", "paragraph", "text", "section", "page", "duplicates",
)  # fmt: skip
REPORT_COLUMNS = (
    "id", "title", "kind", "issuer", "region", "number", "date", "year", "paragraphs", "sources",
    "province", "subject", "signatory", "addressees", "annexes", "meeting", "speaker", "written",
    "published", "printed", "covers", "delivered", "url", "format", "encoding", "flaws",
)  # fmt: skip
FAILURE_COLUMNS = ("source", "reason", "detail")
