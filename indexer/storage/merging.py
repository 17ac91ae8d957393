"""Merging segments: the arrays of several, without what is deleted, as those of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .posting_arrays import Cells, field_arrays, steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .checked import Arrays
    from .segment import Segment


def merged_postings(field: str, segments: Sequence[Segment]) -> Arrays:
    """A field's postings of several segments as those of one, without what is deleted."""
    numbers: dict[bytes, int] = {}
    owners, slots, parts = [], [], []
    first_slot = 0
    for segment in segments:
        postings, living = segment.postings(field), segment.living
        old = postings.arrangement()
        part, new_slots = _kept(old, living, first_slot)
        at, of = postings.slots_between(0, len(postings))
        moved = new_slots[at]
        stays = moved >= 0
        known = np.fromiter(
            (numbers.setdefault(term, len(numbers)) for term in postings.terms()), np.int64
        )
        owners.append(known[of[stays]])
        slots.append(moved[stays])
        parts.append(part)
        first_slot += int((new_slots >= 0).sum())
    terms, rank = _ranked(list(numbers))
    return field_arrays(
        field, terms, rank[np.concatenate(owners)], np.concatenate(slots), _joined(parts)
    )


def _ranked(terms: list[bytes]) -> tuple[list[bytes], NDArray[np.int64]]:
    """Terms sorted, and of each of them as it was given its place among the sorted."""
    order = sorted(range(len(terms)), key=terms.__getitem__)
    rank = np.empty(len(terms), np.int64)
    rank[order] = np.arange(len(terms))
    return [terms[number] for number in order], rank


def _kept(
    cells: Cells, living: NDArray[np.bool_], first_slot: int
) -> tuple[Cells, NDArray[np.int64]]:
    """What is left of some cells without the deleted documents.

    Args:
        cells: of one segment.
        living: of its documents.
        first_slot: how many slots come before.

    Returns:
        The cells, their starts and documents given by sizes, and of every old slot its
        new number, -1 for those that go.
    """
    if cells.documents is None:
        stays, sizes = living, None
    else:
        before = np.concatenate([np.zeros(1, np.int64), np.cumsum(living)])
        sizes = steps(before[cells.documents])
        stays = sizes > 0
        sizes = sizes[stays]
    lengths = None if cells.lengths is None else cells.lengths[stays]
    if cells.starts is None:
        slot_stays, starts = stays, None
    else:
        widths = steps(cells.starts)
        slot_stays, starts = np.repeat(stays, widths), widths[stays]
    moved = np.where(slot_stays, np.cumsum(slot_stays) - 1 + first_slot, -1)
    return Cells(starts, sizes, lengths), moved


def _joined(parts: Sequence[Cells]) -> Cells:
    """Cells of several segments, given by sizes, one after the other."""

    def bounds(sizes: list[NDArray[Any] | None]) -> NDArray[np.int64] | None:
        known = [values for values in sizes if values is not None]
        return np.cumsum(np.concatenate([[0], *known]), dtype=np.int64) if known else None

    lengths = [part.lengths for part in parts if part.lengths is not None]
    return Cells(
        bounds([part.starts for part in parts]),
        bounds([part.documents for part in parts]),
        np.concatenate(lengths) if lengths else None,
    )
