"""The paragraphs that are near in wording to one, nearest first; see `search.likeness`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from corpus.plain import Plain
from indexer import fold
from search.addresses import document_at
from search.hits import passage_of
from search.likeness import alike

from .rewording import Edit, edits

if TYPE_CHECKING:
    from indexer import Snapshot
    from search.results import Passage


@dataclass(frozen=True, slots=True)
class NearPassage(Plain):
    """A paragraph that is near in wording to another.

    Attributes:
        passage: which.
        similarity: the share of what both say in what either says, by the runs of five
            characters, 1 for the same text; see `search/likeness.py`.
        edits: what is worded otherwise in it.
    """

    passage: Passage
    similarity: float
    edits: tuple[Edit, ...]


def similar(address: str, snapshot: Snapshot, limit: int | None) -> tuple[NearPassage, ...]:
    """The paragraphs that are near in wording to the one at an address.

    Args:
        address: of the paragraph.
        snapshot: the index.
        limit: how many to give at the most; None for all.

    Raises:
        UnknownAddress: there is no such paragraph, or more than one report begins so.
    """
    document = document_at(address, snapshot)
    text = snapshot.text(document)
    near = alike(fold(text), snapshot)
    order = np.lexsort((near.documents, -near.similarities))
    places = [place for place in order.tolist() if near.documents[place] != document]
    found = []
    for place in places[:limit]:
        passage = passage_of(snapshot.paragraph(int(near.documents[place])))
        changes = edits(text, passage.text, snapshot.segmenter)
        found.append(NearPassage(passage, float(near.similarities[place]), changes))
    return tuple(found)
