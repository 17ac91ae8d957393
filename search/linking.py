"""Parts of a query that name paragraphs: those near to an address, those of a result set."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer import fold

from .addresses import document_at, row_of
from .errors import PartError, ResultSetError, UnknownAddress
from .likeness import alike
from .query import Similar

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from indexer import Snapshot

    from .query import Linked, Within


@dataclass(frozen=True, slots=True)
class Named:
    """The paragraphs that a part of a query names.

    Attributes:
        documents: their numbers, rising.
        scores: what each earns by its similarity; 0 in a result set.
        missing: how many addresses of a result set are no longer in the index.
    """

    documents: NDArray[np.int64]
    scores: NDArray[np.float64]
    missing: int = 0


def named(node: Linked, snapshot: Snapshot) -> Named:
    """The paragraphs that a part of a query names.

    Raises:
        PartError: there is no such address or result set, or the set cannot be read.
    """
    try:
        return _similar(node, snapshot) if isinstance(node, Similar) else _kept(node, snapshot)
    except (UnknownAddress, ResultSetError) as error:
        raise PartError(node.place, error.args[0]) from None


def _similar(node: Similar, snapshot: Snapshot) -> Named:
    if ":" in fold(node.address):
        document = document_at(node.address, snapshot)
        near = alike(fold(snapshot.text(document)), snapshot)
        others = near.documents != document
        return Named(near.documents[others], near.similarities[others])
    rows, percent = snapshot.reports.links(row_of(fold(node.address).strip(), snapshot.reports))
    similarity = np.zeros(len(snapshot.reports) + 1)  # deleted paragraphs are of the last row
    similarity[rows] = percent / 100
    scores = similarity[snapshot.rows]
    documents = np.flatnonzero(scores)
    return Named(documents, scores[documents])


def _kept(node: Within, snapshot: Snapshot) -> Named:
    from .result_sets import ResultSets  # few queries have one

    kept = ResultSets(snapshot.directory).read(node.name)
    documents = snapshot.documents_at(kept.paragraphs)
    return Named(documents, np.zeros(len(documents)), len(kept) - len(documents))
