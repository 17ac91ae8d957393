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
    """

    passage: Passage
    similarity: float


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
    near = alike(fold(snapshot.paragraph(document).text), snapshot)
    order = np.lexsort((near.documents, -near.similarities))
    places = [place for place in order.tolist() if near.documents[place] != document]
    return tuple(
        NearPassage(
            passage_of(snapshot.paragraph(int(near.documents[place]))),
            float(near.similarities[place]),
        )
        for place in places[:limit]
    )
