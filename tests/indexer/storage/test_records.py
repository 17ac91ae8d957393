"""Records: any byte strings come back, whatever blocks they fall into."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.errors import IndexCorrupt
from indexer.storage import record_arrays as making
from indexer.storage import records as module
from indexer.storage.record_arrays import RecordsWriter
from indexer.storage.records import Records
from tests.generated import examples

from .support import stored

if TYPE_CHECKING:
    from indexer.storage.checked import Arrays

BLOCK = making._BLOCK
SIZES = [0, 1, 2, 100, BLOCK // 2, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK]


def noise(seed: int, size: int) -> bytes:
    return Random(seed).randbytes(size)


RECORDS = st.lists(
    st.one_of(
        st.binary(max_size=30),
        st.builds(noise, st.integers(0, 5), st.sampled_from(SIZES)),
        st.builds(bytes.__mul__, st.sampled_from([b"\x00", "经济".encode()]), st.integers(0, 3000)),
    ),
    max_size=12,
)


def arrays(records: list[bytes]) -> Arrays:
    writer = RecordsWriter()
    writer.add(records[:1])
    writer.add(records[1:])
    return writer.arrays("name")


def opened(records: list[bytes]) -> Records:
    return Records(stored(arrays(records)), "name")


@examples(30)
@given(RECORDS)
def test_any_records_come_back_by_number_and_in_order(records: list[bytes]) -> None:
    """Empty ones, incompressible ones and ones larger than a block included."""
    read = opened(records)
    assert len(read) == len(records)
    assert list(read) == records
    assert [read[number] for number in reversed(range(len(records)))] == records[::-1]
    read.check()


def test_no_more_blocks_are_remembered_than_are_meant_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """Records come back whether their block is remembered, forgotten or never was seen."""
    monkeypatch.setattr(module, "_KEPT", 2)
    records = [noise(seed, BLOCK) for seed in range(6)]
    read = opened(records)
    for number in Random(7).choices(range(6), k=60):
        assert read[number] == records[number]
        assert len(read._kept) <= 2


@examples(30)
@given(RECORDS, st.sampled_from([-1, 0, 1, 1000]))
def test_a_record_that_is_not_there_is_refused(records: list[bytes], beyond: int) -> None:
    """A number below 0 or from the number of records on raises IndexCorrupt."""
    with pytest.raises(IndexCorrupt, match="not there"):
        opened(records)[beyond if beyond < 0 else len(records) + beyond]


@examples(30)
@given(RECORDS, st.data())
def test_arrays_that_disagree_are_refused_or_give_records_of_their_sizes(
    records: list[bytes], data: st.DataObject
) -> None:
    """Whichever value is another, nothing but IndexCorrupt is raised, and no size is wrong."""
    good = arrays(records)
    name = data.draw(st.sampled_from(sorted(good)))
    before = good[name]
    values = np.array(np.frombuffer(before, np.uint8) if isinstance(before, bytes) else before)
    if not len(values):
        return
    place = data.draw(st.integers(0, len(values) - 1))
    values[place] = data.draw(st.integers(0, int(np.iinfo(values.dtype).max)))
    file = stored({**good, name: values})
    try:
        read = Records(file, "name")
        sizes = file.column("name.sizes").all().tolist()
        assert [len(read[number]) for number in range(len(read))] == sizes
        read.check()
    except IndexCorrupt:
        pass
