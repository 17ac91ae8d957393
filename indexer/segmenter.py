"""Segmentation: folded text into words, the same way for index and query."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from itertools import chain
from math import log
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .dictionary import Snapshot
from .markov import BLOCK, CACHEABLE, Weigh, cut, is_listed, weighing, weights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .dictionary import Frequencies

_BLOCKS = re.compile(rf"{BLOCK}|\w")
"""Beside the blocks a word can only be one letter or digit, such as 〇 or a rare ideograph."""

_LOOKUPS = 1 << 16
_SHORT_BLOCKS = 1 << 13
_TOKENS = 1 << 15
"""How many are remembered."""


class IndexWords(NamedTuple):
    """The words of texts.

    Attributes:
        words: the different ones, in the order in which they first come.
        tokens: every word of every text, by its place in `words`.
        counts: how many words each text has.
    """

    words: tuple[str, ...]
    tokens: NDArray[Any]
    counts: NDArray[Any]


class Segmenter:
    """Cuts folded text as jieba does (dictionary and hidden Markov model).

    Args:
        frequencies: the dictionary, see `indexer.dictionary`.
        total: the sum of its frequencies.

    Raises:
        ValueError: the dictionary has no words.
    """

    def __init__(self, frequencies: Frequencies, total: int) -> None:
        if total <= 0:
            raise ValueError("the dictionary has no words")
        weigh: Weigh
        if isinstance(frequencies, dict):
            weigh = weights(frequencies, total).get
        else:
            weigh = lru_cache(maxsize=_LOOKUPS)(weighing(frequencies, total))
        self._cut = partial(cut, weigh, -log(total))
        self._finer = finer = partial(_finer, weigh)
        self._index_block = partial(_index_block, self._cut, finer)
        self._index_again = lru_cache(maxsize=_SHORT_BLOCKS)(
            partial(_index_block, self._cut, lru_cache(maxsize=_TOKENS)(finer))
        )

    @classmethod
    def in_memory(cls, frequencies: dict[str, int]) -> Segmenter:
        """A segmenter over a dictionary in memory: a third of a second to make, fast in bulk."""
        return cls(frequencies, sum(frequencies.values()))

    @classmethod
    def for_queries(cls, snapshot: Path) -> Segmenter:
        """A segmenter over a dictionary file: made at once, slower for words it has not met.

        Raises:
            ValueError: not such a file, or cut short.
            OSError: it cannot be opened.
        """
        return cls.over(Snapshot.open(snapshot))

    @classmethod
    def over(cls, snapshot: Snapshot) -> Segmenter:
        """A segmenter over a dictionary file that is open, see `for_queries`."""
        return cls(snapshot, snapshot.total)

    def words(self, folded: str) -> list[str]:
        """Cut into words that follow one another; signs and spaces are left out."""
        return [word for block in blocks_of(folded) for word in self._cut(block) if is_word(word)]

    def index_words(self, folded: str) -> list[str]:
        """Cut in jieba's search mode: the words, and before each the shorter words within it."""
        words: list[str] = []
        for block in blocks_of(folded):
            is_short = len(block) <= CACHEABLE
            words += self._index_again(block) if is_short else self._index_block(block)
        return words

    def index_texts(self, folded: Sequence[str]) -> IndexWords:
        """Cut texts as `index_words` does each of them."""
        found = [self.index_words(text) for text in folded]
        numbers: dict[str, int] = {}
        tokens = [numbers.setdefault(word, len(numbers)) for word in chain.from_iterable(found)]
        counts = np.fromiter(map(len, found), np.uint32)
        return IndexWords(tuple(numbers), np.array(tokens, np.uint32), counts)

    def finer(self, word: str) -> tuple[str, ...]:
        """What `index_words` gives for one of `words`: the shorter words in it, then itself."""
        return self._finer(word)


def blocks_of(folded: str) -> list[str]:
    """The parts of a text that are cut each by itself: no word goes beyond one."""
    return _BLOCKS.findall(folded)


def is_word(token: str) -> bool:
    """Whether a token says anything: it holds a letter, a digit or a Chinese character."""
    return token.isalnum() or any(character.isalnum() for character in token)


def _index_block(
    cut: Callable[[str], Iterable[str]], finer: Callable[[str], Iterable[str]], block: str
) -> tuple[str, ...]:
    return tuple(word for token in cut(block) for word in finer(token))


def _finer(weigh: Weigh, token: str) -> tuple[str, ...]:
    """A token after the words of two and of three characters in it, those that are words.

    As `jieba.Tokenizer.cut_for_search` does it.
    """
    within = [
        token[start : start + size]
        for size in (2, 3)
        if len(token) > size
        for start in range(len(token) - size + 1)
    ]
    tokens = [*(piece for piece in within if is_listed(weigh(piece))), token]
    return tuple(filter(is_word, tokens))
