"""Numbers and tables as binary Word documents hold them."""

from __future__ import annotations

import struct


def u16(data: bytes, at: int) -> int:
    """Give the two-byte number at a place.

    Raises:
        struct.error: the data end before it.
    """
    return int(struct.unpack_from("<H", data, at)[0])


def u32(data: bytes, at: int) -> int:
    """Give the four-byte number at a place.

    Raises:
        struct.error: the data end before it.
    """
    return int(struct.unpack_from("<I", data, at)[0])


def plc(data: bytes, size: int) -> tuple[tuple[int, ...], list[bytes]]:
    """Take a PLC apart: places in the text or the file, and an item between each two.

    [MS-DOC] 2.2.2.

    Args:
        data: the PLC.
        size: bytes of an item.

    Returns:
        The places, one more than items; none at all if there is no item.
    """
    count = max(0, len(data) - 4) // (4 + size)
    if not count:
        return (), []
    first = 4 * (count + 1)
    places = struct.unpack_from(f"<{count + 1}I", data)
    return places, [data[first + size * n : first + size * (n + 1)] for n in range(count)]


def wide(data: bytes, at: int, count: int) -> str:
    """Give characters of two bytes each, as many as there are."""
    return data[at : at + 2 * count].decode("utf-16-le", "replace")
