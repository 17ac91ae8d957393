"""Sets of documents with scores, in whole arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    Documents = NDArray[np.int64]
    Scores = NDArray[np.float64]

_FEW = 16
"""Fewer documents than one in so many of the others' are looked up one by one: a binary
search costs about as much as clearing and filling so many places of a table."""


@dataclass(frozen=True, slots=True)
class Vector:
    """Documents of a segment that match something.

    Attributes:
        documents: their numbers, rising.
        scores: of each of them.
    """

    documents: Documents
    scores: Scores

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self.documents)

    def boosted(self, factor: float) -> Vector:
        """The same with other scores."""
        return self if factor == 1 else Vector(self.documents, self.scores * factor)

    def only(self, kept: NDArray[np.bool_]) -> Vector:
        """Some of the documents."""
        places = np.flatnonzero(kept)
        return Vector(self.documents[places], self.scores[places])

    def at(self, documents: Documents) -> tuple[NDArray[np.bool_], Scores]:
        """Look documents up.

        Args:
            documents: rising.

        Returns:
            Of each whether it is one of these, and its score, 0 if it is not.
        """
        if not len(self) or not len(documents):
            return np.zeros(len(documents), bool), np.zeros(len(documents))
        if len(documents) * _FEW < len(self):
            places = np.minimum(np.searchsorted(self.documents, documents), len(self) - 1)
            found = self.documents[places] == documents
            return found, np.where(found, self.scores[places], 0.0)
        size = max(int(self.documents[-1]), int(documents[-1])) + 1
        taken = np.zeros(size, bool)
        taken[self.documents] = True
        scores = np.zeros(size)
        scores[self.documents] = self.scores
        return taken[documents], scores[documents]


def constant(documents: Documents, score: float = 1.0) -> Vector:
    """Documents that all have one score."""
    return Vector(documents, np.broadcast_to(np.float64(score), len(documents)))


EMPTY = constant(np.zeros(0, np.int64))


def intersection(vectors: Iterable[Vector]) -> Vector:
    """The documents that are in all, their scores added up."""
    smallest, *others = sorted(vectors, key=len)
    for other in others:
        found, scores = other.at(smallest.documents)
        smallest = Vector(smallest.documents, smallest.scores + scores).only(found)
    return smallest


def total(documents: Documents, scores: Scores, size: int) -> Vector:
    """Documents that may come several times, each once, its scores added up.

    Args:
        documents: of one segment, in any order.
        scores: of each.
        size: how many documents the segment has.
    """
    taken = np.zeros(size, bool)
    taken[documents] = True
    different = np.flatnonzero(taken)
    sums = np.bincount(documents, scores, size).astype(np.float64, copy=False)
    return Vector(different, sums[different])


def union(vectors: Sequence[Vector], size: int) -> Vector:
    """The documents that are in any, their scores added up.

    Args:
        vectors: of one segment.
        size: how many documents it has.
    """
    taken, scores = np.zeros(size, bool), np.zeros(size)
    for vector in vectors:
        taken[vector.documents] = True
        scores[vector.documents] += vector.scores
    documents = np.flatnonzero(taken)
    return Vector(documents, scores[documents])


def highest(vectors: Sequence[Vector], size: int) -> Vector:
    """The documents that are in any, each with the highest score that it has.

    Args:
        vectors: of one segment.
        size: how many documents it has.
    """
    scores = np.full(size, -np.inf)
    for vector in vectors:
        scores[vector.documents] = np.maximum(scores[vector.documents], vector.scores)
    documents = np.flatnonzero(scores > -np.inf)
    return Vector(documents, scores[documents])


def with_any(preferred: Vector, other: Vector) -> Vector:
    """The first documents; those that are in the other too have its score added."""
    _, scores = other.at(preferred.documents)
    return Vector(preferred.documents, preferred.scores + scores)


def within(preferred: Vector, other: Vector) -> Vector:
    """Those of the first documents that are in the other, with the first scores."""
    return preferred.only(other.at(preferred.documents)[0])


def without(preferred: Vector, other: Vector) -> Vector:
    """Those of the first documents that are not in the other."""
    return preferred.only(~other.at(preferred.documents)[0])


def complement(vector: Vector, size: int) -> Vector:
    """The documents that are not there, with a score of 1.

    Args:
        vector: of one segment.
        size: how many documents it has.
    """
    absent = np.ones(size, bool)
    absent[vector.documents] = False
    return constant(np.flatnonzero(absent))
