"""An index of segments, and its searcher: see `whoosh.index` and `whoosh.searching`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import ReadOnlyError
from whoosh.index import Index
from whoosh.query import NullQuery, Query
from whoosh.searching import Searcher

from .codec import open_reader
from .collector import VectorCollector
from .grouping import groupings
from .ordinals import ordinals
from .ranking import AsTheyCome, ByScore, by_facets
from .segment import ArraySegment
from .writer import ArrayWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoosh.fields import Schema
    from whoosh.reading import IndexReader
    from whoosh.searching import Results

    from .grouping import Grouping
    from .ranking import Ranking
    from .writer import Target

_STEPPED = frozenset({"terms", "collapse"})
"""What only Whoosh's own collectors can do."""

_IN_ARRAYS = frozenset(
    {"limit", "scored", "sortedby", "reverse", "groupedby", "maptype", "filter", "mask"}
)
_UNHEARD = frozenset({"optimize", "collapse_limit", "collapse_order"})
"""What says nothing unless something else is asked for too."""

_FIELDS = 64
"""Fields whose values are remembered in the order of all segments."""


class ArraySearcher(Searcher):  # type: ignore[misc]  # Whoosh has no types
    """Searches in whole arrays wherever that can be; see `whoosh.searching.Searcher`."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._ordinals = lru_cache(_FIELDS)(lambda field: ordinals(self.reader(), field))

    def search(self, q: Query, **options: Any) -> Results:
        """Run a query: see `whoosh.searching.Searcher.search`.

        Unlike there, `limit` holds for groups and reversed results too, and a filter that
        is empty leaves nothing.

        Args:
            q: the query.
            options: those of Whoosh.
        """
        collector = self._vector_collector(options)
        if collector is None:
            return self._stepped(q, options)
        self.search_with_collector(q, collector)
        return collector.results()

    def _stepped(self, query: Query, options: dict[str, Any]) -> Results:
        """What Whoosh's collectors find, held to the same limit and filter."""
        allowed = options.get("filter")
        if allowed is not None and not isinstance(allowed, Query) and not allowed:
            options = {**options, "filter": NullQuery}
        results = super().search(query, **options)
        results.top_n = results.top_n[: options.get("limit", 10)]
        return results

    def _vector_collector(self, options: dict[str, Any]) -> VectorCollector | None:
        """A collector for some options, None if they need one of Whoosh's."""
        limit = options.get("limit", 10)
        known = options.keys() <= _IN_ARRAYS | _STEPPED | _UNHEARD
        if not known or any(options.get(name) for name in _STEPPED) or self.weighting.use_final:
            return None
        ranking, groups = self._ranking(options), self._groupings(options)
        if ranking is None or groups is None or (limit is not None and limit < 1):
            return None
        return VectorCollector(limit, ranking, groups, options.get("filter"), options.get("mask"))

    def _ranking(self, options: dict[str, Any]) -> Ranking | None:
        reverse = bool(options.get("reverse"))
        if options.get("sortedby"):
            return by_facets(options["sortedby"], self._ordinals, reverse=reverse)
        return ByScore(reverse) if options.get("scored", True) else AsTheyCome()

    def _groupings(self, options: dict[str, Any]) -> dict[str, Grouping] | None:
        if not options.get("groupedby"):
            return {}
        return groupings(options["groupedby"], options.get("maptype"), self._ordinals, self.schema)


class ArrayIndex(Index):  # type: ignore[misc]
    """An index of segments: see `whoosh.index.Index`.

    Args:
        schema: of its documents.
        segments: what is in it; nothing more ever is, without a target.
        target: where its segments are, and are written to.
    """

    def __init__(
        self,
        schema: Schema,
        segments: Sequence[ArraySegment] = (),
        target: Target | None = None,
    ) -> None:
        self.schema = schema
        self._segments = list(segments)
        self._target = target

    def _current(self) -> list[ArraySegment]:
        """The target's segments; those that were there are kept with what they know."""
        if self._target is not None:
            known = {segment.stored: segment for segment in self._segments}
            self._segments = [
                known.get(stored) or ArraySegment(stored, self.schema)
                for stored in self._target.committed
            ]
        return self._segments

    def reader(self, reuse: IndexReader | None = None) -> IndexReader:  # noqa: ARG002
        """See `whoosh.index.Index`: of the segments as they are now, whoever wrote them."""
        generation = self.latest_generation()
        return open_reader(self.schema, self._current(), generation)

    def searcher(self, **options: Any) -> ArraySearcher:
        """See `whoosh.index.Index`."""
        return ArraySearcher(self.reader(), fromindex=self, **options)

    def writer(self) -> ArrayWriter:
        """See `whoosh.index.Index`.

        Raises:
            ReadOnlyError: the index has no target.
        """
        if self._target is None:
            raise ReadOnlyError
        return ArrayWriter(self.schema, self._target)

    def latest_generation(self) -> int:
        """See `whoosh.index.Index`: how often the target was committed to, by anyone."""
        if self._target is None:
            return 0
        self._target.refresh()
        return self._target.generation

    def is_empty(self) -> bool:
        """Whether there is no document, deleted or not."""
        return not self.doc_count_all()

    def optimize(self) -> None:
        """Make all segments one, without what is deleted."""
        self.writer().commit(optimize=True)
