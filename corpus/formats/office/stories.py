"""Lines from what a word processor sets: paragraphs, rows of tables, and what stands aside.

A story is a run of paragraphs of its own: the body, a cell, a text box, a note. Text boxes
and notes stand aside: they come after the paragraph or the row that they are tied to, so
that its sentence stays whole and they still stand under its heading.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.characters import squeeze
from corpus.formats.base import Line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LONGEST_CELL = 200
_FEWEST_CELLS = 2

_LONGEST_HEADING = 100
_FEED = re.compile(" ?\n ?")
_HEAD = 20
_WRAP = re.compile(r"[ \t\r\n]+")

_FULL_STOPS = tuple("、．。：）】〕》")
_LONGEST_LABEL = 64


@dataclass(slots=True)
class Story:
    """A run of paragraphs that grows; see the module.

    Attributes:
        lines: its lines, each with whether it stands aside.
        has_table: whether a table is in it: then it is no cell of data.
    """

    lines: list[tuple[Line, bool]] = field(default_factory=list)
    has_table: bool = False
    _pieces: list[str] = field(default_factory=list)
    _strong: bool | None = None
    _apart: bool = True
    _waiting: list[Line] = field(default_factory=list)

    @property
    def is_begun(self) -> bool:
        """Whether anything visible stands in the line that is open."""
        return any(map(squeeze, self._pieces))

    def write(self, text: str, *, strong: bool = False) -> None:
        """Go on with the line."""
        self._pieces.append(text)
        if squeeze(text):
            self._strong = strong and self._strong is not False

    def label(self, text: str, gap: str) -> None:
        """Set a list's number before the line.

        Args:
            text: the number.
            gap: what follows it, by the list's word. A stop of full width has its own.
        """
        if text:
            gap = "" if text.endswith(_FULL_STOPS) else gap
            self._pieces.insert(0, text[:_LONGEST_LABEL] + gap)

    def end_line(self, level: int = 0) -> str:
        """End the line within its paragraph; gives its text, "" if nothing of it is visible.

        Args:
            level: its level, if it is a heading; then it may hold line feeds. A text that
                is too long for a heading is one up to the first of them only.
        """
        text = "".join(self._pieces) if self.is_begun else ""
        for line in _unbroken(text) if level else (text,):
            if squeeze(line):
                strong = self._strong is True
                self.lines.append((Line(line, level, strong=strong, apart=self._apart), False))
                self._apart, level = False, 0
        self._pieces.clear()
        self._strong = None
        return text

    def end_paragraph(self, level: int = 0) -> str:
        """End the paragraph; what waits beside it follows. Gives its last line's text."""
        text = self.end_line(level) if self._pieces else ""
        self._apart = True
        if self._waiting:
            self.lines.extend((line, True) for line in self._waiting)
            self._waiting.clear()
        return text

    def put_aside(self, lines: Iterable[Line]) -> None:
        """Have lines follow the paragraph that is open."""
        self._waiting.extend(lines)

    def take_in(self, lines: Iterable[Line]) -> None:
        """Go on with lines that are made already."""
        self.end_paragraph()
        self.lines.extend((line, False) for line in lines)

    def add_row(self, cells: Sequence[Story]) -> None:
        """Go on with a row of a table: one line, or the lines of its cells if it lays out the page.

        Args:
            cells: its cells; one that another cell is merged over is empty.
        """
        self.end_paragraph()
        data = None if any(cell.has_table for cell in cells) else _data(cells)
        if data is None:
            for cell in cells:
                self.lines.extend(cell.lines)
        else:
            self.lines.append((Line(data, apart=True), False))
            self.lines.extend(item for cell in cells for item in cell.lines if item[1])

    def finish(self) -> Iterator[Line]:
        """Give all lines, when the story has ended."""
        self.end_paragraph()
        return (line for line, _ in self.lines)


def _unbroken(heading: str) -> Sequence[str]:
    return heading.split("\n") if len(heading) > _LONGEST_HEADING else (_FEED.sub(" ", heading),)


def _data(cells: Sequence[Story]) -> str | None:
    """Give a row of data as one line; None for one that lays out the page.

    That is one with a single cell in it, or with a cell that holds running text.
    """
    texts: list[str] = []
    for cell in cells:
        paragraphs = [line.text for line, is_aside in cell.lines if not is_aside]
        if sum(map(len, paragraphs)) > _LONGEST_CELL:
            return None
        texts.append(_WRAP.sub(" ", " ".join(paragraphs)).strip())
    return "\t".join(texts) if sum(map(bool, texts)) >= _FEWEST_CELLS else None


def opens_with(lines: Sequence[Line], title: str) -> bool:
    """Whether lines of the head, one or several, spell a title."""
    wanted = squeeze(title)
    texts = [squeeze(line.text) for line in lines[:_HEAD]]
    for start in range(len(texts) if wanted else 0):
        spelled = ""
        for text in texts[start:]:
            spelled += text
            if spelled == wanted:
                return True
            if not wanted.startswith(spelled):
                break
    return False
