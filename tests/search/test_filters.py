"""Filters beside a query, and the fields that they name: against a reading of every report."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from corpus import SAMPLES
from indexer import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

FIRST, LATER = date(2024, 1, 31), date(2024, 5, 1)


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[search.Index]:
    """The bundled reports, those of 2020 and after added later."""
    directory = tmp_path_factory.mktemp("added") / "index"
    search.build_index(directory, sorted(SAMPLES.glob("201*")), added=FIRST)
    search.build_index(directory, sorted(SAMPLES.glob("202*")), added=LATER)
    with search.open_index(directory) as opened:
        yield opened


def expected(index: search.Index, holds: Callable[[search.Passage], bool]) -> set[str]:
    """The addresses of the paragraphs of which something holds."""
    return {
        passage.address
        for report in index.reports()
        for passage in index.paragraphs(report.id)
        if holds(passage)
    }


def found(index: search.Index, query: str, filters: Sequence[search.Filter] = ()) -> set[str]:
    results = index.search(query, filters=filters, limit=None)
    assert results.total == len(results.hits)
    return {hit.address for hit in results}


VALUES = {
    "region": ("澜川", "望江区", "没有"),
    "kind": ("通知", "政府工作报告"),
    "issuer": ("办公室", "统计局"),
    "subject": ("综合政务", "交通"),
    "section": ("回顾", "问题", "计划"),
    "format": ("html", "markdown"),
}


def holds(passage: search.Passage, field: str, value: str) -> bool:
    report = passage.report
    if field == "section":
        return passage.section == value
    if field == "format":
        return report.format == value
    if field == "region":
        return value in report.region or value in report.province
    return fold(value) in fold(getattr(report, field))


@settings(max_examples=15)
@given(st.sets(st.sampled_from([(name, one) for name in VALUES for one in VALUES[name]])))
def test_one_value_of_each_field_has_to_hold(
    index: search.Index, filters: set[tuple[str, str]]
) -> None:
    asked = sorted(filters)
    names = {name for name, _ in asked}
    for query in ("改革", "改革 OR 就业", "-改革"):
        plain = found(index, query)
        every = expected(
            index,
            lambda passage: all(
                any(holds(passage, name, value) for name, value in asked if name == one)
                for one in names
            ),
        )
        assert found(index, query, asked) == plain & every
        assert found(index, query, [f"{name}:{value}" for name, value in asked]) == plain & every
        if asked:
            assert found(index, "", asked) == every


@pytest.mark.parametrize(
    ("query", "filters", "same"),
    [
        ("改革", ["region:望江", "year:2016..2018"], "改革 region:望江 year:2016..2018"),
        ("改革", ["地区：望江", "region:青屏"], "改革 region:(望江 OR 青屏)"),
        ("改革 OR 就业", ["year:2017"], "(改革 OR 就业) year:2017"),
        ("营商 环境", ["kind:意见"], "营商 环境 kind:意见"),
        ("改革", ["region:望江 OR 青屏"], "改革 region:(望江 OR 青屏)"),
        ("改革", ["region:NOT 望江"], "改革 -region:望江"),
        ("改革", ['kind:"通知"'], '改革 kind:"通知"'),
        ("改革", ["title:意见 环境"], "改革 title:(意见 环境)"),
        ("改革", [("title", "意见")], "改革 title:意见"),
        ("", ["kind:通知", "kind:意见"], "kind:通知 OR kind:意见"),
    ],
)
def test_a_filter_means_what_it_means_in_a_query(
    index: search.Index, query: str, filters: list[search.Filter], same: str
) -> None:
    """The same hits, in the same order, with the same scores and highlights."""
    results = index.search(query, filters=filters, limit=None)
    assert results.hits == index.search(same, limit=None).hits
    assert results.total > 0


def test_filters_go_with_one_exact_string(index: search.Index) -> None:
    results = index.search("改革 OR", filters=["year:2017"], literal=True)
    assert results.total == 0
    results = index.search("改革", filters=["year:2017"], literal=True, limit=None)
    assert {hit.address for hit in results} == found(index, '"改革" year:2017')


@pytest.mark.parametrize(
    ("filters", "problem", "at"),
    [
        (["region"], "FIELD:VALUE", "region"),
        (["地方:浙江"], "no field 地方", "地方"),
        (["region:浙江) OR (title:改革"], "was not opened", ")"),
        (["region:(浙江"], "is not closed", "("),
        (["year:去年"], "year takes", "去年"),
        (["region:year:2017"], "inside the group of another", "year:"),
        (["region:"], "empty", ""),
        ([("similar", "ffffffffffff:1")], "no such report", "ffffffffffff:1"),
        (["within:nothing"], "no result set nothing", "nothing"),
    ],
)
def test_a_filter_that_cannot_be_understood_is_named(
    index: search.Index, filters: list[search.Filter], problem: str, at: str
) -> None:
    with pytest.raises(search.QueryError, match=problem) as caught:
        index.search("改革", filters=filters)
    error = caught.value
    assert error.query[error.start : error.end] == at


def test_there_is_a_limit_to_the_filters(index: search.Index) -> None:
    with pytest.raises(search.QueryError, match="100 filters"):
        index.search("改革", filters=["region:浙江"] * 101)


def test_an_account_counts_filters_as_parts(index: search.Index) -> None:
    account = index.account("改革", filters=["year:1900"])
    assert [part.text for part in account.parts] == ["改革", "year:1900"]
    assert account.total == 0
    assert [part.without for part in account.parts] == [0, len(found(index, "改革"))]


@pytest.mark.parametrize(
    ("asked", "days"),
    [
        ("2024-01", {FIRST}),
        ("2024-01-31", {FIRST}),
        ("2024", {FIRST, LATER}),
        ("2024-02..", {LATER}),
        ("..2024-04", {FIRST}),
        ("2023", set()),
    ],
)
def test_reports_are_found_by_the_day_they_were_added(
    index: search.Index, asked: str, days: set[date]
) -> None:
    every = expected(index, lambda passage: passage.report.added in days)
    assert found(index, f"added:{asked}") == found(index, f"收录：{asked}") == every


@pytest.mark.parametrize(
    ("asked", "formats"),
    [
        ("html", {"html"}), ("HTM", {"html"}), ("md", {"markdown"}), ("txt", {"text"}),
        ("ht", set()), ("doc", set()),
    ],
)  # fmt: skip
def test_a_format_is_asked_for_whole_or_as_files_end(
    index: search.Index, asked: str, formats: set[str]
) -> None:
    every = expected(index, lambda passage: passage.report.format in formats)
    assert found(index, f"format:{asked}") == found(index, f"格式:{asked}") == every


def test_a_subject_is_found_by_a_part_of_it(index: search.Index) -> None:
    every = expected(index, lambda passage: "政务公开" in passage.report.subject)
    assert found(index, "主题:政务公开") == found(index, "subject:政务公开") == every
    assert every


@pytest.mark.parametrize("query", ["similar:改革", "similar:0:1", "within:a/b", 'within:"../a"'])
def test_what_is_no_address_or_no_name_is_an_error_with_its_place(
    index: search.Index, query: str
) -> None:
    with pytest.raises(search.QueryError) as caught:
        index.search(query)
    assert query[caught.value.start : caught.value.end] == query.partition(":")[2]


def test_an_address_may_be_short_and_its_colon_full_width(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("关于防汛的通知\n\n请落实防汛责任。\n", "utf-8")
    search.build_index(tmp_path / "index", tmp_path / "a.txt")
    with search.open_index(tmp_path / "index") as index:
        (report,) = index.reports()
        assert index.search(f"similar:{report.id[:4].upper()}:1").total == 0
        assert index.search(f"similar：{report.id}：2").total == 0
        with pytest.raises(search.QueryError, match="has paragraphs"):
            index.search(f"similar:{report.id}:9")
