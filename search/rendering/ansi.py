"""Text for terminals: styles and links as ECMA-48 and OSC 8 have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .hazards import neutralise
from .marking import pieces

if TYPE_CHECKING:
    from collections.abc import Iterable

    from indexer import Span

    from .marking import Shown

STYLES = {
    "": "",
    "match": "1;31",
    "title": "1",
    "quiet": "2",
    "address": "36",
    "bar": "34",
    "removed": "9;31",
    "added": "4;32",
}
"""Name of a style → the parameters of SGR (ECMA-48, 8.3.117)."""

_SGR = "\x1b[{}m{}\x1b[0m"
_LINK = "\x1b]8;;{}\x1b\\{}\x1b]8;;\x1b\\"


def painted(safe: str, style: str) -> str:
    """A text, which is safe to show, in a style of `STYLES`."""
    return _SGR.format(STYLES[style], safe) if style and safe else safe


def linked(safe: str, target: str) -> str:
    """A text, which is safe to show, that leads to a target: a URI of ASCII characters.

    As https://gist.github.com/egmontkob/eb114294efbcd5adb1944c9f3cb5feda describes OSC 8.
    """
    return _LINK.format(target, safe) if target and safe else safe


def to_ansi(shown: Shown, spans: Iterable[Span] | None = None) -> str:
    """A text for a terminal, its highlights in the style of matches.

    Args:
        shown: a text, or a hit, a paragraph or a snippet, for its text.
        spans: what is highlighted in the text; None for what `shown` knows to be.
    """
    return "".join(
        painted(neutralise(piece.text), "match" if piece.is_marked else "")
        for piece in pieces(shown, spans)
    )
