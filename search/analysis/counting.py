"""How often what answers a query stands in the texts, counted by places, without reading them.

What is counted is what `highlighting` marks: overlapping occurrences are one, those that
only touch are not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer import Zone, find_bounded
from search.places import Place

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import Postings, Snapshot
    from search.evaluation import Answer
    from search.words import Unit

    Numbers = NDArray[np.int64]


def occurrence_counts(answer: Answer, snapshot: Snapshot) -> Numbers:
    """Of every document of an answer, how often what answers the query stands in its text."""
    counts = np.zeros(snapshot.size, np.int64)
    for number, segment in enumerate(snapshot.segments):
        postings = segment.postings(Zone.TEXT.grams)
        parts = [_places_of(unit, postings) for unit in answer.patterns[Place.TEXT]]
        parts += [places.stretches(number) for places in answer.located]
        if parts:
            starts = _beginnings(*map(np.concatenate, zip(*parts, strict=True)))
            base = snapshot.bases[number]
            counts[base : base + segment.documents] = np.bincount(
                postings.cells(starts), minlength=segment.documents
            )
    return counts[answer.documents]


def _places_of(unit: Unit, postings: Postings) -> tuple[Numbers, Numbers]:
    """The stretches that a unit's forms take up."""
    found = [find_bounded(postings, form, unit.bounds) for form in unit.forms]
    ends = [starts + len(form) for starts, form in zip(found, unit.forms, strict=True)]
    return np.concatenate(found), np.concatenate(ends)


def _beginnings(starts: Numbers, ends: Numbers) -> Numbers:
    """The beginnings of what is left of stretches when those that overlap are one, rising."""
    order = np.argsort(starts, kind="stable")
    starts, ends = starts[order], ends[order]
    begins = np.ones(len(starts), bool)
    begins[1:] = starts[1:] >= np.maximum.accumulate(ends)[:-1]
    return starts[begins]


def text_lengths(snapshot: Snapshot) -> Numbers:
    """Of every document number, how many characters its text has.

    They are counted as they are folded, spaces and signs included.
    """
    lengths = [np.diff(segment.paragraph_starts) for segment in snapshot.segments]
    return np.concatenate([np.zeros(0, np.int64), *lengths])
