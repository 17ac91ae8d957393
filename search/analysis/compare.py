"""Comparing two reports, or what two queries find: their words and their paragraphs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.model import ID_LENGTH
from corpus.plain import Plain
from indexer import fold
from search.addresses import SHORTEST_PREFIX, row_of

from .alignment import align
from .rewording import Edit, edits

if TYPE_CHECKING:
    from collections.abc import Sequence

    from indexer import Snapshot
    from search.results import Passage

    from .keyness import Keyness

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
class Comparison(Plain):
    """What two reports, or what two queries find, differ in.

    Attributes:
        before: the first, as it was asked for.
        after: the second.
        words: the words and phrases that they differ in.
        paragraphs: which became which.
    """

    before: str
    after: str
    words: Keyness
    paragraphs: Alignment


def row_named(name: str, snapshot: Snapshot) -> int | None:
    """The row of the report that an id names, or None if it names none and is a query.

    Raises:
        UnknownAddress: more than one report has an id that begins so.
    """
    prefix = fold(name).strip()
    is_id = _ID.fullmatch(prefix) and snapshot.reports.rows_beginning(prefix)
    return row_of(prefix, snapshot.reports) if is_id else None


def alignment(before: Sequence[Passage], after: Sequence[Passage], snapshot: Snapshot) -> Alignment:
    """Tell which paragraphs of one set became which of another.

    Args:
        before: the first set.
        after: the second.
        snapshot: the index that they are from.
    """
    matches = align(*([fold(passage.text) for passage in side] for side in (before, after)))
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
