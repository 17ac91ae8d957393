"""The objects on a page of an OFD document, as characters at their places.

GB/T 33190-2016, sections 7.7 (layers), 8.5 (transformations), 11 (text) and 13 (composite
objects). Lengths are millimetres. Programs differ in namespaces and in the case of
attributes, so neither is asked for.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

from corpus.formats.pages import Char, Size
from corpus.formats.pages.placed import is_wide

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from corpus.limits import Budget

_BOLD = 600
_BOLD_NAMES = ("bold", "black", "heavy", "simhei", "heiti", "黑体")
_SLANTED = 15
"""Degrees off the upright from which text is a stamp's or a watermark's."""
_DEEPEST = 32
"""Objects within objects; programs nest two or three."""
_PER_OBJECT = 128
"""Bytes that an object, and a character, counts for."""
_GROUPS = frozenset({"layer", "pageblock", "content"})


def named(element: Element) -> str:
    """Give an element's name without its namespace, lower case."""
    return element.tag.rpartition("}")[2].lower()


def inner(element: Element, *path: str) -> Iterator[Element]:
    """Give the elements at a path of names, lower case, below an element."""
    if not path:
        yield element
        return
    for child in element:
        if named(child) == path[0]:
            yield from inner(child, *path[1:])


def attribute(element: Element, name: str) -> str:
    """Give an attribute, or "" where there is none; programs write Size and size."""
    return element.get(name) or element.get(name.lower()) or ""


def numbers(text: str) -> list[float]:
    """Give the numbers of an array; what is none counts as 0."""
    return [_number(word) for word in text.split()]


def _number(word: str) -> float:
    try:
        value = float(word)
    except ValueError:
        return 0.0
    return value if math.isfinite(value) else 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """A transformation: [a b c d e f], as in x' = ax + cy + e, y' = bx + dy + f."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> tuple[float, float]:
        """Give where a point comes to lie."""
        return self.a * x + self.c * y + self.e, self.b * x + self.d * y + self.f

    def within(self, thing: Element) -> Frame:
        """Give the frame of an object that lies in this one: its CTM, then its boundary."""
        matrix = numbers(attribute(thing, "CTM"))
        a, b, c, d, e, f = matrix if len(matrix) == 6 else (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)  # noqa: PLR2004
        left, top, *_ = [*numbers(attribute(thing, "Boundary")), 0.0, 0.0]
        e, f = e + left, f + top
        return Frame(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            *self.at(e, f),
        )


@dataclass(frozen=True, slots=True)
class Resources:
    """What the objects of a document refer to.

    Attributes:
        bold: identifiers of fonts that are bold.
        units: composite graphic units by their identifiers.
        budget: what may be spent: a unit that is shown in many places is read as often.
    """

    bold: frozenset[str]
    units: Mapping[str, Element]
    budget: Budget


def resources(parts: list[Element], budget: Budget) -> Resources:
    """Gather what the resource parts of a document define."""
    fonts = [font for part in parts for font in inner(part, "fonts", "font")]
    units = [
        unit
        for part in parts
        for unit in inner(part, "compositegraphicunits", "compositegraphicunit")
    ]
    return Resources(
        frozenset(attribute(font, "ID") for font in fonts if _is_bold_font(font)),
        {attribute(unit, "ID"): unit for unit in units},
        budget,
    )


def _is_bold_font(font: Element) -> bool:
    name = f"{attribute(font, 'FontName')} {attribute(font, 'FamilyName')}".lower()
    return attribute(font, "Bold") == "true" or any(bold in name for bold in _BOLD_NAMES)


def characters(
    group: Element, frame: Frame, size: Size, known: Resources, depth: int = 0
) -> Iterator[Char]:
    """Give the characters of a page, or of another group of objects, in order.

    Args:
        group: what holds the objects.
        frame: where it lies on the page.
        size: the page's.
        known: what the objects refer to.
        depth: how many objects it lies in; those that lie in too many are left out.
    """
    if depth > _DEEPEST:
        return
    known.budget.unpack(_PER_OBJECT * len(group))
    for thing in group:
        kind = named(thing)
        if kind == "textobject":
            yield from _text(thing, frame, size, known)
        elif kind in _GROUPS:
            yield from characters(thing, frame, size, known, depth + 1)
        elif kind == "compositeobject":
            unit = known.units.get(attribute(thing, "ResourceID"))
            if unit is not None:
                yield from characters(unit, frame.within(thing), size, known, depth + 1)


def _text(thing: Element, outer: Frame, page: Size, known: Resources) -> Iterator[Char]:
    """Give the characters of a text object (11.2), each where its code's steps lead (11.3)."""
    frame = outer.within(thing)
    turn = _quarters(frame, _number(attribute(thing, "CharDirection") or "0"))
    if turn is None:
        return
    size = _number(attribute(thing, "Size"))
    height = size * math.hypot(frame.c, frame.d)
    em = size * math.hypot(frame.a, frame.b) * (_number(attribute(thing, "HScale")) or 1.0)
    weight = _number(attribute(thing, "Weight"))
    strong = weight >= _BOLD or attribute(thing, "Font") in known.bold
    x = y = 0.0
    for code in inner(thing, "textcode"):
        x = _number(attribute(code, "X")) if attribute(code, "X") else x
        y = _number(attribute(code, "Y")) if attribute(code, "Y") else y
        text = (code.text or "").strip("\r\n\t")
        known.budget.unpack(_PER_OBJECT * len(text))
        for char, step in zip(text, _steps(code, text, size), strict=False):
            left, base = page.upright(*frame.at(x, y), turn)
            x, y = x + step[0], y + step[1]
            following = page.upright(*frame.at(x, y), turn)[0] - left
            width = min(following, em) if following > 0 else em * _share(char)
            yield Char(char, left, left + width, base, height, strong, turn)


def _steps(code: Element, text: str, size: float) -> Iterator[tuple[float, float]]:
    """Give how far it is from each character to the next; as wide as it is if nothing is said."""
    across, down = attribute(code, "DeltaX"), attribute(code, "DeltaY")
    if not across and not down:
        return ((size * _share(char), 0.0) for char in text)
    return zip(_deltas(across, len(text)), _deltas(down, len(text)), strict=False)


def _deltas(array: str, count: int) -> Iterator[float]:
    """Give the steps of an array, in which "g 3 5.6" stands for three of 5.6; then none."""
    words = iter(array.split())
    left = count
    for word in words:
        times, step = 1, word
        if word == "g":
            times, step = int(_number(next(words, "0"))), next(words, "0")
        yield from repeat(_number(step), max(0, min(times, left)))
        left -= max(0, times)
        if left <= 0:
            return
    yield from repeat(0.0, left)


def _share(char: str) -> float:
    return 1.0 if is_wide(char) else 0.5


def _quarters(frame: Frame, direction: float) -> int | None:
    """Give the quarter turns of characters, clockwise; None if they stand aslant."""
    angle = math.degrees(math.atan2(frame.b, frame.a)) + direction
    turn = round(angle / 90)
    return turn % 4 if abs(angle - 90 * turn) <= _SLANTED else None
