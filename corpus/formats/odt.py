"""OpenDocument texts (odt, their templates, and flat ones): OASIS ODF 1.3.

`corpus.formats.office.open_document` reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.formats.base import Draft, Source

_ZIP = b"PK\x03\x04"
_KIND = b"application/vnd.oasis.opendocument.text"
_MARK = slice(30, 38 + len(_KIND))
"""Where a package states what it is: its first entry, which is not compressed (part 2, 3.3)."""

_FLAT_WITHIN = 4096


class Odt:
    """OpenDocument texts."""

    name = "odt"
    suffixes = frozenset({".odt", ".ott", ".fodt"})
    signed = True

    def claims(self, data: bytes) -> bool:
        """Claim what states that it is one where OpenDocument says."""
        if data.startswith(_ZIP):
            return data[_MARK] == b"mimetype" + _KIND
        head = data[:_FLAT_WITHIN]
        return b"<office:document" in head and _KIND in head

    def read(self, source: Source) -> Draft:
        """Read the text with its notes.

        Raises:
            UnreadableReport: it is damaged, encrypted, or holds nothing but pictures.
        """
        from corpus.formats.office.open_document import read_flat, read_package

        return read_package(source) if source.data.startswith(_ZIP) else read_flat(source)
