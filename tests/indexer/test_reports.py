"""The table of reports, made of a catalog: every column, and looking up by id and by title."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Report
from indexer import IndexCorrupt, fold
from indexer.catalog import Catalog, Change, File, Source, write_reports
from indexer.reports import VALUES, ReportTable
from indexer.similarity import sketch
from indexer.storage.checked import CheckedFile, write_arrays
from tests.generated import examples

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indexer.storage.checked import StoredFile

REPORTS = (
    Report(
        "0a0000000001",
        title="2017年國務院政府工作报告",
        kind="政府工作报告",
        issuer="国务院",
        number="国发〔2017〕1号",
        subject="综合政务",
        written=date(2017, 3, 5),
        published=date(2017, 3, 16),
        year=2017,
        format="text",
        encoding="utf-8",
    ),
    Report(
        "0a0000000002", title="关于做好\n防汛工作的通知", kind="通知", region="慈溪市", year=2016
    ),
    Report("0b0000000003"),
    Report("ff0000000004", title="ＧＤＰ统计公报", published=date(2023, 1, 31), region="慈溪市"),
    Report("ff0000000005", title="工作报告报告", kind="报告\udc80", year=9_999),
)
"""By id. Values are missing, traditional, on two lines, and what no year or file name should be."""


@pytest.fixture(scope="module", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    with patch.object(os, "fsync"):
        yield


def opened(write: Callable[[Path], StoredFile]) -> CheckedFile:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / "file"
        return CheckedFile(path, Path(folder), write(path))


def held(path: str, report: Report, paragraphs: int) -> File:
    return File("digest", {path: Source(report, paragraphs, 1)})


def catalog_of(reports: Sequence[Report]) -> Catalog:
    """A catalog that came to know the reports from the last to the first."""
    catalog = Catalog()
    for number, report in reversed(list(enumerate(reports, 1))):
        path = f"/reports/{report.id}.txt"
        change = catalog.put(path, held(path, report, number), {report.id: sketch(report.title)})
        assert change == Change(frozenset([report.id]), frozenset(), frozenset())
    return catalog


def table_of(reports: Sequence[Report]) -> ReportTable:
    catalog = catalog_of(reports)
    return ReportTable(opened(lambda path: write_reports(path, catalog)))


@pytest.fixture(scope="module")
def table() -> ReportTable:
    return table_of(REPORTS)


NOTHING = Change(frozenset(), frozenset(), frozenset())
TEXTS = st.text(st.sampled_from("经濟工作报告Ａa1①\n\u200b\udc80 "), max_size=8)
DAYS = st.one_of(st.none(), st.dates())


@st.composite
def several(draw: st.DrawFn) -> list[Report]:
    """Any reports, in the order of their ids."""
    ids = draw(st.sets(st.integers(0, 2**48 - 1).map("{:012x}".format), max_size=8))
    return [
        Report(
            id=name,
            title=draw(TEXTS),
            kind=draw(TEXTS),
            issuer=draw(TEXTS),
            region=draw(st.sampled_from(["", "慈溪市"])),
            number=draw(TEXTS),
            written=draw(DAYS),
            published=draw(DAYS),
            year=draw(st.one_of(st.none(), st.integers(1, 9_999))),
        )
        for name in sorted(ids)
    ]


def test_every_report_is_given_back_with_its_sources(table: ReportTable) -> None:
    """What was missing is missing, and what was odd is as odd."""
    found = [table.report(row) for row in range(len(table))]
    assert found == [replace(one, sources=(f"/reports/{one.id}.txt",)) for one in REPORTS]
    assert [table.paragraphs(row) for row in range(len(table))] == [1, 2, 3, 4, 5]
    with pytest.raises(IndexCorrupt, match="not there"):
        table.report(len(REPORTS))


def test_rows_are_found_by_ids_in_any_order(table: ReportTable) -> None:
    """Each as often as it is asked for; one that is not there raises IndexCorrupt."""
    asked = np.array([REPORTS[row].id for row in (4, 0, 2, 2)], "S12")
    assert table.rows_of(asked).tolist() == [4, 0, 2, 2]
    assert table.rows_of(asked[:0]).tolist() == []
    for unknown in (b"000000000000", b"0a0000000003", b"ffffffffffff"):
        with pytest.raises(IndexCorrupt, match="lacks a report"):
            table.rows_of(np.array([REPORTS[0].id.encode(), unknown]))


def test_rows_are_found_by_the_beginning_of_an_id(table: ReportTable) -> None:
    """Any beginning of an id gives all that begin so; anything else gives none."""
    for report in REPORTS:
        for size in range(13):
            expected = [
                row for row, one in enumerate(REPORTS) if one.id.startswith(report.id[:size])
            ]
            assert table.rows_beginning(report.id[:size]) == expected
    for other in ("0A", "0a0000000009", "0a00000000011", "g", "~", "\0", "０a", "\udc80", "z" * 99):
        assert table.rows_beginning(other) == []


def test_days_and_years_are_those_of_the_period(table: ReportTable) -> None:
    """The date that it was written, else published, else all of the year, else 0."""
    firsts, lasts = table.days
    days = [
        (date(2017, 3, 5), date(2017, 3, 5)),
        (date(2016, 1, 1), date(2016, 12, 31)),
        None,
        (date(2023, 1, 31), date(2023, 1, 31)),
        (date(9999, 1, 1), date(9999, 12, 31)),
    ]
    assert firsts.tolist() == [pair[0].toordinal() if pair else 0 for pair in days]
    assert lasts.tolist() == [pair[1].toordinal() if pair else 0 for pair in days]
    assert table.years.tolist() == [2017, 2016, 0, 0, 9_999]


@pytest.mark.parametrize("name", VALUES)
def test_values_are_those_of_the_reports(table: ReportTable, name: str) -> None:
    """The different ones are sorted, each once, the empty one among them if any is missing."""
    expected = [getattr(report, name) for report in REPORTS]
    values, codes = table.values(name)
    assert [values[code] for code in codes.tolist()] == expected
    assert values == sorted(set(expected))
    assert table.values(name) is table.values(name)


def titled(reports: Sequence[Report], string: str) -> dict[int, str]:
    """What `ReportTable.titled` should give, by looking through all titles."""
    titles = [fold(report.title).replace("\n", " ") for report in reports]
    return {row: title for row, title in enumerate(titles) if string and string in title}


def strings_of(text: str) -> set[str]:
    """All strings that stand in a text."""
    return {text[a:b] for a in range(len(text)) for b in range(a + 1, len(text) + 1)}


def test_titles_are_found_by_every_string_in_them(table: ReportTable) -> None:
    """Folded; a line break in a title counts as a space, and no string spans two titles."""
    titles = [fold(report.title).replace("\n", " ") for report in REPORTS]
    for string in strings_of("".join(titles)):
        assert table.titled(string) == titled(REPORTS, string), string
    assert list(table.titled("国务院")) == [0]
    assert list(table.titled("国務院")) == []
    assert list(table.titled("做好 防汛")) == [1]
    for none in ("", "\n", "做好\n防汛", "通知\nＧＤＰ", "通知\n\ngdp", "\udce5"):
        assert table.titled(none) == {}


@examples(40)
@given(several())
def test_a_table_of_any_reports_is_what_the_reports_are(reports: list[Report]) -> None:
    """Every column and every lookup, of no reports too."""
    table = table_of(reports)
    ids = [report.id.encode() for report in reports]
    assert len(table) == len(reports)
    assert table.ids.tolist() == ids
    assert table.rows_of(np.array(ids, "S12")).tolist() == list(range(len(reports)))
    assert table.years.tolist() == [report.year or 0 for report in reports]
    periods = [report.period for report in reports]
    for column, which in zip(table.days, (0, 1), strict=True):
        assert column.tolist() == [pair[which].toordinal() if pair else 0 for pair in periods]
    for name in VALUES:
        values, codes = table.values(name)
        assert [values[code] for code in codes.tolist()] == [getattr(one, name) for one in reports]
    for row, report in enumerate(reports):
        assert table.report(row) == replace(report, sources=(f"/reports/{report.id}.txt",))
        assert row in table.rows_beginning(report.id[:4])
        for string in strings_of(fold(report.title)):
            if "\n" not in string:
                assert table.titled(string) == titled(reports, string)


def test_an_empty_table_answers_everything_with_nothing() -> None:
    """An index from which everything was removed can still be asked."""
    table = table_of([])
    assert len(table) == len(table.ids) == len(table.years) == 0
    assert table.titled("报告") == {}
    assert table.rows_beginning("") == table.rows_beginning("0a") == []
    for name in VALUES:
        values, codes = table.values(name)
        assert (values, codes.tolist()) == ([], [])
    with pytest.raises(IndexCorrupt, match="lacks a report"):
        table.rows_of(np.array([b"0a0000000001"]))


@examples(40)
@given(several(), st.data())
def test_a_catalog_is_read_back_as_it_was(reports: list[Report], data: st.DataObject) -> None:
    """With several sources of a report, and after some were taken out."""
    catalog = catalog_of(reports)
    for report in reports:
        if data.draw(st.booleans()):
            copy = replace(report, title=report.title + "副本")
            path = f"/a/{report.id}"
            file = held(path, copy, catalog.paragraphs[report.id])
            assert catalog.put(path, file, {}) == NOTHING
        if data.draw(st.booleans()):
            left = len(catalog.said_of(report.id)[1]) > 1
            change = catalog.remove(f"/reports/{report.id}.txt")
            assert change.lost == (frozenset() if left else {report.id})
            assert (report.id in catalog.paragraphs) == left
    read = Catalog.read(opened(catalog.write))
    assert (read.files, read.paragraphs) == (catalog.files, catalog.paragraphs)
    assert read.sketches == catalog.sketches
    assert read.added == {one: catalog.added[one] for one in catalog.paragraphs}
    for report_id in read.paragraphs:
        report, sources = read.said_of(report_id)
        assert (report, sources) == catalog.said_of(report_id)
        assert sources == tuple(sorted(sources))
        assert report == read.files[sources[0]].sources[sources[0]].report


@pytest.mark.parametrize(
    ("name", "values", "problem"),
    [
        ("ids", b"0" * 59, "ids and reports"),
        ("title_ends", np.array([0, 1, 2, 3, 4], np.uint8), "titles"),
        ("title_ends", np.array([0, 1, 2, 3, 4, 5], np.uint8), "titles"),
        ("kind.codes", np.array([0, 1, 2, 3], np.uint8), "column"),
        ("kind.codes", np.array([0, 1, 2, 3, 9], np.uint8), "column"),
    ],
)
def test_a_table_whose_columns_do_not_agree_is_refused(
    name: str, values: bytes | np.ndarray[tuple[int], np.dtype[np.uint8]], problem: str
) -> None:
    """A column of another length than the table raises IndexCorrupt when it is used."""
    catalog = catalog_of(REPORTS)
    good = opened(lambda path: write_reports(path, catalog))
    arrays = {one: good.column(one).all() for one in good._contents}
    file = opened(lambda path: write_arrays(path, {**arrays, name: values}))
    with pytest.raises(IndexCorrupt, match=problem):
        read_all(file)


def read_all(file: CheckedFile) -> None:
    table = ReportTable(file)
    table.values("kind")
    table.titled("报告")
