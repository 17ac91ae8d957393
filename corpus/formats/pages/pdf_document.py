"""The characters of PDF documents (ISO 32000) with their places, as PDFium gives them.

PDFium mends files that are cut off or have lost their table of objects, and says so. Every
call into it takes about a microsecond.
"""

from __future__ import annotations

import ctypes
import math
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import pypdfium2.raw as pdfium

from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Breaks, Draft, Source
from corpus.formats.pages import OUTLINES, Char, Layer, Page, Size, lines_of, title_among
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_REFUSALS: dict[int, tuple[Reason, str]] = {
    4: (Reason.ENCRYPTED, Message("it asks for a password; save it without")),
    5: (Reason.ENCRYPTED, Message("it is protected in a way that is not known; save it without")),
}
"""What FPDF_GetLastError says of a document that does not open."""

_DAMAGED = (Reason.DAMAGED, Message("it cannot be opened as a PDF document; fetch or save it anew"))

_SPACE = 0x20
_HYPHEN = 0x02
"""What PDFium gives for a hyphen at the end of a line."""
_BOLD_NAMES = ("bold", "black", "heavy", "simhei", "heiti", "\u9ed1\u4f53")
_LONGEST_NAME = 256
_LONGEST_TITLE = 1024
_SLANTED = 15
"""Degrees off the upright from which text is a stamp's or a watermark's."""


def read(source: Source) -> Draft:
    """Read the text layer of a PDF document, page by page.

    Raises:
        UnreadableReport: it asks for a password, is damaged or too large, or has pictures
            of pages in place of text.
    """
    with _opened(source) as document:
        return _Document(source, document).draft()


@contextmanager
def _opened(source: Source) -> Iterator[Any]:
    document = pdfium.FPDF_LoadMemDocument64(source.data, len(source.data), None)
    if not document:
        reason, detail = _REFUSALS.get(pdfium.FPDF_GetLastError(), _DAMAGED)
        raise UnreadableReport(source.name, reason, detail)
    try:
        yield document
    finally:
        pdfium.FPDF_CloseDocument(document)


class _Document:
    """A document that is open, and what was found while reading it."""

    def __init__(self, source: Source, document: Any) -> None:
        self._document = document
        self._layer = Layer(source, max(0, pdfium.FPDF_GetPageCount(document)))

    def draft(self) -> Draft:
        """Read all pages."""
        lines = lines_of(self._pages())
        self._layer.check()
        title = title_among(lines, self._stated_title())
        return Draft(lines, Breaks.MEANT, "", title, flaws=tuple(self._flaws()))

    def _pages(self) -> Iterator[Page]:
        for number in range(1, self._layer.count + 1):
            with ExitStack() as stack:
                page = pdfium.FPDF_LoadPage(self._document, number - 1)
                if page:
                    stack.callback(pdfium.FPDF_ClosePage, page)
                text = pdfium.FPDFText_LoadPage(page) if page else None
                if text:
                    stack.callback(pdfium.FPDFText_ClosePage, text)
                    yield self._page(number, page, text)
                else:
                    self._layer.unread.append(number)

    def _page(self, number: int, page: Any, text: Any) -> Page:
        self._layer.expect(number, max(0, pdfium.FPDFText_CountChars(text)))
        placed = _Characters(page, text)
        chars = tuple(placed)
        if self._layer.add(chars) and self._is_picture(page):
            self._layer.add_picture(number)
        return Page(number, placed.size, chars)

    def _is_picture(self, page: Any) -> bool:
        """Whether a page without text shows an image, or writing that is drawn as outlines."""
        count = pdfium.FPDFPage_CountObjects(page)
        things = (pdfium.FPDFPage_GetObject(page, index) for index in range(min(count, OUTLINES)))
        kinds = {pdfium.FPDFPageObj_GetType(thing) for thing in things if thing}
        shown = {pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_FORM, pdfium.FPDF_PAGEOBJ_SHADING}
        return count >= OUTLINES or not kinds.isdisjoint(shown)

    def _flaws(self) -> Iterator[str]:
        if not pdfium.FPDF_DocumentHasValidCrossReferenceTable(self._document):
            yield Message("it is damaged and was mended: parts of it may be missing")
        yield from self._layer.flaws()

    def _stated_title(self) -> str:
        size = pdfium.FPDF_GetMetaText(self._document, b"Title", None, 0)
        if not 0 < size <= _LONGEST_TITLE:
            return ""
        buffer = ctypes.create_string_buffer(size)
        pdfium.FPDF_GetMetaText(self._document, b"Title", buffer, size)
        return buffer.raw.decode("utf-16-le", "ignore").rstrip("\0")


@dataclass(frozen=True, slots=True)
class _Type:
    """How the characters of one text object are set; `turn` is None for slanted ones."""

    size: float
    strong: bool
    turn: int | None


class _Characters:
    """The characters of a page, in the order of the file.

    Spaces and line ends that PDFium made up are left out, and what is beyond the page.
    Every call into PDFium takes a microsecond, so type is asked for once a text object.
    """

    def __init__(self, page: Any, text: Any) -> None:
        self._text = text
        self._bounds = pdfium.FS_RECTF()
        pdfium.FPDF_GetPageBoundingBox(page, ctypes.byref(self._bounds))
        width = self._bounds.right - self._bounds.left
        self.size = Size(width, self._bounds.top - self._bounds.bottom)

    def __iter__(self) -> Iterator[Char]:
        """Give the characters; those of one glyph, such as a ligature's, together."""
        held: Char | None = None
        style: _Type | None = None
        for set_as, char in self._single():
            same = style is set_as and held is not None and held.left == char.left
            if held is not None and same and held.base == char.base:
                held = replace(held, text=held.text + char.text)
                continue
            if held is not None:
                yield held
            held, style = char, set_as
        if held is not None:
            yield held

    def _single(self) -> Iterator[tuple[_Type, Char]]:
        text = self._text
        x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
        at_x, at_y, at_box = ctypes.byref(x), ctypes.byref(y), ctypes.byref(box)
        set_in, style = 0, _Type(0.0, strong=False, turn=None)
        for index in range(pdfium.FPDFText_CountChars(text)):
            thing = pdfium.FPDFText_GetTextObject(text, index)
            code = pdfium.FPDFText_GetUnicode(text, index)
            made_up = code == _SPACE and pdfium.FPDFText_IsGenerated(text, index)
            if made_up or not thing or not code:
                continue
            here = ctypes.addressof(thing.contents)
            if here != set_in:
                set_in, style = here, self._type(index, thing)
            if style.turn is None:
                continue
            pdfium.FPDFText_GetCharOrigin(text, index, at_x, at_y)
            pdfium.FPDFText_GetLooseCharBox(text, index, at_box)
            if self._is_on_page(x.value, y.value):
                char = "-" if code == _HYPHEN else chr(code)
                yield style, self._char(char, x.value, y.value, box, style)

    def _char(self, char: str, x: float, y: float, box: Any, style: _Type) -> Char:
        turn = style.turn or 0
        left, base = self._upright(x, y, turn)
        ends = self._upright(box.left, box.top, turn), self._upright(box.right, box.bottom, turn)
        right = max(end[0] for end in ends)
        return Char(char, left, right, base, style.size, style.strong, turn)

    def _upright(self, x: float, y: float, turn: int) -> tuple[float, float]:
        return self.size.upright(x - self._bounds.left, self._bounds.top - y, turn)

    def _is_on_page(self, x: float, y: float) -> bool:
        bounds = self._bounds
        return bool(bounds.left <= x <= bounds.right and bounds.bottom <= y <= bounds.top)

    def _type(self, index: int, thing: Any) -> _Type:
        matrix = pdfium.FS_MATRIX()
        pdfium.FPDFText_GetMatrix(self._text, index, ctypes.byref(matrix))
        size = abs(pdfium.FPDFText_GetFontSize(self._text, index))
        angle = math.degrees(math.atan2(-matrix.b, matrix.a))
        return _Type(
            size * (math.hypot(matrix.c, matrix.d) or 1.0), self._is_bold(thing), _quarters(angle)
        )

    def _is_bold(self, thing: Any) -> bool:
        """Whether type is bold: by its name, or made so by drawing outlines too.

        The weight that fonts state is no help: programs leave it out or invent it.
        """
        mode = pdfium.FPDFTextObj_GetTextRenderMode(thing)
        if mode == pdfium.FPDF_TEXTRENDERMODE_FILL_STROKE:
            return True
        font = pdfium.FPDFTextObj_GetFont(thing)
        if not font:
            return False
        name = ctypes.create_string_buffer(_LONGEST_NAME)
        pdfium.FPDFFont_GetBaseFontName(font, name, _LONGEST_NAME)
        known = name.value.decode("utf-8", "replace").lower()
        return any(bold in known for bold in _BOLD_NAMES)


def _quarters(angle: float) -> int | None:
    """Give the quarter turns, clockwise, next to an angle; None if it is far from each."""
    turn = round(angle / 90)
    return turn % 4 if abs(angle - 90 * turn) <= _SLANTED else None
