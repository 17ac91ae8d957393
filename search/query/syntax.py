"""The parts of a query as it was understood: what the parser makes and the planner reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from search.places import Place

    from .fields import ValueField


@dataclass(frozen=True, slots=True)
class Words:
    """Bare words, written without a space between them: cut by the segmenter, all required.

    Attributes:
        text: as written.
        field: where they have to stand; anywhere when empty.
    """

    text: str
    field: Place | None = None


@dataclass(frozen=True, slots=True)
class Exact:
    """A quoted string, to be found as it is.

    Attributes:
        text: what stands between the quotes.
        field: where it has to stand; in the paragraph's text when empty.
    """

    text: str
    field: Place | None = None


@dataclass(frozen=True, slots=True)
class HasValue:
    """A condition on a value that a report has: issuer, region, kind, number.

    Attributes:
        field: which.
        text: what the value must hold.
        whole: whether the value must be just that.
    """

    field: ValueField
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class InYears:
    """A condition on a report's year: first ≤ year ≤ last, open where None."""

    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class InDates:
    """A condition on a report's date: first ≤ date ≤ last, open where None."""

    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class InSection:
    """A condition on what a work report does in a paragraph.

    Attributes:
        section: one of `indexer.SECTIONS`: 回顾, 问题 or 计划.
    """

    section: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every part has to hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least one part has to hold."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class NoneOf:
    """The part must not hold."""

    part: Node


Condition = HasValue | InYears | InDates | InSection
Leaf = Words | Exact | Condition
Node = Words | Exact | HasValue | InYears | InDates | InSection | AllOf | AnyOf | NoneOf
