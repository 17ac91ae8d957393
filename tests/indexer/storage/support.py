"""What the tests of storage share: files that are gone once read, and fields as plain lists."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
from hypothesis import strategies as st

from indexer.storage.checked import CheckedFile, write_arrays
from indexer.storage.posting_arrays import Cells, field_arrays
from indexer.storage.postings import Postings

if TYPE_CHECKING:
    from indexer.storage.checked import Arrays

NAME = "field"
TERMS = (b"a", b"ab", b"abc", b"b", b"\xe7\xbb\x8f", b"\xe7\xbb\x8f\xe6", b"\xff", b"\xff\xff")


def stored(arrays: Arrays, **properties: Any) -> CheckedFile:
    """Arrays in a file, open. The file has no name any more, and need not be on the disk."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, patch.object(os, "fsync"):
        path = Path(folder) / "arrays.bin"
        return CheckedFile(path, Path(folder), write_arrays(path, arrays, **properties))


def plain(arrays: Arrays) -> dict[str, bytes | tuple[str, list[int]]]:
    """Arrays as what can be compared: their bytes, or their type and values."""
    return {
        name: values if isinstance(values, bytes) else (values.dtype.str, values.tolist())
        for name, values in arrays.items()
    }


@dataclass(frozen=True)
class Cell:
    """A text of a field.

    Attributes:
        width: how many places it has.
        occurrences: the terms in it, each with its place.
        documents: how many documents it belongs to.
    """

    width: int
    occurrences: tuple[tuple[int, bytes], ...]
    documents: int = 1


@dataclass(frozen=True)
class Field:
    """A field as lists, to be looked through from end to end.

    Attributes:
        cells: its texts.
        placed: whether slots are places; else they are cells.
        shared: whether a cell can belong to other than one document.
    """

    cells: tuple[Cell, ...]
    placed: bool
    shared: bool

    @property
    def documents(self) -> int:
        return sum(cell.documents for cell in self.cells)

    @property
    def slots(self) -> int:
        return sum(cell.width for cell in self.cells) if self.placed else len(self.cells)

    @cached_property
    def occurrences(self) -> list[tuple[bytes, int]]:
        """Every term with every slot at which it stands."""
        starts = accumulate((cell.width for cell in self.cells), initial=0)
        return [
            (term, start + place if self.placed else number)
            for number, (cell, start) in enumerate(zip(self.cells, starts, strict=False))
            for place, term in cell.occurrences
        ]

    @cached_property
    def terms(self) -> list[bytes]:
        return sorted({term for term, _ in self.occurrences})

    def slots_of(self, term: bytes) -> list[int]:
        return sorted(slot for other, slot in self.occurrences if other == term)

    @cached_property
    def cell_of(self) -> list[int]:
        """The cell of every slot."""
        if not self.placed:
            return list(range(len(self.cells)))
        return [number for number, cell in enumerate(self.cells) for _ in range(cell.width)]

    @cached_property
    def documents_of(self) -> list[range]:
        """The documents of every cell."""
        ends = list(accumulate((cell.documents for cell in self.cells), initial=0))
        return [range(*ends[number : number + 2]) for number in range(len(self.cells))]

    def in_documents(self, slots: list[int]) -> dict[int, int]:
        """In which documents slots are, and how many are in each."""
        return dict(
            Counter(
                document for slot in slots for document in self.documents_of[self.cell_of[slot]]
            )
        )

    def lengths(self) -> list[int]:
        """Of every document how long the field is there."""
        return [
            cell.width if self.placed else len(cell.occurrences)
            for cell in self.cells
            for _ in range(cell.documents)
        ]

    def without(self, deleted: set[int]) -> Field:
        """What is left when documents are deleted, and cells that then have none."""
        left = []
        for cell, documents in zip(self.cells, self.documents_of, strict=True):
            stays = sum(document not in deleted for document in documents)
            if stays:
                left.append(Cell(cell.width, cell.occurrences, stays))
        return Field(tuple(left), self.placed, self.shared)

    def arrangement(self) -> Cells:
        def bounds(sizes: list[int]) -> np.ndarray[Any, np.dtype[np.int64]]:
            return np.array([0, *accumulate(sizes)], np.int64)

        lengths = np.array([len(cell.occurrences) for cell in self.cells], np.int64)
        return Cells(
            bounds([cell.width for cell in self.cells]) if self.placed else None,
            bounds([cell.documents for cell in self.cells]) if self.shared else None,
            None if self.placed else lengths,
        )

    def arrays(self) -> Arrays:
        """The field as it is stored; its occurrences are given from the last to the first."""
        listed = list(reversed(self.occurrences))
        numbers = {term: number for number, term in enumerate(TERMS)}
        owners = np.array([numbers[term] for term, _ in listed], np.int64)
        slots = np.array([slot for _, slot in listed], np.int64)
        return field_arrays(NAME, TERMS, owners, slots, self.arrangement())

    def postings(self) -> Postings:
        return Postings(stored(self.arrays()), NAME, self.documents)


@st.composite
def cells(draw: st.DrawFn, *, shared: bool) -> Cell:
    """Texts of which many are empty and some are wide."""
    width = draw(st.sampled_from([0, 1, 2, 3, 5, 200, 20_000]))
    places = st.integers(0, max(0, width - 1))
    occurrences = draw(st.lists(st.tuples(places, st.sampled_from(TERMS)), max_size=5))
    documents = draw(st.integers(1, 3)) if shared else 1
    return Cell(width, tuple(sorted(occurrences)) if width else (), documents)


@st.composite
def fields(draw: st.DrawFn) -> Field:
    """Fields of every sort."""
    placed, shared = draw(st.booleans()), draw(st.booleans())
    return Field(tuple(draw(st.lists(cells(shared=shared), max_size=6))), placed, shared)
