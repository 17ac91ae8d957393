"""Explaining a query as a whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.occurrences import Occurrences

from .explanation import Explanation
from .scores import Scores
from .understanding import Understanding

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer import Snapshot
    from search.evaluation import Answer
    from search.query import Node
    from search.results import Hit
    from search.words import Wording


def explain(
    query: str,
    node: Node,
    answer: Answer,
    hits: Iterable[tuple[Hit, int]],
    snapshot: Snapshot,
    wording: Wording,
) -> Explanation:
    """Tell how a query was understood, and what the scores of hits are made of.

    Args:
        query: as it was asked.
        node: the same, understood.
        answer: what it finds.
        hits: some of that, each with the row of its report.
        snapshot: the index that was asked.
        wording: how words are understood.
    """
    understanding = Understanding(query, snapshot, Occurrences(snapshot), wording)
    scores = Scores(answer, snapshot)
    explained = (scores.of(hit, snapshot.documents_of(row)[hit.paragraph - 1]) for hit, row in hits)
    return Explanation(
        query,
        understanding.clause(node),
        answer.relaxed,
        len(answer.documents),
        len(snapshot),
        tuple(explained),
    )
