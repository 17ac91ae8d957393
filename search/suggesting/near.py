"""The words that a word may have been meant for: those written nearly like it.

Every character of the word is compared with all characters at once, which gives a table of
how any of them may have come to be it. What other words of the same length have in common
with it is then looked up for all of them together.
"""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from .look import LOOK_ALIKE
from .sound import Sounds
from .vocabulary import CODES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from .vocabulary import Vocabulary, Words

    Tables = NDArray[np.uint8]


class Slip(IntEnum):
    """What may go wrong with a character, the likeliest first."""

    NONE = 0
    SAME_SOUND = 1
    LIKE_LOOK = 2
    OTHER_READING = 3
    NEAR_SOUND = 4
    SWAPPED = 5
    MISSING = 6
    ADDED = 7
    REPLACED = 8


_COSTS = {
    Slip.NONE: 0.0,
    Slip.SAME_SOUND: 1.0,
    Slip.LIKE_LOOK: 1.2,
    Slip.OTHER_READING: 2.2,
    Slip.NEAR_SOUND: 2.5,
    Slip.SWAPPED: 3.0,
    Slip.MISSING: 3.5,
    Slip.ADDED: 4.0,
    Slip.REPLACED: 5.0,
}
"""What each slip costs: about minus the logarithm of how likely it is, as far as can be
guessed. Only their order is certain; between neighbours the frequency of words decides."""

_MOST = 7.0
"""What the slips of a word may cost together."""

_SHORTEST = 3
"""Characters from which one may be any other: what is left of fewer says nothing."""

_COST_ARRAY = np.array([_COSTS[slip] for slip in Slip])


def slips(word: str, vocabulary: Vocabulary) -> dict[str, float]:
    """The words that a word may have been meant for; never itself.

    Args:
        word: folded, of two characters or more.
        vocabulary: the words there are.

    Returns:
        Each with what the slips cost by which it came to be the other.
    """
    tables = _tables(word, _sounds(vocabulary.characters))
    costs: dict[str, float] = {}
    costs.update(_with_one_less(word))
    for words in vocabulary.parts:
        costs.update(_with_one_more(word, words))
    costs.update(_swapped(word))
    for words in vocabulary.parts:
        costs.update(_written_alike(tables, words))
    return {
        other: cost
        for other, cost in costs.items()
        if other != word and _digits(other) == _digits(word) and vocabulary.frequency(other)
    }


def _digits(text: str) -> str:
    """The digits in it: a number is not meant for another one."""
    return "".join(filter(str.isdecimal, text))


@lru_cache(maxsize=4)
def _sounds(characters: str) -> Sounds:
    return Sounds(characters)


def _tables(word: str, sounds: Sounds) -> Tables:
    """Of every character of a word, by which slip any character may have come to be it."""
    tables = np.full((len(word), CODES), Slip.REPLACED, np.uint8)
    for table, character in zip(tables, word, strict=True):
        others: dict[Slip, Iterable[str]] = {  # the likelier overwrite the less likely
            Slip.NEAR_SOUND: sounds.near(character),
            Slip.OTHER_READING: sounds.sharing(character),
            Slip.LIKE_LOOK: LOOK_ALIKE.get(character, ()),
            Slip.SAME_SOUND: sounds.same(character),
            Slip.NONE: [character],
        }
        for slip, alike in others.items():
            table[[min(ord(one), CODES - 1) for one in alike]] = slip
    return tables


def _written_alike(tables: Tables, words: Words) -> Iterator[tuple[str, float]]:
    """Words of the same length: with characters that are alike, or one that is any other."""
    length = len(tables)
    numbers, characters = words.of_length(length)
    found = tables[np.arange(length), characters]
    costs = _COST_ARRAY[found].sum(axis=1)
    replaced = (found == Slip.REPLACED).sum(axis=1)
    is_one_other = (found == Slip.NONE).sum(axis=1) == length - 1
    is_near = (replaced == 0) | (is_one_other & (length >= _SHORTEST))
    for at in np.flatnonzero(is_near & (costs <= _MOST)).tolist():
        yield words.word(int(numbers[at])), float(costs[at])


def _with_one_more(word: str, words: Words) -> Iterator[tuple[str, float]]:
    """Words of which one character is missing."""
    numbers, characters = words.of_length(len(word) + 1)
    asked = np.array(list(map(ord, word)), np.uint32)
    before = np.cumprod(characters[:, :-1] == asked, axis=1).sum(axis=1)
    behind = np.cumprod((characters[:, 1:] == asked)[:, ::-1], axis=1).sum(axis=1)
    for at in np.flatnonzero(before + behind >= len(word)).tolist():
        yield words.word(int(numbers[at])), _COSTS[Slip.MISSING]


def _with_one_less(word: str) -> Iterator[tuple[str, float]]:
    """Words to which a character was added."""
    if len(word) >= _SHORTEST:
        for at in range(len(word)):
            yield word[:at] + word[at + 1 :], _COSTS[Slip.ADDED]


def _swapped(word: str) -> Iterator[tuple[str, float]]:
    """Words of which two neighbours were swapped."""
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :], _COSTS[Slip.SWAPPED]
