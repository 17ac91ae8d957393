"""Tells schemas apart by what they make of documents.

Schemas are not stored, so an index has to know whether the one that it is opened with
finds what another one wrote. The fingerprint is the same in every process and under every
Python: nothing in it is an address in memory, nor the order of a set.
"""

from __future__ import annotations

import re
from functools import singledispatch
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from whoosh.analysis.acore import Composable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from whoosh.fields import FieldType, Schema

_DECISIVE = (
    "stored",
    "scorable",
    "indexed",
    "numtype",
    "bits",
    "signed",
    "decimal_places",
    "shift_step",
)
"""What a field's type leaves open that decides what is written; not what queries are made of."""


def fingerprint(schema: Schema) -> str:
    """The fingerprint of a schema: its fields, their types, formats, columns and analyzers.

    Of an analyzer count its parts and their public attributes, or what `__getstate__` gives
    if it has one. Of other objects that it holds, such as a dictionary, only the type does:
    they may change while they are used.

    Args:
        schema: the schema.
    """
    described = "\n".join(f"{name}:{_field(field)}" for name, field in _fields(schema))
    return f"schema-{sha256(described.encode()).hexdigest()[:16]}"


def _fields(schema: Schema) -> Iterator[tuple[str, FieldType]]:
    """All fields of a schema by their names, and those that a pattern of names makes."""
    yield from schema.items()
    for pattern, (_, field) in sorted(schema._dyn_fields.items()):  # noqa: SLF001 (nothing else tells them)
        yield pattern, field


def _field(field: FieldType) -> str:
    form, column = field.format, field.column_type
    return _described(
        (
            type(field).__name__,
            [getattr(field, name, None) for name in _DECISIVE],
            form and (type(form), form.field_boost),
            column and (type(column), column.default_value()),
            field.analyzer,
        )
    )


@singledispatch
def _described(value: Any) -> str:
    """A value as text: of what may be anything, only what it is called."""
    return _name(value if hasattr(value, "__qualname__") else type(value))


@_described.register(type(None))
@_described.register(float)
@_described.register(str)
@_described.register(bytes)
def _plain(value: float | str | bytes | None) -> str:
    return repr(value)


@_described.register
def _number(value: int) -> str:
    return f"{value:d}"  # a flag too, which each Python shows in its own way


@_described.register
def _pattern(value: re.Pattern) -> str:  # type: ignore[type-arg]  # registered by its class
    return _described((value.pattern, value.flags))


@_described.register(list)
@_described.register(tuple)
def _sequence(values: Sequence[Any]) -> str:
    return f"[{','.join(map(_described, values))}]"


@_described.register(set)
@_described.register(frozenset)
def _set(values: Iterable[Any]) -> str:
    return f"{{{','.join(sorted(map(_described, values)))}}}"


@_described.register
def _mapping(values: dict) -> str:  # type: ignore[type-arg]
    return _set(values.items())


@_described.register
def _part(part: Composable) -> str:
    """A part of an analyzer, without what it remembers."""
    state = _state(part)
    if isinstance(state, dict):
        state = {name: held for name, held in state.items() if not name.startswith("_")}
    return f"{_name(type(part))}{_described(state)}"


def _state(part: Composable) -> Any:
    """What the part itself says that it is, or else its attributes."""
    own = getattr(type(part), "__getstate__", None)
    is_own = own is not getattr(object, "__getstate__", None)
    return part.__getstate__() if is_own else getattr(part, "__dict__", None)


def _name(named: Any) -> str:
    return f"{getattr(named, '__module__', None)}.{named.__qualname__}"
