"""Variable-byte integers, many at a time.

Seven bits a byte, the lowest first; every byte but the last of a number has its highest
bit set (LEB128; Williams and Zobel 1999, "Compressing Integers for Fast File Access").
What is stored here are the steps between rising numbers, so what is wanted back are the
running sums; those need no number put together, only each byte's part added up, and
come out of a few operations over the whole array.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MORE = 0x80
_BITS = 7
_LONGEST = 5
"""Bytes of the longest number, which is below 2**32."""


def encode(numbers: NDArray[np.uint32]) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """Encode numbers one after the other.

    Returns:
        The bytes, and the end of each number in them.
    """
    sizes = np.ones(len(numbers), np.uint8)
    for size in range(1, _LONGEST):
        sizes += numbers >= np.uint32(1 << _BITS * size)
    ends = np.cumsum(sizes, dtype=np.int64)
    encoded = np.empty(int(ends[-1]) if len(ends) else 0, np.uint8)
    starts = ends - sizes
    encoded[starts] = numbers & np.uint32(_MORE - 1)
    longer = np.flatnonzero(sizes > 1)
    place = 1
    while len(longer):
        encoded[starts[longer] + place - 1] |= _MORE
        digit = (numbers[longer] >> np.uint32(_BITS * place)) & np.uint32(_MORE - 1)
        encoded[starts[longer] + place] = digit
        place += 1
        longer = longer[sizes[longer] > place]
    return encoded, ends


def running_sums(encoded: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """The running sums, modulo 2**32, of numbers that follow one another.

    Raises:
        ValueError: the last number does not end, or one is longer than any can be.
    """
    more = encoded >> _BITS
    if not more.any():
        return np.cumsum(encoded.astype(np.uint32), dtype=np.uint32)
    # By numbers, not by truth values: those of bytes come and go too irregularly.
    ends = (more == 0).nonzero()[0]
    if more[-1]:
        raise ValueError("a number does not end")
    longest = max(int(ends[0]) + 1, int((ends[1:] - ends[:-1]).max(initial=1)))
    if longest > _LONGEST:
        raise ValueError("a number is too long")
    shifts = np.zeros(len(encoded), np.uint8)
    before = more[:-1]  # before[i]: all of the `place` bytes that begin at i have more to come
    for place in range(1, longest):
        shifts[place:] += before
        before = before[:-1] & more[place:-1]
    shifts *= np.uint8(_BITS)
    parts = (encoded & (_MORE - 1)).astype(np.uint32)
    np.left_shift(parts, shifts, out=parts)
    np.cumsum(parts, out=parts)
    sums: NDArray[np.uint32] = parts.take(ends)
    return sums
