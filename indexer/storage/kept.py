"""Arrays that were worked out from files, kept in memory while they are asked for again.

What common terms stand in is most of what queries decode, and the same few thousand terms
come in most queries. All segments of an open index share one bound, so memory does not
grow with the index.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from .checked import smallest

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable

    from numpy.typing import NDArray

    Arrays = tuple[NDArray[Any], ...]

_MOST = 1 << 25
"""Bytes that are kept: 32 MiB."""

_LARGEST_SHARE = 16
"""What takes more than one in so many of them is not kept: it would drive out all else."""

_EACH = 300
"""Bytes that an entry takes beside its values."""


class Kept:
    """Arrays by what they are of, the least lately used dropped first. Threads may share it.

    Args:
        most: bytes to keep.
    """

    def __init__(self, most: int = _MOST) -> None:
        self._most = most
        self._taken = 0
        self._arrays: OrderedDict[Hashable, Arrays] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], Arrays]) -> Arrays:
        """What is kept by a key, made now if nothing is; it must not be written to.

        Args:
            key: says what they are of.
            make: makes them.
        """
        with self._lock:
            known = self._arrays.get(key)
            if known is not None:
                self._arrays.move_to_end(key)
                return known
        made = make()
        for array in made:
            array.flags.writeable = False
        size = _size(made)
        if size * _LARGEST_SHARE <= self._most:
            with self._lock:
                if key not in self._arrays:  # or another thread was quicker
                    self._arrays[key] = made
                    self._taken += size
                while self._taken > self._most:
                    self._taken -= _size(self._arrays.popitem(last=False)[1])
        return made

    def integers(
        self, key: Hashable, make: Callable[[], Iterable[NDArray[Any]]]
    ) -> tuple[NDArray[np.int64], ...]:
        """The same of integers of 0 and more, which are kept in the narrowest types."""
        kept = self.get(key, lambda: tuple(map(smallest, make())))
        return tuple(values.astype(np.int64) for values in kept)


def _size(arrays: Arrays) -> int:
    return _EACH + sum(array.nbytes for array in arrays)
