"""The values of a field over all segments, comparable by number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from whoosh.reading import IndexReader

    from .columns import CodedColumn, Value


@dataclass(frozen=True, slots=True)
class Ordinals:
    """A field's value in every document of an index.

    Attributes:
        ranks: of every document the place of its value among the values.
        values: the different values, in order.
    """

    ranks: NDArray[np.int64]
    values: Sequence[Value]

    def values_of(self, documents: NDArray[np.int64]) -> list[Value]:
        """The values of some documents."""
        return [self.values[rank] for rank in self.ranks[documents].tolist()]


def ordinals(reader: IndexReader, field: str) -> Ordinals | None:
    """The values of a field, None unless all segments have its column.

    Args:
        reader: of an index.
        field: its name.
    """
    if field not in reader.schema or not reader.schema[field].column_type:
        return None
    columns: list[CodedColumn] = []
    for leaf, _ in reader.leaf_readers():
        column = leaf.segment().column(field) if leaf.segment() else None
        if column is None:
            return None
        columns.append(column)
    if all(column.values == columns[0].values for column in columns):
        codes = np.concatenate([column.codes for column in columns])
        return Ordinals(codes.astype(np.int64), columns[0].values)
    values: list[Any] = sorted({value for column in columns for value in column.values})
    rank = {value: place for place, value in enumerate(values)}
    parts = [
        np.array([rank[value] for value in column.values], np.int64)[column.codes]
        for column in columns
    ]
    return Ordinals(np.concatenate(parts), values)
