"""What it takes to open a workbook, found out before it is opened.

The library that reads workbooks lays every sheet out as a full rectangle, with a copy of a
text for each cell that has it, and ends the whole process when memory is short. A file of a
few hundred bytes may ask for any amount: a cell at A1 and another at XFD1048576 do. So
cells are counted here first, by the places and the texts that the file states.

Sources: ECMA-376 part 1, 18.3 (xlsx); OpenDocument 1.3 part 3, 19.675 (ods); MS-XLS 2.1
and 2.4 (xls).
"""

from __future__ import annotations

import re
import struct
from typing import TYPE_CHECKING, ClassVar

from corpus.errors import Reason, UnreadableReport
from corpus.packages import Package, stream_xml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corpus.formats.base import Source

_MOST_CELLS = 4_000_000
"""Cells of all sheets together, empty ones between others included."""

_MOST_RECORDS = 20_000_000
_MOST_SHEETS = 1_000
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256

_REFERENCE = re.compile(r"([A-Z]{1,9})([0-9]{1,9})", re.IGNORECASE)
_MOST_DIGITS = 11
_TARGETS = ("/worksheet", "/sharedStrings")

_FILE_PASS, _BOUND_SHEET, _DIMENSIONS, _END = 0x2F, 0x85, 0x200, 0x0A
_CELLS = frozenset({0x06, 0x7E, 0x27E, 0xD6, 0xFD, 0x203, 0x204, 0x205, 0x206, 0x406})
_RUNS = frozenset({0xBD})
"""Records of one cell each, and of cells beside each other that end with the last column."""

_PLACE = struct.Struct("<HH")
_BORDERS = struct.Struct("<IIHH")


class _Cells:
    """Counts the cells of a workbook, and the bytes of their texts."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._cells = 0

    def add(self, rows: int, columns: int) -> None:
        """Count a rectangle of cells."""
        self._cells += rows * columns
        if self._cells > _MOST_CELLS:
            detail = f"it spans more than {_MOST_CELLS:,} cells; split it"
            raise UnreadableReport(self._source.name, Reason.TOO_LARGE, detail)


class _Extent:
    """The rectangle around the cells of a sheet."""

    def __init__(self) -> None:
        self._rows: tuple[int, int] | None = None
        self._columns = (0, 0)

    def take_in(self, row: int, column: int) -> None:
        """Widen it to hold a cell."""
        if self._rows is None:
            self._rows, self._columns = (row, row), (column, column)
            return
        self._rows = min(self._rows[0], row), max(self._rows[1], row)
        self._columns = min(self._columns[0], column), max(self._columns[1], column)

    def count(self, cells: _Cells) -> None:
        """Count what it spans."""
        if self._rows is not None:
            cells.add(
                self._rows[1] - self._rows[0] + 1,
                self._columns[1] - self._columns[0] + 1,
            )


def refuse_costly_package(source: Source) -> None:
    """Unpack and count what a workbook in a zip file holds.

    Raises:
        UnreadableReport: it holds too much, is damaged, or keeps its sheets in places where
            they cannot be counted.
    """
    package = Package(source)
    names = [info.filename for info in package.entries]
    names = [name for name in names if name.lower().endswith((".xml", ".rels"))]
    reader = _PackageReader(source)
    # Texts that cells share must be known when the cells are counted.
    for name in sorted(names, key=lambda name: not name.lower().endswith("sharedstrings.xml")):
        stream_xml(source, name, package.read(name), reader)
        reader.part_over()


class _PackageReader:
    """Takes note of cells and texts while the parts of a workbook go by."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._cells = _Cells(source)
        self._extent = _Extent()
        self._shared: list[int] = []
        self._shares = False
        self._row = self._column = 0
        self._rows = self._columns = 1
        self._row_size = 0
        self._kind = ""
        self._in_cell = False
        self._text: list[str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        begin = self._STARTS.get(tag.rpartition("}")[2])
        if begin is not None:
            begin(self, {key.rpartition("}")[2]: value for key, value in attributes.items()})

    def data(self, text: str) -> None:
        """A piece of text."""
        if self._text is not None:
            self._text.append(text)

    def end(self, tag: str) -> None:
        """An element ends."""
        finish = self._ENDS.get(tag.rpartition("}")[2])
        if finish is not None:
            finish(self)

    def part_over(self) -> None:
        """Count the sheet that a part is."""
        self._extent.count(self._cells)
        self._extent = _Extent()
        self._row = self._column = 0

    def _refuse_place(self, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "").lower()
        if attributes.get("Type", "").endswith(_TARGETS) and not target.endswith(".xml"):
            raise self._odd("a sheet of it is kept where no program puts one")

    def _listen(self, _: dict[str, str]) -> None:
        self._text = []

    def _heard(self) -> str:
        text = "".join(self._text or ())
        self._text = None
        return text

    def _share(self) -> None:
        self._shared.append(len(self._heard()))
        if self._shares:
            raise self._odd("its texts are listed in more than one place")

    def _open_row(self, attributes: dict[str, str]) -> None:
        self._row = _number(attributes.get("r", ""), self._row + 1)
        self._column = 0

    def _open_cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        self._column += 1
        if place is not None:
            self._column, self._row = _column(place[1]), int(place[2])
        self._kind = attributes.get("t", "")
        self._in_cell = True

    def _close_cell(self) -> None:
        self._in_cell = False

    def _open_value(self, attributes: dict[str, str]) -> None:
        if self._in_cell:
            self._extent.take_in(self._row, self._column)
            self._listen(attributes)

    def _close_value(self) -> None:
        text = self._heard()
        if self._in_cell and self._kind == "s":
            self._shares = True
            index = _number(text.strip(), -1)
            if 0 <= index < len(self._shared):
                self._source.budget.unpack(self._shared[index])

    def _open_table_row(self, attributes: dict[str, str]) -> None:
        self._row += self._rows
        self._rows = _number(attributes.get("number-rows-repeated", ""), 1)
        self._column = self._row_size = 0
        self._columns = 1

    def _close_table_row(self) -> None:
        self._source.budget.unpack(self._rows * self._row_size)

    def _open_table_cell(self, attributes: dict[str, str]) -> None:
        self._column += self._columns
        self._columns = _number(attributes.get("number-columns-repeated", ""), 1)
        self._listen(attributes)

    def _close_table_cell(self) -> None:
        size = len(self._heard())
        if size:
            self._extent.take_in(self._row, self._column)
            self._extent.take_in(self._row + self._rows - 1, self._column + self._columns - 1)
            self._row_size += self._columns * size

    def _odd(self, detail: str) -> UnreadableReport:
        return UnreadableReport(self._source.name, Reason.DAMAGED, detail)

    _STARTS: ClassVar[dict[str, Callable[[_PackageReader, dict[str, str]], None]]] = {
        "Relationship": _refuse_place,
        "si": _listen,
        "row": _open_row,
        "c": _open_cell,
        "v": _open_value,
        "is": _open_value,
        "table-row": _open_table_row,
        "table-cell": _open_table_cell,
        "covered-table-cell": _open_table_cell,
    }
    _ENDS: ClassVar[dict[str, Callable[[_PackageReader], None]]] = {
        "si": _share,
        "c": _close_cell,
        "v": _close_value,
        "is": _close_value,
        "table": part_over,
        "table-row": _close_table_row,
        "table-cell": _close_table_cell,
        "covered-table-cell": _close_table_cell,
    }


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else default


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def refuse_costly_records(source: Source, stream: bytes) -> None:
    """Count what a workbook of the old kind holds.

    Args:
        source: the workbook.
        stream: its stream of records.

    Raises:
        UnreadableReport: it holds too much, or asks for a password.
    """
    sheets: list[int] = []
    budget = _MOST_RECORDS
    for kind, data in _records(stream, 0):
        if kind == _FILE_PASS:
            detail = "it asks for a password; save it without"
            raise UnreadableReport(source.name, Reason.ENCRYPTED, detail)
        if kind == _BOUND_SHEET:
            sheets.append(int.from_bytes(data[:4], "little"))
    cells = _Cells(source)
    for start in sheets:
        extent = _Extent()
        for kind, data in _records(stream, start):
            budget -= 1
            if kind in _CELLS or kind in _RUNS:
                _take_in(extent, kind, data)
            elif kind == _DIMENSIONS:
                _refuse_dimensions(source, data)
        extent.count(cells)
        if budget < 0 or len(sheets) > _MOST_SHEETS:
            detail = "it holds too many sheets or records; split it"
            raise UnreadableReport(source.name, Reason.TOO_LARGE, detail)


def _records(stream: bytes, position: int) -> Iterator[tuple[int, bytes]]:
    """Give the records from a place to the one that ends them: kind, and what is in it."""
    while position + _PLACE.size <= len(stream):
        kind, size = _PLACE.unpack_from(stream, position)
        yield kind, stream[position + 4 : position + 4 + size]
        if kind == _END:
            return
        position += 4 + size


def _take_in(extent: _Extent, kind: int, data: bytes) -> None:
    if len(data) >= _PLACE.size:
        row, column = _PLACE.unpack_from(data)
        extent.take_in(row, column)
        if kind in _RUNS:
            extent.take_in(row, int.from_bytes(data[-2:], "little"))


def _refuse_dimensions(source: Source, data: bytes) -> None:
    """Refuse a sheet that is said to be larger than one can be: room is made for it."""
    if len(data) >= _BORDERS.size:
        top, bottom, left, right = _BORDERS.unpack_from(data)
        if max(top, bottom) > _MOST_ROWS or max(left, right) > _MOST_COLUMNS:
            detail = "a sheet of it is said to be larger than a sheet can be"
            raise UnreadableReport(source.name, Reason.DAMAGED, detail)
