"""Word documents from before 2007 (doc, dot), and those of WPS Writer (wps): [MS-DOC].

They are OLE containers; `corpus.formats.word97.document` reads them. Other containers than
workbooks are taken in too, so that it can be said what they are: newer documents that ask
for a password, presentations, mails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.compounds import MARK, has_entry

if TYPE_CHECKING:
    from corpus.formats.base import Draft, Source

_TEXT = "WordDocument"
_WORKBOOKS = ("Workbook", "Book")


class Doc:
    """Word documents in OLE containers."""

    name = "doc"
    suffixes = frozenset({".doc", ".dot", ".wps", ".wpt"})
    signed = True

    def claims(self, data: bytes) -> bool:
        """Claim OLE containers, unless they hold a workbook and no text."""
        if not data.startswith(MARK):
            return False
        return has_entry(data, _TEXT) or not any(has_entry(data, name) for name in _WORKBOOKS)

    def read(self, source: Source) -> Draft:
        """Read the text with its notes and text boxes.

        Raises:
            UnreadableReport: it is encrypted, damaged, of another program, from before
                Word 97, or holds nothing but pictures.
        """
        from corpus.formats.word97.document import read

        return read(source)
