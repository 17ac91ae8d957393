"""Segments: what they hold is read back, deleted documents are told, damage is refused."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import IndexCorrupt
from indexer.storage.checked import CheckedFile
from indexer.storage.record_arrays import RecordsWriter
from indexer.storage.segment import Segment, write_deletions, write_segment
from tests.generated import examples

from .support import NAME, Field, fields, stored

if TYPE_CHECKING:
    from indexer.storage.checked import Arrays


def written(documents: int, names: list[str], records: list[str], arrays: Arrays) -> CheckedFile:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, patch.object(os, "fsync"):
        path = Path(folder) / "segment.bin"
        stored_file = write_segment(path, documents, names, records, arrays)
        return CheckedFile(path, Path(folder), stored_file)


def deletions(documents: list[int]) -> CheckedFile:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, patch.object(os, "fsync"):
        path = Path(folder) / "deletions.bin"
        return CheckedFile(path, Path(folder), write_deletions(path, np.array(documents, np.int64)))


@examples(30)
@given(fields(), st.lists(st.binary(max_size=20)))
def test_a_segment_gives_back_its_fields_and_records(field: Field, records: list[bytes]) -> None:
    """By their names, and each of them always as the same object, so that it keeps its tables."""
    writer = RecordsWriter()
    writer.add(records)
    arrays = {**field.arrays(), **writer.arrays("records")}
    segment = Segment(written(field.documents, [NAME], ["records"], arrays))
    assert (segment.documents, segment.fields) == (field.documents, (NAME,))
    assert segment.postings(NAME).terms() == field.terms
    assert list(segment.records("records")) == records
    assert segment.postings(NAME) is segment.postings(NAME)
    assert segment.records("records") is segment.records("records")
    segment.check()
    for open_other in (segment.postings, segment.records):
        with pytest.raises(IndexCorrupt, match="holds no"):
            open_other("another")


@examples(30)
@given(st.integers(0, 300), st.data())
def test_deleted_documents_are_told_from_living_ones(documents: int, data: st.DataObject) -> None:
    """`living` is true of all but those that the file of deletions names."""
    numbers = st.integers(0, max(0, documents - 1))
    deleted = sorted(data.draw(st.sets(numbers))) if documents else []
    segment = Segment(written(documents, [], [], {}), deletions(deleted))
    assert segment.deleted.tolist() == deleted
    assert np.flatnonzero(~segment.living).tolist() == deleted
    assert len(segment.living) == documents


@pytest.mark.parametrize(
    ("deleted", "problem"), [([0, 3], "not there"), ([2, 1], "falls"), ([7], "not there")]
)
def test_deletions_that_do_not_fit_the_segment_are_refused(
    deleted: list[int], problem: str
) -> None:
    """Documents beyond the last one, or out of order, raise IndexCorrupt."""
    with pytest.raises(IndexCorrupt, match=problem):
        Segment(written(3, [], [], {}), deletions(deleted))


@pytest.mark.parametrize(
    "properties",
    [
        {},
        {"documents": 1, "fields": []},
        {"documents": "1", "fields": [], "records": []},
        {"documents": 1, "fields": "text", "records": []},
        {"documents": 1, "fields": [], "records": None},
    ],
)
def test_a_file_without_a_segments_properties_is_refused(properties: dict[str, object]) -> None:
    """Another file of arrays is not taken for a segment."""
    with pytest.raises(IndexCorrupt, match="not a segment"):
        Segment(stored({"a": b""}, **properties))


def test_a_check_looks_at_every_field_and_all_records() -> None:
    """One that is named and cannot be read raises IndexCorrupt, though the bytes are good."""
    field = Field((), placed=True, shared=False)
    with pytest.raises(IndexCorrupt, match="holds no another"):
        Segment(written(0, [NAME, "another"], [], field.arrays())).check()
    with pytest.raises(IndexCorrupt, match="holds no texts"):
        Segment(written(0, [NAME], ["texts"], field.arrays())).check()
