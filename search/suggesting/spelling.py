"""Other spellings of what a query asks for, the likeliest first.

A spelling is as likely as its words, by how often they stand in the index, less what the
slips cost by which it became what was written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer import fold

from .near import slips

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer import Segmenter, Span

    from .vocabulary import Vocabulary

HARDLY = 2
"""Texts in which a word hardly stands: it may be misspelt there too."""

_WEIGHT = 0.3
"""What the rarity of words counts against slips. Counted in full it would bring frequent
words before rare ones that are written much more alike."""

SHORTEST, LONGEST = 2, 8
"""Characters of what may be one word."""

_MOST_STRETCHES = 12
"""Stretches of a chunk that are taken for a word."""


@dataclass(frozen=True, slots=True, order=True)
class Spelling:
    """Another spelling.

    Attributes:
        badness: how unlikely it is.
        text: how it is spelt, folded.
    """

    badness: float
    text: str


def of_word(word: str, vocabulary: Vocabulary) -> list[Spelling]:
    """Other spellings of what is one word, the likeliest first.

    Args:
        word: folded, of two characters or more.
        vocabulary: the words there are.
    """
    return sorted(
        Spelling(cost + _WEIGHT * vocabulary.rarity(other), other)
        for other, cost in slips(word, vocabulary).items()
    )


def of_chunk(text: str, vocabulary: Vocabulary, segmenter: Segmenter) -> list[Spelling]:
    """Other spellings of words that are written without a space, the likeliest first.

    Where one of them is doubtful, because there hardly is such a word or because it is a
    single character, it is taken for one word with each of its neighbours.

    Args:
        text: as written.
        vocabulary: the words there are.
        segmenter: finds the words in it.
    """
    folded = fold(text)
    places = list(_places(folded, segmenter.words(folded)))
    best: dict[str, float] = {}
    for start, end in _stretches(folded, places, vocabulary):
        around = sum(
            vocabulary.rarity(folded[first:last])
            for first, last in places
            if last <= start or first >= end
        )
        for spelling in of_word(folded[start:end], vocabulary):
            whole = folded[:start] + spelling.text + folded[end:]
            badness = spelling.badness + _WEIGHT * around
            best[whole] = min(badness, best.get(whole, badness))
    return sorted(Spelling(badness, whole) for whole, badness in best.items())


def in_halves(text: str, vocabulary: Vocabulary, segmenter: Segmenter) -> list[Spelling]:
    """A chunk with a word of it cut into two that there are, the likeliest first.

    Where reports put quotation marks around a part of it, “三农”问题, the word 三农问题
    that the segmenter knows stands nowhere.

    Args:
        text: as written.
        vocabulary: the words there are.
        segmenter: finds the words in it.
    """
    folded = fold(text)
    found = []
    for start, end in _places(folded, segmenter.words(folded)):
        if vocabulary.frequency(folded[start:end]):
            continue
        for cut in range(start + SHORTEST, end - SHORTEST + 1):
            halves = folded[start:cut], folded[cut:end]
            if all(map(vocabulary.frequency, halves)):
                badness = _WEIGHT * sum(map(vocabulary.rarity, halves))
                found.append(Spelling(badness, f"{folded[:cut]} {folded[cut:]}"))
    return sorted(found)


def of_two(left: str, right: str, vocabulary: Vocabulary) -> list[Spelling]:
    """Spellings of two chunks as one word, the likeliest first; none if both are words.

    Args:
        left: as written.
        right: as written behind it, with a space between them.
        vocabulary: the words there are.
    """
    chunks = fold(left), fold(right)
    joined = "".join(chunks)
    is_short = SHORTEST <= len(joined) <= LONGEST
    if not is_short or not any(_is_doubtful(chunk, vocabulary) for chunk in chunks):
        return []
    found = of_word(joined, vocabulary)
    if vocabulary.frequency(joined):
        found.append(Spelling(_WEIGHT * vocabulary.rarity(joined), joined))
    return sorted(found)


def _is_doubtful(word: str, vocabulary: Vocabulary) -> bool:
    return len(word) == 1 or vocabulary.frequency(word) <= HARDLY


def _stretches(folded: str, places: list[Span], vocabulary: Vocabulary) -> list[Span]:
    """What of a chunk may be one misspelt word."""
    words = [folded[start:end] for start, end in places]
    doubtful = [_is_doubtful(word, vocabulary) for word in words]
    found: dict[Span, None] = {}
    if SHORTEST <= len(folded) <= LONGEST:
        found[0, len(folded)] = None
    for first, (start, _) in enumerate(places):
        for last, (_, end) in enumerate(places[first : first + LONGEST], first):
            if any(doubtful[first : last + 1]) and SHORTEST <= end - start <= LONGEST:
                found[start, end] = None
    return list(found)[:_MOST_STRETCHES]


def _places(folded: str, words: list[str]) -> Iterator[Span]:
    """Where each of some words that follow one another stands."""
    end = 0
    for word in words:
        start = folded.index(word, end)
        end = start + len(word)
        yield start, end
