"""Workbooks of the old kind (xls), brought into a form that can be opened safely.

Such a workbook is a stream of records in an OLE container. The library that reads it
believes every number in them, so it is given a container of ours that holds the stream
with the records it needs and no others: no formulas, no names, no sizes of sheets.

Sources: MS-XLS 2.1.4 and 2.4 (records), MS-CFB 2.2 to 2.6 (container).
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from corpus.errors import Reason, UnreadableReport
from corpus.formats.workbook import Cells, Extent
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.formats.base import Source

_MOST_RECORDS = 20_000_000
_MOST_SHEETS = 1_000

_END, _FILE_PASS, _BOUND_SHEET, _STRINGS, _FORMULA = 0x0A, 0x2F, 0x85, 0xFC, 0x06
_CELLS = frozenset({_FORMULA, 0x7E, 0x27E, 0xD6, 0xFD, 0x203, 0x204, 0x205})
_RUN = 0xBD
_OTHERS = frozenset({0x22, 0x3C, 0x42, 0xE0, 0xE5, 0x207, 0x41E, 0x809})
_KEPT = _CELLS | {_RUN, _END, _BOUND_SHEET, _STRINGS} | _OTHERS
"""Records of one cell, of cells beside each other, of texts, of what their numbers mean, of
merged cells, and of where a sheet begins and ends (MS-XLS 2.3)."""

_NOTHING = b"\xff\xff"
_HEAD = struct.Struct("<HH")
_FORMULA_SIZE = 20
"""Where the length of a formula stands in its record, behind the cell's saved value."""

_SMALLEST_STRING = 3

_SECTOR = 4096
_FREE, _LAST, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TABLES_IN_HEADER = 109
_STREAM, _ROOT = 2, 5


def safe_workbook(source: Source, stream: bytes) -> bytes:
    """Make an OLE container of what the records of a workbook say of its cells.

    Args:
        source: the workbook; names errors.
        stream: its stream of records.

    Raises:
        UnreadableReport: it holds too much, or asks for a password.
    """
    kept = bytearray(stream)
    sheets: list[int] = []
    for kind, start, size in _records(stream, 0):
        if kind == _FILE_PASS:
            detail = Message("it asks for a password; save it without")
            raise UnreadableReport(source.name, Reason.ENCRYPTED, detail)
        if kind == _BOUND_SHEET:
            sheets.append(int.from_bytes(stream[start : start + 4], "little"))
        if kind == _STRINGS:
            _refuse_strings(source, stream, start)
        _keep(kept, kind, start, size)
    if len(sheets) > _MOST_SHEETS:
        detail = Message("it holds more than {most:,} sheets; split it", most=_MOST_SHEETS)
        raise UnreadableReport(source.name, Reason.TOO_LARGE, detail)
    _count(source, stream, sheets, kept)
    return _container(bytes(kept))


def _count(source: Source, stream: bytes, sheets: list[int], kept: bytearray) -> None:
    cells = Cells(source)
    left = _MOST_RECORDS
    for begin in sheets:
        extent = Extent()
        for kind, start, size in _records(stream, begin):
            left -= 1
            _keep(kept, kind, start, size)
            if kind in _CELLS or kind == _RUN:
                _take_in(extent, kind, stream[start : start + size])
        extent.count(cells)
        if left < 0:
            detail = Message("it holds too many records; split it")
            raise UnreadableReport(source.name, Reason.TOO_LARGE, detail)


def _records(stream: bytes, position: int) -> Iterator[tuple[int, int, int]]:
    """Give the records from a place to the one that ends them: kind, place and size."""
    while position + _HEAD.size <= len(stream):
        kind, size = _HEAD.unpack_from(stream, position)
        yield kind, position + _HEAD.size, size
        if kind == _END:
            return
        position += _HEAD.size + size


def _keep(stream: bytearray, kind: int, start: int, size: int) -> None:
    """Make a record that is not needed one that nobody knows; empty formulas."""
    if kind not in _KEPT:
        stream[start - _HEAD.size : start - _HEAD.size + 2] = _NOTHING
    elif kind == _FORMULA and size >= _FORMULA_SIZE + 2 and start + size <= len(stream):
        stream[start + _FORMULA_SIZE : start + _FORMULA_SIZE + 2] = bytes(2)


def _refuse_strings(source: Source, stream: bytes, start: int) -> None:
    """Refuse a table of texts that is said to hold more than there are bytes for."""
    count = int.from_bytes(stream[start + 4 : start + 8], "little")
    if count * _SMALLEST_STRING > len(stream):
        detail = Message(
            "it is said to hold {count:,} texts, which do not fit into it", count=count
        )
        raise UnreadableReport(source.name, Reason.DAMAGED, detail)


def _take_in(extent: Extent, kind: int, record: bytes) -> None:
    if len(record) >= _HEAD.size:
        row, column = _HEAD.unpack_from(record)
        extent.take_in(row, column)
        if kind == _RUN:
            extent.take_in(row, int.from_bytes(record[-2:], "little"))


def _container(stream: bytes) -> bytes:
    """Put a stream into an OLE container of version 4: a table, a directory, the stream."""
    stream = stream.ljust(max(len(stream) + -len(stream) % _SECTOR, _SECTOR), b"\0")
    count = len(stream) // _SECTOR
    entries = _SECTOR // 4
    tables = -(-(count + 2) // (entries - 1))
    first = tables + 2
    table = [_TABLE] * tables + [_LAST, _LAST, *range(first + 1, first + count), _LAST]
    table += [_FREE] * (tables * entries - len(table))
    listed = [*range(tables), *[_FREE] * (_TABLES_IN_HEADER - tables)]
    header = struct.pack(
        f"<8s16xHHHHH6xIIIIIIIII{_TABLES_IN_HEADER}I",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 4, 0xFFFE, 12, 6,
        1, tables, tables, 0, _SECTOR, _LAST, 0, _LAST, 0, *listed,
    )  # fmt: skip
    root = _entry("Root Entry", _ROOT, tables + 1, _SECTOR)
    directory = root + _entry("Workbook", _STREAM, first, len(stream))
    parts = (
        header.ljust(_SECTOR, b"\0"),
        struct.pack(f"<{len(table)}I", *table),
        directory.ljust(_SECTOR, b"\0"),
        bytes(_SECTOR),
        stream,
    )
    return b"".join(parts)


def _entry(name: str, kind: int, start: int, size: int) -> bytes:
    """Give an entry of the directory: the root has the stream as its child."""
    encoded = name.encode("utf-16-le")
    child = 1 if kind == _ROOT else _FREE
    return struct.pack(
        "<64sHBBIII36xIQ", encoded, len(encoded) + 2, kind, 1, _FREE, _FREE, child, start, size
    )
