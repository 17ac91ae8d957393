"""What all faces of an index stand on: the generation that it shows, and how that is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.errors import IndexClosed, PartError, QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer import Snapshot
    from search.equivalents import Synonyms
    from search.evaluation import Answer
    from search.query.filters import Asked, Filter


class Opened:
    """An index that is open, until it is closed.

    Args:
        snapshot: what it shows.
        synonyms: what stands for what; None for what comes with the program.
    """

    def __init__(self, snapshot: Snapshot, synonyms: Synonyms | None = None) -> None:
        self._opened: Snapshot | None = snapshot
        self._synonyms = synonyms

    @property
    def _snapshot(self) -> Snapshot:
        """What the index shows now; the next time it may be another."""
        snapshot = self._opened
        if snapshot is None:
            raise IndexClosed
        return snapshot

    # Both import late what they need: who only reads or completes asks nothing.

    def _understood(
        self, query: str, filters: Iterable[Filter] = (), *, literal: bool = False
    ) -> Asked:
        """A query and its filters as one."""
        from search.query.filters import understood

        return understood(query, filters, is_literal=literal)

    def _answer(
        self,
        asked: Asked,
        snapshot: Snapshot,
        *,
        expand: bool = True,
        relax: bool = False,
        together: bool = False,
    ) -> Answer:
        """The documents of a snapshot that answer a query."""
        from search.evaluation import evaluate
        from search.occurrences import Occurrences
        from search.words import Wording

        try:
            wording = Wording(snapshot.segmenter, self._synonyms, expand, relax, together)
            return evaluate(asked.node, snapshot, Occurrences(snapshot), wording)
        except PartError as error:
            raise QueryError(asked.text, *error.place, error.problem) from None
