"""Folding many texts at once."""

from __future__ import annotations

import sys

from hypothesis import given
from hypothesis import strategies as st

from indexer import fold
from indexer.bulk_folding import fold_texts

TEXTS = st.text() | st.text("經济Ａ①㎡½ﬁß，。○\u200b\ufe0f\x00\x01\ud800𠀀🈚")


@given(st.lists(TEXTS))
def test_texts_are_folded_as_each_by_itself(texts: list[str]) -> None:
    """Also where a character becomes several, or none, or is one that marks those."""
    assert fold_texts(texts) == [fold(text) for text in texts]


def test_every_character_is_folded_as_by_itself() -> None:
    """Once when it is first met, and once when it is known."""
    characters = list(map(chr, range(0x3000))) + list(map(chr, range(0xF000, 0x11000)))
    characters.append(chr(sys.maxunicode))
    expected = [fold(character) for character in characters]
    assert fold_texts(characters) == expected
    assert fold_texts(characters) == expected
