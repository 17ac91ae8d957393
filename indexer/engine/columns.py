"""Columns: one value a document, kept as its place among the different values in order.

So documents are sorted by comparing places, and counted by value without reading any.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import columns

from corpus.messages import Message
from indexer.storage.checked import smallest

from .errors import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from numpy.typing import NDArray

    from indexer.storage.checked import Arrays, CheckedFile

Value = bytes | int
"""What a column holds: bytes in some fields, integers in the others."""


@dataclass(frozen=True, slots=True)
class CodedColumn:
    """A column of values.

    Attributes:
        codes: of every document the place of its value.
        values: the different values, in order.
    """

    codes: NDArray[Any]
    values: Sequence[Value]

    def decoded(self) -> list[Value]:
        """The value of every document."""
        return [self.values[code] for code in self.codes.tolist()]


def column_arrays(field: str, values: Sequence[Value]) -> Arrays:
    """The arrays of a column.

    Args:
        field: its field's name.
        values: of every document, either all bytes or all integers.

    Raises:
        Unsupported: they are something else.
    """
    kinds = [kind for kind in _KINDS if all(isinstance(value, kind) for value in values)]
    if not kinds:
        raise Unsupported(f"cannot sort by {field}: its values are neither bytes nor integers")
    different: list[Any] = sorted(set(values))
    places = {value: place for place, value in enumerate(different)}
    codes = smallest([places[value] for value in values])
    return {f"{field}.codes": codes, **_KINDS[kinds[0]](field, different)}


def _number_arrays(field: str, numbers: Sequence[int]) -> Arrays:
    kind = np.int64 if numbers and numbers[0] < 0 else np.uint64
    return {f"{field}.numbers": np.array(numbers, kind)}


def _bytes_arrays(field: str, values: Sequence[bytes]) -> Arrays:
    ends = np.cumsum([0, *map(len, values)])
    return {f"{field}.values": b"".join(values), f"{field}.value_ends": smallest(ends)}


_KINDS: dict[type, Callable[[str, Any], Arrays]] = {int: _number_arrays, bytes: _bytes_arrays}


def stored_column(file: CheckedFile, field: str) -> CodedColumn | None:
    """A column that was written with `column_arrays`, if it was.

    Raises:
        IndexCorrupt: it is damaged.
    """
    if f"{field}.codes" not in file:
        return None
    codes = file.column(f"{field}.codes").all()
    values: Sequence[Value]
    if f"{field}.numbers" in file:
        values = file.column(f"{field}.numbers").all().tolist()
    else:
        ends = file.column(f"{field}.value_ends").rising().tolist()
        blob = file.column(f"{field}.values")
        values = [blob.bytes(start, end) for start, end in pairwise(ends)]
    if len(codes) and int(codes.max()) >= len(values):
        raise file.damaged(Message("a column points to a value that is not there"))
    return CodedColumn(codes, values)


class CodedColumnReader(columns.ColumnReader):  # type: ignore[misc]  # Whoosh has no types
    """A column as Whoosh reads it.

    Args:
        column: its values.
    """

    def __init__(self, column: CodedColumn) -> None:
        self._column = column
        self._reverse = False

    def __len__(self) -> int:
        """How many documents there are."""
        return len(self._column.codes)

    def __getitem__(self, document: int) -> Value:
        """The value of a document."""
        return self._column.values[int(self._column.codes[document])]

    def __iter__(self) -> Iterator[Value]:
        """The value of every document."""
        return iter(self._column.decoded())

    def sort_key(self, document: int) -> Value:
        """What a document is sorted by."""
        value = self[document]
        return -value if self._reverse and isinstance(value, int) else value

    def set_reverse(self) -> None:
        """Sort the other way round: asked only of columns of integers."""
        self._reverse = True
