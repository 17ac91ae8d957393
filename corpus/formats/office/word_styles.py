"""What the styles of a Word document say of its text: ECMA-376 part 1, 17.7."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.formats.office.looks import Look, Looks
from corpus.formats.office.walking import Listener, whole_number

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_HEADING = re.compile(r"(?:heading|标题) ?(?P<level>[1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "标题"})
_OFF = frozenset({"0", "false", "off", "none"})
_DEEPEST_OUTLINE = 9
"""The outline level, counted from nought, of what is no heading."""


def look_of(paragraph: Element | None, run: Element | None) -> Look:
    """Give the look that properties set.

    Args:
        paragraph: w:pPr, its names local.
        run: w:rPr, its names local.
    """
    outline = list_id = list_level = strong = hidden = None
    if paragraph is not None:
        outline = whole_number(_value(paragraph, "outlineLvl"), most=_DEEPEST_OUTLINE)
        list_id = _value(paragraph, "numPr/numId")
        list_level = whole_number(_value(paragraph, "numPr/ilvl"), most=8)
    if run is not None:
        strong, hidden = is_on(run, "b"), is_on(run, "vanish")
    level = None if outline is None else (outline + 1) % (_DEEPEST_OUTLINE + 1)
    return Look(level, list_id, list_level, strong, hidden)


def is_on(properties: Element, name: str) -> bool | None:
    """Whether a property is on; None if it is not set."""
    element = properties.find(name)
    return None if element is None else element.get("val", "on").lower() not in _OFF


def _value(element: Element, path: str) -> str | None:
    found = element.find(path)
    return None if found is None else found.get("val")


class Styles:
    """The styles of a document, by their ids."""

    def __init__(self) -> None:
        self.default = ""
        """The style of paragraphs that name none."""
        self._looks = Looks()
        self._titles: set[str] = set()

    @property
    def listener(self) -> Listener:
        """Who is to be told of the part that defines the styles."""
        return Listener(whole={"w:style": self._define})

    def look(self, style: str) -> Look:
        """Give what a style sets, itself or by those it is based on."""
        return self._looks.look(style)

    def is_title(self, style: str) -> bool:
        """Whether a style is that of the document's title."""
        return style in self._titles

    def _define(self, element: Element) -> None:
        style, name = element.get("styleId", ""), (_value(element, "name") or "").strip()
        look = look_of(element.find("pPr"), element.find("rPr"))
        heading = _HEADING.fullmatch(name)
        if heading is not None and look.level is None:
            look = replace(look, level=int(heading["level"]))
        self._looks.define(style, _value(element, "basedOn") or "", look)
        if name.lower() in _TITLES:
            self._titles.add(style)
        if element.get("type") == "paragraph" and element.get("default", "0").lower() not in _OFF:
            self.default = style
