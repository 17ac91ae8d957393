"""The numbers that Word sets before paragraphs: ECMA-376 part 1, 17.9.

A paragraph names an instance of a list (w:num), which names a definition (w:abstractNum)
and may override levels of it. Instances of one definition count on together; where an
instance overrides a level's start, the count begins anew with its first paragraph there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.formats.office.counting import written
from corpus.formats.office.walking import Listener, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_MOST = 2**31
_DEEPEST = 8
_PLACEHOLDER = re.compile("%([1-9])")
_LONGEST_TEXT = 100
_GAPS = {"tab": " ", "space": " ", "nothing": ""}


@dataclass(frozen=True, slots=True)
class _Level:
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
    restart: int | None
    arabic: bool
    linked: str

    def begins_anew(self, after: int) -> bool:
        """Whether it does after a paragraph of an upper level, counted from 0."""
        return self.restart is None or after < self.restart


@dataclass(frozen=True, slots=True)
class _Instance:
    definition: str
    starts: Mapping[int, int]
    levels: Mapping[int, _Level]


@dataclass(slots=True)
class _Definition:
    levels: dict[int, _Level] = field(default_factory=dict)
    style: str = ""
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """The lists of a document, counting as its paragraphs come by."""

    def __init__(self) -> None:
        self._definitions: dict[str, _Definition] = {}
        self._instances: dict[str, _Instance] = {}
        self._of_style: dict[str, str] = {}
        self._begun: set[tuple[str, int]] = set()

    @property
    def listener(self) -> Listener:
        """Who is to be told of the part that defines the lists."""
        return Listener(whole={"w:abstractNum": self._define, "w:num": self._instantiate})

    def level_of(self, list_id: str, style: str) -> int:
        """Give the level of a list that goes with a paragraph style; 0 if none does."""
        instance = self._instances.get(list_id)
        if instance is None:
            return 0
        levels = self._levels(instance)
        return next((place for place, level in levels.items() if level.linked == style), 0)

    def label(self, list_id: str, place: int) -> tuple[str, str]:
        """Count a paragraph.

        Args:
            list_id: the instance of a list that numbers it.
            place: the level within that, counted from 0.

        Returns:
            What is set before it, and the gap between; both "" if there is none, or a bullet.
        """
        instance = self._instances.get(list_id)
        if instance is None:
            return "", ""
        levels = self._levels(instance)
        level = levels.get(place)
        if level is None:
            return "", ""
        counts = self._definition(instance).counts
        self._count(counts, list_id, place, instance, levels)
        if level.style == "bullet":
            return "", ""
        return self._text(counts, levels, level, place), level.gap

    def _count(
        self,
        counts: dict[int, int],
        list_id: str,
        place: int,
        instance: _Instance,
        levels: Mapping[int, _Level],
    ) -> None:
        if place in instance.starts and (list_id, place) not in self._begun:
            self._begun.add((list_id, place))
            counts.pop(place, None)
        start = instance.starts.get(place, levels[place].start)
        counts[place] = counts[place] + 1 if place in counts else start
        for lower in range(place + 1, _DEEPEST + 1):
            if lower in counts and (lower not in levels or levels[lower].begins_anew(place)):
                del counts[lower]

    def _text(
        self, counts: Mapping[int, int], levels: Mapping[int, _Level], level: _Level, place: int
    ) -> str:
        def number(match: re.Match[str]) -> str:
            upper = int(match[1]) - 1
            if upper not in levels or upper > place:
                return ""
            style = "decimal" if level.arabic else levels[upper].style
            return written(counts.get(upper, levels[upper].start), style)

        return _PLACEHOLDER.sub(number, level.text)

    def _definition(self, instance: _Instance) -> _Definition:
        """Give the definition of an instance; one that only names a style has that of the style."""
        definition = self._definitions.get(instance.definition)
        if definition is None:
            return self._definitions.setdefault(instance.definition, _Definition())
        if definition.style and not definition.levels:
            linked = self._definitions.get(self._of_style.get(definition.style, ""))
            return definition if linked is None else linked
        return definition

    def _levels(self, instance: _Instance) -> Mapping[int, _Level]:
        levels = self._definition(instance).levels
        return {**levels, **instance.levels} if instance.levels else levels

    def _define(self, element: Element) -> None:
        own = element.get("abstractNumId", "")
        definition = _Definition(_levels_in(element), _value(element, "numStyleLink"))
        self._definitions.setdefault(own, definition)
        style = _value(element, "styleLink")
        if style:
            self._of_style.setdefault(style, own)

    def _instantiate(self, element: Element) -> None:
        starts: dict[int, int] = {}
        levels: dict[int, _Level] = {}
        for override in element.iter("lvlOverride"):
            place = whole_number(override.get("ilvl"), most=_DEEPEST)
            start = whole_number(_value(override, "startOverride"), most=_MOST)
            levels.update(_levels_in(override))
            if place is not None and start is not None:
                starts[place] = start
        instance = _Instance(_value(element, "abstractNumId"), starts, levels)
        self._instances.setdefault(element.get("numId", ""), instance)


def _levels_in(element: Element) -> dict[int, _Level]:
    levels: dict[int, _Level] = {}
    for level in element.iter("lvl"):
        place = whole_number(level.get("ilvl"), most=_DEEPEST)
        if place is not None:
            levels[place] = _level(level)
    return levels


def _level(element: Element) -> _Level:
    arabic = element.find("isLgl")
    return _Level(
        start=whole_number(_value(element, "start"), most=_MOST) or 0,
        style=_value(element, "numFmt") or _custom_format(element) or "decimal",
        text=_value(element, "lvlText")[:_LONGEST_TEXT],
        gap=_GAPS.get(_value(element, "suff"), " "),
        restart=whole_number(_value(element, "lvlRestart"), most=_DEEPEST + 1),
        arabic=arabic is not None and arabic.get("val", "1") not in {"0", "false", "off"},
        linked=_value(element, "pStyle"),
    )


def _custom_format(element: Element) -> str:
    """Give the format that stands among alternatives (mc:AlternateContent), or ""."""
    found = element.find("AlternateContent/Fallback/numFmt")
    return "" if found is None else found.get("val", "")


def _value(element: Element, path: str) -> str:
    found = element.find(path)
    return "" if found is None else found.get("val", "")
