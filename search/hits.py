"""From the documents that answer a query to its hits: put in order, read, highlighted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from .highlighting import highlights
from .places import Place
from .results import Hit, Passage

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import Snapshot, StoredParagraph

    from .evaluation import Answer
    from .results import Sort


def best(answer: Answer, sort: Sort, snapshot: Snapshot, count: int) -> list[int]:
    """The places of the first so many of an answer's documents, in order.

    Equals stay in the order of the index.
    """
    keys: list[NDArray[Any]] = [-answer.scores]
    if sort == "date":
        _, days = snapshot.reports.days
        keys.insert(0, -days[snapshot.rows[answer.documents]])
    places = np.arange(len(answer.documents))
    if count < len(places):
        # Those that are not better than the last one wanted need not be put in order.
        last = np.partition(keys[0], count)[count]
        places = np.flatnonzero(keys[0] <= last)
    order = np.lexsort([key[places] for key in reversed(keys)])
    best: list[int] = places[order][:count].tolist()
    return best


def hit_at(rank: int, place: int, answer: Answer, snapshot: Snapshot) -> Hit:
    """The hit at a place of an answer's documents."""
    patterns = answer.patterns
    document = int(answer.documents[place])
    stored = snapshot.paragraph(document)
    located = [span for places in answer.located for span in places.spans_of(document)]
    return Hit(
        address=_address(stored),
        report=stored.report,
        paragraph=stored.ordinal,
        heading=stored.heading,
        text=stored.text,
        section=stored.section,
        page=stored.page,
        rank=rank,
        score=float(answer.scores[place]),
        highlights=highlights(stored.text, patterns[Place.TEXT], located),
        title_highlights=highlights(stored.report.title, patterns[Place.TITLE]),
        heading_highlights=tuple(
            highlights(heading, patterns[Place.HEADING]) for heading in stored.heading
        ),
    )


def passage_of(stored: StoredParagraph) -> Passage:
    """A stored paragraph as it is given to the outside."""
    return Passage(
        address=_address(stored),
        report=stored.report,
        paragraph=stored.ordinal,
        heading=stored.heading,
        text=stored.text,
        section=stored.section,
        page=stored.page,
    )


def _address(stored: StoredParagraph) -> str:
    return f"{stored.report.id}:{stored.ordinal}"
