"""Reading the tables and blocks of a page in Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LANGUAGES = ("en", "zh")
PAGES = sorted((Path(__file__).parents[2] / "docs").rglob("*.md"))
"""All pages of the documentation, in both languages."""

FENCED = re.compile(r"^```(.*?)^```$", re.MULTILINE | re.DOTALL)
"""A block of code, its language first."""
_HEADING = re.compile(r"^(#+) (.+?)(?: \{[^}]*\})?$", re.MULTILINE)
_CELL_ENDS = re.compile(r"(?<!\\)\|")
_CODE = re.compile(r"``\s?(.+?)\s?``|`([^`]+)`")
_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FENCE = re.compile(r"^```text\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Table:
    """A table: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def tables(page: str) -> Iterator[Table]:
    """The tables of a page, in order."""
    for is_row, lines in groupby(page.splitlines(), lambda line: line.startswith("|")):
        if is_row:
            head, _, *rows = map(_cells, lines)
            yield Table(head, tuple(rows))


def _cells(line: str) -> tuple[str, ...]:
    cells = _CELL_ENDS.split(line)[1:-1]
    return tuple(cell.replace(r"\|", "|").strip() for cell in cells)


def code_in(text: str) -> list[str]:
    """What stands between backticks, blocks left out."""
    return [double or single for double, single in _CODE.findall(_BLOCK.sub("", text))]


def text_blocks(page: str) -> list[str]:
    """The contents of the blocks of plain text."""
    return _FENCE.findall(page)


def commands(page: str) -> Iterator[tuple[str, str]]:
    """The commands of a page that show what they print, each with that."""
    for block in _CONSOLE.findall(page):
        for shown in block.split("$ ")[1:]:
            command, _, output = shown.partition("\n")
            if output:
                yield command, output


def headings(page: str) -> list[tuple[int, str]]:
    """The headings of a page, each with its level."""
    return [(len(signs), text) for signs, text in _HEADING.findall(FENCED.sub("", page))]
