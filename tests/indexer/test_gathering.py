"""Segments of reports: what is gathered is read back, and merging is gathering what is left."""

from __future__ import annotations

import os
from collections import defaultdict
from functools import reduce
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Paragraph
from indexer import IndexCorrupt, Segmenter, fold
from indexer.cutting import CutReport, CutTexts, cut_report
from indexer.gathering import SegmentGatherer, ZoneGatherer, merge_segments
from indexer.paragraphs import FIELDS, ParagraphSegment
from indexer.storage.checked import CheckedFile, write_arrays
from indexer.storage.postings import Postings
from indexer.storage.segment import write_deletions
from indexer.zones import Zone, heading_text
from tests.generated import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indexer.storage.checked import StoredFile

SEGMENTER = Segmenter.in_memory({"经": 0, "经济": 9, "经济发展": 3, "发展": 5, "工作": 8})
ALPHABET = "经济发展工作發，。Ａa1㎡"

Lossy = tuple[list[CutReport], set[str]]
"""Reports of a segment, and the ids of those that are deleted."""


@pytest.fixture(scope="module", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    with patch.object(os, "fsync"):
        yield


@st.composite
def reports(draw: st.DrawFn) -> list[list[Paragraph]]:
    """Paragraphs of several reports."""
    headings = st.lists(st.sampled_from(["一、经济", "二、工作"]), max_size=2).map(tuple)
    paragraph = st.tuples(st.text(ALPHABET, max_size=10), headings)
    several = draw(st.lists(st.lists(paragraph, min_size=1, max_size=5), max_size=4))
    return [
        [Paragraph(ordinal, text, path) for ordinal, (text, path) in enumerate(lines, 1)]
        for lines in several
    ]


def cut(several: Sequence[Sequence[Paragraph]], first: int = 0) -> list[CutReport]:
    return [
        cut_report(f"{number:012x}", lines, SEGMENTER)
        for number, lines in enumerate(several, first)
    ]


@st.composite
def segments(draw: st.DrawFn) -> list[Lossy]:
    """Reports in several segments, some of them deleted."""
    made: list[Lossy] = []
    total = 0
    for _ in range(draw(st.integers(1, 3))):
        of_segment = cut(draw(reports()), total)
        total += len(of_segment)
        ids = [report.report for report in of_segment]
        made.append((of_segment, draw(st.sets(st.sampled_from(ids))) if ids else set()))
    return made


def opened(
    write: Callable[[Path], StoredFile], deleted: np.ndarray[Any, Any] | None = None
) -> ParagraphSegment:
    """A segment that is written and open, without some of its paragraphs."""
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        file = CheckedFile(folder / "segment", folder, write(folder / "segment"))
        deletions = None
        if deleted is not None:
            stored = write_deletions(folder / "deletions", deleted)
            deletions = CheckedFile(folder / "deletions", folder, stored)
        return ParagraphSegment(file, deletions)


def gathered(cut_reports: Sequence[CutReport], deleted: set[str] | None = None) -> ParagraphSegment:
    gatherer = SegmentGatherer()
    for report in cut_reports:
        gatherer.add(report)
    owners = [report.report for report in cut_reports for _ in report.texts]
    lost = [number for number, owner in enumerate(owners) if deleted and owner in deleted]
    return opened(gatherer.write, np.array(lost, np.int64) if deleted is not None else None)


def merged(parts: Sequence[ParagraphSegment]) -> ParagraphSegment:
    counted: list[int] = []

    def write(path: Path) -> StoredFile:
        file, documents = merge_segments(path, parts)
        counted.append(documents)
        return file

    segment = opened(write)
    assert segment.documents == counted[0]
    return segment


def contents(segment: ParagraphSegment) -> dict[str, object]:
    """All arrays of a segment."""
    file = segment.file
    return {name: file.column(name).all().tolist() for name in file._contents}


def slots_by_term(postings: Postings) -> dict[bytes, list[int]]:
    slots, owners = postings.slots_between(0, len(postings))
    terms = postings.terms()
    by_term = defaultdict(list)
    for slot, owner in zip(slots.tolist(), owners.tolist(), strict=True):
        by_term[terms[owner]].append(slot)
    assert list(by_term) == terms
    return dict(by_term)


def words_of(texts: Sequence[str]) -> dict[bytes, list[int]]:
    """The words of folded texts, and in which texts they stand, each as often as it does."""
    found = defaultdict(list)
    for number, text in enumerate(texts):
        for word in SEGMENTER.index_words(text):
            found[word.encode()].append(number)
    return dict(sorted(found.items()))


def grams_of(texts: Sequence[str]) -> dict[bytes, list[int]]:
    """Every character with the next one of its text, and where it stands in all texts."""
    found = defaultdict(list)
    start = 0
    for text in texts:
        for place in range(len(text)):
            found[text[place : place + 2].encode("utf-8", "surrogatepass")].append(start + place)
        start += len(text)
    return dict(sorted(found.items()))


@examples(30)
@given(reports())
def test_a_segment_gives_back_what_was_gathered(given_ones: list[list[Paragraph]]) -> None:
    """The reports' ids, paragraphs and heading paths, in order, as they were published."""
    segment = gathered(cut(given_ones))
    lines = [paragraph for report in given_ones for paragraph in report]
    assert segment.documents == len(lines)
    assert [segment.text(number) for number in range(len(lines))] == [one.text for one in lines]
    assert [segment.path(number) for number in range(len(lines))] == [one.heading for one in lines]
    assert segment.report_ids.tolist() == [b"%012x" % number for number in range(len(given_ones))]
    assert np.diff(segment.report_starts).tolist() == [len(report) for report in given_ones]
    segment.check()


@examples(30)
@given(reports())
def test_the_words_and_grams_of_a_segment_are_those_of_its_texts(
    given_ones: list[list[Paragraph]],
) -> None:
    """Of the paragraphs, and of the headings above each section once."""
    segment = gathered(cut(given_ones))
    texts = [fold(line.text) for report in given_ones for line in report]
    headings = [
        fold(heading_text(line.heading, line.text)) for report in given_ones for line in report
    ]
    sections = [headings[start] for start in segment.path_starts[:-1]]
    for zone, folded in ((Zone.TEXT, texts), (Zone.HEADING, sections)):
        assert slots_by_term(segment.postings(zone.value)) == words_of(folded)
        assert slots_by_term(segment.postings(zone.grams)) == grams_of(folded)
    assert segment.postings(Zone.HEADING.grams).lengths().tolist() == list(map(len, headings))
    assert segment.postings(Zone.TEXT.grams).lengths().tolist() == list(map(len, texts))


def test_a_gatherer_counts_what_it_holds() -> None:
    """Reports, paragraphs, and characters once folded."""
    gatherer = SegmentGatherer()
    assert (len(gatherer), gatherer.documents, gatherer.characters) == (0, 0, 0)
    lines = [Paragraph(1, "面积1㎡"), Paragraph(2, "工作")]
    for report in cut([lines, lines[:1]]):
        gatherer.add(report)
    assert (len(gatherer), gatherer.documents, gatherer.characters) == (2, 3, 12)
    assert gatherer.reports == {"000000000000", "000000000001"}


@examples(30)
@given(segments())
def test_merged_segments_are_one_that_was_gathered_from_what_is_left(parts: list[Lossy]) -> None:
    """Every array is the same: terms, slots, texts, paths, ids, and where each begins."""
    whole = merged([gathered(of_segment, deleted) for of_segment, deleted in parts])
    left = [
        report
        for of_segment, deleted in parts
        for report in of_segment
        if report.report not in deleted
    ]
    assert contents(whole) == contents(gathered(left))
    assert whole.fields == FIELDS
    whole.check()


@examples(15)
@given(segments())
def test_it_makes_no_difference_in_which_steps_segments_are_merged(parts: list[Lossy]) -> None:
    """All at once, from the left, or from the right: the same segment comes out."""
    given_ones = [gathered(of_segment, deleted) for of_segment, deleted in parts]
    at_once = contents(merged(given_ones))
    from_left = reduce(lambda some, other: merged([some, other]), given_ones)
    from_right = reduce(lambda some, other: merged([other, some]), reversed(given_ones))
    assert contents(merged([from_left])) == at_once
    assert contents(merged([from_right])) == at_once


@pytest.mark.parametrize("different", [1, (1 << 16) - 1, 1 << 16])
def test_any_number_of_different_characters_can_be_gathered(different: int) -> None:
    """With more than 65,535 of them, pairs no longer fit in 32 bits."""
    text = "".join(map(chr, range(0x4E00, 0x4E00 + different))) + "一"
    none = np.zeros(0, np.uint32)
    gatherer = ZoneGatherer(Zone.TEXT)
    gatherer.add(CutTexts(text, np.array([len(text)], np.uint32), (), none, np.zeros(1, np.uint32)))
    with TemporaryDirectory(ignore_cleanup_errors=True) as name:
        path = Path(name) / "grams"
        file = CheckedFile(path, Path(name), write_arrays(path, gatherer.arrays()))
    assert slots_by_term(Postings(file, Zone.TEXT.grams, 1)) == grams_of([text])


@pytest.mark.parametrize(
    ("name", "values", "problem"),
    [
        ("report_starts", [0, 1], "whole"),
        ("report_starts", [1, 2], "whole"),
        ("report_starts", [], "whole"),
        ("report_starts", [0, 1, 2], "differ in number"),
        ("path_starts", [0, 3, 2], "falls"),
        ("reports", [48] * 11, "cut short"),
    ],
)
def test_a_segment_whose_parts_do_not_agree_is_refused(
    name: str, values: list[int], problem: str
) -> None:
    """Reports, sections and paragraphs that do not add up raise IndexCorrupt."""
    good = gathered(cut([[Paragraph(1, "经济"), Paragraph(2, "工作")]]))
    arrays = {one: good.file.column(one).all() for one in good.file._contents}
    arrays[name] = np.array(values, np.uint8)

    def write(path: Path) -> StoredFile:
        return write_arrays(path, {**arrays}, **good.file.properties)

    with pytest.raises(IndexCorrupt, match=problem):
        opened(write)
