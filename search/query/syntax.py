"""The parts of a query as it was understood: what the parser makes and the planner reads.

They are told apart by their kind, not by comparing them: named tuples of two kinds are equal
when they hold the same.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from search.places import Place

    from .expressions import Expression
    from .fields import ValueField


class Words(NamedTuple):
    """Bare words, written without a space between them: cut by the segmenter, all required.

    Attributes:
        text: as written.
        field: where they have to stand; anywhere when empty.
        place: where they stand in the query.
    """

    text: str
    field: Place | None = None
    place: tuple[int, int] = (0, 0)


class Exact(NamedTuple):
    """A quoted string, to be found as it is.

    Attributes:
        text: what stands between the quotes.
        field: where it has to stand; in the paragraph's text when empty.
        place: where it stands in the query.
    """

    text: str
    field: Place | None = None
    place: tuple[int, int] = (0, 0)


class HasValue(NamedTuple):
    """A condition on a value that a report has: issuer, region, kind, number.

    Attributes:
        field: which.
        text: what the value must hold.
        whole: whether the value must be just that.
    """

    field: ValueField
    text: str
    whole: bool


class InYears(NamedTuple):
    """A condition on a report's year: first ≤ year ≤ last, open where None."""

    first: int | None
    last: int | None


class InDates(NamedTuple):
    """A condition on a report's date: first ≤ date ≤ last, open where None."""

    first: date | None
    last: date | None


class AddedIn(NamedTuple):
    """A condition on the day a report came into the index: first ≤ day ≤ last, open where None."""

    first: date | None
    last: date | None


class Similar(NamedTuple):
    """Paragraphs near in wording to one, or of the reports that are near to one.

    Attributes:
        address: of the paragraph, or the id of the report, as written.
        place: where it stands in the query.
    """

    address: str
    place: tuple[int, int] = (0, 0)


class Within(NamedTuple):
    """The paragraphs of a result set that was kept.

    Attributes:
        name: of the set, as written.
        place: where it stands in the query.
    """

    name: str
    place: tuple[int, int] = (0, 0)


class InSection(NamedTuple):
    """A condition on what a work report does in a paragraph.

    Attributes:
        section: one of `indexer.SECTIONS`: 回顾, 问题 or 计划.
    """

    section: str


class Scope(IntEnum):
    """How near two operands have to be, the narrowest first."""

    CHARACTERS = 1
    SENTENCE = 2
    PARAGRAPH = 3
    SECTION = 4


class Fuzzy(NamedTuple):
    """A string of which one character may be other, missing, added or swapped with the next.

    Attributes:
        text: as written.
        place: where it stands in the query.
    """

    text: str
    place: tuple[int, int] = (0, 0)


class Wild(NamedTuple):
    """A pattern: `?` is any one character, `*` completes a word of the index.

    Attributes:
        text: as written.
        place: where it stands in the query.
    """

    text: str
    place: tuple[int, int] = (0, 0)


class Regex(NamedTuple):
    """A regular expression over the folded text.

    Attributes:
        text: as written.
        expression: as it was read.
        place: where it stands in the query.
    """

    text: str
    expression: Expression
    place: tuple[int, int] = (0, 0)


class Measured(NamedTuple):
    """A word next to which a quantity has to stand, in the same clause.

    Attributes:
        word: the word.
        kind: what the quantity is of, one of `indexer.units.KINDS`.
        above: what its value is greater than.
        below: what its value is less than.
        place: where all of it stands in the query.
    """

    word: Words
    kind: str
    above: float
    below: float
    place: tuple[int, int] = (0, 0)


class Near(NamedTuple):
    """Two operands that have to stand near one another in the text.

    Attributes:
        left: words, strings, patterns, measured words, groups of them, or what is itself near.
        right: the same.
        scope: how near.
        distance: characters between them at the most, for `Scope.CHARACTERS`.
        ordered: whether the left one has to stand before the right one.
        place: where the operator stands in the query.
    """

    left: Node
    right: Node
    scope: Scope
    distance: int = 0
    ordered: bool = False
    place: tuple[int, int] = (0, 0)


class AllOf(NamedTuple):
    """Every part has to hold."""

    parts: tuple[Node, ...]


class AnyOf(NamedTuple):
    """At least one part has to hold."""

    parts: tuple[Node, ...]


class NoneOf(NamedTuple):
    """The part must not hold."""

    part: Node


Linked = Similar | Within
Condition = HasValue | InYears | InDates | AddedIn | InSection | Linked
Located = Fuzzy | Wild | Regex | Measured | Near
Leaf = Words | Exact | Fuzzy | Wild | Regex | Measured | Condition
Node = (
    Words
    | Exact
    | Fuzzy
    | Wild
    | Regex
    | Measured
    | Near
    | HasValue
    | InYears
    | InDates
    | AddedIn
    | InSection
    | Similar
    | Within
    | AllOf
    | AnyOf
    | NoneOf
)
