"""Tell files that are plainly not text by their first bytes."""

from __future__ import annotations

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "a PDF document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office or WPS document (doc, xls, wps)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x1f\x8b", "a gzip archive; unpack it"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive; unpack it, or pack it as zip"),
    (b"Rar!\x1a\x07", "a RAR archive; unpack it, or pack it as zip"),
    (b"\x7fELF", "a program"),
)

_ZIP = b"PK\x03\x04"
ARCHIVE = "a ZIP archive"
"""What a ZIP file is that shows no sign of being a document."""

_ZIP_MEMBERS: tuple[tuple[bytes, str], ...] = (
    (b"word/", "a Word document (docx)"),
    (b"xl/", "an Excel workbook (xlsx)"),
    (b"ppt/", "a PowerPoint presentation (pptx)"),
    (b"OFD.xml", "an OFD document"),
    (b"opendocument", "an OpenDocument file"),
)


def recognise(data: bytes) -> str:
    """Say what a binary file is.

    Returns:
        Such as "a PDF document"; "" when no signature matches.
    """
    if data.startswith(_ZIP):
        return next((what for member, what in _ZIP_MEMBERS if member in data), ARCHIVE)
    return next((what for magic, what in _SIGNATURES if data.startswith(magic)), "")
