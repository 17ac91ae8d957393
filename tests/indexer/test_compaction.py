"""Compaction: few segments, little written twice, and nothing lost on the way."""

from __future__ import annotations

import os
from math import log
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Paragraph
from indexer import Segmenter, compaction, segments
from indexer.compaction import LARGEST, tail_to_merge
from indexer.cutting import CutReport, cut_report
from indexer.generations import Generations
from indexer.segments import SegmentSet
from tests.generated import examples

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ADDITIONS = 1000
SEGMENTER = Segmenter.in_memory({"经济": 9, "工作": 8})


class Simulation:
    """Segments that are told by the additions in them, merged after each addition.

    Attributes:
        sizes: bytes of every addition.
        segments: the additions in each.
        merges: of every addition how often it was merged.
    """

    def __init__(self) -> None:
        self.sizes: list[int] = []
        self.segments: list[list[int]] = []
        self.merges: list[int] = []

    def size(self, segment: Sequence[int]) -> int:
        return sum(self.sizes[addition] for addition in segment)

    def add(self, size: int) -> None:
        self.segments.append([len(self.sizes)])
        self.sizes.append(size)
        self.merges.append(0)
        count = tail_to_merge([self.size(segment) for segment in self.segments])
        if count:
            assert count > 1
            merged = [addition for segment in self.segments[-count:] for addition in segment]
            assert self.size(merged) <= LARGEST
            self.segments[-count:] = [merged]
            for addition in merged:
                self.merges[addition] += 1

    @property
    def rewritten(self) -> float:
        """How often a byte was written again, on average."""
        again = sum(size * often for size, often in zip(self.sizes, self.merges, strict=True))
        return again / sum(self.sizes)


@st.composite
def additions(draw: st.DrawFn) -> list[int]:
    """Sizes of a thousand additions, all alike or of many orders of magnitude."""
    most = int(log(LARGEST, 2))
    smallest = draw(st.integers(8, most))
    largest = draw(st.integers(smallest, most))
    chance = Random(draw(st.integers()))
    return [int(2 ** chance.uniform(smallest, largest)) for _ in range(ADDITIONS)]


@examples(10)
@given(additions())
def test_there_are_never_more_segments_than_sizes_of_them(sizes: list[int]) -> None:
    """Of those below the limit each is three times the next; any others that follow one
    another are together beyond the limit."""
    simulation = Simulation()
    orders = log(LARGEST / min(sizes), 3)
    for size in sizes:
        simulation.add(size)
        total = sum(simulation.sizes)
        assert len(simulation.segments) <= 2 * total / LARGEST + orders + 2
    assert [one for segment in simulation.segments for one in segment] == list(range(ADDITIONS))


@examples(10)
@given(additions())
def test_no_byte_is_written_often(sizes: list[int]) -> None:
    """With each merge but its first, what holds a byte grows by a third at least; and on
    average a byte is written again once for every doubling from an addition to all, at most."""
    simulation = Simulation()
    for size in sizes:
        simulation.add(size)
    for size, often in zip(sizes, simulation.merges, strict=True):
        assert often <= 1 + log(LARGEST / size, 4 / 3)
    assert simulation.rewritten <= 1 + log(ADDITIONS, 2)


@given(st.lists(st.one_of(st.integers(1, 100), st.integers(1, 2 * LARGEST)), max_size=12))
def test_only_a_tail_is_merged_that_is_within_the_limit(sizes: list[int]) -> None:
    """What is merged has no more than the limit and no part much larger than the rest after
    it; with one segment more it would not be so."""
    count = tail_to_merge(sizes)
    assert count == 0 or 2 <= count <= len(sizes)
    longest = max(count, 1)

    def fits(tail: list[int]) -> bool:
        return sum(tail) <= LARGEST and tail[0] <= 3 * sum(tail[1:])

    assert all(fits(sizes[-some:]) for some in range(2, longest + 1))
    if longest < len(sizes):
        assert not fits(sizes[-longest - 1 :])


def cut(number: int, paragraphs: int) -> CutReport:
    lines = [
        Paragraph(place, f"第{number}号经济工作之{place}", ("一、工作",) if place % 2 else ())
        for place in range(1, paragraphs + 1)
    ]
    return cut_report(f"{number:012x}", lines, SEGMENTER)


def living(written: SegmentSet) -> dict[bytes, list[str]]:
    """Every report that is there, and the text of its paragraphs."""
    found: dict[bytes, list[str]] = {}
    for stored in written._writing.segments:
        segment = written._open(stored)
        assert (stored.documents, stored.deleted) == (segment.documents, len(segment.deleted))
        owners = np.repeat(segment.report_ids, np.diff(segment.report_starts))
        for number in np.flatnonzero(segment.living).tolist():
            found.setdefault(bytes(owners[number]), []).append(segment.text(number))
    return found


BEGINNING = [*(("add", paragraphs) for paragraphs in (1, 2, 4, 7, 1, 11)), ("flush", 0)]
OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.integers(1, 12)),
        st.tuples(st.just("remove"), st.integers(0, 99)),
        st.tuples(st.just("remove"), st.integers(0, 5)),
        st.tuples(st.sampled_from(["flush", "compact"]), st.just(0)),
    ),
    max_size=25,
)


@pytest.fixture(scope="module", autouse=True)
def _small_and_quick() -> Iterator[None]:
    """No waiting for the disk; segments of more than a few reports are large already."""
    with patch.object(os, "fsync"):
        yield


@examples(30)
@given(OPERATIONS, st.sampled_from([0, 5000, LARGEST]))
def test_whatever_is_added_removed_and_merged_just_what_is_left_is_there(
    operations: list[tuple[str, int]], largest: int
) -> None:
    """Reports that come, go and come again, with merges in between, below and above the limit."""
    expected: dict[bytes, list[str]] = {}
    gone: list[tuple[int, int]] = []
    known: dict[int, int] = {}
    with (
        TemporaryDirectory() as folder,
        patch.object(compaction, "LARGEST", largest),
        Generations(Path(folder) / "index").write() as writing,
    ):
        written = SegmentSet(writing)
        for what, number in [*BEGINNING, *operations, ("compact", 0)]:
            if what == "add":
                came = gone.pop() if gone and number % 3 == 0 else (len(known) + len(gone), number)
                known[came[0]] = came[1]
                report = cut(*came)
                written.add(report)
                expected[report.report.encode()] = list(report.texts)
            elif what == "remove" and known:
                chosen = sorted(known)[number % len(known)]
                gone.append((chosen, known.pop(chosen)))
                written.remove(f"{chosen:012x}")
                del expected[b"%012x" % chosen]
            elif what in {"flush", "compact"}:
                written.flush()
                if what == "compact":
                    written.compact()
                assert living(written) == expected
                assert written.living == sum(map(len, expected.values()))
        for stored in writing.segments:
            assert stored.deleted * 2 <= stored.documents


def test_a_set_is_full_when_it_has_gathered_enough(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then it is to be flushed, and is empty again."""
    monkeypatch.setattr(segments, "_FULL", 50)
    with Generations(tmp_path / "index").write() as writing:
        written = SegmentSet(writing)
        full = []
        for number in (1, 2):
            written.add(cut(number, 4))
            full.append(written.is_full)
        written.flush()
        assert [*full, written.is_full] == [False, True, False]
        assert [stored.documents for stored in writing.segments] == [8]
