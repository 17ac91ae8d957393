"""Near-duplicates: which reports say nearly the same, and how nearly; which paragraphs the same.

A report is sketched by the least hashes of its shingles, every five characters that follow
one another (Broder, On the Resemblance and Containment of Documents, 1997), one permutation
for all (Li, Owen and Zhang, One Permutation Hashing, 2012). Two sketches agree in as large
a share of their places as the reports have shingles in common (the Jaccard coefficient).
Those that agree in one of many bands of places are compared (Indyk and Motwani, 1998).
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from .code_points import code_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_SHINGLE = 5
"""Characters: fewer and different reports share their phrases, more and a changed word
costs too much."""

PLACES = 128
"""Places of a sketch: a similarity of 0.7 comes out with a standard error of 0.04."""

SKETCH_BYTES = PLACES * 2

_BAND = 4
"""Places that have to agree all: reports that are similar by a half are compared with a
probability of 0.87, by 0.7 with 0.9999."""

_NOTHING = np.uint16(0)
"""Stands where a short report has no shingle."""

_NEIGHBOURS = 16
"""How many of those with the same band a report is compared with: where hundreds are
nearly the same, each is linked to some."""

LEAST = 0.5
"""The similarity from which reports are linked."""

_MULTIPLIERS = np.array(
    [
        0x9E3779B97F4A7C15,
        0xC2B2AE3D27D4EB4F,
        0x165667B19E3779F9,
        0xD6E8FEB86659FD93,
        0xA0761D6478BD642F,
    ],
    np.uint64,
)
_MIX = np.uint64(0xFF51AFD7ED558CCD)


def sketch(folded: str) -> bytes:
    """Sketch a text.

    Args:
        folded: the text; white space and signs do not count.

    Returns:
        `SKETCH_BYTES` bytes.
    """
    letters = "".join(filter(str.isalnum, folded))
    codes = code_points(letters).astype(np.uint64)
    places = np.full(PLACES, _NOTHING)
    if len(codes) < _SHINGLE:
        return places.tobytes()
    count = len(codes) - _SHINGLE + 1
    hashes = np.zeros(count, np.uint64)
    for offset, multiplier in enumerate(_MULTIPLIERS):
        hashes += codes[offset : offset + count] * multiplier
    hashes ^= hashes >> np.uint64(33)
    hashes *= _MIX
    hashes ^= hashes >> np.uint64(29)
    hashes.sort()
    bins = hashes >> np.uint64(57)
    firsts = np.flatnonzero(np.concatenate([[True], bins[1:] != bins[:-1]]))
    # The low bits of a least hash are as good as any; 0 is taken.
    places[bins[firsts]] = np.maximum(hashes[firsts].astype(np.uint16), 1)
    return places.tobytes()


def fingerprint(folded: str) -> int:
    """Tell a text from others: the same number for the same text, white space left out.

    Args:
        folded: the text.

    Returns:
        64 bits of its BLAKE2b hash.
    """
    letters = "".join(folded.split()).encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(letters, digest_size=8).digest(), "little")


@dataclass(frozen=True, slots=True)
class Links:
    """Which reports are linked, a link a row, in the order of the first.

    Attributes:
        first: the row of a report.
        second: the row of one that is nearly the same.
        percent: how nearly, in hundredths.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    percent: NDArray[np.uint8]


def link(sketches: Sequence[bytes]) -> Links:
    """Find the near-duplicates among sketched reports; each link is told from both sides."""
    table = np.frombuffer(b"".join(sketches), np.uint16).reshape(-1, PLACES)
    pairs = _candidates(table)
    first, second = pairs // max(1, len(table)), pairs % max(1, len(table))
    likeness = _likeness(table, first, second)
    close = likeness >= LEAST
    first, second, likeness = first[close], second[close], likeness[close]
    both = np.concatenate([first, second]), np.concatenate([second, first])
    percent = np.tile(np.round(likeness * 100).astype(np.uint8), 2)
    order = np.lexsort((both[1], -percent.astype(np.int64), both[0]))
    return Links(both[0][order], both[1][order], percent[order])


def _candidates(table: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Pairs of rows that agree in a band, as `first * rows + second` with first < second."""
    rows = len(table)
    bands = np.ascontiguousarray(table).view(np.uint64)
    found = [np.zeros(0, np.int64)]
    for band in bands.T:
        order = np.argsort(band, kind="stable")
        keys = band[order]
        for step in range(1, min(_NEIGHBOURS, rows - 1) + 1):
            same = np.flatnonzero((keys[step:] == keys[:-step]) & (keys[step:] != 0))
            if not len(same):
                break
            found.append(order[same] * rows + order[same + step])
    return np.unique(np.concatenate(found))


def _likeness(
    table: NDArray[np.uint16], first: NDArray[np.int64], second: NDArray[np.int64]
) -> NDArray[np.float64]:
    """The share of places in which rows agree, of those where either has something."""
    likeness = np.zeros(len(first))
    for start in range(0, len(first), _AT_ONCE):
        part = slice(start, start + _AT_ONCE)
        one, other = table[first[part]], table[second[part]]
        filled = ((one != _NOTHING) | (other != _NOTHING)).sum(axis=1)
        equal = ((one == other) & (one != _NOTHING)).sum(axis=1)
        likeness[part] = equal / np.maximum(filled, 1)
    return likeness


_AT_ONCE = 1 << 14
