"""From an answer to the results that were asked for: in order, collapsed, or by report."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, get_args

import numpy as np

from .hits import best, hit_at
from .results import Group, Results, Sort

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer import Snapshot

    from .evaluation import Answer
    from .results import Hit


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which results of an answer are wanted, and in which form; see `Index.search`.

    Attributes:
        limit: how many hits, or reports, at the most; None for all.
        offset: how many of the first to leave out.
        sort: in which order.
        collapse: whether paragraphs that say the same are one hit.
        per_report: how many hits of a report, if they are wanted by report.
    """

    limit: int | None = 10
    offset: int = 0
    sort: Sort = "relevance"
    collapse: bool = False
    per_report: int | None = None

    def __post_init__(self) -> None:
        """Refuse what cannot be.

        Raises:
            ValueError: an order that there is none of, a number below 0, or what does not go
                together.
        """
        if self.sort not in get_args(Sort):
            raise ValueError(f"sort is one of {', '.join(get_args(Sort))}")
        if min(self.offset, self.limit or 0, self.per_report or 0) < 0:
            raise ValueError("limit, offset and per_report are 0 or more")
        if self.collapse and self.per_report is not None:
            raise ValueError("what is given by report is not collapsed")

    @property
    def end(self) -> int | None:
        """How many of the first are looked at; None for all."""
        return None if self.limit is None else self.offset + self.limit


def listed(query: str, answer: Answer, snapshot: Snapshot, wanted: Wanted) -> Results:
    """The results of an answer that are wanted."""
    groups: tuple[Group, ...] = ()
    if wanted.per_report is not None:
        groups = tuple(_groups(answer, snapshot, wanted, wanted.per_report))
        hits = tuple(hit for group in groups for hit in group.hits)
    elif wanted.collapse:
        hits = tuple(_collapsed(answer, snapshot, wanted))
    else:
        places = best(answer, wanted.sort, snapshot, wanted.end)[wanted.offset :]
        numbered = enumerate(places, wanted.offset + 1)
        hits = tuple(hit_at(rank, place, answer, snapshot) for rank, place in numbered)
    # `np.unique` takes 10 ms to import what it needs.
    reports = int(np.count_nonzero(np.bincount(snapshot.rows[answer.documents])))
    total = len(answer.documents)
    return Results(query, total, hits, reports, groups, answer.missing, answer.relaxed)


def _collapsed(answer: Answer, snapshot: Snapshot, wanted: Wanted) -> Iterator[Hit]:
    """Hits that each stand for all that say the same.

    By relevance a hit stands where the best of them does, and the earliest is shown; in any
    other order the first in that order is, as a hit has to stand where its date is.
    """
    from .collapsing import clusters  # most programs want none

    order = best(answer, wanted.sort, snapshot)
    found = islice(clusters(order, answer, snapshot), wanted.offset, wanted.end)
    for rank, cluster in enumerate(found, wanted.offset + 1):
        shown = cluster.places[0] if wanted.sort == "relevance" else cluster.best
        others = [place for place in cluster.places if place != shown]
        yield hit_at(rank, shown, answer, snapshot, others)


def _groups(answer: Answer, snapshot: Snapshot, wanted: Wanted, per_report: int) -> Iterator[Group]:
    """Hits by report: the report with the first hit first."""
    order = np.array(best(answer, wanted.sort, snapshot), np.int64)
    rows = snapshot.rows[answer.documents[order]]
    different, firsts, totals = np.unique(rows, return_index=True, return_counts=True)
    for at in np.argsort(firsts)[wanted.offset : wanted.end].tolist():
        row = int(different[at])
        ranks = np.flatnonzero(rows == row)[:per_report].tolist()
        hits = tuple(hit_at(rank + 1, int(order[rank]), answer, snapshot) for rank in ranks)
        yield Group(snapshot.reports.report(row), int(totals[at]), hits)


def hits_of(row: int, answer: Answer, snapshot: Snapshot) -> Iterator[Hit]:
    """The hits in the report of a row, as they stand there, ranked among all by relevance."""
    order = np.array(best(answer, "relevance", snapshot), np.int64)
    ranks = np.flatnonzero(snapshot.rows[answer.documents[order]] == row)
    for rank in ranks[np.argsort(order[ranks])].tolist():
        yield hit_at(rank + 1, int(order[rank]), answer, snapshot)
