"""What a search gives back: plain frozen data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from corpus.plain import Plain, known, plain

from .highlighting import Snippet, snippet

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus import Report
    from indexer import Span

Sort = Literal["relevance", "newest", "oldest", "report"]
"""How hits are ordered: the best first; the newest or oldest report first, and the best of a
day first; or report by report, the oldest first, as they stand in it."""

SNIPPET_SIZE = 120
"""Characters of a snippet, unless told otherwise."""


@dataclass(frozen=True, slots=True)
class Passage(Plain):
    """One paragraph of the index.

    Attributes:
        address: `REPORT:N`, which stays valid as long as the report's text does.
        report: the report that it stands in.
        paragraph: its ordinal in the report, counted from 1.
        heading: the heading path above it, outermost first.
        text: as published.
        section: what a work report does here: 回顾, 问题 or 计划; "" elsewhere.
        page: the page of the source that it begins on, 0 if there are none.
    """

    address: str
    report: Report
    paragraph: int
    heading: tuple[str, ...]
    text: str
    section: str
    page: int

    def to_dict(self) -> dict[str, Any]:
        """It and its report, as plain data; None for a section or a page that it has not."""
        return {
            "address": self.address,
            "report": self.report.to_dict(),
            "heading": list(self.heading),
            **known({"section": self.section}),
            "paragraph": self.paragraph,
            **known({"page": self.page}),
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Hit(Passage):
    """A paragraph that answers a query.

    Attributes:
        rank: its place among all hits, counted from 1.
        score: the higher the better; comparable within one query only.
        highlights: spans [start, end) of `text` that answer the query.
        title_highlights: the same of the report's title.
        heading_highlights: the same of each heading of the path.
        duplicates: the addresses of the paragraphs that say the same and that it stands for,
            the earliest first; none unless hits are collapsed.
    """

    rank: int
    score: float
    highlights: tuple[Span, ...]
    title_highlights: tuple[Span, ...]
    heading_highlights: tuple[tuple[Span, ...], ...]
    duplicates: tuple[str, ...] = ()

    def snippet(self, size: int = SNIPPET_SIZE) -> Snippet:
        """The part of the text that shows best why this is a hit.

        Args:
            size: how many characters it may have.
        """
        return snippet(self.text, self.highlights, size)

    def to_dict(self) -> dict[str, Any]:
        """It and its report, as plain data; highlights are [start, end)."""
        return {
            "rank": self.rank,
            "score": self.score,
            **Passage.to_dict(self),
            "highlights": plain(self.highlights),
            "title_highlights": plain(self.title_highlights),
            "heading_highlights": plain(self.heading_highlights),
            "duplicates": list(self.duplicates),
        }


@dataclass(frozen=True, slots=True)
class Group(Plain):
    """The hits of one report.

    Attributes:
        report: which.
        total: how many of its paragraphs answer the query.
        hits: the first of them, as many as were asked for.
    """

    report: Report
    total: int
    hits: tuple[Hit, ...]

    def to_dict(self) -> dict[str, Any]:
        """It as plain data: the report's id, and the addresses of hits that stand in `Results`."""
        return {
            "report": self.report.id,
            "total": self.total,
            "hits": [hit.address for hit in self.hits],
        }


@dataclass(frozen=True, slots=True)
class Results(Plain):
    """The answer to a query.

    Attributes:
        query: as it was asked, with its filters.
        total: how many paragraphs answer it, all counted.
        hits: those that were asked for, best first.
        reports: how many reports they all are in.
        groups: the hits by report, if that was asked for: the report with the best hit first.
        missing: how many paragraphs of the result sets that it names are no longer there.
        relaxed: whether it was taken as a plain question: hits hold much of it, not all.
    """

    query: str
    total: int
    hits: tuple[Hit, ...]
    reports: int = 0
    groups: tuple[Group, ...] = ()
    missing: int = 0
    relaxed: bool = False

    def __len__(self) -> int:
        """How many hits are here, which may be fewer than `total`."""
        return len(self.hits)

    def __iter__(self) -> Iterator[Hit]:
        """The hits, best first."""
        return iter(self.hits)
