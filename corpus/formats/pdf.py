"""PDF documents (ISO 32000) that have a text layer.

PDFium gives every character with its place (`corpus.formats.pages.pdf_document`); what is
a line, a paragraph, a running head, `corpus.formats.pages` tells.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.formats.base import Draft, Source

_MARK = b"%PDF-"
_MARK_WITHIN = 1024
"""Readers accept other bytes before the mark, up to here."""


class Pdf:
    """PDF documents."""

    name = "pdf"
    suffixes = frozenset({".pdf"})
    signed = True

    def claims(self, data: bytes) -> bool:
        """Claim what bears the mark near its beginning."""
        return _MARK in data[:_MARK_WITHIN]

    def read(self, source: Source) -> Draft:
        """Read the text layer, page by page.

        Raises:
            UnreadableReport: it asks for a password, is damaged or too large, or has
                pictures of pages in place of text.
        """
        from corpus.formats.pages.pdf_document import read

        return read(source)
