"""How single properties are set: [MS-DOC] 2.6, as far as lines of text depend on them.

A list of them (a grpprl) is a row of codes, each with an operand whose size the code
tells. What is not needed here is passed over.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import TYPE_CHECKING

from corpus.formats.word97.binary import u16

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


class Sprm(IntEnum):
    """Properties that are read, by their codes."""

    DELETED = 0x0800
    BOLD = 0x0835
    HIDDEN = 0x083C
    SPECIAL = 0x0855
    CHARACTER_STYLE = 0x4A30
    SYMBOL = 0x6A09
    PARAGRAPH_STYLE = 0x4600
    IN_TABLE = 0x2416
    ENDS_ROW = 0x2417
    ENDS_INNER_CELL = 0x244B
    ENDS_INNER_ROW = 0x244C
    DEPTH = 0x6649
    OUTLINE = 0x2640
    LIST_LEVEL = 0x260A
    LIST = 0x460B


_READ = frozenset(Sprm)
_ELSEWHERE = frozenset({0x6645, 0x6646, 0x646B})
"""Their operand is the place of more of them in the data stream: sprmPHugePapx, sprmPTableProps."""

_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_TABLE_DEFINITION = 0xD608
_TABS = 0xC615
_COMPUTED = 0xFF

_OF_PIECES = {
    0x0C: Sprm.LIST_LEVEL,
    0x18: Sprm.IN_TABLE,
    0x19: Sprm.ENDS_ROW,
    0x41: Sprm.DELETED,
    0x55: Sprm.BOLD,
    0x5C: Sprm.HIDDEN,
}
"""What a piece may set in short: [MS-DOC] 2.9.214."""


def of_piece(modifier: int, properties: Sequence[bytes]) -> bytes:
    """Give the list of properties that a piece sets.

    Args:
        modifier: its Prm: the number of a list, or a property in short.
        properties: the lists of the piece table.
    """
    if modifier & 1:
        return properties[modifier >> 1] if modifier >> 1 < len(properties) else b""
    sprm = _OF_PIECES.get(modifier >> 1 & 0x7F)
    return b"" if sprm is None else struct.pack("<HB", sprm, modifier >> 8)


def settings(properties: bytes, data: bytes) -> Mapping[int, int]:
    """Give what a list of properties sets; of what is set twice, the last.

    Args:
        properties: the list. It is read as far as it makes sense.
        data: the data stream, where long lists go on.
    """
    found: dict[int, int] = {}
    for code, at, size in _walk(properties):
        if code in _READ:
            found[code] = int.from_bytes(properties[at : at + size], "little")
        elif code in _ELSEWHERE:
            start = int.from_bytes(properties[at : at + size], "little")
            more = data[start + 2 : start + 2 + int.from_bytes(data[start : start + 2], "little")]
            found.update(
                (inner, int.from_bytes(more[place : place + length], "little"))
                for inner, place, length in _walk(more)
                if inner in _READ
            )
    return found


def _walk(properties: bytes) -> Iterator[tuple[int, int, int]]:
    """Give each property's code, and the place and size of its operand."""
    at = 0
    while at + 2 < len(properties):
        code = u16(properties, at)
        at += 2
        size = _SIZES.get(code >> 13, 0)
        if not size:
            at, size = _variable(properties, code, at)
        yield code, at, size
        at += size


def _variable(properties: bytes, code: int, at: int) -> tuple[int, int]:
    """Give place and size of an operand that states its own size."""
    stated = properties[at]
    if code == _TABLE_DEFINITION:
        return at + 2, max(0, int.from_bytes(properties[at : at + 2], "little") - 1)
    if code == _TABS and stated == _COMPUTED:
        deleted = int.from_bytes(properties[at + 1 : at + 2], "little")
        added = at + 2 + 4 * deleted
        return at + 1, 2 + 4 * deleted + 3 * int.from_bytes(properties[added : added + 1], "little")
    return at + 1, stated


def symbol_of(operand: int) -> tuple[int, int]:
    """Take the operand of SYMBOL apart: the number of a font, and a character's code."""
    return operand & 0xFFFF, operand >> 16
