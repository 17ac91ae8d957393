"""Where strings stand by their grams: just where looking through the texts finds them."""

from __future__ import annotations

import os
from itertools import accumulate, chain, combinations_with_replacement, product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.bounds import NUMBER, WORD
from indexer.cutting import CutTexts
from indexer.gathering import ZoneGatherer
from indexer.storage.checked import CheckedFile, write_arrays
from indexer.storage.postings import Postings
from indexer.strings import find_bounded, find_string
from indexer.zones import Zone
from search.spans import spans_in
from search.words import Unit
from tests.generated import examples

if TYPE_CHECKING:
    from collections.abc import Iterable

ALPHABET = "一二三ab12., "
LONGEST = 6

TEXTS = st.lists(st.text(ALPHABET, max_size=10), max_size=5)
NUMBERS = st.lists(st.text("12.,a一十万点数", max_size=9), min_size=1, max_size=4)
"""Texts in which hardly anything stands alone."""


def postings(texts: list[str]) -> Postings:
    """The grams of texts, a document each."""
    none = np.zeros(0, np.uint32)
    lengths = np.array([len(text) for text in texts], np.uint32)
    gatherer = ZoneGatherer(Zone.TEXT)
    gatherer.add(CutTexts("".join(texts), lengths, (), none, np.zeros(len(texts), np.uint32)))
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder, patch.object(os, "fsync"):
        path = Path(folder) / "grams"
        file = CheckedFile(path, Path(folder), write_arrays(path, gatherer.arrays()))
        return Postings(file, Zone.TEXT.grams, len(texts))


def standing(texts: list[str], string: str, *, numeric: bool) -> list[int]:
    """Where a string stands in texts that follow one another, by looking through each."""
    starts = accumulate(map(len, texts), initial=0)
    return [
        begin + start
        for text, begin in zip(texts, starts, strict=False)
        for start, _ in spans_in(text, Unit((string,), numeric=numeric))
    ]


def find_all(texts: list[str], string: str) -> list[int]:
    """The same without bounds, by `str.startswith` at every place."""
    starts = accumulate(map(len, texts), initial=0)
    return [
        begin + place
        for text, begin in zip(texts, starts, strict=False)
        for place in range(len(text))
        if text.startswith(string, place)
    ]


def strings_of(text: str) -> Iterable[str]:
    """Every string of up to six characters that stands in a text."""
    bounds = combinations_with_replacement(range(len(text) + 1), 2)
    return {text[start:end] for start, end in bounds if 0 < end - start <= LONGEST}


@examples(100)
@given(TEXTS, st.lists(st.text(ALPHABET, min_size=1, max_size=LONGEST), max_size=20))
def test_a_string_is_found_where_it_stands_within_a_text(
    texts: list[str], others: list[str]
) -> None:
    """Strings that stand in a text, across two, and nowhere: every place, and no other."""
    grams = postings(texts)
    for string in {*strings_of("".join(texts)), *others}:
        assert find_string(grams, string).tolist() == find_all(texts, string), string


@examples(100)
@given(
    st.one_of(TEXTS, NUMBERS),
    st.lists(st.text("ab12.,一十万点", min_size=1, max_size=4), max_size=9),
)
def test_a_bounded_string_is_found_where_it_does_not_go_on(
    texts: list[str], others: list[str]
) -> None:
    """The same places as `spans_in` gives: a word or number that is longer is another one."""
    grams = postings(texts)
    for string in {*strings_of("".join(texts)), *others}:
        for numeric, bounds in ((False, WORD), (True, NUMBER)):
            expected = standing(texts, string, numeric=numeric)
            assert find_bounded(grams, string, bounds).tolist() == expected, string


def test_every_short_string_is_found_in_many_short_texts() -> None:
    """All strings of one to three characters in all texts of up to three."""
    alphabet = "a1.一"
    short = ["".join(text) for size in range(4) for text in product(alphabet, repeat=size)]
    grams = postings(short)
    for string in short[1:]:
        assert find_string(grams, string).tolist() == find_all(short, string), string
        expected = standing(short, string, numeric=False)
        assert find_bounded(grams, string).tolist() == expected, string


def test_places_are_the_same_looked_up_one_by_one_and_in_a_table() -> None:
    """A string that stands in one of many texts is found there, the first time and later."""
    texts = [f"第{number}号一二三" for number in range(500)]
    grams = postings(texts)
    for _ in range(3):
        for number in (0, 250, 499):
            string = f"第{number}号一"
            assert find_string(grams, string).tolist() == find_all(texts, string)
    assert find_string(grams, "号一二三").tolist() == find_all(texts, "号一二三")
    assert find_string(grams, "第499号一").tolist() == find_all(texts, "第499号一")


@pytest.mark.parametrize("find", [find_string, find_bounded])
def test_an_empty_string_stands_nowhere(find: type) -> None:
    """Neither in a text, nor between two, nor in no text at all."""
    for texts in ([], [""], ["一", "", "二"]):
        assert find(postings(texts), "").tolist() == []


def test_characters_beyond_the_usual_ones_are_found_too() -> None:
    """Rare ideographs, half of a surrogate pair, and the highest character there is."""
    texts = ["\U00020000\U00020001一", "\udc80a", "\U0010ffff", "一\U00020000"]
    grams = postings(texts)
    for string in chain.from_iterable(map(strings_of, texts)):
        assert find_string(grams, string).tolist() == find_all(texts, string)
