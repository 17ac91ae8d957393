"""Tell files that are plainly not text by their first bytes."""

from __future__ import annotations

from corpus.messages import Message

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", Message("a PDF document")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Message("an old Office or WPS document (doc, xls, wps)")),
    (b"{\\rtf", Message("an RTF document")),
    (b"\x89PNG\r\n", Message("a PNG image")),
    (b"\xff\xd8\xff", Message("a JPEG image")),
    (b"GIF8", Message("a GIF image")),
    (b"II*\x00", Message("a TIFF image")),
    (b"MM\x00*", Message("a TIFF image")),
    (b"\x1f\x8b", Message("a gzip archive; unpack it")),
    (b"7z\xbc\xaf\x27\x1c", Message("a 7z archive; unpack it, or pack it as zip")),
    (b"Rar!\x1a\x07", Message("a RAR archive; unpack it, or pack it as zip")),
    (b"\x7fELF", Message("a program")),
)

_ZIP = b"PK\x03\x04"
ARCHIVE = Message("a ZIP archive")
"""What a ZIP file is that shows no sign of being a document."""

_ZIP_MEMBERS: tuple[tuple[bytes, str], ...] = (
    (b"word/", Message("a Word document (docx)")),
    (b"xl/", Message("an Excel workbook (xlsx)")),
    (b"ppt/", Message("a PowerPoint presentation (pptx)")),
    (b"OFD.xml", Message("an OFD document")),
    (b"opendocument", Message("an OpenDocument file")),
)


def recognise(data: bytes) -> str:
    """Say what a binary file is.

    Returns:
        Such as "a PDF document"; "" when no signature matches.
    """
    if data.startswith(_ZIP):
        return next((what for member, what in _ZIP_MEMBERS if member in data), ARCHIVE)
    return next((what for magic, what in _SIGNATURES if data.startswith(magic)), "")
