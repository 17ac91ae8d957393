"""Ranking: BM25F over the places in which words stand.

BM25F (Robertson, Zaragoza and Taylor 2004, "Simple BM25 extension to multiple weighted
fields") adds a term's frequencies in all fields, weighted and normalised by field
length, before they saturate; so a word in title, heading and text counts as one word
seen more often, not as three words.

A term here is a string. An occurrence that jieba cuts as a word of its own counts in
full; one that only stands there, inside or across words, counts for `string_share`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from math import log

from .places import Place


@dataclass(frozen=True, slots=True)
class Parameters:
    """What ranking can be fitted by.

    Attributes:
        saturation: k1; how soon more occurrences stop to count.
        weights: how much an occurrence counts in each place.
        length_norm: b of each place; 0 ignores its length, 1 divides by it.
        string_share: what an occurrence that is not a word of its own counts.
    """

    saturation: float = 0.9
    weights: dict[Place, float] = field(
        default_factory=lambda: {Place.TITLE: 0.5, Place.HEADING: 0.8, Place.TEXT: 1.0}
    )
    length_norm: dict[Place, float] = field(
        default_factory=lambda: {Place.TITLE: 0.4, Place.HEADING: 0.4, Place.TEXT: 0.4}
    )
    string_share: float = 0.5


DEFAULT = Parameters()


def rarity(documents: int, total: int) -> float:
    """The weight of a term by how few paragraphs hold it (idf, never negative).

    Args:
        documents: how many paragraphs hold the term.
        total: how many paragraphs there are.
    """
    return log(1 + (total - documents + 0.5) / (documents + 0.5))


def place_frequency(
    place: Place, strings: float, words: float, relative_length: float, parameters: Parameters
) -> float:
    """A place's part of a term's frequency in a paragraph.

    Args:
        place: where.
        strings: how often the string stands there.
        words: how often it does as a word of its own.
        relative_length: its length by the average length of that place.
        parameters: see `Parameters`.
    """
    share = parameters.string_share
    count = share * strings + (1 - share) * min(words, strings)
    norm = parameters.length_norm[place]
    return parameters.weights[place] * count / (1 - norm + norm * relative_length)


def saturate(frequency: float, parameters: Parameters) -> float:
    """A term's score before rarity, from its frequency over all places; below k1 + 1."""
    return frequency * (parameters.saturation + 1) / (frequency + parameters.saturation)
