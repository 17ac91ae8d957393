"""The numbers that Word sets before paragraphs: ECMA-376 part 1, 17.9.

A paragraph names an instance of a list (w:num), which names a definition (w:abstractNum)
and may override levels of it. How they count is in `corpus.formats.office.lists`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.formats.office.lists import DEEPEST, Counting, Instance, Level
from corpus.formats.office.walking import Listener, whole_number

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element

_MOST = 2**31
_LONGEST_TEXT = 100
_GAPS = {"tab": " ", "space": " ", "nothing": ""}


@dataclass(frozen=True, slots=True)
class _Instance:
    definition: str
    starts: Mapping[int, int]
    levels: Mapping[int, Level]


@dataclass(slots=True)
class _Definition:
    own: str
    levels: dict[int, Level] = field(default_factory=dict)
    style: str = ""


class Numbering:
    """The lists of a document, counting as its paragraphs come by."""

    def __init__(self) -> None:
        self._definitions: dict[str, _Definition] = {}
        self._instances: dict[str, _Instance] = {}
        self._of_style: dict[str, str] = {}
        self._counting = Counting()

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
        definition = self._definition(instance).own
        counted = Instance(definition, self._levels(instance), instance.starts)
        return self._counting.label(list_id, counted, place)

    def _definition(self, instance: _Instance) -> _Definition:
        """Give the definition of an instance; one that only names a style has that of the style."""
        definition = self._definitions.get(instance.definition)
        if definition is None:
            return self._definitions.setdefault(
                instance.definition, _Definition(instance.definition)
            )
        if definition.style and not definition.levels:
            linked = self._definitions.get(self._of_style.get(definition.style, ""))
            return definition if linked is None else linked
        return definition

    def _levels(self, instance: _Instance) -> Mapping[int, Level]:
        levels = self._definition(instance).levels
        return {**levels, **instance.levels} if instance.levels else levels

    def _define(self, element: Element) -> None:
        own = element.get("abstractNumId", "")
        definition = _Definition(own, _levels_in(element), _value(element, "numStyleLink"))
        self._definitions.setdefault(own, definition)
        style = _value(element, "styleLink")
        if style:
            self._of_style.setdefault(style, own)

    def _instantiate(self, element: Element) -> None:
        starts: dict[int, int] = {}
        levels: dict[int, Level] = {}
        for override in element.iter("lvlOverride"):
            place = whole_number(override.get("ilvl"), most=DEEPEST)
            start = whole_number(_value(override, "startOverride"), most=_MOST)
            levels.update(_levels_in(override))
            if place is not None and start is not None:
                starts[place] = start
        instance = _Instance(_value(element, "abstractNumId"), starts, levels)
        self._instances.setdefault(element.get("numId", ""), instance)


def _levels_in(element: Element) -> dict[int, Level]:
    levels: dict[int, Level] = {}
    for level in element.iter("lvl"):
        place = whole_number(level.get("ilvl"), most=DEEPEST)
        if place is not None:
            levels[place] = _level(level)
    return levels


def _level(element: Element) -> Level:
    arabic = element.find("isLgl")
    return Level(
        start=whole_number(_value(element, "start"), most=_MOST) or 0,
        style=_value(element, "numFmt") or _custom_format(element) or "decimal",
        text=_value(element, "lvlText")[:_LONGEST_TEXT],
        gap=_GAPS.get(_value(element, "suff"), " "),
        restart=whole_number(_value(element, "lvlRestart"), most=DEEPEST + 1),
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
