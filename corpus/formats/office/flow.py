"""Where text goes that comes paragraph by paragraph, each with how deep in tables it stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.formats.office.stories import Story

if TYPE_CHECKING:
    from corpus.formats.base import Line

_DEEPEST = 30
"""Tables within tables that are told apart."""


@dataclass(slots=True)
class _Row:
    """An open row of a table, and its open cell."""

    cells: list[Story] = field(default_factory=list)
    cell: Story = field(default_factory=Story)


class Flow:
    """A text with tables, and tables within their cells."""

    def __init__(self) -> None:
        self._main = Story()
        self._rows: list[_Row] = []

    @property
    def story(self) -> Story:
        """The story that text goes to: the innermost open cell, or the text itself."""
        return self._rows[-1].cell if self._rows else self._main

    @property
    def is_in_table(self) -> bool:
        """Whether a table is open."""
        return bool(self._rows)

    def go_to(self, depth: int) -> None:
        """Go into tables, or out of them, ending what rows do not end by themselves.

        Args:
            depth: how many tables the text stands in that comes next.
        """
        depth = min(depth, _DEEPEST)
        while len(self._rows) > depth:
            self.end_row()
            self._rows.pop()
        while len(self._rows) < depth:
            self.story.end_paragraph()
            self.story.has_table = True
            self._rows.append(_Row())

    def end_cell(self) -> None:
        """End the innermost open cell."""
        if self._rows:
            row = self._rows[-1]
            row.cell.end_paragraph()
            row.cells.append(row.cell)
            row.cell = Story()

    def end_row(self) -> None:
        """End the row of the innermost open table."""
        if self._rows:
            row = self._rows.pop()
            row.cell.end_paragraph()
            self.story.add_row([*row.cells, row.cell] if row.cell.lines else row.cells)
            self._rows.append(_Row())

    def finish(self) -> list[Line]:
        """Give all lines, when the text has ended."""
        self.go_to(0)
        return list(self._main.finish())
