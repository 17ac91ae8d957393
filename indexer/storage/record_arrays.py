"""Records as arrays: what `Records` reads, packed in blocks."""

from __future__ import annotations

import zlib
from itertools import compress
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .checked import smallest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from .checked import Arrays
    from .records import Records

RAW = -15
"""zlib's sign for DEFLATE without a header: our files have their own checksums."""

_BLOCK = 1 << 11

_SAMPLE = 1 << 15
"""Bytes of a sample: DEFLATE looks no further back."""

_SAMPLE_SHARE = 16
"""A sample is no larger than one in so many bytes of all records."""

_LEVEL = 6


class RecordsWriter:
    """Gathers records, to be packed when all are known."""

    def __init__(self) -> None:
        self._records: list[bytes] = []

    def add(self, records: Iterable[bytes]) -> None:
        """Add records after those that are there."""
        self._records += records

    def arrays(self, name: str) -> Arrays:
        """The arrays of all records, for `checked.write_arrays`."""
        sample = self._sample(sum(map(len, self._records)))
        return _arrays(name, sample, [_packed(self._records, sample)])

    def _sample(self, total: int) -> bytes:
        """Records from everywhere, about as many bytes as a sample has."""
        wanted = min(_SAMPLE, total // _SAMPLE_SHARE)
        if not wanted:
            return b""
        step = max(1, len(self._records) * wanted // total)
        every = max(1, len(self._records) // step)
        return b"".join(self._records[::every])[:wanted]


class Blocks(NamedTuple):
    """Records that are packed.

    Attributes:
        packed: the blocks.
        counts: of each, how many records it has.
        sizes: of each record, how many bytes it has.
    """

    packed: Sequence[bytes]
    counts: Sequence[int]
    sizes: NDArray[Any]


def _packed(records: Sequence[bytes], sample: bytes) -> Blocks:
    packed, counts = [], []
    start = size = 0
    at_sample = zlib.compressobj(_LEVEL, zlib.DEFLATED, RAW, zdict=sample)
    for number, record in enumerate(records, 1):
        size += len(record)
        if size >= _BLOCK or number == len(records):
            packer = at_sample.copy()  # to go through the sample again takes as long as a block
            packed.append(packer.compress(b"".join(records[start:number])) + packer.flush())
            counts.append(number - start)
            start, size = number, 0
    return Blocks(packed, counts, np.array(list(map(len, records)), np.int64))


def _arrays(name: str, sample: bytes, parts: Sequence[Blocks]) -> Arrays:
    """The arrays of records that were packed with one sample, for `checked.write_arrays`."""
    packed = [block for part in parts for block in part.packed]
    counts = [count for part in parts for count in part.counts]
    return {
        f"{name}.sample": sample,
        f"{name}.packed": b"".join(packed),
        f"{name}.packed_ends": smallest(np.cumsum([0, *map(len, packed)])),
        f"{name}.block_ends": smallest(np.cumsum([0, *counts])),
        f"{name}.sizes": smallest(np.concatenate([part.sizes for part in parts])),
    }


def merged_records(
    name: str, files: Sequence[Records], kept: Sequence[NDArray[np.bool_]]
) -> Arrays:
    """The arrays of several files' records as those of one.

    To pack them is most of the work. So the file with most records, of those that have a good
    sample and lose none, keeps its blocks, and the others' records are packed by that sample.

    Args:
        name: of the records.
        files: in order.
        kept: of each file's records, which to keep.
    """
    stays = [
        2 * len(records.sample) >= _SAMPLE and len(keep) == len(records) and bool(keep.all())
        for records, keep in zip(files, kept, strict=True)
    ]
    if not any(stays):
        writer = RecordsWriter()
        for records, keep in zip(files, kept, strict=True):
            writer.add(compress(records, keep.tolist()))
        return writer.arrays(name)
    largest = max(compress(files, stays), key=len)
    return _arrays(
        name,
        largest.sample,
        [
            records.blocks()
            if records is largest
            else _packed(list(compress(records, keep.tolist())), largest.sample)
            for records, keep in zip(files, kept, strict=True)
        ],
    )
