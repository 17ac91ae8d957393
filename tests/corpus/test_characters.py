"""The sets of characters that are written out hold what they are said to hold."""

import sys
import unicodedata

from corpus.characters import INVISIBLE, ZERO_WIDTH
from indexer.folding import _FIRST_IDEOGRAPH, _LAST_IDEOGRAPH


def test_what_is_invisible_is_white_space_control_characters_and_without_width() -> None:
    every = map(chr, range(sys.maxunicode + 1))
    spaces = {one for one in every if one.isspace() or one < " "}
    assert set(INVISIBLE) == spaces | set(ZERO_WIDTH)


def test_ideographs_that_are_folded_by_the_tables_alone_have_nothing_else_to_fold() -> None:
    every = map(chr, range(ord(_FIRST_IDEOGRAPH), ord(_LAST_IDEOGRAPH) + 1))
    assert all(unicodedata.normalize("NFKD", one).casefold() == one for one in every)
