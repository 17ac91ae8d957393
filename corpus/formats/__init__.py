"""The formats that reports are read from: one module a format, one row a format here.

To add one: write its module beside these, with a class that meets `Format` or
`Container`, add an instance to `FORMATS`, and the contract test in tests/corpus/ runs on
it by itself. What a format needs of other packages it imports when it reads, not before.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.formats.archive import Zip
from corpus.formats.delimited import Delimited
from corpus.formats.doc import Doc
from corpus.formats.docx import Docx
from corpus.formats.html import Html
from corpus.formats.jsonl import Json
from corpus.formats.mail import Mail
from corpus.formats.markdown import Markdown
from corpus.formats.odt import Odt
from corpus.formats.ofd import Ofd
from corpus.formats.pdf import Pdf
from corpus.formats.rtf import Rtf
from corpus.formats.spreadsheet import Spreadsheet
from corpus.formats.text import Text
from corpus.formats.xml import Xml

if TYPE_CHECKING:
    from corpus.formats.base import Container, Format

_PLAIN = Text()

FORMATS: tuple[Format | Container, ...] = (
    Pdf(),
    Ofd(),
    Docx(),
    Doc(),
    Rtf(),
    Odt(),
    Mail(),
    Html(),
    Xml(),
    Markdown(),
    Delimited(),
    Json(),
    Spreadsheet(),
    Zip(),
    _PLAIN,
)
"""Where several claim the same bytes the first gets them."""

_BY_SUFFIX: dict[str, Format | Container] = {
    suffix: form for form in FORMATS for suffix in form.suffixes
}

SUFFIXES = frozenset(_BY_SUFFIX)
"""Suffixes of the files that a format reads."""

UNREAD = frozenset(
    {".rar", ".7z", ".gz", ".tgz", ".tar", ".bz2", ".xz"}
    | {".ppt", ".pptx", ".pps", ".ppsx", ".dps", ".odp", ".xlsb", ".wpd", ".pages"}
    | {".ceb", ".cebx", ".caj", ".xps", ".epub", ".djvu", ".tif", ".tiff"}
)
"""Suffixes of archives and documents that no format reads: they are named with the reason, for
what they hold must not be missed silently."""

LOOKED_FOR = SUFFIXES | UNREAD
"""Suffixes of the files that folders and archives are searched for."""


def choose(suffix: str, data: bytes) -> Format | Container:
    """Choose the format to read bytes as.

    A mark in the bytes decides: web pages and new documents are often called .doc. Then
    a suffix of its own does. Plain text and unknown suffixes are looked into, because
    saved web pages are often called .txt.

    Args:
        suffix: file name suffix with the dot, in any case, or "".
        data: the file's bytes.
    """
    marked = next((form for form in FORMATS if form.signed and form.claims(data)), None)
    if marked is not None:
        return marked
    named = _BY_SUFFIX.get(suffix.lower(), _PLAIN)
    if named is not _PLAIN and not named.signed:
        return named
    return next((form for form in FORMATS if not form.signed and form.claims(data)), _PLAIN)
