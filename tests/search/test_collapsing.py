"""Collapsing: what says the same is one hit, on whatever page, and nothing is lost."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import pytest

import search
from indexer import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from search import Hit, Index

BODY = (
    "各地要深化放管服改革，优化营商环境，推行一网通办，做到企业开办当天办结。",
    "要完善社会信用体系，依法保护各类市场主体的合法权益，营造公平竞争的营商环境。",
    "要加强组织领导，压实工作责任，按时报送进展，确保各项改革任务落到实处。",
    "优化营商环境工作纳入年度考核，考核结果作为干部评价的重要依据，每半年通报一次。",
    "财政部门要安排专项资金支持改革，全年投入不低于6500万元，并接受审计监督。",
)
CHANGED = (
    BODY[0].replace("当天办结", "当天办理完结"),
    BODY[1],
    BODY[2].replace("确保", "保证"),
    BODY[3],
    BODY[4].replace("6500", "7500"),
)


def report(title: str, day: str, paragraphs: tuple[str, ...]) -> str:
    body = "\n\n".join(paragraphs)
    return f"---\ntitle: {title}\ndate: {day}\n---\n\n{body}\n"


TEXTS = {
    "later.md": report("优化营商环境的意见（转载）", "2021-06-01", CHANGED),
    "first.md": report("优化营商环境的意见", "2021-05-01", BODY),
    "other.md": report(
        "营商环境年度总结",
        "2019-01-01",
        (BODY[2], "营商环境明显改善。" * 3, "其他工作如常进行。" * 9),
    ),
    "apart.md": report(
        "改革要点",
        "2018-01-01",
        (BODY[0].replace("推行", "实行"), "要看到不足。" * 9, "鼓励改革。"),
    ),
    "dateless.md": "# 改革材料\n\n"
    + BODY[2].replace("，", "， ")
    + "\n\n"
    + "按要求办理。" * 30
    + "\n",
}


@pytest.fixture(scope="module")
def index(build: Callable[[dict[str, str]], Path]) -> Iterator[Index]:
    with search.open_index(build(TEXTS)) as opened:
        yield opened


def runs(text: str) -> set[str]:
    letters = re.sub(r"[\W_]", "", fold(text))
    return {letters[start : start + 5] for start in range(max(1, len(letters) - 4))}


def says_the_same(index: Index, one: Hit, other: Hit) -> bool:
    """The rule as it is written, by reading both."""
    if "".join(fold(one.text).split()) == "".join(fold(other.text).split()):
        return True
    near = {linked.report.id for linked in index.near(one.report.id)}
    if other.report.id not in near:
        return False
    numbers = [re.findall(r"\d+(?:\.\d+)?", fold(hit.text)) for hit in (one, other)]
    common, either = runs(one.text) & runs(other.text), runs(one.text) | runs(other.text)
    return numbers[0] == numbers[1] and len(common) >= 0.8 * len(either)


def clusters(index: Index, hits: tuple[Hit, ...]) -> list[list[Hit]]:
    """Hits that say the same as the first of them that is left, and its likes."""
    left, found = list(hits), []
    while left:
        best = left[0]
        same = [hit for hit in left if says_the_same(index, best, hit)]
        texts = {"".join(fold(hit.text).split()) for hit in same}
        same = [hit for hit in left if "".join(fold(hit.text).split()) in texts]
        found.append(same)
        left = [hit for hit in left if hit not in same]
    return found


def age(hit: Hit) -> tuple[bool, str, str, int]:
    day = hit.report.period[1].isoformat() if hit.report.period else ""
    return not day, day, hit.report.id, hit.paragraph


QUERIES = ["营商环境", "改革", "改革 OR 营商环境 OR 工作", "年份:2021", "要", "哪里也没有的话"]
SORTS: list[search.Sort] = ["relevance", "newest", "oldest", "report"]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", QUERIES)
def test_hits_are_collapsed_as_a_reading_of_all_of_them_would(
    index: Index, query: str, sort: search.Sort
) -> None:
    plain = index.search(query, limit=None, sort=sort)
    expected = []
    for same in clusters(index, plain.hits):
        shown = min(same, key=age) if sort == "relevance" else same[0]
        others = [hit.address for hit in sorted(same, key=age) if hit != shown]
        expected.append((shown.address, tuple(others), shown.text, shown.highlights, shown.score))
    found = index.search(query, limit=None, sort=sort, collapse=True)
    assert [
        (hit.address, hit.duplicates, hit.text, hit.highlights, hit.score) for hit in found
    ] == expected
    assert [hit.rank for hit in found] == list(range(1, len(expected) + 1))
    assert found.total == plain.total


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("query", ["改革", "工作", "年份:2015..2020", "各位代表", "二"])
def test_pages_stand_for_every_hit_once(samples: Index, query: str, sort: search.Sort) -> None:
    every = samples.search(query, limit=None, sort=sort)
    whole = samples.search(query, limit=None, sort=sort, collapse=True)
    pages = [
        samples.search(query, limit=7, offset=offset, sort=sort, collapse=True)
        for offset in range(0, len(whole.hits) + 7, 7)
    ]
    assert tuple(chain.from_iterable(pages)) == whole.hits
    stood_for = [address for hit in whole for address in (hit.address, *hit.duplicates)]
    assert sorted(stood_for) == sorted(hit.address for hit in every)
    assert len(stood_for) == every.total == whole.total


def test_the_earliest_of_the_same_is_shown_where_the_best_stands(index: Index) -> None:
    query = "一网通办 OR 办理完结"
    assert index.search(query).hits[0].report.title == "优化营商环境的意见（转载）"
    hit = index.search(query, collapse=True).hits[0]
    assert hit.report.title == "优化营商环境的意见"
    assert [index.get(one).report.title for one in hit.duplicates] == ["优化营商环境的意见（转载）"]


def test_other_numbers_and_unlinked_reports_are_not_the_same(index: Index) -> None:
    money = index.search("财政部门 专项资金", collapse=True, limit=None)
    assert (len(money.hits), money.total) == (2, 2)
    apart = index.search("一网通办", collapse=True, limit=None)
    assert (len(apart.hits), apart.total) == (2, 3)


def test_nothing_is_collapsed_unless_it_is_asked_for(index: Index) -> None:
    results = index.search("确保各项改革任务落到实处 OR 保证", limit=None)
    assert len(results.hits) == results.total
    assert all(hit.duplicates == () for hit in results)
