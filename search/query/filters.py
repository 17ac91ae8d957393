"""Filters: conditions beside a query, given field by field.

The values of one field are alternatives, and all fields have to hold. A value is read as it
is in a query, in a group behind its field; so filters are a query too:

    改革 with region:浙江, region:江苏, year:2015..  is  改革 region:(浙江 OR 江苏) year:2015..
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from corpus.messages import Message
from search.errors import QueryError

from .fields import FIELDS, field_named
from .parser import literal, parse, parse_filter
from .syntax import AllOf, AnyOf

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .syntax import Node

Filter = str | tuple[str, str]
"""A field and what is asked of it: "region:浙江" or ("region", "浙江")."""

MAX_FILTERS = 100

_COLONS = ":："
_SIMPLE = re.compile(r"[\w.:〔〕]+")
"""A value that needs no parentheses."""


class Asked(NamedTuple):
    """A query and its filters, understood.

    Attributes:
        text: both as one query.
        node: the same, understood; places are those in `text`.
    """

    text: str
    node: Node


def understood(query: str, filters: Iterable[Filter], *, is_literal: bool = False) -> Asked:
    """Understand a query and filters.

    Args:
        query: in the query language; it may be blank if there are filters.
        filters: see `Filter`.
        is_literal: whether the query is one exact string.

    Raises:
        QueryError: one of them cannot be understood.
    """
    by_field: dict[str, list[str]] = {}
    for number, one in enumerate(filters, 1):
        name, value = _split(one) if isinstance(one, str) else one
        field = field_named(name)
        by_field.setdefault(FIELDS[field][0] if field else name, []).append(value)
        if number > MAX_FILTERS:
            problem = Message("a query has at most {most:,} filters", most=MAX_FILTERS)
            raise QueryError(query, 0, len(query), problem)
    if not by_field:
        return Asked(query, literal(query) if is_literal else parse(query))
    nodes: list[Node] = []
    text = ""
    if query.strip():
        node = literal(query) if is_literal else parse(query)
        nodes += node.parts if isinstance(node, AllOf) else [node]
        text = f"({query})" if isinstance(node, AnyOf) else query
        text += " "
    for name, values in by_field.items():
        start = len(text)
        value = " OR ".join(values)
        opening, closing = (":", " ") if _SIMPLE.fullmatch(value) else (":(", ") ")
        text += name + opening + value
        nodes.append(parse_filter(text, start, len(text) - len(value), name))
        text += closing
    text = text.rstrip()
    return Asked(text, nodes[0] if len(nodes) == 1 else AllOf(tuple(nodes)))


def _split(text: str) -> tuple[str, str]:
    """A filter as its field and its value."""
    colon = min((place for sign in _COLONS if (place := text.find(sign)) > 0), default=0)
    if not colon:
        problem = Message("a filter is written FIELD:VALUE, such as year:2015..2020")
        raise QueryError(text, 0, len(text), problem)
    return text[:colon], text[colon + 1 :]
