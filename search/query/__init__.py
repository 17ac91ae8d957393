"""The query language: tokens (`lexer`), grammar (`parser`), `fields` and `values`, `syntax`."""

from .fields import ValueField
from .lexer import quote
from .parser import literal, parse
from .syntax import AllOf, AnyOf, Exact, HasValue, InDates, InYears, Node, NoneOf, Words

__all__ = [
    "AllOf",
    "AnyOf",
    "Exact",
    "HasValue",
    "InDates",
    "InYears",
    "Node",
    "NoneOf",
    "ValueField",
    "Words",
    "literal",
    "parse",
    "quote",
]
