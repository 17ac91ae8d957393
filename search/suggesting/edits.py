"""What may be changed in a query: words, and the values of conditions, spelt otherwise."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from search.places import Place
from search.query import ValueField, quote
from search.query.fields import FIELDS
from search.query.lexer import Kind

from . import spelling
from .asked import Asked, asked, neighbours
from .vocabulary import ListedWords, Vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from indexer import Snapshot, Span

    from .spelling import Spelling

_MOST_WORDS = 5
"""Words of a query for which other spellings are looked for."""

_MOST_SPELLINGS = 3
"""Of a word."""

_MOST_ASKED = 20
"""What a query asks for, as far as it is looked at."""

_LONGEST, _LONGEST_VALUE = 100, 40
"""Characters of what is looked at for misspelt words, and of values."""


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """A change at one place of a query.

    Attributes:
        rank: its place among those that may be made here, from 0.
        badness: how unlikely it is among those of one rank.
        place: what is replaced.
        text: by what.
    """

    rank: int
    badness: float
    place: Span
    text: str

    def applied(self, query: str) -> str:
        """The query with it."""
        start, end = self.place
        return query[:start] + self.text + query[end:]


class Editor:
    """Finds what may be changed in a query.

    Args:
        query: one that was understood.
        snapshot: the index.
        count: how many paragraphs a query finds.
    """

    def __init__(self, query: str, snapshot: Snapshot, count: Callable[[str], int]) -> None:
        self._snapshot = snapshot
        self._count = count
        self._query = query
        self._asked = asked(query)[:_MOST_ASKED]

    def words(self) -> list[Edit]:
        """Words and strings spelt otherwise, the likeliest first."""
        failing = [one for one in self._asked if self._hardly_stands(one)]
        pairs = neighbours(self._asked, self._query)
        if not failing and not pairs:
            return []
        vocabulary, segmenter = Vocabulary.of(self._snapshot), self._snapshot.segmenter
        found: list[Edit] = []
        for one in failing[:_MOST_WORDS]:
            spellings = spelling.of_chunk(one.text, vocabulary, segmenter)
            if one.kind is Kind.WORD:
                spellings = sorted(
                    [*spellings, *spelling.in_halves(one.text, vocabulary, segmenter)]
                )
            found += _edits(one, one.place, spellings)
        for left, right in pairs[:_MOST_WORDS]:
            spellings = spelling.of_two(left.text, right.text, vocabulary)
            found += _edits(left, (left.place[0], right.place[1]), spellings)
        return sorted(found)

    def _hardly_stands(self, one: Asked) -> bool:
        """Whether it is a word or a string that hardly a paragraph holds as it is written."""
        is_text = isinstance(one.field, Place | None) and one.kind in _SPELT
        if not is_text or len(one.text) > _LONGEST:
            return False
        return self._count(_name(one) + quote(one.text)) <= spelling.HARDLY

    def values(self) -> list[Edit]:
        """Values of conditions spelt otherwise, the likeliest first."""
        found: list[Edit] = []
        for one in self._asked:
            if isinstance(one.field, ValueField) and not self._count(self._alone(one)):
                spellings = self._of_value(one.field, one)
                found += _edits(one, one.place, spellings)
        return sorted(found)

    def _alone(self, one: Asked) -> str:
        """A query for just what is asked for."""
        return _name(one) + self._query[slice(*one.place)]

    def _of_value(self, field: ValueField, one: Asked) -> list[Spelling]:
        """Other spellings of a value: of a whole one, or without quotes of a part of one."""
        wanted = field.comparable(one.text)
        if not spelling.SHORTEST <= len(wanted) <= _LONGEST_VALUE:
            return []
        sizes = range(len(wanted) - 1, len(wanted) + 2)
        reports = self._snapshot.reports
        table: Counter[str] = Counter()
        for column in field.columns:
            values, codes = reports.values(column)
            often = np.bincount(codes, minlength=len(values)).tolist()
            for value, count in zip(map(field.comparable, values), often, strict=True):
                for part in {value} if one.kind is Kind.STRING else _parts(value, sizes):
                    table[part] += count
        return spelling.of_word(wanted, Vocabulary([ListedWords(table)], len(reports)))


_SPELT = {Kind.WORD, Kind.STRING}


def _name(one: Asked) -> str:
    """The field of what is asked for, as it is written before it."""
    return f"{FIELDS[one.field][0]}:" if one.field else ""


def _parts(value: str, sizes: range) -> set[str]:
    """The strings of some sizes that stand in a value."""
    return {value[start : start + size] for size in sizes for start in range(len(value) - size + 1)}


def _edits(one: Asked, place: Span, spellings: Iterable[Spelling]) -> Iterator[Edit]:
    """The likeliest spellings of what is asked for, as changes at its place."""
    for rank, other in enumerate(islice(spellings, _MOST_SPELLINGS)):
        text = quote(other.text) if one.kind is Kind.STRING else other.text
        yield Edit(rank, other.badness, place, text)
