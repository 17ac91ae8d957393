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
from indexer.code_points import code_points

from .places import Place
from .questions import character_rarity
from .ranking import saturate
from .spans import spans_in
from .words import Unit

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
    texts = _Texts([fold(snapshot.text(document)) for document in read.tolist()])
    stands = {item: texts.places(item) for item in sought}
    relative = snapshot.relative_lengths(Zone.TEXT, read)
    norm = parameters.length_norm[Place.TEXT]
    by_characters = np.zeros(len(read))
    for character, weight in characters.items():
        often = texts.counts(stands[character]) / (1 - norm + norm * relative)
        by_characters += weight * saturate(often, parameters)
    return Reread(places, by_characters, texts.nearness(stands, sought, parameters.stretch))


def _best(scores: NDArray[np.float64], count: int) -> NDArray[np.int64]:
    if len(scores) <= count:
        return np.arange(len(scores))
    return np.sort(np.argpartition(-scores, count)[:count])


class _Texts:
    """Some texts, looked through all at once.

    Args:
        texts: folded.
    """

    def __init__(self, texts: list[str]) -> None:
        self._all = "".join(f"{text}\n" for text in texts)  # no number goes on over a line's end
        self._codes = code_points(self._all)
        self._lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        self._starts = np.cumsum(self._lengths + 1) - self._lengths - 1

    def places(self, item: str) -> NDArray[np.int64]:
        """Where a character or a number stands, counted through all texts."""
        if len(item) == 1:
            return np.flatnonzero(self._codes == ord(item))
        spans = spans_in(self._all, Unit((item,), bounded=False))
        return np.fromiter((start for start, _ in spans), np.int64)

    def counts(self, places: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many places are in each text."""
        ends = self._starts + self._lengths
        return np.searchsorted(places, ends) - np.searchsorted(places, self._starts)

    def nearness(
        self,
        stands: Mapping[str, NDArray[np.int64]],
        sought: Mapping[str, float],
        stretch: int,
    ) -> NDArray[np.float64]:
        """The share of what is sought, by worth, that the best stretch of each text holds.

        Args:
            stands: where each item stands.
            sought: the items, and what each is worth.
            stretch: characters; a quarter of it further on the next one begins.
        """
        total = sum(sought.values())
        if not total or not len(self._lengths):
            return np.zeros(len(self._lengths))
        step = max(1, stretch // 4)
        stretches = -(-np.maximum(1, self._lengths - stretch + step) // step)
        firsts = np.cumsum(stretches) - stretches
        within = np.arange(int(stretches.sum())) - np.repeat(firsts, stretches)
        starts = np.repeat(self._starts, stretches) + within * step
        ends = np.minimum(starts + stretch, np.repeat(self._starts + self._lengths, stretches))
        held = np.zeros(len(starts))
        for item, worth in sought.items():
            last = np.searchsorted(stands[item], ends - len(item), "right")
            held += worth * (last > np.searchsorted(stands[item], starts))
        best: NDArray[np.float64] = np.maximum.reduceat(held, firsts) / total
        return best
