"""Delimited text (csv, tsv): rows and cells by RFC 4180, and by what is found besides.

Read by hand, because the csv module has a largest cell that is the same for the whole
program, and because a quotation mark that is never closed must not swallow the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE
from corpus.decoding import decode
from corpus.errors import Reason, UnreadableReport
from corpus.formats.table import Table, members
from corpus.labels import column
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.formats.base import Member, Source

_QUOTE = '"'
_DELIMITERS = (",", "\t", ";", "|")
_SAID = re.compile(r"sep=([,\t;|])\r?\n", re.IGNORECASE)
"""How Excel is told the delimiter, in a line above the table."""

_SAMPLE = 100_000
_SAMPLE_ROWS = 30
_MOST_CELLS = 4_000_000
"""Cells of one table; each takes some 60 bytes once it is read."""


class Delimited:
    """Rows of cells parted by commas, tabs, semicolons or bars, in any encoding."""

    name = "csv"
    suffixes = frozenset({".csv", ".tsv"})
    signed = False

    def claims(self, data: bytes) -> bool:  # noqa: ARG002 -- a comma proves nothing
        """Claim nothing: only its suffix tells it."""
        return False

    def members(self, source: Source) -> Iterator[Member | UnreadableReport]:
        """Give a member for each row, or one for the whole table, see `table`."""
        decoded = decode(source)
        text = decoded.text
        said = _SAID.match(text)
        delimiter = said[1] if said is not None else _sniff(text, source)
        rows = _filled(rows_of(text[said.end() if said else 0 :], delimiter), source)
        table = Table(rows, encoding=decoded.encoding, joint=delimiter, flaws=decoded.flaws)
        yield from members(source, [table])


def rows_of(text: str, delimiter: str) -> Iterator[list[str]]:
    """Give the rows of delimited text, empty ones included.

    A quotation mark within quotes closes them only before a delimiter or at the end of a
    row; where nothing closes them any more, marks are characters like all others.
    """
    stop = re.compile(rf"[{re.escape(delimiter)}\r\n]")
    row: list[str] = []
    position, quoting = 0, True
    while position < len(text):
        quoted = None
        if quoting and text[position] == _QUOTE:
            quoted = _quoted(text, position + 1, delimiter)
            quoting = quoted is not None
        if quoted is None:
            match = stop.search(text, position)
            end = len(text) if match is None else match.start()
            quoted = text[position:end], end
        cell, position = quoted
        row.append(cell)
        sign = text[position : position + 1]
        if sign != delimiter:
            yield row
            row = []
        position += 2 if text.startswith("\r\n", position) else 1
        if sign == delimiter and position >= len(text):
            row.append("")
    if row:
        yield row


def _quoted(text: str, start: int, delimiter: str) -> tuple[str, int] | None:
    """Give a quoted cell, and where it ends; None if it does not."""
    at = start
    while (end := text.find(_QUOTE, at)) >= 0:
        following = text[end + 1 : end + 2]
        if following in ("", delimiter, "\r", "\n"):
            return text[start:end].replace(_QUOTE * 2, _QUOTE), end + 1
        at = end + (2 if following == _QUOTE else 1)
    return None


def _filled(rows: Iterator[list[str]], source: Source) -> list[tuple[str, list[str]]]:
    """Give the rows that hold anything, with their numbers."""
    filled: list[tuple[str, list[str]]] = []
    count = 0
    for number, row in enumerate(rows, start=1):
        if "".join(row).strip(INVISIBLE):
            filled.append((str(number), row))
            count += len(row) + 1
        if count > _MOST_CELLS:
            detail = Message("it holds more than {most:,} cells; split it", most=_MOST_CELLS)
            raise UnreadableReport(source.name, Reason.TOO_LARGE, detail)
    return filled


def _sniff(text: str, source: Source) -> str:
    """Choose the delimiter that gives columns with names, and rows of one width."""
    told = frozenset(source.columns)

    def evidence(delimiter: str) -> tuple[int, float, int]:
        rows = _sample(text, delimiter)
        named = max((_named(row, told) for row in rows), default=0)
        widths = Counter(map(len, rows))
        width, alike = widths.most_common(1)[0] if rows else (1, 0)
        return (named, alike / len(rows), width) if width > 1 else (named, 0, 1)

    usual = "\t" if source.name.lower().endswith(".tsv") else _DELIMITERS[0]
    return max((usual, *_DELIMITERS), key=evidence)


def _sample(text: str, delimiter: str) -> list[list[str]]:
    rows = rows_of(text[:_SAMPLE], delimiter)
    sample = [row for row, _ in zip(rows, range(_SAMPLE_ROWS), strict=False)]
    if len(sample) in range(2, _SAMPLE_ROWS) and len(text) > _SAMPLE:
        sample.pop()  # cut off by the end of the sample
    return [row for row in sample if any(row)]


def _named(row: Sequence[str], told: frozenset[str]) -> int:
    return sum(cell in told or bool(column(cell)) for cell in row if cell)
