"""OLE containers that are not to be trusted: [MS-CFB].

Word and Excel up to 2003 and WPS Writer keep a document as streams in one, and so do
documents that ask for a password. olefile follows whatever chains of sectors a header
claims; so what is claimed is compared with the size of the file first.
"""

from __future__ import annotations

import io
import struct
from typing import TYPE_CHECKING

from corpus.errors import Reason, UnreadableReport
from corpus.messages import Message

if TYPE_CHECKING:
    from corpus.formats.base import Source

MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_HEADER = struct.Struct("<30xHH10xI16xI4xI")
"""Of the header: sizes of sectors and of small ones, as powers of two, and how many sectors
hold the tables of sectors, of small ones, and the list of the former: [MS-CFB] 2.2."""

_SHIFTS = {9, 12}
_MINI_SHIFT = 6
_IN_HEADER = 109
"""Sectors of the first of these tables that the header itself names."""

_LENGTH_AT = 64


def has_entry(data: bytes, name: str) -> bool:
    """Whether the directory of a container seems to have an entry: [MS-CFB] 2.6.1."""
    entry = name.encode("utf-16-le").ljust(_LENGTH_AT, b"\0") + bytes((2 * len(name) + 2, 0))
    return entry in data


class Compound:
    """An OLE container, open for reading.

    Args:
        source: its bytes, and what may be spent on it.

    Raises:
        UnreadableReport: it is no such container, or its tables contradict its size.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._refuse_excess()
        import olefile

        try:
            # Never the bytes themselves: a few of them would be taken for a path.
            self._file = olefile.OleFileIO(io.BytesIO(source.data))
        except Exception as error:  # noqa: BLE001 -- it raises all kinds over what is damaged
            raise self._damaged(error) from None

    def __contains__(self, name: str) -> bool:
        return bool(self._file.exists(name))

    def read(self, name: str) -> bytes:
        """Give the bytes of a stream, fewer than its size says if the file breaks off.

        Raises:
            UnreadableReport: it cannot be read.
        """
        try:
            claimed = max(self._file.root.size, self._file.get_size(name))
            data = None if claimed > len(self._source.data) else self._file.openstream(name).read()
        except Exception as error:  # noqa: BLE001 -- see above
            raise self._damaged(error) from None
        if data is None:
            raise self._damaged(Message("a stream is larger than itself"))
        self._source.budget.unpack(len(data))
        return bytes(data)

    def _refuse_excess(self) -> None:
        data = self._source.data
        if len(data) < _HEADER.size or not data.startswith(MARK):
            raise self._damaged(Message("its header is missing"))
        shift, mini_shift, tables, minis, indexes = _HEADER.unpack_from(data)
        if shift not in _SHIFTS or mini_shift != _MINI_SHIFT:
            raise self._damaged(Message("its sectors are of no size that sectors have"))
        sectors = len(data) // (1 << shift) + 1
        needed = sectors // ((1 << shift) // 4) + 1
        if tables > needed + _IN_HEADER or indexes > needed or minis > sectors:
            raise self._damaged(Message("its tables are larger than itself"))

    def _damaged(self, error: Exception | str) -> UnreadableReport:
        detail = Message(
            "the OLE container cannot be read ({error}); open it in Word and save it anew",
            error=error,
        )
        return UnreadableReport(self._source.name, Reason.DAMAGED, detail)
