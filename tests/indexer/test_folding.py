"""Folding: what becomes equal, what stays apart, and the way back to the original."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import FoldedText, fold

TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("經济经濟Ａａ①㎡ﷺ…\u200b\ufeff\u202e○〇二一七ß㈠½ÅÉ가\u0301"),
    ),
    max_size=30,
)


@given(TEXTS, TEXTS)
def test_folding_a_text_is_folding_its_parts(left: str, right: str) -> None:
    assert fold(left + right) == fold(left) + fold(right)


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ＧＤＰ增长", "gdp增长"),
        ("５Ｇ", "5g"),
        ("國民經濟", "国民经济"),
        ("選擧、衞生", "选举、卫生"),
        ("经\u200b济", "经济"),
        ("二○一七年", "二〇一七年"),
        ("（一）", "(一)"),
        ("６．９％", "6.9%"),
        ("㎡", "m2"),
        ("e\u0301", "é"),
        ("\u3000", " "),
    ],
)
def test_what_reads_alike_folds_alike(left: str, right: str) -> None:
    assert fold(left) == fold(right)


@pytest.mark.parametrize("text", ["显著", "覆盖", "藉此", "头发与发展", "干部", "里程", "皇后"])
def test_simplified_text_is_left_as_it_is(text: str) -> None:
    assert fold(text) == text


@pytest.mark.parametrize("sign", list("，。、；：“”‘’《》〈〉〔〕——·"))
def test_chinese_signs_are_not_dropped(sign: str) -> None:
    assert fold(sign)


@given(TEXTS)
def test_every_folded_span_has_an_original_span_that_folds_to_hold_it(text: str) -> None:
    folded = FoldedText(text)
    for start in range(len(folded.text)):
        for end in range(start + 1, len(folded.text) + 1):
            low, high = folded.original_span(start, end)
            assert 0 <= low < high <= len(text)
            assert folded.text[start:end] in fold(text[low:high])


def test_the_span_of_a_part_of_a_sign_is_the_whole_sign() -> None:
    folded = FoldedText("面积5㎡①")
    assert folded.text == "面积5m21"
    assert folded.original_span(4, 5) == (3, 4)
    assert folded.original_span(5, 6) == (4, 5)


def test_invisible_characters_inside_a_match_belong_to_its_span() -> None:
    folded = FoldedText("促进经\u200b济发展")
    start = folded.text.index("经济")
    assert folded.original_span(start, start + 2) == (2, 5)
