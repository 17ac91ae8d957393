"""Merging segments that `writer.ArrayWriter` wrote: several as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer.storage.merging import merged_postings
from indexer.storage.posting_arrays import Cells
from indexer.storage.postings import Postings
from indexer.storage.record_arrays import merged_records
from indexer.storage.segment import Segment

from .columns import column_arrays, stored_column
from .stored import RECORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from whoosh.fields import FieldType, Schema

    from indexer.storage.checked import Arrays

    from .columns import Value


def merged(schema: Schema, segments: Sequence[Segment]) -> tuple[int, list[str], list[str], Arrays]:
    """Several segments as one, without what is deleted and what the schema has no more.

    Args:
        schema: of the index.
        segments: at least one, in order.

    Returns:
        What `storage.segment.write_segment` takes: how many documents there are, the names
        of the fields, those of the records, and the arrays.

    Raises:
        IndexCorrupt: a segment is damaged.
    """
    living = [segment.living for segment in segments]
    whole = [_Whole(segment) for segment in segments]
    names = {name for segment in segments for name in segment.fields}
    fields = sorted(name for name in names if name in schema)
    arrays = merged_records(RECORDS, [segment.records(RECORDS) for segment in segments], living)
    for field in fields:
        arrays.update(merged_postings(field, whole))
    for field, definition in schema.items():
        if definition.column_type:
            values: list[Value] = []
            for segment in segments:
                values += _living_values(segment, field, definition)
            arrays.update(column_arrays(field, values))
    documents = sum(int(kept.sum()) for kept in living)
    return documents, fields, [RECORDS], arrays


def _living_values(segment: Segment, field: str, definition: FieldType) -> list[Value]:
    """The values of a column; what its type has for none, if the segment lacks it."""
    column = stored_column(segment.file, field)
    if column is None:
        return [definition.column_type.default_value()] * int(segment.living.sum())
    pairs = zip(column.decoded(), segment.living.tolist(), strict=True)
    return [value for value, lives in pairs if lives]


class _Whole(Segment):
    """A segment that has all fields: of those that it lacks, no terms."""

    def __init__(self, segment: Segment) -> None:
        super().__init__(segment.file)
        self.deleted = segment.deleted

    def postings(self, field: str) -> Postings:
        if field in self.fields:
            return super().postings(field)
        return _NoPostings(self.documents)


class _NoPostings(Postings):
    """The postings of a field that no document has."""

    def __init__(self, documents: int) -> None:
        self._size = documents

    def __len__(self) -> int:
        return 0

    def terms(self, first: int = 0, end: int | None = None) -> list[bytes]:  # noqa: ARG002
        return []

    def slots_between(
        self,
        first: int,  # noqa: ARG002
        end: int,  # noqa: ARG002
    ) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
        return np.zeros(0, np.uint32), np.zeros(0, np.int64)

    def arrangement(self) -> Cells:
        return Cells(lengths=np.zeros(self._size, np.int64))
