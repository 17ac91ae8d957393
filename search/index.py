"""The embedded API: an index open for searching."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from corpus.plain import Plain
from indexer import Snapshot, open_snapshot

from .addresses import document_at, row_of
from .equivalents import Synonyms, bundled
from .errors import IndexClosed, PartError, QueryError
from .evaluation import evaluate
from .hits import passage_of
from .listing import Wanted, hits_of, listed
from .occurrences import Occurrences
from .query.filters import understood
from .results import Passage, Results, Sort
from .words import Wording

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence
    from os import PathLike
    from types import TracebackType

    from corpus import Report
    from indexer import Failure

    from .analysis.collocates import Collocate, Measure
    from .analysis.compare import ComparedPart, Comparison
    from .analysis.facets import Facets
    from .analysis.grouping import Grouping
    from .analysis.kwic import Concordance, KwicOrder
    from .analysis.similar import NearPassage
    from .analysis.trend import Trend
    from .evaluation import Answer
    from .explaining.explanation import Explanation
    from .exporting import Edition
    from .outlining import Heading
    from .query.filters import Asked, Filter
    from .result_sets import ResultSet, ResultSets
    from .results import Hit
    from .suggesting.account import Account
    from .suggesting.completion import Suggestion


@dataclass(frozen=True, slots=True)
class IndexStats(Plain):
    """What an index holds.

    Attributes:
        reports: how many reports.
        paragraphs: how many paragraphs.
        years: year → reports of that year, in order; None for those without a year.
        kinds: kind → reports of that kind, most first; empty for those of no known kind.
        generation: counts the commits of the index.
        size: bytes on disk.
    """

    reports: int
    paragraphs: int
    years: dict[int | None, int]
    kinds: dict[str, int]
    generation: int
    size: int


@dataclass(frozen=True, slots=True)
class Near(Plain):
    """A report that says nearly the same as another.

    Attributes:
        report: which.
        similarity: the share of what both say in what either says, by the runs of five
            characters: 1.0 for the same, estimated with an error of about 0.04.
    """

    report: Report
    similarity: float


def open_index(
    directory: str | PathLike[str],
    *,
    synonyms: str | PathLike[str] | None = None,
    allow_shared: bool = False,
) -> Index:
    """Open an index for searching.

    What is seen is the index as it is now; what is committed later shows when it is
    opened again.

    Args:
        directory: the index.
        synonyms: a file of your own, besides what comes with the program; see
            `search/data/synonyms.txt` for its form. It is no part of the index.
        allow_shared: whether it may be one that others can write.

    Raises:
        SynonymsError: the file of synonyms cannot be read.
        IndexExposed: others can write the index.
        IndexMissing: there is none in the directory.
        IndexOutdated: it was built by other rules than this version's.
        IndexCorrupt: a file of it is missing or is not as it was written.
    """
    own = None if synonyms is None else Synonyms.read(Path(synonyms)) | bundled()
    return Index(open_snapshot(Path(directory), allow_shared=allow_shared), own)


class Index:
    """An index open for searching; `open_index` makes one, a `with` block closes it.

    It may be shared by threads, and searched by all of them at once.
    """

    def __init__(self, snapshot: Snapshot, synonyms: Synonyms | None = None) -> None:
        self._opened: Snapshot | None = snapshot
        self._synonyms = synonyms

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files, once the searches under way are done. Results stay valid."""
        self._opened = None

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
        if sort not in get_args(Sort):
            raise ValueError(f"sort is one of {', '.join(get_args(Sort))}")
        wanted = Wanted(limit, offset, sort, collapse, per_report)
        snapshot = self._snapshot
        asked = understood(query, filters, is_literal=literal)
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
        snapshot = self._snapshot
        row = row_of(report_id, snapshot.reports)
        answer = self._answer(understood(query, ()), snapshot, expand=expand, relax=relax)
        return tuple(hits_of(row, answer, snapshot))

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
        try:
            wording = Wording(snapshot.segmenter, self._synonyms, expand, relax, together)
            return evaluate(asked.node, snapshot, Occurrences(snapshot), wording)
        except PartError as error:
            raise QueryError(asked.text, *error.place, error.problem) from None

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
        from .result_sets import as_addresses  # most programs keep none

        snapshot = self._snapshot
        if isinstance(found, str):
            asked = understood(found, filters, is_literal=literal)
            answer = self._answer(asked, snapshot, expand=expand, relax=relax)
            query, paragraphs = asked.text, snapshot.addresses_of(answer.documents)
        else:
            query = found.query if isinstance(found, Results) else ""
            paragraphs = as_addresses(found)
        return self.sets.write(name, query, snapshot.manifest.generation, paragraphs)

    @property
    def sets(self) -> ResultSets:
        """The result sets that are kept beside the index."""
        from .result_sets import ResultSets

        return ResultSets(self._snapshot.directory)

    def account(self, query: str, *, filters: Sequence[Filter] = ()) -> Account:
        """Why a query finds as much as it does: what each part does, what to ask instead.

        Args:
            query: in the query language.
            filters: as in `search`; they are accounted for as parts of the query.

        Raises:
            QueryError: the query cannot be understood.
            IndexCorrupt: a file of the index is damaged.
        """
        from .suggesting.account import account  # most queries need none

        text = understood(query, filters).text
        return account(text, self._snapshot, lambda asked: self.search(asked, limit=0).total)

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
        from .explaining.explain import explain  # most queries need none

        if hits is None:
            hits = self.search(
                query, filters=filters, literal=literal, expand=expand, relax=relax
            ).hits
        snapshot = self._snapshot
        asked = understood(query, filters, is_literal=literal)
        answer = self._answer(asked, snapshot, expand=expand, relax=relax)
        wording = Wording(snapshot.segmenter, self._synonyms, expand, relax)
        rows = ((hit, self._row(hit.report.id)) for hit in hits)
        return explain(asked.text, asked.node, answer, rows, snapshot, wording)

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
        from .analysis.facets import facets  # most searches need none

        snapshot = self._snapshot
        asked = understood(query, filters, is_literal=literal)
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
                have to stand together: 人民群众 is not 人民 and 群众.
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
        from .analysis.trend import trend  # a search needs none

        if isinstance(terms, str) or not terms:
            raise ValueError("terms are a list with one at the least")
        snapshot = self._snapshot

        def ask(term: str) -> Answer:
            asked = understood(term, (), is_literal=literal)
            return self._answer(asked, snapshot, expand=expand, together=True)

        told_of = self._answer(understood("", filters), snapshot).documents if filters else None
        return trend(terms, by, ask, snapshot, told_of)

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
        from .suggesting.completion import suggestions

        return tuple(suggestions(prefix, self._snapshot, limit))

    def get(self, address: str) -> Passage:
        """The paragraph at an address.

        Args:
            address: `REPORT:N`; of the report's id its first four characters or more will do.

        Raises:
            UnknownAddress: there is no such paragraph, or more than one report begins so.
        """
        snapshot = self._snapshot
        return passage_of(snapshot.paragraph(document_at(address, snapshot)))

    def around(self, passage: Passage, count: int) -> tuple[Passage, ...]:
        """A paragraph where it stands.

        Args:
            passage: which.
            count: how many paragraphs to give on either side, as far as there are.

        Returns:
            Them in order, the paragraph among them.

        Raises:
            UnknownAddress: its report is not in the index.
        """
        snapshot = self._snapshot
        documents = snapshot.documents_of(self._row(passage.report.id))
        near = documents[max(0, passage.paragraph - 1 - count) : passage.paragraph + count]
        return tuple(passage_of(snapshot.paragraph(document)) for document in near)

    def outline(self, report_id: str) -> tuple[Heading, ...]:
        """The headings of a report, each with the address of the paragraph that it begins with.

        Raises:
            UnknownAddress: there is no such report.
        """
        from .outlining import outline  # a search needs none

        return outline(self.paragraphs(report_id))

    def report(self, report_id: str) -> Report:
        """A report by its id, or the first four characters of it or more.

        Raises:
            UnknownAddress: there is no such report, or more than one begins so.
        """
        return self._snapshot.reports.report(self._row(report_id))

    def _row(self, report_id: str) -> int:
        return row_of(report_id, self._snapshot.reports)

    def reports(self) -> tuple[Report, ...]:
        """All reports, the oldest first, those without a date last."""
        table = self._snapshot.reports
        return tuple(sorted(map(table.report, range(len(table))), key=_by_age))

    def count(self, report: Report) -> int:
        """How many paragraphs a report has."""
        return self._snapshot.reports.paragraphs(self._row(report.id))

    def near(self, report_id: str) -> tuple[Near, ...]:
        """The reports that say nearly the same as one; see `report` for its id.

        The same report from another site, or another version of a law. Reports with just
        the same text are one.

        Returns:
            Those that are similar by a half or more, the nearest first.

        Raises:
            UnknownAddress: there is no such report.
        """
        found = self._snapshot.reports.near(self._row(report_id))
        return tuple(Near(report, similarity) for report, similarity in found)

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
        from .analysis.kwic import KwicOrder, concordance  # a search needs none

        _require(sort in get_args(KwicOrder), f"sort is one of {', '.join(get_args(KwicOrder))}")
        _require(width >= 0 and (limit is None or limit >= 0), "width and limit are 0 or more")
        snapshot = self._snapshot
        answer = self._answer(understood(query, (), is_literal=literal), snapshot, expand=expand)
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
        from .analysis.collocates import Measure, collocates  # a search needs none

        _require(measure in get_args(Measure), f"measure is one of {', '.join(get_args(Measure))}")
        _require(window >= 0 and (limit is None or limit >= 0), "window and limit are 0 or more")
        snapshot = self._snapshot
        answer = self._answer(understood(query, (), is_literal=literal), snapshot, expand=expand)
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
        from .analysis.compare import ComparedPart, compare  # a search needs none

        known = get_args(ComparedPart)
        _require(set(parts) <= set(known), f"parts are {', '.join(known)}")
        _require(limit is None or limit >= 0, "limit is 0 or more")
        snapshot = self._snapshot

        def ask(query: str) -> Answer:
            return self._answer(understood(query, ()), snapshot)

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
        from .analysis.similar import similar  # a search needs none

        _require(limit is None or limit >= 0, "limit is 0 or more")
        return similar(address, self._snapshot, limit)

    def failures(self) -> tuple[Failure, ...]:
        """The files that could not be read, and the members of files, each with the reason."""
        return self._snapshot.failures()

    def digests(self, sources: Iterable[str]) -> dict[str, str]:
        """The digests of files as they were when they were read: of bytes and way of reading.

        Args:
            sources: of reports of the index; for `PATH!/MEMBER` it is the digest of PATH.

        Returns:
            By path, in order.
        """
        from corpus import MEMBER

        paths = {source.partition(MEMBER)[0] for source in sources}
        found = self._snapshot.digests()
        return {path: found[path] for path in sorted(paths & found.keys())}

    @property
    def edition(self) -> Edition:
        """Which commit of the index this is."""
        from .exporting import Edition  # a search needs none

        manifest = self._snapshot.manifest
        return Edition(
            manifest.generation, manifest.fingerprint, manifest.analyzer, manifest.reader
        )

    def paragraphs(self, report_id: str) -> tuple[Passage, ...]:
        """All paragraphs of a report, in order; see `report` for the id.

        Raises:
            UnknownAddress: there is no such report.
        """
        snapshot = self._snapshot
        documents = snapshot.documents_of(self._row(report_id))
        return tuple(passage_of(snapshot.paragraph(document)) for document in documents)

    def stats(self) -> IndexStats:
        """What the index holds."""
        snapshot = self._snapshot
        reports = self.reports()
        years = Counter(report.year for report in reports)
        kinds = Counter(report.kind for report in reports)
        return IndexStats(
            len(reports),
            len(snapshot),
            dict(sorted(years.items(), key=lambda row: (row[0] is None, row[0] or 0))),
            dict(kinds.most_common()),
            snapshot.manifest.generation,
            snapshot.manifest.size,
        )

    @property
    def _snapshot(self) -> Snapshot:
        if self._opened is None:
            raise IndexClosed
        return self._opened


def _require(is_so: bool, problem: str) -> None:  # noqa: FBT001 (a condition)
    """Refuse an argument that makes no sense."""
    if not is_so:
        raise ValueError(problem)


def _by_age(report: Report) -> tuple[bool, date, str]:
    period = report.period
    return period is None, period[1] if period else date.max, report.id
