"""Workbooks (xlsx, xls, ods): their visible sheets, as tables.

Cells are read by calamine; what they show is written here as far as it tells: dates and
numbers, but not the formats of numbers, so 6.5% is 0.065. What is merged downwards holds for
each of its rows. Values of formulas are those that were saved.
"""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from corpus.characters import INVISIBLE
from corpus.errors import Reason, UnreadableReport
from corpus.formats.table import Table, members
from corpus.formats.workbook_package import refuse_costly
from corpus.formats.workbook_records import safe_workbook
from corpus.messages import Message
from corpus.packages import names_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from corpus.formats.base import Member, Source

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_STREAMS = ("Workbook", "Book")
_WORD = "WordDocument"
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_ODS_WITHIN = 128
_XLSX = "xl/workbook.xml"
_XLSB = "xl/workbook.bin"

_EXACT = 10**15
"""Whole numbers up to which a cell's number is exact; beyond it shows 15 digits."""

Value = str | float | bool | date | datetime | time
Range = tuple[tuple[int, int], tuple[int, int]]


class Spreadsheet:
    """Workbooks of Excel 97 and later, of WPS, and of OpenDocument."""

    name = "spreadsheet"
    suffixes = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".ods"})
    signed = True

    def claims(self, data: bytes) -> bool:
        """Claim packages and containers that hold a workbook, or held one before damage."""
        if data.startswith(_OLE):
            return any(_entry(name) in data for name in _STREAMS) and _entry(_WORD) not in data
        if data.startswith(_ZIP):
            names = names_in(data)
            rest = not names and _XLSX.encode() in data
            return _XLSX in names or rest or _ODS in data[:_ODS_WITHIN]
        return False

    def members(self, source: Source) -> Iterator[Member | UnreadableReport]:
        """Give a member for each row, or one for sheets that are no such tables."""
        if source.data.startswith(_OLE):
            data = safe_workbook(source, _stream(source))
        elif _XLSB in names_in(source.data):
            detail = Message("it holds two workbooks, one of them binary (xlsb); save it as xlsx")
            raise UnreadableReport(source.name, Reason.UNSUPPORTED, detail)
        else:
            refuse_costly(source)
            data = source.data
        tables, hidden = _tables(source, data)
        flaws = (
            ((Message("hidden sheets were not read: {names}", names="、".join(hidden)),))
            if hidden
            else ()
        )
        yield from members(source, tables, flaws)


def _entry(name: str) -> bytes:
    """Give an entry of the directory of an OLE container, as [MS-CFB] 2.6.1 lays it out."""
    return name.encode("utf-16-le").ljust(64, b"\0") + bytes((2 * len(name) + 2, 0))


def _stream(source: Source) -> bytes:
    import olefile

    try:
        with olefile.OleFileIO(io.BytesIO(source.data)) as container:
            name = next(filter(container.exists, _STREAMS))
            return bytes(container.openstream(name).read())
    except Exception as error:  # noqa: BLE001 -- it raises all kinds over what is damaged
        raise _damaged(source, error) from None


def _tables(source: Source, data: bytes) -> tuple[list[Table], list[str]]:
    """Read the visible sheets; also give the names of the hidden ones."""
    import python_calamine as calamine

    tables: list[Table] = []
    hidden: list[str] = []
    try:
        with calamine.load_workbook(io.BytesIO(data)) as workbook:
            for sheet in workbook.sheets_metadata:
                if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                    continue
                if sheet.visible != calamine.SheetVisibleEnum.Visible:
                    hidden.append(sheet.name)
                    continue
                rows = _rows(workbook.get_sheet_by_name(sheet.name))
                tables.append(Table(rows, sheet.name))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 -- a panic of its is no Exception
        raise _damaged(source, error) from None
    return tables, hidden


def _damaged(source: Source, error: BaseException) -> UnreadableReport:
    detail = Message(
        "the workbook cannot be read: {error}", error=str(error) or type(error).__name__
    )
    return UnreadableReport(source.name, Reason.DAMAGED, detail)


def _rows(sheet: Any) -> list[tuple[str, list[str]]]:
    """Give the rows of a sheet that hold anything, with their numbers."""
    if sheet.start is None:
        return []
    rows = [_cells(row) for row in sheet.to_python()]
    _fill_down(rows, sheet.start, sheet.merged_cell_ranges or ())
    filled: list[tuple[str, list[str]]] = []
    for number, row in enumerate(rows, start=sheet.start[0] + 1):
        if "".join(row).strip(INVISIBLE):
            filled.append((str(number), row))
    return filled


def _cells(row: list[Value]) -> list[str]:
    return [] if row.count("") == len(row) else list(map(_shown, row))


def _fill_down(rows: list[list[str]], start: tuple[int, int], merged: Iterable[Range]) -> None:
    """Write what is merged over rows into each of them that holds anything."""
    holding = [any(row) for row in rows]
    done: dict[int, int] = {}
    for (top, left), (bottom, _) in sorted(merged):
        column, first = left - start[1], top - start[0]
        if not (0 <= first < len(rows) and 0 <= column < len(rows[first])):
            continue
        for row in range(max(first + 1, done.get(column, 0)), bottom - start[0] + 1):
            if row >= len(rows):
                break
            if holding[row] and not rows[row][column]:
                rows[row][column] = rows[first][column]
        done[column] = max(done.get(column, 0), bottom - start[0] + 1)


def _shown(value: Value) -> str:
    """Write a value as a cell shows it."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return str(int(value)) if value == value // 1 and abs(value) < _EXACT else f"{value:.15G}"
    if isinstance(value, datetime):
        return value.isoformat(" ", "seconds" if value.second else "minutes")
    return str(value)
