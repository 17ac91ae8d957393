"""Keyness: the words and phrases that one set of texts uses more than another.

A phrase is up to `LONGEST` words that follow one another with nothing between them, so none
goes over a sign. It begins and ends with a word that says something, and has two characters or
more. One that stands nowhere but in the same longer phrase is left out for that.

How surely two texts differ in a phrase is told by its log-likelihood (Rayson and Garside,
Comparing Corpora Using Frequency Profiling, 2000): of a and b times among A and B words,
E1 = A(a+b)/(A+B) and E2 = B(a+b)/(A+B) were to be expected, and G² = 2(a ln(a/E1) + b ln(b/E2)).
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING

import numpy as np

from corpus.plain import Plain

from .tokens import says_something, tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from indexer import Segmenter

LONGEST = 8
"""Words of a phrase at the most."""

LEAST = 3
"""How often a phrase has to stand in both together."""

SIGNIFICANT = 3.84
"""The log-likelihood from which a difference is not taken for chance: 5 % of the chi-squared
distribution with one degree of freedom."""

PER = 10_000
"""Words to which rates refer."""

_BREAK = -1
"""Stands between words that no phrase goes over."""


@dataclass(frozen=True, slots=True)
class KeyPhrase(Plain):
    """A word or a phrase that two sets of texts differ in.

    Attributes:
        text: folded.
        before: how often it stands in the first.
        after: how often it stands in the second.
        rate_before: the same per 10,000 words.
        rate_after: the same.
        keyness: its log-likelihood.
    """

    text: str
    before: int
    after: int
    rate_before: float
    rate_after: float
    keyness: float


@dataclass(frozen=True, slots=True)
class Keyness(Plain):
    """What two sets of texts differ in, of each kind the surest first.

    Attributes:
        words_before: how many words the first has.
        words_after: how many the second has.
        came: phrases that stand in the second only.
        went: those that stand in the first only.
        grew: those that stand in both, with a higher rate in the second.
        shrank: with a lower one.
    """

    words_before: int
    words_after: int
    came: tuple[KeyPhrase, ...]
    went: tuple[KeyPhrase, ...]
    grew: tuple[KeyPhrase, ...]
    shrank: tuple[KeyPhrase, ...]


@dataclass(frozen=True, slots=True)
class _Phrases:
    """The phrases of one length.

    Attributes:
        at: of every place in the texts the number of the phrase that begins there, or none.
        first: of every phrase a place where it begins.
        counts: of every phrase how often it stands in either set, a row each.
    """

    at: NDArray[np.int64]
    first: NDArray[np.int64]
    counts: NDArray[np.int64]

    @classmethod
    def numbered(cls, keys: NDArray[np.int64], middle: int) -> _Phrases:
        """Phrases by keys that tell them apart.

        Args:
            keys: of every place; `_BREAK` where none begins.
            middle: the first place of the second set.
        """
        places = np.flatnonzero(keys != _BREAK)
        _, first, numbers = np.unique(keys[places], return_index=True, return_inverse=True)
        at = np.full(len(keys), _BREAK)
        at[places] = numbers
        ends = np.searchsorted(places, middle)
        counts = [np.bincount(part, minlength=len(first)) for part in np.split(numbers, [ends])]
        return cls(at, places[first], np.stack(counts, axis=1))

    def longer(self, middle: int) -> _Phrases:
        """Those of one word more, of which both parts are frequent enough."""
        frequent = np.append(self.counts.sum(axis=1) >= LEAST, [False])  # the last for no phrase
        both = frequent[self.at[:-1]] & frequent[self.at[1:]]
        keys = np.where(both, self.at[:-1] * len(self.first) + self.at[1:], _BREAK)
        return self.numbered(np.append(keys, [_BREAK]), middle)


def keyness(
    before: Iterable[str], after: Iterable[str], segmenter: Segmenter, limit: int | None
) -> Keyness:
    """Compare what two sets of texts say.

    Args:
        before: the first, folded.
        after: the second.
        segmenter: cuts them.
        limit: how many phrases of each kind to give at the most; None for all.
    """
    words: dict[str, int] = {}
    sides = [_numbers(texts, segmenter, words) for texts in (before, after)]
    sizes = [int((side != _BREAK).sum()) for side in sides]
    found = list(_phrases(np.concatenate(sides), len(sides[0]), list(words), sizes))
    found.sort(key=lambda phrase: (-phrase.keyness, -len(phrase.text), phrase.text))
    came, went, grew, shrank = (
        tuple([phrase for phrase in found if belongs(phrase)][:limit]) for belongs in _KINDS
    )
    return Keyness(sizes[0], sizes[1], came, went, grew, shrank)


_KINDS: tuple[Callable[[KeyPhrase], bool], ...] = (
    lambda phrase: not phrase.before,
    lambda phrase: not phrase.after,
    lambda phrase: phrase.before > 0 and phrase.rate_after > phrase.rate_before,
    lambda phrase: phrase.after > 0 and phrase.rate_after < phrase.rate_before,
)
"""Which phrases came, went, grew and shrank."""


def log_likelihood(before: int, after: int, words_before: int, words_after: int) -> float:
    """How surely two sets of texts differ in something, see the module.

    Args:
        before: how often it stands in the first.
        after: how often it stands in the second.
        words_before: how many words the first has.
        words_after: how many the second has.
    """
    both, words = before + after, words_before + words_after
    parts = ((before, words_before), (after, words_after))
    return 2 * sum(count * log(count * words / (both * size)) for count, size in parts if count)


def _numbers(
    texts: Iterable[str], segmenter: Segmenter, words: dict[str, int]
) -> NDArray[np.int64]:
    """The words of texts by their numbers, with a break wherever they do not touch."""
    numbers = []
    for text in texts:
        end = _BREAK
        for token in tokens(text, segmenter):
            if token.start != end:
                numbers.append(_BREAK)
            numbers.append(words.setdefault(token.word, len(words)))
            end = token.end
    return np.array([*numbers, _BREAK], np.int64)


def _phrases(
    at: NDArray[np.int64], middle: int, words: Sequence[str], sizes: Sequence[int]
) -> Iterator[KeyPhrase]:
    """The phrases of two sets that follow one another, in no order."""
    # Of words that a phrase may begin and end with, and that are one; the last is for a break.
    bounds = np.array([says_something(word) for word in words] + [False])
    alone = bounds & np.array([len(word) > 1 for word in words] + [False])
    lengths = [_Phrases.numbered(at, middle)]
    while len(lengths) < LONGEST:
        lengths.append(lengths[-1].longer(middle))
    is_covering = np.zeros(0, bool)
    for size in range(LONGEST, 0, -1):
        phrases = lengths[size - 1]
        allowed = alone if size == 1 else bounds
        shown = allowed[at[phrases.first]] & allowed[at[phrases.first + size - 1]]
        covered = np.zeros(len(shown), bool)
        for step in (0, 1) if size < LONGEST else ():
            covered |= _covered(phrases, lengths[size], step, is_covering)
        is_covering = shown | covered
        often = phrases.counts.sum(axis=1) >= LEAST
        for number in np.flatnonzero(shown & ~covered & often).tolist():
            start = int(phrases.first[number])
            text = "".join(words[word] for word in at[start : start + size].tolist())
            phrase = _phrase(text, *phrases.counts[number].tolist(), *sizes)
            if phrase.keyness >= SIGNIFICANT:
                yield phrase


def _covered(
    phrases: _Phrases, longer: _Phrases, step: int, is_covering: NDArray[np.bool_]
) -> NDArray[np.bool_]:
    """Which phrases stand nowhere but in the same longer one, which covers them.

    Args:
        phrases: of one length.
        longer: of one word more.
        step: at which word of the longer ones the shorter ones begin.
        is_covering: of the longer ones, whether they, or longer ones that they are in, are shown.
    """
    parts = phrases.at[longer.first + step]
    same = (phrases.counts[parts] == longer.counts).all(axis=1)
    covered = np.zeros(len(phrases.first), bool)
    covered[parts[same & is_covering]] = True
    return covered


def _phrase(text: str, before: int, after: int, words_before: int, words_after: int) -> KeyPhrase:
    return KeyPhrase(
        text,
        before,
        after,
        PER * before / words_before if words_before else 0.0,
        PER * after / words_after if words_after else 0.0,
        log_likelihood(before, after, words_before, words_after),
    )
