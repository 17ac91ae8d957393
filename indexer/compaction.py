"""Which segments to merge, so that there are few and none is written often.

Segments grow from small to large as in a log-structured merge tree (O'Neil and others
1996): a new one is merged with those before it as long as they are not much larger, so
each is several times the size of the next. Beyond a limit segments are left as they are:
so a merge never takes much memory or time, whatever the size of the index.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

_RATIO = 3
"""A segment is merged with what comes after it unless it is more than so much larger."""

LARGEST = 4 << 20
"""Bytes that a merged segment may have, so that no run that adds little takes long. What a
long run writes at once may be larger, and is left alone."""


def tail_to_merge(sizes: Sequence[int]) -> int:
    """How many segments at the end to merge into one; 0 if none.

    Args:
        sizes: bytes of every segment, in order.
    """
    total = count = 0
    for size in reversed(sizes):
        if count and (size > _RATIO * total or total + size > LARGEST):
            break
        total += size
        count += 1
    return count if count > 1 else 0
