"""Plain questions: what they require, what comes first, and what is not taken for one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import search
from search.query import Words, parse
from search.query.prose import is_prose

from .meaning import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Build

REPORT = """# 2021年某市政府工作报告

全市粮食产量二百零五万吨，比上年增加五万吨。

2021年完成固定资产投资310亿元，其中工业投资120亿元。

2022年完成固定资产投资350亿元，其中工业投资150亿元。

加快推进老旧小区改造，全年开工改造老旧小区118个，惠及居民两万户，工程质量和资金管理得到加强。

推进改造提升工作。各项工作扎实开展，小区环境明显改善，群众满意度稳步提高，文明创建取得新成效，城市面貌焕然一新。老旧管网逐步更新，加快补齐短板。

拖欠农民工工资的，由人力资源社会保障行政部门责令限期支付。

农民工进城就业人数稳步增加，农村面貌持续改善。

企业应当按照合同约定支付工资和奖金，不得无故拖欠货款。
"""


@pytest.fixture(scope="module")
def index(build: Build) -> Iterator[search.Index]:
    with search.open_index(build({"report.md": REPORT})) as opened:
        yield opened


def texts(results: search.Results) -> list[str]:
    return [hit.text for hit in results]


def test_a_question_finds_the_paragraph_that_holds_most_of_it(index: search.Index) -> None:
    results = index.search("用人单位长期拖欠农民工工资，劳动者应该去哪里投诉？")
    assert texts(results)[0].startswith("拖欠农民工工资的")
    assert results.relaxed


def test_all_words_of_a_question_are_required_if_that_is_asked(index: search.Index) -> None:
    question = "用人单位长期拖欠农民工工资，劳动者应该去哪里投诉？"
    results = index.search(question, relax=False)
    assert (results.total, results.relaxed) == (0, False)


def test_what_merely_asks_is_not_looked_for(index: search.Index) -> None:
    plain, asking = (index.search(query) for query in ("老旧小区改造", "老旧小区怎么改造"))
    assert texts(asking)[0] == texts(plain)[0]
    assert all("怎么" not in hit.text[slice(*span)] for hit in asking for span in hit.highlights)


def test_common_characters_are_marked_only_where_nothing_else_is(build: Build) -> None:
    paragraphs = ["解决拖欠工资的问题，又有人来。", *["改造房屋。"] * 30, *["又有人来。"] * 4]
    with search.open_index(build({"a.txt": "\n\n".join(paragraphs)})) as index:
        results = index.search("解决来拖欠工资", limit=None)
        assert results.relaxed
        marks = {hit.text[slice(*span)] for hit in results for span in hit.highlights}
        assert marks == {"解决", "拖欠工资"}
        alone = index.search("又在人前来房", limit=None)
        assert alone.relaxed
        assert all(hit.highlights for hit in alone)


def test_what_holds_all_words_of_a_short_run_comes_first(index: search.Index) -> None:
    complete = set(texts(index.search("农民工工资支付", relax=False)))
    found = texts(index.search("农民工工资支付"))
    assert complete
    assert set(found[: len(complete)]) == complete
    assert len(found) > len(complete)


@pytest.mark.parametrize("query", ["扩大对外开放水平", "政府的工作报告", "改革年度工作报告"])
def test_whatever_holds_all_words_of_a_short_run_is_found(
    samples: search.Index, query: str
) -> None:
    complete = {hit.address for hit in samples.search(query, limit=None, relax=False)}
    found = [hit.address for hit in samples.search(query, limit=None)]
    assert set(found[: len(complete)]) == complete


def test_a_name_that_is_known_is_no_question(samples: search.Index) -> None:
    assert not samples.search("国家发展改革委").relaxed


def test_a_question_of_one_year_is_not_answered_by_the_next(index: search.Index) -> None:
    for year in ("2021", "2022"):
        best = texts(index.search(f"{year}年完成了多少固定资产投资"))[0]
        assert best.startswith(f"{year}年")


def test_what_says_it_in_one_place_comes_before_what_says_it_all_over(index: search.Index) -> None:
    first, second = texts(index.search("改造 小区 老旧"))[:2]
    assert first.startswith("加快推进老旧小区改造")
    assert second.startswith("推进改造提升工作")


def test_conditions_beside_a_question_hold_in_full(index: search.Index) -> None:
    assert index.search("2021年完成了多少固定资产投资 year:2021").total
    assert not index.search("2021年完成了多少固定资产投资 year:2020").total


@pytest.mark.parametrize(
    "query",
    ["拖欠 货款 老旧", '"拖欠农民工货款工资"', "text:拖欠农民工货款工资", "拖欠货款", "2021-13-01"],
)
def test_these_are_no_questions(index: search.Index, query: str) -> None:
    assert not index.search(query).relaxed


def test_words_under_not_are_excluded_only_together(index: search.Index) -> None:
    left = texts(index.search("工资 -拖欠农民工工资"))
    assert left == ["企业应当按照合同约定支付工资和奖金，不得无故拖欠货款。"]


@pytest.mark.parametrize(
    "sentence",
    [
        "我在工地干活时受伤，公司应该给予什么补偿？",
        "不给农民工工资怎么办？有什么解决办法？",
        "三期（孕期，产期，哺乳期）的补偿标准是怎样的？",
        "变形金刚：超能连结是哪个公司发行的作品？",
        "《阿凡达：水之道》国内上映日期",
        "推进一网通办，优化营商环境",
        "2015～2020年固定资产投资增长了多少",
        "问题：怎么做才能优化营商环境",
    ],
)
def test_a_sentence_is_one_run_of_words_whatever_signs_it_holds(sentence: str) -> None:
    assert meaning(parse(sentence)) == meaning(Words(sentence))


@pytest.mark.parametrize(
    "query",
    [
        "行?复议",
        "部分:计划 营商环境优化提升怎么做",
        "优化营商环境 OR 深化放管服改革，怎么做",
        "优化营商环境 /句 深化放管服改革，怎么做",
        "“优化营商环境”这句话是什么时候提出的？",
        "yaer:2016 优化营商环境怎么做",
        "固定资产投资增长>6%的是哪个城市",
        "固定资产投资增长＞６％，工业投资增长",
        "固定资产投资增长≥6%，工业投资增长",
        "「优化营商环境」这句话是什么时候提出的？",
        "优化营商环境，怎么做 －试点工作",
        "优化营商环境 ／句 深化放管服改革，怎么做",
        "优化营商环境 /10 (深化放管服改革，怎么做)",
        "优化营商环境 ＯＲ 深化放管服改革，怎么做",
        "优化营商环境怎么做 深化放管服～ 改革",
        "年代：2016 优化营商环境怎么做",
        "谁执法谁普法 责任制 优化营商环境",
    ],
)
def test_what_only_the_language_has_is_never_prose(query: str) -> None:
    assert not is_prose(query)
