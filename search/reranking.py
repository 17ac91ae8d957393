"""The best candidates read again: what their texts tell that postings do not tell cheaply.

The second stage of ranking (as in Wang, Lin and Metzler 2011, "A cascade ranking model").
It reads the texts of the best few hits and adds two things:

* characters, scored by BM25 as words and pairs are. What a word means often lies in one of
  its characters (工伤, 受伤), and a language of few thousand characters has no use for a list.
* nearness: the share of the query's characters and numbers, by rarity, that the best stretch
  of `Parameters.stretch` characters holds. What answers a query says it in one place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.characters import is_ideograph
from indexer import Zone, fold

from .places import Place
from .questions import character_rarity
from .ranking import saturate

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from indexer import Snapshot

    from .ranking import Parameters

_NUMBER = re.compile(r"[0-9a-z][0-9a-z.]*")


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading the best hits again adds to their scores.

    Attributes:
        places: which of the hits were read.
        characters: what the characters add, of each.
        nearness: how much of the query stands in one stretch, of each: 0 to 1.
    """

    places: NDArray[np.int64]
    characters: NDArray[np.float64]
    nearness: NDArray[np.float64]


def reread(
    asked: str,
    documents: NDArray[np.int64],
    scores: NDArray[np.float64],
    snapshot: Snapshot,
    parameters: Parameters,
) -> Reread:
    """Read the best hits again.

    Args:
        asked: the words of the query, folded.
        documents: the numbers of the hits, rising.
        scores: of each.
        snapshot: the index.
        parameters: of ranking.
    """
    places = _best(scores, parameters.candidates)
    read = documents[places]
    characters = {c: character_rarity(c, snapshot) for c in dict.fromkeys(asked) if is_ideograph(c)}
    sought = dict(characters)
    for number in _NUMBER.findall(asked):
        # Taken for as rare as the rarest character: a year is not rare, and yet decides.
        sought[number] = max(characters.values(), default=1.0)
    texts = [fold(snapshot.text(document)) for document in read.tolist()]
    relative = snapshot.relative_lengths(Zone.TEXT, read)
    norm = parameters.length_norm[Place.TEXT]
    return Reread(
        places,
        _by_characters(texts, characters, 1 - norm + norm * relative, parameters),
        np.array([_nearness(text, sought, parameters.stretch) for text in texts]),
    )


def _best(scores: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.sort(np.argpartition(-scores, count)[:count])


def _by_characters(
    texts: list[str],
    characters: Mapping[str, float],
    lengths: NDArray[np.float64],
    parameters: Parameters,
) -> NDArray[np.float64]:
    total = np.zeros(len(texts))
    for character, weight in characters.items():
        often = np.array([text.count(character) for text in texts], float)
        total += weight * saturate(often / lengths, parameters)
    return total


def _nearness(text: str, sought: Mapping[str, float], stretch: int) -> float:
    """The share of what is sought, by worth, that the best stretch of a text holds."""
    total = sum(sought.values())
    if not total:
        return 0.0
    there = [(item, worth) for item, worth in sought.items() if item in text]
    best = 0.0
    step = max(1, stretch // 4)
    for start in range(0, max(1, len(text) - stretch + step), step):
        part = text[start : start + stretch]
        best = max(best, sum(worth for item, worth in there if item in part))
    return best / total
