"""An account of a query: what each of its parts does to the answer, and what to ask instead.

All of it comes from asking the index: nothing is proposed that finds nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from corpus.plain import Plain
from search.errors import QueryError
from search.places import Place
from search.query.lexer import Kind
from search.query.quantities import read_measured

from .asked import asked, parts
from .edits import Edit, Editor

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from indexer import Snapshot, Span

_MOST_PARTS = 10
"""Parts of a query that are accounted for: two queries are asked for each."""

_MOST_TRIED = 10
_MOST_PROPOSALS = 3
"""Proposals that are tried, and that are made."""


class Change(Enum):
    """What a proposal changes in a query: see `Proposal`."""

    SPELLING = "spelling"
    VALUE = "value"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Part(Plain):
    """A part of a query that has to hold with all others.

    Attributes:
        text: as it is written in the query.
        alone: how many paragraphs the part finds by itself.
        without: how many the query finds without it; None if it is the whole query.
    """

    text: str
    alone: int
    without: int | None


@dataclass(frozen=True, slots=True)
class Proposal(Plain):
    """What to ask instead.

    Attributes:
        query: the whole query as it would be.
        change: what is other in it: words are spelt otherwise, the value of a condition is,
            or a condition is left out.
        total: how many paragraphs it finds; never 0.
    """

    query: str
    change: Change
    total: int


@dataclass(frozen=True, slots=True)
class Account(Plain):
    """Why a query finds as much as it does.

    Attributes:
        query: as it was asked.
        total: how many paragraphs it finds.
        parts: its parts, in order; ten at the most.
        proposals: what to ask instead, the likeliest first; three at the most.
    """

    query: str
    total: int
    parts: tuple[Part, ...]
    proposals: tuple[Proposal, ...]


def account(query: str, snapshot: Snapshot, count: Callable[[str], int]) -> Account:
    """Give an account of a query.

    Args:
        query: in the query language.
        snapshot: the index.
        count: how many paragraphs a query finds.

    Raises:
        QueryError: the query cannot be understood.
    """
    return _Accounting(query, snapshot, count).account()


class _Accounting:
    """One account while it is made; it remembers what it has asked for."""

    def __init__(self, query: str, snapshot: Snapshot, count: Callable[[str], int]) -> None:
        self._query = query
        self._snapshot = snapshot
        self._ask = count
        self._counts: dict[str, int] = {}

    def account(self) -> Account:
        total = self._count(self._query)
        return Account(self._query, total, tuple(self._parts()), tuple(self._proposals()))

    def _count(self, query: str) -> int:
        if query not in self._counts:
            self._counts[query] = self._ask(query)
        return self._counts[query]

    @cached_property
    def _places(self) -> list[Span]:
        return parts(self._query)

    def _parts(self) -> Iterator[Part]:
        for place in self._places[:_MOST_PARTS]:
            text = self._query[slice(*place)]
            without = self._count(self._without(place)) if len(self._places) > 1 else None
            yield Part(text, self._count(text), without)

    def _without(self, left_out: Span) -> str:
        return " ".join(self._query[slice(*place)] for place in self._places if place != left_out)

    def _proposals(self) -> Iterator[Proposal]:
        """Those of what may be asked instead that find something."""
        changes = {query: change for query, change in self._changes() if query != self._query}
        found = (
            Proposal(query, change, total)
            for query, change in islice(changes.items(), _MOST_TRIED)
            if (total := self._count_if_possible(query))
        )
        return islice(found, _MOST_PROPOSALS)

    def _count_if_possible(self, query: str) -> int:
        """How many paragraphs a query finds that nobody wrote: it may not be one."""
        try:
            return self._count(query)
        except QueryError:
            return 0

    def _changes(self) -> Iterator[tuple[str, Change]]:
        """What may be asked instead, the likeliest first."""
        editor = Editor(self._query, self._snapshot, self._count)
        words, values = editor.words(), editor.values()
        likeliest = _apart([*words, *values])
        if len(likeliest) > 1:
            yield _changed(self._query, likeliest), Change.SPELLING
        for edits, change in ((words, Change.SPELLING), (values, Change.VALUE)):
            for edit in edits:
                yield _changed(self._query, [edit]), change
        for loosened in _loosened(_changed(self._query, _apart(words))):
            yield loosened, Change.LEFT_OUT


def _loosened(query: str) -> Iterator[str]:
    """A query without what its quantities must be, without each condition, and without them all."""
    try:
        texts = [query[slice(*place)] for place in parts(query)]
        measured = [one for one in asked(query) if one.kind is Kind.MEASURED]
    except QueryError:  # what is spelt otherwise may not be a query
        return
    if measured:
        words = [(read_measured(one.text, one.place).word.text, one.place) for one in measured]
        yield _changed(query, [Edit(0, 0, place, word) for word, place in words])
    conditions = list(filter(_is_condition, texts[:_MOST_PARTS]))
    for left_out in [*([one] for one in conditions), conditions]:
        if left_out and len(left_out) < len(texts):
            yield " ".join(text for text in texts if text not in left_out)


def _is_condition(part: str) -> bool:
    """Whether a part of a query asks for no word, string or pattern."""
    return not any(isinstance(one.field, Place | None) for one in asked(part))


def _apart(edits: Sequence[Edit]) -> list[Edit]:
    """The first of all changes at places that do not overlap."""
    chosen: list[Edit] = []
    for edit in edits:
        start, end = edit.place
        if all(end <= other.place[0] or start >= other.place[1] for other in chosen):
            chosen.append(edit)
    return chosen


def _changed(query: str, edits: Sequence[Edit]) -> str:
    """A query with changes at places that do not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.place, reverse=True):
        query = edit.applied(query)
    return query
