"""Collects what a query finds in whole arrays: see `whoosh.collectors`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.collectors import Collector
from whoosh.query import Query
from whoosh.searching import Results, ResultsPage

from .evaluation import Evaluation
from .ranking import ByScore
from .vectors import EMPTY, Vector

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from whoosh.searching import SearchContext, Searcher

    from .grouping import Grouping
    from .ranking import Ranking


class VectorCollector(Collector):  # type: ignore[misc]  # Whoosh has no types
    """Finds all that matches, knows how much it is, and ranks the first.

    Args:
        limit: how many results there are to be; all if None.
        ranking: the order.
        groupings: by name; they hold all documents that were found.
        allow: a query, results or document numbers; nothing else is found. None allows all.
        restrict: the same of what is not found.
    """

    def __init__(
        self,
        limit: int | None = 10,
        ranking: Ranking | None = None,
        groupings: Mapping[str, Grouping] | None = None,
        allow: Any = None,
        restrict: Any = None,
    ) -> None:
        super().__init__()
        self._limit = limit
        self._ranking = ranking or ByScore()
        self._groupings = groupings or {}
        self._allow = allow
        self._restrict = restrict

    def prepare(self, top_searcher: Searcher, query: Query, context: SearchContext) -> None:
        """See `whoosh.collectors.Collector`."""
        super().prepare(top_searcher, query, context)
        self._found = EMPTY

    def run(self) -> None:
        """See `whoosh.collectors.Collector`."""
        parts = [
            self._found_in(searcher, offset)
            for searcher, offset in self.top_searcher.leaf_searchers()
            if searcher.doc_count_all()
        ]
        if parts:
            documents = np.concatenate([part.documents for part in parts])
            self._found = Vector(documents, np.concatenate([part.scores for part in parts]))
        self.finish()

    def _found_in(self, searcher: Searcher, offset: int) -> Vector:
        evaluation = Evaluation(searcher, self.context)
        found = evaluation.evaluate(self.q, scored=self._ranking.scored)
        for chosen, wanted in ((self._allow, True), (self._restrict, False)):
            if chosen is not None:
                mask = _mask(evaluation, chosen, offset)
                found = found.only(mask[found.documents] == wanted)
        return Vector(found.documents + offset, found.scores)

    def count(self) -> int:
        """See `whoosh.collectors.Collector`."""
        return len(self._found)

    def all_ids(self) -> list[int]:
        """See `whoosh.collectors.Collector`."""
        numbers: list[int] = self._found.documents.tolist()
        return numbers

    def results(self) -> Results:
        """See `whoosh.collectors.Collector`."""
        found = self._found
        places = self._ranking.places(found, self._limit)
        keys = self._ranking.keys(found, places)
        items = list(zip(keys, found.documents[places].tolist(), strict=True))
        return self._results(items, facetmaps=self._groups())

    def _groups(self) -> dict[str, Any]:
        if not self._groupings:
            return {}
        ordered = self._found.documents[self._ranking.places(self._found, None)]
        return {name: grouping.fill(ordered) for name, grouping in self._groupings.items()}


def _mask(evaluation: Evaluation, chosen: Any, offset: int) -> NDArray[np.bool_]:
    """Of every document of a segment whether it is chosen.

    Args:
        evaluation: of the segment.
        chosen: a query, results or document numbers.
        offset: the number of the segment's first document.
    """
    mask = np.zeros(evaluation.size, bool)
    if isinstance(chosen, Query):
        mask[evaluation.evaluate(chosen, scored=False).documents] = True
        return mask
    if isinstance(chosen, ResultsPage):
        chosen = chosen.results
    numbers = chosen.docs() if isinstance(chosen, Results) else chosen
    local = np.fromiter(numbers, np.int64) - offset
    mask[local[(local >= 0) & (local < evaluation.size)]] = True
    return mask
