"""Explaining a query: what it was understood as, and parts that add up to each score."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search import QueryError
from search.contributions import Merit
from search.explaining.explanation import Clause, ClauseKind, Explanation
from search.query import Node, parse

NEAR_QUERIES = Path(__file__).with_name("near_queries.txt").read_text("utf-8").splitlines()

ALMOST = 1e-6

QUERIES = [
    "行政复议",
    "营商环境 放管服",
    "农村教育",
    "经济 社会 发展",
    "农村教育 (就业 OR 创业) -试点 年份:2015..2020",
    "十三五 规划 OR 2017年 增长6.5%",
    '"最多跑一次" 改革 机关:"澜川市人民政府"',
    "标题:(规划 OR 方案) 小标题:保障措施",
    "行政* *复议",
    "营商环镜~ 改革",
    "行?复议 /段 行政*",
    "增长>6% 投资>=100亿元",
    "部分:计划 文种:政府工作报告",
    "相似:de69ca4b2378:33 年份:2018..",
    "2022年城镇老旧小区改造涉及多少户居民",
    "去年全市一般公共预算收入增长了多少，完成了年初预算的百分之几",
]


def total(hit: search.Hit, explanation: Explanation) -> float:
    explained = next(one for one in explanation.hits if one.address == hit.address)
    assert explained.rank == hit.rank
    return sum(share.score for share in explained.shares)


def check_sums(index: search.Index, query: str) -> int:
    """Hold the shares of the first hits against their scores; give how many hits there are."""
    results = index.search(query, limit=20)
    explanation = index.explain(query, results.hits)
    assert explanation.total == results.total
    assert [hit.score for hit in results] == pytest.approx(
        [total(hit, explanation) for hit in results], abs=ALMOST
    )
    return results.total


@pytest.mark.parametrize("query", QUERIES)
def test_the_parts_of_a_score_add_up_to_it(samples: search.Index, query: str) -> None:
    assert check_sums(samples, query)


def test_they_do_for_what_stands_near_too(samples: search.Index) -> None:
    assert sum(check_sums(samples, query) for query in NEAR_QUERIES) > 100


def test_a_literal_query_and_one_not_widened_are_explained_as_they_were_asked(
    samples: search.Index,
) -> None:
    for literal, expand in ((True, True), (False, False)):
        results = samples.search("放管服", literal=literal, expand=expand)
        explanation = samples.explain("放管服", results.hits, literal=literal, expand=expand)
        assert explanation.understood.terms[0].others == ()
        for hit in results:
            assert total(hit, explanation) == pytest.approx(hit.score, abs=ALMOST)


WORDS = [
    "改革",
    "行政复议",
    "放管服",
    "2017年",
    "农村教育",
    "营商环镜~",
    "行政*",
    "增长>6%",
    '"的"',
]
QUERY = st.recursive(
    st.sampled_from([*WORDS, "年份:2017", "标题:报告", "部分:计划"]),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(lambda pair: f"({pair[0]} OR {pair[1]})"),
        inner.map(lambda query: f"-({query})"),
        st.tuples(st.sampled_from(WORDS), st.sampled_from(["/句", ">段", "/10"]), st.just("改革"))
        .map(" ".join),
    ),
    max_leaves=6,
)  # fmt: skip


@given(query=QUERY)
def test_any_query_is_explained_by_parts_that_add_up(samples: search.Index, query: str) -> None:
    results = samples.search(query, limit=3)
    explanation = samples.explain(query, results.hits)
    for hit in results:
        assert total(hit, explanation) == pytest.approx(hit.score, abs=ALMOST)


def test_without_hits_the_best_ten_are_explained(samples: search.Index) -> None:
    found = samples.search("行政复议", limit=10)
    explained = samples.explain("行政复议").hits
    assert [hit.address for hit in explained] == [hit.address for hit in found]


def test_a_share_says_how_often_its_word_stands_where(samples: search.Index) -> None:
    for hit in samples.search("复议", limit=None):
        (share,) = samples.explain("复议", [hit]).hits[0].shares
        above = hit.heading[:-1] if hit.heading[-1:] == (hit.text,) else hit.heading
        assert (share.merit, share.text) == (Merit.WORD, "复议")
        assert share.in_text == hit.text.count("复议") > 0
        assert share.in_headings == sum(heading.count("复议") for heading in above)
        assert share.in_title == hit.report.title.count("复议")


def test_the_rarer_word_says_that_it_is_rarer(samples: search.Index) -> None:
    (hit, *_) = samples.explain("行政复议 工作").hits
    rare, frequent = (
        next(share for share in hit.shares if share.text == word) for word in ("行政复议", "工作")
    )
    assert rare.paragraphs < frequent.paragraphs
    assert rare.rarity > frequent.rarity > 0


def test_what_stands_as_it_was_typed_earns_by_that(samples: search.Index) -> None:
    hits = samples.explain("深化 改革").hits
    runs = [share for share in hits[0].shares if share.merit is Merit.RUN]
    assert [run.text for run in runs] == ["深化改革"]
    assert runs[0].in_text > 0


def outline(clause: Clause) -> Any:
    """A clause as nested tuples: kind, text, terms, parts; the empty left out."""
    terms = tuple(term.text for term in clause.terms)
    parts = tuple(map(outline, clause.parts))
    text = f"{clause.field}:{clause.text}" if clause.field else clause.text
    return tuple(filter(None, (clause.kind.value, text, terms, parts)))


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("行政复议", ("words", "行政复议", ("行政复议",))),
        ("农村教育", ("words", "农村教育", ("农村", "教育"))),
        ('"农村教育"', ("string", "农村教育", ("农村教育",))),
        ("改革 OR 开放", ("any", (("words", "改革", ("改革",)), ("words", "开放", ("开放",))))),
        ("-改革", ("none", (("words", "改革", ("改革",)),))),
        ("标题:规划", ("words", "title:规划", ("规划",))),
        ("年份:2015..", ("condition", "year:2015..")),
        ("年份:2015", ("condition", "year:2015")),
        ("日期:2018-05", ("condition", "date:2018-05-01..2018-05-31")),
        ('机关:"政府"', ("condition", 'issuer:"政府"')),
        ("部分:review", ("condition", "section:回顾")),
        (
            "农村教育 >s 改革",
            ("near", ">句", (("words", "农村教育", ("农村教育",)), ("words", "改革", ("改革",)))),
        ),
        (
            "改革 /10 行?复",
            ("near", "/10", (("words", "改革", ("改革",)), ("wild", "行?复", ("行?复",)))),
        ),
        ("增长>6%", ("quantity", "增长>6%", ("增长",))),
        ("营商环镜～", ("fuzzy", "营商环镜", ("营商环镜",))),
        (
            "2022年老旧小区改造涉及多少户居民",
            ("question", "2022年老旧小区改造涉及多少户居民",
             ("2022年", "老旧小区", "改造", "涉及", "户", "居民")),
        ),
    ],
)  # fmt: skip
def test_a_query_is_told_as_it_was_understood(
    samples: search.Index, query: str, understood: Any
) -> None:
    assert outline(samples.explain(query).understood) == understood


def test_each_part_says_how_much_it_finds_by_itself(samples: search.Index) -> None:
    explanation = samples.explain("改革 (就业 OR 创业) -试点 年份:2017 营商环镜~")
    assert explanation.understood.paragraphs == explanation.total
    asked = ["改革", "就业 OR 创业", "-试点", "年份:2017", "营商环镜~"]
    counts = [samples.search(query, limit=0).total for query in asked]
    assert [part.paragraphs for part in explanation.understood.parts] == counts


@pytest.mark.parametrize(
    ("query", "reason", "other", "weight"),
    [
        ("发改委", "synonym", "发展改革委", 1.0),
        ("放管服", "synonym", "简政放权", 0.5),
        ("2017年", "date", "二〇一七年", 1.0),
        ("6.5%", "number", "百分之六点五", 1.0),
        ("十三五", "plan", "第十三个五年规划", 1.0),
        ("国办发〔2017〕24号", "document number", "国办发[2017]24号", 1.0),
        ("行政复*", "pattern", "行政复议", 1.0),
    ],
)
def test_a_word_that_was_widened_says_to_what_and_why(
    samples: search.Index, query: str, reason: str, other: str, weight: float
) -> None:
    (term,) = samples.explain(query).understood.terms
    assert term.reason == reason
    assert (other, weight) in {(form.text, form.weight) for form in term.others}


def test_what_is_excluded_is_not_widened_to_what_counts_less(samples: search.Index) -> None:
    (excluded,) = samples.explain("改革 -放管服").understood.parts[1].parts
    assert excluded.terms[0].others == ()


def test_a_plain_question_is_told_to_be_relaxed_and_all_else_strict(samples: search.Index) -> None:
    assert samples.explain("2022年老旧小区改造涉及多少户居民").relaxed
    assert not samples.explain("老旧小区 改造").relaxed
    all_words = samples.explain("2022年老旧小区改造涉及多少户居民", relax=False)
    assert not all_words.relaxed
    assert all_words.understood.kind is ClauseKind.WORDS


def test_every_kind_of_part_is_explained(samples: search.Index) -> None:
    address = samples.search("行政复议").hits[0].address
    queries = [
        '改革 -试点 "最多跑一次" (就业 OR 创业)', "营商环镜~", "行政*", "re:/复议/", "增长>6%",
        "就业 /句 创业", "机关:政府", "年份:2017", "日期:2017", "部分:回顾", "收录:2020..",
        f"相似:{address}",
    ]  # fmt: skip
    kinds = {type(node) for query in queries for node in nodes(parse(query))}
    assert {kind.__name__ for kind in get_args(Node)} - {kind.__name__ for kind in kinds} <= {
        "Within"  # needs a result set
    }
    for query in queries:
        assert samples.explain(query).understood.kind in ClauseKind


def nodes(node: Any) -> list[Any]:
    """A node and all below it."""
    below = [getattr(node, name) for name in ("part", "left", "right") if hasattr(node, name)]
    below += getattr(node, "parts", ())
    return [node, *(inner for part in below for inner in nodes(part))]


def test_an_explanation_is_plain_data(samples: search.Index) -> None:
    told = samples.explain("放管服 年份:2017..2019").to_dict()
    assert json.loads(json.dumps(told)) == told
    assert list(told) == ["query", "understood", "relaxed", "total", "paragraphs", "hits"]
    assert told["understood"]["kind"] == "all"
    assert told["hits"][0]["shares"][0]["merit"] == "word"


def test_a_query_that_cannot_be_understood_cannot_be_explained(samples: search.Index) -> None:
    with pytest.raises(QueryError):
        samples.explain("年份:abc")


def test_a_hit_of_another_index_cannot_be_explained(
    samples: search.Index, build: Any, tmp_path: Path
) -> None:
    with search.open_index(build({"a.txt": "改革开放\n"})) as other:
        (hit,) = other.search("改革").hits
    with pytest.raises(search.UnknownAddress):
        samples.explain("改革", [hit])
