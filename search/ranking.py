"""Ranking: BM25F over the places in which words stand.

BM25F (Robertson, Zaragoza and Taylor 2004, "Simple BM25 extension to multiple weighted
fields") adds a term's frequencies in all fields, weighted and normalised by field
length, before they saturate; so a word in title, heading and text counts as one word
seen more often, not as three words.

A term here is a string. An occurrence that jieba cuts as a word of its own counts in
full; one that only stands there, inside or across words, counts for `string_share`.
"""

from __future__ import annotations

from math import log
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from .places import Place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


_WEIGHTS = MappingProxyType({Place.TITLE: 0.5, Place.HEADING: 0.8, Place.TEXT: 1.0})
_LENGTH_NORM = MappingProxyType({Place.TITLE: 0.4, Place.HEADING: 0.4, Place.TEXT: 0.3})


class Parameters(NamedTuple):
    """What ranking can be fitted by.

    Attributes:
        saturation: k1; how soon more occurrences stop to count.
        weights: how much an occurrence counts in each place.
        length_norm: b of each place; 0 ignores its length, 1 divides by it.
        string_share: what an occurrence that is not a word of its own counts.
        number_weight: what a number or Latin word of a question counts, by its rarity.
        share: of the worth of the paragraph with most of a question, what a hit holds.
        short_share: the same of a question of few words.
        candidates: how many of the best hits are read again, see `reranking`.
        stretch: characters of a text in which what stands is near.
        nearness: what standing in one stretch adds, by the score of the best candidate.
    """

    saturation: float = 1.5
    weights: Mapping[Place, float] = _WEIGHTS
    length_norm: Mapping[Place, float] = _LENGTH_NORM
    string_share: float = 0.25
    number_weight: float = 3.0
    share: float = 0.2
    short_share: float = 0.3
    candidates: int = 100
    stretch: int = 80
    nearness: float = 1.2


DEFAULT = Parameters()


def rarity(documents: int, total: int) -> float:
    """The weight of a term by how few paragraphs hold it (idf, never negative).

    Args:
        documents: how many paragraphs hold the term.
        total: how many paragraphs there are.
    """
    return log(1 + (total - documents + 0.5) / (documents + 0.5))


def worth(
    strings: NDArray[Any], words: NDArray[Any], parameters: Parameters
) -> NDArray[np.float64]:
    """What the occurrences of a string count together.

    Args:
        strings: how often it stands in a place, in each paragraph.
        words: how often it does as a word of its own.
        parameters: see `Parameters`.
    """
    share = parameters.string_share
    counts: NDArray[np.float64] = share * strings + (1 - share) * np.minimum(words, strings)
    return counts


def place_frequency(
    place: Place,
    counts: NDArray[Any],
    relative_lengths: NDArray[Any] | float,
    parameters: Parameters,
) -> NDArray[np.float64]:
    """A place's part of a term's frequency in paragraphs.

    Args:
        place: where.
        counts: what the occurrences there count in each paragraph, see `worth`.
        relative_lengths: the place's length by the average length of that place.
        parameters: see `Parameters`.
    """
    norm = parameters.length_norm[place]
    weighted: NDArray[np.float64] = parameters.weights[place] * counts
    return weighted / (1 - norm + norm * relative_lengths)


def saturate(frequencies: NDArray[np.float64], parameters: Parameters) -> NDArray[np.float64]:
    """Scores before rarity, from frequencies over all places; each below k1 + 1."""
    return frequencies * (parameters.saturation + 1) / (frequencies + parameters.saturation)
