"""A segment as the engine sees it: what is known of its fields and its documents."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.codec import base
from whoosh.util.numeric import byte_to_length

from corpus.messages import Message

from .codec import ArrayCodec
from .columns import CodedColumn, stored_column
from .errors import Unsupported
from .positions import Placed, placed
from .stored import RECORDS, decode
from .terms import ColumnTerms, StoredTerms

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from whoosh.fields import Schema

    from indexer.storage.segment import Segment

    from .terms import Terms

_LENGTHS = np.array([byte_to_length(code) for code in range(256)])
"""The lengths that Whoosh tells apart: it keeps one byte of each."""

_PLACED = 64
"""Texts of which it is remembered where their terms stand."""

_FIELDS = 64
"""Fields of which something is remembered: queries may name others than there are."""

_NORMS = 16
"""Fields of which the shares of their lengths in the scores are remembered."""


class ArraySegment(base.Segment):  # type: ignore[misc]  # Whoosh has no types
    """A stored segment under a schema. A product's own fields come in by a subclass.

    Args:
        stored: the segment.
        schema: of the index.

    Attributes:
        stored: the segment.
        schema: of the index.
        living: of every document whether it is not deleted; None if none is deleted.
    """

    def __init__(self, stored: Segment, schema: Schema) -> None:
        super().__init__(stored.file.path.stem)
        self.stored = stored
        self.schema = schema
        self.living = stored.living if len(stored.deleted) else None
        self.terms = lru_cache(_FIELDS)(self._terms)
        self.lengths = lru_cache(_FIELDS)(self._lengths)
        self.total_length = lru_cache(_FIELDS)(self._total_length)
        self.column = lru_cache(_FIELDS)(self._column)
        self.places = lru_cache(_PLACED)(self._places)
        self.norms = lru_cache(_NORMS)(self._norms)

    def codec(self) -> ArrayCodec:
        """See `whoosh.codec.base.Segment`."""
        return ArrayCodec()

    def doc_count_all(self) -> int:
        """See `whoosh.codec.base.Segment`."""
        return self.stored.documents

    def deleted_count(self) -> int:
        """See `whoosh.codec.base.Segment`."""
        return len(self.stored.deleted)

    def deleted_docs(self) -> list[int]:
        """See `whoosh.codec.base.Segment`."""
        numbers: list[int] = self.stored.deleted.tolist()
        return numbers

    def is_deleted(self, document: int) -> bool:
        """See `whoosh.codec.base.Segment`; Whoosh asks it of the one after the last too."""
        return document in self._deleted

    @cached_property
    def _deleted(self) -> frozenset[int]:
        return frozenset(self.deleted_docs())

    @cached_property
    def field_names(self) -> tuple[str, ...]:
        """The names of its indexed fields, in order."""
        return tuple(sorted(self.stored.fields))

    def _terms(self, field: str) -> Terms:
        """The terms of a field: none if it is not in the segment."""
        if field in self.stored.fields:
            return StoredTerms(self.stored.postings(field))
        return ColumnTerms(CodedColumn(np.zeros(self.stored.documents, np.uint8), [b""]))

    def _lengths(self, field: str) -> NDArray[np.int64]:
        """The length of a field in every document, as coarse as Whoosh keeps it."""
        codes = np.searchsorted(_LENGTHS, self.terms(field).lengths())
        return _LENGTHS[np.minimum(codes, len(_LENGTHS) - 1)]

    def _total_length(self, field: str) -> int:
        """The exact length of a field in all documents."""
        return int(self.terms(field).lengths().sum())

    def _norms(self, field: str, b: float, average: float) -> NDArray[np.float64]:
        """Of every document by how much BM25 holds the length of a field against it.

        Args:
            field: its name.
            b: how much that is to count.
            average: the length of the field on average.
        """
        return (1 - b) + b * np.maximum(self.lengths(field), 1) / average

    def _column(self, field: str) -> CodedColumn | None:
        """The column of a field, if it has one."""
        return stored_column(self.stored.file, field)

    def stored_fields(self, document: int) -> Mapping[str, Any]:
        """The stored values of a document, less those of fields that were removed.

        Raises:
            IndexCorrupt: they cannot be read.
        """
        try:
            values = decode(self.stored.records(RECORDS)[document])
        except ValueError as error:
            raise self.stored.file.damaged(Message("stored values cannot be read")) from error
        return {name: value for name, value in values.items() if name in self.schema}

    def _places(self, field: str, document: int) -> Placed:
        """Where the terms of a field stand in a document.

        Raises:
            Unsupported: the field's text is not stored, so it cannot be told.
        """
        values = self.stored_fields(document)
        if field not in values:
            raise Unsupported(f"positions in {field} are not known: make the field stored")
        return placed(self.schema[field], values[field])
