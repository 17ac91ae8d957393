"""Stored values: what a document's fields hold, as one JSON record.

What JSON has no word for is an object of one member, the name of its type: `{"bytes":
"YQ=="}`. Dictionaries are written so too, as lists of pairs, so every object is one.
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode, b64encode
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from .errors import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

RECORDS = "stored"
"""The records of stored values in a segment."""


def _plain_list(values: Any) -> Any:
    return [_plain(value) for value in values]


def _plain_pairs(values: Any) -> Any:
    return [[_plain(key), _plain(value)] for key, value in values.items()]


def _itself(value: Any) -> Any:
    return value


_PLAIN: dict[type, Callable[[Any], Any]] = {
    **dict.fromkeys((type(None), bool, int, float, str), _itself),
    **dict.fromkeys((list, tuple), _plain_list),
    dict: lambda values: {"dict": _plain_pairs(values)},
    datetime: lambda moment: {"datetime": moment.isoformat()},
    date: lambda day: {"date": day.isoformat()},
    bytes: lambda data: {"bytes": b64encode(data).decode("ascii")},
    Decimal: lambda number: {"decimal": str(number)},
}

_TYPED: dict[str, Callable[[Any], Any]] = {
    "dict": dict,
    "datetime": datetime.fromisoformat,
    "date": date.fromisoformat,
    "bytes": lambda text: b64decode(text, validate=True),
    "decimal": Decimal,
}


def _plain(value: Any) -> Any:
    try:
        convert = _PLAIN[type(value)]
    except KeyError:
        raise Unsupported(f"cannot store {value!r}: {type(value).__name__} is no JSON") from None
    return convert(value)


def _typed(members: dict[str, Any]) -> Any:
    ((name, value),) = members.items()
    return _TYPED[name](value)


def encode(values: Mapping[str, Any]) -> bytes:
    """A document's stored values as a record.

    Raises:
        Unsupported: one is of a type that is not stored.
    """
    return json.dumps(_plain_pairs(values), ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def decode(record: bytes) -> dict[str, Any]:
    """The values of a record; what was a tuple is a list.

    Raises:
        ValueError: it is not one.
    """
    try:
        pairs = json.loads(record.decode("utf-8", "surrogatepass"), object_hook=_typed)
        return dict(pairs)
    except (TypeError, KeyError, InvalidOperation, binascii.Error, RecursionError) as error:
        raise ValueError("no stored values") from error
