"""Segmentation: folded text into words, the same way for index and query."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .dictionary import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .dictionary import Frequencies


class Segmenter:
    """Cuts folded text with jieba (dictionary and hidden Markov model).

    Args:
        frequencies: the dictionary, see `indexer.dictionary`.
        total: the sum of its frequencies.
    """

    def __init__(self, frequencies: Frequencies, total: int) -> None:
        from ._jieba import Tokenizer

        self._tokenizer = Tokenizer(frequencies, total)

    @classmethod
    def for_indexing(cls, frequencies: dict[str, int]) -> Segmenter:
        """A segmenter over a dictionary in memory: slow to make, fast in bulk."""
        return cls(frequencies, sum(frequencies.values()))

    @classmethod
    def for_queries(cls, snapshot: Path) -> Segmenter:
        """A segmenter over a dictionary file: made at once, three times slower in bulk."""
        dictionary = Snapshot(snapshot)
        return cls(dictionary, dictionary.total)

    def words(self, folded: str) -> list[str]:
        """Cut into words that follow one another; signs and spaces are left out."""
        return [word for word in self._tokenizer.cut(folded) if is_word(word)]

    def index_words(self, folded: str) -> Iterator[str]:
        """Cut in jieba's search mode: the words, and the shorter words within them."""
        return (word for word in self._tokenizer.cut_for_search(folded) if is_word(word))


def is_word(token: str) -> bool:
    """Whether a token says anything: it holds a letter, a digit or a Chinese character."""
    return any(character.isalnum() for character in token)
