"""Merging: several segments become what one would be that was made of what is left."""

from __future__ import annotations

from functools import reduce
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from indexer.storage.merging import merged_postings, merged_records
from indexer.storage.records import RecordsWriter
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
    """Records of several segments are packed anew as if they had come one after the other."""
    opened_ones, kept = [], []
    for part in parts:
        writer = RecordsWriter()
        writer.add(record for record, _ in part)
        file = stored(writer.arrays("name"), documents=0, fields=[], records=["name"])
        opened_ones.append(Segment(file))
        kept.append(np.array([keep for _, keep in part], bool))
    expected = RecordsWriter()
    expected.add(record for part in parts for record, keep in part if keep)
    found = merged_records("name", opened_ones, kept)
    assert plain(found) == plain(expected.arrays("name"))


def test_a_text_loses_documents_but_stays_while_it_has_any() -> None:
    """The headings above three paragraphs stay if two of these are deleted, and go with all."""
    field = Field((Cell(2, ((0, b"a"),), 3), Cell(1, ((0, b"b"),), 1)), placed=True, shared=True)
    one_left = merged(opened([(field, {0, 2})]))
    assert one_left.postings(NAME).lengths().tolist() == [2, 1]
    none_left = merged(opened([(field, {0, 1, 2})]))
    assert none_left.postings(NAME).terms() == [b"b"]
    nothing = merged(opened([(field, {0, 1, 2, 3})]))
    assert (nothing.documents, nothing.postings(NAME).terms()) == (0, [])
