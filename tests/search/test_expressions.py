"""Regular expressions: what they find, what they show, and that none of them can hurt."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import search
from indexer import fold
from search import locating

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Build

TEXTS = (
    "第十二条 对违法行为处二百元罚款，情节严重的处五百元罚款。",
    "ＧＤＰ增长6.5%（按可比价格计算），比2016年高0.2个百分点。",
    "全年新增就业12/15万人；第三产业[服务业]占比提高。",
    "國民經濟和社會發展第十三个五年规划纲要",
)


@pytest.fixture(scope="module")
def index(build: Build) -> Iterator[search.Index]:
    with search.open_index(build({"report.txt": "\n\n".join(TEXTS)})) as opened:
        yield opened


def shown(index: search.Index, query: str) -> list[str]:
    hits = sorted(index.search(query, limit=None), key=lambda hit: hit.paragraph)
    return [hit.text[start:end] for hit in hits for start, end in hit.highlights]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (r"re:/第[一二三四五六七八九十]+条/", ["第十二条"]),
        (r"re:/处.百元罚款/", ["处二百元罚款", "处五百元罚款"]),
        (r"re:/处(二|五)百元/", ["处二百元", "处五百元"]),
        (r"re:/gdp|服务业/", ["ＧＤＰ", "服务业"]),
        (r"re:/ＧＤＰ增长\d+\.\d%/", ["ＧＤＰ增长6.5%"]),
        (r"re:/（[^）]+）/", ["（按可比价格计算）"]),
        (r"re:/\d+\/\d+/", ["12/15"]),
        (r"re:/\[服务业\]/", ["[服务业]"]),
        (r"re:/国民(经济)?和社会/", ["國民經濟和社會"]),
        (r"re:/國民經濟/", ["國民經濟"]),
        (r"re:/\p{Han}{3}规划/", ["个五年规划"]),
        (r"re:/新增x*就业/", ["新增就业"]),
        ("RE：／新增就业／", ["新增就业"]),
        (r"re:/罚款/ -情节", []),
        (r"-re:/\d/ 国民", ["國民"]),
        (r"re:/处.百元/ /句 情节", ["处二百元", "情节", "处五百元"]),
    ],
)
def test_what_an_expression_matches_is_found_and_shown(
    index: search.Index, query: str, found: list[str]
) -> None:
    assert shown(index, query) == found


def test_what_matches_nothing_but_emptiness_finds_nothing(index: search.Index) -> None:
    assert index.search("re:/x*/").total == 0


@pytest.mark.parametrize(
    ("query", "place", "problem"),
    [
        ("re:/罚款", (0, 6), "not closed"),
        ("改革 re:/[罚/", (3, 10), "no regular expression"),
        ("re:/(罚/", (0, 7), "no regular expression"),
        (r"re:/(罚)\1/", (0, 10), "no regular expression"),
        ("re:/" + "罚" * 201 + "/", (0, 206), "at most 200"),
        ("title:re:/罚/", (6, 12), "not in a field"),
        ("re:/((((罚{1,99}){1,99}){1,99}){1,99})/", (0, 38), "no regular expression"),
    ],
)
def test_what_is_no_expression_is_told_with_its_place(
    index: search.Index, query: str, place: tuple[int, int], problem: str
) -> None:
    with pytest.raises(search.QueryError, match=problem) as raised:
        index.search(query)
    assert (raised.value.start, raised.value.end) == place


def test_reading_ends_when_its_time_is_over(
    index: search.Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locating, "MAX_SECONDS", -1.0)
    with pytest.raises(search.QueryError, match="takes too long"):
        index.search("re:/./")


PIECES = st.sampled_from(
    ["处", "百", "元", "罚款", ".", "[一二五]", "[^处]", "(处|元)", "\\d", "6", "%", "十", "国"]
)
EXPRESSIONS = st.lists(
    st.tuples(PIECES, st.sampled_from(["", "", "", "?", "*", "+", "{1,2}"])).map("".join),
    min_size=1,
    max_size=5,
).map("".join)


@given(st.lists(EXPRESSIONS, min_size=1, max_size=3))
def test_any_expression_finds_what_python_finds(index: search.Index, ways: list[str]) -> None:
    # Behind an empty match Python looks for another at the same place, RE2 does not.
    assume(not any(re.fullmatch(way, "") for way in ways))
    pattern = "|".join(ways)
    expected = [
        (number, match.span())
        for number, text in enumerate(TEXTS, 1)
        for match in re.finditer(pattern, fold(text))
        if match.end() > match.start()
    ]
    hits = index.search(f"re:/{pattern}/", limit=None)
    found = {hit.paragraph for hit in hits}
    assert found == {number for number, _ in expected}
