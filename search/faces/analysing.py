"""Analysing: what a set of paragraphs says as a whole; see `search.analysis`."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from .opened import Opened

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from search.analysis.collocates import Collocate, Measure
    from search.analysis.compare import ComparedPart, Comparison
    from search.analysis.facets import Facets
    from search.analysis.grouping import Grouping
    from search.analysis.kwic import Concordance, KwicOrder
    from search.analysis.similar import NearPassage
    from search.analysis.trend import Trend
    from search.evaluation import Answer
    from search.query.filters import Filter


class Analysing(Opened):
    """An index as it is counted and compared."""

    def facets(
        self,
        query: str,
        by: Iterable[Grouping] = ("year", "region", "issuer", "kind"),
        *,
        filters: Sequence[Filter] = (),
        literal: bool = False,
        expand: bool = True,
        relax: bool = True,
    ) -> Facets:
        """Count the paragraphs that answer a query by what their reports have.

        Args:
            query: in the query language; with filters it may be empty.
            by: the fields to count by: "year", "region", "issuer", "kind".
            filters: as in `search`.
            literal: as in `search`.
            expand: as in `search`.
            relax: as in `search`.

        Raises:
            QueryError: the query cannot be understood.
            ValueError: a field that cannot be counted by.
            IndexCorrupt: a file of the index is damaged.
        """
        from search.analysis.facets import facets  # most searches need none

        snapshot = self._snapshot
        asked = self._understood(query, filters, literal=literal)
        answer = self._answer(asked, snapshot, expand=expand, relax=relax)
        return facets(query, answer.documents, snapshot, by)

    def trend(
        self,
        terms: Sequence[str],
        by: Grouping = "year",
        *,
        filters: Sequence[Filter] = (),
        literal: bool = False,
        expand: bool = False,
    ) -> Trend:
        """Count how often terms are used, period by period.

        Args:
            terms: each a query, in the query language; but words that are written together
                have to stand together: 人民群众 is not 人民 and 群众, and “三农”问题 is
                one string, with its quotation marks.
            by: what the periods are: "year", "region", "issuer" or "kind".
            filters: as in `search`; what they leave out is not counted at all, neither as a
                use nor in what rates are told of.
            literal: as in `search`, of every term.
            expand: as in `search`; off, as a trend is one of wording: 放管服 came into use
                when it did, however early 简政放权 was said.

        Raises:
            QueryError: a term cannot be understood.
            ValueError: there are no terms, or no such periods.
            IndexCorrupt: a file of the index is damaged.
        """
        from search.analysis.trend import trend  # a search needs none
        from search.query.joining import joined

        if isinstance(terms, str) or not terms:
            raise ValueError("terms are a list with one at the least")
        snapshot = self._snapshot

        def ask(term: str) -> Answer:
            asked = self._understood(term, literal=literal)
            asked = asked._replace(node=joined(term, asked.node))
            return self._answer(asked, snapshot, expand=expand, together=True)

        told_of = (
            self._answer(self._understood("", filters), snapshot).documents if filters else None
        )
        return trend(terms, by, ask, snapshot, told_of)

    def kwic(
        self,
        query: str,
        *,
        width: int = 20,
        sort: KwicOrder = "right",
        limit: int | None = 50,
        literal: bool = False,
        expand: bool = True,
    ) -> Concordance:
        """Line up every occurrence of what a query asks for, in its context.

        Args:
            query: in the query language.
            width: how many characters of the paragraph to give on either side.
            sort: "left" for what stands before, from the match outwards; "right" for what
                stands after; "date" for the newest first; "report" for the report's title.
            limit: how many lines to give at the most; None for all.
            literal: as in `search`.
            expand: as in `search`.

        Raises:
            QueryError: the query cannot be understood.
            ValueError: a width, a limit or an order that cannot be.
            IndexCorrupt: a file of the index is damaged.
        """
        from search.analysis.kwic import KwicOrder, concordance  # a search needs none

        _require(sort in get_args(KwicOrder), f"sort is one of {', '.join(get_args(KwicOrder))}")
        _require(width >= 0 and (limit is None or limit >= 0), "width and limit are 0 or more")
        snapshot = self._snapshot
        answer = self._answer(self._understood(query, literal=literal), snapshot, expand=expand)
        return concordance(query, answer, snapshot, width, sort, limit)

    def collocates(
        self,
        query: str,
        *,
        window: int = 5,
        measure: Measure = "g2",
        limit: int | None = 20,
        literal: bool = False,
        expand: bool = True,
    ) -> tuple[Collocate, ...]:
        """The words that stand near what a query asks for more often than by chance.

        Args:
            query: in the query language.
            window: how many words on either side are near.
            measure: of association, by which they are ordered: "g2", "mi", "t", "log_dice";
                all are given. See `search/analysis/collocates.py`.
            limit: how many to give at the most; None for all.
            literal: as in `search`.
            expand: as in `search`.

        Raises:
            QueryError: the query cannot be understood.
            ValueError: a window, a limit or a measure that cannot be.
            IndexCorrupt: a file of the index is damaged.
        """
        from search.analysis.collocates import Measure, collocates  # a search needs none

        _require(measure in get_args(Measure), f"measure is one of {', '.join(get_args(Measure))}")
        _require(window >= 0 and (limit is None or limit >= 0), "window and limit are 0 or more")
        snapshot = self._snapshot
        answer = self._answer(self._understood(query, literal=literal), snapshot, expand=expand)
        return collocates(answer, snapshot, window, measure, limit)

    def compare(
        self,
        before: str,
        after: str,
        *,
        parts: Collection[ComparedPart] = ("words", "paragraphs"),
        limit: int | None = 20,
    ) -> Comparison:
        """What changed from one report to another, or from what one query finds to another's.

        Args:
            before: the id of a report, or the first four characters of it or more; else a
                query, such as "year:2016".
            after: the same.
            parts: what to compare: the words and phrases, the paragraphs, or both.
            limit: how many phrases of each kind to give at the most; None for all.

        Raises:
            UnknownAddress: more than one report has an id that begins so.
            QueryError: a query cannot be understood.
            ValueError: a limit or a part that cannot be.
            IndexCorrupt: a file of the index is damaged.
        """
        from search.analysis.compare import ComparedPart, compare  # a search needs none

        known = get_args(ComparedPart)
        _require(set(parts) <= set(known), f"parts are {', '.join(known)}")
        _require(limit is None or limit >= 0, "limit is 0 or more")
        snapshot = self._snapshot

        def ask(query: str) -> Answer:
            return self._answer(self._understood(query), snapshot)

        return compare(before, after, snapshot, ask, parts, limit)

    def similar(self, address: str, *, limit: int | None = 10) -> tuple[NearPassage, ...]:
        """The paragraphs that are near in wording to one, the nearest first, with the changes.

        Args:
            address: of the paragraph; see `get`.
            limit: how many to give at the most; None for all.

        Raises:
            UnknownAddress: there is no such paragraph, or more than one report begins so.
            ValueError: a limit that cannot be.
            IndexCorrupt: a file of the index is damaged.
        """
        from search.analysis.similar import similar  # a search needs none

        _require(limit is None or limit >= 0, "limit is 0 or more")
        return similar(address, self._snapshot, limit)


def _require(is_so: bool, problem: str) -> None:  # noqa: FBT001 (a condition)
    """Refuse an argument that makes no sense."""
    if not is_so:
        raise ValueError(problem)
