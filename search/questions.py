"""Plain questions: ranked by how much of them a paragraph holds, not required in full.

A question as it comes to mind has words that no text has. So of a run of three words or
more only a share is required: a hit holds, in its text, at least `Parameters.share` of the
worth that the paragraph with the most of it holds, worth being the sum of rarities. What
holds all words of a short run comes first. What merely asks (多少, 什么) is not looked for
at all.

Words and pairs of neighbouring characters are scored together: where the segmenter cuts
question and text differently the pairs still agree. Numbers count more than their rarity
says, for a question about 2021 is not answered by 2022.
"""

from __future__ import annotations

import re
from itertools import pairwise
from math import exp
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from corpus.characters import is_ideograph
from indexer import Zone, fold

from .places import Place
from .ranking import rarity
from .words import Unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import Snapshot

    from .occurrences import Occurrences
    from .query import Words
    from .words import Wording

FEWEST = 3
"""Words of a run of which not all are required."""

SHORT = 5
"""Words of a run at the most, if what holds all of them is to come first."""

_FEWEST_IDEOGRAPHS = 4

_COMMON = 1.0
"""The rarity of what stands in more than a third of the paragraphs."""

_UNMARKED = 3.0
"""The rarity of what stands in every twentieth: a lone character like that marks nothing."""

ASKING = re.compile(
    "为什么|什么样|什么|怎么样|怎么办|怎么|怎样|如何|多少|哪些|哪里|哪儿|哪个|哪|谁|吗|呢"
    "|请问|为何|是否|何时|几"
)
"""What asks, and stands in no answer."""


class Question(NamedTuple):
    """What a plain question asks for.

    Attributes:
        text: folded, without what merely asks.
        units: its words.
    """

    text: str
    units: tuple[Unit, ...]

    @property
    def is_short(self) -> bool:
        """Whether it is a few words, of which all may well stand in one paragraph."""
        return len(self.units) <= SHORT

    @property
    def pairs(self) -> tuple[str, ...]:
        """Its pairs of neighbouring ideographs, each once."""
        pairs = map("".join, pairwise(self.text))
        return tuple(dict.fromkeys(pair for pair in pairs if all(map(is_ideograph, pair))))


def question(
    node: Words, units: tuple[Unit, ...], wording: Wording, snapshot: Snapshot
) -> Question | None:
    """What a run of bare words asks, or None if all of it is required.

    Args:
        node: the run.
        units: what it is cut into.
        wording: how words are understood.
        snapshot: the index, which knows what is common.
    """
    if node.field or not wording.relax:
        return None
    folded = fold(node.text)
    if any(unit.widening and unit.widening.typed == folded for unit in units):
        return None  # it is a name, and what it stands for is known
    asking = [unit for unit in units if ASKING.fullmatch(unit.forms[0])]
    left = tuple(unit for unit in units if unit not in asking)
    if asking and left:
        for unit in asking:
            folded = folded.replace(unit.forms[0], " ")
    elif len(units) < FEWEST or sum(map(is_ideograph, folded)) < _FEWEST_IDEOGRAPHS:
        return None
    telling = tuple(unit for unit in left if _is_telling(unit, snapshot, _COMMON))
    return Question(folded, telling or left or units)


def _is_telling(unit: Unit, snapshot: Snapshot, least: float) -> bool:
    """Whether a word is no common character, such as 的; see `reranking` for those."""
    word = unit.forms[0]
    if len(word) > 1 or not is_ideograph(word):
        return True
    return character_rarity(word, snapshot) > least


def character_rarity(character: str, snapshot: Snapshot) -> float:
    """The rarity of a character, from how often it stands in all texts.

    In how many paragraphs it does is not counted but expected, as if it fell anywhere.
    """
    often = 0
    for segment in snapshot.segments:
        postings = segment.postings(Zone.TEXT.grams)
        first, end = postings.beginning(character.encode("utf-8", "surrogatepass"))
        often += int(postings.document_frequencies(first, end).sum())
    total = len(snapshot)
    return rarity(round(total * (1 - exp(-often / max(1, total)))), total)


def is_number(unit: Unit) -> bool:
    """Whether a unit is a number or a Latin word."""
    return unit.numeric or unit.forms[0].isascii()


def answering(asked: Question, snapshot: Snapshot, occurrences: Occurrences) -> NDArray[np.int64]:
    """The numbers of the paragraphs that hold enough of a question, rising."""
    worth = np.zeros(snapshot.size)
    pairs = tuple(Unit((pair,)) for pair in asked.pairs)
    for units in (asked.units, pairs):
        for unit in units:
            documents = occurrences.holding(unit, Place.TEXT)
            worth[documents] += rarity(len(documents), len(snapshot))
        if worth.any():  # else its words were cut as they stand nowhere
            break
    parameters = occurrences.parameters
    share = parameters.short_share if asked.is_short else parameters.share
    least = share * worth.max(initial=0)
    if asked.is_short:
        complete = occurrences.holding_all(asked.units)
        worth[complete] += (worth[complete] > 0) * least
    return np.flatnonzero((worth > 0) & (worth >= least))


def marked(
    asked: Question, documents: NDArray[np.int64], snapshot: Snapshot, occurrences: Occurrences
) -> tuple[Unit, ...]:
    """The words of a question to highlight: not 了 and 来, unless a hit has nothing else.

    Args:
        asked: the question.
        documents: what answers it.
        snapshot: the index.
        occurrences: finds units in it.
    """
    rare = tuple(unit for unit in asked.units if _is_telling(unit, snapshot, _UNMARKED))
    if not rare or rare == asked.units:
        return asked.units
    with_rare = np.zeros(snapshot.size, bool)
    for unit in rare:
        with_rare[occurrences.holding(unit, Place.TEXT)] = True
    return rare if with_rare[documents].all() else asked.units
