"""A Word document as a container of streams: which part of them is what, [MS-DOC] 2.1.

The text must be found; of what only sets it, anything may be damaged.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING, TypeVar

from corpus.compounds import Compound
from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Breaks, Draft, Line
from corpus.formats.word97.binary import u16, wide
from corpus.formats.word97.body import Body, Document
from corpus.formats.word97.boxes import Beside, notes, text_boxes
from corpus.formats.word97.fib import FIRST_VERSION, Fib, Part, Story
from corpus.formats.word97.formatting import character_runs, paragraph_runs
from corpus.formats.word97.numbering import Numbering
from corpus.formats.word97.pieces import Text
from corpus.formats.word97.setting import Setting
from corpus.formats.word97.styles import Styles
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from corpus.formats.base import Source

_STREAM, _DATA = "WordDocument", "Data"
_ENCRYPTED = ("EncryptedPackage", "EncryptionInfo")
_OTHERS = {
    "PowerPoint Document": Message("a presentation (ppt)"),
    "Workbook": Message("a workbook (xls)"),
    "Book": Message("a workbook (xls)"),
    "VisioDocument": Message("a drawing (vsd)"),
    "MatOST": Message("a document of Microsoft Works"),
    "CONTENTS": Message("a document of Microsoft Works or Publisher"),
    "__properties_version1.0": Message("a mail (msg)"),
}

_NAME_AT = 39
_PICTURE = "\x01"

_FAULTS = (struct.error, ValueError, IndexError)
T = TypeVar("T")


def read(source: Source) -> Draft:
    """Read a Word document of the binary format.

    Raises:
        UnreadableReport: it is encrypted, damaged, of another program or too old.
    """
    return _File(source).read()


class _File:
    def __init__(self, source: Source) -> None:
        self._source = source
        self._container = Compound(source)
        self._flaws: list[str] = []

    def read(self) -> Draft:
        stream = self._open()
        fib = Fib(stream)
        self._refuse(fib)
        table, data = self._stream(fib.table), b""
        if _DATA in self._container:
            data = self._stream(_DATA)
        try:
            text = Text(stream, fib.part(Part.PIECES, table))
            fib.place(Part.LIST_INSTANCES)
        except _FAULTS as error:
            raise self._damaged(
                Message("its text cannot be put together: {error}", error=error)
            ) from None
        if text.missing:
            total = len(text.characters)
            self._flaws.append(
                Message(
                    "it breaks off: {missing:,} of {total:,} characters are missing",
                    missing=text.missing,
                    total=total,
                )
            )
        document = self._set(fib, text, table, data)
        return self._draft(fib, document, table)

    def _open(self) -> bytes:
        """Give the stream that the text is in."""
        if _STREAM in self._container:
            return self._stream(_STREAM)
        if any(name in self._container for name in _ENCRYPTED):
            raise self._encrypted()
        what = next((what for name, what in _OTHERS.items() if name in self._container), "")
        detail = Message(
            "it is {what}; save it as docx or pdf in the program that wrote it",
            what=what or Message("an OLE container that holds no Word document"),
        )
        raise UnreadableReport(self._source.name, Reason.UNSUPPORTED, detail)

    def _stream(self, name: str) -> bytes:
        return self._container.read(name)

    def _refuse(self, fib: Fib) -> None:
        if not fib.is_word:
            raise self._damaged(Message("its text does not begin as that of a Word document does"))
        if fib.is_encrypted:
            raise self._encrypted()
        if fib.version < FIRST_VERSION:
            detail = Message(
                "it was written by Word 95 or older; open it in Word and save it as docx"
            )
            raise UnreadableReport(self._source.name, Reason.UNSUPPORTED, detail)

    def _set(self, fib: Fib, text: Text, table: bytes, data: bytes) -> Document:
        """Find out how the text is set, as far as that can be read."""

        def part(which: Part) -> bytes:
            return fib.part(which, table)

        setting = Setting(
            text,
            characters=character_runs(fib.data, part(Part.CHARACTERS)),
            paragraphs=paragraph_runs(fib.data, part(Part.PARAGRAPHS)),
            styles=self._or(
                Styles(),
                Message("its styles cannot be read"),
                lambda: Styles(part(Part.STYLES), data),
            ),
            fonts=self._or(
                [], Message("its fonts cannot be read"), lambda: list(_fonts(part(Part.FONTS)))
            ),
            data=data,
        )
        numbering = self._or(
            Numbering(),
            Message("its lists cannot be read"),
            lambda: Numbering(table, fib.place(Part.LISTS), part(Part.LIST_INSTANCES)),
        )
        return Document(text, setting, numbering)

    def _draft(self, fib: Fib, document: Document, table: bytes) -> Draft:
        main = fib.story(Story.MAIN)
        beside: dict[int, list[range]] = {}
        after: list[range] = []
        for place, where in self._beside(fib, table):
            if place in main:
                beside.setdefault(place, []).append(where)
            else:
                after.append(where)
        ends = notes(
            fib.part(Part.ENDNOTE_MARKS, table),
            fib.part(Part.ENDNOTES, table),
            fib.story(Story.ENDNOTES),
        )
        body = Body(document, beside)
        lines = body.read(main)
        for where in (*after, *(where for _, where in ends)):
            lines.extend(Body(document).read(where))
        self._refuse_pictures(document, lines)
        return Draft(tuple(lines), Breaks.MEANT, "", body.title, flaws=tuple(self._flaws))

    def _beside(self, fib: Fib, table: bytes) -> Beside:
        """Give the footnotes and text boxes."""
        footnotes = notes(
            fib.part(Part.FOOTNOTE_MARKS, table),
            fib.part(Part.FOOTNOTES, table),
            fib.story(Story.FOOTNOTES),
        )
        boxes = text_boxes(
            fib.part(Part.BOXES, table),
            fib.part(Part.SHAPES, table),
            fib.part(Part.DRAWINGS, table),
            fib.story(Story.BOXES),
        )
        return footnotes + boxes

    def _or(self, without: T, flaw: Message, make: Callable[[], T]) -> T:
        """Make something, or do without and say so."""
        try:
            return make()
        except _FAULTS:
            self._flaws.append(flaw)
            return without

    def _refuse_pictures(self, document: Document, lines: list[Line]) -> None:
        if not lines and _PICTURE in document.text.characters:
            detail = Message("there are only pictures in it; have their text recognised")
            raise UnreadableReport(self._source.name, Reason.SCAN, detail)

    def _encrypted(self) -> UnreadableReport:
        detail = Message("it asks for a password; save it without")
        return UnreadableReport(self._source.name, Reason.ENCRYPTED, detail)

    def _damaged(self, detail: str) -> UnreadableReport:
        return UnreadableReport(self._source.name, Reason.DAMAGED, detail)


def _fonts(table: bytes) -> Iterator[str]:
    """Give the names of the fonts: [MS-DOC] 2.9.286 (SttbfFfn)."""
    at = 4
    for _ in range(u16(table, 0) if table else 0):
        size = table[at]
        yield wide(table, at + 1 + _NAME_AT, max(0, size - _NAME_AT) // 2).partition("\0")[0]
        at += 1 + size
