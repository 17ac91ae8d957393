"""Characters that do something else than show themselves, and what is shown in their place.

Control characters could drive a terminal, bidirectional overrides could show a text in
another order than it has, and what is invisible could make two texts look the same.
"""

from __future__ import annotations

import unicodedata

_HAZARDS = frozenset(["Cc", "Cf", "Cs", "Zl", "Zp"])
"""Control, format (bidirectional and invisible ones), surrogates, line and paragraph breaks."""

_CONTROL_PICTURES = 0x2400
_DELETE = 0x7F


def is_hazard(character: str) -> bool:
    """Whether a terminal, or a reader's eye, might take a character for something else."""
    return unicodedata.category(character) in _HAZARDS


def neutralise(text: str) -> str:
    """Replace what is a hazard by something that shows it: ␛, <U+202E>; a tab by a space."""
    if text.isprintable():
        return text
    return "".join(_shown(character) if is_hazard(character) else character for character in text)


def _shown(character: str) -> str:
    code = ord(character)
    if character == "\t":
        return " "
    if code < ord(" "):
        return chr(_CONTROL_PICTURES + code)
    if code == _DELETE:
        return "␡"
    return f"<U+{code:04X}>"
