"""From the documents that answer a query to its hits: put in order, read, highlighted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from .highlighting import highlights
from .places import Place
from .results import Hit, Passage

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from indexer import ReportTable, Snapshot, Span, StoredParagraph

    from .evaluation import Answer
    from .results import Sort


def ages(reports: ReportTable) -> NDArray[np.int64]:
    """The place of every report among all of them, the oldest first, those without a date last."""
    _, last = reports.days
    order = np.argsort(np.where(last > 0, last, _NEVER), kind="stable")
    places = np.empty(len(order), np.int64)
    places[order] = np.arange(len(order))
    return places


def _newest(reports: ReportTable) -> NDArray[np.int64]:
    return -reports.days[1]


def _oldest(reports: ReportTable) -> NDArray[np.int64]:
    first, _ = reports.days
    return np.where(first > 0, first, _NEVER)


_NEVER = date.max.toordinal() + 1
_BY_REPORT: dict[str, Callable[[ReportTable], NDArray[np.int64]]] = {
    "newest": _newest,
    "oldest": _oldest,
    "report": ages,
}
"""What of reports each order goes by before all else, the least first."""


def best(answer: Answer, sort: Sort, snapshot: Snapshot, count: int | None = None) -> list[int]:
    """The places of the first so many of an answer's documents, in order; of all if None.

    Equals stay in the order of the index.
    """
    keys: list[NDArray[Any]] = [] if sort == "report" else [-answer.scores]
    if sort in _BY_REPORT:
        keys.insert(0, _BY_REPORT[sort](snapshot.reports)[snapshot.rows[answer.documents]])
    places = np.arange(len(answer.documents))
    if count is not None and count < len(places):
        # Those that are not better than the last one wanted need not be put in order.
        last = np.partition(keys[0], count)[count]
        places = np.flatnonzero(keys[0] <= last)
    order = np.lexsort([key[places] for key in reversed(keys)])
    best: list[int] = places[order][:count].tolist()
    return best


def hit_at(
    rank: int, place: int, answer: Answer, snapshot: Snapshot, duplicates: Sequence[int] = ()
) -> Hit:
    """The hit at a place of an answer's documents, with the places that it stands for too."""
    patterns = answer.patterns
    document = int(answer.documents[place])
    stored = snapshot.paragraph(document)
    return Hit(
        address=_address(stored),
        report=stored.report,
        paragraph=stored.ordinal,
        heading=stored.heading,
        text=stored.text,
        section=stored.section,
        page=stored.page,
        rank=rank,
        score=float(answer.scores[place]),
        highlights=text_highlights(document, stored.text, answer),
        title_highlights=highlights(stored.report.title, patterns[Place.TITLE]),
        heading_highlights=tuple(
            highlights(heading, patterns[Place.HEADING]) for heading in stored.heading
        ),
        duplicates=tuple(
            _address_of(int(document), snapshot)
            for document in answer.documents[np.array(duplicates, np.int64)]
        ),
    )


def text_highlights(document: int, text: str, answer: Answer) -> tuple[Span, ...]:
    """The spans of a paragraph's text that answer the query."""
    located = [span for places in answer.located for span in places.spans_of(document)]
    return highlights(text, answer.patterns[Place.TEXT], located)


def passage_of(stored: StoredParagraph) -> Passage:
    """A stored paragraph as it is given to the outside."""
    return Passage(
        address=_address(stored),
        report=stored.report,
        paragraph=stored.ordinal,
        heading=stored.heading,
        text=stored.text,
        section=stored.section,
        page=stored.page,
    )


def _address_of(document: int, snapshot: Snapshot) -> str:
    there = snapshot.locate(document)
    return f"{snapshot.reports.ids[there.row].decode()}:{there.ordinal}"


def _address(stored: StoredParagraph) -> str:
    return f"{stored.report.id}:{stored.ordinal}"
