"""The postings of a field as arrays: what `Postings` reads, made of where each term stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .checked import smallest
from .varint import encode

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from .checked import Arrays


class Cells(NamedTuple):
    """The texts of a field, in order.

    Attributes:
        starts: the first slot of each cell, and the end of the last; None if slots are cells.
        documents: the first document of each cell, and the end of the last; None if
            cells are documents.
        lengths: how many terms each cell has; None if that is how many slots it has.
    """

    starts: NDArray[Any] | None = None
    documents: NDArray[Any] | None = None
    lengths: NDArray[Any] | None = None

    def arrays(self, name: str) -> dict[str, NDArray[Any]]:
        """What there is of them, for `checked.write_arrays`."""
        columns = {"starts": self.starts, "documents": self.documents, "lengths": self.lengths}
        return {
            f"{name}.{column}": smallest(values)
            for column, values in columns.items()
            if values is not None
        }


def field_arrays(
    field: str, terms: Sequence[bytes], owners: NDArray[Any], slots: NDArray[Any], cells: Cells
) -> Arrays:
    """The arrays of a field from its occurrences in any order, for `checked.write_arrays`.

    Args:
        field: its name; the arrays' names begin with it.
        terms: sorted; those that occur nowhere are left out.
        owners: of every occurrence the place of its term among the terms.
        slots: of every occurrence its slot.
        cells: the texts.
    """
    return keyed_field_arrays(
        field, owners, slots, lambda present: [terms[owner] for owner in present], cells
    )


def keyed_field_arrays(
    field: str,
    keys: NDArray[Any],
    slots: NDArray[Any],
    terms_of: Callable[[list[int]], list[bytes]],
    cells: Cells,
) -> Arrays:
    """The same where terms are told by keys of which most may not occur.

    Args:
        field: its name.
        keys: of every occurrence a number of its term, below 2**32, in the order of terms.
        slots: of every occurrence its slot.
        terms_of: gives the terms of rising keys.
        cells: the texts.
    """
    occurrences = keys.astype(np.uint64)
    occurrences <<= np.uint64(32)
    occurrences |= slots.astype(np.uint64)
    occurrences.sort()
    slots = occurrences.astype(np.uint32)
    occurrences >>= np.uint64(32)
    is_first = changes(occurrences)
    present: list[int] = occurrences[is_first].tolist()
    del occurrences
    owners = np.cumsum(is_first, dtype=np.uint32) - np.uint32(1)
    return _postings_arrays(field, terms_of(present), owners, slots, cells)


def _postings_arrays(
    name: str,
    terms: Sequence[bytes],
    owners: NDArray[np.uint32],
    slots: NDArray[np.uint32],
    cells: Cells,
) -> Arrays:
    """The arrays of a field from its occurrences in order.

    Args:
        name: of the field.
        terms: all terms, sorted.
        owners: of every occurrence its term, rising; every term has one.
        slots: of every occurrence its slot, rising within a term.
        cells: the texts.
    """
    is_first = changes(owners)
    gaps = np.diff(slots, prepend=np.uint32(0))
    gaps[is_first] = slots[is_first]
    encoded, ends = encode(gaps)
    is_last = np.roll(is_first, -1)
    return {
        f"{name}.terms": b"".join(terms),
        f"{name}.term_ends": smallest(with_zero(np.cumsum([len(term) for term in terms]))),
        f"{name}.postings": encoded,
        f"{name}.posting_ends": smallest(with_zero(ends[is_last])),
        f"{name}.frequencies": smallest(_document_frequencies(owners, slots, cells)),
        **cells.arrays(name),
    }


def changes(values: NDArray[Any]) -> NDArray[np.bool_]:
    """Where a value is another than the one before it."""
    changes = np.ones(len(values), bool)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def steps(bounds: NDArray[Any]) -> NDArray[np.int64]:
    """The sizes of things of which the first one's start and all ends are given."""
    wide = bounds.astype(np.int64)
    sizes: NDArray[np.int64] = wide[1:] - wide[:-1]
    return sizes


def with_zero(ends: NDArray[Any]) -> NDArray[np.int64]:
    """Where things begin of which the ends are given, and where the last one ends."""
    return np.concatenate([np.zeros(1, np.int64), ends])


def _document_frequencies(
    owners: NDArray[np.uint32], slots: NDArray[np.uint32], cells: Cells
) -> NDArray[np.int64]:
    """In how many documents each term stands."""
    at = slots
    if cells.starts is not None:
        at = cell_table(cells.starts)[slots]
    is_new = changes(owners) | changes(at)
    if cells.documents is None:
        return np.bincount(owners[is_new])
    sizes = steps(cells.documents)[at[is_new]]
    return np.bincount(owners[is_new], weights=sizes).astype(np.int64)


def cell_table(starts: NDArray[Any]) -> NDArray[np.uint32]:
    """The cell of every slot."""
    return np.repeat(np.arange(len(starts) - 1, dtype=np.uint32), steps(starts))
