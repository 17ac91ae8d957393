"""What is asked: classes of queries, and queries of each drawn from the texts."""

from __future__ import annotations

import logging
import random
import re
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from .material import Paragraph

Arguments = tuple[str | int, ...]
"""What an engine's method for a class is called with, for one query."""

_CHINESE = re.compile(r"[\u4e00-\u9fa5]+")
_NUMBER = re.compile(r"[\u4e00-\u9fa5]{1,2}[发函释办规字][〔\[（(]\d{4}[〕\]）)]\d{1,5}号")
_MARKS = ("国发", "国办发", "国函", "法释", "法发", "财税", "发改价格")
_KNOWN, _LAST = 0.5, 120
_SENTENCE = re.compile(r"[^。！？；]+")
_QUANTITY = re.compile(
    r"([\u4e00-\u9fa5]{2,8}?)[\d.〇一二三四五六七八九十百千万]+(万元|元|个月|年|日|%|倍)"
)
_ASKING = "是怎样规定的？"
_QUESTION = 20
_FUZZY = 4
_NEAR = 10
_YEARS = 6
_SHORTEST, _LONGEST = 4, 10
_ATTEMPTS = 100
_SHORTEST_WORD = 2
_SAMPLE = 5_000
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

    Args:
        paragraphs: the texts.
        seed: of what is drawn.
        usual: the words that are asked for; any if there are none.
    """

    def __init__(self, paragraphs: Sequence[Paragraph], seed: int, usual: Collection[str]) -> None:
        import jieba

        jieba.setLogLevel(logging.WARNING)
        self._cut: Callable[[str], list[str]] = jieba.lcut
        self._paragraphs = paragraphs
        self._usual = usual
        self._lengths = list(accumulate(len(paragraph.text) for paragraph in paragraphs))
        self._random = random.Random(seed)
        self._numbers: list[str] | None = None

    def words(self, number: int) -> tuple[str, ...]:
        """Different words of one paragraph; none if it has not as many."""
        return self._words(self._paragraph().text, number)

    def beginning(self) -> tuple[str, ...]:
        """The first two characters of a word."""
        return tuple(word[:2] for word in self.words(1))

    def word_and_years(self) -> Arguments:
        """A word, and first and last of some years of which one is its report's."""
        paragraph = self._paragraph()
        words = self._words(paragraph.text, 1)
        if paragraph.year is None or not words:
            return ()
        first = paragraph.year - self._random.randrange(_YEARS)
        return words[0], first, first + _YEARS - 1

    def string(self) -> tuple[str, ...]:
        """A run of Chinese characters, begun and ended anywhere; none if all are shorter."""
        run = self._run(self._random.randint(_SHORTEST, _LONGEST))
        return (run,) if run else ()

    def pair(self) -> tuple[str, ...]:
        """Two words of one sentence."""
        return self._words(self._random.choice(self._sentences()), 2)

    def pair_in_order(self) -> tuple[str, ...]:
        """Two words of one sentence of which one stands shortly behind the other."""
        sentence = self._random.choice(self._sentences())
        pair = sorted(self._words(sentence, 2), key=sentence.index)
        if not pair or sentence.index(pair[1]) - sentence.index(pair[0]) > _NEAR:
            return ()
        return tuple(pair)

    def number(self) -> tuple[str, ...]:
        """A document number that stands somewhere, or as often one that may stand nowhere."""
        if self._numbers is None:
            texts = (paragraph.text for paragraph in self._paragraphs)
            self._numbers = sorted({number for text in texts for number in _NUMBER.findall(text)})
        if self._numbers and self._random.random() < _KNOWN:
            return (self._random.choice(self._numbers),)
        mark, year = self._random.choice(_MARKS), self._paragraph().year
        return (f"{mark}〔{year}〕{self._random.randint(1, _LAST)}号",) if year else ()

    def word_and_unit(self) -> tuple[str, ...]:
        """A word, and the unit of a quantity behind it."""
        found = _QUANTITY.findall(self._paragraph().text)
        if not found:
            return ()
        before, unit = self._random.choice(found)
        words = self._words(before, 1)
        return (*words, unit) if words else ()

    def misspelt(self) -> tuple[str, ...]:
        """A short string of which one character is another."""
        characters, other = list(self._run(_FUZZY)), self._run(1)
        if not characters or not other:
            return ()
        characters[self._random.randrange(_FUZZY)] = other
        return ("".join(characters),)

    def question(self) -> tuple[str, ...]:
        """What somebody might ask of a paragraph, in so many characters."""
        run = self._run(_QUESTION - len(_ASKING))
        return (run + _ASKING,) if run else ()

    def _sentences(self) -> list[str]:
        return _SENTENCE.findall(self._paragraph().text) or [""]

    def _run(self, length: int) -> str:
        """A run of Chinese characters of such a length; none if all are shorter."""
        runs = [run for run in _CHINESE.findall(self._paragraph().text) if len(run) >= length]
        if not runs:
            return ""
        run: str = self._random.choice(runs)
        start = self._random.randint(0, len(run) - length)
        return run[start : start + length]

    def _paragraph(self) -> Paragraph:
        return self._random.choices(self._paragraphs, cum_weights=self._lengths)[0]

    def _words(self, text: str, number: int) -> tuple[str, ...]:
        found = [word for word in self._cut(text) if self._is_asked_for(word)]
        self._random.shuffle(found)
        different = tuple(dict.fromkeys(found))
        return different[:number] if len(different) >= number else ()

    def _is_asked_for(self, word: str) -> bool:
        return (
            len(word) >= _SHORTEST_WORD
            and (not self._usual or word in self._usual)
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
    QueryClass("in_sentence", "same sentence", Drawer.pair),
    QueryClass("in_order", "within 10, in order", Drawer.pair_in_order),
    QueryClass("numbered", "document number", Drawer.number),
    QueryClass("measured", "quantity", Drawer.word_and_unit),
    QueryClass("fuzzy", "one character astray", Drawer.misspelt),
    QueryClass("asked", "question", Drawer.question),
)
"""All classes, in the order in which they are run and shown."""


def usual_words(paragraphs: Sequence[Paragraph], share: float) -> frozenset[str]:
    """The words that stand in at least such a share of the paragraphs, as a sample has it."""
    if not share:
        return frozenset()
    import jieba

    jieba.setLogLevel(logging.WARNING)
    sample = random.Random(_SEED).sample(paragraphs, min(_SAMPLE, len(paragraphs)))
    counts = Counter(word for paragraph in sample for word in set(jieba.cut(paragraph.text)))
    return frozenset(word for word, count in counts.items() if count >= share * len(sample))


def draw(
    paragraphs: Sequence[Paragraph], number: int, share: float = 0
) -> dict[QueryClass, list[Arguments]]:
    """Draw queries of each class; none comes twice in a class.

    Fewer are given where the texts have not enough.

    Args:
        paragraphs: the texts.
        number: how many queries of each class.
        share: of the paragraphs in which a word has to stand to be asked for.
    """
    drawn: dict[QueryClass, list[Arguments]] = {}
    usual = usual_words(paragraphs, share)
    for query_class in CLASSES:
        drawer = Drawer(paragraphs, _SEED, usual)
        different: dict[Arguments, None] = {}
        for _ in range(number * _ATTEMPTS):
            if len(different) == number:
                break
            arguments = query_class.draw(drawer)
            if arguments:
                different[arguments] = None
        drawn[query_class] = list(different)
    return drawn
