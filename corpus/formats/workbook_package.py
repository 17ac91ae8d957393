"""Workbooks in zip files (xlsx, ods), looked through before they are opened.

Everything is unpacked and counted, and no part is let through that the count could miss.

Sources: ECMA-376 part 1, 18.3 (xlsx); OpenDocument 1.3 part 3, 19.675 and 19.677 (ods).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, ClassVar

from corpus.errors import Reason, UnreadableReport
from corpus.formats.workbook import Cells, Extent
from corpus.messages import Message
from corpus.packages import Package, stream_xml

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.formats.base import Source

_REFERENCE = re.compile(r"([A-Z]{1,9})([0-9]{1,9})", re.IGNORECASE)
_MOST_DIGITS = 11
_TARGETS = ("/worksheet", "/sharedStrings")


def refuse_costly(source: Source) -> None:
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
        self._cells = Cells(source)
        self._extent = Extent()
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
            begin(self, attributes)

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
        self._extent = Extent()
        self._row = self._column = 0

    def _refuse_place(self, attributes: dict[str, str]) -> None:
        target = attributes.get("Target", "").lower()
        if attributes.get("Type", "").endswith(_TARGETS) and not target.endswith(".xml"):
            raise self._odd(Message("a sheet of it is kept where no program puts one"))

    def _listen(self, _: dict[str, str]) -> None:
        self._text = []

    def _heard(self) -> str:
        text = "".join(self._text or ())
        self._text = None
        return text

    def _share(self) -> None:
        self._shared.append(len(self._heard()))
        if self._shares:
            raise self._odd(Message("its texts are listed in more than one place"))

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
        self._rows = _repeated(attributes, "rows")
        self._column = self._row_size = 0
        self._columns = 1

    def _close_table_row(self) -> None:
        self._source.budget.unpack(self._rows * self._row_size)

    def _open_table_cell(self, attributes: dict[str, str]) -> None:
        self._column += self._columns
        self._columns = _repeated(attributes, "columns")
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


def _repeated(attributes: dict[str, str], what: str) -> int:
    """Say how often a row or a cell of an OpenDocument table stands."""
    name = f"}}number-{what}-repeated"
    return _number(next((value for key, value in attributes.items() if key.endswith(name)), ""), 1)


def _number(text: str, default: int) -> int:
    return int(text) if text.isdecimal() and len(text) <= _MOST_DIGITS else default


def _column(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number
