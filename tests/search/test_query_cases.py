"""What queries must do: each case a query, a text, and what has to come of it.

The cases that the engine's users reported against other tools; `query-cases.tsv` beside
the real data lists them, and a test holds that none of its rows is missing here.
"""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import search
from search import Hit, QueryError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Case:
    """A query asked of a text, and the parts that are to be highlighted: none, no hit."""

    query: str
    text: str
    highlighted: tuple[str, ...]


def case(query: str, text: str, *highlighted: str) -> Case:
    return Case(query, text, highlighted)


CASES = [
    case('"放管服改革"', "深化“放管服”改革和放管服改革", "放管服改革"),
    case('"营商环境"', "优化营商环境", "营商环境"),
    case('"经济社会发展"', "促进经济社会发展", "经济社会发展"),
    case("中华人民", "中华人民共和国", "中华人民"),
    case("放管", "放管服", "放管"),
    case("内生", "激发内生动力", "内生"),
    case("民生", "保障和改善民生", "民生"),
    case('"南京市长"', "南京市长江大桥", "南京市长"),
    case("南京市长", "南京市长江大桥", "南京市长"),
    case("6.9", "增长6.9%", "6.9"),
    case("6.9", "增长16.9%"),
    case("6.9", "增长6.95%"),
    case("5.5%", "GDP5.5%", "5.5%"),
    case("1,234.5", "产值1,234.5亿元", "1,234.5"),
    case("1234.5", "产值1,234.5亿元", "1,234.5"),
    case("1,234.5", "产值1234.5亿元", "1234.5"),
    case("GDP", "ＧＤＰ增长", "ＧＤＰ"),
    case("gdp", "GDP", "GDP"),
    case("5G", "５Ｇ基站", "５Ｇ"),
    case("二〇一七年", "二○一七年", "二○一七年"),
    case("國民經濟", "国民经济", "国民经济"),
    case("国民经济", "國民經濟", "國民經濟"),
    case("经济", "经\u200b济", "经\u200b济"),
    case("国办发〔2017〕24号", "2017年国办发〔2017〕24号文件", "国办发〔2017〕24号"),
    case("国办发[2017]24号", "国办发〔2017〕24号", "国办发〔2017〕24号"),
    case("国办发(2017)24号", "国办发〔2017〕24号", "国办发〔2017〕24号"),
    case("国办发（２０１７）２４号", "国办发〔2017〕24号", "国办发〔2017〕24号"),
    case("国办发〔2017〕24号", "2017年国办发24号"),
    case("经济社会", "社会经济"),
    case("马克思", "马克思主义", "马克思"),
    case("经济 -优化", "优化经济结构"),
    case("经济 -优化", "经济结构", "经济"),
    case("“营商环境”", "优化营商环境", "营商环境"),
    case("的", "人民的事业", "的"),
    case("C#", "使用C#开发", "C#"),
    case("六稳六保", "做好六稳六保工作", "六稳六保"),
    case("碳中和", "实现碳中和目标", "碳中和"),
    case("一网通办", "推进一网通办工作", "一网通办"),
    case("专精特新", "专精特新企业", "专精特新"),
    case("十三五", "十三五时期", "十三五"),
    case("最多跑一次", "最多跑一次改革", "最多跑一次"),
    case("6.5%", "增长6.5%", "6.5%"),
    case("营商环镜~1", "营商环境", "营商环境"),
    case("二〇一七年", "2017年", "2017年"),
    case("2017年", "二○一七年", "二○一七年"),
    case("6.5%", "百分之六点五", "百分之六点五"),
    case("百分之六点五", "6.5%", "6.5%"),
]


def lines(cases: list[Case]) -> dict[str, str]:
    """The texts of cases, each a report of its own, by the name of a file."""
    texts = dict.fromkeys(known.text for known in cases)
    return {f"{number:03}.txt": text + "\n" for number, text in enumerate(texts)}


@pytest.fixture(scope="module")
def index(build: Callable[[dict[str, str]], Path]) -> Iterator[search.Index]:
    with search.open_index(build(lines(CASES))) as opened:
        yield opened


def hit_on(index: search.Index, known: Case) -> Hit | None:
    found = [hit for hit in index.search(known.query, limit=None) if hit.text == known.text]
    return found[0] if found else None


def check(index: search.Index, known: Case) -> None:
    hit = hit_on(index, known)
    if not known.highlighted:
        assert hit is None
    else:
        assert hit is not None
        parts = tuple(hit.text[start:end] for start, end in hit.highlights)
        assert parts == known.highlighted


@pytest.mark.parametrize("known", CASES, ids=lambda known: f"{known.query} in {known.text}")
def test_a_query_finds_and_highlights_just_what_it_should(index: search.Index, known: Case) -> None:
    check(index, known)


def test_the_highlight_is_the_run_and_not_the_quoted_part_of_it(index: search.Index) -> None:
    hit = hit_on(index, CASES[0])
    assert hit is not None
    assert hit.highlights == ((10, 15),)


@pytest.mark.parametrize("query", ["标题：优化", "标题:优化", "title:优化"])
def test_a_field_by_any_name_and_colon_asks_the_same(
    build: Callable[[dict[str, str]], Path], query: str
) -> None:
    directory = build({"a.txt": "关于优化营商环境的通知\n\n各单位要认真落实。\n"})
    with search.open_index(directory) as index:
        assert index.search(query).total == index.search("title:优化").total > 0


@pytest.mark.parametrize("query", ["nofield:优化", "year:abc", "date:[二〇一七 TO]", "*"])
def test_what_cannot_be_understood_is_an_error_and_never_silence(
    index: search.Index, query: str
) -> None:
    with pytest.raises(QueryError):
        index.search(query)


MONSTERS = {
    "500 nested parentheses": "(" * 500 + "改革" + ")" * 500,
    "2,000 nested parentheses": "(" * 2000 + "改革" + ")" * 2000,
    "NOT × 3,000": "NOT " * 3000 + "改革",
    "20,000-character query": "改革开放" * 5000,
    "200 words": "改 革 " * 100,
    "depth 50": "(" * 50 + "改革" + ")" * 50,
}


@pytest.mark.parametrize("query", MONSTERS.values(), ids=MONSTERS)
def test_a_monstrous_query_is_answered_or_refused(index: search.Index, query: str) -> None:
    try:
        assert index.search(query).total >= 0
    except QueryError as error:
        assert error.problem


def test_every_row_of_the_list_of_cases_is_a_test_here(real_data: Path) -> None:
    tsv = real_data.parent / "query-cases.tsv"
    if not tsv.exists():
        pytest.skip(f"no list of cases at {tsv}")
    tested = {known.query for known in CASES} | MONSTERS.keys()
    tested |= {"标题：优化", "nofield:优化", "year:abc", "date:[二〇一七 TO]", "*"}
    with tsv.open(encoding="utf-8") as file:
        rows = [row[0] for row in csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE)][1:]
    missing = [
        row for row in rows if row not in tested and not tested.issuperset(re.split(r"[;,] ", row))
    ]
    assert missing == []
