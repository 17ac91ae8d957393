"""Records: byte strings kept in order, compressed some dozen at a time.

A record is reached by its number; only the block of about 16 KiB that it stands in is
unpacked (DEFLATE, RFC 1951, through zlib), and the last few blocks are remembered.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections import OrderedDict
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from .checked import smallest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from .checked import Arrays, CheckedFile

_BLOCK = 1 << 14
_LARGEST = 1 << 30
"""Bytes that a block may unpack to: a record is at most a paragraph."""

_KEPT = 1 << 10
"""Blocks that are remembered unpacked: 16 MiB."""


class RecordsWriter:
    """Gathers records and packs them as they come."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []
        self._bytes_waiting = 0
        self._packed: list[bytes] = []
        self._sizes: list[int] = []
        self._ends: list[int] = [0]

    def add(self, records: Iterable[bytes]) -> None:
        """Add records after those that are there."""
        for record in records:
            self._waiting.append(record)
            self._sizes.append(len(record))
            self._bytes_waiting += len(record)
            if self._bytes_waiting >= _BLOCK:
                self._pack()

    def add_from(self, others: Records, kept: NDArray[np.bool_]) -> None:
        """Add records of another file; full blocks of which all are kept are not repacked.

        Args:
            others: the other file's.
            kept: which of them to add.
        """
        for block in range(others.blocks):
            first, end, size = others.extent(block)
            if size >= _BLOCK and bool(kept[first:end].all()):
                if self._waiting:
                    self._pack()
                self._packed.append(others.packed(block))
                self._sizes += others.sizes(block)
                self._ends.append(len(self._sizes))
            elif bool(kept[first:end].any()):
                self.add(
                    record
                    for record, keep in zip(others.block(block), kept[first:end], strict=True)
                    if keep
                )

    def _pack(self) -> None:
        self._packed.append(zlib.compress(b"".join(self._waiting), 6))
        self._ends.append(len(self._sizes))
        self._waiting.clear()
        self._bytes_waiting = 0

    def arrays(self, name: str) -> Arrays:
        """The arrays of all records, for `checked.write_arrays`."""
        if self._waiting:
            self._pack()
        return {
            f"{name}.packed": b"".join(self._packed),
            f"{name}.packed_ends": smallest(np.cumsum([0, *map(len, self._packed)])),
            f"{name}.block_ends": smallest(self._ends),
            f"{name}.sizes": smallest(self._sizes),
        }


class Records:
    """Records read from a checked file.

    Args:
        file: where they are.
        name: what they are called there.
    """

    def __init__(self, file: CheckedFile, name: str) -> None:
        self._file = file
        self._packed = file.column(f"{name}.packed")
        self._packed_ends = file.column(f"{name}.packed_ends")
        self._block_ends = file.column(f"{name}.block_ends")
        self._sizes = file.column(f"{name}.sizes")
        self._kept: OrderedDict[int, list[bytes]] = OrderedDict()
        if len(self._packed_ends) != len(self._block_ends):
            raise file.damaged("blocks of records differ in number")

    def __len__(self) -> int:
        """How many records there are."""
        return len(self._sizes)

    def __getitem__(self, number: int) -> bytes:
        """A record by its number.

        Raises:
            IndexCorrupt: there is none.
        """
        if not 0 <= number < len(self):
            raise self._file.damaged("points to a record that is not there")
        block = bisect_right(self._ends, number) - 1
        records = self._kept.get(block)
        if records is None:
            records = self._kept[block] = self.block(block)
            while len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        place = number - self._ends[block]
        if not 0 <= place < len(records):
            raise self._file.damaged("a record is missing")
        return records[place]

    def __iter__(self) -> Iterator[bytes]:
        """All records, in order."""
        for block in range(self.blocks):
            yield from self.block(block)

    @property
    def blocks(self) -> int:
        """How many blocks there are."""
        return len(self._block_ends) - 1

    def extent(self, block: int) -> tuple[int, int, int]:
        """The numbers [first, end) of a block's records, and their bytes unpacked."""
        first, end = self._block_ends.at(block), self._block_ends.at(block + 1)
        return first, end, int(self._sizes.slice(first, end).sum())

    def sizes(self, block: int) -> list[int]:
        """The bytes of each record of a block."""
        first, end, _ = self.extent(block)
        sizes: list[int] = self._sizes.slice(first, end).tolist()
        return sizes

    def packed(self, block: int) -> bytes:
        """A block as it is stored."""
        return self._packed.bytes(self._packed_ends.at(block), self._packed_ends.at(block + 1))

    def block(self, block: int) -> list[bytes]:
        """The records of a block."""
        _, _, total = self.extent(block)
        try:
            data = zlib.decompressobj().decompress(self.packed(block), min(total, _LARGEST) + 1)
        except zlib.error as error:
            raise self._file.damaged("records cannot be unpacked") from error
        if len(data) != total:
            raise self._file.damaged("records are not of their size")
        ends = list(accumulate(self.sizes(block)))
        return [data[start:end] for start, end in zip([0, *ends], ends, strict=False)]

    @cached_property
    def _ends(self) -> list[int]:
        """The first record of each block, and the end of the last."""
        ends: list[int] = self._block_ends.rising().tolist()
        if not ends or ends[0] != 0 or ends[-1] != len(self):
            raise self._file.damaged("blocks do not hold all records")
        return ends

    def check(self) -> None:
        """Unpack every record.

        Raises:
            IndexCorrupt: one cannot be.
        """
        if sum(1 for _ in self) != len(self):
            raise self._file.damaged("records are missing")
