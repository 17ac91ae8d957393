"""Trends: the use of terms period by period, held against a plain count over the texts."""

from __future__ import annotations

import os
import pickle
import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, get_args
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from corpus import read_report
from indexer import fold
from search import Grouping, Period, Usage

from .test_facets import REPORTS, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORDS = """
改革 开放 发展 稳定 创新 经济 社会主义 市场经济 农业 农村 农民 工业 企业 国有企业 民营经济 就业
创业 教育 科技 人才 医疗 卫生 养老 社会保障 住房 扶贫 脱贫攻坚 乡村振兴 环境保护 生态文明
绿色发展 污染 营商环境 放管服 简政放权 依法行政 法治 廉政 财政 税收 金融 投资 消费 外贸 出口
一带一路 城镇化 区域协调 国防 统一 人民群众 高质量发展 供给侧 五年计划 自力更生
"""
WITHOUT_REPORTS = {1976, 1977, 1989, 1990, 1991, 1996, 2020, *range(1961, 1964), *range(1965, 1975)}


@pytest.fixture(scope="module", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    with patch.object(os, "fsync"):
        yield


@pytest.fixture(scope="module")
def national(national_directory: Path) -> Iterator[search.Index]:
    with search.open_index(national_directory) as index:
        yield index


@pytest.fixture(scope="module")
def national_texts(real_data: Path) -> dict[int, tuple[str, list[str]]]:
    """Of every year the whole file, and the paragraphs as they are read; folded."""
    found = {}
    for path in (real_data / "reports" / "national").iterdir():
        whole = re.sub(r"\s", "", path.read_text("utf-8"))
        paragraphs = [fold(paragraph.text) for paragraph in read_report(path).paragraphs]
        found[int(path.name[:4])] = fold(whole), paragraphs
    return found


def test_fifty_words_are_counted_as_they_stand_in_fifty_reports(
    national: search.Index, national_texts: dict[int, tuple[str, list[str]]]
) -> None:
    trend = national.trend(WORDS.split())
    assert len(trend.terms) >= 50
    for term in trend.terms:
        for period, usage in zip(trend.periods, term.uses, strict=True):
            if period.value not in national_texts:
                assert usage is None
                continue
            whole, paragraphs = national_texts[period.value]
            holding = sum(term.term in paragraph for paragraph in paragraphs)
            often = whole.count(term.term)
            rate = 10_000 * often / sum(map(len, paragraphs))
            assert usage == Usage(holding, int(holding > 0), often, rate), (
                term.term,
                period,
            )


def test_years_without_reports_are_gaps_and_never_zero(national: search.Index) -> None:
    trend = national.trend(["改革", "放管服"])
    assert [period.value for period in trend.periods] == list(range(1954, 2026))
    assert {period.value for period in trend.periods if period.is_gap} == WITHOUT_REPORTS
    for term in trend.terms:
        for period, usage in zip(trend.periods, term.uses, strict=True):
            assert (usage is None) == (period.value in WITHOUT_REPORTS)
            assert (usage is None) == (period == Period(period.value, 0, 0, 0))


def test_first_and_last_use_are_those_of_the_texts(
    national: search.Index, national_texts: dict[int, tuple[str, list[str]]]
) -> None:
    for term in national.trend(WORDS.split()).terms:
        years = sorted(
            year
            for year, (_, paragraphs) in national_texts.items()
            if any(term.term in paragraph for paragraph in paragraphs)
        )
        assert term.first
        assert term.last
        assert [term.first.report.year, term.last.report.year] == [years[0], years[-1]]
        for found in (term.first, term.last):
            assert term.term in fold(national.get(found.address).text)


def check(index: search.Index, query: str, by: Grouping, filters: tuple[str, ...] = ()) -> None:
    """Hold a trend against the hits and the texts of the index."""
    trend = index.trend([query], by, filters=filters)
    (term,) = trend.terms
    counted = (
        {hit.address: hit for hit in index.search("", filters=filters, limit=None)}
        if filters
        else None
    )
    lengths: dict[int | str | None, list[int]] = defaultdict(list)
    reports: dict[int | str | None, set[str]] = defaultdict(set)
    for report in index.reports():
        for passage in index.paragraphs(report.id):
            if counted is None or passage.address in counted:
                value = getattr(report, by) or None
                lengths[value].append(len(fold(passage.text)))
                reports[value].add(report.id)
    hits = defaultdict(list)
    for hit in index.search(query, filters=filters, limit=None, expand=False):
        hits[getattr(hit.report, by) or None].append(hit)
    assert {period.value for period in trend.periods if not period.is_gap} == set(lengths)
    for period, usage in zip(trend.periods, term.uses, strict=True):
        value = period.value
        assert period == Period(
            value, len(reports[value]), len(lengths[value]), sum(lengths[value])
        )
        if not reports[value]:
            assert usage is None
            continue
        often = sum(len(hit.highlights) for hit in hits[value])
        assert usage == Usage(
            len(hits[value]),
            len({hit.report.id for hit in hits[value]}),
            often,
            10_000 * often / sum(lengths[value]),
        )
    assert term.total.paragraphs == sum(map(len, hits.values()))
    assert term.total.occurrences == sum(usage.occurrences for usage in term.uses if usage)


@pytest.mark.parametrize("by", get_args(Grouping))
@pytest.mark.parametrize(
    "query",
    [
        "改革",
        "改革 OR 就业",
        '"营商" OR "商环"',
        "营商环境 /句 优化",
        "行政*",
        '"，"',
        "增长>6%",
        "标题:报告",
        "-改革",
        "改革 -试点",
        "6.5",
    ],
)
def test_a_trend_counts_the_hits_and_their_highlights(
    samples: search.Index, query: str, by: Grouping
) -> None:
    check(samples, query, by)


@pytest.mark.parametrize(
    "filters", [("年份:2016..2020",), ("部分:计划",), ("文种:通知", "年份:2015..")]
)
def test_filters_leave_out_what_rates_are_told_of_too(
    samples: search.Index, filters: tuple[str, ...]
) -> None:
    check(samples, "改革", "year", filters)


@given(st.lists(REPORTS, min_size=1, max_size=4))
def test_a_trend_is_right_whatever_was_added_changed_and_removed(
    states: list[dict[int, tuple[int | None, str, list[str]]]],
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "reports"
        folder.mkdir()
        stays = {7: (2003, "通知", ["甲", "丙"])}
        for state in states:
            for path in folder.iterdir():
                path.unlink()
            for number, written in {**state, **stays}.items():
                write(folder, number, *written)
            search.build_index(Path(name) / "index", [folder])
            with search.open_index(Path(name) / "index") as index:
                for query in ("甲", "甲 OR 乙", "-甲"):
                    check(index, query, "year")
                    check(index, query, "kind")


def report(title: str, text: str, **known: str | int) -> str:
    front = "".join(f"{name}: {value}\n" for name, value in known.items())
    return f"---\ntitle: {title}\n{front}---\n\n{text}\n"


@pytest.fixture(scope="module")
def small(build: Callable[[dict[str, str]], Path]) -> Iterator[search.Index]:
    texts = {
        "a.md": report(
            "甲文", "推进放管服改革。\n\n放管服改革。", date="2016-05-01", region="甲市"
        ),
        "b.md": report("乙文", "推进放管服改革。", date="2016-03-01", region="乙市"),
        "c.md": report("丙文", "简政放权，深化改革。", date="2014-02-01", region="乙市"),
        "d.md": report("丁文", "推进改革。\n\n放管结合，服务企业。", year=2019),
        "e.md": report("戊文", "放管服改革。"),
        "f.md": report("己文", "人民和群众。人民群众。", date="2019-01-01", region="丙市"),
    }
    with search.open_index(build(texts)) as index:
        yield index


def test_a_term_is_counted_as_it_is_worded_unless_it_is_widened(small: search.Index) -> None:
    (term,) = small.trend(["放管服"]).terms
    assert (term.total.paragraphs, term.total.reports, term.total.occurrences) == (4, 3, 4)
    (widened,) = small.trend(["放管服"], expand=True).terms
    assert widened.total.paragraphs == small.search("放管服").total > 4


def test_words_that_are_written_together_are_counted_where_they_stand_together(
    small: search.Index,
) -> None:
    together, apart, exact = small.trend(["人民群众", "人民 群众", '"人民群众"']).terms
    assert together.total == exact.total
    assert (together.total.occurrences, apart.total.occurrences) == (1, 4)


def test_a_term_with_quotation_marks_in_it_is_counted_as_it_is_written(
    build: Callable[[dict[str, str]], Path],
) -> None:
    text = "解决“三农”问题。还有问题，也是问题。\n\n“三农”工作有问题。\n\n三农问题。"
    with search.open_index(build({"a.md": report("甲文", text, year=2016)})) as index:
        queries = ["“三农”问题", '"三农"问题', "“三农” 问题", "“三农”问题 OR “三农”工作"]
        often = [term.total.occurrences for term in index.trend(queries).terms]
    assert often == [1, 1, 8, 2]


def test_first_and_last_use_are_by_year_and_day_and_place(small: search.Index) -> None:
    used, word, unused = small.trend(["放管服", "改革", "乡村振兴"]).terms
    assert used.first
    assert used.last
    assert (used.first.report.title, used.first.report.date) == ("乙文", date(2016, 3, 1))
    assert used.last.address == f"{used.last.report.id}:2"
    assert used.last.report.title == "甲文"
    assert word.first
    assert word.last
    assert (word.first.report.title, word.last.report.title) == ("丙文", "丁文")
    assert (unused.first, unused.last) == (None, None)
    assert unused.uses == (Usage(0, 0, 0, 0.0), None, *unused.uses[2:])


def test_reports_of_an_unknown_year_are_counted_apart_and_last(small: search.Index) -> None:
    trend = small.trend(["放管服"])
    assert [period.value for period in trend.periods] == [*range(2014, 2020), None]
    assert trend.periods[-1].reports == 1
    last = trend.terms[0].uses[-1]
    assert last
    assert (last.paragraphs, last.occurrences) == (1, 1)


def test_regions_with_the_most_paragraphs_come_first_and_the_unknown_last(
    small: search.Index,
) -> None:
    trend = small.trend(["放管服"], by="region")
    assert [period.value for period in trend.periods] == ["甲市", "乙市", "丙市", None]


def test_years_begin_and_end_with_what_filters_leave(small: search.Index) -> None:
    trend = small.trend(["改革"], filters=["年份:2015..2018"])
    assert [period.value for period in trend.periods] == [2016]
    assert small.trend(["改革"], filters=["年份:1999"]).periods == ()


def test_what_a_filter_asks_for_is_no_use_of_a_term(small: search.Index) -> None:
    (term,) = small.trend(["放管服"], filters=["正文:改革"]).terms
    assert (term.total.paragraphs, term.total.occurrences) == (4, 4)


def test_what_makes_no_sense_is_refused(small: search.Index) -> None:
    with pytest.raises(ValueError, match="terms"):
        small.trend([])
    with pytest.raises(ValueError, match="terms"):
        small.trend("改革")
    with pytest.raises(ValueError, match="year, region, issuer, kind"):
        small.trend(["改革"], by="title")  # type: ignore[arg-type]
    with pytest.raises(search.QueryError):
        small.trend(["改革", "("])


def test_a_trend_is_plain_data(small: search.Index) -> None:
    trend = small.trend(["放管服"])
    assert pickle.loads(pickle.dumps(trend)) == trend
    told = trend.to_dict()
    assert told["by"] == "year"
    assert told["periods"][1] == {"value": 2015, "reports": 0, "paragraphs": 0, "characters": 0}
    (term,) = told["terms"]
    assert term["uses"][1] is None
    assert term["first"]["address"] == trend.terms[0].first.address  # type: ignore[union-attr]
    assert term["first"]["report"]["date"] == "2016-03-01"
