"""Groups of what was found, by the values of columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.sorting import Count, Facets, FieldFacet

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from whoosh.fields import FieldType
    from whoosh.sorting import FacetMap

    from .ordinals import Ordinals


@dataclass(frozen=True, slots=True)
class Grouping:
    """Groups by a field.

    Attributes:
        definition: of the field.
        ordinals: its values.
        map: takes the groups.
    """

    definition: FieldType
    ordinals: Ordinals
    map: FacetMap

    def fill(self, documents: NDArray[np.int64]) -> FacetMap:
        """Put documents into their groups.

        Args:
            documents: in the order of the results.
        """
        ranks = self.ordinals.ranks[documents]
        if type(self.map) is Count:
            counts = np.bincount(ranks)
            for rank in np.flatnonzero(counts).tolist():
                self.map.dict[self._name(rank)] += int(counts[rank])
            return self.map
        names = {rank: self._name(rank) for rank in np.unique(ranks).tolist()}
        pairs = zip(documents.tolist(), ranks.tolist(), strict=True)
        for place, (document, rank) in enumerate(pairs):
            self.map.add(names[rank], document, place)
        return self.map

    def _name(self, rank: int) -> Any:
        return self.definition.from_column_value(self.ordinals.values[rank])


def groupings(
    groupedby: Any,
    maptype: Any,
    ordinals: Callable[[str], Ordinals | None],
    schema: Any,
) -> dict[str, Grouping] | None:
    """The groupings that Whoosh's `groupedby` names, None if one is not by a column.

    Args:
        groupedby: facets, by name.
        maptype: what takes the groups of a facet that does not say.
        ordinals: gives the values of a field, None if it has no column.
        schema: of the index.
    """
    found: dict[str, Grouping] = {}
    for name, facet in Facets.from_groupedby(groupedby).items():
        if type(facet) is not FieldFacet or facet.allow_overlap:
            return None
        values = ordinals(facet.fieldname)
        if values is None:
            return None
        found[name] = Grouping(schema[facet.fieldname], values, facet.map(maptype))
    return found
