"""Word documents (docx, docm and their templates): ECMA-376, transitional and strict.

They are packages of parts; `corpus.formats.office.word_document` reads them. Those that ask
for a password are no packages, but OLE containers, and not of this format.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.formats.base import Draft, Source

_ZIP = b"PK\x03\x04"
_TYPES = "[Content_Types].xml"
_WORD_TYPES = (
    b"wordprocessingml.document.main+xml",
    b"wordprocessingml.template.main+xml",
    b"ms-word.document.macroEnabled.main+xml",
    b"ms-word.template.macroEnabledTemplate.main+xml",
)
_LARGEST_TYPES = 1 << 20


class Docx:
    """Word documents."""

    name = "docx"
    suffixes = frozenset({".docx", ".docm", ".dotx", ".dotm"})
    signed = True

    def claims(self, data: bytes) -> bool:
        """Claim a package whose types are a Word document's, and the rest of a damaged one."""
        if not data.startswith(_ZIP) or _TYPES.encode() not in data:
            return False
        import zipfile
        from io import BytesIO

        try:
            with zipfile.ZipFile(BytesIO(data)) as package, package.open(_TYPES) as types:
                stated = types.read(_LARGEST_TYPES)
        except KeyError:
            return False
        except Exception:  # noqa: BLE001 -- zipfile raises all kinds over what is damaged
            return b"word/" in data
        return any(kind in stated for kind in _WORD_TYPES)

    def read(self, source: Source) -> Draft:
        """Read the body with its notes; what is embedded in it stands in its place.

        Raises:
            UnreadableReport: it is damaged, or holds nothing but pictures.
        """
        from corpus.formats.office.word_document import read

        return read(source)
