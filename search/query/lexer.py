"""A query cut into tokens, each with its place.

Every sign of the language may be written in its full-width or Chinese form, as an
input method leaves it: （ ） ： － “ ” 「 」 ／句 ～ and ＡＮＤ. Signs that mean nothing here
are part of the words they stand in.
"""

from __future__ import annotations

import re
import unicodedata
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from corpus.messages import Message
from search.errors import QueryError

from .fields import field_named

if TYPE_CHECKING:
    from collections.abc import Iterator


class Kind(Enum):
    """What a token is."""

    WORD = auto()
    STRING = auto()
    FUZZY = auto()
    WILD = auto()
    MEASURED = auto()
    REGEX = auto()
    FIELD = auto()
    NEAR = auto()
    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    END = auto()


class Token(NamedTuple):
    """A piece of a query.

    Attributes:
        kind: what it is.
        text: its value: a word, what a string holds, a field's name.
        start: offset of its first character in the query.
        end: offset after its last.
    """

    kind: Kind
    text: str
    start: int
    end: int


_PARENTHESES = {"(": Kind.OPEN, "（": Kind.OPEN, ")": Kind.CLOSE, "）": Kind.CLOSE}
_COLONS = ":："
_MINUSES = "-－−"
_STRAIGHT_QUOTES = '"＂'
_PAIRED_QUOTES = {"“": "”", "「": "」", "『": "』"}
_CLOSING_QUOTES = "".join(_PAIRED_QUOTES.values())
_QUOTES = _STRAIGHT_QUOTES + "".join(_PAIRED_QUOTES) + _CLOSING_QUOTES
_OPERATORS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_COMPARING = frozenset("<>=≤≥≦≧⩽⩾＜＞＝")
"""Signs of which one is in every comparison: what reads one takes long to import."""
_SLASHES = "/／"
_STARS = "*＊"
_ANY_CHARACTER = "?？"
_FUZZY = re.compile(r"(?P<text>.+?)[~～](?P<distance>\w*)$", re.DOTALL)
_NEAR = re.compile(
    r"[/／>＞](?:[句段节節sphSPHｓｐｈＳＰＨ]|\d{1,6})(?=$|[\s\"＂“”「」『』()（）])"
)
"""How near: in one sentence (句, s), paragraph (段, p), section (节, h), or so many characters."""
_STUCK = re.compile(r"(?:[/／](?:[句段节節]|\d{1,6})|[>＞][句段节節])(?=\S)")
"""The same without the space behind it."""


def tokens(query: str, position: int = 0) -> Iterator[Token]:
    """Cut a query into tokens, the last of which is `Kind.END`.

    Args:
        query: all of it.
        position: where to begin.

    Raises:
        QueryError: a quote that is not closed, a sign that stands where it means nothing.
    """
    while position < len(query):
        character = query[position]
        if character.isspace():
            position += 1
            continue
        if character in _PARENTHESES:
            token = Token(_PARENTHESES[character], character, position, position + 1)
        elif character in _MINUSES:
            token = _minus(query, position)
        elif character in _QUOTES:
            token = _string(query, position)
        elif near := _NEAR.match(query, position):
            token = Token(Kind.NEAR, near[0], position, near.end())
        elif stuck := _STUCK.match(query, position):
            problem = Message(
                "a space is missing behind {operator}; to search for the sign itself put it in "
                "quotes",
                operator=stuck[0],
            )
            raise QueryError(query, position, stuck.end(), problem)
        else:
            token = _word(query, position)
        yield token
        position = token.end
    yield Token(Kind.END, "", len(query), len(query))


def _minus(query: str, start: int) -> Token:
    following = query[start + 1 : start + 2]
    if not following or following.isspace() or following in _MINUSES:
        raise QueryError(
            query, start, start + 1,
            Message("{sign} excludes the word that follows it without a space; "
                "to search for the sign itself put it in quotes", sign=query[start]),
        )  # fmt: skip
    return Token(Kind.NOT, query[start], start, start + 1)


def _string(query: str, start: int) -> Token:
    opening = query[start]
    if opening in _STRAIGHT_QUOTES:
        return _straight_string(query, start)
    closing = _PAIRED_QUOTES.get(opening)
    if closing is None:
        raise QueryError(
            query,
            start,
            start + 1,
            Message("{opening} closes a quote that was not opened", opening=opening),
        )
    depth = 0
    for position in range(start, len(query)):
        depth += (query[position] == opening) - (query[position] == closing)
        if depth == 0:
            return Token(Kind.STRING, query[start + 1 : position], start, position + 1)
    raise QueryError(
        query,
        start,
        start + 1,
        Message("the quote {opening} is not closed by {closing}", opening=opening, closing=closing),
    )


def _straight_string(query: str, start: int) -> Token:
    """A string in straight quotes, in which a backslash keeps a quote or a backslash."""
    text: list[str] = []
    position = start + 1
    while position < len(query):
        character = query[position]
        if character in _STRAIGHT_QUOTES:
            return Token(Kind.STRING, "".join(text), start, position + 1)
        if character == "\\" and query[position + 1 : position + 2] in {*_STRAIGHT_QUOTES, "\\"}:
            position += 1
        text.append(query[position])
        position += 1
    raise QueryError(query, start, start + 1, Message('the quote " is not closed'))


def quote(text: str) -> str:
    """Write a string so that a query searches for just that, whatever signs it holds."""
    escaped = text.replace("\\", "\\\\")
    for sign in _STRAIGHT_QUOTES:
        escaped = escaped.replace(sign, "\\" + sign)
    return f'"{escaped}"'


_DOCUMENT_NUMBER = re.compile(
    r"[^\W\d_]{1,20}\s?[(\[（［〔【]\s?\d{4}\s?[)\]）］〕】]\s?第?\d{1,5}\s?号"
)
"""发文字号 such as 国办发〔2017〕24号, in any of the brackets that it is written with."""


_ADDRESS = re.compile(r"([0-9a-fA-F]{4,12})[:：]\d{1,6}(?![^\s()（）])")
"""REPORT:N, the address of a paragraph; but added: is a field."""


def _word(query: str, start: int) -> Token:
    """A word up to the next space, parenthesis or quote; or a field's name and its colon.

    A document number is one word, whatever its brackets, and so is an address.
    """
    if _opens_expression(query[start : start + 4]):
        return _expression(query, start, start + 4)
    if number := _DOCUMENT_NUMBER.match(query, start):
        return Token(Kind.WORD, number[0], start, number.end())
    if (address := _ADDRESS.match(query, start)) and field_named(address[1]) is None:
        return Token(Kind.WORD, address[0], start, address.end())
    end = start
    while end < len(query) and not _ends_word(query[end]):
        if query[end] in _COLONS and end > start and not query[start:end].isdecimal():
            return _field(query, start, end)
        end += 1
    return _plain_word(query, start, end)


def _opens_expression(text: str) -> bool:
    return text[:2].lower() == "re" and text[2:3] in {*_COLONS} and text[3:] in {*_SLASHES}


def _expression(query: str, start: int, inside: int) -> Token:
    r"""A regular expression up to the next slash; `\/` is a slash in it."""
    position = inside
    while position < len(query) and query[position] not in _SLASHES:
        position += 2 if query[position] == "\\" else 1
    if position >= len(query):
        problem = Message("the expression is not closed: it is written re:/…/")
        raise QueryError(query, start, len(query), problem)
    return Token(Kind.REGEX, query[inside:position], start, position + 1)


def _field(query: str, start: int, colon: int) -> Token:
    """A field's name and its colon; or a word, a colon and a range of quantities."""
    name, end = query[start:colon], colon
    while end < len(query) and not _ends_word(query[end]):
        end += 1
    if field_named(name) is None and _is_range(query[start:end]):
        return Token(Kind.MEASURED, query[start:end], start, end)
    return Token(Kind.FIELD, name, start, colon + 1)


def _is_range(text: str) -> bool:
    from .quantities import is_range  # see `_COMPARING`

    return is_range(text)


def _is_comparison(text: str) -> bool:
    from .quantities import is_comparison  # see `_COMPARING`

    return is_comparison(text)


def _plain_word(query: str, start: int, end: int) -> Token:
    """A word, an operator, or a pattern; a ? at the end of a word is a question mark."""
    text = query[start:end]
    if not _COMPARING.isdisjoint(text) and _is_comparison(text):
        return Token(Kind.MEASURED, text, start, end)
    if fuzzy := _FUZZY.match(text):
        if fuzzy["distance"] not in {"", "1", "１"}:
            problem = Message("one character may differ: write ~ or ~1")
            raise QueryError(query, start + fuzzy.end("text"), end, problem)
        return Token(Kind.FUZZY, fuzzy["text"], start, end)
    inner = text.rstrip(_ANY_CHARACTER)[1:]
    if any(sign in text for sign in _STARS) or any(sign in inner for sign in _ANY_CHARACTER):
        return Token(Kind.WILD, text, start, end)
    kind = _OPERATORS.get(unicodedata.normalize("NFKC", text), Kind.WORD)
    return Token(kind, text, start, end)


def _ends_word(character: str) -> bool:
    return character.isspace() or character in _PARENTHESES or character in _QUOTES
