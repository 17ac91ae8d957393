"""The outline of a report: its headings in order, as deep as they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.plain import Plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .results import Passage


@dataclass(frozen=True, slots=True)
class Heading(Plain):
    """A heading of a report.

    Attributes:
        address: of the first paragraph below it, which is the heading's own line if it has one.
        level: how many headings are above it.
        text: as published.
    """

    address: str
    level: int
    text: str


def outline(passages: Iterable[Passage]) -> tuple[Heading, ...]:
    """The headings of a report.

    Args:
        passages: all its paragraphs, in order.
    """
    return tuple(_headings(passages))


def _headings(passages: Iterable[Passage]) -> Iterator[Heading]:
    above: tuple[str, ...] = ()
    for passage in passages:
        path = passage.heading
        shared = 0
        while shared < min(len(above), len(path)) and above[shared] == path[shared]:
            shared += 1
        # A heading that is said twice in a row is two: each has a line of its own.
        if path and shared == len(path) and passage.text == path[-1]:
            shared -= 1
        for level in range(shared, len(path)):
            yield Heading(passage.address, level, path[level])
        above = path
