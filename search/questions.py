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
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from corpus.characters import is_ideograph
from indexer import fold

from .places import Place
from .ranking import rarity

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import Snapshot

    from .occurrences import Occurrences
    from .words import Unit, Wording

FEWEST = 3
"""Words of a run of which not all are required."""

SHORT = 5
"""Words of a run at the most, if what holds all of them is to come first."""

_FEWEST_IDEOGRAPHS = 4

ASKING = re.compile(
    "为什么|什么样|什么|怎么样|怎么办|怎么|怎样|如何|多少|哪些|哪里|哪儿|哪个|哪|谁|吗|呢"
    "|请问|为何|是否|何时|几"
)
"""What asks, and stands in no answer."""


@dataclass(frozen=True, slots=True)
class Question:
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


def question(text: str, units: tuple[Unit, ...], wording: Wording) -> Question | None:
    """What a run of bare words asks, or None if all of it is required.

    Args:
        text: the run.
        units: what it is cut into.
        wording: cuts it again, without what merely asks.
    """
    if not wording.relax or len(units) < FEWEST:
        return None
    folded = fold(text)
    if sum(map(is_ideograph, folded)) < _FEWEST_IDEOGRAPHS:
        return None
    without = ASKING.sub(" ", folded)
    if without != folded and without.strip():
        return Question(without, wording.units(without))
    return Question(folded, units)


def is_number(unit: Unit) -> bool:
    """Whether a unit is a number or a Latin word."""
    return unit.numeric or unit.forms[0].isascii()


def answering(asked: Question, snapshot: Snapshot, occurrences: Occurrences) -> NDArray[np.int64]:
    """The numbers of the paragraphs that hold enough of a question, rising."""
    worth = np.zeros(snapshot.size)
    for unit in asked.units:
        documents = occurrences.find(unit, (Place.TEXT,)).documents
        worth[documents] += rarity(len(documents), len(snapshot))
    parameters = occurrences.parameters
    share = parameters.short_share if asked.is_short else parameters.share
    least = share * worth.max(initial=0)
    return np.flatnonzero((worth > 0) & (worth >= least))
