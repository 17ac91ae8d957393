"""What the reader shows: a page of hits, and a report with all that was found in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from search import Passage
    from search.index import Index


class Match(NamedTuple):
    """A place of a report that answers the query.

    Attributes:
        place: of its paragraph in the report, from 0.
        number: which of the paragraph's highlights it is, from 0; 0 too if there are none.
    """

    place: int
    number: int


@dataclass(frozen=True, slots=True)
class Material:
    """A report to read.

    Attributes:
        query: what was looked for.
        passages: all paragraphs, those that are hits with what is highlighted.
        matches: where the hits are, in order.
    """

    query: str
    passages: tuple[Passage, ...]
    matches: tuple[Match, ...]


def material(index: Index, query: str, report_id: str) -> Material:
    """A report with all that a query finds in it.

    Raises:
        BaogaoError: the query or the report is not, or no longer, what was searched.
    """
    hits = {hit.paragraph: hit for hit in index.hits_in(report_id, query)}
    passages = tuple(hits.get(one.paragraph, one) for one in index.paragraphs(report_id))
    matches = tuple(
        Match(paragraph - 1, number)
        for paragraph, hit in hits.items()
        for number in range(max(1, len(hit.highlights)))
    )
    return Material(query, passages, matches)
