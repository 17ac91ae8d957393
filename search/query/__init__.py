"""The query language: tokens (`lexer`), grammar (`parser`), `fields` and `values`, `syntax`."""

from .fields import ValueField
from .lexer import quote
from .parser import literal, parse
from .syntax import (
    AllOf,
    AnyOf,
    Condition,
    Exact,
    Fuzzy,
    HasValue,
    InDates,
    InSection,
    InYears,
    Located,
    Measured,
    Near,
    Node,
    NoneOf,
    Scope,
    Wild,
    Words,
)

__all__ = [
    "AllOf",
    "AnyOf",
    "Condition",
    "Exact",
    "Fuzzy",
    "HasValue",
    "InDates",
    "InSection",
    "InYears",
    "Located",
    "Measured",
    "Near",
    "Node",
    "NoneOf",
    "Scope",
    "ValueField",
    "Wild",
    "Words",
    "literal",
    "parse",
    "quote",
]
