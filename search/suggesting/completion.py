"""What the beginning of a word may go on to: words, headings and titles of an index."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from corpus.plain import Plain
from indexer import FoldedText, Zone, find_string, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indexer import ParagraphSegment, Postings, Snapshot

_BEFORE_HEADINGS = "\n 、)."
"""What stands before a heading's first word: another heading, or its number's last sign."""

_MOST_SECTIONS = 300
"""Sections of a segment whose headings are read; the longest, if there are more."""


class Source(Enum):
    """Where a suggestion is from."""

    WORD = "word"
    HEADING = "heading"
    TITLE = "title"


@dataclass(frozen=True, slots=True)
class Suggestion(Plain):
    """What a beginning may go on to.

    Attributes:
        text: the whole of it. A word is as it is folded, all else as published.
        source: where it is from.
        paragraphs: how many there are that hold the word, below the heading, or in the
            reports with the title.
    """

    text: str
    source: Source
    paragraphs: int


def suggestions(prefix: str, snapshot: Snapshot, limit: int) -> list[Suggestion]:
    """What a beginning may go on to, the most frequent first.

    Args:
        prefix: the beginning; there is nothing for one without a visible character.
        snapshot: the index.
        limit: how many to give at the most.
    """
    folded = fold(prefix).strip()
    if not folded or limit < 1:
        return []
    found = [
        *_words(folded, snapshot, limit),
        *_headings(folded, snapshot, limit),
        *_titles(folded, snapshot, limit),
    ]
    best: dict[str, Suggestion] = {}
    for one in sorted(found, key=lambda one: (-one.paragraphs, len(one.text), one.text)):
        best.setdefault(fold(one.text), one)
    return list(best.values())[:limit]


def _words(prefix: str, snapshot: Snapshot, limit: int) -> Iterator[Suggestion]:
    counts: Counter[str] = Counter()
    for segment in snapshot.segments:
        postings = segment.postings(Zone.TEXT.value)
        first, end = postings.beginning(_encoded(prefix))
        if first < end:
            often = _living_frequencies(segment, postings, first, end).tolist()
            for term, count in zip(postings.terms(first, end), often, strict=True):
                counts[term.decode("utf-8", "replace")] += count
    _leave_out_parts(counts)
    return _most(counts, Source.WORD, limit)


def _leave_out_parts(counts: Counter[str]) -> None:
    """Leave out words that stand only in longer ones: 行政部, when it is always 行政部门."""
    shorter: list[str] = []
    for word in sorted(counts):
        while shorter and not word.startswith(shorter[-1]):
            shorter.pop()
        if shorter and counts[shorter[-1]] == counts[word]:
            del counts[shorter.pop()]
        shorter.append(word)


def _living_frequencies(
    segment: ParagraphSegment, postings: Postings, first: int, end: int
) -> NDArray[np.int64]:
    """In how many paragraphs that are not deleted each of some words stands."""
    if not len(segment.deleted):
        return postings.document_frequencies(first, end).astype(np.int64)
    slots, terms = postings.slots_between(first, end)
    is_new = np.ones(len(slots), bool)
    is_new[1:] = (slots[1:] != slots[:-1]) | (terms[1:] != terms[:-1])
    return np.bincount(terms[is_new & segment.living[slots]] - first, minlength=end - first)


def _headings(prefix: str, snapshot: Snapshot, limit: int) -> Iterator[Suggestion]:
    """Headings from the prefix on, without the number before it."""
    published: Counter[str] = Counter()
    for segment in snapshot.segments:
        sections = _sections(segment, prefix)
        sizes = np.diff(segment.path_starts)[sections]
        longest = sections[np.argsort(-sizes, kind="stable")[:_MOST_SECTIONS]]
        for first in segment.path_starts[longest].tolist():
            published.update(_endings(segment.path(first), prefix))
    counts: Counter[str] = Counter()
    for heading, _ in published.most_common(limit):
        for segment in snapshot.segments:
            sections = _sections(segment, fold(heading), is_whole=True)
            counts[heading] += int(np.diff(segment.path_starts)[sections].sum())
    return _most(counts, Source.HEADING, limit)


def _sections(
    segment: ParagraphSegment, string: str, *, is_whole: bool = False
) -> NDArray[np.int64]:
    """The sections, not deleted, that have a heading with a string behind its number.

    Args:
        segment: where to look.
        string: folded.
        is_whole: whether the heading has to end with it.
    """
    postings = segment.postings(Zone.HEADING.grams)
    starts = find_string(postings, string)
    is_first = postings.cell_starts[postings.cells(starts)] == starts
    behind = [find_string(postings, sign + string) + 1 for sign in _BEFORE_HEADINGS]
    starts = starts[is_first | _are_among(starts, np.sort(np.concatenate(behind)))]
    if is_whole:
        is_last = postings.cell_ends(postings.cells(starts)) == starts + len(string)
        starts = starts[is_last | _are_among(starts, find_string(postings, string + "\n"))]
    sections = np.flatnonzero(np.bincount(postings.cells(starts).astype(np.int64)))
    living: NDArray[np.int64] = sections[segment.living[segment.path_starts[sections]]]
    return living


def _are_among(places: NDArray[np.int64], others: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether each place is one of others, which rise."""
    # Unlike np.isin this does not import the masked arrays, which takes 50 ms.
    found: NDArray[np.bool_] = np.append(others, -1)[np.searchsorted(others, places)] == places
    return found


def _endings(headings: tuple[str, ...], prefix: str) -> Iterator[str]:
    """What of some headings begins with a prefix, as published."""
    for heading in headings:
        folded = FoldedText(heading)
        at = folded.text.find(prefix)
        while at > 0 and folded.text[at - 1] not in _BEFORE_HEADINGS:
            at = folded.text.find(prefix, at + 1)
        if at >= 0:
            yield heading[folded.original_span(at, at + len(prefix))[0] :]


def _titles(prefix: str, snapshot: Snapshot, limit: int) -> Iterator[Suggestion]:
    reports = snapshot.reports
    counts: Counter[str] = Counter()
    rows: dict[str, int] = {}
    for row, title in reports.titled(prefix).items():
        if title.startswith(prefix):
            counts[title] += reports.paragraphs(row)
            rows.setdefault(title, row)
    for one in _most(counts, Source.TITLE, limit):
        yield replace(one, text=reports.report(rows[one.text]).title)


def _most(counts: Counter[str], source: Source, limit: int) -> Iterator[Suggestion]:
    for text, count in counts.most_common(limit):
        if count:
            yield Suggestion(text, source, count)


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
