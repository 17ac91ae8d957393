"""JSON: an array of records, a record a line, or one record (RFC 8259).

Records become rows of a table whose columns are their keys, so what holds of tables holds
of them. Objects within a record are columns too (data.title); lists are lines.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from corpus.characters import INVISIBLE
from corpus.decoding import decode
from corpus.errors import Reason, UnreadableReport
from corpus.formats.table import Table, members
from corpus.labels import column
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.formats.base import Member, Source

_LINE_END = re.compile(r"\r\n|[\r\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_MOST_VALUES = 4_000_000
"""Values of one file; each takes some 60 bytes once it is read."""

_DEEPEST_ARRAY = 4
"""How deep in objects an array of records is looked for: {"data": {"list": […]}}."""

_PARAGRAPH = "\n\n"


@dataclass(frozen=True, slots=True)
class _Record:
    """A record: its address in the file, and its values by key."""

    address: str
    values: dict[str, str]


class Json:
    """Records of which each is a report, or that are a table together."""

    name = "json"
    suffixes = frozenset({".json", ".jsonl", ".ndjson"})
    signed = False

    def claims(self, data: bytes) -> bool:  # noqa: ARG002 -- braces prove nothing
        """Claim nothing: only its suffix tells it."""
        return False

    def members(self, source: Source) -> Iterator[Member | UnreadableReport]:
        """Give a member for each record, or one for all, see `table`."""
        decoded = decode(source)
        records: list[_Record] = []
        for found in _records(source, decoded.text.removeprefix("\ufeff")):
            if isinstance(found, _Record):
                records.append(found)
            else:
                yield found
        table = _table(source, records, decoded.encoding)
        yield from members(source, [replace(table, flaws=decoded.flaws)])


def _table(source: Source, records: Sequence[_Record], encoding: str) -> Table:
    keys = list(dict.fromkeys(key for record in records for key in record.values))
    if len(keys) * len(records) > 2 * _MOST_VALUES:
        detail = Message(
            "its records have {count:,} different keys between them; split it", count=len(keys)
        )
        raise UnreadableReport(source.name, Reason.TOO_LARGE, detail)
    rows = [(record.address, [record.values.get(key, "") for key in keys]) for record in records]
    filled = [(address, cells) for address, cells in rows if "".join(cells).strip(INVISIBLE)]
    return Table([("", keys), *filled] if filled else [], encoding=encoding, keyed=True)


def _records(source: Source, text: str) -> Iterator[_Record | UnreadableReport]:
    """Give the records of a file: its lines, if they are objects, else those of its one value."""
    if text.count(",") + text.count("[") + text.count("{") > _MOST_VALUES:
        detail = Message("it holds more than {most:,} values; split it", most=_MOST_VALUES)
        raise UnreadableReport(source.name, Reason.TOO_LARGE, detail)
    lines = [(str(number), line.strip()) for number, line in enumerate(_LINE_END.split(text), 1)]
    lines = [(address, line) for address, line in lines if line]
    if len(lines) > 1 and _are_objects(line for _, line in lines):
        for address, line in lines:
            try:
                yield from _numbered([(address, _parsed(source.within(address), line))], source)
            except UnreadableReport as problem:
                yield problem
    else:
        value = _parsed(source, text)
        array = _array_in(value)
        yield from _numbered(
            [("", value)] if array is None else [(str(i), v) for i, v in enumerate(array, 1)],
            source,
        )


def _are_objects(lines: Iterable[str]) -> bool:
    """Whether most lines are an object each; those of one object or array end in commas."""
    votes = [line.startswith("{") and line.endswith("}") for line in lines]
    return 2 * sum(votes) > len(votes)


def _parsed(source: Source, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        what = Message("nested too deep") if isinstance(error, RecursionError) else str(error)
        raise UnreadableReport(
            source.name, Reason.DAMAGED, Message("it is not JSON: {what}", what=what)
        ) from None


def _array_in(value: Any) -> list[Any] | None:
    """Give the array whose items are the records; None if the value is one record itself."""
    if isinstance(value, list):
        return value
    if not isinstance(value, dict) or any(column(key) == "text" for key in _flattened(value)):
        return None
    arrays: list[list[Any]] = []
    objects = [value]
    for _ in range(_DEEPEST_ARRAY):
        inner = [item for each in objects for item in each.values()]
        arrays += [item for item in inner if isinstance(item, list) and _holds_objects(item)]
        objects = [item for item in inner if isinstance(item, dict)]
    return arrays[0] if len(arrays) == 1 else None


def _holds_objects(items: Sequence[Any]) -> bool:
    return bool(items) and all(isinstance(item, dict) for item in items)


def _numbered(values: Iterable[tuple[str, Any]], source: Source) -> Iterator[_Record]:
    for address, value in values:
        flat = _flattened(value) if isinstance(value, dict) else {"": value}
        try:
            yield _Record(address, {_shown(key): _shown(item) for key, item in flat.items()})
        except RecursionError:
            detail = Message("its values are nested too deep")
            raise UnreadableReport(source.within(address).name, Reason.DAMAGED, detail) from None


def _flattened(record: dict[str, Any]) -> dict[str, Any]:
    """Put the values of objects beside those of the record, by keys of two parts."""
    flat: dict[str, Any] = {}
    for key, value in record.items():
        if isinstance(value, dict):
            flat.update((f"{key}.{inner}", item) for inner, item in value.items())
        else:
            flat[key] = value
    return flat


def _shown(value: Any) -> str:
    """Write a value as a reader would: strings plainly, lists a line each, objects as rows."""
    if value is None:
        return ""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return _PARAGRAPH.join(filter(None, map(_shown, value)))
    if isinstance(value, dict):
        return "\t".join(filter(None, map(_shown, value.values())))
    return json.dumps(value)
