"""What the text layer of a document turned out to be, page by page: whether it is one at all.

A page without characters is a picture, as scanners make them; characters that only their
font knows are no text either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.characters import squeeze
from corpus.errors import Reason, UnreadableReport
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from corpus.formats.base import Line, Source
    from corpus.formats.pages.placed import Char

_MOST_PAGES = 20_000
_MOST_ON_PAGE = 200_000
_PER_CHAR = 128
"""Bytes that a character counts for: it is kept with its place."""

_FEW = 10
"""Characters that a stamp or a scanner may add to the picture of a page."""
OUTLINES = 200
"""Drawn shapes from which a page without text is writing; an empty form has fewer."""
_GARBLED = 0.3
"""Share of characters without a meaning from which the text layer is none."""
_FIRST_LINES = 5
_SHORTEST_TITLE = 4
_NO_CHARACTER = frozenset("\ufffd¤")
"""What stands for a glyph whose character the producer did not know."""


@dataclass(slots=True)
class Layer:
    """What was found on the pages of a document so far.

    Attributes:
        source: the document.
        count: how many pages it has.
        unread: the numbers of pages that could not be read.
    """

    source: Source
    count: int
    unread: list[int] = field(default_factory=list)
    _pictures: list[int] = field(default_factory=list)
    _chars: int = 0
    _garbled: int = 0

    def __post_init__(self) -> None:
        if self.count > _MOST_PAGES:
            detail = Message(
                "it has {count:,} pages, where {most:,} are allowed; split it",
                count=self.count,
                most=_MOST_PAGES,
            )
            raise UnreadableReport(self.source.name, Reason.TOO_LARGE, detail)

    def expect(self, number: int, chars: int) -> None:
        """Count characters before they are read.

        Raises:
            UnreadableReport: they are more than a page, or a document, may have.
        """
        if chars > _MOST_ON_PAGE:
            detail = Message(
                "page {number} holds more than {most:,} characters; split it",
                number=number,
                most=_MOST_ON_PAGE,
            )
            raise UnreadableReport(self.source.name, Reason.TOO_LARGE, detail)
        self.source.budget.unpack(_PER_CHAR * chars)

    def add(self, chars: Sequence[Char]) -> bool:
        """Count the characters of a page; whether they are too few for a page of text."""
        texts = [char.text for char in chars if not char.text.isspace()]
        visible = sum(map(len, texts))
        self._chars += visible
        self._garbled += sum(map(_is_garbled, texts))
        return visible < _FEW

    def add_picture(self, number: int) -> None:
        """Note that a page shows a picture in place of text."""
        self._pictures.append(number)

    def check(self) -> None:
        """Refuse a document that has no text, or none that means anything.

        Raises:
            UnreadableReport: it has no page that can be read, no text, or text that its
                fonts keep to themselves.
        """
        found = self._fault()
        if found is not None:
            raise UnreadableReport(self.source.name, *found)

    def _fault(self) -> tuple[Reason, str] | None:
        if self.count <= len(self.unread):
            return Reason.DAMAGED, Message("none of its pages can be read; fetch it anew")
        if self._pictures and self._chars < _FEW * self.count:
            return Reason.SCAN, self._pictured()
        if not self._chars:
            return Reason.EMPTY, Message("its pages are blank")
        if self._garbled > _GARBLED * self._chars:
            return Reason.SCAN, Message(
                "its fonts do not say which characters they show; run OCR on it"
            )
        return None

    def _pictured(self) -> Message:
        if len(self._pictures) == self.count:
            return Message("all of its {count} pages are pictures; run OCR on it", count=self.count)
        return Message(
            "{some} of its {count} pages are pictures; run OCR on it",
            some=len(self._pictures),
            count=self.count,
        )

    def flaws(self) -> Iterator[str]:
        """Give what of the document is not in its text, a sentence each."""
        if self.unread:
            pages = {"pages": _listed(self.unread), "count": self.count}
            if len(self.unread) == 1:
                yield Message("page {pages} of {count} cannot be read", **pages)
            else:
                yield Message("pages {pages} of {count} cannot be read", **pages)
        if self._pictures:
            pages = {"pages": _listed(self._pictures), "count": self.count}
            if len(self._pictures) == 1:
                yield Message("page {pages} of {count} shows a picture in place of text", **pages)
            else:
                yield Message("pages {pages} of {count} show pictures in place of text", **pages)
        if self._garbled:
            yield Message(
                "its fonts do not say which characters {count:,} of its signs are",
                count=self._garbled,
            )


def title_among(lines: Sequence[Line], stated: str) -> str:
    """Give the title that a document states, if it stands in its first lines, else "".

    What programs write there else is a file's name, or their own.
    """
    title = squeeze(stated)
    head = squeeze("".join(line.text for line in lines[:_FIRST_LINES]))
    return stated if len(title) >= _SHORTEST_TITLE and title in head else ""


def _is_garbled(text: str) -> bool:
    """Whether a character stands for a glyph that only its font knows: private use.

    What fonts of symbols have there, from U+F000, are bullets and boxes.
    """
    char = text[0]
    return (
        char in _NO_CHARACTER
        or "\ue000" <= char < "\uf000"
        or "\uf0ff" < char <= "\uf8ff"
        or char >= "\U000f0000"
    )


def _listed(numbers: Sequence[int]) -> str:
    """Give page numbers as a reader would: 1, 3-5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1][1:] = [number]
        else:
            runs.append([number])
    return ", ".join("-".join(map(str, run)) for run in runs)
