"""Word documents of the binary format and their containers, byte by byte, for tests."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.formats.word97.fib import Part, Story

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_SECTOR = 512
_FREE, _END, _TABLE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXT_AT = 1024
_PER_PAGE = 12


@dataclass(frozen=True)
class Para:
    """A paragraph: its text with its mark, or runs of it with the properties of each."""

    text: str | Sequence[tuple[str, bytes]]
    style: int = 0
    properties: bytes = b""

    @property
    def runs(self) -> Sequence[tuple[str, bytes]]:
        return [(self.text, b"")] if isinstance(self.text, str) else self.text


def compound(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container of streams ([MS-CFB]), all of them in sectors of 512 bytes."""
    padded = {
        name: data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b"\0")
        for name, data in streams.items()
    }
    entries = [_entry("Root Entry", 5, child=1 if streams else _FREE)]
    body = b""
    chain: list[int] = []
    for number, (name, data) in enumerate(padded.items(), start=1):
        right = number + 1 if number < len(padded) else _FREE
        entries.append(_entry(name, 2, right=right, start=len(chain), size=len(data)))
        chain += _chain(len(chain), len(data) // _SECTOR)
        body += data
    directory = b"".join(entries).ljust(-(-len(entries) // 4) * _SECTOR, b"\0")
    first = len(chain)
    chain += _chain(first, len(directory) // _SECTOR)
    body += directory
    tables = 1
    while (len(chain) + tables) * 4 > tables * _SECTOR:
        tables += 1
    places = [len(chain) + n for n in range(tables)]
    chain += [_TABLE] * tables
    chain += [_FREE] * (tables * _SECTOR // 4 - len(chain))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIIII",
        bytes.fromhex("d0cf11e0a1b11ae1"), 0x3E, 3, 0xFFFE, 9, 6,
        0, tables, first, 0, 4096, _END, 0, _END, 0, places[0],
    )  # fmt: skip
    header += b"".join(struct.pack("<I", place) for place in places[1:])
    return header.ljust(_SECTOR, b"\xff") + body + struct.pack(f"<{len(chain)}I", *chain)


def _entry(
    name: str,
    kind: int,
    *,
    right: int = _FREE,
    child: int = _FREE,
    start: int = _END,
    size: int = 0,
) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(text) + 2, kind, 1, _FREE, right, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _chain(start: int, count: int) -> list[int]:
    return [*range(start + 1, start + count), _END]


def word97(
    paragraphs: Sequence[Para | str],
    *,
    stories: Mapping[Story, Sequence[Para | str]] | None = None,
    parts: Mapping[Part, bytes] | None = None,
    tails: Mapping[Part, bytes] | None = None,
    cuts: Sequence[int] = (),
    modifiers: Mapping[int, int] | None = None,
    lists: Sequence[bytes] = (),
    data: bytes = b"",
    flags: int = 0,
    version: int = 0xC1,
) -> bytes:
    """A Word document ([MS-DOC]).

    Args:
        paragraphs: those of the main text; a string is one without properties.
        stories: those of other stories.
        parts: what the table stream holds besides.
        tails: what follows such a part there without being counted.
        cuts: places at which the text is cut into pieces, stored last one first, those that
            the Western code page has in one byte a character.
        modifiers: what pieces set (Prm), by their numbers.
        lists: lists of properties that these may name.
        data: the data stream.
        flags: what the information block has set besides.
        version: what it says of its version.
    """
    told = {Story.MAIN: paragraphs, **(stories or {})}
    flat = [
        Para(item) if isinstance(item, str) else item
        for story in sorted(told)
        for item in told[story]
    ]
    text = "".join(run for item in flat for run, _ in item.runs)
    stream, pieces = _stored(text, [0, *cuts, _units(text)])
    places = _places(flat, pieces)
    table = {
        Part.PARAGRAPHS: _pages(stream, [(a, b, _papx(p)) for a, b, p, _ in places], 13),
        Part.CHARACTERS: _pages(stream, [(a, b, _chpx(c)) for a, b, _, c in places], 1),
        Part.PIECES: _clx(pieces, modifiers or {}, lists),
        **(parts or {}),
    }
    fib = bytearray(_TEXT_AT)
    struct.pack_into("<HH", fib, 0, 0xA5EC, version)
    struct.pack_into("<H", fib, 0x0A, 0x0200 | flags)
    for story, items in told.items():
        count = sum(
            _units(run)
            for item in items
            for run, _ in (Para(item) if isinstance(item, str) else item).runs
        )
        struct.pack_into("<i", fib, 0x4C + 4 * story, count)
    tables = b""
    for part, content in table.items():
        struct.pack_into("<II", fib, 0x9A + 8 * part, len(tables), len(content))
        tables += content + (tails or {}).get(part, b"")
    stream[:_TEXT_AT] = fib
    streams = {"WordDocument": bytes(stream), "1Table": tables}
    return compound({**streams, "Data": data} if data else streams)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


Stored = tuple[int, int, int, int]
"""A piece: its first place in the text, the one after its last, its offset, its width."""


def _stored(text: str, cuts: Sequence[int]) -> tuple[bytearray, list[Stored]]:
    wide = text.encode("utf-16-le", "surrogatepass")
    stream = bytearray(_TEXT_AT)
    pieces: list[Stored] = []
    for start, end in reversed(list(pairwise(cuts))):
        part = wide[2 * start : 2 * end]
        try:
            narrow = part.decode("utf-16-le").encode("cp1252") if len(cuts) > 2 else None
        except UnicodeError:
            narrow = None
        stream += bytes(len(stream) % 2)
        pieces.append((start, end, len(stream), 2 if narrow is None else 1))
        stream += part if narrow is None else narrow
    return stream, sorted(pieces)


def _places(flat: Sequence[Para], pieces: Sequence[Stored]) -> list[tuple[int, int, Para, bytes]]:
    """The runs in the file, by offset, with their paragraphs and properties."""
    found: list[tuple[int, int, Para, bytes]] = []
    at = 0
    for item in flat:
        for run, properties in item.runs:
            stop = at + _units(run)
            for start, end, offset, width in pieces:
                first, last = max(at, start), min(stop, end)
                if first < last:
                    begin = offset + (first - start) * width
                    found.append((begin, begin + (last - first) * width, item, properties))
            at = stop
    return sorted(found, key=lambda place: place[0])


def _papx(item: Para) -> bytes:
    content = struct.pack("<H", item.style) + item.properties
    if len(content) % 2:
        return bytes(((len(content) + 1) // 2,)) + content
    return bytes((0, len(content) // 2)) + content


def _chpx(properties: bytes) -> bytes:
    return bytes((len(properties),)) + properties if properties else b""


def _pages(stream: bytearray, runs: Sequence[tuple[int, int, bytes]], size: int) -> bytes:
    """Write pages of runs behind the text; gives the table of them."""
    offsets: list[int] = []
    numbers: list[int] = []
    for first in range(0, len(runs), _PER_PAGE):
        group = runs[first : first + _PER_PAGE]
        stream += bytes(-len(stream) % _SECTOR)
        page = bytearray(_SECTOR)
        places = [start for start, _, _ in group] + [group[-1][1]]
        struct.pack_into(f"<{len(places)}I", page, 0, *places)
        at = _SECTOR - 2
        for index, (_, _, content) in enumerate(group):
            if content:
                at = (at - len(content)) // 2 * 2
                page[at : at + len(content)] = content
                page[4 * len(places) + size * index] = at // 2
        page[-1] = len(group)
        offsets.append(places[0])
        numbers.append(len(stream) // _SECTOR)
        stream += page
    ends = [*offsets, runs[-1][1] if runs else 0]
    return struct.pack(f"<{len(ends)}I{len(numbers)}I", *ends, *numbers)


def _clx(pieces: Sequence[Stored], modifiers: Mapping[int, int], lists: Sequence[bytes]) -> bytes:
    places = [start for start, _, _, _ in pieces] + [pieces[-1][1] if pieces else 0]
    items = b"".join(
        struct.pack(
            "<HIH",
            0,
            offset if width == 2 else offset * 2 | 0x40000000,
            modifiers.get(number, 0),
        )
        for number, (_, _, offset, width) in enumerate(pieces)
    )
    table = struct.pack(f"<{len(places)}I", *places) + items
    properties = b"".join(struct.pack("<BH", 1, len(item)) + item for item in lists)
    return properties + struct.pack("<BI", 2, len(table)) + table
