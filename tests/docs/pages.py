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
DOCS = Path(__file__).parents[2] / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
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


_NOT_RUN = r"(?P<not_run><!-- not run: [^\n]+ -->\n)?"
_BLOCK_RUN = re.compile(
    _NOT_RUN
    + r"```(?P<language>\w+)\n(?P<content>.*?)^```\n(?:\n```text\n(?P<printed>.*?)^```\n)?",
    re.MULTILINE | re.DOTALL,
)
_PROMPT = "$ "
_GOES_ON = "> "


@dataclass(frozen=True)
class Block:
    """A block of code, with what it is shown to print.

    Attributes:
        whole: as the page has it, fences and all.
        language: console or python.
        content: what is between the fences.
        printed: what the block of text below it has.
        is_run: whether a test runs it.
    """

    whole: str
    language: str
    content: str
    printed: str
    is_run: bool

    @property
    def commands(self) -> list[str]:
        """What is typed at the prompts of a console."""
        if self.language != "console":
            return []
        found: list[str] = []
        for line in self.content.splitlines():
            if line.startswith(_PROMPT):
                found.append(line.removeprefix(_PROMPT))
            elif line.startswith(_GOES_ON):
                found[-1] += f"\n{line.removeprefix(_GOES_ON)}"
        return found

    @property
    def code(self) -> str:
        """A program without its remarks, which are in the language of the page."""
        return re.sub(r"  # .*", "", self.content)

    @property
    def shown(self) -> str:
        """What is to be seen when it has run: of a console with what is typed."""
        return self.content if self.language == "console" else self.printed

    def typed(self, command: str) -> str:
        """A command as it is typed at the prompt."""
        return f"{_PROMPT}{command.replace(chr(10), chr(10) + _GOES_ON)}\n"

    def showing(self, shown: str) -> str:
        """The whole with something else shown."""
        if self.language == "console":
            return self.whole.replace(self.content, shown, 1)
        program = self.whole[: self.whole.index("\n```\n") + len("\n```\n")]
        return f"{program}\n```text\n{shown}```\n"


def blocks(page: str) -> list[Block]:
    """The blocks of code of a page, in order."""
    return [
        Block(
            match[0], match["language"], match["content"], match["printed"] or "",
            is_run=not match["not_run"],
        )
        for match in _BLOCK_RUN.finditer(page)
    ]  # fmt: skip
