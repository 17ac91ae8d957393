"""Synonyms: the sets that come with the program, and files of a user's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import search
from indexer import fold
from indexer.dictionary import bundled_path
from indexer.segmenter import Segmenter
from search import SynonymsError
from search.equivalents import MAX_FORMS, Kind, Synonyms, bundled
from search.words import Unit, units

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FILE = Path(search.__file__).with_name("data") / "synonyms.txt"

LINES = [
    content
    for line in FILE.read_text("utf-8").splitlines()
    if (content := line.partition("#")[0].strip())
]
SETS = [line.split(" | ") for line in LINES if "=>" not in line]
EXPANSIONS = [(left.split(" | "), right.split()) for left, _, right in
              (line.partition(" => ") for line in LINES if "=>" in line)]  # fmt: skip


@pytest.fixture(scope="module")
def segmenter() -> Segmenter:
    return Segmenter.for_queries(bundled_path())


@pytest.fixture(scope="module")
def index(build: Callable[[dict[str, str]], Path]) -> Iterator[search.Index]:
    """Every form and every part, a paragraph each."""
    forms = [form for ways in SETS for form in ways]
    forms += [form for left, right in EXPANSIONS for form in (*left, *right)]
    lines = "\n\n".join(f"甲、{form}、乙。" for form in dict.fromkeys(forms))
    with search.open_index(build({"a.txt": f"关于说法的通知\n\n{lines}\n"})) as opened:
        yield opened


def shown(index: search.Index, query: str) -> dict[str, str]:
    """What a query highlights, by the form of the paragraph."""
    return {
        hit.text[2:-3]: "".join(hit.text[start:end] for start, end in hit.highlights)
        for hit in index.search(query, limit=None)
    }


def test_there_are_at_least_300_sets_and_every_form_of_them_says_something() -> None:
    assert len(LINES) >= 300
    forms = [form for ways in SETS for form in ways]
    forms += [form for left, right in EXPANSIONS for form in (*left, *right)]
    assert all(any(map(str.isalnum, fold(form))) for form in forms)
    assert all(form == form.strip() for form in forms)


def test_no_form_is_in_two_sets_and_no_line_is_there_twice() -> None:
    often = Counter(fold(form) for ways in SETS for form in ways)
    assert [form for form, times in often.items() if times > 1] == []
    assert len(set(LINES)) == len(LINES)


def test_a_short_form_of_no_set_stands_in_common_words() -> None:
    """Those are on the left of an expansion alone, so that nothing finds them unasked."""
    words = "提高校园 全国企业 集中办理 提高铁路 其中共有 改编办法 园林改造 农民企业 最低保障"
    shorts = [form for ways in SETS for form in ways]
    assert [
        (short, word) for short in shorts for word in words.split() if fold(short) in word
    ] == []


@pytest.mark.parametrize("ways", SETS, ids=lambda ways: ways[0])
def test_each_form_of_a_set_finds_all_and_shows_just_them(
    index: search.Index, ways: list[str]
) -> None:
    for query in ways:
        if "(" not in query:  # that begins a group
            highlighted = shown(index, query)
            assert [highlighted.get(form) for form in ways] == ways, query


@pytest.mark.parametrize("expansion", EXPANSIONS, ids=lambda expansion: expansion[0][0])
def test_what_sums_up_finds_its_parts(
    index: search.Index, expansion: tuple[list[str], list[str]]
) -> None:
    for query in expansion[0]:
        highlighted = shown(index, query)
        assert [highlighted.get(part) for part in expansion[1]] == expansion[1], query


def test_a_part_does_not_find_what_sums_it_up(index: search.Index) -> None:
    assert shown(index, "放管服")["简政放权"] == "简政放权"
    assert "放管服" not in shown(index, "简政放权")
    assert shown(index, "国企")["国有企业"] == "国有企业"


def test_a_quoted_form_finds_itself_alone(index: search.Index) -> None:
    assert shown(index, '"国办"') == {"国办": "国办"}


def test_a_part_counts_half_and_another_name_in_full(segmenter: Segmenter) -> None:
    (unit,) = units("双碳", segmenter)
    weights = dict(zip(unit.forms, unit.weights, strict=True))
    assert weights["双碳"] == weights["碳达峰碳中和"] == 1
    assert weights["碳达峰"] == weights["碳中和"] == 0.5
    (unit,) = units("国办", segmenter)
    assert unit.weights == ()


def test_a_form_is_found_among_other_words_but_not_within_one(segmenter: Segmenter) -> None:
    own = Synonyms.parse("营商 | 经商\n双碳 | 碳达峰碳中和".encode(), "own.txt")
    forms = [unit.forms for unit in units("实现双碳目标", segmenter, own)]
    assert forms == [("实现",), ("双碳", "碳达峰碳中和"), ("目标",)]
    assert units("营商环境", segmenter, own) == (Unit(("营商环境",)),)


def test_of_two_forms_that_begin_together_the_longer_is_meant(segmenter: Segmenter) -> None:
    own = Synonyms.parse("国务院 | 中央政府\n国务院办公厅 | 国办".encode(), "own.txt")
    assert [unit.forms for unit in units("国务院办公厅", segmenter, own)] == [
        ("国务院办公厅", "国办")
    ]


def test_a_run_of_words_finds_what_its_words_find_apart(
    build: Callable[[dict[str, str]], Path],
) -> None:
    text = "关于经济的通知\n\n国内的生产总值增长\n\nGDP增长\n\n国内增长\n"
    with search.open_index(build({"a.txt": text})) as index:
        found = {hit.text for hit in index.search("国内生产总值", limit=None)}
    assert found == {"国内的生产总值增长", "GDP增长"}


def test_what_is_excluded_is_excluded_by_every_name(index: search.Index) -> None:
    forms = shown(index, "甲 -国办").keys()
    assert forms.isdisjoint({"国办", "国务院办公厅"})
    assert "全国政协" in forms


def test_a_unit_says_which_run_of_words_it_was_widened_for(segmenter: Segmenter) -> None:
    widenings = {unit.widening for unit in units("国内生产总值", segmenter)}
    (widening,) = widenings
    assert widening is not None
    assert (widening.typed, widening.kind) == ("国内生产总值", Kind.SYNONYM)
    assert [form.text for form in widening.forms] == ["gdp"]


def test_three_hundred_sets_or_more_come_with_the_program() -> None:
    lines = FILE.read_text("utf-8").splitlines()
    assert len([line for line in lines if "|" in line or "=>" in line]) >= 300


def test_a_file_of_ones_own_is_read_in_any_width_and_joined_with_the_bundled_one(
    tmp_path: Path, segmenter: Segmenter
) -> None:
    file = tmp_path / "own.txt"
    file.write_text("﻿# 自己的\n\n  市监局｜市场监管局  # 常用\n國辦=>办公厅\n", "utf-8")
    both = Synonyms.read(file) | bundled()
    assert units("市监局", segmenter, both)[0].forms == ("市监局", "市场监管局")
    (unit,) = units("国办", segmenter, both)
    assert unit.forms == ("国办", "办公厅", "国务院办公厅")
    assert unit.weights == (1.0, 0.5, 1.0)
    assert units("市监局", segmenter)[0].widening is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("放管服", "line 1: '放管服' is neither"),
        ("# 一\n放管服 =>", "line 2: '放管服 =>' is neither"),
        ("=> 简政放权", "line 1: '=> 简政放权' is neither"),
        ("国办 | 国办", "line 1: '国办 | 国办' is neither"),
        ("甲 | 乙\n\n丙 | 乙", "line 3: 乙 is in the set of line 1 already"),
    ],
)
def test_an_error_names_the_file_and_the_line(tmp_path: Path, content: str, problem: str) -> None:
    file = tmp_path / "own.txt"
    file.write_text(content, "utf-8")
    with pytest.raises(SynonymsError) as caught:
        Synonyms.read(file)
    assert f"{file}, {problem}" in str(caught.value)


def test_a_file_that_cannot_be_read_is_an_error_of_ours(tmp_path: Path) -> None:
    file = tmp_path / "own.txt"
    file.write_bytes("国办 | 国务院办公厅".encode("gb18030"))
    with pytest.raises(SynonymsError, match="UTF-8"):
        Synonyms.read(file)
    with pytest.raises(SynonymsError, match="none"):
        Synonyms.read(tmp_path / "none.txt")


def test_so_many_forms_are_looked_for_and_no_more(segmenter: Segmenter) -> None:
    many = " | ".join(["甲乙", *(f"丙{number}" for number in range(1000))])
    own = Synonyms.parse(many.encode(), "own.txt")
    (unit,) = units("甲乙", segmenter, own)
    assert len(unit.forms) == MAX_FORMS
