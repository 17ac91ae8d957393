"""Lists as word processors number them: levels, and how their paragraphs are counted.

A paragraph names an instance of a list, and an instance a definition. Instances of one
definition count on together; where an instance overrides a level's start, the count begins
anew with its first paragraph there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.formats.office.counting import written

if TYPE_CHECKING:
    from collections.abc import Mapping

DEEPEST = 8
"""The innermost level, counted from 0."""

_PLACEHOLDER = re.compile("%([1-9])")


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list.

    Attributes:
        start: its first number.
        style: how numbers are written, see `corpus.formats.office.counting`.
        text: what is set, %1 being the number of the outermost level.
        gap: what parts it from the paragraph's text.
        restart: the level, counted from 1, that it begins anew after; 0 for none; None
            for any that is above it.
        arabic: whether the numbers of all levels are set in digits.
        linked: the paragraph style that this level goes with.
    """

    start: int
    style: str
    text: str
    gap: str
    restart: int | None = None
    arabic: bool = False
    linked: str = ""

    def begins_anew(self, after: int) -> bool:
        """Whether it does after a paragraph of an upper level, counted from 0."""
        return self.restart is None or after < self.restart


@dataclass(frozen=True, slots=True)
class Instance:
    """A list as paragraphs name it.

    Attributes:
        definition: what it is an instance of.
        levels: its levels, by their places counted from 0.
        starts: first numbers of its own, by places.
    """

    definition: str
    levels: Mapping[int, Level]
    starts: Mapping[int, int] = field(default_factory=dict)

    def first(self, place: int) -> int:
        """Give the first number of a level."""
        return self.starts.get(place, self.levels[place].start)


class Counting:
    """The counts of all lists of a document, as its paragraphs come by."""

    def __init__(self) -> None:
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def label(self, list_id: str, instance: Instance, place: int) -> tuple[str, str]:
        """Count a paragraph.

        Args:
            list_id: the name of the instance that numbers it.
            instance: that instance.
            place: the level within it, counted from 0.

        Returns:
            What is set before it, and the gap between; both "" if there is none, or a bullet.
        """
        level = instance.levels.get(place)
        if level is None:
            return "", ""
        counts = self._counts.setdefault(instance.definition, {})
        if place in instance.starts and (list_id, place) not in self._begun:
            self._begun.add((list_id, place))
            counts.pop(place, None)
        for upper in range(place):
            # A level that is passed over counts as begun: what comes there next is its second.
            if upper in instance.levels:
                counts.setdefault(upper, instance.first(upper))
        counts[place] = counts[place] + 1 if place in counts else instance.first(place)
        for lower in range(place + 1, DEEPEST + 1):
            known = instance.levels.get(lower)
            if lower in counts and (known is None or known.begins_anew(place)):
                del counts[lower]
        if level.style == "bullet":
            return "", ""
        return _text(counts, instance.levels, level, place), level.gap


def _text(counts: Mapping[int, int], levels: Mapping[int, Level], level: Level, place: int) -> str:
    def number(match: re.Match[str]) -> str:
        upper = int(match[1]) - 1
        if upper not in levels or upper > place:
            return ""
        style = "decimal" if level.arabic else levels[upper].style
        return written(counts.get(upper, levels[upper].start), style)

    return _PLACEHOLDER.sub(number, level.text)
