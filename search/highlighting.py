"""Highlights and snippets: where a hit's text answers the query, verified on the text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.plain import Plain
from indexer import FoldedText, Span

from .spans import spans_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from .words import Unit

_SENTENCE_ENDS = "。！？；!?;"
_LEAD = 20
"""Characters before the first match that are shown if there is room."""


def highlights(
    text: str, patterns: Iterable[Unit], located: Iterable[Span] = ()
) -> tuple[Span, ...]:
    """The spans of a text in which any pattern occurs, as offsets into the text as published.

    Overlapping occurrences become one span; ones that only touch stay apart.

    Args:
        text: as published.
        patterns: what to look for in it.
        located: spans of the folded text that are to be shown besides.
    """
    folded = FoldedText(text)
    spans = {span for pattern in patterns for span in spans_in(folded.text, pattern)}
    found = {folded.original_span(start, end) for start, end in spans.union(located)}
    merged: list[Span] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return tuple(merged)


@dataclass(frozen=True, slots=True)
class Snippet(Plain):
    """A part of a paragraph's text that shows why it is a hit.

    Attributes:
        text: the part, as published.
        start: its offset in the paragraph's text.
        highlights: spans within the part.
        cut_before: whether the paragraph begins before it.
        cut_after: whether it goes on behind it.
    """

    text: str
    start: int
    highlights: tuple[Span, ...]
    cut_before: bool
    cut_after: bool


def snippet(text: str, spans: Sequence[Span], size: int) -> Snippet:
    """Cut the part of a text that holds the best cluster of highlights.

    The best cluster is the window with the most different highlighted strings, then
    with the most highlights, then the first. The part begins at the start of a sentence
    where that leaves the cluster in view.

    Args:
        text: the paragraph's text.
        spans: its highlights, in order, not overlapping.
        size: how many characters the part may have.
    """
    if len(text) <= size:
        return Snippet(text, 0, tuple(spans), cut_before=False, cut_after=False)
    first, last = _best_cluster(text, spans, size)
    start = _begin(text, first, last, size)
    end = min(len(text), start + size)
    start = max(0, end - size) if end == len(text) else start
    inside = tuple(
        (max(low, start) - start, min(high, end) - start)
        for low, high in spans
        if low < end and high > start
    )
    return Snippet(text[start:end], start, inside, cut_before=start > 0, cut_after=end < len(text))


def _best_cluster(text: str, spans: Sequence[Span], size: int) -> Span:
    """The extent of the best run of highlights that fits the window."""
    best, best_worth = (0, 0), (0, 0)
    inside: Counter[str] = Counter()
    first = 0
    for number, (_, end) in enumerate(spans):
        inside[text[slice(*spans[number])]] += 1
        while first < number and end - spans[first][0] > size:
            inside -= Counter([text[slice(*spans[first])]])
            first += 1
        worth = len(inside), number - first + 1
        if worth > best_worth:
            best, best_worth = (spans[first][0], end), worth
    return best


def _begin(text: str, first: int, last: int, size: int) -> int:
    """Where to begin so that [first, last) is in view, at a sentence's start if one is near."""
    earliest = max(0, last - size)
    for position in range(first, earliest - 1, -1):
        if position == 0 or text[position - 1] in _SENTENCE_ENDS:
            return position
    return max(earliest, first - min(_LEAD, max(0, size - (last - first)) // 2), 0)
