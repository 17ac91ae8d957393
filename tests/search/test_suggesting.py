"""What an index proposes for a query that fails, and what it completes."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

import search
from indexer import fold
from search import QueryError
from search.query import parse
from search.suggesting.account import Account, Change
from search.suggesting.asked import parts
from search.suggesting.look import LOOK_ALIKE
from search.suggesting.sound import syllables

from .homophones import cases, failures
from .meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Build

TEXTS = {
    "work.md": """---
title: 2016年东河市政府工作报告
issuer: 东河市人民政府
region: 东河市
kind: 政府工作报告
date: 2016-01-20
---

# 2016年东河市政府工作报告

## 一、行政复议工作

行政复议案件办结率提高，行政复议机构增加人员。

优化营商环境，公开财政账目，晴天施工。

行政部门落实责任，生产总值增长8%，2017年继续。

## 二、工作安排

义务教育均衡发展，经济平稳，行政部门改进作风。
""",
    "notice.md": """---
title: 东河市人民政府办公室关于义务教育的通知
issuer: 东河市人民政府办公室
region: 东河市
kind: 通知
date: 2018-09-01
---

# 东河市人民政府办公室关于义务教育的通知

## 总体要求

坚持义务教育优先发展。

优化营商环境，使用Windows系统。
""",
}


@pytest.fixture(scope="module")
def index(build: Build) -> Iterator[search.Index]:
    with search.open_index(build(TEXTS)) as opened:
        yield opened


def proposed(index: search.Index, query: str) -> list[str]:
    return [proposal.query for proposal in index.account(query).proposals]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        pytest.param("行政复义", "行政复议", id="a character that sounds the same"),
        pytest.param("形正复义", "行政复议", id="several of them"),
        pytest.param("财振", "财政", id="zh and z, en and eng are near"),
        pytest.param("帐目", "账目", id="a character that looks alike"),
        pytest.param("睛天", "晴天", id="a character that looks alike and sounds near"),
        pytest.param("义务叫育", "义务教育", id="a word in a chunk of two"),
        pytest.param("优化营伤环境", "优化营商环境", id="a word among others"),
        pytest.param("营商境环", "营商环境", id="two characters swapped"),
        pytest.param("行复议", "行政复议", id="one too few"),
        pytest.param("行政的复议", "行政复议", id="one too many"),
        pytest.param("义务教桌", "义务教育", id="one that is any other"),
        pytest.param("windovs", "windows", id="a letter"),
        pytest.param("行政复 议", "行政复议", id="a space within a word"),
        pytest.param("行政 复义", "行政复议", id="a space within a misspelt word"),
        pytest.param('"行政复义"', '"行政复议"', id="a string"),
        pytest.param("title:义务叫育", "title:义务教育", id="a word of a field"),
        pytest.param("行政復義", "行政复议", id="a misspelt word in traditional characters"),
    ],
)
def test_a_misspelt_word_is_proposed_as_it_was_meant(
    index: search.Index, wrong: str, right: str
) -> None:
    assert proposed(index, wrong)[0] == right


def test_a_word_of_which_a_part_is_always_quoted_is_proposed_in_two(build: Build) -> None:
    text = "# 通知\n\n解决“三农”问题。\n\n“三农”工作中的问题。"
    with search.open_index(build({"a.md": text})) as index:
        assert index.search("三农问题").total == 0
        (proposal,) = index.account("三农问题").proposals
        assert (proposal.query, proposal.total) == ("三农 问题", 2)
        (proposal,) = index.account("解决三农问题").proposals
        assert proposal.query == "解决三农 问题"
        assert index.account('"三农问题"').proposals == ()


def test_words_misspelt_together_are_proposed_together_first(index: search.Index) -> None:
    assert proposed(index, "行政复义 OR 营伤环境")[0] == "行政复议 OR 营商环境"
    assert proposed(index, "营伤环境 (帐目 睛天)") == ["营商环境 (账目 晴天)"]


@pytest.mark.parametrize(
    "query", ["行政复议", "2018年", "增长9%", "财政 账目", "蘑菇", "-行政复义"]
)
def test_nothing_is_proposed_for_what_stands_nor_for_what_is_like_nothing(
    index: search.Index, query: str
) -> None:
    assert proposed(index, query) == []


@pytest.mark.parametrize(
    ("query", "right"),
    [
        ("机关:东河市人民政俯", "机关:东河市人民政府"),
        ("机关:东河市人民政府办公事 教育", "机关:东河市人民政府办公室 教育"),
        ('kind:"通之"', 'kind:"通知"'),
        ("地区:东和市 教育", "地区:东河市 教育"),
        ("地区:东和市 文种:通之", "地区:东河市 文种:通知"),
        ("文种:通之 义务叫育", "文种:通知 义务教育"),
    ],
)
def test_the_value_of_a_condition_is_proposed_as_it_was_meant(
    index: search.Index, query: str, right: str
) -> None:
    assert proposed(index, query)[0] == right


def test_a_condition_that_nothing_fulfils_is_left_out(index: search.Index) -> None:
    account = index.account("行政复议 年份:1999 -通知")
    assert [(one.query, one.change) for one in account.proposals] == [
        ("行政复议 -通知", Change.LEFT_OUT),
        ("行政复议", Change.LEFT_OUT),
    ]
    assert proposed(index, "行政复义 年份:1999") == ["行政复议"]


def test_what_a_quantity_must_be_is_left_out_and_its_word_is_not(index: search.Index) -> None:
    account = index.account("教育>900亿元 文种:通知")
    assert [(one.query, one.change) for one in account.proposals] == [
        ("教育 文种:通知", Change.LEFT_OUT)
    ]


def test_an_expression_is_no_condition_that_may_be_left_out(index: search.Index) -> None:
    assert proposed(index, "re:/教.木耳/ 年份:1999") == []
    assert proposed(index, "re:/义务教./ 年份:1999") == ["re:/义务教./"]


def test_a_part_is_counted_by_itself_and_left_out(index: search.Index) -> None:
    account = index.account("义务教育 年份:2018 (蘑菇 OR 木耳)")
    assert account.total == 0
    assert [(one.text, one.alone, one.without) for one in account.parts] == [
        ("义务教育", 3, 0),
        ("年份:2018", 4, 0),
        ("(蘑菇 OR 木耳)", 0, 2),
    ]
    assert [one.without for one in index.account("蘑菇 OR 木耳").parts] == [None]


LEAVES = [
    "行政复议",
    "行政复义",
    '"营商 环境"',
    "年份:2016",
    "title:通知",
    "机关:(政府 OR 政俯)",
    "营*",
]
QUERIES = st.recursive(
    st.sampled_from(LEAVES),
    lambda inner: st.one_of(
        inner.map("-({})".format),
        inner.map("({})".format),
        st.tuples(inner, st.sampled_from([" ", " AND ", " OR "]), inner).map("".join),
    ),
    max_leaves=6,
)
NEAR = st.sampled_from(["行政 /句 复议", "行政 >3 (复议 OR 案件) /段 机构 教育"])


@given(QUERIES | NEAR)
def test_the_parts_of_a_query_are_what_it_is_made_of(query: str) -> None:
    texts = [query[start:end] for start, end in parts(query)]
    assert meaning(parse(" ".join(texts))) == meaning(parse(query))


@given(QUERIES)
def test_every_count_is_what_a_search_finds(index: search.Index, query: str) -> None:
    def total(asked: str) -> int:
        return index.search(asked, limit=0).total

    account: Account = index.account(query)
    texts = [part.text for part in account.parts]
    assert account.total == total(query)
    for at, part in enumerate(account.parts):
        assert part.alone == total(part.text)
        rest = " ".join(texts[:at] + texts[at + 1 :])
        assert part.without == (total(rest) if rest else None)
    for proposal in account.proposals:
        assert proposal.query != query
        assert proposal.total == total(proposal.query) > 0


@given(
    st.text(max_size=30) | st.text('行政复义 /句-:：(）～*?"“℀﹕\U0003ffff\U00100000', max_size=30)
)
def test_any_query_is_accounted_for_or_refused_as_a_query(index: search.Index, query: str) -> None:
    with contextlib.suppress(QueryError):
        index.account(query)


@pytest.mark.parametrize(
    "query", ["复" * 1000, "义" + " 义" * 199, "行政复义 " * 150, "(" * 50 + "义" + ")" * 50]
)
def test_the_longest_queries_are_accounted_for(index: search.Index, query: str) -> None:
    assert len(index.account(query).parts) <= 10


@pytest.mark.parametrize(("expand", "relax"), [(True, False), (False, True)])
def test_what_is_proposed_finds_as_much_when_it_is_asked_the_same_way(
    index: search.Index,
    expand: bool,
    relax: bool,
) -> None:
    def total(query: str) -> int:
        return index.search(query, limit=0, expand=expand, relax=relax).total

    for query in ("坚持优先发展蘑菇教育", "优化营商环镜木耳蘑菇", "第十三个五年规划 行政复义"):
        account = index.account(query, expand=expand, relax=relax)
        assert account.total == total(query)
        for proposal in account.proposals:
            assert proposal.total == total(proposal.query) > 0


def test_a_query_that_cannot_be_understood_is_refused(index: search.Index) -> None:
    with pytest.raises(QueryError):
        index.account("(行政复议")


def test_most_words_of_the_samples_are_proposed_first(samples: search.Index) -> None:
    assert share_proposed_first(samples) >= 0.85


def test_most_words_of_real_reports_are_proposed_first(real_index: search.Index) -> None:
    assert share_proposed_first(real_index) >= 0.85


def share_proposed_first(index: search.Index) -> float:
    tried = cases(index._snapshot, 200)
    assert len(tried) == 200
    return 1 - len(failures(index, tried)) / len(tried)


def test_the_usual_syllable_of_a_common_character_is_the_one_that_pypinyin_gives() -> None:
    common = [
        bytes([row, cell]).decode("gb2312", "ignore")
        for row in range(0xB0, 0xF8)
        for cell in range(0xA1, 0xFF)
    ]
    for character in filter(None, common):
        usual = lazy_pinyin(character, v_to_u=True)[0]
        assert syllables(character)[0] == usual, character
    assert syllables("a") == syllables("。") == ()


def test_characters_that_look_alike_are_folded_and_others() -> None:
    for character, others in LOOK_ALIKE.items():
        assert fold(character) == character
        assert character not in others
        assert all(character in LOOK_ALIKE[other] for other in others)


def suggested(index: search.Index, prefix: str) -> list[tuple[str, str, int]]:
    return [(one.text, one.source.value, one.paragraphs) for one in index.suggest(prefix)]


def test_a_beginning_goes_on_to_words_headings_and_titles_by_their_paragraphs(
    index: search.Index,
) -> None:
    assert suggested(index, "行政") == [
        ("行政", "word", 4),
        ("行政复议工作", "heading", 3),
        ("行政复议", "word", 2),
        ("行政部门", "word", 2),
    ]
    assert suggested(index, "东河市人民政府办公室") == [
        ("东河市人民政府办公室关于义务教育的通知", "title", 4),
    ]


def test_a_suggestion_is_found_in_any_width_case_and_script(index: search.Index) -> None:
    assert suggested(index, "ＷＩＮ") == suggested(index, "win") == [("windows", "word", 1)]
    assert suggested(index, "營商") == suggested(index, "营商") != []


@pytest.mark.parametrize("prefix", ["", " ", "\u200b", "蘑", "行\n政", "\ud800", "务教育"])
def test_what_begins_no_word_has_no_suggestions(index: search.Index, prefix: str) -> None:
    assert index.suggest(prefix) == ()


def test_as_many_are_suggested_as_are_asked_for(index: search.Index) -> None:
    every = index.suggest("行政复", limit=100)
    assert len(every) == 2
    assert index.suggest("行政复", limit=1) == every[:1]
    assert index.suggest("行政复", limit=0) == ()


def test_what_was_deleted_does_not_count(build: Build) -> None:
    directory = build(TEXTS)
    reports = directory.with_name("reports")
    (reports / "notice.md").unlink()
    search.build_index(directory, [reports])
    with search.open_index(directory) as index:
        assert ("营商环境", "word", 1) in suggested(index, "营商")
        assert suggested(index, "总体") == suggested(index, "东河市人民政府办公室") == []
