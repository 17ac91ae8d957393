"""Keyword in context: what a query finds, an occurrence a line.

After Luhn, Keyword-in-Context Index for Technical Literature (1960).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from corpus.plain import Plain
from indexer import fold
from search.hits import text_highlights

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from corpus import Report
    from indexer import Snapshot, Span, StoredParagraph
    from search.evaluation import Answer

KwicOrder = Literal["left", "right", "date", "report"]
"""How lines are ordered: by what stands before, from the match outwards; by what stands after;
newest first; by the title of the report. Characters are in the order of Unicode, folded."""


@dataclass(frozen=True, slots=True)
class KwicLine(Plain):
    """An occurrence of what a query asks for, with what stands on both sides of it.

    Attributes:
        address: of the paragraph.
        report: that it stands in.
        left: what stands before it in the paragraph, as published.
        match: what answers the query, as published.
        right: what stands after it.
    """

    address: str
    report: Report
    left: str
    match: str
    right: str

    @property
    def date(self) -> date | None:
        """That of the report."""
        return self.report.date

    def to_dict(self) -> dict[str, Any]:
        """It and its report, as plain data."""
        return {
            "address": self.address,
            "left": self.left,
            "match": self.match,
            "right": self.right,
            "report": self.report.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class Concordance(Plain):
    """Every occurrence of what a query asks for.

    Attributes:
        query: as it was asked.
        total: how many occurrences there are, all counted.
        lines: those that were asked for, in order.
    """

    query: str
    total: int
    lines: tuple[KwicLine, ...]

    def __len__(self) -> int:
        """How many lines are here, which may be fewer than `total`."""
        return len(self.lines)

    def __iter__(self) -> Iterator[KwicLine]:
        """The lines, in order."""
        return iter(self.lines)


class Occurrence(NamedTuple):
    """Where in the index something stands.

    Attributes:
        document: the number of the paragraph.
        paragraph: the same.
        span: of its text.
    """

    document: int
    paragraph: StoredParagraph
    span: Span


def occurrences(answer: Answer, snapshot: Snapshot) -> Iterator[Occurrence]:
    """What answers a query in the texts, occurrence by occurrence; those that overlap are one."""
    for document in answer.documents.tolist():
        stored = snapshot.paragraph(document)
        for span in text_highlights(document, stored.text, answer):
            yield Occurrence(document, stored, span)


def concordance(
    query: str, answer: Answer, snapshot: Snapshot, width: int, order: KwicOrder, limit: int | None
) -> Concordance:
    """KwicLine up what answers a query.

    Args:
        query: as it was asked.
        answer: to it.
        snapshot: the index.
        width: how many characters of the paragraph to give on either side at the most.
        order: of the lines; those that are equal stay as they stand in their reports.
        limit: how many lines to give at the most; None for all.
    """
    lines = [_line(found.paragraph, *found.span, width) for found in occurrences(answer, snapshot)]
    # Where a paragraph is kept depends on how the index grew; reports do not.
    lines.sort(key=lambda line: (line.report.id, int(line.address.partition(":")[2])))
    lines.sort(key=_KEYS[order])
    return Concordance(query, len(lines), tuple(lines[:limit]))


def _line(stored: StoredParagraph, start: int, end: int, width: int) -> KwicLine:
    text = stored.text
    return KwicLine(
        f"{stored.report.id}:{stored.ordinal}",
        stored.report,
        text[max(0, start - width) : start],
        text[start:end],
        text[end : end + width],
    )


def _age(line: KwicLine) -> int:
    period = line.report.period
    return -period[1].toordinal() if period else 0


_KEYS: dict[KwicOrder, Callable[[KwicLine], Any]] = {
    "left": lambda line: (fold(line.left)[::-1], fold(line.right)),
    "right": lambda line: (fold(line.right), fold(line.left)[::-1]),
    "date": _age,
    "report": lambda line: fold(line.report.title),
}
