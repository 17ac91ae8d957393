"""How many cells characters take: as many as wcwidth says, asked or not."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcwidth

from search.terminal.cells import _USUAL, cells_of, width


@pytest.mark.parametrize(("first", "last", "cells"), _USUAL)
def test_the_usual_characters_are_as_wide_as_wcwidth_has_them(
    first: int, last: int, cells: int
) -> None:
    """Every character of every range of the table, its ends included."""
    assert {wcwidth(chr(code)) for code in range(first, last + 1)} == {cells}
    assert {cells_of(chr(code)) for code in range(first, last + 1)} == {cells}


def test_the_characters_beside_the_usual_ranges_are_asked_for() -> None:
    """What comes just before a range and just after it has its own width."""
    for first, last, _ in _USUAL:
        for code in (first - 1, last + 1):
            assert cells_of(chr(code)) == max(0, wcwidth(chr(code)))


def test_a_sample_of_all_characters_is_as_wide_as_wcwidth_has_it() -> None:
    """One in 97 of all that there are; what has no width, such as a control, takes no cell."""
    for code in range(0, sys.maxunicode + 1, 97):
        assert cells_of(chr(code)) == max(0, wcwidth(chr(code))), hex(code)


@given(st.text(st.one_of(st.characters(), st.sampled_from("经济，a\u0301\u200b\ufe0f😀가"))))
def test_a_text_is_as_wide_as_its_characters_together(text: str) -> None:
    """Combining marks add nothing, and each character counts by itself."""
    assert width(text) == sum(max(0, wcwidth(character)) for character in text)


def test_ideographs_take_two_cells_and_marks_on_a_letter_none() -> None:
    """What wcwidth says is what a reader of Chinese sees."""
    assert [cells_of(character) for character in "经，１（a.·—“"] == [2, 2, 2, 2, 1, 1, 1, 1, 1]
    assert cells_of("\u0301") == 0
    assert unicodedata.combining("\u0301")
