"""Numbers, dates, plans and document numbers: found however they are written, and no others."""

from __future__ import annotations

import random
from datetime import date
from itertools import chain, permutations, product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from indexer.dictionary import bundled_path
from indexer.segmenter import Segmenter
from search.equivalents import MAX_FORMS, Kind
from search.equivalents.numerals import in_words, read
from search.equivalents.plans import plan_years
from search.spans import spans_in
from search.words import MAX_WIDENED, Unit, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

SEED = 20170630

SAME = {
    "year": ["2017年", "二〇一七年", "二○一七年", "二零一七年", "２０１７年"],
    "bare year": ["2017", "二〇一七"],
    "year of plenty": ["1999年度", "一九九九年度"],
    "month": ["2016年6月", "2016年06月", "二〇一六年六月", "2016-06", "2016/6"],
    "month with its word": ["2018年6月份", "二〇一八年六月份"],
    "day": [
        "2015年6月30日", "二〇一五年六月三十日", "2015-06-30", "2015-6-30", "2015.6.30",
        "2015/6/30", "2015/06/30", "２０１５年６月３０日",
    ],
    "day of no year": ["9月21日", "九月二十一日", "09月21日"],
    "month of no year": ["11月", "十一月"],
    "share": ["6.5%", "百分之六点五", "６.５％", "百分之6.5"],
    "small share": ["0.5%", "百分之零点五", "百分之〇点五"],
    "round share": ["80%", "百分之八十"],
    "all of it": ["100%", "百分之百", "百分之一百"],
    "per mille": ["5‰", "千分之五"],
    "points": ["6.5个百分点", "六点五个百分点"],
    "exact share": ["7.50%", "百分之七点五零"],
    "amount": [
        "120亿元", "一百二十亿元", "12000000000元", "12,000,000,000元", "1200000万元",
        "1,200,000万元",
    ],
    "large amount": ["1.2万亿元", "12000亿元", "一点二万亿元", "一万二千亿元", "一万两千亿元"],
    "thousands of myriads": ["5千万元", "5000万元", "五千万元", "0.5亿元", "50000000元"],
    "people": ["6.5万人", "65000人", "65,000人", "六万五千人"],
    "digits": ["1,234.5", "1234.5"],
    "count": ["35条", "三十五条"],
    "two": ["2年", "两年"],
    "zero inside": ["1005户", "一千零五户", "一千〇五户", "1,005户"],
    "ten": ["10公里", "十公里"],
    "ordinal": ["第47条", "第四十七条"],
    "plan": ["十三五规划", "第十三个五年规划", "第13个五年规划", "第十三个五年计划"],
    "early plan": ["九五计划", "第九个五年计划", "九五时期"],
    "document": [
        "国办发〔2017〕24号", "国办发[2017]24号", "国办发（2017）24号", "国办发【2017】24号",
        "国办发〔2017〕第24号", "国办发 (2017) 24 号", "国办发2017年24号",
    ],
}  # fmt: skip
"""Ways to write the same: asked in any of them, it is found in all."""

APART = [
    ("120亿元", "1120亿元"),
    ("120亿元", "一千一百二十亿元"),
    ("120亿元", "12亿元"),
    ("120亿元", "120万元"),
    ("120亿元", "120亿美元"),
    ("320亿元", "一千三百二十亿元"),
    ("三百二十亿元", "一千三百二十亿元"),
    ("10亿元", "几十亿元"),
    ("10亿元", "二十亿元"),
    ("2000元", "3万2000元"),
    ("6.5%", "百分之六点五六"),
    ("6.5%", "6.5个百分点"),
    ("6.5%", "6.50%"),
    ("6.5%", "16.5%"),
    ("8%", "百分之八十"),
    ("8%", "百分之八点五"),
    ("百分之六", "6.5%"),
    ("2017年", "二〇一八年"),
    ("1月", "十一月"),
    ("6月3日", "6月30日"),
    ("六月三日", "6月30日"),
    ("6月3日", "六月三十日"),
    ("2015年6月30日", "2015-06-301"),
    ("2015-13-01", "2015年13月1日"),
    ("35条", "三百三十五条"),
    ("第5条", "第三十五条"),
    ("2个", "第二个"),
    ("20", "二十大"),
    ("100‰", "千分之千"),
    ("十三五", "第十二个五年规划"),
    ("国办发〔2017〕24号", "国办发〔2017〕124号"),
    ("国办发〔2017〕24号", "国发〔2017〕24号"),
    ("国办发〔2017〕24号", "2017年国办发24号"),
    ('"2017年"', "二〇一七年"),
    ('"6.5%"', "百分之六点五"),
]
"""A query and a text that says another thing, or that was asked for exactly."""


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter.for_queries(bundled_path())


def text_of(form: str) -> str:
    return f"合计、{form}、其余不变"


@pytest.fixture(scope="module")
def index(build: Callable[[dict[str, str]], Path]) -> Iterator[search.Index]:
    forms = dict.fromkeys([*chain.from_iterable(SAME.values()), *(text for _, text in APART)])
    texts = {f"{number:03}.txt": text_of(form) + "\n" for number, form in enumerate(forms)}
    with search.open_index(build(texts)) as opened:
        yield opened


def highlighted(index: search.Index, query: str, text: str) -> list[str] | None:
    """What a query highlights in the paragraph of a text; None if that is no hit."""
    for hit in index.search(query, limit=None):
        if hit.text == text_of(text):
            return [hit.text[start:end] for start, end in hit.highlights]
    return None


@pytest.mark.parametrize(
    ("query", "text"), [pair for ways in SAME.values() for pair in permutations(ways, 2)]
)
def test_the_same_is_found_however_it_is_written(
    index: search.Index, query: str, text: str
) -> None:
    parts = highlighted(index, query, text)
    assert parts is not None
    assert "".join(parts) == text


@pytest.mark.parametrize(("query", "text"), APART)
def test_another_thing_is_not_found(index: search.Index, query: str, text: str) -> None:
    assert highlighted(index, query, text) is None


@pytest.mark.parametrize(
    "word", ["万一", "千方百计", "一百五", "三三两两", "统一", "C919", "一二三产业"]
)
def test_what_only_looks_like_a_number_is_none(segmenter: Segmenter, word: str) -> None:
    assert all(unit.widening is None for unit in units(word, segmenter))


def test_a_measure_is_not_cut_out_of_a_word(segmenter: Segmenter) -> None:
    assert [unit.forms[0] for unit in units("35个人所得税", segmenter)] == ["35", "个人所得税"]


VALUES = st.one_of(
    st.integers(0, 99),
    st.integers(1, 9999),
    st.integers(1, 10**13),
    st.builds(lambda digits, zeros: digits * 10**zeros, st.integers(1, 999), st.integers(0, 11)),
)


def amount(segmenter: Segmenter, typed: str) -> Unit:
    (unit,) = units(typed, segmenter)
    return unit


@given(VALUES)
def test_every_form_of_an_amount_is_read_back_as_the_same(segmenter: Segmenter, value: int) -> None:
    for form in amount(segmenter, f"{value}元").forms:
        number = read(form.removesuffix("元").replace(" ", ""))
        assert number is not None, form
        assert number.at(0) == str(value), form


@given(VALUES)
def test_every_form_of_an_amount_has_the_same_forms(segmenter: Segmenter, value: int) -> None:
    unit = amount(segmenter, f"{value}元")
    for form in unit.forms:
        if " " not in form:
            assert set(amount(segmenter, form).forms) == set(unit.forms), form


@given(st.integers(0, 10**16 - 1))
def test_a_number_in_words_has_its_value(value: int) -> None:
    for words in in_words(value):
        number = read(words)
        assert number is not None
        assert number.at(0) == str(value)


@given(VALUES, VALUES)
def test_no_form_stands_in_a_form_of_another_amount(
    segmenter: Segmenter, value: int, other: int
) -> None:
    unit = amount(segmenter, f"{value}元")
    for form in amount(segmenter, f"{other}元").forms:
        found = {form[start:end] for start, end in spans_in(form, unit)}
        assert found == ({form} if value == other else set())


def test_the_index_finds_every_form_of_an_amount_and_no_other_amount(
    build: Callable[[dict[str, str]], Path], segmenter: Segmenter
) -> None:
    chance = random.Random(SEED)
    values = {chance.randrange(1, 99) * 10 ** chance.randrange(12) for _ in range(20)}
    forms = {value: amount(segmenter, f"{value}元").forms for value in sorted(values)}
    texts = {
        f"{value}-{number}.txt": text_of(form) + "\n"
        for value, ways in forms.items()
        for number, form in enumerate(ways)
    }
    with search.open_index(build(texts)) as index:
        for ways in forms.values():
            hits = index.search(ways[-1], limit=None)
            assert {hit.text for hit in hits} == {text_of(form) for form in ways}
            assert {hit.text[start:end] for hit in hits for start, end in hit.highlights} == {*ways}


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_a_date_has_the_same_forms_in_digits_and_in_words(segmenter: Segmenter, day: date) -> None:
    (unit,) = units(str(day), segmenter)
    (again,) = units(next(form for form in unit.forms if form.endswith("日")), segmenter)
    assert set(again.forms) == set(unit.forms)
    assert unit.widening is not None
    assert unit.widening.kind is Kind.DATE


@pytest.mark.parametrize(
    ("name", "years"),
    [
        ("十三五", (2016, 2020)), ("十三五规划", (2016, 2020)), ("第十三个五年规划", (2016, 2020)),
        ("第14个五年规划纲要", (2021, 2025)), ("一五计划", (1953, 1957)),
        ("二五计划", (1958, 1962)), ("第三个五年计划", (1966, 1970)), ("十五计划", (2001, 2005)),
        ("十一五时期", (2006, 2010)),
        ("十五", None), ("规划", None), ("十三五年", None), ("三五", None),
    ],
)  # fmt: skip
def test_a_plan_has_its_years(name: str, years: tuple[int, int] | None) -> None:
    assert plan_years(name) == years


CHUNKS = st.lists(
    st.sampled_from(
        [
            *chain.from_iterable(SAME.values()),
            "改革",
            "GDP",
            "两会",
            "。",
            "一",
            "万",
        ]
    ),
    min_size=1,
    max_size=4,
).map("".join)


@given(CHUNKS)
def test_widening_adds_forms_and_changes_nothing_else(segmenter: Segmenter, chunk: str) -> None:
    widened = units(chunk, segmenter)
    typed = units(chunk, segmenter, expand=False)
    assert dict.fromkeys(unit.as_typed for unit in widened) == dict.fromkeys(typed)
    assert all(len(unit.forms) == 1 and unit.widening is None for unit in typed)
    for unit in widened:
        assert (unit.widening is None) == (len(unit.forms) == 1)
        assert len(set(unit.forms)) == len(unit.forms) <= MAX_FORMS


def test_so_many_parts_of_a_chunk_are_widened_and_no_more(segmenter: Segmenter) -> None:
    chunk = "、".join(f"{number}条" for number in range(101, 101 + 2 * MAX_WIDENED))
    widened = [unit.widening is not None for unit in units(chunk, segmenter)]
    assert widened == [True] * MAX_WIDENED + [False] * MAX_WIDENED


def test_what_is_excluded_is_excluded_in_all_its_forms(index: search.Index) -> None:
    found = {hit.text for hit in index.search("其余 -2017年", limit=None)}
    assert found.isdisjoint(text_of(form) for form in SAME["year"])
    assert text_of("2018年6月份") in found


@pytest.mark.parametrize(
    "number",
    ["国办发〔2017〕24号", "国办发(2017)第24号", "国办发【2017】24 号", "国办发 [2017] 24号"],
)
def test_the_document_number_of_a_report_is_asked_for_in_any_form(
    build: Callable[[dict[str, str]], Path], number: str
) -> None:
    text = "---\ntitle: 关于工作的通知\nnumber: 国办发〔2017〕24号\n---\n\n各单位要认真落实。\n"
    with search.open_index(build({"a.md": text})) as index:
        assert index.search(f"文号:{number}").total == index.search("落实").total == 1


@pytest.mark.parametrize("kind", Kind)
def test_a_unit_says_why_it_has_its_forms(segmenter: Segmenter, kind: Kind) -> None:
    typed = {
        Kind.DOCUMENT_NUMBER: "国办发〔2017〕24号",
        Kind.DATE: "2017年",
        Kind.PLAN: "十三五",
        Kind.SYNONYM: "国办",
        Kind.NUMBER: "35条",
    }[kind]
    (unit,) = units(typed, segmenter)
    assert unit.widening is not None
    assert (unit.widening.kind, unit.widening.typed) == (kind, typed)
    assert (typed, *(form.text for form in unit.widening.forms)) == unit.forms


REPEATED = "一 百 9 1, 1.1 第 国〔2017 二〇一七年 百分之 十万亿 点 1月 0.0 碳达峰、"
HOSTILE = [part * (1000 // len(part)) for part in REPEATED.split()]


@pytest.mark.parametrize("chunk", HOSTILE, ids=lambda chunk: chunk[:6])
def test_a_monstrous_chunk_is_cut_at_once(segmenter: Segmenter, chunk: str) -> None:
    assert (
        sum(len(unit.forms) for unit in units(chunk, segmenter)) <= MAX_FORMS * MAX_WIDENED + 1000
    )


def test_digits_and_words_mean_the_same_in_every_small_number(segmenter: Segmenter) -> None:
    for value, measure in product(range(1, 400), ["条", "个", "户"]):
        typed = f"{value}{measure}"
        for words in in_words(value):
            assert typed in amount(segmenter, words + measure).forms, words
