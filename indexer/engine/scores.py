"""The scores of a term's postings in whole arrays, as Whoosh's weightings define them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from whoosh import scoring

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray
    from whoosh.scoring import WeightingModel
    from whoosh.searching import Searcher

    from .segment import ArraySegment
    from .vectors import Documents, Scores


class Scorer(Protocol):
    """Scores the documents that a term stands in.

    Args:
        segment: of the documents.
        field: of the term.
        text: the term.
        documents: the documents.
        weights: of the term in each.
    """

    def __call__(
        self,
        segment: ArraySegment,
        field: str,
        text: bytes,
        documents: Documents,
        weights: NDArray[np.float64],
    ) -> Scores:
        """The score of each document."""


def scorer(searcher: Searcher, weighting: WeightingModel) -> Scorer | None:
    """What scores as a weighting does, None if it is not known by its formula.

    Args:
        searcher: of one segment; what counts for the scores is asked of its parent.
        weighting: the weighting.
    """
    make = _SCORERS.get(type(weighting))
    return make(searcher.get_parent(), weighting) if make else None


def _frequency(_parent: Searcher, _weighting: WeightingModel) -> Scorer:
    return lambda _segment, _field, _text, _documents, weights: weights


def _tf_idf(parent: Searcher, _weighting: WeightingModel) -> Scorer:
    return lambda _segment, field, text, _documents, weights: weights * parent.idf(field, text)


def _bm25f(parent: Searcher, weighting: WeightingModel) -> Scorer:
    field_b: dict[str, float] = weighting._field_B  # noqa: SLF001 (nobody else tells it)
    k1 = weighting.K1

    def score(
        segment: ArraySegment, field: str, text: bytes, documents: Documents, weights: Scores
    ) -> Scores:
        if not parent.schema[field].scorable:
            return weights
        average = parent.avg_field_length(field) or 1
        norms = segment.norms(field, field_b.get(field, weighting.B), average)
        factor = parent.idf(field, text) * (k1 + 1)
        scores: Scores = weights * factor / (weights + k1 * norms.take(documents))
        return scores

    return score


_SCORERS: dict[type, Callable[[Any, Any], Scorer]] = {
    scoring.BM25F: _bm25f,
    scoring.Frequency: _frequency,
    scoring.TF_IDF: _tf_idf,
}
