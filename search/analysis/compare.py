"""Comparing two reports, or what two queries find: their words and their paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Literal

from corpus.model import ID_LENGTH
from corpus.plain import Plain
from indexer import fold
from search.addresses import SHORTEST_PREFIX, row_of
from search.hits import passage_of

from .alignment import align
from .keyness import Keyness, keyness
from .rewording import Edit, edits

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from corpus import Report
    from indexer import Snapshot
    from search.evaluation import Answer
    from search.results import Passage


ComparedPart = Literal["words", "paragraphs"]
"""What can be compared."""

_ID = re.compile(f"[0-9a-f]{{{SHORTEST_PREFIX},{ID_LENGTH}}}")


@dataclass(frozen=True, slots=True)
class AlignedPair(Plain):
    """A paragraph and what it became.

    Attributes:
        before: in the first set.
        after: in the second.
        similarity: 1 for the same text; see `search/analysis/alignment.py`.
        edits: what was changed, in order; none if the wording is the same.
    """

    before: Passage
    after: Passage
    similarity: float
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Alignment(Plain):
    """Which paragraphs of one set became which of another.

    Attributes:
        pairs: those that did, in the order of the second set.
        added: paragraphs of the second that are like none of the first.
        removed: paragraphs of the first that are like none of the second.
    """

    pairs: tuple[AlignedPair, ...]
    added: tuple[Passage, ...]
    removed: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Side(Plain):
    """What is compared.

    Attributes:
        name: as it was asked for.
        report: which it is; None if it is what a query finds.
        paragraphs: how many it has.
    """

    name: str
    report: Report | None
    paragraphs: int


@dataclass(frozen=True, slots=True)
class Comparison(Plain):
    """What two reports, or what two queries find, differ in.

    Attributes:
        before: the first.
        after: the second.
        words: the words and phrases that they differ in; None if they were not asked for.
        paragraphs: which became which; None if they were not asked for.
    """

    before: Side
    after: Side
    words: Keyness | None
    paragraphs: Alignment | None


def compare(
    before: str,
    after: str,
    snapshot: Snapshot,
    ask: Callable[[str], Answer],
    parts: Collection[ComparedPart],
    limit: int | None,
) -> Comparison:
    """Compare what two names stand for.

    Args:
        before: an id of a report, or a query.
        after: the same.
        snapshot: the index.
        ask: answers a query.
        parts: what to compare.
        limit: how many phrases of each kind to give at the most; None for all.

    Raises:
        UnknownAddress: more than one report has an id that begins so.
    """
    sides, passages = [], []
    for name in (before, after):
        row = _row_named(name, snapshot)
        documents = ask(name).documents.tolist() if row is None else snapshot.documents_of(row)
        report = None if row is None else snapshot.reports.report(row)
        sides.append(Side(name, report, len(documents)))
        passages.append([passage_of(snapshot.paragraph(document)) for document in documents])
    (old, new), (old_side, new_side) = passages, sides
    return Comparison(
        old_side,
        new_side,
        words=_words(old, new, snapshot, limit) if "words" in parts else None,
        paragraphs=_paragraphs(old, new, snapshot) if "paragraphs" in parts else None,
    )


def _row_named(name: str, snapshot: Snapshot) -> int | None:
    """The row of the report that an id names, or None if it names none and is a query."""
    prefix = fold(name).strip()
    is_id = _ID.fullmatch(prefix) and snapshot.reports.rows_beginning(prefix)
    return row_of(prefix, snapshot.reports) if is_id else None


def _words(
    before: Sequence[Passage], after: Sequence[Passage], snapshot: Snapshot, limit: int | None
) -> Keyness:
    old, new = _folded(before), _folded(after)
    segmenter = snapshot.segmenter_for(sum(map(len, chain(old, new))))
    return keyness(old, new, segmenter, limit)


def _paragraphs(
    before: Sequence[Passage], after: Sequence[Passage], snapshot: Snapshot
) -> Alignment:
    matches = align(_folded(before), _folded(after))
    changed = sum(len(before[match.before].text) for match in matches if match.similarity < 1)
    segmenter = snapshot.segmenter_for(2 * changed)
    kept, came = ({match[side] for match in matches} for side in (0, 1))
    return Alignment(
        tuple(
            AlignedPair(old, new, match.similarity, edits(old.text, new.text, segmenter))
            for match in matches
            for old, new in [(before[match.before], after[match.after])]
        ),
        tuple(passage for place, passage in enumerate(after) if place not in came),
        tuple(passage for place, passage in enumerate(before) if place not in kept),
    )


def _folded(passages: Sequence[Passage]) -> list[str]:
    return [fold(passage.text) for passage in passages]
