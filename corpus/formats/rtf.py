"""Rich Text Format (rtf), version 1.9.1 of its specification and whatever is older."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.formats.base import Draft, Source

_MARK = b"{\\rtf"
_WITHIN = 64
_AROUND = b"\xef\xbb\xbf \t\r\n"


class Rtf:
    """Rich text."""

    name = "rtf"
    suffixes = frozenset({".rtf"})
    signed = True

    def claims(self, data: bytes) -> bool:
        """Claim what begins with the group that a file is."""
        return data[:_WITHIN].lstrip(_AROUND).startswith(_MARK)

    def read(self, source: Source) -> Draft:
        """Read the text with its notes and text boxes.

        Raises:
            UnreadableReport: its groups are nested deeper than those of a document.
        """
        from corpus.formats.rich_text.reader import Reader

        return Reader(source).read()
