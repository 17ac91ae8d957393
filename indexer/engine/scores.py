"""The scores of terms' postings in whole arrays, as Whoosh's weightings define them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from whoosh import scoring

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from whoosh.scoring import WeightingModel
    from whoosh.searching import Searcher

    from .segment import ArraySegment
    from .vectors import Documents, Scores


class Scorer(Protocol):
    """Scores the documents that terms stand in.

    Args:
        segment: of the documents.
        field: of the terms.
        texts: the terms.
        of: of each document which of the terms it is scored for; 0 if there is but one.
        documents: the documents, one for each term that it has.
        weights: of the term in each.
    """

    def __call__(
        self,
        segment: ArraySegment,
        field: str,
        texts: Sequence[bytes],
        of: NDArray[np.int64] | int,
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
    return lambda _segment, _field, _texts, _of, _documents, weights: weights


def _tf_idf(parent: Searcher, _weighting: WeightingModel) -> Scorer:
    return lambda _segment, field, texts, of, _documents, weights: (
        weights * _rarities(parent, field, texts)[of]
    )


def _bm25f(parent: Searcher, weighting: WeightingModel) -> Scorer:
    field_b: dict[str, float] = weighting._field_B  # noqa: SLF001 (nobody else tells it)
    k1 = weighting.K1

    def score(
        segment: ArraySegment,
        field: str,
        texts: Sequence[bytes],
        of: NDArray[np.int64] | int,
        documents: Documents,
        weights: Scores,
    ) -> Scores:
        if not parent.schema[field].scorable:
            return weights
        average = parent.avg_field_length(field) or 1
        norms = segment.norms(field, field_b.get(field, weighting.B), average)
        factors = _rarities(parent, field, texts) * (k1 + 1)
        scores: Scores = weights * factors[of] / (weights + k1 * norms.take(documents))
        return scores

    return score


def _rarities(parent: Searcher, field: str, texts: Sequence[bytes]) -> NDArray[np.float64]:
    return np.array([parent.idf(field, text) for text in texts], np.float64)


_SCORERS: dict[type, Callable[[Any, Any], Scorer]] = {
    scoring.BM25F: _bm25f,
    scoring.Frequency: _frequency,
    scoring.TF_IDF: _tf_idf,
}
