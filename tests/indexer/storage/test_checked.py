"""Checked files: arrays come back as they were, and nothing else does."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import IndexCorrupt, IndexingError
from indexer.storage.checked import CheckedFile, Column, smallest, write_arrays
from tests.generated import examples

from .support import stored

if TYPE_CHECKING:
    from indexer.storage.checked import Arrays

BLOCK = 1 << 14
TYPES = ["u1", "<u2", "<u4", "<u8", "i1", "<i2", "<i4", "<i8", ">u4", ">i8"]


@st.composite
def integers(draw: st.DrawFn) -> np.ndarray[Any, Any]:
    dtype = np.dtype(draw(st.sampled_from(TYPES)))
    bounds: np.iinfo[Any] = np.iinfo(dtype.name)
    values = st.integers(int(bounds.min), int(bounds.max))
    return np.array(draw(st.lists(values, max_size=20)), dtype)


ARRAYS = st.dictionaries(
    st.text(max_size=5), st.one_of(integers(), st.binary(max_size=40)), max_size=6
)
LARGE: Arrays = {
    "first": np.arange(3000, dtype=np.uint32),
    "odd": b"odd",
    "second": np.arange(BLOCK, dtype=np.uint64),
    "none": b"",
}
"""More than a few blocks; the second array begins within the first block."""


def file_bytes(arrays: Arrays) -> bytes:
    with TemporaryDirectory() as folder:
        write_arrays(Path(folder) / "file", arrays, more=["properties", 1])
        return (Path(folder) / "file").read_bytes()


def read_all(data: bytes) -> dict[str, Any]:
    """Open a file that holds these bytes, check it, and give all that it holds."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        file = CheckedFile(path, Path(folder))
        file.check()
        return {name: file.column(name).all().tolist() for name in file._contents}


WHOLE = file_bytes(LARGE)


@examples(40)
@given(ARRAYS, st.dictionaries(st.text(max_size=5), st.integers()))
def test_arrays_and_properties_come_back(arrays: Arrays, properties: dict[str, int]) -> None:
    """Arrays of every width, of either byte order, and empty ones are read as written."""
    file = stored(arrays, properties=properties)
    assert file.properties == {"properties": properties}
    file.check()
    for name, values in arrays.items():
        column = file.column(name)
        assert name in file
        assert len(column) == len(values)
        if isinstance(values, bytes):
            assert column.bytes(0, len(values)) == values
        else:
            assert column.all().tolist() == values.tolist()
            assert column.all().dtype == values.dtype.newbyteorder("<")
        assert [column.at(place) for place in range(len(values))] == list(values)


PLACES = st.one_of(st.sampled_from([-1, 0, 1, 2998, 2999, 3000, 3001]), st.integers(-5, 3005))


@given(PLACES, PLACES)
def test_a_column_gives_no_value_that_it_has_not(first: int, end: int) -> None:
    """Ranges that are not within the array raise IndexCorrupt, though the file goes on."""
    column = stored(LARGE).column("first")
    if 0 <= first <= end <= 3000:
        assert column.slice(first, end).tolist() == list(range(first, end))
    else:
        with pytest.raises(IndexCorrupt, match="outside"):
            column.slice(first, end)
        with pytest.raises(IndexCorrupt, match="outside"):
            column.bytes(first, end)
    if 0 <= first < 3000:
        assert column.at(first) == first
    else:
        with pytest.raises(IndexCorrupt, match="outside"):
            column.at(first)
    if 0 <= first < 2999:
        assert column.pair(first) == (first, first + 1)
    else:
        with pytest.raises(IndexCorrupt, match="outside"):
            column.pair(first)


@examples(150)
@given(st.data())
def test_no_bit_of_a_file_can_change_unnoticed(data: st.DataObject) -> None:
    """Whichever bit is flipped, in arrays, padding, checksums or footer, IndexCorrupt tells."""
    whole = bytearray(WHOLE)
    place = data.draw(
        st.one_of(
            st.integers(0, len(whole) - 1),
            st.integers(len(whole) - 300, len(whole) - 1),
            st.integers(3000 * 4, 3000 * 4 + 8),
        )
    )
    whole[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(IndexCorrupt):
        read_all(bytes(whole))


@examples(40)
@given(st.integers(1, 400))
def test_a_file_that_is_cut_short_or_goes_on_is_refused(size: int) -> None:
    """Bytes missing at either end, or added at the end, are noticed when it is opened."""
    for damaged in (WHOLE[:-size], WHOLE[size:], WHOLE + b"\0" * size, WHOLE[:size]):
        with pytest.raises(IndexCorrupt):
            read_all(damaged)


def test_a_file_that_is_not_the_one_of_the_commit_is_refused(tmp_path: Path) -> None:
    """A whole file of the same size is refused if it is another than the manifest names."""
    meant = write_arrays(tmp_path / "meant", {"a": b"12345"})
    other = write_arrays(tmp_path / "other", {"a": b"54321"})
    assert meant.size == other.size
    CheckedFile(tmp_path / "other", tmp_path, other)
    with pytest.raises(IndexCorrupt, match="does not end as it was written"):
        CheckedFile(tmp_path / "other", tmp_path, meant)


def test_a_damaged_block_is_noticed_when_it_is_read_and_not_before(tmp_path: Path) -> None:
    """What stands in other blocks can still be read."""
    whole = bytearray(WHOLE)
    whole[5 * BLOCK] ^= 1
    (tmp_path / "file").write_bytes(whole)
    file = CheckedFile(tmp_path / "file", tmp_path)
    assert file.column("first").all().tolist() == list(range(3000))
    second = file.column("second")
    assert second.at(BLOCK - 1) == BLOCK - 1
    damaged = (5 * BLOCK - 3000 * 4 - 8) // 8
    for _ in range(2):
        with pytest.raises(IndexCorrupt, match="checksum"):
            second.at(damaged)
        with pytest.raises(IndexCorrupt, match="checksum"):
            second.slice(damaged - 1, damaged + 1)
        for first in (damaged - 1, damaged):
            with pytest.raises(IndexCorrupt, match="checksum"):
                second.pair(first)
    assert second.at(damaged - 1) == damaged - 1
    assert second.pair(damaged - 2) == (damaged - 2, damaged - 1)


@pytest.mark.parametrize("data", [b"", b"x", b"x" * 23, b"x" * 24, b"\0" * 5000])
def test_what_is_no_such_file_is_refused(data: bytes) -> None:
    """Files that were never written by `write_arrays` raise IndexCorrupt."""
    with pytest.raises(IndexCorrupt):
        read_all(data)


@pytest.mark.parametrize(
    "contents",
    [
        {"a": ["<f8", 0, 1]},
        {"a": ["<u8", 4, 1]},
        {"a": ["<u8", 0]},
        {"a": ["<u8", -8, 1]},
        {"a": ["<u8", 2**70, 1]},
        {"a": ["<u8", "0", 1]},
        {"a": ["<u8", 0, -1]},
        {"a": ["<u8", 0, 2**70]},
        {"a": ["<u8", 0, float("inf")]},
        {"a": ["<u8", 0, True]},
        {"a": 7},
        [],
    ],
)
def test_a_table_of_contents_that_is_none_is_refused(
    contents: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Types that are not known, places and numbers that cannot be and other forms are refused."""
    read_with(json.dumps({"arrays": contents, "properties": {}}), monkeypatch)


def test_a_table_of_contents_that_does_not_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """However deep it is nested, it is an error of ours."""
    read_with("[" * 100_000, monkeypatch)


def read_with(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """See that a file with such a table of contents is refused."""
    with monkeypatch.context() as patch:
        patch.setattr(json, "dumps", lambda _: text)
        data = file_bytes({"a": np.zeros(2, np.uint64)})
    with pytest.raises(IndexCorrupt, match="table of contents"):
        read_all(data)


@examples(40)
@given(st.integers(-(2**63), 2**63 - 1), st.integers(-(2**63), 2**63 - 1))
def test_an_array_that_points_outside_the_file_is_refused_when_read(start: int, count: int) -> None:
    """No place or number of values in a table of contents leads out of the file."""
    file = stored({"a": np.arange(4, dtype=np.uint64)})
    column = Column(file, np.dtype("<u8"), start, count)
    try:
        assert len(column.slice(0, count)) == count
    except IndexCorrupt:
        return
    assert start >= 0
    assert start + 8 * count <= file._covered


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    """Writing to a name that is there raises FileExistsError and leaves the file."""
    write_arrays(tmp_path / "file", {"a": b"1"})
    before = (tmp_path / "file").read_bytes()
    with pytest.raises(FileExistsError):
        write_arrays(tmp_path / "file", {"a": b"2"})
    assert (tmp_path / "file").read_bytes() == before


def test_a_file_that_is_missing_or_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """The error names the file, and the index that it belongs to."""
    with pytest.raises(IndexCorrupt, match="is missing") as caught:
        CheckedFile(tmp_path / "none", tmp_path / "index")
    assert caught.value.file == tmp_path / "none"
    assert caught.value.directory == tmp_path / "index"
    with pytest.raises(IndexingError, match="cannot read"):
        CheckedFile(tmp_path, tmp_path / "index")


@examples(40)
@given(st.lists(st.integers(0, 300)))
def test_only_values_that_never_fall_are_taken_for_rising(values: list[int]) -> None:
    """`rising` gives the values, or raises IndexCorrupt if one is below the one before it."""
    column = stored({"a": np.array(values, np.uint16)}).column("a")
    if values == sorted(values):
        assert column.rising().tolist() == values
    else:
        with pytest.raises(IndexCorrupt, match="falls"):
            column.rising()


@examples(40)
@given(st.lists(st.sampled_from([0, 255, 256, 65535, 65536, 2**32 - 1, 2**32, 2**64 - 1])))
def test_the_narrowest_type_that_holds_all_is_chosen(values: list[int]) -> None:
    """`smallest` keeps every value, in as few bytes as the largest needs."""
    chosen = smallest(np.array(values, np.uint64))
    assert chosen.tolist() == values
    assert smallest([value // 2 for value in values]).tolist() == [value // 2 for value in values]
    bits = 8 * chosen.dtype.itemsize
    assert bits == min(b for b in (8, 16, 32, 64) if all(value < 2**b for value in values))
