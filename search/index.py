"""The embedded API: an index open for searching."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args

from indexer import Snapshot, StoredParagraph, fold, open_snapshot

from .errors import IndexClosed, UnknownAddress
from .evaluation import Answer, evaluate, period
from .highlighting import highlights
from .occurrences import Occurrences
from .places import Place
from .query import literal as as_literal
from .query import parse
from .results import Hit, Passage, Results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from os import PathLike
    from types import TracebackType

    from corpus import Report


Sort = Literal["relevance", "date"]
"""How hits are ordered: best first, or newest first and the best of a day first."""

_SHORTEST_PREFIX = 4


@dataclass(frozen=True, slots=True)
class IndexStats:
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


def open_index(directory: str | PathLike[str]) -> Index:
    """Open an index for searching.

    What is seen is the index as it is now; what is committed later shows when it is
    opened again.

    Raises:
        IndexMissing: there is none in the directory.
        IndexOutdated: it was built by other rules than this version's.
        IndexCorrupt: a file of it is missing or is not as it was written.
    """
    return Index(open_snapshot(Path(directory)))


class Index:
    """An index open for searching; `open_index` makes one, a `with` block closes it.

    It may be shared by threads; one search runs at a time.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._lock = threading.Lock()
        self._closed = False

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
        with self._lock:
            if not self._closed:
                self._closed = True
                self._snapshot.close()

    def search(
        self,
        query: str,
        *,
        limit: int | None = 10,
        offset: int = 0,
        sort: Sort = "relevance",
        literal: bool = False,
    ) -> Results:
        """Find the paragraphs that answer a query.

        Args:
            query: in the query language; see the README.
            limit: how many hits to give at the most; None for all.
            offset: how many of the first hits to leave out.
            sort: "relevance", or "date" for the newest report first.
            literal: take the whole query as one exact string, whatever signs it holds.

        Raises:
            QueryError: the query cannot be understood.
            ValueError: a limit, an offset or an order that cannot be.
            IndexCorrupt: a file of the index is damaged.
        """
        if sort not in get_args(Sort):
            raise ValueError(f"sort is one of {', '.join(get_args(Sort))}")
        if offset < 0 or (limit is not None and limit < 0):
            raise ValueError("limit and offset are 0 or more")
        node = as_literal(query) if literal else parse(query)
        with self._open() as snapshot:
            answer = evaluate(node, snapshot, Occurrences(snapshot))
            ranked = sorted(answer.scores, key=_order(sort, answer.scores, snapshot))
            end = None if limit is None else offset + limit
            hits = [
                _hit(rank, document, answer, snapshot)
                for rank, document in enumerate(ranked[offset:end], offset + 1)
            ]
        return Results(query, len(ranked), tuple(hits))

    def get(self, address: str) -> Passage:
        """The paragraph at an address.

        Args:
            address: `REPORT:N`; of the report's id its first four characters or more will do.

        Raises:
            UnknownAddress: there is no such paragraph, or more than one report begins so.
        """
        report_id, _, ordinal = fold(address).strip().partition(":")
        report = self.report(report_id)
        for passage in self.paragraphs(report.id):
            if str(passage.paragraph) == ordinal.lstrip("0"):
                return passage
        raise UnknownAddress(
            address, f"this report has paragraphs {report.id}:1 to {report.id}:{self.count(report)}"
        )

    def report(self, report_id: str) -> Report:
        """A report by its id, or the first four characters of it or more.

        Raises:
            UnknownAddress: there is no such report, or more than one begins so.
        """
        reports = self._snapshot.catalog.reports
        prefix = report_id.lower()
        if prefix in reports:
            return reports[prefix]
        found = [known for known in reports if known.startswith(prefix)]
        if len(prefix) < _SHORTEST_PREFIX or not found:
            raise UnknownAddress(report_id, "there is no such report; list them with: baogao list")
        if len(found) > 1:
            raise UnknownAddress(report_id, f"reports that begin so: {', '.join(sorted(found))}")
        return reports[found[0]]

    def reports(self) -> tuple[Report, ...]:
        """All reports, the oldest first, those without a date last."""
        return tuple(sorted(self._snapshot.catalog.reports.values(), key=_by_age))

    def count(self, report: Report) -> int:
        """How many paragraphs a report has."""
        return self._snapshot.catalog.paragraphs[report.id]

    def paragraphs(self, report_id: str) -> tuple[Passage, ...]:
        """All paragraphs of a report, in order; see `report` for the id.

        Raises:
            UnknownAddress: there is no such report.
        """
        report = self.report(report_id)
        with self._open() as snapshot:
            stored = snapshot.report_paragraphs(report.id)
        return tuple(
            Passage(
                _address(paragraph), report, paragraph.ordinal, paragraph.heading, paragraph.text
            )
            for paragraph in stored
        )

    def stats(self) -> IndexStats:
        """What the index holds."""
        manifest = self._snapshot.manifest
        reports = self.reports()
        years = Counter(report.year for report in reports)
        kinds = Counter(report.kind for report in reports)
        return IndexStats(
            len(reports),
            sum(map(self.count, reports)),
            dict(sorted(years.items(), key=lambda row: (row[0] is None, row[0] or 0))),
            dict(kinds.most_common()),
            manifest.generation,
            sum(stored.size for stored in manifest.files.values()),
        )

    @contextmanager
    def _open(self) -> Iterator[Snapshot]:
        """The snapshot, for one thread at a time, while it is open."""
        with self._lock:
            if self._closed:
                raise IndexClosed
            yield self._snapshot


def _order(
    sort: Sort, scores: dict[int, float], snapshot: Snapshot
) -> Callable[[int], tuple[float, ...]]:
    """The key that documents are sorted by; equals stay in the order of the index."""
    if sort == "relevance":
        return lambda document: (-scores[document], document)
    reports, owners = snapshot.catalog.reports, snapshot.owners

    def newest_first(document: int) -> tuple[float, ...]:
        _, day = period(reports[owners[document]])
        return -(day.toordinal() if day else 0), -scores[document], document

    return newest_first


def _hit(rank: int, document: int, answer: Answer, snapshot: Snapshot) -> Hit:
    stored, patterns = snapshot.paragraph(document), answer.patterns
    report = snapshot.catalog.reports[stored.report]
    return Hit(
        address=_address(stored),
        report=report,
        paragraph=stored.ordinal,
        heading=stored.heading,
        text=stored.text,
        rank=rank,
        score=answer.scores[document],
        highlights=highlights(stored.text, patterns[Place.TEXT]),
        title_highlights=highlights(report.title, patterns[Place.TITLE]),
        heading_highlights=tuple(
            highlights(heading, patterns[Place.HEADING]) for heading in stored.heading
        ),
    )


def _address(stored: StoredParagraph) -> str:
    return f"{stored.report}:{stored.ordinal}"


def _by_age(report: Report) -> tuple[bool, date, str]:
    _, day = period(report)
    return day is None, day or date.max, report.id
