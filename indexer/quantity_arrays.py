"""The quantities of many texts as arrays, and as they are stored."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from .units import KINDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_STEP, _LENGTH, _VALUE, _KIND = map(np.dtype, ("<u4", "u1", "<f8", "u1"))
_SIZE = sum(dtype.itemsize for dtype in (_STEP, _LENGTH, _VALUE, _KIND))
_LEVEL = 6


@dataclass(frozen=True, slots=True)
class Quantities:
    """The quantities of texts that follow one another without anything between them.

    Attributes:
        starts: the place of the first character of each, rising.
        lengths: the characters of each.
        values: by the first unit of their kinds.
        kinds: their places in `units.KINDS`.
    """

    starts: NDArray[np.int64]
    lengths: NDArray[np.uint8]
    values: NDArray[np.float64]
    kinds: NDArray[np.uint8]

    @classmethod
    def of(cls, folded: str, lengths: Sequence[int]) -> Quantities:
        """Find them.

        Args:
            folded: the texts, folded.
            lengths: the characters of each text.
        """
        from .quantities import find_quantities  # for those who index

        ends = np.cumsum([0, *lengths])
        # A line break is in no quantity, so all texts can be searched in one go.
        apart = "\n".join(folded[start:end] for start, end in pairwise(ends.tolist()))
        found = list(find_quantities(apart))
        starts, sizes, values, kinds = zip(*found, strict=True) if found else ((),) * 4
        places = np.array(starts, np.int64)
        breaks = np.searchsorted(ends[1:] + np.arange(len(lengths)), places, "right")
        return cls(
            places - breaks,
            np.array(sizes, _LENGTH),
            np.array(values, _VALUE),
            np.array(kinds, _KIND),
        )

    @classmethod
    def joined(cls, parts: Sequence[Quantities]) -> Quantities:
        """Those of several runs of texts, with places in all of them."""
        return cls(
            np.concatenate([np.zeros(0, np.int64), *(part.starts for part in parts)]),
            np.concatenate([np.zeros(0, _LENGTH), *(part.lengths for part in parts)]),
            np.concatenate([np.zeros(0, _VALUE), *(part.values for part in parts)]),
            np.concatenate([np.zeros(0, _KIND), *(part.kinds for part in parts)]),
        )

    def moved(self, by: NDArray[np.int64] | int) -> Quantities:
        """The same at places that are further on."""
        return Quantities(self.starts + by, self.lengths, self.values, self.kinds)

    def __getitem__(self, which: NDArray[np.bool_]) -> Quantities:
        """Some of them."""
        return Quantities(
            self.starts[which], self.lengths[which], self.values[which], self.kinds[which]
        )

    @property
    def ends(self) -> NDArray[np.int64]:
        """The place after the last character of each, rising."""
        return self.starts + self.lengths

    def of_kind(self, kind: int) -> Quantities:
        """Those of a kind."""
        return self[self.kinds == kind]

    def packed(self) -> bytes:
        """All of them, to be stored: column after column, DEFLATEd."""
        steps = np.diff(self.starts, prepend=0).astype(_STEP)
        columns = (steps, self.lengths, self.kinds, self.values.astype(_VALUE))
        return zlib.compress(b"".join(column.tobytes() for column in columns), _LEVEL)

    @classmethod
    def unpacked(cls, data: bytes, end: int) -> Quantities:
        """What `packed` gave.

        Args:
            data: the bytes.
            end: where the texts end.

        Raises:
            ValueError: they are no quantities of such texts.
        """
        unpacking = zlib.decompressobj()
        try:
            plain = unpacking.decompress(data, _SIZE * end + 1)
        except zlib.error as error:
            raise ValueError("its quantities are not packed") from error
        count, rest = divmod(len(plain), _SIZE)
        columns = []
        offset = 0
        for dtype in (_STEP, _LENGTH, _KIND, _VALUE):
            columns.append(np.frombuffer(plain, dtype, count if not rest else 0, offset))
            offset += count * dtype.itemsize
        steps, lengths, kinds, values = columns
        found = cls(np.cumsum(steps, dtype=np.int64), lengths, values, kinds)
        bounds = np.append(found.starts, end)
        if (
            rest
            or not unpacking.eof
            or (bounds[1:] < found.ends).any()
            or not np.isfinite(values).all()
            or not (kinds < len(KINDS)).all()
        ):
            raise ValueError("its quantities are not those of its texts")
        return found
