"""Searching through the embedded API: what is a hit, in which order, and what it carries."""

from __future__ import annotations

import dataclasses
import pickle
import threading
from time import process_time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import search
from indexer import fold
from search import Hit, Passage, UnknownAddress
from search.query import AllOf, AnyOf, Exact, InYears, NoneOf, Words, parse
from tests.benchmark.nonsense import strings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

TEXTS = {
    "2016年东河市政府工作报告.txt": """2016年东河市政府工作报告

——2016年1月20日在东河市第三届人民代表大会第一次会议上

东河市市长 李一

各位代表：

现在，我代表东河市人民政府，向大会报告工作，请予审议。

一、2015年工作回顾

（一）经济发展。全市生产总值增长8%，工业保持平稳，环境治理见到成效。

（二）营商环境。推行网上办事，企业开办时间缩短。

二、2016年工作安排

（一）优化环境。深化商事制度改革，营商更加便利，环境更加宽松。

（二）改善民生。新建学校3所，农村义务教育得到加强。
""",
    "notice.md": """---
title: 西岭区人民政府办公室关于加强农村教育工作的通知
issuer: 西岭区人民政府办公室
number: 西政办发〔2018〕7号
date: 2018-09-01
region: 西岭区
---

# 西岭区人民政府办公室关于加强农村教育工作的通知

各镇人民政府：

## 一、总体要求

坚持农村教育优先发展，改善办学条件。

## 二、保障措施

各镇要落实责任，按时上报进展，优化营商环境。
""",
}


@pytest.fixture(scope="module")
def index(build: Callable[[dict[str, str]], Path]) -> Iterator[search.Index]:
    with search.open_index(build(TEXTS)) as opened:
        yield opened


def texts(index: search.Index, query: str) -> list[str]:
    return [hit.text for hit in index.search(query, limit=None)]


def test_words_written_together_are_all_required_and_their_run_comes_first(
    index: search.Index,
) -> None:
    found = texts(index, "农村教育")
    assert "坚持农村教育优先发展" in found[0]
    assert any("农村义务教育" in text for text in found)
    assert all("教育" in text or "农村" in text for text in found)


def test_words_written_apart_come_first_where_they_stand_together(index: search.Index) -> None:
    found = texts(index, "营商 环境")
    together = ["营商环境" in text for text in found]
    assert together == sorted(together, reverse=True)
    assert True in together
    assert False in together


def test_a_word_may_stand_in_the_title_if_another_stands_in_the_paragraph(
    index: search.Index,
) -> None:
    assert all("民生" in text for text in texts(index, "东河市 民生"))
    assert texts(index, "东河市 民生")
    assert "各镇人民政府：" not in texts(index, "农村教育工作")


def test_a_word_may_stand_in_the_headings_above(index: search.Index) -> None:
    (hit,) = index.search("保障措施 责任")
    assert hit.text.startswith("各镇要落实责任")
    assert hit.heading == ("二、保障措施",)
    assert [hit.heading[0][a:b] for a, b in hit.heading_highlights[0]] == ["保障措施"]


def test_the_title_is_highlighted_where_it_answers(index: search.Index) -> None:
    hit = index.search("西岭区 责任").hits[0]
    assert [hit.report.title[a:b] for a, b in hit.title_highlights] == ["西岭区"]


def test_what_is_excluded_is_looked_for_in_the_paragraph_alone(index: search.Index) -> None:
    assert any("上报进展" in text for text in texts(index, "责任 -教育"))
    assert texts(index, "责任 -标题:教育") == []
    assert texts(index, "责任 -进展") == []


@pytest.mark.parametrize(
    ("query", "year"),
    [
        ("机关:西岭区人民政府办公室 教育", 2018),
        ("地区:东河 教育", 2016),
        ("文种:通知 教育", 2018),
        ('文种:"政府工作报告" 教育', 2016),
        ("文号:西政办发(2018)7号 教育", 2018),
        ("文号：西政办发［2018］7号 教育", 2018),
        ("标题:工作报告 教育", 2016),
        ("year:2018 教育", 2018),
        ("年份:2015..2017 教育", 2016),
        ("date:2018-09 教育", 2018),
        ("日期:..2016-01-20 教育", 2016),
        ("小标题:改善民生 教育", 2016),
    ],
)
def test_fields_choose_the_reports(index: search.Index, query: str, year: int) -> None:
    results = index.search(query, limit=None)
    assert results.total > 0
    assert {hit.report.year for hit in results} == {year}


def test_a_condition_alone_gives_every_paragraph_of_the_reports(index: search.Index) -> None:
    report = next(report for report in index.reports() if report.year == 2018)
    assert index.search("year:2018", limit=None).total == index.count(report)


def test_no_branch_of_an_or_takes_hits_from_another(index: search.Index) -> None:
    for left, right in [("year:2018", "民生"), ("标题:教育", "民生"), ("教育", "NOT 民生")]:
        either = {hit.address for hit in index.search(f"{left} OR {right}", limit=None)}
        for branch in (left, right):
            assert {hit.address for hit in index.search(branch, limit=None)} <= either


def test_a_report_of_which_only_the_year_is_known_has_the_dates_of_that_year(
    build: Callable[[dict[str, str]], Path],
) -> None:
    texts = {
        f"{year}年东河市政府工作报告.txt": f"各位代表：\n\n{year}年经济发展。\n"
        for year in (2003, 2011)
    }
    with search.open_index(build(texts)) as index:
        assert [report.date for report in index.reports()] == [None, None]
        assert [report.year for report in index.reports()] == [2003, 2011]
        newest = index.search("经济", sort="newest").hits[0]
        assert newest.report.year == 2011
        assert index.search("经济 date:2003").total == 1
        assert index.search("经济 date:2003-06").total == 0
        assert index.search("经济 date:2000..2005").total == 1


def test_the_whole_run_comes_before_its_parts(build: Callable[[dict[str, str]], Path]) -> None:
    parts = [
        "深化改革 改革开放。" * 6,
        "深化开放，改革深化。" * 6,
        "今后要深化改革开放，还要做好别的许多工作。",
    ]
    texts = {f"{n}.txt": f"关于第{n}件事的通知\n\n{part}\n" for n, part in enumerate(parts)}
    with search.open_index(build(texts)) as index:
        assert "深化改革开放" in index.search("深化 改革 开放").hits[0].text


def test_an_exact_value_is_not_part_of_another(index: search.Index) -> None:
    assert index.search('机关:"西岭区人民政府"').total == 0
    assert index.search("机关:西岭区人民政府").total > 0


WORDS = ["环境", "营商", "教育", "农村", "工作", "改革", "民生", "责任", "东河市", "优化环境"]
QUERIES = st.recursive(
    st.sampled_from([*WORDS, "year:2016", "year:2018", "title:教育", "小标题:总体"])
    | st.sampled_from(WORDS).map('"{}"'.format),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("({0[0]} {0[1]})".format),
        st.tuples(inner, inner).map("({0[0]} OR {0[1]})".format),
        inner.map("(NOT {})".format),
    ),
    max_leaves=6,
)


Held = tuple[bool, bool, bool]


class Oracle:
    """A query evaluated paragraph by paragraph, as the README says it is meant."""

    def __init__(self, index: search.Index) -> None:
        self.index = index
        self.passages = [p for r in index.reports() for p in index.paragraphs(r.id)]

    def answer(self, query: str) -> set[str]:
        tree = parse(query)
        held = {passage.address: self._held(tree, passage) for passage in self.passages}
        return {address for address, (_, by_word, freely) in held.items() if by_word or freely}

    def _held(self, node: object, passage: Passage, *, negated: bool = False) -> Held:
        """Whether a part holds; with a word of its own in the text; without asking for one."""
        if isinstance(node, AllOf | AnyOf):
            parts = [self._held(part, passage, negated=negated) for part in node.parts]
            if isinstance(node, AnyOf):
                return any(p[0] for p in parts), any(p[1] for p in parts), any(p[2] for p in parts)
            holds = all(part[0] for part in parts)
            return holds, holds and any(p[1] for p in parts), all(p[2] for p in parts)
        if isinstance(node, NoneOf):
            holds = not self._held(node.part, passage, negated=True)[0]
            return holds, False, holds
        if isinstance(node, InYears):
            holds = passage.report.year == node.first
            return holds, False, holds
        assert isinstance(node, Words | Exact)
        words = self._cut(node.text) if isinstance(node, Words) else [node.text]
        above = passage.heading[:-1] if passage.heading[-1:] == (passage.text,) else passage.heading
        if node.field:
            places = {"title": [passage.report.title], "heading": [*above]}[node.field.value]
            holds = self._stand(words, places)
            return holds, False, holds
        if isinstance(node, Exact) or negated:
            holds = self._stand(words, [passage.text])
        else:
            holds = self._stand(words, [passage.text, *above, passage.report.title])
        in_text = any(self._stand([word], [passage.text]) for word in words)
        return (holds, False, holds) if negated else (holds, holds and in_text, False)

    @staticmethod
    def _stand(words: list[str], places: list[str]) -> bool:
        return all(any(fold(word) in fold(place) for place in places) for word in words)

    def _cut(self, text: str) -> list[str]:
        return self.index._snapshot.segmenter.words(text)


@settings(max_examples=300, suppress_health_check=list(HealthCheck))
@given(query=QUERIES)
def test_boolean_queries_answer_as_a_paragraph_by_paragraph_reading_does(
    index: search.Index, query: str
) -> None:
    found = index.search(query, limit=None)
    assert {hit.address for hit in found} == Oracle(index).answer(query)
    assert found.total == len(found)
    scores = [hit.score for hit in found]
    assert scores == sorted(scores, reverse=True)


def test_more_and_rarer_occurrences_rank_higher(samples: search.Index) -> None:
    hits = samples.search("行政复议", limit=None).hits
    assert hits[0].text.count("行政复议") > hits[-1].text.count("行政复议")


def test_a_word_of_its_own_ranks_above_a_string_across_words(
    build: Callable[[dict[str, str]], Path],
) -> None:
    directory = build(
        {
            "a.txt": "关于甲事的通知\n\n听取各位研究生产生的想法。\n",
            "b.txt": "关于乙事的通知\n\n听取各位关于生产线的想法。\n",
        }
    )
    with search.open_index(directory) as index:
        found = texts(index, "生产")
        assert ["生产线" in text for text in found] == [True, False]


def test_the_snippet_holds_the_best_cluster_and_its_spans_are_true(samples: search.Index) -> None:
    for query in ("行政复议", "营商环境 放管服", '"产值1,234.5亿元"', "改革 OR 的"):
        for hit in samples.search(query, limit=50):
            for size in (20, 60, 120):
                part = hit.snippet(size)
                assert len(part.text) <= max(size, 20)
                assert part.text == hit.text[part.start : part.start + len(part.text)]
                assert part.cut_before == (part.start > 0)
                assert part.cut_after == (part.start + len(part.text) < len(hit.text))
                assert bool(part.highlights) == bool(hit.highlights)
                for start, end in part.highlights:
                    assert 0 <= start < end <= len(part.text)
                    covering = [(a - part.start, b - part.start) for a, b in hit.highlights]
                    assert any(a <= start and end <= b for a, b in covering)


def test_highlights_are_in_order_and_do_not_overlap(samples: search.Index) -> None:
    for hit in samples.search("行政 OR 行政复议 OR 复议 OR 政复", limit=200):
        ends = [0, *(end for _, end in hit.highlights)]
        assert all(end <= start for end, (start, _) in zip(ends, hit.highlights, strict=False))


def test_an_address_leads_back_to_the_paragraph(samples: search.Index) -> None:
    for hit in samples.search("改革", limit=20):
        passage = samples.get(hit.address)
        assert (passage.text, passage.heading, passage.report) == (
            hit.text,
            hit.heading,
            hit.report,
        )


@pytest.mark.parametrize("address", ["", "abc", "ffffffffffff:1", ":1", "x:y:z", "0dc2ad5c8a86:"])
def test_an_address_at_which_there_is_nothing_is_an_error(
    samples: search.Index, address: str
) -> None:
    with pytest.raises(UnknownAddress):
        samples.get(address)


def test_results_are_frozen_plain_data_that_survives_pickling(samples: search.Index) -> None:
    results = samples.search("行政复议")
    assert pickle.loads(pickle.dumps(results)) == results
    with pytest.raises(dataclasses.FrozenInstanceError):
        results.hits[0].rank = 7  # type: ignore[misc]
    assert isinstance(results.hits[0], Hit)


def test_a_closed_index_says_so_and_closing_again_is_no_error(samples_directory: Path) -> None:
    index = search.open_index(samples_directory)
    index.close()
    index.close()
    with pytest.raises(search.IndexClosed, match="open it again"):
        index.search("改革")


def test_the_full_width_colon_and_leading_zeros_of_an_address_do_not_matter(
    samples: search.Index,
) -> None:
    hit = samples.search("改革").hits[0]
    assert samples.get(f"{hit.report.id}：0{hit.paragraph}").address == hit.address


def test_a_paragraph_without_end_is_searched_and_cut(
    build: Callable[[dict[str, str]], Path],
) -> None:
    with search.open_index(
        build({"a.txt": "关于改革的通知\n\n" + "改革" * 20_000 + "\n"})
    ) as index:
        for hit in index.search("改革"):
            assert "改革" in hit.snippet(60).text


def test_ten_thousand_strings_of_chance_are_answered_or_refused_at_a_place_in_no_time(
    samples: search.Index,
) -> None:
    refused, longest = 0, 0.0
    for string in strings(10_000):
        began = process_time()
        try:
            results = samples.search(string)
        except search.QueryError as error:
            assert 0 <= error.start <= error.end <= len(string)
            refused += 1
        else:
            assert results.query == string
        longest = max(longest, process_time() - began)
    assert 1_000 < refused < 9_000
    assert longest < 0.2


def test_threads_may_share_an_index(samples: search.Index) -> None:
    queries = ["行政复议", "营商环境 放管服", "改革 -开放", '"一网通办"', "year:2017 法治"] * 4
    expected = {query: samples.search(query) for query in queries}
    wrong: list[str] = []

    def ask(query: str) -> None:
        if samples.search(query) != expected[query]:
            wrong.append(query)

    threads = [threading.Thread(target=ask, args=(query,)) for query in queries]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_an_unknown_order_is_refused(samples: search.Index) -> None:
    with pytest.raises(ValueError, match="relevance, newest, oldest, report"):
        samples.search("改革", sort="date")  # type: ignore[arg-type]


@pytest.mark.parametrize(("limit", "offset"), [(-1, 0), (10, -1)])
def test_impossible_pages_are_refused(samples: search.Index, limit: int, offset: int) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        samples.search("改革", limit=limit, offset=offset)
