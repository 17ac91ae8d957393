"""The numbers that OpenDocument sets before paragraphs: OASIS ODF 1.3 part 3, 5.3 and 16.30.

Lists nest as elements do, and the first paragraph of an item bears its number. Headings
that stand in no list are numbered by the outline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.formats.office.lists import DEEPEST, Counting, Instance, Level
from corpus.formats.office.walking import whole_number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST = 2**31
_LONGEST_TEXT = 40
_OUTLINE = "outline"
_NAMED = re.compile("%([1-9])%")
_STYLES = {
    "a": "lowerLetter",
    "A": "upperLetter",
    "i": "lowerRoman",
    "I": "upperRoman",
    "１": "decimalFullWidth",
    "一": "chineseCountingThousand",
    "壹": "chineseLegalSimplified",
    "甲": "ideographTraditional",
    "子": "ideographZodiac",
    "①": "decimalEnclosedCircle",
    "⑴": "decimalEnclosedParen",
}
"""Ways of numbering, by the first sign of their format (20.322): "一, 二, 三, ..."."""

_GAPS = {"nothing": "", "space": " ", "listtab": " ", "newline": " "}


@dataclass(slots=True)
class _List:
    """A list that is open.

    Attributes:
        style: the name of its style.
        count: the name of what counts its items; lists that go on share it.
        awaits: whether an item began and no paragraph of it has come.
        start: the number that the item asks for, or None.
    """

    style: str
    count: str
    awaits: bool = False
    start: int | None = None


@dataclass(slots=True)
class Lists:
    """The lists of a document, counting as its paragraphs come by."""

    _levels: dict[str, dict[int, Level]] = field(default_factory=dict)
    _counting: Counting = field(default_factory=Counting)
    _open: list[_List] = field(default_factory=list)
    _by_id: dict[str, str] = field(default_factory=dict)
    _by_style: dict[str, str] = field(default_factory=dict)
    _made: int = 0

    def define(self, element: Element) -> None:
        """Note a text:list-style or the text:outline-style."""
        levels: dict[int, Level] = {}
        for child in element:
            place = whole_number(child.get("level"), least=1, most=DEEPEST + 1)
            if place is not None:
                levels[place - 1] = _level(child, place)
        name = _OUTLINE if element.tag == "outline-style" else element.get("name", "")
        self._levels.setdefault(name, levels)

    def enter(self, attributes: dict[str, str]) -> None:
        """Go into a list; `leave` it afterwards."""
        outer = self._open[-1] if self._open else None
        style = attributes.get("style-name") or (outer.style if outer else "")
        if outer is None:
            count = self._going_on(attributes, style) or self._fresh()
            self._by_style[style] = count
        else:
            count = outer.count
        self._by_id[attributes.get("id", "")] = count
        self._open.append(_List(style, count))

    def leave(self) -> None:
        """Leave the list that was entered last."""
        self._open.pop()

    def item(self, attributes: dict[str, str]) -> None:
        """Begin an item."""
        if self._open:
            here = self._open[-1]
            here.awaits = True
            here.start = whole_number(attributes.get("start-value"), most=_MOST)

    def label(self, style: str | None) -> tuple[str, str]:
        """Count a paragraph that stands in a list.

        Args:
            style: the list style of its own paragraph style, which counts where the list
                has none.

        Returns:
            What is set before it, and the gap between; both "" if nothing is.
        """
        here = self._open[-1] if self._open else None
        if here is None or not here.awaits:
            return "", ""
        here.awaits = False
        return self._count(here.style or style or "", here.count, len(self._open) - 1, here.start)

    def outline_label(self, level: int, attributes: dict[str, str]) -> tuple[str, str]:
        """Count a heading that stands in no list."""
        if attributes.get("is-list-header") == "true":
            return "", ""
        start = None
        if attributes.get("restart-numbering") == "true":
            start = whole_number(attributes.get("start-value"), most=_MOST)
        return self._count(_OUTLINE, _OUTLINE, level - 1, start)

    @property
    def is_open(self) -> bool:
        """Whether a list is open."""
        return bool(self._open)

    def _count(self, style: str, count: str, place: int, start: int | None) -> tuple[str, str]:
        starts = {} if start is None else {place: start}
        # A start counts once for each paragraph that states it.
        name = count if start is None else self._fresh()
        instance = Instance(count, self._levels.get(style, {}), starts)
        return self._counting.label(name, instance, place)

    def _going_on(self, attributes: dict[str, str], style: str) -> str | None:
        if "continue-list" in attributes:
            return self._by_id.get(attributes["continue-list"])
        return self._by_style.get(style) if attributes.get("continue-numbering") == "true" else None

    def _fresh(self) -> str:
        self._made += 1
        return f"list {self._made}"


def _level(element: Element, place: int) -> Level:
    """Give a level from text:list-level-style-… or text:outline-level-style."""
    form = element.get("num-format", "")
    # A level without a format sets nothing, whatever signs would stand around its number.
    style = _STYLES.get(form[:1], "decimal") if form else "bullet"
    shown = whole_number(element.get("display-levels"), least=1, most=place) or 1
    text = _NAMED.sub(r"%\1", element.get("num-list-format", "")) or (
        element.get("num-prefix", "")
        + ".".join(f"%{upper}" for upper in range(place - shown + 1, place + 1))
        + element.get("num-suffix", "")
    )
    alignment = element.find("list-level-properties/list-level-label-alignment")
    gap = "listtab" if alignment is None else alignment.get("label-followed-by", "listtab")
    start = whole_number(element.get("start-value"), most=_MOST)
    return Level(1 if start is None else start, style, text[:_LONGEST_TEXT], _GAPS.get(gap, " "))
