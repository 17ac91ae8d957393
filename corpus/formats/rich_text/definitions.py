"""What the header of an RTF file defines: RTF 1.9.1, "Font table" and "Style sheet"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.formats.rich_text.charsets import Font

_HEADING = re.compile(r"(?:heading|标题) ?(?P<level>[1-9])", re.IGNORECASE)
_TITLES = frozenset({"title", "标题"})
_OUTLINES = range(9)
_LONGEST_NAME = 100
_ENDS = ";"


@dataclass(slots=True)
class Style:
    """A style of paragraphs: its name, and its outline level if it states one."""

    name: str = ""
    outline: int | None = None

    def level(self, own: int | None) -> int:
        """Give the level of a paragraph as a heading, 0 for none.

        Args:
            own: the outline level that the paragraph states itself.
        """
        outline = self.outline if own is None else own
        if outline is not None:
            return outline + 1 if outline in _OUTLINES else 0
        heading = _HEADING.fullmatch(self.name.strip())
        return int(heading["level"]) if heading is not None else 0

    @property
    def is_title(self) -> bool:
        """Whether it is that of the document's title."""
        return self.name.strip().lower() in _TITLES


class Definitions:
    """Fonts and styles by their numbers, as the words of their tables come by."""

    def __init__(self) -> None:
        self.fonts: dict[int | None, Font] = {}
        self.styles: dict[int, Style] = {}
        self._font = Font()
        self._style = Style()

    def font_word(self, word: str, value: int | None) -> None:
        """Take in a word of the font table."""
        if word == "f":
            self._font = self.fonts[value] = Font()
        elif word == "fcharset" and value is not None:
            self._font.charset = value
        elif word == "cpg":
            self._font.code_page = value or None

    def font_text(self, text: str) -> None:
        """Take in text of the font table: a part of a font's name."""
        self._font.name = (self._font.name + text).partition(_ENDS)[0][:_LONGEST_NAME]

    def style_begins(self) -> None:
        """Begin a group of the style sheet: without a number it is the usual style's."""
        self._style = Style()
        self.styles.setdefault(0, self._style)

    def style_word(self, word: str, value: int | None) -> None:
        """Take in a word of the style sheet."""
        if word == "s" and value is not None:
            self.styles[value] = self._style
        elif word == "outlinelevel":
            self._style.outline = value

    def style_text(self, text: str) -> None:
        """Take in text of the style sheet: a part of a style's name."""
        self._style.name = (self._style.name + text).partition(_ENDS)[0][:_LONGEST_NAME]
