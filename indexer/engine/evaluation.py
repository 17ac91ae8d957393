"""Query trees evaluated in whole arrays, one segment at a time.

The answers are those of Whoosh's matchers, but for where those go wrong (the tests name
each). A query that is not known here is stepped through by its own matcher, so every one
has an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh import query as queries
from whoosh.query.qcore import NullQuery

from .expansion import are_neighbours, documents_of, every_term, is_scored, numbers_of
from .phrases import stands_in
from .scores import scorer
from .vectors import (
    EMPTY,
    Vector,
    complement,
    constant,
    highest,
    intersection,
    total,
    union,
    with_any,
    within,
    without,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from whoosh.query import Query
    from whoosh.searching import SearchContext, Searcher

    from .segment import ArraySegment
    from .vectors import Documents

    Node = Callable[..., Vector]


class Evaluation:
    """Evaluates queries in one segment; each term is decoded once.

    Args:
        searcher: of the segment.
        context: of the search.

    Attributes:
        reader: of the segment.
        segment: the segment.
        size: how many documents it has, deleted ones included.
    """

    def __init__(self, searcher: Searcher, context: SearchContext) -> None:
        self.reader = searcher.reader()
        self.segment: ArraySegment = self.reader.segment()
        self.size: int = self.reader.doc_count_all()
        self._searcher = searcher
        self._context = context
        self._scorer = scorer(searcher, context.weighting or searcher.weighting)
        self._weighed: dict[tuple[str, int], Vector] = {}

    @property
    def can_score(self) -> bool:
        """Whether it can tell the scores of terms."""
        return self._scorer is not None

    def evaluate(self, query: Query, *, scored: bool) -> Vector:
        """The documents that match, without those that are deleted.

        Args:
            query: any query. One that is not Whoosh's can have a method `vector`, which is
                given the evaluation and `scored`, and does as this one.
            scored: whether the scores are asked for; what they are if not is left open.
        """
        node: Node | None = _NODES.get(type(query))
        if node is not None:
            return node(self, query, scored=scored)
        own: Node | None = getattr(query, "vector", None)
        return own(self, scored=scored) if own else self.stepped(query, scored=scored)

    def stepped(self, query: Query, *, scored: bool) -> Vector:
        """What the query's own matcher finds; see `evaluate`."""
        context = self._context if scored else self._searcher.boolean_context()
        matcher = query.matcher(self._searcher, context)
        documents, scores = [], []
        while matcher.is_active():
            documents.append(matcher.id())
            scores.append(matcher.score() if scored else 0.0)
            matcher.next()
        # Some of Whoosh's matchers come to a document again.
        different, firsts = np.unique(np.array(documents, np.int64), return_index=True)
        return self.alive(Vector(different, np.array(scores, np.float64)[firsts]))

    def term(self, field: str, number: int, *, scored: bool) -> Vector:
        """The documents that a term stands in; see `evaluate`.

        Args:
            field: of the term.
            number: of the term.
            scored: only if it can tell the scores.
        """
        vector = self._weighed.get((field, number))
        if vector is None:
            documents, counts = self.segment.terms(field).documents_of(number)
            weights = counts * np.float64(self.reader.schema[field].format.field_boost)
            vector = self._weighed[field, number] = self.alive(Vector(documents, weights))
        if not scored or self._scorer is None:
            return vector
        texts = self.segment.terms(field).terms(number, number + 1)
        scores = self._scorer(self.segment, field, texts, 0, vector.documents, vector.scores)
        return Vector(vector.documents, scores)

    def terms(self, field: str, first: int, end: int) -> Vector:
        """The documents that any of some terms stands in, the scores of those added up.

        Args:
            field: of the terms; it can tell their scores.
            first: the number of the first.
            end: that of the one after the last.
        """
        assert self._scorer is not None
        terms = self.segment.terms(field)
        documents, counts, numbers = terms.documents_of_each(first, end)
        weights = counts * np.float64(self.reader.schema[field].format.field_boost)
        of, texts = numbers - first, terms.terms(first, end)
        scores = self._scorer(self.segment, field, texts, of, documents, weights)
        return self.alive(total(documents, scores, self.size))

    def number(self, field: str, text: Any) -> int | None:
        """The number of a term, None if there is none such.

        Args:
            field: of the term.
            text: as a query has it.
        """
        if field not in self.reader.schema:
            return None
        try:
            return self.segment.terms(field).find(self.reader.schema[field].to_bytes(text))
        except ValueError:
            return None

    def alive(self, vector: Vector) -> Vector:
        """The documents that are not deleted."""
        living = self.segment.living
        return vector if living is None else vector.only(living[vector.documents])

    def everything(self) -> Documents:
        """All documents that are not deleted."""
        living = self.segment.living
        return np.arange(self.size) if living is None else np.flatnonzero(living)


def _null(_evaluation: Evaluation, _query: Query, *, scored: bool) -> Vector:  # noqa: ARG001
    return EMPTY


def _term(evaluation: Evaluation, query: queries.Term, *, scored: bool) -> Vector:
    if scored and not evaluation.can_score:
        return evaluation.stepped(query, scored=scored)
    number = evaluation.number(query.fieldname, query.text)
    if number is None:
        return EMPTY
    return evaluation.term(query.fieldname, number, scored=scored).boosted(query.boost)


def _compound(
    combine: Callable[[Evaluation, list[Vector]], Vector],
) -> Node:
    """A node of any number of subqueries; the boost of one that has but one goes unheard."""

    def node(evaluation: Evaluation, query: queries.And, *, scored: bool) -> Vector:
        found = [evaluation.evaluate(each, scored=scored) for each in query.subqueries]
        if len(found) < 2:  # noqa: PLR2004 (any)
            return found[0] if found else EMPTY
        return combine(evaluation, found).boosted(query.boost)

    return node


_sum_of_any = _compound(lambda evaluation, found: union(found, evaluation.size))


def _or(evaluation: Evaluation, query: queries.Or, *, scored: bool) -> Vector:
    if query.scale or query.minmatch:
        return evaluation.stepped(query, scored=scored)
    return _sum_of_any(evaluation, query, scored=scored)


def _not(evaluation: Evaluation, query: queries.Not, *, scored: bool) -> Vector:  # noqa: ARG001
    excluded = evaluation.evaluate(query.query, scored=False)
    return evaluation.alive(complement(excluded, evaluation.size))


def _and_maybe(evaluation: Evaluation, query: queries.AndMaybe, *, scored: bool) -> Vector:
    found = evaluation.evaluate(query.a, scored=scored)
    return with_any(found, evaluation.evaluate(query.b, scored=scored)) if scored else found


def _and_not(evaluation: Evaluation, query: queries.AndNot, *, scored: bool) -> Vector:
    found = evaluation.evaluate(query.a, scored=scored)
    return without(found, evaluation.evaluate(query.b, scored=False))


def _require(evaluation: Evaluation, query: queries.Require, *, scored: bool) -> Vector:
    found = evaluation.evaluate(query.a, scored=scored)
    return within(found, evaluation.evaluate(query.b, scored=False))


def _constant(documents: Documents, score: float) -> Vector:
    """Documents of one score: as to Whoosh's own lists, none at all is 1."""
    return constant(documents, score or 1.0)


def _constant_score(
    evaluation: Evaluation,
    query: queries.ConstantScoreQuery,
    *,
    scored: bool,  # noqa: ARG001
) -> Vector:
    found = evaluation.evaluate(query.child, scored=False)
    return _constant(found.documents, query.score)


def _every(evaluation: Evaluation, query: queries.Every, *, scored: bool) -> Vector:  # noqa: ARG001
    if query.fieldname is None:
        return _constant(evaluation.everything(), query.boost)
    terms = evaluation.segment.terms(query.fieldname)
    documents = terms.documents_between(0, len(terms))
    return evaluation.alive(_constant(documents, query.boost))


def _expanded(evaluation: Evaluation, query: queries.MultiTerm, *, scored: bool) -> Vector:
    every = every_term(query)
    if every is not None:
        return _every(evaluation, every, scored=scored)
    field = query.field()
    terms = evaluation.segment.terms(field)
    numbers = numbers_of(terms, query, evaluation.reader)
    scored = scored and is_scored(query, len(numbers), evaluation.size)
    if scored and not evaluation.can_score:
        return evaluation.stepped(query, scored=scored)
    if len(numbers) == 1:  # its boost goes unheard
        return evaluation.term(field, numbers[0], scored=scored)
    if not scored:
        return evaluation.alive(constant(documents_of(terms, numbers, evaluation.size)))
    if are_neighbours(numbers):
        return evaluation.terms(field, numbers[0], numbers[-1] + 1).boosted(query.boost)
    found = [evaluation.term(field, number, scored=True) for number in numbers]
    return union(found, evaluation.size).boosted(query.boost)


def _numeric(evaluation: Evaluation, query: queries.NumericRange, *, scored: bool) -> Vector:
    if not query.constantscore:
        return evaluation.stepped(query, scored=scored)
    return evaluation.evaluate(query.simplify(evaluation.reader), scored=scored)


def _phrase(evaluation: Evaluation, query: queries.Phrase, *, scored: bool) -> Vector:
    field, words = query.fieldname, query.words
    schema = evaluation.reader.schema
    if field not in schema:
        return EMPTY
    placed = schema[field].format and schema[field].format.supports("positions")
    if not placed or not words or (scored and not evaluation.can_score):
        return evaluation.stepped(query, scored=scored)
    found = []
    for word in words:
        number = evaluation.number(field, word)
        if number is None:
            return EMPTY
        found.append(evaluation.term(field, number, scored=scored))
    together = intersection(found)
    texts = [schema[field].to_bytes(word) for word in words]
    stands = (
        stands_in(evaluation.segment.places(field, document), texts, query.slop)
        for document in together.documents.tolist()
    )
    return together.only(np.fromiter(stands, bool, len(together))).boosted(query.boost)


_NODES: dict[type[Query], Node] = {
    type(NullQuery): _null,
    queries.Term: _term,
    queries.And: _compound(lambda _evaluation, found: intersection(found)),
    queries.Or: _or,
    queries.DisjunctionMax: _compound(lambda evaluation, found: highest(found, evaluation.size)),
    queries.Not: _not,
    queries.AndMaybe: _and_maybe,
    queries.AndNot: _and_not,
    queries.Require: _require,
    queries.ConstantScoreQuery: _constant_score,
    queries.Every: _every,
    **dict.fromkeys(
        (
            queries.Prefix,
            queries.Wildcard,
            queries.Regex,
            queries.FuzzyTerm,
            queries.Variations,
            queries.TermRange,
        ),
        _expanded,
    ),
    queries.NumericRange: _numeric,
    queries.DateRange: _numeric,
    queries.Phrase: _phrase,
}
