"""Help as it is laid out: no line wider than the terminal by its cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from .cells import line_starts, pad, width
from .language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEPT = "\b"
"""Click's sign before a block whose lines are kept as they are."""
_WIDEST_TERM = 26
_GAP = "  "


def wrapped(text: str, cells: int) -> Iterator[str]:
    """A text in lines of so many cells; what follows an empty line begins a new one."""
    for number, block in enumerate(text.split("\n\n")):
        if number:
            yield ""
        if block.startswith(_KEPT):
            yield from block.removeprefix(_KEPT).strip("\n").splitlines()
        else:
            yield from _filled(joined(block.splitlines()), cells)


def joined(lines: Iterable[str]) -> str:
    """Lines as one; between Chinese signs a line break is no space."""
    text = ""
    for line in map(str.strip, lines):
        is_spaced = text.isascii() or line[:1].isascii() or text[-1:].isascii()
        text += " " * bool(text and line and is_spaced) + line
    return text


def _filled(text: str, cells: int) -> Iterator[str]:
    while text := text.strip():
        starts = line_starts(text, cells)
        next(starts)
        end = next(starts, len(text))
        yield text[:end].rstrip()
        text = text[end:]


class CellFormatter(click.HelpFormatter):
    """Click's formatter of help, with the width of a text taken in cells of the terminal."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """Write the line that says how to call a command."""
        from gettext import gettext  # click's own word for it

        usage = gettext("Usage:")
        lead = f"{prefix or usage + ' ' * usage.isascii()}{prog} "
        for number, line in enumerate(wrapped(args, self.width - width(lead))):
            self._line(" " * width(lead) if number else lead, line)
        if not args:
            self._line(lead)

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self._line(_("{heading}:").format(heading=heading))

    def write_text(self, text: str) -> None:
        """Write paragraphs of text."""
        for line in wrapped(text, self.width - self.current_indent):
            self._line(line)

    def write_dl(
        self,
        rows: Iterable[tuple[str, str]],
        col_max: int = _WIDEST_TERM,
        col_spacing: int = len(_GAP),
    ) -> None:
        """Write terms, each with its explanation beside it, or below it when it is long."""
        rows = list(rows)
        column = max((width(term) for term, __ in rows if width(term) <= col_max), default=0)
        column += col_spacing
        for term, explanation in rows:
            lines = list(wrapped(explanation, self.width - self.current_indent - column))
            if lines and width(term) + col_spacing <= column:
                self._line(pad(term, column), lines.pop(0))
            else:
                self._line(term)
            for line in lines:
                self._line(" " * column, line)

    def _line(self, *parts: str) -> None:
        line = "".join(parts).rstrip()
        self.write(f"{' ' * self.current_indent}{line}\n" if line else "\n")
