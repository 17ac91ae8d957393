"""Searching: what answers a query, why it does, and keeping that."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.addresses import row_of

from .opened import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from search.explaining.explanation import Explanation
    from search.query.filters import Filter
    from search.result_sets import ResultSet, ResultSets
    from search.results import Hit, Passage, Results, Sort
    from search.suggesting.account import Account
    from search.suggesting.completion import Suggestion


class Searching(Opened):
    """An index as it is searched."""

    def search(  # noqa: PLR0913 (options, by keyword)
        self,
        query: str,
        *,
        limit: int | None = 10,
        offset: int = 0,
        sort: Sort = "relevance",
        filters: Sequence[Filter] = (),
        collapse: bool = False,
        per_report: int | None = None,
        literal: bool = False,
        expand: bool = True,
        relax: bool = True,
    ) -> Results:
        """Find the paragraphs that answer a query.

        Args:
            query: in the query language; see the README. With filters it may be empty.
            limit: how many hits to give at the most; None for all.
            offset: how many of the first hits to leave out.
            sort: "relevance" for the best first, "newest" or "oldest" for the report first
                that is, "report" for report by report, as it stands there.
            filters: conditions besides, such as "region:浙江" or ("region", "浙江"): one of
                those of a field has to be fulfilled, of every field that is named. A value
                is read as in the query language.
            collapse: whether paragraphs that say the same are one hit, the earliest of
                them, which names the others as its `duplicates`. Off, so that what a program
                gets is all that was counted; people who read want it.
            per_report: give hits by report, so many of each at the most, as `groups`; then
                limit and offset count reports.
            literal: take the whole query as one exact string, whatever signs it holds.
            expand: find what may be written in other ways in all of them: numbers, dates,
                plans, document numbers, abbreviations. What is quoted is never widened.
            relax: of three words or more that are written as one, and of a plain question,
                require a part only, and give what holds most of it; see `Results.relaxed`.

        Raises:
            QueryError: the query cannot be understood.
            ValueError: numbers, an order or a form that cannot be.
            IndexCorrupt: a file of the index is damaged.
        """
        from search.listing import Wanted, listed  # who completes a word needs none

        wanted = Wanted(limit, offset, sort, collapse, per_report)
        snapshot = self._snapshot
        asked = self._understood(query, filters, literal=literal)
        answer = self._answer(asked, snapshot, expand=expand, relax=relax)
        return listed(asked.text, answer, snapshot, wanted)

    def hits_in(
        self, report_id: str, query: str, *, expand: bool = True, relax: bool = True
    ) -> tuple[Hit, ...]:
        """The hits of a query in one report, in the order in which they stand there.

        Args:
            report_id: see `report`.
            query: in the query language.
            expand: as in `search`.
            relax: as in `search`.

        Returns:
            Them with their ranks among the hits in all reports, the best first.

        Raises:
            UnknownAddress: there is no such report, or more than one begins so.
            QueryError: the query cannot be understood.
            IndexCorrupt: a file of the index is damaged.
        """
        from search.listing import hits_of

        snapshot = self._snapshot
        row = row_of(report_id, snapshot.reports)
        answer = self._answer(self._understood(query), snapshot, expand=expand, relax=relax)
        return tuple(hits_of(row, answer, snapshot))

    def explain(
        self,
        query: str,
        hits: Iterable[Hit] | None = None,
        *,
        filters: Sequence[Filter] = (),
        literal: bool = False,
        expand: bool = True,
        relax: bool = True,
    ) -> Explanation:
        """How a query was understood, and what the scores of its hits are made of.

        Args:
            query: in the query language.
            hits: what to explain the scores of: hits that the query found in this index;
                None for the best ten.
            filters: as in `search`.
            literal: as in `search`.
            expand: as in `search`.
            relax: as in `search`.

        Raises:
            QueryError: the query cannot be understood.
            UnknownAddress: a hit is not of this index.
            IndexCorrupt: a file of the index is damaged.
        """
        from search.explaining.explain import explain  # most queries need none
        from search.listing import Wanted, listed
        from search.words import Wording

        snapshot = self._snapshot
        asked = self._understood(query, filters, literal=literal)
        answer = self._answer(asked, snapshot, expand=expand, relax=relax)
        if hits is None:
            hits = listed(asked.text, answer, snapshot, Wanted())
        wording = Wording(snapshot.segmenter, self._synonyms, expand, relax)
        rows = ((hit, row_of(hit.report.id, snapshot.reports)) for hit in hits)
        return explain(asked.text, asked.node, answer, rows, snapshot, wording)

    def account(
        self,
        query: str,
        *,
        filters: Sequence[Filter] = (),
        expand: bool = True,
        relax: bool = True,
    ) -> Account:
        """Why a query finds as much as it does: what each part does, what to ask instead.

        Args:
            query: in the query language.
            filters: as in `search`; they are accounted for as parts of the query.
            expand: as in `search`.
            relax: as in `search`.

        Raises:
            QueryError: the query cannot be understood.
            IndexCorrupt: a file of the index is damaged.
        """
        from search.suggesting.account import account  # most queries need none

        text = self._understood(query, filters).text
        snapshot = self._snapshot

        def count(query: str) -> int:
            asked = self._understood(query)
            return len(self._answer(asked, snapshot, expand=expand, relax=relax).documents)

        return account(text, snapshot, count)

    def suggest(self, prefix: str, limit: int = 10) -> tuple[Suggestion, ...]:
        """What the beginning of a word may go on to: words, headings and titles.

        Args:
            prefix: the beginning.
            limit: how many to give at the most.

        Returns:
            Those with the most paragraphs first.

        Raises:
            IndexCorrupt: a file of the index is damaged.
        """
        from search.suggesting.completion import suggestions

        return tuple(suggestions(prefix, self._snapshot, limit))

    def keep(
        self,
        name: str,
        found: str | Iterable[Passage],
        *,
        filters: Sequence[Filter] = (),
        literal: bool = False,
        expand: bool = True,
        relax: bool = True,
    ) -> ResultSet:
        """Keep paragraphs under a name beside the index, in place of those it had.

        Then `within:NAME` in a query searches in them alone; see `sets` for what is kept.

        Args:
            name: letters, digits, - and _, sixty at the most.
            found: a query, of which all paragraphs are kept; or passages, such as results.
            filters: as in `search`, for a query.
            literal: the same.
            expand: the same.
            relax: the same.

        Raises:
            QueryError: the query cannot be understood.
            ResultSetError: the name cannot be one, or the set cannot be written.
        """
        from search.result_sets import ResultSets, as_addresses  # most programs keep none
        from search.results import Results

        snapshot = self._snapshot
        if isinstance(found, str):
            asked = self._understood(found, filters, literal=literal)
            answer = self._answer(asked, snapshot, expand=expand, relax=relax)
            query, paragraphs = asked.text, snapshot.addresses_of(answer.documents)
        else:
            query = found.query if isinstance(found, Results) else ""
            paragraphs = as_addresses(found)
        kept_beside = ResultSets(snapshot.directory)
        return kept_beside.write(name, query, snapshot.manifest.generation, paragraphs)

    @property
    def sets(self) -> ResultSets:
        """The result sets that are kept beside the index."""
        from search.result_sets import ResultSets

        return ResultSets(self._snapshot.directory)
