"""Folding of many texts at once: one look-up in an array for all their characters."""

from __future__ import annotations

import sys
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

import numpy as np

from .code_points import code_points
from .folding import fold

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

_UNKNOWN, _OTHER = 0, 1
"""Beside characters: one that was not met yet, and one that does not become just one."""


@lru_cache(maxsize=1)
def _folded() -> NDArray[np.uint32]:
    """What each character becomes; filled in as they are met.

    Neither of the two numbers that mean something else is what any character becomes: those
    are control characters, and only what they are in a text already.
    """
    return np.zeros(sys.maxunicode + 1, np.uint32)


def fold_texts(texts: Sequence[str]) -> list[str]:
    """Fold each of some texts as `fold` does."""
    codes = code_points("".join(texts))
    table = _folded()
    found = table.take(codes)
    new = np.unique(codes[found == _UNKNOWN])
    if len(new):
        for code in new.tolist():
            becomes = fold(chr(code))
            table[code] = ord(becomes) if len(becomes) == 1 else _OTHER
        found = table.take(codes)
    ends = list(accumulate(map(len, texts), initial=0))
    joined = found.tobytes().decode("utf-32-le", "surrogatepass")
    folded = [joined[start:end] for start, end in pairwise(ends)]
    others = np.searchsorted(ends, np.flatnonzero(found <= _OTHER), "right") - 1
    for number in np.unique(others).tolist():
        folded[number] = fold(texts[number])
    return folded
