"""The words of an RTF file: RTF 1.9.1, "Conventions of an RTF reader"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

OPEN, CLOSE, BYTES = "{", "}", ""

_TOKEN = re.compile(
    rb"\\'(?P<hex>[0-9a-fA-F]{2})|\\(?P<word>[a-zA-Z]+)(?P<number>-?[0-9]+)? ?"
    rb"|\\(?P<sign>[^a-zA-Z])|(?P<brace>[{}])|(?P<raw>[^\\{}]+)"
)
_FEEDS = b"\r\n\0"
_ESCAPED = frozenset((b"\\", b"{", b"}"))
_BINARY = "bin"
_LONGEST_WORD = 32
_LONGEST_NUMBER = 11

Token = tuple[str, "int | None", bytes]
"""A brace, or a word with its number if it has one, or "" and bytes of text."""


def tokens(data: bytes) -> Iterator[Token]:
    """Give the words of a file one by one; what stands in binary is passed over.

    A word that is a sign, such as `~`, is given as that sign.
    """
    at = 0
    while at < len(data):
        for match in _TOKEN.finditer(data, at):
            kind = match.lastgroup
            if kind == "raw":
                text = match[0].translate(None, _FEEDS)
                if text:
                    yield BYTES, None, text
            elif kind == "brace":
                yield match[0].decode("ascii"), None, b""
            elif kind == "hex":
                yield BYTES, None, bytes.fromhex(match["hex"].decode("ascii"))
            elif kind == "sign":
                yield _sign(match["sign"])
            else:
                word = match["word"][:_LONGEST_WORD].decode("ascii")
                number = match["number"]
                value = None if number is None else int(number[:_LONGEST_NUMBER])
                if word == _BINARY:
                    at = match.end() + max(0, value or 0)
                    break
                yield word, value, b""
        else:
            return


def _sign(sign: bytes) -> Token:
    if sign in _ESCAPED:
        return BYTES, None, sign
    return sign.decode("latin-1"), None, b""
