"""The query language: tokens (`lexer`), grammar (`parser`), `fields` and `values`, `syntax`."""

from .fields import ValueField
from .lexer import quote
from .parser import literal, parse
from .syntax import (
    AllOf,
    AnyOf,
    Condition,
    Exact,
    HasValue,
    InDates,
    InSection,
    InYears,
    Node,
    NoneOf,
    Words,
)

__all__ = [
    "AllOf",
    "AnyOf",
    "Condition",
    "Exact",
    "HasValue",
    "InDates",
    "InSection",
    "InYears",
    "Node",
    "NoneOf",
    "ValueField",
    "Words",
    "literal",
    "parse",
    "quote",
]
