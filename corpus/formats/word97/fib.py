"""The file information block that a Word document opens with: [MS-DOC] 2.5."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from enum import IntEnum

from corpus.formats.word97.binary import u16, u32

MAGIC = 0xA5EC
FIRST_VERSION = 0xC0
"""The lowest nFib of Word 97; later versions write those of Word 97 too."""

_VERSION_AT = 0x02
_FLAGS_AT = 0x0A
_ENCRYPTED = 0x0100
_FIRST_TABLE = 0x0200
_STORIES_AT = 0x4C
_PARTS_AT = 0x9A


class Story(IntEnum):
    """The runs of text that follow one another in a document, in their order."""

    MAIN = 0
    FOOTNOTES = 1
    HEADERS = 2
    MACROS = 3
    COMMENTS = 4
    ENDNOTES = 5
    BOXES = 6
    HEADER_BOXES = 7


class Part(IntEnum):
    """Places of what a FIB points to, in its table: FibRgFcLcb97."""

    STYLES = 1
    FOOTNOTE_MARKS = 2
    FOOTNOTES = 3
    CHARACTERS = 12
    PARAGRAPHS = 13
    FONTS = 15
    PIECES = 33
    SHAPES = 40
    ENDNOTE_MARKS = 46
    ENDNOTES = 47
    DRAWINGS = 50
    BOXES = 56
    LISTS = 73
    LIST_INSTANCES = 74


@dataclass(frozen=True, slots=True)
class Fib:
    """The block, as far as it is needed.

    Attributes:
        data: the stream that it opens.
    """

    data: bytes

    @property
    def is_word(self) -> bool:
        """Whether it is such a block at all."""
        return len(self.data) >= _PARTS_AT and u16(self.data, 0) == MAGIC

    @property
    def version(self) -> int:
        """Which version of the format it is: nFib."""
        return u16(self.data, _VERSION_AT)

    @property
    def is_encrypted(self) -> bool:
        """Whether a password is needed."""
        return bool(u16(self.data, _FLAGS_AT) & _ENCRYPTED)

    @property
    def table(self) -> str:
        """The name of the stream that the parts are in."""
        return "1Table" if u16(self.data, _FLAGS_AT) & _FIRST_TABLE else "0Table"

    def story(self, story: Story) -> range:
        """Give where a story stands in the text.

        Raises:
            struct.error: the block breaks off.
        """
        counts = struct.unpack_from("<8i", self.data, _STORIES_AT)
        start = sum(max(0, count) for count in counts[:story])
        return range(start, start + max(0, counts[story]))

    def place(self, part: Part) -> tuple[int, int]:
        """Give where a part stands in the table stream, and its size.

        Raises:
            struct.error: the block breaks off.
        """
        at = _PARTS_AT + 8 * part
        return u32(self.data, at), u32(self.data, at + 4)

    def part(self, part: Part, table: bytes) -> bytes:
        """Give a part, empty if there is none, shorter if the stream ends before it does.

        Raises:
            struct.error: the block breaks off.
        """
        start, size = self.place(part)
        return table[start : start + size]
