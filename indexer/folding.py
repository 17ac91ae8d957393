"""Folding: the one function that makes text and queries comparable.

Each character is folded by itself, so folding is a homomorphism:
`fold(a + b) == fold(a) + fold(b)`. That is what the literal guarantee rests on:
a string that stands in a text still stands in it after both are folded, whatever
is around it. (Composing normal forms such as NFKC don't have this property; this
is why decomposition, NFKD, is used, and why 〇 and ○ are one everywhere rather
than inside numbers only.)

What becomes equal: compatibility and full-width forms (Ｇ G, ㎡ m2, ① 1), case,
traditional and simplified characters one by one, the circles written for a Chinese
zero. What disappears: default-ignorable characters (zero-width spaces, variation
selectors, bidirectional marks), as in NFKC_Casefold of the Unicode Standard, 3.13.
Nothing else is dropped: punctuation, spaces and digits are searchable.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from functools import cached_property, lru_cache
from itertools import accumulate
from pathlib import Path

FOLDING_VERSION = 1
"""Raised whenever any text would fold differently; part of an index's fingerprint."""

Span = tuple[int, int]
"""A half-open range of character offsets, [start, end)."""

_IGNORABLE_RANGES = (
    (0x00AD, 0x00AD), (0x034F, 0x034F), (0x061C, 0x061C), (0x115F, 0x1160),
    (0x17B4, 0x17B5), (0x180B, 0x180F), (0x200B, 0x200F), (0x202A, 0x202E),
    (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF),
    (0xFFA0, 0xFFA0), (0xFFF0, 0xFFF8), (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A),
    (0xE0000, 0xE0FFF),
)  # fmt: skip
"""Default_Ignorable_Code_Point, DerivedCoreProperties.txt of Unicode 15."""

_IGNORABLE_STARTS = [first for first, _ in _IGNORABLE_RANGES]

_FIRST_IDEOGRAPH, _LAST_IDEOGRAPH = "\u4e00", "\u9fff"
"""Of those that are neither composed nor of any case: all that is to do is to simplify them."""

_CIRCLES_FOR_ZERO = dict.fromkeys("○◯", "〇")


@lru_cache(maxsize=1)
def _simplified() -> dict[str, str]:
    """The bundled tables of traditional and variant characters and their simplified forms."""
    # Every command waits for it: to go from row to row would take four times as long.
    columns = re.sub("#.*", "", character_tables().decode("utf-8")).split()
    return dict(zip(columns[::2], columns[1::2], strict=True))


def character_tables() -> bytes:
    """The bundled tables as they are: `character<TAB>folded character`, `#` comments."""
    data = Path(__file__).with_name("data")
    return b"".join((data / name).read_bytes() for name in ("traditional.txt", "variants.txt"))


class _FoldTable(dict[int, str]):
    """A `str.translate` table that works a character out when it is first met."""

    def __missing__(self, code: int) -> str:
        folded = self[code] = _fold_character(chr(code))
        return folded


def _fold_character(character: str) -> str:
    """Fold one character: decompose, drop case, simplify, drop what shows nothing."""
    simplified = _simplified()
    if _FIRST_IDEOGRAPH <= character <= _LAST_IDEOGRAPH:
        return simplified.get(character, character)
    decomposed = unicodedata.normalize("NFKD", character).casefold()
    parts = unicodedata.normalize("NFKD", decomposed)
    return "".join(
        _CIRCLES_FOR_ZERO.get(part) or simplified.get(part, part)
        for part in parts
        if not _is_ignorable(part)
    )


def _is_ignorable(character: str) -> bool:
    code = ord(character)
    number = bisect_right(_IGNORABLE_STARTS, code)
    return number > 0 and code <= _IGNORABLE_RANGES[number - 1][1]


_TABLE = _FoldTable()

_SINGLE: set[str] = set()
"""Characters met that are one character folded: of most texts they are all."""


def fold(text: str) -> str:
    """Fold a text or a query."""
    return text.translate(_TABLE)


class FoldedText:
    """A folded text that knows which original character each of its characters is from.

    Args:
        original: the text before folding.

    Attributes:
        original: the same.
        text: the text after folding.
    """

    def __init__(self, original: str) -> None:
        self.original = original
        self.text = fold(original)

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """For each original character the folded offset where its own part begins.

        And the folded length at the end; empty when all offsets are the same.
        """
        if _SINGLE.issuperset(self.original):
            return ()
        lengths = [len(_TABLE[ord(character)]) for character in self.original]
        if lengths.count(1) == len(lengths):
            _SINGLE.update(self.original)
            return ()
        return tuple(accumulate(lengths, initial=0))

    def original_span(self, start: int, end: int) -> Span:
        """The smallest span of the original text that covers folded [start, end).

        An original character is taken whole: the span of "1" found in "①" is "①".
        """
        if not self.starts:
            return start, end
        first = _last_at_most(self.starts, start)
        last = _last_at_most(self.starts, end - 1)
        return first, last + 1

    def folded_span(self, start: int, end: int) -> Span:
        """The span of the folded text that original [start, end) became."""
        return (self.starts[start], self.starts[end]) if self.starts else (start, end)


def _last_at_most(starts: tuple[int, ...], offset: int) -> int:
    """The original index whose folded part holds `offset` (parts may be empty)."""
    return bisect_right(starts, offset) - 1
