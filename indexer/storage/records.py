"""Records: byte strings kept in order, compressed some at a time.

A record is reached by its number; only the block of about 2 KiB that it stands in is
unpacked (DEFLATE, RFC 1951, through zlib), and many blocks are remembered. So small
blocks pack well because all of them begin where a sample of the records ends (a preset
dictionary, RFC 1950). They are made by `record_arrays`.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections import OrderedDict
from functools import cached_property
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

from corpus.messages import Message

from .record_arrays import RAW, Blocks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .checked import CheckedFile

_LARGEST = 1 << 30
"""Bytes that a block may unpack to: a record is at most a paragraph."""

_KEPT = 1 << 13
"""Blocks that are remembered unpacked: 16 MiB."""


class Records:
    """Records read from a checked file.

    Args:
        file: where they are.
        name: what they are called there.
    """

    def __init__(self, file: CheckedFile, name: str) -> None:
        self._file = file
        self._name = name
        self._packed = file.column(f"{name}.packed")
        self._packed_ends = file.column(f"{name}.packed_ends")
        self._block_ends = file.column(f"{name}.block_ends")
        self._sizes = file.column(f"{name}.sizes")
        self._kept: OrderedDict[int, tuple[bytes, list[int]]] = OrderedDict()
        if len(self._packed_ends) != len(self._block_ends):
            raise file.damaged(Message("blocks of records differ in number"))

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._sizes)

    def __getitem__(self, number: int) -> bytes:
        """A record by its number.

        Raises:
            IndexCorrupt: there is none.
        """
        if not 0 <= number < len(self):
            raise self._file.damaged(Message("points to a record that is not there"))
        block = bisect_right(self._ends, number) - 1
        known = self._kept.get(block)
        if known is None:
            known = self._kept[block] = self._unpacked(block)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        data, bounds = known
        place = number - self._ends[block]
        return data[bounds[place] : bounds[place + 1]]

    def __iter__(self) -> Iterator[bytes]:
        """All records, in order."""
        for block in range(len(self._ends) - 1):
            data, bounds = self._unpacked(block)
            yield from (data[start:end] for start, end in pairwise(bounds))

    def blocks(self) -> Blocks:
        """All records, packed as they are.

        Raises:
            IndexCorrupt: they are not packed as they should be.
        """
        counts = [end - start for start, end in pairwise(self._ends)]
        ends = self._packed_ends.rising().tolist()
        packed = self._packed.bytes(ends[0], ends[-1])
        sizes = self._sizes.all()
        if sizes.min(initial=0) < 0:
            raise self._file.damaged(Message("a record is smaller than nothing"))
        return Blocks(
            [packed[start - ends[0] : end - ends[0]] for start, end in pairwise(ends)],
            counts,
            sizes,
        )

    def _unpacked(self, block: int) -> tuple[bytes, list[int]]:
        """The records of a block, and where each begins, and the last ends."""
        sizes = self._sizes.slice(*self._ends[block : block + 2]).tolist()
        if min(sizes, default=0) < 0:
            raise self._file.damaged(Message("a record is smaller than nothing"))
        bounds = list(accumulate(sizes, initial=0))
        total = bounds[-1]
        packed = self._packed.bytes(*self._packed_ends.pair(block))
        try:
            unpacker = zlib.decompressobj(RAW, zdict=self.sample)
            data = unpacker.decompress(packed, min(total, _LARGEST) + 1)
        except zlib.error as error:
            raise self._file.damaged(Message("records cannot be unpacked")) from error
        if len(data) != total:
            raise self._file.damaged(Message("records are not of their size"))
        return data, bounds

    @cached_property
    def sample(self) -> bytes:
        """What every block begins behind."""
        sample = self._file.column(f"{self._name}.sample")
        return sample.bytes(0, len(sample))

    @cached_property
    def _ends(self) -> list[int]:
        """The first record of each block, and the end of the last."""
        ends: list[int] = self._block_ends.rising().tolist()
        if not ends or ends[0] != 0 or ends[-1] != len(self):
            raise self._file.damaged(Message("blocks do not hold all records"))
        return ends

    def check(self) -> None:
        """Unpack every record.

        Raises:
            IndexCorrupt: one cannot be.
        """
        if sum(1 for _ in self) != len(self):
            raise self._file.damaged(Message("records are missing"))
