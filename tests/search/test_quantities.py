"""Quantities next to words: what is understood, what is found, and what a reading finds."""

from __future__ import annotations

import math
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import search
from indexer import compaction
from search import QueryError
from search.query import AllOf, Exact, Measured, Near, Node, NoneOf, Words, parse

from .meaning import meaning
from .oracle import Oracle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Build

TEXT = """\
# 关于各项工作的通知

国内生产总值增长6.5%，完成投资1,234.5亿元比上年提高５.２％。

失业率下降0.3个百分点；出口下降-3%，进口下降3%—5%：增速回升。

6%以上的增速，来之不易、十分可贵（增速）。

就业人数达一百二十万人（增长三成），其中女性：50万人。12:30起床1小时。

从业人员增长1‰、公路里程增长0公里。

上午10:30客流40%，下午：12个，客流（１０，０００人）共计9%；合计70%总数，结余。
"""

ANY = math.inf


def measured(word: str, kind: str, above: float, below: float) -> tuple[object, ...]:
    return Words(word), kind, pytest.approx(above), pytest.approx(below)


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("增长>6%", measured("增长", "%", 6, ANY)),
        ("增长>=6%", measured("增长", "%", 6, ANY)),
        ("增长<6%", measured("增长", "%", -ANY, 6)),
        ("增长<=6%", measured("增长", "%", -ANY, 6)),
        ("增长=6%", measured("增长", "%", 6, 6)),
        ("增长>-6%", measured("增长", "%", -6, ANY)),
        ("增长>百分之六点五", measured("增长", "%", 6.5, ANY)),
        ("增长>6个百分点", measured("增长", "百分点", 6, ANY)),
        ("自然增长率>5‰", measured("自然增长率", "%", 0.5, ANY)),
        ("投资>=100亿元", measured("投资", "元", 1e10, ANY)),
        ("投资>1,234.5亿元", measured("投资", "元", 123_450_000_000, ANY)),
        ("投资<万亿元", measured("投资", "元", -ANY, 1e12)),
        ("期限<=30日", measured("期限", "天", -ANY, 30)),
        ("有期徒刑>=3年", measured("有期徒刑", "年", 3, ANY)),
        ("下降:3%..5%", measured("下降", "%", 3, 5)),
        ("下降:3..5%", measured("下降", "%", 3, 5)),
        ("下降:-3..5%", measured("下降", "%", -3, 5)),
        ("下降:-5%..-3%", measured("下降", "%", -5, -3)),
        ("下降:..5%", measured("下降", "%", -ANY, 5)),
        ("下降:3%..", measured("下降", "%", 3, ANY)),
        ("投资:3..5亿元", measured("投资", "元", 3e8, 5e8)),
        ("投资:5000..1亿元", measured("投资", "元", 5000, 1e8)),
        ("PM2.5<=35微克/立方米", measured("pm2.5", "微克/立方米", -ANY, 35)),
    ],
)
def test_a_word_is_compared_with_a_number_and_its_unit(
    query: str, understood: tuple[object, ...]
) -> None:
    node = parse(query)
    assert isinstance(node, Measured)
    said = (node.word, node.kind, node.above, node.below)
    assert meaning(said) == meaning(understood)
    assert node.place == (0, len(query))


@pytest.mark.parametrize(
    ("other", "query"),
    [
        ("增长＞６％", "增长>6%"),
        ("增长＞＝６％", "增长>=6%"),
        ("增长≥6%", "增长>=6%"),
        ("增长≧6%", "增长>=6%"),
        ("增长≤６％", "增长<=6%"),
        ("增长＝6%", "增长=6%"),
        ("增长==6%", "增长=6%"),
        ("增長>6%", "增长>6%"),
        ("下降：３％．．５％", "下降:3%..5%"),
        ("下降:3%…5%", "下降:3%..5%"),
        ("投资>0.01万亿元", "投资>100亿元"),
        ("投资>一百亿元", "投资>100亿元"),
    ],
)
def test_signs_and_numbers_may_be_written_in_other_ways(other: str, query: str) -> None:
    assert meaning(parse(other)) == meaning(parse(query))


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("C>B", Words("C>B")),
        ("a=b", Words("a=b")),
        ("增长>三农", Words("增长>三农")),
        ("增长<>6%", Words("增长<>6%")),
        ("增长>", Words("增长>")),
        ('"增长>6%"', Exact("增长>6%")),
        ("12:30", Words("12:30")),
    ],
)
def test_signs_before_what_is_no_number_are_part_of_a_word(query: str, understood: Node) -> None:
    assert meaning(parse(query)) == meaning(understood)


def test_a_measured_word_stands_wherever_a_word_may() -> None:
    one = parse("增长>6%")
    assert meaning(parse("-增长>6%")) == meaning(NoneOf(one))
    assert meaning(parse("(增长>6% 工业)")) == meaning(AllOf((one, Words("工业"))))
    near = parse("增长>6% /句 工业")
    assert isinstance(near, Near)
    assert meaning((near.left, near.right)) == meaning((one, Words("工业")))


@pytest.mark.parametrize(
    ("query", "place", "problem"),
    [
        ("工业 增长>6", (3, 7), "needs a unit.*增长>6%"),
        ("增长>6.5", (0, 6), "needs a unit"),
        ("增长>三", (0, 4), "needs a unit"),
        ("增长>6朵花", (0, 6), "needs a unit"),
        ("增长>2017年", (0, 8), "needs a unit"),
        ("增长:3..5", (0, 7), "needs a unit"),
        ("增长:3%..5", (0, 8), "needs a unit"),
        ("增长:..5", (0, 6), "needs a unit"),
        ("增长:3%..5元", (0, 9), "% and 元 cannot be compared"),
        ("增长:5%..3%", (0, 9), "backwards"),
        (">6%", (0, 3), "word stands before the sign"),
        ("增长 >6%", (3, 6), "word stands before the sign"),
        ("增长 > 6%", (3, 4), "without a space"),
        ("增长 ≥ 6%", (3, 4), "without a space"),
        ("增*>6%", (0, 5), "word stands before the sign"),
        ("增长~>6%", (0, 6), "word stands before the sign"),
        ("标题:增长>6%", (3, 8), "not in a field"),
        ("标题:(工业 增长>6%)", (7, 12), "not in a field"),
        ("年份:增长>6%", (3, 8), "not in a field"),
        ("年份>2015", (0, 7), "needs a unit"),
        ("增长:abc..def", (0, 3), "no field 增长"),
        ("增长:6%", (0, 3), "no field 增长"),
        ("年份:3%..5%", (3, 9), "year takes"),
    ],
)
def test_what_cannot_be_compared_is_an_error_that_says_how_it_is_done(
    query: str, place: tuple[int, int], problem: str
) -> None:
    with pytest.raises(QueryError, match=problem) as caught:
        parse(query)
    assert (caught.value.start, caught.value.end) == place


@given(
    st.text("增长>=<≥:.,0123456789六百万亿元%-年~*? ／句()", max_size=40)
    | st.builds(
        "增长{}{}".format, st.sampled_from(list("<>=:")), st.text("0123456789.,", max_size=900)
    )
)
def test_any_signs_are_understood_or_an_error_of_ours(query: str) -> None:
    try:
        parse(query)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(query)


@pytest.fixture(scope="module")
def index(build: Build) -> Iterator[search.Index]:
    with search.open_index(build({"a.md": TEXT})) as opened:
        yield opened


def found(index: search.Index, query: str) -> list[list[str]]:
    """What is highlighted in each hit, in the order of the text."""
    hits = sorted(index.search(query, limit=None), key=lambda hit: hit.paragraph)
    return [[hit.text[start:end] for start, end in hit.highlights] for hit in hits]


@pytest.mark.parametrize(
    ("query", "highlights"),
    [
        ("增长>6%", [["增长", "6.5%"], ["增长", "三成"]]),
        ("增长>6.5%", [["增长", "三成"]]),
        ("增长>=6.5%", [["增长", "6.5%"], ["增长", "三成"]]),
        ("增长<=6.5%", [["增长", "6.5%"], ["增长", "1‰", "增长"]]),
        ("增长=0.1%", [["增长", "1‰", "增长"]]),
        ("增长>0.1%", [["增长", "6.5%"], ["增长", "三成"]]),
        ("增长<1%", [["增长", "1‰", "增长"]]),
        ("增长=0公里", [["增长", "增长", "0公里"]]),
        ("增长>0公里", []),
        ("投资>1234亿元", [["投资", "1,234.5亿元"]]),
        ("投资>5%", [["投资", "５.２％"]]),
        ("完成投资>5%", [["完成投资", "５.２％"]]),
        ("提高>1000亿元", [["1,234.5亿元", "提高"]]),
        ("失业率>0.2个百分点", [["失业率", "0.3个百分点"]]),
        ("失业率<1%", []),
        ("出口<0%", [["出口", "-3%"]]),
        ("下降=3%", [["下降", "3%"]]),
        ("下降>2%", [["下降", "3%"]]),
        ("下降:4%..6%", []),
        ("增速>=6%", [["6%", "增速"]]),
        ("来之不易>1%", []),
        ("人数>100万人", [["人数", "一百二十万人"]]),
        ("女性>1人", []),
        ("起床>0小时", [["起床", "1小时"]]),
        ("GDP增长>6%", []),
        ("GDP>6%", [["国内生产总值", "6.5%"]]),
        ("增长>6% /句 总值", [["总值", "增长", "6.5%"]]),
        ("增长>7% /句 总值", []),
        ("增长>6% >30 提高", [["增长", "6.5%", "提高"]]),
        ("增长>6% >1 投资", []),
        (
            "(增长>7% OR 出口<0%) /段 (人数 OR 进口)",
            [["出口", "-3%", "进口"], ["人数", "增长", "三成"]],
        ),
        ("增长>6% -总值", [["增长", "三成"]]),
        ("增长 -增长>6%", [["增长", "增长"]]),
        ("不存在的词>6%", []),
        ("工作>1%", []),
        ("上午>30%", [["上午", "40%"]]),
        ("下午>1个", []),
        ("个，客流>1%", [["个，客流", "9%"]]),
        ("总数，结余>60%", [["70%", "总数，结余"]]),
        ("6%以上>1%", []),
        ("70%>1%", []),
    ],
)
def test_a_word_is_found_with_the_quantity_of_its_clause(
    index: search.Index, query: str, highlights: list[list[str]]
) -> None:
    assert found(index, query) == highlights


def test_a_hit_by_a_quantity_is_ranked_by_its_word(index: search.Index) -> None:
    assert all(hit.score > 0 for hit in index.search("增长>6%"))


def same_as_read(index: search.Index, oracle: Oracle, query: str) -> int:
    """Compare the hits of a query and their highlights with those of a plain reading."""
    results = index.search(query, limit=None)
    assert {hit.address: hit.highlights for hit in results} == oracle.answer(parse(query)), query
    return results.total


WORDS_OF_REPORTS = (
    "增长", "下降", "投资", "粮食产量", "就业", "财政赤字", "增加", "GDP", "贫困人口", "铁路",
    "达到", "进出口总额",
)  # fmt: skip
CONDITIONS = (
    ">6%", ">=10%", "<0%", ":3%..5%", "=7%", ">1个百分点", ">100亿元", ":..50万元", "<2万亿元",
    ">100万人", ">1000公里", ">=一亿亩", "<500万吨", ":5..10亿美元", ">3倍", ":2..5年", ">50个",
)  # fmt: skip
REAL = [
    f"{word}{condition}"
    for number, word in enumerate(WORDS_OF_REPORTS)
    for condition in CONDITIONS[number % 4 :: 4]
] + [
    "增长>6% /句 工业", "增长>6% >段 投资", "投资>100亿元 /20 增长>5%", "-增长>6% 增长",
    "(增长>10% OR 下降>3%) /句 农业", "就业>1000万人 粮食", "(增长>8% 投资) /段 消费",
    "NOT (增长 OR 下降>1%)", "收入>10% OR 支出>10%", '增长>9% "比上年"',
]  # fmt: skip


def test_queries_with_quantities_answer_on_real_reports_as_a_reading_does(
    real_index: search.Index,
) -> None:
    oracle = Oracle(real_index)
    assert len(REAL) >= 60
    totals = [same_as_read(real_index, oracle, query) for query in REAL]
    assert sum(total > 0 for total in totals) >= 30


PIECES = st.sampled_from([
    "增长", "下降", "增长下降", "6%", "3—5%", "６．５％", "百分之七", "1,234亿元", "5万元",
    "两万元", "-3%", "三成", "2017年", "三年", "0.5个百分点", "12:30", "第三条", "工业",
    "长", "经", "1", "至", "，", ",", "。", "；", "：", "、", "（", "）", "!", "？", ".", "-",
])  # fmt: skip
REPORTS = st.lists(
    st.lists(st.lists(PIECES, min_size=1, max_size=14).map("".join), min_size=1, max_size=4),
    min_size=3,
    max_size=5,
)
OPERANDS = st.builds(
    "{}{}".format,
    st.sampled_from(
        ["增长", "下降", "长下", "工业", "经", "元", "6%", "5万元", "增长，下降", "经。", "，工业"]
    ),
    st.sampled_from(
        [">5%", "<=6%", "=3%", "<0%", ":..6%", ":3..5%", ">4万元", ">=0.5个百分点", "<9年"]
    ),
)
QUERIES = st.one_of(
    OPERANDS,
    st.builds("{} -{}".format, OPERANDS, OPERANDS),
    st.builds("{} {} {}".format, OPERANDS, st.sampled_from(["/句", ">3", "/段"]), OPERANDS),
    st.builds("(工业 OR {}) /8 {}".format, OPERANDS, OPERANDS),
)


@settings(
    max_examples=20,
    phases=set(Phase) - {Phase.shrink},  # it would build hundreds of indexes
    suppress_health_check=list(HealthCheck),
)
@given(
    REPORTS,
    st.sampled_from([0, compaction.LARGEST]),
    st.lists(QUERIES, min_size=20, max_size=30),
)
def test_any_query_over_segments_apart_or_merged_and_deletions_answers_as_a_reading_does(
    reports: list[list[str]], largest: int, queries: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as place, patch.object(compaction, "LARGEST", largest):
        folder, directory = Path(place, "reports"), Path(place, "index")
        folder.mkdir()
        for number, paragraphs in enumerate(reports):
            text = "\n\n".join([f"# 关于工作的通知{number}", *paragraphs])
            (folder / f"{number}.md").write_text(text, "utf-8")
            if number:
                search.build_index(directory, folder)
        (folder / "1.md").unlink()
        search.build_index(directory, folder)
        with search.open_index(directory) as index:
            oracle = Oracle(index)
            for query in queries:
                same_as_read(index, oracle, query)
