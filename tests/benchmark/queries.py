"""What is asked: classes of queries, and queries of each drawn from the texts."""

from __future__ import annotations

import logging
import random
import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from .material import Paragraph

Arguments = tuple[str | int, ...]
"""What an engine's method for a class is called with, for one query."""

_CHINESE = re.compile(r"[\u4e00-\u9fa5]+")
_YEARS = 6
_SHORTEST, _LONGEST = 4, 10
_ATTEMPTS = 100
_SEED = 20150305


@dataclass(frozen=True)
class QueryClass:
    """A class of queries.

    Attributes:
        method: the method of `Engine` that answers them.
        title: how it is called in the tables.
        draw: tries to make a query from a paragraph; gives nothing if that does not serve.
    """

    method: str
    title: str
    draw: Callable[[Drawer], Arguments]


class Drawer:
    """Draws words and strings from the texts, each as often as it occurs.

    A paragraph is drawn first, by its length, then words of it, so that what is asked
    for together also stands together somewhere. A word is one of jieba's, of two or
    more Chinese characters, which jieba cuts the same when it stands alone.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], seed: int) -> None:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._cut: Callable[[str], list[str]] = jieba.lcut
        self._paragraphs = paragraphs
        self._lengths = list(accumulate(len(paragraph.text) for paragraph in paragraphs))
        self._random = random.Random(seed)

    def words(self, number: int, shortest: int = 2) -> tuple[str, ...]:
        """Different words of one paragraph; none if it has not as many."""
        return self._words(self._paragraph().text, number, shortest)

    def beginning(self) -> tuple[str, ...]:
        """The first two characters of a longer word."""
        return tuple(word[:2] for word in self.words(1, shortest=3))

    def word_and_years(self) -> Arguments:
        """A word, and first and last of some years of which one is its report's."""
        paragraph = self._paragraph()
        words = self._words(paragraph.text, 1, 2)
        if paragraph.year is None or not words:
            return ()
        first = paragraph.year - self._random.randrange(_YEARS)
        return words[0], first, first + _YEARS - 1

    def string(self) -> tuple[str, ...]:
        """A run of Chinese characters, begun and ended anywhere; none if all are shorter."""
        length = self._random.randint(_SHORTEST, _LONGEST)
        runs = [run for run in _CHINESE.findall(self._paragraph().text) if len(run) >= length]
        if not runs:
            return ()
        run: str = self._random.choice(runs)
        start = self._random.randint(0, len(run) - length)
        return (run[start : start + length],)

    def _paragraph(self) -> Paragraph:
        return self._random.choices(self._paragraphs, cum_weights=self._lengths)[0]

    def _words(self, text: str, number: int, shortest: int) -> tuple[str, ...]:
        found = [word for word in self._cut(text) if self._is_asked_for(word, shortest)]
        self._random.shuffle(found)
        different = tuple(dict.fromkeys(found))
        return different[:number] if len(different) >= number else ()

    def _is_asked_for(self, word: str, shortest: int) -> bool:
        return (
            len(word) >= shortest
            and _CHINESE.fullmatch(word) is not None
            and self._cut(word) == [word]
        )


CLASSES = (
    QueryClass("one", "one term", lambda drawer: drawer.words(1)),
    QueryClass("all_of", "AND of 2", lambda drawer: drawer.words(2)),
    QueryClass("any_of", "OR of 3", lambda drawer: drawer.words(3)),
    QueryClass("exact", "exact string", Drawer.string),
    QueryClass("prefix", "prefix", Drawer.beginning),
    QueryClass("in_years", "years and term", Drawer.word_and_years),
    QueryClass("newest", "newest first", lambda drawer: drawer.words(1)),
    QueryClass("by_year", "counts by year", lambda drawer: drawer.words(1)),
)
"""All classes, in the order in which they are run and shown."""


def draw(paragraphs: Sequence[Paragraph], number: int) -> dict[QueryClass, list[Arguments]]:
    """Draw queries of each class; none comes twice in a class.

    Fewer are given where the texts have not enough.
    """
    drawn: dict[QueryClass, list[Arguments]] = {}
    for query_class in CLASSES:
        drawer = Drawer(paragraphs, _SEED)
        different: dict[Arguments, None] = {}
        for _ in range(number * _ATTEMPTS):
            if len(different) == number:
                break
            arguments = query_class.draw(drawer)
            if arguments:
                different[arguments] = None
        drawn[query_class] = list(different)
    return drawn
