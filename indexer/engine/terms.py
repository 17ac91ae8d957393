"""The terms of a field in one segment: from its postings, or from a column of values."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer.storage.postings import Postings

    from .columns import CodedColumn

_REMEMBERED = 4096
"""Terms of a field whose numbers are remembered: each is asked for several times a query."""


class Terms(Protocol):
    """The terms of a field, numbered in the order of their bytes."""

    def __len__(self) -> int:
        """How many there are."""

    def find(self, term: bytes) -> int | None:
        """The number of a term, if it is one."""

    def position(self, term: bytes) -> int:
        """How many terms are before it."""

    def terms(self, first: int = 0, end: int | None = None) -> Sequence[bytes]:
        """The terms numbered [first, end)."""

    def document_frequency(self, number: int) -> int:
        """In how many documents a term stands, deleted ones included."""

    def documents_of(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which documents a term stands in, in order, and how often in each."""

    def documents_of_each(
        self, first: int, end: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The same of each of the terms numbered [first, end), and of each document the term."""

    def documents_between(self, first: int, end: int) -> NDArray[np.int64]:
        """Which documents any of the terms numbered [first, end) stands in, in order."""

    def lengths(self) -> NDArray[np.int64]:
        """How many terms every document has for the scores: 0 in fields that are not scored."""


class StoredTerms:
    """The terms of a field that was indexed.

    Args:
        postings: of the field.
    """

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self.find = lru_cache(_REMEMBERED)(postings.find)
        self.position = postings.position
        self.terms = postings.terms
        self.document_frequency = postings.document_frequency
        self.documents_of = postings.documents_of
        self.documents_of_each = postings.documents_of_each
        self.lengths = postings.lengths

    def __len__(self) -> int:
        """See `Terms`."""
        return len(self._postings)

    def documents_between(self, first: int, end: int) -> NDArray[np.int64]:
        """See `Terms`."""
        slots, _ = self._postings.slots_between(first, end)
        if not len(slots):
            return np.zeros(0, np.int64)
        taken = np.zeros(int(slots.max()) + 1, bool)
        taken[slots] = True
        documents, _ = self._postings.in_documents(np.flatnonzero(taken).astype(np.uint32))
        return documents


class ColumnTerms:
    """A column seen as a field: a document's one term is its value.

    Args:
        column: of bytes; an empty value is none. Values that no document has are no terms.
    """

    def __init__(self, column: CodedColumn) -> None:
        self.column = column
        frequencies = np.bincount(column.codes, minlength=len(column.values))
        if len(column.values) and not column.values[0]:
            frequencies[0] = 0
        self._codes = np.flatnonzero(frequencies)
        self._frequencies = frequencies[self._codes]
        self._terms: list[Any] = [column.values[code] for code in self._codes.tolist()]

    def __len__(self) -> int:
        """See `Terms`."""
        return len(self._terms)

    def find(self, term: bytes) -> int | None:
        """See `Terms`."""
        number = self.position(term)
        return number if number < len(self) and self._terms[number] == term else None

    def position(self, term: bytes) -> int:
        """See `Terms`."""
        return bisect_left(self._terms, term)

    def terms(self, first: int = 0, end: int | None = None) -> Sequence[bytes]:
        """See `Terms`."""
        return self._terms[first:end]

    def document_frequency(self, number: int) -> int:
        """See `Terms`."""
        return int(self._frequencies[number])

    def documents_of(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """See `Terms`."""
        documents = np.flatnonzero(self.column.codes == self._codes[number])
        return documents, np.ones(len(documents), np.int64)

    def documents_of_each(
        self, first: int, end: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """See `Terms`."""
        documents = self.documents_between(first, end)
        numbers = np.searchsorted(self._codes, self.column.codes[documents])
        return documents, np.ones(len(documents), np.int64), numbers

    def documents_between(self, first: int, end: int) -> NDArray[np.int64]:
        """See `Terms`."""
        if first >= end:
            return np.zeros(0, np.int64)
        codes = self.column.codes
        return np.flatnonzero((codes >= self._codes[first]) & (codes <= self._codes[end - 1]))

    def lengths(self) -> NDArray[np.int64]:
        """See `Terms`."""
        return np.zeros(len(self.column.codes), np.int64)
