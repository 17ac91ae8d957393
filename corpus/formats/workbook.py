"""How many cells a workbook would make, counted before it is opened.

The library that reads workbooks lays every sheet out as a full rectangle, with a copy of a
text for each cell that has it, and ends the whole process when memory is short. A file of a
few hundred bytes may ask for any amount: a cell at A1 and another at XFD1048576 do. So
cells are counted first, by the places that the file states.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.errors import Reason, UnreadableReport
from corpus.messages import Message

if TYPE_CHECKING:
    from corpus.formats.base import Source

_MOST_CELLS = 4_000_000
"""Cells of all sheets together, empty ones between others included."""


class Cells:
    """Counts the cells of a workbook, and the bytes of their texts."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._cells = 0

    def add(self, rows: int, columns: int) -> None:
        """Count a rectangle of cells."""
        self._cells += rows * columns
        if self._cells > _MOST_CELLS:
            detail = Message("it spans more than {most:,} cells; split it", most=_MOST_CELLS)
            raise UnreadableReport(self._source.name, Reason.TOO_LARGE, detail)


class Extent:
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

    def count(self, cells: Cells) -> None:
        """Count what it spans."""
        if self._rows is not None:
            cells.add(
                self._rows[1] - self._rows[0] + 1,
                self._columns[1] - self._columns[0] + 1,
            )
