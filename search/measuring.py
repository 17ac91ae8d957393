"""Where a quantity stands next to a word: the first behind it in its clause, or the last before.

A clause goes from one of 。！？；，： or the beginning of a paragraph to the next of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import ParagraphSegment
    from indexer.quantity_arrays import Quantities

    from .proximity import Matches
    from .query import Measured

    Numbers = NDArray[np.int64]


def next_to(
    words: Matches, quantities: Quantities, node: Measured, segment: ParagraphSegment
) -> tuple[Numbers, Numbers]:
    """Find the words next to which a quantity stands that is as it has to be.

    Args:
        words: where a word stands.
        quantities: those of the kind that is asked for.
        node: what the quantity has to be.
        segment: where all of it stands.

    Returns:
        The number of each of those words, and that of its quantity.
    """
    # One more, in no clause, is behind the last and before the first.
    clauses = np.append(_clauses(quantities.starts, segment), 0)
    behind = np.searchsorted(quantities.starts, words.ends)
    before = np.searchsorted(quantities.ends, words.starts, "right") - 1
    is_behind = clauses[behind] == _clauses(words.ends - 1, segment)
    is_before = clauses[before] == _clauses(words.starts, segment)
    nearest = np.where(is_behind, behind, before)
    numbers = np.flatnonzero(is_behind | is_before)
    values = quantities.values[nearest[numbers]]
    numbers = numbers[(values > node.above) & (values < node.below)]
    return numbers, nearest[numbers]


def _clauses(places: Numbers, segment: ParagraphSegment) -> Numbers:
    """The number of the clause of each place, from 1."""
    starts = segment.clause_starts
    return np.searchsorted(starts, places.astype(starts.dtype), "right")
