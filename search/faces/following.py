"""Following: saved queries, and what is new for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .opened import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.query.filters import Filter
    from search.result_sets import Addresses
    from search.results import Hit, Sort
    from search.saved_queries import News, SavedQueries, SavedQuery


class Following(Opened):
    """An index as it is followed: asked the same again, for what came since."""

    def save(
        self,
        name: str,
        query: str,
        *,
        filters: Sequence[Filter] = (),
        literal: bool = False,
        expand: bool = True,
        relax: bool = True,
    ) -> SavedQuery:
        """Save a query beside the index, in place of the one that had its name.

        What it finds now counts as seen; what it finds later is new, see `new`.

        Args:
            name: letters, digits, - and _, sixty at the most.
            query: as in `search`; so are the others.
            filters: conditions besides.
            literal: whether the query is one exact string.
            expand: whether to find what is written in other ways.
            relax: whether of a plain question a part of the words will do.

        Raises:
            QueryError: the query cannot be understood.
            SavedQueryError: the name cannot be one, or the query cannot be written.
        """
        from search.saved_queries import SavedQueries  # most programs save no queries

        snapshot = self._snapshot
        asked = self._understood(query, filters, literal=literal)
        answer = self._answer(asked, snapshot, expand=expand, relax=relax)
        asking = {
            "filters": tuple(one if isinstance(one, str) else ":".join(one) for one in filters),
            "literal": literal,
            "expand": expand,
            "relax": relax,
        }
        seen = snapshot.addresses_of(answer.documents)
        beside = SavedQueries(snapshot.directory)
        return beside.write(name, query, asking, snapshot.manifest.generation, seen)

    def new(
        self,
        name: str,
        *,
        limit: int | None = None,
        sort: Sort = "relevance",
        collapse: bool = False,
    ) -> News:
        """What a saved query finds that was not seen the last time.

        A paragraph is new if its address was not among those seen: so what was moved or
        built anew is not, and what was changed is. It stays new until it is marked:

            news = index.new("放管服")
            send(news.results)
            index.saved.mark(news)

        Args:
            name: of the saved query.
            limit: how many hits to give at the most; None for all. The others stay new.
            sort: as in `search`.
            collapse: as in `search`.

        Raises:
            SavedQueryError: there is no such query, or its file is not one.
            QueryError: it cannot be understood any more.
            ValueError: numbers or an order that cannot be.
            IndexCorrupt: a file of the index is damaged.
        """
        import numpy as np

        from search.listing import Wanted, listed
        from search.saved_queries import News, SavedQueries  # most programs save no queries

        wanted = Wanted(limit, sort=sort, collapse=collapse)
        snapshot = self._snapshot
        saved = SavedQueries(snapshot.directory).read(name)
        asked = self._understood(saved.query, saved.filters, literal=saved.literal)
        answer = self._answer(asked, snapshot, expand=saved.expand, relax=saved.relax)
        is_seen = np.isin(answer.documents, snapshot.documents_at(saved.paragraphs))
        before = snapshot.addresses_of(answer.documents[is_seen])
        unseen = answer._replace(
            documents=answer.documents[~is_seen], scores=answer.scores[~is_seen]
        )
        results = listed(asked.text, unseen, snapshot, wanted)
        return News(saved, results, snapshot.manifest.generation, _with_hits(before, results))

    @property
    def saved(self) -> SavedQueries:
        """The saved queries that are kept beside the index."""
        from search.saved_queries import SavedQueries

        return SavedQueries(self._snapshot.directory)


def _with_hits(before: Addresses, hits: Iterable[Hit]) -> Addresses:
    """Addresses, with those of hits and of what they stand for."""
    found = {report: set(ordinals) for report, ordinals in before.items()}
    for hit in hits:
        for address in (hit.address, *hit.duplicates):
            report, _, ordinal = address.partition(":")
            found.setdefault(report, set()).add(int(ordinal))
    return {report: tuple(sorted(ordinals)) for report, ordinals in sorted(found.items())}
