"""Which properties are set where: the formatted disk pages of [MS-DOC] 2.9.33 and 2.9.175.

A page of 512 bytes tells of runs in the file, not in the text, and for each which list of
properties is set for it. A table of the pages stands in the table stream.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.formats.word97.binary import plc, u32

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_PAGE = 512
_NUMBER = 0x3F_FFFF
_CHARACTERS, _PARAGRAPHS = 1, 13
"""Bytes that a page has for each run of the kind, beside the run's place."""


@dataclass(frozen=True, slots=True)
class Run:
    """A run in the file.

    Attributes:
        start: its first byte.
        end: the byte after its last.
        properties: the list that is set for it.
    """

    start: int
    end: int
    properties: bytes


class Runs:
    """All runs of a kind.

    Args:
        runs: those of a table of pages, in any order.
    """

    def __init__(self, runs: Iterator[Run]) -> None:
        self._runs = sorted(runs, key=lambda run: run.start)
        self._starts = [run.start for run in self._runs]

    def at(self, offset: int) -> Run:
        """Give the run that a byte is in; one with nothing set where there is none."""
        place = bisect_right(self._starts, offset)
        if place and offset < self._runs[place - 1].end:
            return self._runs[place - 1]
        before = self._runs[place - 1].end if place else 0
        return Run(before, self._starts[place] if place < len(self._starts) else offset, b"")


def character_runs(stream: bytes, pages: bytes) -> Runs:
    """Read the runs of characters.

    Args:
        stream: the stream that the pages are in.
        pages: the table of pages: PlcBteChpx.
    """
    return Runs(_runs(stream, pages, _CHARACTERS, _of_characters))


def paragraph_runs(stream: bytes, pages: bytes) -> Runs:
    """Read the paragraphs; lists begin with the number of their style.

    Args:
        stream: the stream that the pages are in.
        pages: the table of pages: PlcBtePapx.
    """
    return Runs(_runs(stream, pages, _PARAGRAPHS, _of_paragraph))


def _runs(
    stream: bytes, pages: bytes, size: int, properties: Callable[[bytes, int], bytes]
) -> Iterator[Run]:
    _, items = plc(pages, 4)
    for number in sorted({u32(item, 0) & _NUMBER for item in items}):
        page = stream[number * _PAGE : (number + 1) * _PAGE]
        if len(page) < _PAGE:
            continue
        count = page[-1]
        first = 4 * (count + 1)
        if first + size * count >= _PAGE:
            continue
        places = struct.unpack_from(f"<{count + 1}I", page)
        for index in range(count):
            start, end = places[index], places[index + 1]
            at = 2 * page[first + size * index]
            if start < end:
                yield Run(start, end, properties(page, at) if at else b"")


def _of_characters(page: bytes, at: int) -> bytes:
    return page[at + 1 : at + 1 + page[at]]


def _of_paragraph(page: bytes, at: int) -> bytes:
    if page[at]:
        return page[at + 1 : at + 2 * page[at]]
    return page[at + 2 : at + 2 + 2 * page[at + 1]]
