"""OFD documents (GB/T 33190-2016), the fixed-layout format of Chinese authorities.

A package of XML that says where every character stands (`corpus.formats.pages.ofd_document`).
Annotations, seals and attachments are no text of the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.formats.base import Draft, Source

_ZIP = b"PK\x03\x04"
_ROOT = "OFD.xml"


class Ofd:
    """OFD documents that hold text."""

    name = "ofd"
    suffixes = frozenset({".ofd"})
    signed = True

    def claims(self, data: bytes) -> bool:
        """Claim a package that has the root part, and the rest of a damaged one."""
        if not data.startswith(_ZIP) or _ROOT.encode() not in data:
            return False
        from corpus.packages import names_in

        names = names_in(data)
        return _ROOT in names or not names

    def read(self, source: Source) -> Draft:
        """Read the pages of all documents in the package.

        Raises:
            UnreadableReport: it is encrypted or damaged, or its pages are pictures.
        """
        from corpus.formats.pages.ofd_document import read

        return read(source)
