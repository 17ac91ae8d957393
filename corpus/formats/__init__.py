"""The formats that reports are read from: one module a format, one row a format here.

To add one: write its module beside these, with a class that meets `Format`, add an
instance to `FORMATS`, and the contract test in tests/corpus/ runs on it by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.formats.html import Html
from corpus.formats.markdown import Markdown
from corpus.formats.text import Text

if TYPE_CHECKING:
    from corpus.formats.base import Format

_PLAIN = Text()

FORMATS: tuple[Format, ...] = (Html(), Markdown(), _PLAIN)

_BY_SUFFIX: dict[str, Format] = {suffix: form for form in FORMATS for suffix in form.suffixes}

SUFFIXES = frozenset(_BY_SUFFIX)
"""Suffixes of the files that a folder is searched for."""


def choose(suffix: str, data: bytes) -> Format:
    """Choose the format to read bytes as.

    A suffix of its own decides. Plain text and unknown suffixes are looked into,
    because saved web pages are often called .txt.

    Args:
        suffix: file name suffix with the dot, in any case, or "".
        data: the file's bytes.
    """
    named = _BY_SUFFIX.get(suffix.lower(), _PLAIN)
    if named is not _PLAIN:
        return named
    return next((form for form in FORMATS if form.claims(data)), _PLAIN)
