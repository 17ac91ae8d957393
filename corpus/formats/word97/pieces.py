"""The text of a Word document, put together of its pieces: [MS-DOC] 2.4.1 and 2.9.38.

Text lies in the file in the order in which it was written; the piece table says in which
order it is read. A piece is stored in two bytes a character or, if all of it is in the
Western code page, in one.
"""

from __future__ import annotations

import codecs
import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.formats.word97.binary import plc, u16, u32
from corpus.formats.word97.sprms import of_piece

if TYPE_CHECKING:
    from collections.abc import Iterator

_PROPERTIES, _TABLE = b"\x01", b"\x02"
_PIECE = 8
_COMPRESSED = 0x4000_0000
_AMPLE = 1 << 16

_WESTERN = "".join(
    codecs.decode(bytes((code,)), "cp1252", "ignore") or chr(code) for code in range(256)
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text.

    Attributes:
        start: its first character's place in the text.
        end: the place after its last.
        offset: where it begins in the file.
        width: bytes that a character takes there.
        properties: what is set for all of it, on top of all else.
    """

    start: int
    end: int
    offset: int
    width: int
    properties: bytes

    def offset_of(self, place: int) -> int:
        """Give where a character of the piece lies in the file."""
        return self.offset + (place - self.start) * self.width


class Text:
    """All the text of a document, one character for each of its places.

    So characters beyond the basic plane are two halves in it.

    Args:
        stream: the stream that the text is in.
        pieces: the part of the table stream that says how: Clx.

    Raises:
        ValueError: there is no such part, or it claims more than the stream can hold.
        struct.error: it breaks off.
    """

    def __init__(self, stream: bytes, pieces: bytes) -> None:
        self.pieces = list(_pieces(pieces))
        self._starts = [piece.start for piece in self.pieces]
        self.missing = 0
        """How many characters the stream ends before."""
        length = sum((piece.end - piece.start) * piece.width for piece in self.pieces)
        if length > 2 * len(stream) + _AMPLE:
            raise ValueError("the table of its text claims more than there is")
        self.characters = "".join(self._read(stream, piece) for piece in self.pieces)

    def piece_at(self, place: int) -> Piece | None:
        """Give the piece that a character is in."""
        at = bisect_right(self._starts, place) - 1
        return self.pieces[at] if at >= 0 and place < self.pieces[at].end else None

    def _read(self, stream: bytes, piece: Piece) -> str:
        count = piece.end - piece.start
        data = stream[piece.offset : piece.offset + count * piece.width]
        if piece.width == 1:
            text = codecs.charmap_decode(data, "strict", _WESTERN)[0]
        else:
            text = _units(data[: len(data) // 2 * 2])
        self.missing += count - len(text)
        return text.ljust(count, "\0")


def _units(data: bytes) -> str:
    text = data.decode("utf-16-le", "surrogatepass")
    if 2 * len(text) == len(data):
        return text
    return "".join(map(chr, struct.unpack(f"<{len(data) // 2}H", data)))


def _pieces(clx: bytes) -> Iterator[Piece]:
    at = 0
    properties: list[bytes] = []
    while clx[at : at + 1] == _PROPERTIES:
        size = u16(clx, at + 1)
        properties.append(clx[at + 3 : at + 3 + size])
        at += 3 + size
    if clx[at : at + 1] != _TABLE:
        raise ValueError("the table of its text is missing")
    places, items = plc(clx[at + 5 : at + 5 + u32(clx, at + 1)], _PIECE)
    last = 0
    for (start, end), item in zip(pairwise(places), items, strict=True):
        if start != last or end < start:
            raise ValueError("the table of its text is out of order")
        last = end
        offset = u32(item, 2)
        width, offset = (1, (offset & ~_COMPRESSED) // 2) if offset & _COMPRESSED else (2, offset)
        yield Piece(start, end, offset, width, of_piece(u16(item, 6), properties))
