"""What may be typed in a query: fields, their values, and words of an index."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from indexer import SECTIONS
from search.places import Place
from search.query.fields import FIELDS, RangeField, SectionField, ValueField

from .language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from search.index import Index
    from search.query.fields import Field

MOST = 50
"""Proposals at the most."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What may be typed.

    Attributes:
        text: as it is to be typed.
        meaning: what it is, in a few words.
    """

    text: str
    meaning: str = ""


def field_names() -> list[Proposal]:
    """The names of fields, each with its colon; those in another language mean the first."""
    return [
        Proposal(f"{name}:", names[0] if name != names[0] else names[-1])
        for names in FIELDS.values()
        for name in names
    ]


class Vocabulary:
    """What there is in an index. The values of a field are counted once, when first asked for."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._counted = lru_cache(maxsize=None)(self._count)

    def proposals(self, field: Field | None, beginning: str) -> list[Proposal]:
        """What a word that begins so may be: in a field what it takes, else fields and words."""
        if field and not isinstance(field, Place):
            return self.values(field, beginning)
        names = [] if field else [one for one in field_names() if one.text.startswith(beginning)]
        return [*names, *self.words(beginning)]

    def values(self, field: Field, beginning: str) -> list[Proposal]:
        """The values of a field that begin so, as far as they are written without spaces."""
        found = (one for one in self._counted(field) if one.text.startswith(beginning))
        return [one for one in found if _is_typed_plainly(one.text)][:MOST]

    def words(self, beginning: str) -> list[Proposal]:
        """Words, headings and titles that begin so, as far as they are written without spaces."""
        if not beginning:
            return []
        return [
            Proposal(one.text, f"{one.paragraphs:,} {_(one.source.value)}")
            for one in self._index.suggest(beginning, MOST)
            if _is_typed_plainly(one.text)
        ]

    def _count(self, field: Field) -> list[Proposal]:
        """The values of a field: years from the last on, any other the most frequent first."""
        if isinstance(field, SectionField):
            return [Proposal(name) for name in SECTIONS if name]
        reports = self._index.reports()
        if isinstance(field, RangeField):
            years = Counter(report.year for report in reports if report.year)
            is_of_reports = field is not RangeField.ADDED
            return _counted(sorted(years.items(), reverse=True)) if is_of_reports else []
        if isinstance(field, ValueField):
            values = Counter(str(getattr(report, field.value)) for report in reports)
            return _counted((value, count) for value, count in values.most_common() if value)
        return []


def _counted(rows: Iterable[tuple[object, int]]) -> list[Proposal]:
    return [Proposal(str(value), f"{count:,}") for value, count in rows]


def _is_typed_plainly(text: str) -> bool:
    return text.isprintable() and " " not in text
