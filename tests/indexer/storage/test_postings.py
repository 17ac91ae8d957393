"""Postings: what is read of a field is what looking through its texts gives."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations_with_replacement

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import IndexCorrupt
from indexer.storage.posting_arrays import keyed_field_arrays
from indexer.storage.postings import Postings
from tests.generated import examples

from .support import NAME, TERMS, Cell, Field, cells, fields, stored

PREFIXES = st.one_of(
    st.sampled_from([b"", b"\xe7", b"\xff\xff\xff", b"\xfe\xff", b"c", *TERMS]),
    st.binary(max_size=4),
)


@examples(25)
@given(fields())
def test_every_term_stands_where_it_does_in_the_texts(field: Field) -> None:
    """The terms are those that occur, sorted, and each has its slots in order."""
    postings = field.postings()
    assert len(postings) == len(field.terms)
    assert postings.terms() == field.terms
    for number, term in enumerate(field.terms):
        assert postings.term(number) == term
        assert postings.slots(number).tolist() == field.slots_of(term)


@examples(25)
@given(fields())
def test_the_slots_of_neighbouring_terms_are_those_of_each(field: Field) -> None:
    """`slots_between` gives for every range of terms the slots of one after the other."""
    postings = field.postings()
    for first, end in combinations_with_replacement(range(len(field.terms) + 1), 2):
        slots, owners = postings.slots_between(first, end)
        expected = [
            (slot, number)
            for number in range(first, end)
            for slot in field.slots_of(field.terms[number])
        ]
        assert list(zip(slots.tolist(), owners.tolist(), strict=True)) == expected
        assert postings.terms(first, end) == field.terms[first:end]
        assert (postings.size(first, end) > 0) == (end > first)


@examples(25)
@given(fields(), PREFIXES)
def test_terms_are_looked_up_by_their_bytes(field: Field, sought: bytes) -> None:
    """`position` counts the terms before, `find` knows the term, `beginning` those with it."""
    postings = field.postings()
    terms = field.terms
    assert postings.position(sought) == sum(term < sought for term in terms)
    assert postings.find(sought) == (terms.index(sought) if sought in terms else None)
    first, end = postings.beginning(sought)
    assert terms[first:end] == [term for term in terms if term.startswith(sought)]


@examples(25)
@given(fields())
def test_document_frequency_counts_the_documents_of_a_term(field: Field) -> None:
    """A document counts once, however often the term stands in it."""
    postings = field.postings()
    expected = [len(field.in_documents(field.slots_of(term))) for term in field.terms]
    assert [postings.document_frequency(number) for number in range(len(postings))] == expected
    assert postings.document_frequencies(0, len(postings)).tolist() == expected


@examples(25)
@given(fields(), st.data())
def test_slots_are_counted_in_the_documents_that_own_them(
    field: Field, data: st.DataObject
) -> None:
    """Any rising slots, those of one term or of several, some of them twice."""
    slots = sorted(data.draw(st.lists(st.integers(0, field.slots - 1)))) if field.slots else []
    documents, counts = field.postings().in_documents(np.array(slots, np.int64))
    expected = field.in_documents(slots)
    assert documents.tolist() == sorted(expected)
    assert dict(zip(documents.tolist(), counts.tolist(), strict=True)) == expected


@examples(25)
@given(fields(), st.data())
def test_lengths_are_those_of_the_texts(field: Field, data: st.DataObject) -> None:
    """Of all documents, of some of them, and together: places of their texts, or else terms."""
    postings, expected = field.postings(), field.lengths()
    some = data.draw(st.lists(st.sampled_from(range(len(expected))))) if expected else []
    found = postings.lengths_of(np.array(some, np.int64)).tolist()
    assert found == [expected[document] for document in some]
    assert postings.lengths().tolist() == expected
    assert postings.total_length() == sum(expected)


@examples(25)
@given(fields())
def test_the_arrangement_of_texts_is_read_as_it_was_written(field: Field) -> None:
    """What is not needed (slots that are cells, documents that are cells) stays out."""
    read, written = field.postings().arrangement(), field.arrangement()
    for column in ("starts", "documents", "lengths"):
        values, expected = getattr(read, column), getattr(written, column)
        assert (values is None) == (expected is None)
        if expected is not None:
            assert values.tolist() == expected.tolist()


def has_table(postings: Postings) -> bool:
    return postings._table is not None


@examples(25)
@given(st.lists(st.integers(0, 3), min_size=100, max_size=200), st.data())
def test_few_slots_and_many_are_in_the_same_cells(widths: list[int], data: st.DataObject) -> None:
    """Looked up one by one or in a table, a slot is in the cell whose text it stands in."""
    field = Field(tuple(Cell(width, ()) for width in widths), placed=True, shared=False)
    if not field.slots:
        return
    few = sorted(data.draw(st.lists(st.integers(0, field.slots - 1), max_size=5)))
    postings = field.postings()
    one_by_one = postings.cells(np.array(few, np.int64))
    assert not has_table(postings)
    assert one_by_one.tolist() == [field.cell_of[slot] for slot in few]
    often = 2 * (len(widths) + 1)
    everything = postings.cells(np.repeat(np.arange(field.slots), often))
    assert has_table(postings)
    assert everything[::often].tolist() == field.cell_of
    in_table = postings.cells(np.array(few, np.int64))
    assert in_table.tolist() == one_by_one.tolist()
    ends = postings.cell_ends(in_table)
    assert ends.tolist() == [sum(widths[: cell + 1]) for cell in in_table.tolist()]


@examples(25)
@given(st.dictionaries(st.integers(0, 2**32 - 1), st.lists(st.integers(0, 99), min_size=1)))
def test_terms_may_be_told_by_keys_as_large_as_32_bits(slots: dict[int, list[int]]) -> None:
    """Keys stand for terms in their order, however far they are apart."""
    listed = [(key, slot) for key, places in slots.items() for slot in places]
    field = Field(tuple(Cell(1, ()) for _ in range(100)), placed=True, shared=False)
    arrays = keyed_field_arrays(
        NAME,
        np.array([key for key, _ in listed], np.uint64),
        np.array([slot for _, slot in listed], np.uint32),
        lambda keys: [b"%010d" % key for key in keys],
        field.arrangement(),
    )
    postings = Postings(stored(arrays), NAME, 100)
    assert postings.terms() == [b"%010d" % key for key in sorted(slots)]
    for number, key in enumerate(sorted(slots)):
        assert postings.slots(number).tolist() == sorted(slots[key])


@examples(25)
@given(fields())
def test_a_check_finds_nothing_wrong_in_what_was_written(field: Field) -> None:
    """No field of any sort is mistaken for a damaged one."""
    field.postings().check()


@examples(25)
@given(fields(), cells(shared=False))
def test_a_posting_outside_the_texts_is_refused(field: Field, cell: Cell) -> None:
    """A slot that no text has raises IndexCorrupt, whichever way it is read."""
    before = [replace(one, documents=1) for one in field.cells]
    outside = Field((*before, replace(cell, width=3, occurrences=((2, b"a"),))), True, False)
    short = Field((*before, replace(cell, width=2, occurrences=())), True, False)
    file = stored({**outside.arrays(), **short.arrangement().arrays(NAME)})
    postings = Postings(file, NAME, len(short.cells))
    with pytest.raises(IndexCorrupt, match="outside the segment"):
        postings.slots(0)
    with pytest.raises(IndexCorrupt, match="outside the segment"):
        postings.slots_between(0, 1)
    with pytest.raises(IndexCorrupt, match="outside the segment"):
        postings.check()


def test_terms_out_of_order_and_columns_that_differ_in_length_are_refused() -> None:
    """A field whose parts do not agree raises IndexCorrupt when it is opened or checked."""
    cell = Cell(2, ((0, b"a"), (1, b"b")))
    arrays = Field((cell,), placed=True, shared=False).arrays()
    with pytest.raises(IndexCorrupt, match="out of order"):
        Postings(stored({**arrays, f"{NAME}.terms": b"ba"}), NAME, 1).check()
    with pytest.raises(IndexCorrupt, match="out of order"):
        Postings(stored({**arrays, f"{NAME}.terms": b"aa"}), NAME, 1).check()
    with pytest.raises(IndexCorrupt, match="differ in length"):
        Postings(stored({**arrays, f"{NAME}.frequencies": np.array([1], np.uint8)}), NAME, 1)
    fewer = np.array([0], np.uint8)
    for columns in ({"starts": fewer}, {"lengths": np.array([1, 1], np.uint8)}):
        others = {f"{NAME}.{column}": values for column, values in columns.items()}
        with pytest.raises(IndexCorrupt, match="not as many texts"):
            Postings(stored({**arrays, **others}), NAME, 1)
    with pytest.raises(IndexCorrupt, match="does not end"):
        Postings(stored({**arrays, f"{NAME}.postings": b"\x00\x80"}), NAME, 1).slots(1)
    with pytest.raises(IndexCorrupt, match="holds no"):
        Postings(stored(arrays), "another", 1)
