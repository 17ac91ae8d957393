"""Merging: several segments become what one would be that was made of what is left."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.storage.merging import merged_postings
from indexer.storage.record_arrays import RecordsWriter, merged_records
from indexer.storage.records import Records
from indexer.storage.segment import Segment
from tests.generated import examples

from .support import NAME, Cell, Field, cells, plain, stored

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from indexer.storage.checked import Arrays

Lossy = tuple[Field, set[int]]
"""A field, and the documents of it that are deleted."""


@st.composite
def segments(draw: st.DrawFn) -> list[Lossy]:
    """Fields of one sort, some of whose documents are deleted."""
    placed, shared = draw(st.booleans()), draw(st.booleans())
    texts = st.lists(cells(shared=shared), max_size=4)
    made = []
    for _ in range(draw(st.integers(1, 3))):
        field = Field(tuple(draw(texts)), placed, shared)
        numbers = st.integers(0, max(0, field.documents - 1))
        made.append((field, draw(st.sets(numbers)) if field.documents else set()))
    return made


def segment(documents: int, arrays: Arrays, deleted: Iterable[int] = ()) -> Segment:
    file = stored(arrays, documents=documents, fields=[NAME], records=[])
    deletions = stored({"deleted": np.array(sorted(deleted), np.uint16)})
    return Segment(file, deletions)


def opened(parts: Sequence[Lossy]) -> list[Segment]:
    return [segment(field.documents, field.arrays(), deleted) for field, deleted in parts]


def left_of(parts: Sequence[Lossy]) -> Field:
    left = [field.without(deleted) for field, deleted in parts]
    first = left[0]
    return Field(tuple(cell for one in left for cell in one.cells), first.placed, first.shared)


def merged(parts: Sequence[Segment]) -> Segment:
    documents = sum(int(part.living.sum()) for part in parts)
    return segment(documents, merged_postings(NAME, parts))


def arrays_of(whole: Segment) -> dict[str, object]:
    file = whole.file
    return {name: file.column(name).all().tolist() for name in file._contents}


@examples(80)
@given(segments())
def test_merged_postings_are_those_of_one_segment_of_what_is_left(parts: list[Lossy]) -> None:
    """Terms, slots, cells, frequencies: every array is the same, bit by bit."""
    assert plain(merged_postings(NAME, opened(parts))) == plain(left_of(parts).arrays())


@examples(25)
@given(segments())
def test_it_makes_no_difference_in_which_steps_segments_are_merged(parts: list[Lossy]) -> None:
    """All at once, from the left, or from the right: the same segment comes out."""
    given_ones = opened(parts)
    at_once = merged(given_ones)
    from_left = reduce(lambda some, other: merged([some, other]), given_ones)
    from_right = reduce(lambda some, other: merged([other, some]), reversed(given_ones))
    assert arrays_of(merged([from_left])) == arrays_of(at_once)
    assert arrays_of(merged([from_right])) == arrays_of(at_once)


@examples(25)
@given(st.lists(st.lists(st.tuples(st.binary(max_size=3000), st.booleans())), max_size=4))
def test_merged_records_are_the_ones_that_are_kept(parts: list[list[tuple[bytes, bool]]]) -> None:
    """Records of several small files are packed anew as if they had come one after the other."""
    files, kept = [], []
    for part in parts:
        writer = RecordsWriter()
        writer.add(record for record, _ in part)
        file = stored(writer.arrays("name"), documents=0, fields=[], records=["name"])
        files.append(Records(file, "name"))
        kept.append(np.array([keep for _, keep in part], bool))
    expected = RecordsWriter()
    expected.add(record for part in parts for record, keep in part if keep)
    found = merged_records("name", files, kept)
    assert plain(found) == plain(expected.arrays("name"))


TEXTS = [
    f"{number}、关于第{number * number}项工作的若干规定。".encode() for number in range(12_000)
]


@pytest.mark.parametrize("gone", [(), (0,), (10_000,), (11_000, 11_500)])
def test_a_large_file_keeps_its_blocks_when_small_ones_are_merged_with_it(
    gone: tuple[int, ...],
) -> None:
    """Unless it loses records itself; what is read of all that is left is always the same."""
    files, kept = [], []
    for first, end in ((0, 500), (500, 11_000), (11_000, 12_000)):
        writer = RecordsWriter()
        writer.add(TEXTS[first:end])
        file = stored(writer.arrays("name"), documents=0, fields=[], records=["name"])
        files.append(Records(file, "name"))
        kept.append(np.array([number not in gone for number in range(first, end)]))
    found = merged_records("name", files, kept)
    merged = Records(stored(found, documents=0, fields=[], records=["name"]), "name")
    assert list(merged) == [text for number, text in enumerate(TEXTS) if number not in gone]
    old_blocks = b"".join(files[1].blocks().packed)
    assert (old_blocks in found["name.packed"]) == (10_000 not in gone)


def test_a_text_loses_documents_but_stays_while_it_has_any() -> None:
    """The headings above three paragraphs stay if two of these are deleted, and go with all."""
    field = Field((Cell(2, ((0, b"a"),), 3), Cell(1, ((0, b"b"),), 1)), placed=True, shared=True)
    one_left = merged(opened([(field, {0, 2})]))
    assert one_left.postings(NAME).lengths().tolist() == [2, 1]
    none_left = merged(opened([(field, {0, 1, 2})]))
    assert none_left.postings(NAME).terms() == [b"b"]
    nothing = merged(opened([(field, {0, 1, 2, 3})]))
    assert (nothing.documents, nothing.postings(NAME).terms()) == (0, [])
