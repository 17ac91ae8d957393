"""Queries that stand for many terms of a field: which, and whether they are scored."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from whoosh import query as queries

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoosh.query import Query
    from whoosh.reading import IndexReader

    from .terms import Terms
    from .vectors import Documents

_EVERYTHING: dict[type[Query], str] = {
    queries.Prefix: "",
    queries.Wildcard: "*",
    queries.Regex: ".*",
}
"""The patterns that any term answers to."""

_PAIR = 2
_SMALL = 5000


def every_term(query: queries.MultiTerm) -> queries.Every | None:
    """The query for all terms of a field, if that is what a pattern amounts to."""
    everything = _EVERYTHING.get(type(query))
    if everything is None or query.text != everything:
        return None
    return queries.Every(query.fieldname, boost=query.boost)


def numbers_of(terms: Terms, query: queries.MultiTerm, reader: IndexReader) -> list[int]:
    """The numbers of the terms that a query stands for in a segment, in order.

    Args:
        terms: of its field.
        query: the query.
        reader: of the segment.

    Raises:
        TermNotFound: as Whoosh does, of a field that has no terms.
    """
    expanded = [text for _, text in query.expanded_terms(reader) if text]
    to_bytes = reader.schema[query.field()].to_bytes
    texts = {to_bytes(text) for text in expanded}
    if not texts:
        return []
    first, last = terms.position(min(texts)), terms.position(max(texts))
    block = terms.terms(first, last + 1)
    return [first + place for place, text in enumerate(block) if text in texts]


def is_scored(query: queries.MultiTerm, terms: int, documents: int) -> bool:
    """Whether each term counts for the scores, or all documents score 1.

    Whoosh drops the scores only where it reads all documents into an array, which it does
    for many terms or in a small index; but a single term and a pair are always scored.

    Args:
        query: the query.
        terms: how many it stands for.
        documents: how many the segment has, deleted ones included.
    """
    if not query.constantscore or terms <= _PAIR:
        return True
    return documents > _SMALL and terms < queries.Or.TOO_MANY_CLAUSES


def are_neighbours(numbers: Sequence[int]) -> bool:
    """Whether terms, by their rising numbers, follow one another: all with one prefix do."""
    return bool(numbers) and numbers[-1] - numbers[0] == len(numbers) - 1


def documents_of(terms: Terms, numbers: Sequence[int], size: int) -> Documents:
    """The documents that any of some terms stands in, in order.

    Args:
        terms: of a field.
        numbers: of the terms, rising.
        size: how many documents the segment has.
    """
    if are_neighbours(numbers):
        return terms.documents_between(numbers[0], numbers[-1] + 1)
    taken = np.zeros(size, bool)
    for number in numbers:
        taken[terms.documents_of(number)[0]] = True
    return np.flatnonzero(taken)
