"""A segment read through Whoosh's own readers: see `whoosh.codec.base`."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from whoosh.codec import base
from whoosh.reading import (
    EmptyReader,
    MultiReader,
    SegmentReader,
    TermInfo,
    TermNotFound,
)

from .columns import CodedColumnReader
from .matcher import PostingsMatcher

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from whoosh.columns import Column
    from whoosh.fields import FieldType, Schema
    from whoosh.formats import Format
    from whoosh.reading import IndexReader
    from whoosh.scoring import BaseScorer

    from .segment import ArraySegment
    from .terms import Terms

_STEP = 256
"""Terms that are read at once when all are gone through."""

FieldTerm = tuple[str, bytes]
"""A field and a term of it."""


def open_reader(
    schema: Schema, segments: Sequence[ArraySegment], generation: int = 0
) -> IndexReader:
    """A reader of some segments as if they were one."""
    readers = [_ArrayReader(None, schema, segment, generation) for segment in segments]
    if not readers:
        return EmptyReader(schema)
    return readers[0] if len(readers) == 1 else MultiReader(readers, generation)


class _ArrayReader(SegmentReader):  # type: ignore[misc]  # Whoosh has no types
    """A reader of one segment: see `whoosh.reading.SegmentReader`."""

    def stored_fields(self, docnum: int) -> Mapping[str, Any]:
        """See `whoosh.reading.IndexReader`; values that need not be read are not."""
        return cast("Mapping[str, Any]", self._perdoc.stored_fields(docnum))


class ArrayCodec(base.Codec):  # type: ignore[misc]  # Whoosh has no types
    """Reads segments; they are written by `writer.ArrayWriter`."""

    def terms_reader(self, _storage: None, segment: ArraySegment) -> ArrayTermsReader:
        """See `whoosh.codec.base.Codec`."""
        return ArrayTermsReader(segment)

    def per_document_reader(self, _storage: None, segment: ArraySegment) -> ArrayPerDocumentReader:
        """See `whoosh.codec.base.Codec`."""
        return ArrayPerDocumentReader(segment)


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]
    """The terms of a segment.

    Args:
        segment: the segment.
    """

    def __init__(self, segment: ArraySegment) -> None:
        self._segment = segment

    def __contains__(self, term: FieldTerm) -> bool:
        """Whether there is such a term."""
        field, text = term
        return self._segment.terms(field).find(text) is not None

    def _number(self, field: str, text: bytes) -> int:
        number = self._segment.terms(field).find(text)
        if number is None:
            raise TermNotFound(f"no term {field}:{text!r}")
        return number

    def indexed_field_names(self) -> tuple[str, ...]:
        """See `whoosh.codec.base.TermsReader`."""
        return self._segment.field_names

    def cursor(self, field: str, definition: FieldType) -> ArrayCursor:
        """See `whoosh.codec.base.TermsReader`."""
        return ArrayCursor(self, field, self._segment.terms(field), definition)

    def terms(self) -> Iterator[FieldTerm]:
        """See `whoosh.codec.base.TermsReader`."""
        return chain.from_iterable(self._between(name, b"") for name in self.indexed_field_names())

    def terms_from(self, field: str, prefix: bytes) -> Iterator[FieldTerm]:
        """See `whoosh.codec.base.TermsReader`."""
        after = [name for name in self.indexed_field_names() if name > field]
        return chain(
            self._between(field, prefix),
            chain.from_iterable(self._between(name, b"") for name in after),
        )

    def _between(self, field: str, start: bytes) -> Iterator[FieldTerm]:
        terms = self._segment.terms(field)
        size = len(terms)
        for first in range(terms.position(start), size, _STEP):
            for text in terms.terms(first, min(first + _STEP, size)):
                yield field, text

    def items(self) -> Iterator[tuple[FieldTerm, TermInfo]]:
        """See `whoosh.codec.base.TermsReader`."""
        return ((term, self.term_info(*term)) for term in self.terms())

    def items_from(self, field: str, prefix: bytes) -> Iterator[tuple[FieldTerm, TermInfo]]:
        """See `whoosh.codec.base.TermsReader`."""
        return ((term, self.term_info(*term)) for term in self.terms_from(field, prefix))

    def term_info(self, field: str, text: bytes) -> TermInfo:
        """See `whoosh.codec.base.TermsReader`.

        Raises:
            TermNotFound: there is no such term.
        """
        number = self._number(field, text)
        documents, counts = self._segment.terms(field).documents_of(number)
        lengths = self._segment.lengths(field)[documents]
        boost = self._segment.schema[field].format.field_boost
        return TermInfo(
            weight=float(counts.sum() * boost),
            df=len(documents),
            minlength=int(lengths.min()),
            maxlength=int(lengths.max()),
            maxweight=float(counts.max() * boost),
            minid=int(documents[0]),
            maxid=int(documents[-1]),
        )

    def frequency(self, field: str, text: bytes) -> float:
        """See `whoosh.codec.base.TermsReader`; 0 of what is no term."""
        if (field, text) not in self:
            return 0.0
        return float(self.term_info(field, text).weight())

    def doc_frequency(self, field: str, text: bytes) -> int:
        """See `whoosh.codec.base.TermsReader`; 0 of what is no term."""
        terms = self._segment.terms(field)
        number = terms.find(text)
        return 0 if number is None else terms.document_frequency(number)

    def matcher(
        self, field: str, text: bytes, format_: Format, scorer: BaseScorer | None = None
    ) -> PostingsMatcher:
        """See `whoosh.codec.base.TermsReader`.

        Raises:
            TermNotFound: there is no such term.
        """
        number = self._number(field, text)
        return PostingsMatcher(self._segment, (field, text), number, format_, scorer)


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]
    """Goes through the terms of a field.

    Args:
        reader: knows more of each term.
        field: its name.
        terms: its terms.
        definition: how they are told as text.
    """

    def __init__(
        self, reader: ArrayTermsReader, field: str, terms: Terms, definition: FieldType
    ) -> None:
        self._reader = reader
        self._field = field
        self._terms = terms
        self._definition = definition
        self._at = 0

    def first(self) -> Any:
        """Go to the first term, and tell its text."""
        self._at = 0
        return self.text()

    def find(self, term: bytes | str) -> Any:
        """Go to the first term that is not before another, and tell its text."""
        self._at = self._terms.position(self._definition.to_bytes(term))
        return self.text()

    def next(self) -> Any:
        """Go to the next term, and tell its text."""
        self._at += 1
        return self.text()

    def text(self) -> Any:
        """The term as text; None at the end."""
        return self._definition.from_bytes(self._bytes()) if self.is_valid() else None

    term = text

    def term_info(self) -> TermInfo | None:
        """What is known of the term; None at the end."""
        return self._reader.term_info(self._field, self._bytes()) if self.is_valid() else None

    def is_valid(self) -> bool:
        """Whether it stands at a term."""
        return self._at < len(self._terms)

    def _bytes(self) -> bytes:
        return self._terms.terms(self._at, self._at + 1)[0]


class ArrayPerDocumentReader(base.PerDocumentReader):  # type: ignore[misc]
    """What is known of each document of a segment.

    Args:
        segment: the segment.
    """

    def __init__(self, segment: ArraySegment) -> None:
        self._segment = segment
        self.doc_count = segment.doc_count
        self.doc_count_all = segment.doc_count_all
        self.has_deletions = segment.has_deletions
        self.is_deleted = segment.is_deleted
        self.deleted_docs = segment.deleted_docs
        self.stored_fields = segment.stored_fields
        self.field_length = segment.total_length

    def all_doc_ids(self) -> Iterator[int]:
        """See `whoosh.codec.base.PerDocumentReader`."""
        living = self._segment.living
        if living is None:
            return iter(range(self.doc_count_all()))
        return iter(np.flatnonzero(living).tolist())

    def supports_columns(self) -> bool:
        """See `whoosh.codec.base.PerDocumentReader`."""
        return True

    def has_column(self, field: str) -> bool:
        """See `whoosh.codec.base.PerDocumentReader`."""
        return self._segment.column(field) is not None

    def column_reader(self, field: str, _column: Column) -> CodedColumnReader:
        """See `whoosh.codec.base.PerDocumentReader`."""
        column = self._segment.column(field)
        assert column is not None
        return CodedColumnReader(column)

    def doc_field_length(self, document: int, field: str, default: int = 0) -> int:
        """See `whoosh.codec.base.PerDocumentReader`."""
        return int(self._segment.lengths(field)[document]) or default

    def min_field_length(self, field: str) -> int:
        """See `whoosh.codec.base.PerDocumentReader`."""
        return self._extremes(field)[0]

    def max_field_length(self, field: str) -> int:
        """See `whoosh.codec.base.PerDocumentReader`."""
        return self._extremes(field)[1]

    def _extremes(self, field: str) -> tuple[int, int]:
        lengths = self._segment.lengths(field)
        return (int(lengths.min()), int(lengths.max())) if len(lengths) else (0, 0)
