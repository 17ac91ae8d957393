"""How a query was understood: its parts, what each looks for, and how much each finds.

What a word is cut into and widened to is asked of those who find it, so that what is told
is what was done.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from indexer import fold
from search.evaluation import IN_TEXT, asked, evaluate
from search.locating import unit_of
from search.patterns import completed
from search.query import (
    AddedIn,
    AllOf,
    AnyOf,
    Exact,
    Fuzzy,
    HasValue,
    InDates,
    InSection,
    InYears,
    Measured,
    Near,
    NoneOf,
    Regex,
    Scope,
    Similar,
    Wild,
    Within,
    Words,
)
from search.query.fields import FIELDS, LinkField, RangeField, SectionField
from search.questions import question

from .explanation import Clause, ClauseKind, OtherForm, Term

if TYPE_CHECKING:
    from indexer import Snapshot
    from search.occurrences import Occurrences
    from search.places import Place
    from search.query import Condition, Node
    from search.query.fields import Field
    from search.words import Unit, Wording

_KINDS = {
    AllOf: ClauseKind.ALL,
    AnyOf: ClauseKind.ANY,
    NoneOf: ClauseKind.NONE,
    Near: ClauseKind.NEAR,
    Words: ClauseKind.WORDS,
    Exact: ClauseKind.STRING,
    Fuzzy: ClauseKind.FUZZY,
    Wild: ClauseKind.WILD,
    Regex: ClauseKind.EXPRESSION,
}
_RANGES = {InYears: RangeField.YEAR, InDates: RangeField.DATE, AddedIn: RangeField.ADDED}
_SCOPES = {Scope.SENTENCE: "句", Scope.PARAGRAPH: "段", Scope.SECTION: "节"}


class Role(Enum):
    """What a part of a query does in it.

    What is wanted may stand in headings and titles, what is excluded is looked for in the
    text, what has to be near is looked for there as one run.
    """

    WANTED = auto()
    EXCLUDED = auto()
    NEAR = auto()


@dataclass(frozen=True, slots=True)
class Understanding:
    """Tells how the parts of one query were understood.

    Attributes:
        query: as it was asked.
        snapshot: the index that is asked.
        occurrences: finds units in it.
        wording: how words are understood.
    """

    query: str
    snapshot: Snapshot
    occurrences: Occurrences
    wording: Wording

    def clause(self, node: Node, role: Role = Role.WANTED) -> Clause:
        """Tell how a part was understood."""
        if isinstance(node, Words | Exact):
            return self._words(node, role)
        count = self._count(node)
        if isinstance(node, AllOf | AnyOf | NoneOf | Near):
            return self._group(node, role, count)
        if isinstance(node, Measured):
            typed, word = self.query[slice(*node.place)], self._words(node.word, Role.NEAR)
            return Clause(ClauseKind.QUANTITY, typed, "", count, word.terms)
        if isinstance(node, Fuzzy | Wild | Regex):
            return Clause(_KINDS[type(node)], node.text, "", count, self._completed(node, count))
        field, value = _condition(node)
        return Clause(ClauseKind.CONDITION, value, FIELDS[field][0], count)

    def _group(self, node: AllOf | AnyOf | NoneOf | Near, role: Role, count: int) -> Clause:
        inner: tuple[Node, ...]
        if isinstance(node, NoneOf):
            inner, role = (node.part,), Role.EXCLUDED
        elif isinstance(node, Near):
            inner, role = (node.left, node.right), Role.NEAR
        else:
            inner = node.parts
        operator = _operator(node) if isinstance(node, Near) else ""
        parts = tuple(self.clause(part, role) for part in inner)
        return Clause(_KINDS[type(node)], operator, "", count, parts=parts)

    def _count(self, node: Node) -> int:
        """How many paragraphs a part finds by itself."""
        return len(evaluate(node, self.snapshot, self.occurrences, self.wording).documents)

    def _words(self, node: Words | Exact, role: Role) -> Clause:
        units, places = asked(node, self.wording, wanted=role is Role.WANTED)
        if role is Role.NEAR:
            units, places = (unit_of(node, self.wording),), IN_TEXT
            count = len(self.occurrences.find(units[0], places).documents)
        else:
            count = self._count(node)
        kind = _KINDS[type(node)]
        if role is Role.WANTED and isinstance(node, Words):
            plain = question(node, units, self.wording, self.snapshot)
            kind, units = (ClauseKind.QUESTION, plain.units) if plain else (kind, units)
        terms = tuple(self._term(unit, places) for unit in units)
        field = FIELDS[node.field][0] if node.field else ""
        return Clause(kind, node.text, field, count, terms)

    def _term(self, unit: Unit, places: tuple[Place, ...]) -> Term:
        weights = unit.weights or (1.0,) * len(unit.forms)
        others = tuple(map(OtherForm, unit.forms[1:], weights[1:]))
        reason = unit.widening.kind.value if unit.widening and others else ""
        count = len(self.occurrences.find(unit, places).documents)
        return Term(unit.forms[0], others, reason, count)

    def _completed(self, node: Fuzzy | Wild | Regex, count: int) -> tuple[Term, ...]:
        """What a pattern looks for: it itself, and the words that it stands for."""
        pattern = fold(node.text)
        if not isinstance(node, Wild) or "*" not in pattern:
            return (Term(pattern, (), "", count),)
        words = completed(self.snapshot.segments, pattern)
        return (Term(pattern, tuple(OtherForm(word, 1.0) for word in words), "pattern", count),)


def _operator(node: Near) -> str:
    """What stands between two operands, in its shortest Chinese form."""
    return ("/", ">")[node.ordered] + _SCOPES.get(node.scope, str(node.distance))


def _condition(node: Condition) -> tuple[Field, str]:
    """The field that a condition asks of, and the value that it wants, as one would write it."""
    if isinstance(node, HasValue):
        return node.field, f'"{node.text}"' if node.whole else node.text
    if isinstance(node, InSection):
        return SectionField.SECTION, node.section
    if isinstance(node, Similar):
        return LinkField.SIMILAR, node.address
    if isinstance(node, Within):
        return LinkField.WITHIN, node.name
    first, last = ("" if end is None else str(end) for end in (node.first, node.last))
    return _RANGES[type(node)], first if first == last else f"{first}..{last}"
