"""The style sheet of a Word document: [MS-DOC] 2.9.271 and 2.9.260.

Of all that a style sets only what a reader of lines needs: which level of heading it is, how
it is numbered, whether it is bold or hidden.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.formats.word97.binary import u16
from corpus.formats.word97.sprms import Sprm, settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_HEADINGS = range(1, 10)
_TITLE = 62
_PARAGRAPH, _CHARACTER = 1, 2
_NONE = 0xFFF
_BODY = 9
"""The outline level, counted from nought, of what is no heading."""

_AS_STYLE, _NOT_AS_STYLE = 0x80, 0x81
_TOGGLES = (Sprm.BOLD, Sprm.HIDDEN)

Settings = dict[int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Style:
    """What a style sets, those that it is based on counted in; equal to itself only.

    Attributes:
        kind: its number among Word's own styles: 1 to 9 for headings.
        paragraph: what it sets for paragraphs, by the codes of `Sprm`.
        character: what it sets for characters.
    """

    kind: int = _NONE
    paragraph: Settings = field(default_factory=dict)
    character: Settings = field(default_factory=dict)

    @property
    def is_title(self) -> bool:
        """Whether it is that of the document's title."""
        return self.kind == _TITLE

    def level(self, own: Mapping[int, int]) -> int:
        """Give the level of a paragraph as a heading, 0 for none.

        Args:
            own: what is set for the paragraph itself.
        """
        usual = self.kind - 1 if self.kind in _HEADINGS else _BODY
        outline = own.get(Sprm.OUTLINE, self.paragraph.get(Sprm.OUTLINE, usual))
        return outline + 1 if outline < _BODY else 0


PLAIN = Style()


@dataclass(frozen=True, slots=True)
class _Entry:
    kind: int
    base: int
    paragraph: Mapping[int, int]
    character: Mapping[int, int]


class Styles:
    """The styles of a document, by their numbers.

    Args:
        sheet: the part of the table stream that holds them: STSH.
        data: the data stream.

    Raises:
        struct.error: it breaks off.
    """

    def __init__(self, sheet: bytes = b"", data: bytes = b"") -> None:
        self._entries = dict(_entries(sheet, data)) if sheet else {}
        self._styles: dict[int, Style] = {}

    def __getitem__(self, number: int) -> Style:
        chain: list[int] = []
        while number in self._entries and number not in self._styles:
            # A style that is based on itself, by whatever detour, ends there.
            self._styles[number] = PLAIN
            chain.append(number)
            number = self._entries[number].base
        style = self._styles.get(number, PLAIN)
        for link in reversed(chain):
            entry = self._entries[link]
            style = Style(
                entry.kind,
                {**style.paragraph, **entry.paragraph},
                over(style.character, entry.character),
            )
            self._styles[link] = style
        return style


def over(base: Mapping[int, int], own: Mapping[int, int]) -> Settings:
    """Give what is set for characters on top of something else.

    Some properties may be set to what lies below them, or to its contrary.
    """
    both = {**base, **own}
    for sprm in _TOGGLES:
        if own.get(sprm) in (_AS_STYLE, _NOT_AS_STYLE):
            both[sprm] = base.get(sprm, 0) ^ (own[sprm] & 1)
    return both


def _entries(sheet: bytes, data: bytes) -> Iterator[tuple[int, _Entry]]:
    at = 2 + u16(sheet, 0)
    count, fixed = u16(sheet, 2), u16(sheet, 4)
    for number in range(count):
        if at + 2 > len(sheet):
            return
        size = u16(sheet, at)
        style = sheet[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
        if len(style) >= max(fixed, 8) + 2:
            yield number, _entry(style, fixed, data)


def _entry(style: bytes, fixed: int, data: bytes) -> _Entry:
    base, parts = u16(style, 2), u16(style, 4) & 0xF
    name = 2 + 2 * u16(style, fixed) + 2
    lists = list(_lists(style, fixed + name, parts))
    paragraph = character = b""
    if base & 0xF == _PARAGRAPH:
        paragraph, character = [*lists, b"", b""][:2]
    elif base & 0xF == _CHARACTER:
        character = [*lists, b""][0]
    return _Entry(
        kind=u16(style, 0) & 0xFFF,
        base=base >> 4,
        paragraph=settings(paragraph[2:], data),
        character=settings(character, data),
    )


def _lists(style: bytes, at: int, count: int) -> Iterator[bytes]:
    """Give the lists of properties in a style, each at an even place."""
    for _ in range(count):
        if at + 2 > len(style):
            return
        size = u16(style, at)
        yield style[at + 2 : at + 2 + size]
        at += 2 + size + size % 2
