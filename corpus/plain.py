"""Records as plain data: what JSON can hold, and nothing else.

A record's shape is documented in `docs/formats.en.md`; it is the same in what programs get
and in what the commands print.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any


class Plain:
    """A dataclass that can be turned into plain data."""

    __slots__ = ()

    def to_dict(self) -> dict[str, Any]:
        """Its fields by name, as what JSON can hold."""
        return {
            field.name: plain(getattr(self, field.name))
            for field in fields(self)  # type: ignore[arg-type]  # of a dataclass, always
        }


def plain(value: Any) -> Any:
    """A value as what JSON can hold: dates in ISO 8601, tuples as lists, errors as told."""
    for kind, form in _FORMS:
        if isinstance(value, kind):
            return form(value)
    return value


_FORMS: tuple[tuple[type | tuple[type, ...], Callable[[Any], Any]], ...] = (
    (Plain, lambda value: value.to_dict()),
    (Enum, lambda value: value.value),
    (date, lambda value: value.isoformat()),
    (Exception, str),
    ((tuple, list), lambda value: [plain(one) for one in value]),
    (Mapping, lambda value: {key: plain(one) for key, one in value.items()}),
)


def known(values: dict[str, Any]) -> dict[str, Any]:
    """The same values, None in place of what is not known: an empty text, page 0."""
    return {name: None if value in ("", 0) else value for name, value in values.items()}
