"""The words that may have been meant, as arrays of characters: those of one length a matrix."""

from __future__ import annotations

from functools import cached_property
from math import log
from typing import TYPE_CHECKING, Protocol

import numpy as np

from indexer import Zone
from indexer.code_points import code_points

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from indexer import Postings, Snapshot

    Characters = NDArray[np.uint32]

CODES = 0x40000
"""The numbers of all ideographs are below; other characters above are taken for one."""


class Words(Protocol):
    """Words in some order."""

    def of_length(self, length: int) -> tuple[NDArray[np.int64], Characters]:
        """The numbers of the words of so many characters, rising, and the characters of each."""

    def word(self, number: int) -> str:
        """A word by its number."""

    def frequency(self, word: str) -> int:
        """How often there is a word, 0 if it is none of them."""

    def characters(self) -> Characters:
        """The characters of all words, one word behind another."""


class Vocabulary:
    """Words from several places.

    Args:
        parts: the words of each.
        total: how many texts they are from.
    """

    def __init__(self, parts: Sequence[Words], total: int) -> None:
        self.parts = parts
        self._total = total

    @classmethod
    def of(cls, snapshot: Snapshot) -> Vocabulary:
        """The words of all texts; how often is in how many paragraphs, deleted ones included."""
        words = [_SegmentWords(part.postings(Zone.TEXT.value)) for part in snapshot.segments]
        return cls(words, len(snapshot))

    def frequency(self, word: str) -> int:
        """How often there is a word."""
        return sum(words.frequency(word) for words in self.parts)

    def rarity(self, word: str) -> float:
        """Minus the logarithm of the share of texts that have a word."""
        return log((self._total + 1) / (self.frequency(word) + 0.5))

    @cached_property
    def characters(self) -> str:
        """The different characters that words are written in."""
        is_used = np.zeros(CODES, bool)
        for words in self.parts:
            is_used[words.characters()] = True
        return "".join(map(chr, np.flatnonzero(is_used).tolist()))


class ListedWords:
    """Words from a table.

    Args:
        table: word → how often there is it.
    """

    def __init__(self, table: Mapping[str, int]) -> None:
        self._table = table
        self._words = list(table)

    def of_length(self, length: int) -> tuple[NDArray[np.int64], Characters]:
        """See `Words`."""
        numbers = [number for number, word in enumerate(self._words) if len(word) == length]
        characters = _characters("".join(self._words[number] for number in numbers))
        return np.array(numbers, np.int64), characters.reshape(len(numbers), length)

    def word(self, number: int) -> str:
        """See `Words`."""
        return self._words[number]

    def frequency(self, word: str) -> int:
        """See `Words`."""
        return self._table.get(word, 0)

    def characters(self) -> Characters:
        """See `Words`."""
        return _characters("".join(self._words))


class _SegmentWords:
    """The words of a segment's texts, read all at once: that takes 2 ms."""

    def __init__(self, postings: Postings) -> None:
        self._postings = postings
        self._text, self._starts = postings.all_terms()
        self._lengths = np.diff(self._starts)
        self._characters = _characters(self._text)
        self._matrices: dict[int, tuple[NDArray[np.int64], Characters]] = {}

    def of_length(self, length: int) -> tuple[NDArray[np.int64], Characters]:
        """See `Words`."""
        if length not in self._matrices:
            numbers = np.flatnonzero(self._lengths == length)
            places = self._starts[numbers][:, None] + np.arange(length)
            self._matrices[length] = numbers, self._characters[places]
        return self._matrices[length]

    def word(self, number: int) -> str:
        """See `Words`."""
        return self._text[self._starts[number] : self._starts[number + 1]]

    def frequency(self, word: str) -> int:
        """See `Words`."""
        number = self._postings.find(word.encode("utf-8", "surrogatepass"))
        return 0 if number is None else self._postings.document_frequency(number)

    def characters(self) -> Characters:
        """See `Words`."""
        return self._characters


def _characters(text: str) -> Characters:
    """The numbers of a text's characters."""
    codes = code_points(text)
    return np.minimum(codes, CODES - 1)
