"""The query language: what is understood, and what is said of what is not."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from search import QueryError, quote
from search.places import Place
from search.query import (
    AllOf,
    AnyOf,
    Exact,
    HasValue,
    InDates,
    InSection,
    InYears,
    Node,
    NoneOf,
    ValueField,
    Words,
    parse,
)
from search.query.fields import FIELDS, Field, SectionField

from .meaning import meaning

改革, 开放, 创新 = Words("改革"), Words("开放"), Words("创新")


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("改革", 改革),
        ("改革 开放", AllOf((改革, 开放))),
        ("改革 AND 开放", AllOf((改革, 开放))),
        ("改革 OR 开放", AnyOf((改革, 开放))),
        ("改革 开放 OR 创新", AnyOf((AllOf((改革, 开放)), 创新))),
        ("改革 (开放 OR 创新)", AllOf((改革, AnyOf((开放, 创新))))),
        ("改革 -开放", AllOf((改革, NoneOf(开放)))),
        ("改革 NOT 开放", AllOf((改革, NoneOf(开放)))),
        ("NOT NOT 改革", 改革),
        ("-(改革 OR 开放)", NoneOf(AnyOf((改革, 开放)))),
        ('"改革 开放"', Exact("改革 开放")),
        ("or and not", AllOf((Words("or"), Words("and"), Words("not")))),
        ("改革-开放", Words("改革-开放")),
        ("12:30", Words("12:30")),
        ("：改革", Words("：改革")),
        ("。", Words("。")),
        (r'"他说\"改革\"，\\工"', Exact(r'他说"改革"，\工')),
        (r'"监管\工商"', Exact(r"监管\工商")),
    ],
)
def test_operators_mean_what_they_say(query: str, understood: Node) -> None:
    assert meaning(parse(query)) == meaning(understood)


@pytest.mark.parametrize(
    ("full", "half"),
    [
        ("改革　（开放　ＯＲ　创新）", "改革 (开放 OR 创新)"),
        ("改革 －开放", "改革 -开放"),
        ("改革 ＮＯＴ 开放", "改革 NOT 开放"),
        ("标题：改革", "title:改革"),
        ("ＴＩＴＬＥ：改革", "title:改革"),
        ("“改革 开放”", '"改革 开放"'),
        ("＂改革 开放＂", '"改革 开放"'),
        ("「改革」『开放』", '"改革" "开放"'),
        ("年份：２０１５．．２０２０", "year:2015..2020"),
        ("“推进“放管服”改革”", '"推进“放管服”改革"'),
    ],
)
def test_signs_may_have_their_full_width_form(full: str, half: str) -> None:
    assert meaning(parse(full)) == meaning(parse(half))


@pytest.mark.parametrize("number", ["国办发〔2017〕24号", "国办发(2017)24号", "国办发（2017）24号"])
def test_a_document_number_is_one_word_whatever_its_brackets(number: str) -> None:
    assert meaning(parse(number)) == meaning(Words(number))
    assert meaning(parse(f"文号：{number}")) == meaning(
        HasValue(ValueField.NUMBER, number, whole=False)
    )


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("year:2017", InYears(2017, 2017)),
        ("年份:2015..2020", InYears(2015, 2020)),
        ("year:2015..", InYears(2015, None)),
        ("year:..2020", InYears(None, 2020)),
        ("year:2017年", InYears(2017, 2017)),
        ("date:2017", InDates(date(2017, 1, 1), date(2017, 12, 31))),
        ("date:2016-02", InDates(date(2016, 2, 1), date(2016, 2, 29))),
        ("日期:2017年3月5日", InDates(date(2017, 3, 5), date(2017, 3, 5))),
        ("date:2017-06..2018", InDates(date(2017, 6, 1), date(2018, 12, 31))),
        ("date:2017/6/30..", InDates(date(2017, 6, 30), None)),
        ("year:2016—2020", InYears(2016, 2020)),
        ("年份:2016年——2020年", InYears(2016, 2020)),
    ],
)
def test_years_and_dates_are_single_or_ranges(query: str, understood: Node) -> None:
    assert meaning(parse(query)) == meaning(understood)


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ("年份:十三五", InYears(2016, 2020)),
        ("year:十三五时期", InYears(2016, 2020)),
        ("year:“十三五”", InYears(2016, 2020)),
        ("年份:第十三个五年规划", InYears(2016, 2020)),
        ("年份:第13个五年規劃綱要", InYears(2016, 2020)),
        ("年份:九五", InYears(1996, 2000)),
        ("年份:十五", InYears(2001, 2005)),
        ("年份:十二五..十三五", InYears(2011, 2020)),
        ("年份:十三五..", InYears(2016, None)),
        ("年份:..十三五", InYears(None, 2020)),
        ("年份:2014..十三五", InYears(2014, 2020)),
        ("日期:十三五", InDates(date(2016, 1, 1), date(2020, 12, 31))),
        ("日期:十三五..2021-06", InDates(date(2016, 1, 1), date(2021, 6, 30))),
    ],
)
def test_a_five_year_plan_stands_for_its_years(query: str, understood: Node) -> None:
    assert meaning(parse(query)) == meaning(understood)


@pytest.mark.parametrize("value", ["三五万", "十三", "十三五年", "十三五规划的", "五"])
def test_what_is_no_plan_is_no_year(value: str) -> None:
    with pytest.raises(QueryError, match="year takes"):
        parse(f"year:{value}")


@pytest.mark.parametrize(
    ("field", "name"), [(field, name) for field, names in FIELDS.items() for name in names]
)
def test_every_field_answers_to_all_its_names(field: Field, name: str) -> None:
    parse(f"{name}:{'回顾' if field is SectionField.SECTION else '2017'}")


@pytest.mark.parametrize(
    ("value", "section"),
    [("回顾", "回顾"), ("review", "回顾"), ("问题", "问题"), ("计划", "计划"), ("Plan", "计划")],
)
def test_a_section_has_a_chinese_name_and_an_english_one(value: str, section: str) -> None:
    assert meaning(parse(f"section:{value}")) == meaning(InSection(section))


def test_a_section_that_there_is_not_is_an_error_that_says_which_there_are() -> None:
    with pytest.raises(QueryError, match="回顾"):
        parse("section:展望")


def test_a_field_holds_for_its_whole_group() -> None:
    title = Place.TITLE
    either = AnyOf((Words("改革", title), Words("开放", title)))
    assert meaning(parse("title:(改革 OR 开放) 创新")) == meaning(AllOf((either, 创新)))


@pytest.mark.parametrize(
    ("query", "place", "problem"),
    [
        ("", (0, 0), "empty"),
        ("   ", (3, 3), "empty"),
        ("改革 nofield:优化", (3, 11), "no field nofield; the fields are title/标题"),
        ("year:abc", (5, 8), "year takes 2017"),
        ("year:2020..2015", (5, 15), "backwards"),
        ("date:2017-02-30", (5, 15), "no such day"),
        ("date:[二〇一七 TO]", (5, 10), "date takes 2017"),
        ("改革 (开放", (3, 4), "not closed"),
        ("改革) 开放", (2, 3), "not opened"),
        ('改革 "开放', (3, 4), "not closed"),
        ("改革 “开放", (3, 4), "not closed by ”"),
        ("改革” 开放", (2, 3), "not opened"),
        ("改革 OR", (5, 5), "missing at the end"),
        ("OR 改革", (0, 2), "nothing for OR to join"),
        ("改革 AND OR 开放", (7, 9), "nothing for OR"),
        ("改革 ()", (4, 5), "missing before"),
        ("title:", (6, 6), "wants a value"),
        ("title:(year:2017)", (7, 12), "inside the group"),
        ("改革 - 开放", (3, 4), "in quotes"),
        ("*", (0, 1), "in quotes"),
        ("*?", (0, 2), "of its own"),
        ("行~", (0, 2), "of its own"),
        ("营商环境~2", (4, 6), "one character"),
        ("标题:行政*", (3, 6), "not in a field"),
        ("/句 改革", (0, 2), "missing before"),
        ("改革 /句", (5, 5), "missing at the end"),
        ("年份:2017 /句 改革", (8, 10), "before /句"),
        ("改革 /句 -开放", (3, 5), "behind /句"),
        ("改革 /句 (标题:开放 OR 创新)", (3, 5), "behind /句"),
        ("标题:(改革 /句 开放)", (7, 9), "not in a field"),
        ("改革 /201 开放", (3, 7), "200"),
        ("改革 /10开放", (3, 6), "a space is missing behind /10"),
        ("改革 ／句开放", (3, 5), "a space is missing"),
        ("改革 >句开放", (3, 5), "a space is missing"),
        ("优化营商环境 /句深化放管服改革，怎么做", (7, 9), "a space is missing"),
        ("year:2015 .. 2020", (10, 12), "without spaces"),
        ("year:2015 ..2020", (10, 16), "without spaces"),
        ("date:2017-", (5, 10), "date takes"),
        ("改革 \ud800", (3, 4), "UTF-8"),
        ('year:"' + " " * 900 + '.x"', (5, 909), "year takes"),
        ("改革 \u200b", (3, 4), "no visible character"),
        ('""', (0, 2), "no visible character"),
    ],
)
def test_an_error_names_the_place_and_what_to_do(
    query: str, place: tuple[int, int], problem: str
) -> None:
    with pytest.raises(QueryError) as caught:
        parse(query)
    assert (caught.value.start, caught.value.end) == place
    assert problem in caught.value.problem
    assert f"character {place[0] + 1}" in str(caught.value)


@pytest.mark.parametrize(
    "query",
    [
        "(" * 500 + "改革" + ")" * 500,
        "(" * 2000 + "改革" + ")" * 2000,
        "((" * 40 + "改革",
        "改 " * 1900,
        "改革" * 10_000,
        '"' * 3999,
        "-" * 3999,
        "title:" * 600,
    ],
)
def test_a_query_too_long_or_too_deep_is_refused(query: str) -> None:
    with pytest.raises(QueryError):
        parse(query)


def test_three_thousand_nots_are_understood_or_refused() -> None:
    assert meaning(parse("NOT " * 200 + "改革")) == meaning(改革)
    with pytest.raises(QueryError):
        parse("NOT " * 3000 + "改革")


WORDS = ["AND", " OR ", " NOT ", "title:", "year:", "date:", "2015..", "改革", "C#", "a", "１"]
SIGNS = st.sampled_from([*'()（）"“”「」:：-－*~.^&|!/\\ \u3000\x00\x1b\u202e', *WORDS])


@given(st.lists(SIGNS | st.characters(), max_size=60).map("".join))
@example("“" * 50)
@example("title:title:改革")
def test_any_query_is_understood_or_refused_with_a_place_in_it(query: str) -> None:
    try:
        parse(query)
    except QueryError as error:
        assert 0 <= error.start <= error.end <= len(query)


@given(st.text(min_size=1).filter(lambda text: text.strip("\u200b")))
def test_a_quoted_text_is_understood_as_that_text(text: str) -> None:
    try:
        assert meaning(parse(quote(text))) == meaning(Exact(text))
    except QueryError as error:
        assert "no visible character" in error.problem


def test_an_error_survives_pickling() -> None:
    with pytest.raises(QueryError) as caught:
        parse("year:abc")
    copy = pickle.loads(pickle.dumps(caught.value))
    assert (str(copy), copy.start, copy.query) == (str(caught.value), 5, "year:abc")
