"""Writes documents into segments: see `whoosh.writing`."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING, Any, Protocol
from weakref import finalize

import numpy as np
from whoosh.fields import UnknownFieldError
from whoosh.writing import IndexingError as WritingError
from whoosh.writing import IndexWriter

from indexer.storage.posting_arrays import Cells, field_arrays
from indexer.storage.record_arrays import RecordsWriter

from .codec import open_reader
from .columns import column_arrays
from .errors import Unsupported
from .merging import merged
from .segment import ArraySegment
from .stored import RECORDS, encode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from whoosh.fields import FieldType, Schema
    from whoosh.reading import IndexReader

    from indexer.storage.checked import Arrays
    from indexer.storage.segment import Segment

    from .columns import Value


_BOOST = re.compile(r"_(?!stored_)(.*_)?boost")
"""Whoosh's names for what a document, or a field of it, is to weigh."""


class Target(Protocol):
    """Where segments are written to. What is done comes into force with `commit`."""

    @property
    def committed(self) -> Sequence[Segment]:
        """All segments, in order, as they were last committed; what did not change is kept."""

    @property
    def segments(self) -> Sequence[Segment]:
        """All segments, in order, as they will be after the next commit."""

    @property
    def generation(self) -> int:
        """How often there was a commit."""

    def refresh(self) -> None:
        """See what others committed."""

    def begin(self) -> None:
        """Begin to write, alone, on what there is."""

    def write(
        self, documents: int, fields: Sequence[str], records: Sequence[str], arrays: Arrays
    ) -> None:
        """Add a segment after the others: see `storage.segment.write_segment`."""

    def delete(self, segment: int, documents: NDArray[np.int64]) -> None:
        """Delete more documents of one of the segments."""

    def drop(self, segments: Sequence[int]) -> None:
        """Remove some of the segments."""

    def commit(self) -> None:
        """Let all that was done come into force."""

    def cancel(self) -> None:
        """Undo all that was done since the last commit."""


class ArrayWriter(IndexWriter):  # type: ignore[misc]  # Whoosh has no types
    """Gathers documents and writes them as one segment: see `whoosh.writing.IndexWriter`.

    One that is dropped undoes what it did, as by `cancel`.

    Args:
        schema: of the documents.
        target: where to write them.

    Raises:
        Unsupported: the schema asks for what is not kept.
    """

    def __init__(self, schema: Schema, target: Target) -> None:
        for name, definition in schema.items():
            _require_supported(name, definition)
        target.begin()
        self.schema = schema
        self._target = target
        self._gatherer = _DocumentGatherer()
        self._undo = finalize(self, target.cancel)
        self._undo.atexit = False  # the lock goes with the process, and what it left with the next

    def _check_open(self) -> None:
        if not self._undo.alive:
            raise WritingError("This writer is closed")

    def reader(self, **_options: Any) -> IndexReader:
        """See `whoosh.writing.IndexWriter`: without what is added by this writer."""
        self._check_open()
        segments = [ArraySegment(segment, self.schema) for segment in self._target.segments]
        return open_reader(self.schema, segments, self._target.generation)

    def add_document(self, **fields: Any) -> None:
        """See `whoosh.writing.IndexWriter`.

        Raises:
            UnknownFieldError: there is no field of that name.
            Unsupported: there is something in the document that is not kept.
        """
        self._check_open()
        names = sorted(name for name in fields if not name.startswith("_"))
        for name in names:
            if name not in self.schema:
                raise UnknownFieldError(f"No field named {name!r} in {self.schema}")
        for name in fields:
            if _BOOST.fullmatch(name):
                raise Unsupported(f"{name}: a document's own boost is not kept")
        values = {name: fields[name] for name in names if fields[name] is not None}
        self._gatherer.add(
            {name: self.schema[name] for name in values},
            values,
            {name: fields.get(f"_stored_{name}", value) for name, value in values.items()},
        )

    def delete_document(self, docnum: int, delete: bool = True) -> None:  # noqa: FBT001, FBT002
        """See `whoosh.writing.IndexWriter`.

        Raises:
            Unsupported: it should be brought back.
        """
        self._check_open()
        if not delete:
            raise Unsupported("what is deleted cannot be brought back")
        starts = np.cumsum([0, *(segment.documents for segment in self._target.segments)])
        if not 0 <= docnum < starts[-1]:
            raise WritingError(f"No document ID {docnum!r} in this index")
        segment = int(np.searchsorted(starts, docnum, "right")) - 1
        self._target.delete(segment, np.array([docnum - starts[segment]], np.int64))

    def commit(self, *, optimize: bool | None = None, merge: bool | None = None) -> None:  # noqa: ARG002
        """See `whoosh.writing.IndexWriter`. What fails is undone, as by `cancel`.

        Args:
            optimize: make all segments one, without what is deleted.
            merge: says nothing: segments are left as they are unless all become one.
        """
        self._check_open()
        try:
            self._write(optimize=bool(optimize))
            self._target.commit()
        except BaseException:
            self.cancel()
            raise
        self._undo.detach()

    def _write(self, *, optimize: bool) -> None:
        target = self._target
        if len(self._gatherer):
            target.write(*self._gatherer.written(self.schema))
        segments = list(target.segments)
        if optimize and (len(segments) > 1 or any(len(each.deleted) for each in segments)):
            written = merged(self.schema, segments)
            if written[0]:
                target.write(*written)
            target.drop(range(len(segments)))

    def cancel(self) -> None:
        """See `whoosh.writing.IndexWriter`."""
        self._check_open()
        self._undo()


def _require_supported(name: str, definition: FieldType) -> None:
    """Refuse what would not be kept of a field.

    Raises:
        Unsupported: there is something.
    """
    if definition.vector:
        raise Unsupported(f"{name}: term vectors are not kept")
    if definition.separate_spelling():
        raise Unsupported(f"{name}: words are not kept apart for spelling")
    if _has_positions(definition) and not definition.stored:
        raise Unsupported(
            f"{name}: positions are found in the stored text: make the field stored, "
            f"or do without them (phrase=False)"
        )


def _has_positions(definition: FieldType) -> bool:
    return bool(definition.indexed and definition.format.supports("positions"))


class _DocumentGatherer:
    """Gathers documents for a segment."""

    def __init__(self) -> None:
        self._documents = 0
        self._fields: dict[str, _FieldGatherer] = {}
        self._columns: dict[str, dict[int, Value]] = {}
        self._stored = RecordsWriter()

    def __len__(self) -> int:
        return self._documents

    def add(
        self,
        definitions: Mapping[str, FieldType],
        values: Mapping[str, Any],
        kept: Mapping[str, Any],
    ) -> None:
        """Add a document.

        Args:
            definitions: of its fields.
            values: of the fields.
            kept: what is to be stored and sorted by instead.

        Raises:
            Unsupported: there is something in it that is not kept.
        """
        occurrences, sorted_by = {}, {}
        for name, definition in definitions.items():
            _require_supported(name, definition)
            if definition.indexed:
                occurrences[name] = _occurrences(name, definition, values[name])
            if _has_positions(definition) and kept[name] != values[name]:
                raise Unsupported(f"{name}: its positions are found in what is stored of it")
            if definition.column_type and kept[name] is not None:
                sorted_by[name] = definition.to_column_value(kept[name])
        stored = {
            name: value
            for name, value in kept.items()
            if definitions[name].stored and value is not None
        }
        self._stored.add([encode(stored)])
        for name, counts in occurrences.items():
            field = self._fields.setdefault(name, _FieldGatherer())
            field.add(self._documents, counts, scored=bool(definitions[name].scorable))
        for name, value in sorted_by.items():
            self._columns.setdefault(name, {})[self._documents] = value
        self._documents += 1

    def written(self, schema: Schema) -> tuple[int, list[str], list[str], Arrays]:
        """All documents, as `Target.write` takes them.

        Args:
            schema: of the index.
        """
        arrays = self._stored.arrays(RECORDS)
        for name, field in self._fields.items():
            arrays.update(field.arrays(name, self._documents))
        for name, definition in schema.items():
            if definition.column_type:
                values, default = (
                    self._columns.get(name, {}),
                    definition.column_type.default_value(),
                )
                column = [values.get(document, default) for document in range(self._documents)]
                arrays.update(column_arrays(name, column))
        return self._documents, sorted(self._fields), [RECORDS], arrays


def _occurrences(name: str, definition: FieldType, value: Any) -> list[tuple[bytes, int]]:
    """The terms of a field's value, and how often each occurs.

    Raises:
        Unsupported: a term weighs something else.
    """
    counts = []
    boost = definition.format.field_boost
    for text, frequency, weight, _ in definition.index(value):
        if weight != frequency * boost:
            raise Unsupported(f"{name}: the weight of single terms is not kept")
        counts.append((text, frequency))
    return counts


class _FieldGatherer:
    """Gathers the occurrences of a field's terms."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._owners = array("I")
        self._documents = array("I")
        self._counts = array("I")
        self._lengths: dict[int, int] = {}

    def add(self, document: int, counts: list[tuple[bytes, int]], *, scored: bool) -> None:
        """Add a document's terms.

        Args:
            document: its number.
            counts: its terms, and how often each occurs.
            scored: whether its length counts.
        """
        numbers = self._numbers
        for text, count in counts:
            self._owners.append(numbers.setdefault(text, len(numbers)))
            self._counts.append(count)
        self._documents.extend([document] * len(counts))
        if scored:
            self._lengths[document] = sum(count for _, count in counts)

    def arrays(self, name: str, documents: int) -> Arrays:
        """The arrays of the field.

        Args:
            name: its name.
            documents: how many there are.
        """
        terms = sorted(self._numbers)
        rank = np.empty(len(terms), np.int64)
        rank[[self._numbers[term] for term in terms]] = np.arange(len(terms))
        counts = np.array(self._counts, np.int64)
        owners = np.repeat(rank[np.array(self._owners, np.int64)], counts)
        slots = np.repeat(np.array(self._documents, np.int64), counts)
        lengths = np.zeros(documents, np.int64)
        lengths[list(self._lengths)] = list(self._lengths.values())
        return field_arrays(name, terms, owners, slots, Cells(lengths=lengths))
