"""The grammar of the query language.

    query  =  all ("OR" all)*
    all    =  near ("AND"? near)*
    near   =  part (distance part)*
    part   =  ("NOT" | "-")* (group | value | field value)
    group  =  "(" query ")"
    value  =  word | string | pattern

A field holds for the group or the value that follows it. The parser descends by its
own count of depth, never by as much as the query asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from corpus.messages import Message
from indexer import fold
from search.errors import QueryError
from search.places import Place

from .fields import (
    FIELD_NAMES,
    Field,
    LinkField,
    RangeField,
    SectionField,
    ValueField,
    field_named,
    fields_like,
)
from .lexer import Kind, Token, tokens
from .prose import is_prose
from .syntax import (
    AllOf,
    AnyOf,
    Condition,
    Exact,
    Fuzzy,
    HasValue,
    Leaf,
    Measured,
    Near,
    Node,
    NoneOf,
    Regex,
    Scope,
    Similar,
    Wild,
    Within,
    Words,
)
from .values import BadValueError, read_range, read_section

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MAX_LENGTH = 1_000
"""Characters in a query. One exact string may be longer, see `literal`."""
MAX_LITERAL = 10_000
"""Characters in a string that is searched for literally."""
MAX_DEPTH = 50
"""Groups within groups."""
MAX_LEAVES = 200
"""Words, strings and conditions in a query."""
MAX_DISTANCE = 200
"""Characters between what stands near."""
MAX_EXPRESSION = 200
"""Characters of a regular expression."""

MAX_PATTERN = 40
"""Characters in a pattern."""


def parse(query: str) -> Node:
    """Understand a query.

    Raises:
        QueryError: it cannot be understood, or is longer, deeper or has more parts than
            a query may; the error names the place.
    """
    _check_characters(query, MAX_LENGTH)
    if is_prose(query):
        return Words(query, place=(0, len(query)))
    return _Parser(query).parse()


def parse_filter(query: str, start: int, value: int, name: str) -> Node:
    """Understand a filter, its value as it is read in a group behind its field.

    Args:
        query: what it stands in, at the end.
        start: where it begins, with the name of the field.
        value: where its value begins.
        name: of the field.

    Raises:
        QueryError: it cannot be understood, see `parse`.
    """
    field = field_named(name)
    if field is None:
        raise QueryError(query, start, start + len(name), _no_field(name))
    _check_characters(query[value:], MAX_LENGTH)
    return _Parser(query, value).parse(field)


def literal(query: str) -> Exact:
    """Understand a whole query as one exact string, whatever signs it holds.

    Raises:
        QueryError: it is too long, or there is no visible character in it.
    """
    _check_characters(query, MAX_LITERAL)
    if not fold(query):
        raise QueryError(query, 0, len(query), _INVISIBLE)
    return Exact(query, place=(0, len(query)))


def _check_characters(query: str, most: int) -> None:
    if len(query) > most:
        raise QueryError(
            query, most, len(query), Message("a query has at most {most:,} characters", most=most)
        )
    for place, character in enumerate(query):
        if "\ud800" <= character <= "\udfff":
            problem = Message("this is no character; the query has to come as valid UTF-8")
            raise QueryError(query, place, place + 1, problem)


_MARKS = frozenset("，。？！；：、,.?!;:…")


def _is_mark(node: Node) -> bool:
    """Whether a part is punctuation, left alone by what is quoted before it."""
    return isinstance(node, Words) and _MARKS.issuperset(node.text)


_INVISIBLE = Message("there is no visible character to search for")


class _Parser:
    """One parse: the tokens of a query from some place on, and how far it has read them."""

    def __init__(self, query: str, start: int = 0) -> None:
        self._query = query
        self._tokens: Iterator[Token] = tokens(query, start)
        self._token = next(self._tokens)
        self._depth = 0
        self._leaves = 0

    def parse(self, field: Field | None = None) -> Node:
        """Parse all of it, as what is asked of a field."""
        if self._token.kind is Kind.END:
            self._fail(self._token, Message('it is empty; write a word, a "string" or a condition'))
        node = self._any_of(field)
        if self._token.kind is Kind.CLOSE:
            self._fail(self._token, Message("this parenthesis was not opened"))
        return node

    def _any_of(self, field: Field | None) -> Node:
        parts = [self._all_of(field)]
        while self._token.kind is Kind.OR:
            self._advance()
            parts.append(self._all_of(field))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))

    def _all_of(self, field: Field | None) -> Node:
        parts = [self._near(field)]
        while self._token.kind not in {Kind.OR, Kind.CLOSE, Kind.END}:
            if self._token.kind is Kind.AND:
                self._advance()
            parts.append(self._near(field))
        parts = [part for part in parts if not _is_mark(part)] or parts[:1]
        return parts[0] if len(parts) == 1 else AllOf(tuple(parts))

    def _near(self, field: Field | None) -> Node:
        """A chain of operands, each near to all that is before it."""
        node = self._part(field)
        while self._token.kind is Kind.NEAR:
            token = self._token
            if field is not None:
                self._fail(
                    token, Message("what stands near is looked for in the text, not in a field")
                )
            self._refuse_operand(node, token, _not_near_before)
            self._advance()
            right = self._part(field)
            self._refuse_operand(right, token, _not_near_behind)
            node = _near(node, right, token)
            if node.distance > MAX_DISTANCE:
                self._fail(
                    token,
                    Message("a distance is of {most} characters at the most", most=MAX_DISTANCE),
                )
        return node

    def _refuse_operand(self, node: Node, token: Token, wrong: Callable[[str], Message]) -> None:
        if isinstance(node, AllOf | AnyOf):
            for part in node.parts:
                self._refuse_operand(part, token, wrong)
        elif isinstance(node, Near):
            return
        elif not isinstance(node, Words | Exact | Fuzzy | Wild | Regex | Measured) or getattr(
            node, "field", None
        ):
            self._fail(token, wrong(token.text))

    def _part(self, field: Field | None) -> Node:
        negated = False
        while self._token.kind is Kind.NOT:
            negated = not negated
            self._advance()
        node = self._positive(field)
        return NoneOf(node) if negated else node

    def _positive(self, field: Field | None) -> Node:
        token = self._token
        if token.kind is Kind.FIELD:
            return self._fielded(token, field)
        if token.kind is Kind.OPEN:
            return self._group(field)
        if token.kind in _VALUES:
            self._advance()
            return self._leaf(token, field)
        return self._fail(
            token,
            _MISPLACED.get(
                token.kind, Message("nothing for {operator} to join", operator=token.text)
            ),
        )

    def _group(self, field: Field | None) -> Node:
        opening = self._token
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._fail(opening, Message("groups go at most {most} deep", most=MAX_DEPTH))
        self._advance()
        node = self._any_of(field)
        if self._token.kind is not Kind.CLOSE:
            self._fail(opening, Message("this parenthesis is not closed"))
        self._advance()
        self._depth -= 1
        return node

    def _fielded(self, token: Token, outer: Field | None) -> Node:
        field = field_named(token.text)
        if field is None:
            self._fail(token, _no_field(token.text))
        if outer is not None:
            self._fail(token, Message("a field cannot stand inside the group of another"))
        self._advance()
        following = self._token
        if following.kind is Kind.OPEN:
            return self._group(field)
        if following.kind not in _VALUES:
            self._fail(following, Message("{field}: wants a value", field=token.text))
        self._advance()
        return self._leaf(following, field)

    def _leaf(self, token: Token, field: Field | None) -> Leaf:
        self._leaves += 1
        if self._leaves > MAX_LEAVES:
            self._fail(
                token, Message("a query has at most {most} words and conditions", most=MAX_LEAVES)
            )
        if not fold(token.text).strip() and (token.kind is Kind.WORD or not fold(token.text)):
            self._fail(token, _INVISIBLE)
        if token.kind is Kind.MEASURED:
            return self._measured(token, field)
        if field is not None and not isinstance(field, Place):
            return self._condition(token, field)
        self._refuse_range(token)
        if token.kind in {Kind.FUZZY, Kind.WILD, Kind.REGEX}:
            return self._pattern(token, field)
        leaf: type[Words | Exact] = Words if token.kind is Kind.WORD else Exact
        return leaf(token.text, field, (token.start, token.end))

    def _condition(self, token: Token, field: _Conditional) -> Condition:
        if isinstance(field, ValueField):
            self._refuse_range(token)
            return HasValue(field, token.text, field.is_whole or token.kind is Kind.STRING)
        if isinstance(field, LinkField):
            link = Similar if field is LinkField.SIMILAR else Within
            return link(token.text, (token.start, token.end))
        try:
            if isinstance(field, SectionField):
                return read_section(token.text)
            return read_range(field, token.text)
        except BadValueError as error:
            self._fail(token, error.problem)

    def _refuse_range(self, token: Token) -> None:
        if token.kind is Kind.WORD and (token.text[:2] == ".." or token.text[-2:] == ".."):
            self._fail(token, Message("a range is written without spaces: 2015..2020"))

    def _measured(self, token: Token, field: Field | None) -> Measured:
        if field is not None:
            self._fail(token, Message("quantities are looked for in the text, not in a field"))
        from .quantities import read_measured  # few queries have one

        try:
            return read_measured(token.text, (token.start, token.end))
        except BadValueError as error:
            self._fail(token, error.problem)

    def _pattern(self, token: Token, field: Field | None) -> Fuzzy | Wild | Regex:
        if field is not None:
            self._fail(token, Message("patterns are looked for in the text, not in a field"))
        if token.kind is Kind.REGEX:
            return self._expression(token)
        folded = fold(token.text)
        fixed = folded.replace("*", "").replace("?", "") if token.kind is Kind.WILD else folded
        least = 1 if token.kind is Kind.WILD else 2
        if len(fixed.strip()) < least:
            self._fail(
                token,
                Message(
                    "a pattern has {least} or more characters of its own; to search for "
                    "the sign itself put it in quotes",
                    least=least,
                ),
            )
        if len(folded) > MAX_PATTERN:
            self._fail(token, Message("a pattern has at most {most} characters", most=MAX_PATTERN))
        pattern: type[Fuzzy | Wild] = Wild if token.kind is Kind.WILD else Fuzzy
        return pattern(token.text, (token.start, token.end))

    def _expression(self, token: Token) -> Regex:
        if len(token.text) > MAX_EXPRESSION:
            problem = Message("an expression has at most {most} characters", most=MAX_EXPRESSION)
            self._fail(token, problem)
        from .expressions import BadExpressionError, read_expression  # few queries have one

        try:
            expression = read_expression(token.text)
        except BadExpressionError as error:
            first = token.end - 1 - len(token.text)
            place = first + error.start, first + error.end
            raise QueryError(self._query, *place, error.problem) from None
        return Regex(token.text, expression, (token.start, token.end))

    def _advance(self) -> None:
        self._token = next(self._tokens)

    def _fail(self, token: Token, problem: Message) -> NoReturn:
        raise QueryError(self._query, token.start, token.end, problem)


_Conditional = ValueField | RangeField | SectionField | LinkField

_VALUES = {Kind.WORD, Kind.STRING, Kind.FUZZY, Kind.WILD, Kind.MEASURED, Kind.REGEX}

_SCOPES = {
    **dict.fromkeys("句s", Scope.SENTENCE),
    **dict.fromkeys("段p", Scope.PARAGRAPH),
    **dict.fromkeys("节h", Scope.SECTION),
}


def _near(left: Node, right: Node, token: Token) -> Near:
    """Two operands and what stands between them, such as /句 or >10."""
    folded = fold(token.text)
    scope = _SCOPES.get(folded[1], Scope.CHARACTERS)
    distance = int(folded[1:]) if scope is Scope.CHARACTERS else 0
    return Near(left, right, scope, distance, folded[0] == ">", (token.start, token.end))


def _not_near_before(operator: str) -> Message:
    return Message(
        "before {operator} there is something else; "
        "words, strings and groups of them can stand near one another",
        operator=operator,
    )


def _not_near_behind(operator: str) -> Message:
    return Message(
        "behind {operator} there is something else; "
        "words, strings and groups of them can stand near one another",
        operator=operator,
    )


def _no_field(name: str) -> Message:
    """That there is no field of a name, and which may be meant."""
    if near := fields_like(name):
        return Message(
            "there is no field {field}; did you mean {fields}? "
            "To search for the colon itself put it in quotes",
            field=name,
            fields=", ".join(near),
        )
    return Message(
        "there is no field {field}; the fields are {fields}; "
        "to search for the colon itself put it in quotes",
        field=name,
        fields=", ".join(FIELD_NAMES),
    )


_MISPLACED = {
    Kind.NEAR: Message("something is missing before it"),
    Kind.END: Message("something is missing at the end"),
    Kind.CLOSE: Message("something is missing before this parenthesis"),
}
