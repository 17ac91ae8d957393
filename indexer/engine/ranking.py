"""The order of what was found: by score, by columns, or as it comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from whoosh.sorting import FieldFacet, MultiFacet, ScoreFacet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray
    from whoosh.sorting import FacetType

    from .ordinals import Ordinals
    from .vectors import Vector

    Places = NDArray[np.intp]

_GROUP = 64
"""Scores of which only the highest is looked at first."""


class Ranking(Protocol):
    """An order of documents."""

    @property
    def scored(self) -> bool:
        """Whether it needs their scores."""

    def places(self, found: Vector, limit: int | None) -> Places:
        """The places of the first documents among what was found, in order.

        Args:
            found: all documents.
            limit: how many are wanted; all if None.
        """

    def keys(self, found: Vector, places: Places) -> list[Any]:
        """What some of the documents were ranked by."""


@dataclass(frozen=True, slots=True)
class ByScore:
    """The highest score first, documents of one score in order.

    Attributes:
        reverse: the other way round.
    """

    reverse: bool = False
    scored = True

    def places(self, found: Vector, limit: int | None) -> Places:
        """See `Ranking`."""
        if self.reverse:
            return np.lexsort((found.documents, -found.scores))[::-1][:limit]
        candidates = _candidates(found.scores, limit)
        order = np.lexsort((candidates, -found.scores[candidates]))
        return candidates[order][:limit]

    def keys(self, found: Vector, places: Places) -> list[Any]:
        """See `Ranking`."""
        scores: list[Any] = found.scores[places].tolist()
        return scores


def _candidates(scores: NDArray[np.float64], limit: int | None) -> Places:
    """The places of few scores that the highest are among, the first of equal ones.

    The scores are dealt into groups. As many groups as documents are wanted hold one that
    is no lower than the last of those groups' highest scores, so nothing below that counts.
    That takes a few passes over the scores; partitioning them takes long when many are
    equal, as those of short texts are.
    """
    count = len(scores)
    group = 0 if limit is None else min(_GROUP, count // (2 * limit))
    if limit is None or group < 2:  # noqa: PLR2004 (as many groups as scores)
        return np.arange(count)
    groups = scores[: count // group * group].reshape(group, -1)
    lowest = np.sort(groups.max(axis=0))[-limit]
    above = np.flatnonzero(scores > lowest)
    if len(above) >= limit:
        return above
    equal = np.flatnonzero(scores == lowest)
    return np.concatenate([above, equal[: limit - len(above)]])


@dataclass(frozen=True, slots=True)
class AsTheyCome:
    """The documents in order, without scores."""

    scored = False

    def places(self, found: Vector, limit: int | None) -> Places:
        """See `Ranking`."""
        return np.arange(len(found))[:limit]

    def keys(self, _found: Vector, places: Places) -> list[Any]:
        """See `Ranking`."""
        return [None] * len(places)


@dataclass(frozen=True, slots=True)
class Key:
    """What documents are sorted by.

    Attributes:
        column: the values of a field; the score if None.
        descending: the highest first.
    """

    column: Ordinals | None
    descending: bool

    def numbers(self, found: Vector) -> NDArray[Any]:
        """Numbers that sort so, of every document that was found."""
        numbers = found.scores if self.column is None else self.column.ranks[found.documents]
        return -numbers if self.descending else numbers

    def values(self, found: Vector, places: Places) -> list[Any]:
        """What some documents are sorted by; Whoosh has scores negated there."""
        if self.column is None:
            negated: list[Any] = (-found.scores[places]).tolist()
            return negated
        return list(self.column.values_of(found.documents[places]))


@dataclass(frozen=True, slots=True)
class ByFacets:
    """By the values of columns, one after the other, or by the score among them.

    Attributes:
        by: what to sort by.
        reverse: the other way round, all of it.
    """

    by: Sequence[Key]
    reverse: bool = False

    @property
    def scored(self) -> bool:
        """See `Ranking`."""
        return any(key.column is None for key in self.by)

    def places(self, found: Vector, limit: int | None) -> Places:
        """See `Ranking`."""
        numbers = [key.numbers(found) for key in self.by]
        order = np.lexsort((found.documents, *reversed(numbers)))
        return (order[::-1] if self.reverse else order)[:limit]

    def keys(self, found: Vector, places: Places) -> list[Any]:
        """See `Ranking`: the values, or tuples of them."""
        values = [key.values(found, places) for key in self.by]
        return values[0] if len(values) == 1 else list(zip(*values, strict=True))


def by_facets(
    sortedby: Any, ordinals: Callable[[str], Ordinals | None], *, reverse: bool
) -> ByFacets | None:
    """The order that Whoosh's `sortedby` names, None if part of it is not by column or score.

    Args:
        sortedby: facets, or the names of fields.
        ordinals: gives the values of a field, None if it has no column.
        reverse: the other way round.
    """
    keys = []
    for facet in _single(MultiFacet.from_sortedby(sortedby)):
        column = ordinals(facet.fieldname) if type(facet) is FieldFacet else None
        if column is None and type(facet) is not ScoreFacet:
            return None
        keys.append(Key(column, descending=column is None or facet.reverse))
    return ByFacets(keys, reverse) if keys else None


def _single(facet: FacetType) -> Iterator[FacetType]:
    """The facets that a facet is made of."""
    if type(facet) is not MultiFacet:
        yield facet
        return
    for part in facet.facets:
        yield from _single(part)
