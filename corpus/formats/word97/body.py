"""The lines of a Word document, as Word shows them: [MS-DOC] 2.4.

What was deleted, hidden, or is the code of a field is not shown; what was inserted is.
What stands beside a paragraph, such as its footnotes, follows it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING

from corpus.characters import joint
from corpus.formats.office.flow import Flow
from corpus.formats.office.halves import whole
from corpus.formats.office.word_symbols import symbol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from corpus.formats.base import Line
    from corpus.formats.word97.numbering import Numbering
    from corpus.formats.word97.pieces import Text
    from corpus.formats.word97.setting import Look, Paragraph, Setting

_MARK = re.compile("[\r\x07\x0c]")
_CELL, _SECTION = "\x07", "\x0c"
_SIGN = re.compile("([\x00-\x08\x0b\x0c\x0e-\x1f])")
_FIELD, _RESULT, _FIELD_ENDS = "\x13", "\x14", "\x15"
_BREAKS = frozenset("\x0b\x0c\x0e")
_HYPHEN = "\x1e"
_FIRST_HALVES = frozenset(map(chr, range(0xD800, 0xDC00)))


@dataclass(frozen=True, slots=True)
class Document:
    """A document as its parts give it.

    Attributes:
        text: its text.
        setting: how that is set.
        numbering: its lists.
    """

    text: Text
    setting: Setting
    numbering: Numbering


class Body:
    """Makes lines of a range of the text, once.

    Args:
        document: the document.
        beside: what follows a paragraph, by places in it.
    """

    def __init__(
        self, document: Document, beside: Mapping[int, Sequence[range]] | None = None
    ) -> None:
        self._text = document.text.characters
        self._document = document
        self._beside = beside or {}
        self._hung = sorted(self._beside, reverse=True)
        self._flow = Flow()
        self._fields: list[bool] = []
        self._codes = 0
        self._goes_on = False
        self._labelled = False
        self._begun = False
        self._half = ""
        self._set: Paragraph
        self._title: list[str] = []
        self._in_title = False

    @property
    def title(self) -> str:
        """The first paragraphs that are styled as the document's title, or ""."""
        return reduce(lambda left, right: left + joint(left, right) + right, self._title, "")

    def read(self, where: range) -> list[Line]:
        """Give the lines of a range."""
        at, stop = where.start, min(where.stop, len(self._text))
        while at < stop:
            end = self._end(at, stop)
            self._paragraph(at, end)
            at = end + 1
        return self._flow.finish()

    def _end(self, start: int, stop: int) -> int:
        """Give the place of the mark that ends a paragraph, or the last place of all.

        A section's mark may as well be a mere page break.
        """
        for mark in _MARK.finditer(self._text, start, stop):
            if mark[0] != _SECTION or self._document.setting.ends_paragraph(mark.start()):
                return mark.start()
        return stop - 1

    def _paragraph(self, start: int, end: int) -> None:
        """Read a paragraph, its mark included."""
        setting, mark = self._document.setting, self._text[end]
        self._set = setting.paragraph(end)
        self._flow.go_to(self._set.depth)
        if self._set.ends_row:
            self._flow.end_row()
            self._goes_on = False
            return
        stop = end if _MARK.match(mark) else end + 1
        if not self._goes_on:
            self._labelled = False
        for first, last, look in setting.looks(start, stop, self._set.style):
            self._characters(self._text[first:last], look)
        while self._hung and self._hung[-1] <= end:
            for where in self._beside[self._hung.pop()]:
                self._flow.story.put_aside(Body(self._document).read(where))
        (look,) = (look for _, _, look in setting.looks(end, end + 1, self._set.style))
        self._end_paragraph(look, ends_cell=mark == _CELL or self._set.ends_cell)

    def _end_paragraph(self, mark: Look, *, ends_cell: bool) -> None:
        # Nearly every code ends in its own paragraph; one that never ends must hide no more.
        self._fields.clear()
        self._codes = 0
        self._half = ""
        self._goes_on = not mark.shown and not ends_cell
        if not self._goes_on:
            self._label()
            self._begun = False
            self._note_title(self._flow.story.end_paragraph(self._set.level))
        elif not mark.deleted and self._begun:
            self._label()
        if ends_cell:
            self._flow.end_cell()

    def _characters(self, text: str, look: Look) -> None:
        if look.symbol is not None:
            self._write(symbol(look.symbol[0], f"{look.symbol[1]:x}"), look)
            return
        for place, piece in enumerate(_SIGN.split(text)):
            if place % 2:
                self._sign(piece, look)
            elif piece:
                self._write(piece, look)

    def _sign(self, sign: str, look: Look) -> None:
        if sign == _FIELD:
            self._fields.append(True)
            self._codes += 1
        elif sign == _RESULT and self._fields:
            self._codes -= self._fields[-1]
            self._fields[-1] = False
        elif sign == _FIELD_ENDS and self._fields:
            self._codes -= self._fields.pop()
        elif sign == _HYPHEN:
            self._write("-", look)
        elif sign in _BREAKS and look.shown and not self._codes:
            self._break(look)

    def _write(self, text: str, look: Look) -> None:
        if look.shown and not self._codes:
            text = self._half + text
            # Its other half may be set otherwise, or in another piece.
            self._begun = self._begun or not text.isspace()
            self._half = text[-1] if text[-1:] in _FIRST_HALVES else ""
            self._flow.story.write(whole(text.removesuffix(self._half)), strong=look.strong)

    def _break(self, look: Look) -> None:
        """Begin a line within a paragraph, if anything stands in the one that is open."""
        if not self._begun:
            return
        if self._set.level:
            self._write("\n", look)
        else:
            self._label()
            self._begun = False
            self._note_title(self._flow.story.end_line())

    def _label(self) -> None:
        """Set the number before the paragraph, once."""
        if not self._labelled:
            self._labelled = True
            text, gap = self._document.numbering.label(self._set.list_id, self._set.list_level)
            self._flow.story.label(text, gap)

    def _note_title(self, text: str) -> None:
        if not text:
            return
        is_title = self._set.style.is_title
        if is_title and (self._in_title or not self._title):
            self._title.append(text.strip())
        self._in_title = is_title
