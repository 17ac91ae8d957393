"""Collapsing: paragraphs that say the same become one hit.

Two rules, applied from the best paragraph down. What has the same text, but for white space,
width and case, is one hit wherever it stands: told by fingerprints, so all of it is found.
And in reports that are near-duplicates of the report of the best one, what has nearly the
same text is: its runs of five characters are compared, and it must hold the same numbers,
for 增长6% is not what 增长7% says. Only for that texts are read, and only of linked reports.

A paragraph is judged by those before it alone: so the first hits are the same however many
are asked for, and no page shows again what a page before it stands for.
"""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer import Zone, fold

from .hits import ages

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from indexer import Snapshot

    from .evaluation import Answer

LEAST = 0.8
"""The similarity from which texts are nearly the same: a word of a sentence may differ."""

_RUN = 5
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


class Cluster(NamedTuple):
    """Paragraphs that say the same, as places of an answer's documents.

    Attributes:
        best: the first of them in the order of the hits.
        places: all of them, the earliest report first.
    """

    best: int
    places: tuple[int, ...]


def clusters(order: list[int], answer: Answer, snapshot: Snapshot) -> Iterator[Cluster]:
    """Collapse an answer.

    Args:
        order: the places of all its documents, the best first.
        answer: what was found.
        snapshot: the index.

    Yields:
        The clusters, each where its best paragraph stands.
    """
    return _Collapsing(np.array(order, np.int64), answer.documents, snapshot).clusters()


class _Collapsing:
    """One answer while it is collapsed: which texts are taken already."""

    def __init__(
        self, order: NDArray[np.int64], documents: NDArray[np.int64], snapshot: Snapshot
    ) -> None:
        self._snapshot = snapshot
        self._order = order
        self._documents = documents
        self._rows = snapshot.rows[documents]
        prints = snapshot.fingerprints[documents]
        self._by_text = np.argsort(prints, kind="stable")
        in_order = prints[self._by_text]
        begins = np.ones(len(prints), bool)
        begins[1:] = in_order[1:] != in_order[:-1]
        self._text_starts = np.append(np.flatnonzero(begins), len(prints))
        self._texts = np.empty(len(prints), np.int64)
        self._texts[self._by_text] = np.cumsum(begins) - 1
        self._taken = np.zeros(len(self._text_starts) - 1, bool)

    def clusters(self) -> Iterator[Cluster]:
        for best in self._order.tolist():
            text = int(self._texts[best])
            if self._taken[text]:
                continue
            self._taken[text] = True
            members = [self._with_text(text)]
            for other in self._nearly(best):
                self._taken[other] = True
                members.append(self._with_text(other))
            places = np.concatenate(members)
            ages = self._ages[self._rows[places]]
            yield Cluster(best, tuple(places[np.lexsort((places, ages))].tolist()))

    def _with_text(self, text: int) -> NDArray[np.int64]:
        """The places that have a text, by its number."""
        return self._by_text[self._text_starts[text] : self._text_starts[text + 1]]

    def _nearly(self, best: int) -> list[int]:
        """The texts not taken yet that are nearly the same, in reports linked to its own."""
        linked, _ = self._snapshot.reports.links(int(self._rows[best]))
        if not len(linked):
            return []
        begins = np.searchsorted(self._sorted_rows, linked)
        ends = np.searchsorted(self._sorted_rows, linked, "right")
        parts = [self._by_row[begin:end] for begin, end in zip(begins, ends, strict=True)]
        texts, firsts = np.unique(self._texts[np.concatenate(parts)], return_index=True)
        places = np.concatenate(parts)[firsts]
        is_free = ~self._taken[texts]
        lengths = self._lengths[places] / max(1, int(self._lengths[best]))
        candidates = is_free & (lengths >= LEAST / 2) & (lengths <= 2 / LEAST)
        own = _Wording.of(self._text(best)) if candidates.any() else None
        return [
            text
            for text, place in zip(
                texts[candidates].tolist(), places[candidates].tolist(), strict=True
            )
            if own and own.is_nearly(_Wording.of(self._text(place)))
        ]

    @cached_property
    def _ages(self) -> NDArray[np.int64]:
        return ages(self._snapshot.reports)

    @cached_property
    def _lengths(self) -> NDArray[np.int64]:
        return self._snapshot.lengths(Zone.TEXT, self._documents)

    @cached_property
    def _by_row(self) -> NDArray[np.int64]:
        """All places, report by report."""
        return np.argsort(self._rows, kind="stable")

    @cached_property
    def _sorted_rows(self) -> NDArray[np.int64]:
        return self._rows[self._by_row]

    def _text(self, place: int) -> str:
        return fold(self._snapshot.text(int(self._documents[place])))


class _Wording(NamedTuple):
    """What texts are compared by.

    Attributes:
        runs: every five letters and digits that follow one another, or all if there are fewer.
        numbers: in it, in order.
    """

    runs: frozenset[str]
    numbers: tuple[str, ...]

    @classmethod
    def of(cls, folded: str) -> _Wording:
        letters = "".join(filter(str.isalnum, folded))
        starts = range(max(1, len(letters) - _RUN + 1))
        runs = frozenset(letters[start : start + _RUN] for start in starts)
        return cls(runs, tuple(_NUMBER.findall(folded)))

    def is_nearly(self, other: _Wording) -> bool:
        common = len(self.runs & other.runs)
        return self.numbers == other.numbers and common >= LEAST * len(self.runs | other.runs)
