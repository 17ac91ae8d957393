"""Files of named arrays, mapped into memory and checked block by block as they are read.

    arrays, each at a multiple of 8 bytes │ table of contents (JSON) │ checksums │ footer

The checksums are CRC-32 (as in zlib), one for every 16 KiB before them. A block is
checked when it is first touched, so opening a file reads two small pieces at its end, and
still no byte is used that is not as it was written. The footer's checksum covers the
checksums; a manifest that keeps it ties the whole file to a commit.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corpus.messages import Message
from indexer.errors import IndexCorrupt, IndexingError
from indexer.plain import from_json

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from numpy.typing import NDArray

Arrays = dict[str, "NDArray[Any] | bytes"]
"""What a file holds: name → one-dimensional array of integers, or bytes."""

_BLOCK = 1 << 14
_ALIGNMENT = 8
_FOOTER = struct.Struct("<8sQII")  # magic, bytes before the checksums, of the contents, checksum
_MAGIC = b"BAOGAO2\n"
_COUNTLESS = 1 << 62
"""Nothing has so many parts; from twice that on, numbers turn negative."""

_STRUCTS = {
    name: (struct.Struct(f"<{code}"), struct.Struct(f"<2{code}"))
    for name, code in zip(
        ("|u1", "<u2", "<u4", "<u8", "|i1", "<i2", "<i4", "<i8"), "BHIQbhiq", strict=True
    )
}
_DTYPES = {name: np.dtype(name) for name in _STRUCTS}


class StoredFile(NamedTuple):
    """A file as it was when it was written.

    Attributes:
        size: in bytes.
        checksum: the one in its footer.
    """

    size: int
    checksum: int


def write_arrays(path: Path, arrays: Arrays, **properties: Any) -> StoredFile:
    """Write a file, and wait until it is on the disk.

    Args:
        path: a file that is not there yet.
        arrays: what it is to hold.
        properties: more about the arrays, as JSON values.

    Raises:
        OSError: it cannot be written.
    """
    plain = {name: _plain(values) for name, values in arrays.items()}
    contents: dict[str, Any] = {}
    offset = 0
    for name, values in plain.items():
        contents[name] = [values.dtype.str, offset, len(values)]
        offset += -(-values.nbytes // _ALIGNMENT) * _ALIGNMENT
    listing = json.dumps({"arrays": contents, "properties": properties}).encode()
    writer = _Writer(path)
    try:
        for values in plain.values():
            writer.write(values.data.cast("B") if values.nbytes else b"")
            writer.write(bytes(-values.nbytes % _ALIGNMENT))
        writer.write(listing)
        return writer.finish(len(listing))
    finally:
        writer.close()


def _plain(values: NDArray[Any] | bytes) -> NDArray[Any]:
    if isinstance(values, bytes):
        return np.frombuffer(values, np.uint8)
    return np.ascontiguousarray(values, values.dtype.newbyteorder("<"))


class _Writer:
    """Writes through the operating system's own calls, summing up what passes."""

    def __init__(self, path: Path) -> None:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
        self._descriptor = os.open(path, flags, 0o644)
        self._rest = bytearray()
        self._checksums: list[int] = []
        self._written = 0

    def write(self, data: memoryview | bytes) -> None:
        self._rest += data
        whole = len(self._rest) // _BLOCK * _BLOCK
        if whole:
            with memoryview(self._rest) as view, view[:whole] as blocks:
                self._checksums += _checksums(blocks)
                self._put(blocks)
            del self._rest[:whole]

    def finish(self, contents: int) -> StoredFile:
        self._checksums += _checksums(memoryview(self._rest))
        self._put(memoryview(self._rest))
        covered = self._written
        table = struct.pack(f"<{len(self._checksums)}I", *self._checksums)
        checksum = _footer_checksum(table, covered, contents)
        self._put(memoryview(table + _FOOTER.pack(_MAGIC, covered, contents, checksum)))
        os.fsync(self._descriptor)
        return StoredFile(self._written, checksum)

    def _put(self, data: memoryview) -> None:
        while data:
            count = os.write(self._descriptor, data[: 1 << 20])
            self._written += count
            data = data[count:]

    def close(self) -> None:
        os.close(self._descriptor)


def _checksums(data: memoryview) -> list[int]:
    return [zlib.crc32(data[start : start + _BLOCK]) for start in range(0, len(data), _BLOCK)]


def _footer_checksum(table: bytes, covered: int, contents: int) -> int:
    return zlib.crc32(struct.pack("<QI", covered, contents), zlib.crc32(table))


class CheckedFile:
    """A file of `write_arrays`, open for reading.

    Args:
        path: the file.
        index: the directory of the index that it belongs to, to be named in errors.
        stored: what the manifest says of it; any file of this kind will do if None.

    Attributes:
        properties: what was written with the arrays.

    Raises:
        IndexCorrupt: it is missing, or not as it was written.
        IndexingError: it cannot be opened.
    """

    def __init__(self, path: Path, index: Path, stored: StoredFile | None = None) -> None:
        self.path = path
        self._index = index
        self._data = self._map()
        size = len(self._data)
        if stored and size != stored.size:
            raise self.damaged(
                Message(
                    "has {size} bytes where {written} were written", size=size, written=stored.size
                )
            )
        if size < _FOOTER.size:
            raise self.damaged(Message("is cut short"))
        magic, covered, contents, checksum = _FOOTER.unpack_from(self._data, size - _FOOTER.size)
        blocks = -(-covered // _BLOCK)
        if (
            magic != _MAGIC
            or covered + 4 * blocks + _FOOTER.size != size
            or contents > covered
            or (stored and checksum != stored.checksum)
        ):
            raise self.damaged(Message("does not end as it was written"))
        table = self._data[covered : covered + 4 * blocks]
        if _footer_checksum(table, covered, contents) != checksum:
            raise self.damaged(Message("its checksums are not what was written"))
        self._covered = covered
        self._checksums = struct.unpack(f"<{blocks}I", table)
        self._unchecked = bytearray(b"\1" * blocks)
        self._contents = self._read_contents(covered - contents, contents)

    def _map(self) -> mmap.mmap:
        try:
            with self.path.open("rb") as file:
                if not os.fstat(file.fileno()).st_size:
                    raise self.damaged(Message("is empty"))
                return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise self.damaged(Message("is missing")) from None
        except OSError as error:
            raise IndexingError(
                self._index,
                Message(
                    "cannot read {path}: {reason}; check its permissions",
                    path=self.path,
                    reason=error.strerror,
                ),
            ) from error

    def _read_contents(self, offset: int, size: int) -> dict[str, tuple[np.dtype[Any], int, int]]:
        """Of every array its type, where it starts and how many values it has.

        Columns know their file; if it knew them too, it would stay mapped until the garbage
        collector comes round.
        """
        try:
            contents = from_json(bytes(self.read(offset, size)))
            self.properties: dict[str, Any] = dict(contents["properties"])
            return {
                name: (_DTYPES[dtype], *_extent(start, count, self._covered))
                for name, (dtype, start, count) in contents["arrays"].items()
            }
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise self.damaged(Message("its table of contents is not one")) from error

    def damaged(self, problem: str) -> IndexCorrupt:
        """The error to raise over this file."""
        return IndexCorrupt(self._index, self.path, problem)

    def column(self, name: str) -> Column:
        """The array of a name.

        Raises:
            IndexCorrupt: there is none.
        """
        try:
            return Column(self, *self._contents[name])
        except KeyError:
            raise self.damaged(Message("holds no {name}", name=name)) from None

    def __contains__(self, name: str) -> bool:
        """Whether there is an array of that name."""
        return name in self._contents

    def read(self, offset: int, size: int) -> memoryview:
        """Bytes of the file, all of them checked.

        Raises:
            IndexCorrupt: they are not there, or not what was written.
        """
        end = offset + size
        if offset < 0 or size < 0 or end > self._covered:
            raise self.damaged(Message("points outside itself"))
        block = self._unchecked.find(1, offset // _BLOCK, -(-end // _BLOCK))
        while block >= 0:
            self._check(block)
            block = self._unchecked.find(1, block + 1, -(-end // _BLOCK))
        return memoryview(self._data)[offset:end]

    def numbers(self, kind: struct.Struct, offset: int) -> tuple[int, ...]:
        """A few numbers in the file, all of them checked: what `read` does, for little.

        Raises:
            IndexCorrupt: they are not there, or not what was written.
        """
        end = offset + kind.size
        if not 0 <= offset < end <= self._covered:
            raise self.damaged(Message("points outside itself"))
        for block in (offset // _BLOCK, (end - 1) // _BLOCK):
            if self._unchecked[block]:
                self._check(block)
        return kind.unpack_from(self._data, offset)

    def _check(self, block: int) -> None:
        start = block * _BLOCK
        end = min(start + _BLOCK, self._covered)
        with memoryview(self._data) as whole, whole[start:end] as data:
            if zlib.crc32(data) != self._checksums[block]:
                raise self.damaged(Message("its checksum is not what was written"))
        self._unchecked[block] = 0

    def check(self) -> None:
        """Check every byte.

        Raises:
            IndexCorrupt: one is not what was written.
        """
        self.read(0, self._covered)


class Column:
    """A one-dimensional array in a checked file, read piece by piece."""

    __slots__ = ("_count", "_dtype", "_file", "_one", "_start", "_two")

    def __init__(self, file: CheckedFile, dtype: np.dtype[Any], start: int, count: int) -> None:
        self._file = file
        self._dtype = dtype
        self._one, self._two = _STRUCTS[dtype.str]
        self._start = start
        self._count = count

    def __len__(self) -> int:
        """How many values there are."""
        return self._count

    def slice(self, first: int, end: int) -> NDArray[Any]:
        """The values [first, end), not copied.

        Raises:
            IndexCorrupt: the array has no such values.
        """
        if not 0 <= first <= end <= self._count:
            raise self._file.damaged(Message("points outside an array"))
        size = self._dtype.itemsize
        data = self._file.read(self._start + first * size, (end - first) * size)
        return np.frombuffer(data, self._dtype)

    def all(self) -> NDArray[Any]:
        """All values, not copied."""
        return self.slice(0, self._count)

    def at(self, position: int) -> int:
        """One value.

        Raises:
            IndexCorrupt: the array has no such value.
        """
        if not 0 <= position < self._count:
            raise self._file.damaged(Message("points outside an array"))
        return self._file.numbers(self._one, self._start + position * self._one.size)[0]

    def pair(self, position: int) -> tuple[int, int]:
        """A value and the one after it: where a thing begins and ends.

        Raises:
            IndexCorrupt: the array has no such values.
        """
        if not 0 <= position < self._count - 1:
            raise self._file.damaged(Message("points outside an array"))
        first, second = self._file.numbers(self._two, self._start + position * self._one.size)
        return first, second

    def bytes(self, first: int, end: int) -> bytes:
        """Values of an array of bytes, as bytes.

        Raises:
            IndexCorrupt: the array has no such values.
        """
        if not 0 <= first <= end <= self._count:
            raise self._file.damaged(Message("points outside an array"))
        return bytes(self._file.read(self._start + first, end - first))

    def rising(self) -> NDArray[Any]:
        """All values, which never fall: ends of things that follow one another.

        Raises:
            IndexCorrupt: they fall somewhere, or begin below 0.
        """
        values = self.all()
        if len(values) and bool((values[1:] < values[:-1]).any()):
            raise self._file.damaged(Message("an array that should rise falls"))
        if len(values) and not 0 <= int(values[0]) <= int(values[-1]) < _COUNTLESS:
            raise self._file.damaged(Message("an array counts more than there can be"))
        return values


def _extent(start: Any, count: Any, most: int) -> tuple[int, int]:
    """Where an array begins and how many values it has, as the table of contents says.

    Raises:
        ValueError: it is no number, or one that no array in so many bytes can have.
    """
    for number in (start, count):
        if type(number) is not int or not 0 <= number <= most:
            raise ValueError("neither a place nor a count")
    if start % _ALIGNMENT:
        raise ValueError("not where an array may begin")
    return start, count


def smallest(values: NDArray[Any] | Iterable[int]) -> NDArray[Any]:
    """Integers of 0 and more in the narrowest type that holds them."""
    plain = np.asarray(values)
    return plain.astype(np.min_scalar_type(int(plain.max()) if len(plain) else 0))
