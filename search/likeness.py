"""Likeness: which paragraphs are near in wording to one, found by the places of grams.

Texts are compared by their runs of five characters, as the sketches of reports do (see
`indexer.similarity`), but signs and spaces count. The similarity of another paragraph is
the share of the runs of both that they have in common: the Jaccard coefficient, but that a
run which the other has several times counts each time among those that it has, so that no
text has to be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer import Zone, find_string

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import ParagraphSegment, Postings, Snapshot

    Numbers = NDArray[np.int64]

RUN = 5
"""Characters; a text of no more has one run, which is all of it."""

LEAST = 0.1
"""The similarity from which paragraphs are near: the same statement in another year's report
has it, paragraphs that share a slogan have not."""

_PAIRS = (0, 2, 3)
"""Where in a run the pairs of characters begin that tell all of it."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Paragraphs that are near in wording to one.

    Attributes:
        documents: their numbers, rising.
        similarities: of each, from `LEAST` to 1.
    """

    documents: Numbers
    similarities: NDArray[np.float64]


def alike(folded: str, snapshot: Snapshot) -> Alike:
    """Find the paragraphs that are near in wording to a text.

    It takes as long as reading the postings of the pairs of its characters, each once.
    """
    size = min(RUN, len(folded))
    own = max(1, len({folded[start : start + size] for start in range(len(folded) - size + 1)}))
    documents, similarities = [np.zeros(0, np.int64)], [np.zeros(0)]
    for base, segment in zip(snapshot.bases, snapshot.segments, strict=False):
        local, shared = _shared(folded, segment)
        lengths = segment.postings(Zone.TEXT.grams).lengths_of(local)
        similarity = shared / (own + np.maximum(lengths - size + 1, shared) - shared)
        near = (similarity >= LEAST) & segment.living[local]
        documents.append(local[near] + base)
        similarities.append(similarity[near])
    return Alike(np.concatenate(documents), np.concatenate(similarities))


def _shared(folded: str, segment: ParagraphSegment) -> tuple[Numbers, Numbers]:
    """The paragraphs of a segment that have runs of a text, rising, and how many of them."""
    postings = segment.postings(Zone.TEXT.grams)
    if len(folded) <= RUN:
        places = find_string(postings, folded)
        runs = np.zeros(len(places), np.int64)
    else:
        places, runs = _runs(folded, postings)
    cells = postings.cells(places).astype(np.int64)
    several = int(runs.max(initial=0)) + 1
    return np.unique(np.unique(cells * several + runs) // several, return_counts=True)


def _runs(folded: str, postings: Postings) -> tuple[Numbers, Numbers]:
    """Where runs of a text stand, rising, and which of its runs each is."""
    pairs = sorted({folded[start : start + 2] for start in range(len(folded) - 1)})
    numbers = {pair: number for number, pair in enumerate(pairs, 1)}
    at = np.zeros(int(postings.cell_starts[-1]), np.int32)
    for pair, number in numbers.items():
        found = postings.find(pair.encode("utf-8", "surrogatepass"))
        if found is not None:
            at[postings.slots(found)] = number
    text = np.array([numbers[folded[start : start + 2]] for start in range(len(folded) - 1)])
    wanted = np.unique(_keys(text, np.arange(len(text) - _PAIRS[-1]), len(pairs)))
    places = np.flatnonzero(at[: max(0, len(at) - _PAIRS[-1])])
    for offset in _PAIRS[1:]:
        places = places[at[places + offset] > 0]
    keys = _keys(at, places, len(pairs))
    runs = np.minimum(np.searchsorted(wanted, keys), len(wanted) - 1)
    same = wanted[runs] == keys
    return places[same], runs[same].astype(np.int64)


def _keys(at: NDArray[np.int32] | Numbers, places: Numbers, pairs: int) -> Numbers:
    """A number for each of the runs at some places, by the numbers of the pairs in it."""
    keys = np.zeros(len(places), np.int64)
    for offset in _PAIRS:
        keys = keys * (pairs + 1) + at[places + offset]
    return keys
