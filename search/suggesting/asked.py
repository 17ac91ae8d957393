"""What a query asks for, by where it stands in it: its parts, and the words and values in them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from search.query.fields import field_named
from search.query.lexer import Kind, tokens

if TYPE_CHECKING:
    from indexer import Span
    from search.query.fields import Field

_LEADING = {Kind.NOT, Kind.FIELD, Kind.NEAR}
"""What goes with the operand behind it."""
_OPERANDS = {Kind.WORD, Kind.STRING, Kind.FUZZY, Kind.WILD, Kind.REGEX, Kind.MEASURED}
_NESTING = {Kind.OPEN: 1, Kind.CLOSE: -1}


@dataclass(frozen=True, slots=True)
class Asked:
    """A word, a string, a pattern, a word with a quantity or a value that is asked for.

    Attributes:
        kind: of its token.
        text: as written; of a string, what it holds.
        field: what it is asked of; None if of what a paragraph says.
        place: where it stands in the query.
    """

    kind: Kind
    text: str
    field: Field | None
    place: Span


def parts(query: str) -> list[Span]:
    """Where the parts of a query stand that all have to hold; one if they are alternatives.

    Args:
        query: one that was understood.
    """
    found: list[Span] = []
    depth, goes_on = 0, False
    for token in list(tokens(query))[:-1]:
        depth += _NESTING.get(token.kind, 0)
        if depth == 0 and token.kind is Kind.OR:
            return [(0, len(query))]
        if depth == 0 and token.kind is Kind.AND:
            continue
        if found and (goes_on or token.kind is Kind.NEAR):
            found[-1] = found[-1][0], token.end
        else:
            found.append((token.start, token.end))
        goes_on = depth > 0 or token.kind in _LEADING
    return found


def asked(query: str) -> list[Asked]:
    """What a query asks for, in order; what it excludes is left out.

    Args:
        query: one that was understood.
    """
    found: list[Asked] = []
    groups: list[tuple[Field | None, bool]] = [(None, False)]
    field, is_excluded = groups[-1]
    for token in tokens(query):
        if token.kind is Kind.NOT:
            is_excluded = not is_excluded
        elif token.kind is Kind.FIELD:
            field = field_named(token.text)
        elif token.kind is Kind.OPEN:
            groups.append((field, is_excluded))
        else:
            if token.kind is Kind.CLOSE:
                groups.pop()
            elif token.kind in _OPERANDS and not is_excluded:
                found.append(Asked(token.kind, token.text, field, (token.start, token.end)))
            field, is_excluded = groups[-1]
    return found


def neighbours(found: list[Asked], query: str) -> list[tuple[Asked, Asked]]:
    """The words among what a query asks for between which there is nothing but space."""
    return [
        (left, right)
        for left, right in pairwise(found)
        if left.kind is right.kind is Kind.WORD
        and left.field is right.field
        and query[left.place[1] : right.place[0]].isspace()
    ]
