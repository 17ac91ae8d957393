"""The order of what was found: by score, by columns, or as it comes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from whoosh.sorting import FieldFacet, MultiFacet, ScoreFacet

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray
    from whoosh.sorting import FacetType

    from .ordinals import Ordinals
    from .vectors import Vector

    Places = NDArray[np.intp]


class Ranking(Protocol):
    """An order of documents.

    Attributes:
        scored: whether it needs their scores.
    """

    scored: bool

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
        candidates = _highest(found.scores, limit)
        order = np.lexsort((candidates, -found.scores[candidates]))
        return candidates[order]

    def keys(self, found: Vector, places: Places) -> list[Any]:
        """See `Ranking`."""
        return found.scores[places].tolist()


def _highest(scores: NDArray[np.float64], limit: int | None) -> Places:
    """The places of the highest scores, in no order; of equal ones the first."""
    count = len(scores)
    if limit is None or limit >= count:
        return np.arange(count)
    lowest = np.partition(scores, count - limit)[count - limit]
    above = np.flatnonzero(scores > lowest)
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


class ByFacets:
    """By the values of columns, one after the other, or by the score among them.

    Args:
        facets: what to sort by.
        ordinals: gives the values of a field.
        reverse: the other way round, all of it.
    """

    def __init__(
        self,
        facets: Sequence[FacetType],
        ordinals: Callable[[str], Ordinals],
        *,
        reverse: bool = False,
    ) -> None:
        self.scored = any(type(facet) is ScoreFacet for facet in facets)
        self._columns = [
            None if type(facet) is ScoreFacet else ordinals(facet.fieldname) for facet in facets
        ]
        self._signs = [-1 if getattr(facet, "reverse", True) else 1 for facet in facets]
        self._reverse = reverse

    def places(self, found: Vector, limit: int | None) -> Places:
        """See `Ranking`."""
        numbers = [
            sign * (found.scores if column is None else column.ranks[found.documents])
            for column, sign in zip(self._columns, self._signs, strict=True)
        ]
        order = np.lexsort((found.documents, *reversed(numbers)))
        return (order[::-1] if self._reverse else order)[:limit]

    def keys(self, found: Vector, places: Places) -> list[Any]:
        """See `Ranking`: the values, or tuples of them."""
        columns = [
            (-found.scores[places]).tolist()
            if column is None
            else column.values_of(found.documents[places])
            for column in self._columns
        ]
        return columns[0] if len(columns) == 1 else list(zip(*columns, strict=True))


def sortable(sortedby: Any) -> list[FacetType] | None:
    """The facets that Whoosh's `sortedby` names, None if one is not by column or score."""
    facets: list[FacetType] = MultiFacet.from_sortedby(sortedby).facets
    known = all(type(facet) in (FieldFacet, ScoreFacet) for facet in facets)
    return facets if facets and known else None
