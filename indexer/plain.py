"""Reports and other records as plain JSON."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import Any

from corpus.model import Report

_DATES = ("written", "published", "printed", "added")
_LISTS = ("sources", "annexes", "flaws")

_NUMBERS = ("year", "covers", "delivered")

_COLUMNS = tuple(column.name for column in fields(Report))
_values_of = attrgetter(*_COLUMNS)

_KINDS: dict[str, type] = {
    **dict.fromkeys(_COLUMNS, str),
    **dict.fromkeys(_LISTS, list),
    **dict.fromkeys(_NUMBERS, int),
}
"""Of every column the type of its JSON values."""

_ENCODER = json.JSONEncoder(ensure_ascii=False)
"""`json.dumps` would make one for every record."""


def to_json(values: Any) -> bytes:
    """A record of JSON; file names may hold any bytes."""
    return _ENCODER.encode(values).encode("utf-8", "surrogatepass")


def from_json(record: bytes) -> Any:
    """What `to_json` made a record of.

    Raises:
        ValueError: it made none of it.
    """
    try:
        return json.loads(record.decode("utf-8", "surrogatepass"))
    except RecursionError as error:
        raise ValueError("nested deeper than any record") from error


def plain(report: Report, **told: Any) -> dict[str, Any]:
    """A report as JSON values, what is empty left out.

    Args:
        report: the report.
        told: values to put in place of its own.
    """
    values = {**dict(zip(_COLUMNS, _values_of(report), strict=True)), **told}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in values.items()
        if value
    }


def report_of(values: dict[str, Any]) -> Report:
    """The report that `plain` made JSON values of.

    Raises:
        TypeError, ValueError, KeyError, AttributeError: it made none of these.
    """
    for name, value in values.items():
        if type(value) is not _KINDS[name]:
            raise TypeError(f"{name} is of another type")
    dates = {name: date.fromisoformat(values[name]) for name in _DATES if name in values}
    lists = {name: tuple(values[name]) for name in _LISTS if name in values}
    if not all(isinstance(one, str) for texts in lists.values() for one in texts):
        raise TypeError("a list of other things than texts")
    return Report(**{**values, **dates, **lists})
