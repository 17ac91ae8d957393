"""Plain text: lines, and nothing that says what they mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE
from corpus.decoding import decode
from corpus.formats.base import Breaks, Draft, Line, Source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.decoding import Decoded

_LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")


class Text:
    """Plain text in any encoding that `decode` knows."""

    name = "text"
    suffixes = frozenset({".txt", ".text", ".srt"})
    signed = False

    def claims(self, data: bytes) -> bool:  # noqa: ARG002 -- the format of last resort
        """Claim anything: what nothing else claims is read as text."""
        return True

    def read(self, source: Source) -> Draft:
        """Read text line by line; blank lines set the next line apart."""
        return plain(decode(source))


def plain(decoded: Decoded) -> Draft:
    """Give the draft of text that is decoded already."""
    lines = tuple(lines_of(decoded.text))
    return Draft(lines, Breaks.UNKNOWN, decoded.encoding, flaws=decoded.flaws)


def lines_of(text: str) -> Iterator[Line]:
    """Give the lines that hold anything visible.

    A line of nothing but zero-width characters is neither text nor a blank line:
    web pages leave one in the middle of a sentence where a footnote mark stood.
    """
    apart = True
    for raw in _LINE_END.split(text):
        if raw.strip(INVISIBLE):
            yield Line(raw, apart=apart)
            apart = False
        elif not raw.strip():
            apart = True
