"""A report index as one of Whoosh's: any of its queries, over paragraphs.

    with open_report_index("index").searcher() as searcher:
        for hit in searcher.search(Term("text", "行政复议"), limit=10):
            print(hit["report"], hit["ordinal"], hit["text"])

See `indexer.schema` for the fields. `Contiguous` is a query of ours: a string as it stands.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.matching import ListMatcher, NullMatcher
from whoosh.query import Query
from whoosh.scoring import WeightScorer

from .engine import ArrayIndex, ArraySegment, ColumnTerms
from .engine.columns import CodedColumn
from .engine.vectors import Vector
from .folding import fold
from .schema import REPORT, VALUES, schema
from .snapshot import open_snapshot
from .storage.checked import smallest
from .strings import find_string
from .zones import Zone, heading_text

if TYPE_CHECKING:
    import os

    from numpy.typing import NDArray
    from whoosh.fields import Schema
    from whoosh.matching import Matcher
    from whoosh.reading import IndexReader
    from whoosh.searching import SearchContext, Searcher

    from .engine import Terms
    from .engine.evaluation import Evaluation
    from .reports import ReportTable
    from .snapshot import Location, Snapshot


def open_report_index(
    directory: str | os.PathLike[str], *, allow_shared: bool = False
) -> ArrayIndex:
    """Open a report index for Whoosh. It can be searched, not written.

    Args:
        directory: the index.
        allow_shared: whether it may be one that others can write.

    Raises:
        IndexMissing: there is no index in the directory.
        IndexOutdated: it was built by other rules than this version's.
        IndexCorrupt: a file is missing or is not as it was written.
        IndexExposed: others can write it.
    """
    snapshot = open_snapshot(Path(directory), allow_shared=allow_shared)
    definition = schema(snapshot.segmenter)
    numbers = range(len(snapshot.segments))
    return ArrayIndex(definition, [ReportSegment(snapshot, n, definition) for n in numbers])


class ReportSegment(ArraySegment):
    """A segment of a report index under its schema.

    Args:
        snapshot: the index.
        number: of the segment.
        definition: the schema.
    """

    def __init__(self, snapshot: Snapshot, number: int, definition: Schema) -> None:
        super().__init__(snapshot.segments[number], definition)
        self._snapshot = snapshot
        self._base = snapshot.bases[number]
        self._end = self._base + self.stored.documents

    @property
    def field_names(self) -> tuple[str, ...]:
        """The names of its indexed fields, in order."""
        return tuple(sorted({*self.stored.fields, REPORT, *VALUES}))

    def _terms(self, field: str) -> Terms:
        return ColumnTerms(self._values(field)) if self._is_value(field) else super()._terms(field)

    def _column(self, field: str) -> CodedColumn | None:
        return self._values(field) if self._is_value(field) else None

    def _is_value(self, field: str) -> bool:
        return field == REPORT or field in VALUES

    def _values(self, field: str) -> CodedColumn:
        """What the reports have in a field, spread to their paragraphs."""
        different, codes = _of_reports(self._snapshot, field)
        rows = self._snapshot.rows[self._base : self._end]
        # The first value is that of no report: what is deleted has row -1.
        return CodedColumn(smallest(np.concatenate([codes + 1, [0]]))[rows], [b"", *different])

    def stored_fields(self, document: int) -> Mapping[str, Any]:
        """The stored values of a paragraph."""
        return _StoredFields(self._snapshot, self._base + document)


class _StoredFields(Mapping[str, Any]):
    """The stored values of a paragraph, each read when it is asked for."""

    __slots__ = ("_snapshot", "_there")

    def __init__(self, snapshot: Snapshot, document: int) -> None:
        self._snapshot = snapshot
        self._there = snapshot.locate(document)

    def __getitem__(self, name: str) -> Any:
        return _STORED[name](self._snapshot, self._there)

    def __contains__(self, name: object) -> bool:
        return name in _STORED  # else it would be read to tell

    def __iter__(self) -> Iterator[str]:
        return iter(_STORED)

    def __len__(self) -> int:
        return len(_STORED)


def _heading(there: Location) -> str:
    segment, local = there.segment, there.local
    return heading_text(segment.path(local), segment.text(local))


_STORED: dict[str, Callable[[Snapshot, Location], Any]] = {
    REPORT: lambda snapshot, there: snapshot.reports.ids[there.row].decode(),
    "ordinal": lambda _, there: there.ordinal,
    "path": lambda _, there: list(there.segment.path(there.local)),
    Zone.TEXT.value: lambda _, there: there.segment.text(there.local),
    Zone.HEADING.value: lambda _, there: _heading(there),
}


def _of_reports(snapshot: Snapshot, field: str) -> tuple[list[bytes], NDArray[np.int64]]:
    """The different values that reports have in a field, and which of them each has, or -1."""
    reports = snapshot.reports
    if field == REPORT:
        return [bytes(report) for report in reports.ids], np.arange(len(reports))
    values = _VALUES_OF[field](reports)
    different = sorted(set(values) - {b""})
    places = {value: place for place, value in enumerate(different)}
    return different, np.array([places.get(value, -1) for value in values], np.int64)


def _years(reports: ReportTable) -> list[bytes]:
    return [b"%d" % year if year else b"" for year in reports.years.tolist()]


def _dates(reports: ReportTable) -> list[bytes]:
    """The days of which all is known; of the others the year is."""
    firsts, lasts = (days.tolist() for days in reports.days)
    return [
        date.fromordinal(first).isoformat().encode() if first and first == last else b""
        for first, last in zip(firsts, lasts, strict=True)
    ]


def _texts(name: str, reports: ReportTable) -> list[bytes]:
    texts, codes = reports.values(name)
    encoded = [text.encode("utf-8", "surrogatepass") for text in texts]
    return [encoded[code] for code in codes.tolist()]


_VALUES_OF: dict[str, Callable[[ReportTable], list[bytes]]] = {
    "year": _years,
    "date": _dates,
    **{name: partial(_texts, name) for name in ("kind", "issuer", "region")},
}


class Contiguous(Query):  # type: ignore[misc]
    """Paragraphs in which a string stands as it is, however it is cut into words.

    Its score is how often it does.

    Args:
        zone: where.
        text: the string.
        boost: what its score is multiplied by.
    """

    def __init__(self, zone: Zone, text: str, boost: float = 1.0) -> None:
        self._zone = zone
        self._text = text
        self.boost = boost

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Contiguous) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)

    def __repr__(self) -> str:
        return f"Contiguous({self._zone}, {self._text!r}, boost={self.boost})"

    @property
    def _parts(self) -> tuple[Zone, str, float]:
        return self._zone, self._text, self.boost

    def is_leaf(self) -> bool:
        """See `whoosh.query.Query`."""
        return True

    def field(self) -> str:
        """See `whoosh.query.Query`."""
        return self._zone.value

    def estimate_size(self, reader: IndexReader) -> int:
        """See `whoosh.query.Query`: no more than there is."""
        return int(reader.doc_count())

    def vector(self, evaluation: Evaluation, *, scored: bool) -> Vector:  # noqa: ARG002
        """The documents of a segment, see `indexer.engine.Evaluation`."""
        return evaluation.alive(self._found(evaluation.segment))

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:  # noqa: ARG002
        """See `whoosh.query.Query`."""
        segment: ReportSegment = searcher.reader().segment()
        found = self._found(segment)
        if segment.living is not None:
            found = found.only(segment.living[found.documents])
        if not len(found):
            return NullMatcher()
        scores = found.scores.tolist()
        return ListMatcher(found.documents.tolist(), scores, scorer=WeightScorer(max(scores)))

    def _found(self, segment: ArraySegment) -> Vector:
        postings = segment.stored.postings(self._zone.grams)
        documents, counts = postings.in_documents(find_string(postings, fold(self._text)))
        return Vector(documents, counts * np.float64(self.boost))
