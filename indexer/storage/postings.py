"""The postings of a field in one segment: terms in order, and where each one stands.

A field's texts are its cells. Where a term stands is given in slots, numbered through
the segment: either one slot a cell, so that a term that stands there twice has the slot
twice, or as many slots as the cell has characters, so that a slot is a place in the text.
A cell belongs to one document, or to several that follow one another: the headings above
twenty paragraphs are one cell.

Terms are sorted by their bytes. Each has its slots as variable-byte steps, those of the
next term following at once, so that all terms with a prefix are decoded in one go.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.messages import Message

from .kept import Kept
from .posting_arrays import Cells, cell_table, changes, steps, with_zero
from .varint import running_sums

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .checked import CheckedFile

_PATIENCE = 2
"""A table of the cells of all slots is made once so many times as many slots as there are
cells were looked up one by one: then that has taken as long as making it."""

_KEPT_HALVINGS = 12
"""Halvings of the terms after which a search for one reads them: before, they are kept."""

_READ_AT_ONCE = 48
"""Terms that are read in one go where a search ends: that takes no longer than two alone."""

_REMEMBERED = 1 << 13
"""Terms whose numbers are remembered."""


class Postings:
    """A field's postings, read from a segment's file.

    Args:
        file: the segment's file.
        name: of the field.
        documents: how many documents the segment has.
        kept: where to keep what is decoded; None for who reads all of it once.
    """

    def __init__(
        self, file: CheckedFile, name: str, documents: int, kept: Kept | None = None
    ) -> None:
        self._file = file
        self._kept = kept or Kept(0)
        self._mark = object()
        self._size = documents
        self._terms = file.column(f"{name}.terms")
        self._term_ends = file.column(f"{name}.term_ends")
        self._postings = file.column(f"{name}.postings")
        self._posting_ends = file.column(f"{name}.posting_ends")
        self._frequencies = file.column(f"{name}.frequencies")
        self._starts, self._documents, self._lengths = (
            file.column(f"{name}.{column}") if f"{name}.{column}" in file else None
            for column in ("starts", "documents", "lengths")
        )
        self._table: NDArray[np.uint32] | None = None
        self._looked_up = 0
        self._numbers: dict[bytes, int | None] = {}
        self._beginnings: dict[bytes, tuple[int, int]] = {}
        self._first_probes: dict[int, bytes] = {}
        self._page: tuple[int, list[bytes]] = (0, [])  # what comes next is often beside
        self._slots = self._slot_count()
        if not len(self._frequencies) + 1 == len(self._term_ends) == len(self._posting_ends):
            raise file.damaged(Message("arrays of a field differ in length"))
        cells = documents if self._documents is None else len(self._documents) - 1
        if (self._starts is not None and len(self._starts) != cells + 1) or (
            self._lengths is not None and len(self._lengths) != cells
        ):
            raise file.damaged(Message("a field has not as many texts as it should"))

    def __len__(self) -> int:
        """How many terms there are."""
        return len(self._frequencies)

    @property
    def is_full(self) -> bool:
        """Whether a term can stand in every slot: each takes a byte at the least."""
        return self._slots <= len(self._postings)

    def term(self, number: int) -> bytes:
        """A term by its number."""
        return self._terms.bytes(*self._term_ends.pair(number))

    def terms(self, first: int = 0, end: int | None = None) -> list[bytes]:
        """The terms numbered [first, end), in order."""
        ends = self._term_ends.slice(first, (len(self) if end is None else end) + 1).tolist()
        blob, base = self._terms.bytes(ends[0], ends[-1]), ends[0]
        return [blob[start - base : stop - base] for start, stop in pairwise(ends)]

    def all_terms(self) -> tuple[str, NDArray[np.int64]]:
        """All terms as one text, and where in it each begins and the last ends."""
        ends = self._term_ends.rising().astype(np.int64)
        if ends[0] != 0 or ends[-1] != len(self._terms):
            raise self._file.damaged(Message("terms do not fit their places"))
        encoded = self._terms.bytes(0, len(self._terms))
        try:
            text = encoded.decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise self._file.damaged(Message("a term is no text")) from error
        begins = (np.frombuffer(encoded, np.uint8) & 0xC0) != 0x80  # noqa: PLR2004 (UTF-8)
        return text, with_zero(np.cumsum(begins))[ends]

    def position(self, term: bytes) -> int:
        """How many terms are before `term`; the number that it has, if it is one."""
        return self._look_up(term)[0]

    def _look_up(self, term: bytes) -> tuple[int, bool]:
        """How many terms are before `term`, and whether it is one itself."""
        first, page = self._page
        if not (page and page[0] <= term <= page[-1]):
            self._page = first, page = self._page_of(term)
        place = bisect_left(page, term)
        return first + place, place < len(page) and page[place] == term

    def _page_of(self, term: bytes) -> tuple[int, list[bytes]]:
        """Terms that follow one another, where a term is or would be, and the first's number."""
        low, high = 0, len(self)
        narrow = high >> _KEPT_HALVINGS
        while high - low > _READ_AT_ONCE:
            middle = (low + high) // 2
            probed = self.term(middle) if high - low <= narrow else self._probed(middle)
            if probed < term:
                low = middle + 1
            elif probed > term:
                high = middle
            else:
                return middle, [term]
        return low, self.terms(low, high)

    def _probed(self, number: int) -> bytes:
        """A term that every search looks at first, by its number."""
        if number not in self._first_probes:
            self._first_probes[number] = self.term(number)
        return self._first_probes[number]

    def find(self, term: bytes) -> int | None:
        """The number of a term."""
        if term not in self._numbers:
            if len(self._numbers) >= _REMEMBERED:
                self._numbers.clear()
            number, is_there = self._look_up(term)
            self._numbers[term] = number if is_there else None
        return self._numbers[term]

    def beginning(self, prefix: bytes) -> tuple[int, int]:
        """The numbers [first, end) of the terms that begin with a prefix."""
        found = self._beginnings.get(prefix)
        if found is None:
            first, end = self.position(prefix), len(self)
            if after := prefix.rstrip(b"\xff"):
                end = self.position(after[:-1] + bytes([after[-1] + 1]))
            if len(self._beginnings) >= _REMEMBERED:
                self._beginnings.clear()
            self._beginnings[prefix] = found = first, end
        return found

    def document_frequency(self, number: int) -> int:
        """In how many documents a term stands."""
        return self._frequencies.at(number)

    def document_frequencies(self, first: int, end: int) -> NDArray[Any]:
        """The same of the terms numbered [first, end)."""
        return self._frequencies.slice(first, end)

    def size(self, first: int, end: int) -> int:
        """Bytes of the postings of the terms numbered [first, end): what reading them costs."""
        return self._posting_ends.at(end) - self._posting_ends.at(first)

    def slots(self, number: int) -> NDArray[np.uint32]:
        """Where a term stands, in order; not to be written to."""
        (slots,) = self._kept.get((self._mark, "slots", number), lambda: (self._decoded(number),))
        return slots

    def _decoded(self, number: int) -> NDArray[np.uint32]:
        return self._bounded(self._sums(self._postings.slice(*self._posting_ends.pair(number))))

    def documents_of(self, number: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Which documents a term stands in, and how often in each."""
        key = self._mark, "documents", number
        documents, counts = self._kept.integers(
            key, lambda: self.in_documents(self._decoded(number))
        )
        return documents, counts

    def documents_of_each(
        self, first: int, end: int
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """The same of each of the terms numbered [first, end), and of each document the term."""
        slots, numbers = self.slots_between(first, end)
        cells = self.cells(slots)
        documents, counts, origins = self._grouped(cells, changes(cells) | changes(numbers))
        return documents, counts, numbers[origins]

    def slots_between(self, first: int, end: int) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        """Where the terms numbered [first, end) stand.

        Returns:
            The slots, in order within each term, and the term of each.
        """
        ends = self._posting_ends.slice(first, end + 1).astype(np.int64)
        if bool((ends[1:] <= ends[:-1]).any()):
            raise self._file.damaged(Message("a term stands nowhere"))
        encoded = self._postings.slice(int(ends[0]), int(ends[-1]))
        sums = self._sums(encoded)
        numbers_before = with_zero(np.cumsum(encoded < 0x80))  # noqa: PLR2004 (see `varint`)
        bounds = numbers_before[ends - ends[0]]
        counts = np.diff(bounds)
        bases = np.where(bounds[:-1] > 0, sums[np.maximum(bounds[:-1], 1) - 1], 0)
        slots = sums - np.repeat(bases.astype(np.uint32), counts)
        return self._bounded(slots), np.repeat(np.arange(first, end), counts)

    def _sums(self, encoded: NDArray[np.uint8]) -> NDArray[np.uint32]:
        if encoded.dtype != np.uint8:
            raise self._file.damaged(Message("its postings are not bytes"))
        try:
            return running_sums(encoded)
        except ValueError as error:
            raise self._file.damaged(Message("cannot be decoded: {error}", error=error)) from error

    def _bounded(self, slots: NDArray[np.uint32]) -> NDArray[np.uint32]:
        if len(slots) and int(slots.max()) >= self._slots:
            raise self._file.damaged(Message("a posting points outside the segment"))
        return slots

    def _slot_count(self) -> int:
        if self._starts is not None:
            return self._starts.at(len(self._starts) - 1)
        return self._size if self._documents is None else len(self._documents) - 1

    def cells(self, slots: NDArray[Any]) -> NDArray[Any]:
        """The cell of each of some rising slots."""
        if self._starts is None:
            return slots
        self._looked_up += len(slots)
        if self._table is None:
            if self._looked_up < _PATIENCE * len(self._starts):
                starts = self._first_slots
                found = np.searchsorted(starts, slots.astype(starts.dtype), "right") - 1
                return found.astype(np.uint32)
            self._table = cell_table(self._first_slots)
        table: NDArray[np.uint32] = self._table[slots]
        return table

    @cached_property
    def cell_starts(self) -> NDArray[np.int64]:
        """The first slot of each cell, and the end of the last."""
        return self._first_slots.astype(np.int64)

    def cell_ends(self, cells: NDArray[Any]) -> NDArray[np.int64]:
        """The end of each cell, in slots."""
        ends: NDArray[np.int64] = self._first_slots[cells + 1].astype(np.int64)
        return ends

    def in_documents(self, slots: NDArray[Any]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Rising slots as documents.

        Returns:
            The documents, each once, and how many of the slots are in each.
        """
        cells = self.cells(slots)
        documents, counts, _ = self._grouped(cells, changes(cells))
        return documents, counts

    def _grouped(
        self, cells: NDArray[Any], is_first: NDArray[np.bool_]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Groups of occurrences that are in one cell, as documents.

        Args:
            cells: of every occurrence.
            is_first: of every occurrence whether a group begins with it.

        Returns:
            The documents of each group, how many occurrences it has, and which is its first.
        """
        firsts = np.flatnonzero(is_first)
        counts = np.empty_like(firsts)  # np.diff would copy them all to append one
        np.subtract(firsts[1:], firsts[:-1], out=counts[:-1])
        counts[-1:] = len(cells) - firsts[-1:]
        found = cells[firsts].astype(np.int64)
        if self._documents is None:
            return found, counts, firsts
        bounds = self._bounds
        starts, sizes = bounds[found], bounds[found + 1] - bounds[found]
        within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        documents = np.repeat(starts, sizes) + within
        return documents, np.repeat(counts, sizes), np.repeat(firsts, sizes)

    @cached_property
    def _first_slots(self) -> NDArray[Any]:
        """The first slot of each cell, and the end of the last."""
        if self._starts is None:
            raise self._file.damaged(Message("does not say where texts begin"))
        return self._from_zero(self._starts.rising())

    @cached_property
    def _bounds(self) -> NDArray[np.int64]:
        """The first document of each cell, and the end of the last."""
        assert self._documents is not None
        bounds = self._from_zero(self._documents.rising()).astype(np.int64)
        if bounds[-1] != self._size:
            raise self._file.damaged(Message("its texts are not of all documents"))
        return bounds

    def _from_zero(self, bounds: NDArray[Any]) -> NDArray[Any]:
        if not len(bounds) or bounds[0] != 0:
            raise self._file.damaged(Message("texts do not begin at the first"))
        return bounds

    def lengths(self) -> NDArray[np.int64]:
        """The length of the field in every document."""
        of_cells = steps(self._first_slots) if self._lengths is None else self._lengths.all()
        of_cells = of_cells.astype(np.int64, copy=False)
        return of_cells if self._documents is None else np.repeat(of_cells, steps(self._bounds))

    def lengths_of(self, documents: NDArray[np.int64]) -> NDArray[np.int64]:
        """The length of the field in some documents."""
        cells = documents
        if self._documents is not None:
            cells = np.searchsorted(self._bounds, documents, "right") - 1
        if self._lengths is not None:
            return self._lengths.all()[cells].astype(np.int64)
        return self.cell_ends(cells) - self.cell_ends(cells - 1)

    def total_length(self) -> int:
        """The length of the field in all documents together."""
        if self._documents is not None:
            return int(self.lengths().sum())
        if self._lengths is not None:
            return int(self._lengths.all().sum(dtype=np.int64))
        return self._slots

    def arrangement(self) -> Cells:
        """The cells, as they were written."""
        return Cells(
            None if self._starts is None else self._first_slots,
            None if self._documents is None else self._bounds,
            None if self._lengths is None else self._lengths.all(),
        )

    def check(self) -> None:
        """Make sure that all postings can be read and that the terms are in order.

        Raises:
            IndexCorrupt: they are not.
        """
        terms = self.terms()
        if any(after <= before for before, after in pairwise(terms)):
            raise self._file.damaged(Message("terms out of order"))
        if terms:
            self.slots_between(0, len(self))
