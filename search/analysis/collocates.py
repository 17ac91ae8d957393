"""Collocates: the words that stand near what a query asks for more often than by chance.

The words within some words of an occurrence, in the same sentence, are its window; each is
counted once, near however many occurrences it stands. A word is counted as the index counts
it, within longer words too, so that the counts of the windows and those of the whole index,
which come from its postings, are of the same kind. Of O times that a word stands in windows
of W words together, and C times among the N words of the index, E = W·C/N are to be expected,
and its association is

    g2        2 Σ o ln(o/e) over the table of the word and others, in windows and elsewhere
              (Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, 1993)
    mi        log2(O/E) (Church and Hanks, Word Association Norms, 1990)
    t         (O - E)/√O (Church et al., Using Statistics in Lexical Analysis, 1991)
    log_dice  14 + log2(2·O/(M + C)) for M occurrences (Rychlý, A Lexicographer-Friendly
              Association Score, 2008)
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass
from itertools import groupby
from math import log, log2, sqrt
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from corpus.plain import Plain
from indexer import SENTENCE_ENDS, FoldedText, Zone

from .kwic import occurrences
from .tokens import Token, says_something, tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from indexer import Postings, Segmenter, Snapshot, Span
    from search.evaluation import Answer

Measure = Literal["g2", "mi", "t", "log_dice"]
"""A measure of association."""

LEAST = 3
"""How often a word has to stand near to be a collocate: below that, measures mislead."""

_SENTENCE_END = re.compile(f"[{re.escape(SENTENCE_ENDS)}]")


@dataclass(frozen=True, slots=True)
class Collocate(Plain):
    """A word that stands near more often than by chance.

    Attributes:
        word: folded.
        together: how often it stands near an occurrence.
        before: how often of that before one.
        after: how often of that after one; between two it is both.
        count: how often it stands in the index.
        expected: how often it would stand near by chance.
        g2: its log-likelihood.
        mi: its mutual information, in bits.
        t: its t-score.
        log_dice: 14 at the most; each step is twice as much.
    """

    word: str
    together: int
    before: int
    after: int
    count: int
    expected: float
    g2: float
    mi: float
    t: float
    log_dice: float


class _Windows:
    """What stands near occurrences, counted as the index counts words.

    Attributes:
        matches: how many occurrences there were.
        words: the words that stand near as words of their own.
        together: of every word, how often it stands near.
        before: how often before an occurrence.
        after: how often after one.
    """

    def __init__(self, segmenter: Segmenter, size: int) -> None:
        self._segmenter = segmenter
        self._size = size
        self.matches = 0
        self.words: set[str] = set()
        self.together: Counter[str] = Counter()
        self.before: Counter[str] = Counter()
        self.after: Counter[str] = Counter()

    def add(self, folded: str, spans: Sequence[Span]) -> None:
        """Count what stands near the occurrences in a text; they do not overlap, and rise."""
        self.matches += len(spans)
        before: set[Token] = set()
        after: set[Token] = set()
        signs = [found.start() for found in _SENTENCE_END.finditer(folded)]
        bounds = [-1, *signs, len(folded)]
        around = [
            (bounds[bisect_left(signs, start)] + 1, bounds[bisect_left(signs, end) + 1])
            for start, end in spans
        ]
        for (low, high), pairs in groupby(zip(around, spans, strict=True), itemgetter(0)):
            cut = tokens(folded[low:high], self._segmenter, low)
            free = list(_outside(cut, spans))
            starts, ends = [token.start for token in free], [token.end for token in free]
            for _, (start, end) in pairs:
                last, first = bisect_right(ends, start), bisect_left(starts, end)
                before.update(free[max(0, last - self._size) : last])
                after.update(free[first : first + self._size])
        self.words.update(token.word for token in before | after)
        for counted, found in (
            (self.together, before | after),
            (self.before, before),
            (self.after, after),
        ):
            for token in found:
                counted.update(self._segmenter.finer(token.word))


def _outside(cut: Iterable[Token], spans: Sequence[Span]) -> Iterator[Token]:
    """The words of which no part is in a span."""
    starts = [start for start, _ in spans]
    for token in cut:
        place = bisect_left(starts, token.end) - 1
        if place < 0 or spans[place][1] <= token.start:
            yield token


def collocates(
    answer: Answer, snapshot: Snapshot, window: int, measure: Measure, limit: int | None
) -> tuple[Collocate, ...]:
    """The words that stand near what answers a query more often than by chance.

    Args:
        answer: to the query.
        snapshot: the index.
        window: how many words on either side of an occurrence are near.
        measure: puts them in order, the highest first.
        limit: how many to give at the most; None for all.
    """
    texts = [
        (FoldedText(here[0].paragraph.text), [found.span for found in here])
        for _, group in groupby(occurrences(answer, snapshot), attrgetter("document"))
        for here in [list(group)]
    ]
    segmenter = snapshot.segmenter_for(sum(len(folded.text) for folded, _ in texts))
    windows = _Windows(segmenter, window)
    for folded, spans in texts:
        windows.add(folded.text, [folded.folded_span(*span) for span in spans])
    near, total = sum(windows.together.values()), snapshot.words
    found = []
    for word in windows.words:
        if windows.together[word] >= LEAST and says_something(word):
            together, count = windows.together[word], _count(word, snapshot)
            # Only what is more often near than elsewhere is drawn to it.
            if together * total > near * count:
                found.append(_collocate(word, windows, count, total))
    found.sort(key=lambda one: (-getattr(one, measure), one.word))
    return tuple(found[:limit])


def _count(word: str, snapshot: Snapshot) -> int:
    """How often a word stands in the texts of an index."""

    def find(postings: Postings) -> NDArray[Any]:
        number = postings.find(word.encode("utf-8", "surrogatepass"))
        return np.zeros(0, np.int64) if number is None else postings.slots(number)

    return int(snapshot.count(Zone.TEXT.value, find).counts.sum())


def _collocate(word: str, windows: _Windows, count: int, total: int) -> Collocate:
    together, near = windows.together[word], sum(windows.together.values())
    expected = near * count / total
    table = (
        (together, near, count),
        (near - together, near, total - count),
        (count - together, total - near, count),
        (total - near - count + together, total - near, total - count),
    )
    return Collocate(
        word=word,
        together=together,
        before=windows.before[word],
        after=windows.after[word],
        count=count,
        expected=expected,
        g2=2 * sum(o * log(o * total / (row * column)) for o, row, column in table if o),
        mi=log2(together / expected),
        t=(together - expected) / sqrt(together),
        log_dice=14 + log2(2 * together / (windows.matches + count)),
    )
