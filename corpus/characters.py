"""Characters that are never part of a paragraph, and the joints between lines."""

from __future__ import annotations

import re

ZERO_WIDTH = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Characters without width. Dropped at the ends of a paragraph, kept inside: a
quotation must match what was published."""

INVISIBLE = ZERO_WIDTH + "".join(map(chr, [*range(0x21), 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B),
                                           0x2028, 0x2029, 0x202F, 0x205F, 0x3000]))  # fmt: skip
"""What stands around a paragraph without being part of it: white space (as `str.isspace` has
it), other control characters, zero width."""

SENTENCE_END = "。！？!?"
CLOSING = "”’」』）)】》〉］]"
OPENING = "“‘「『（(【《〈［["

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_SPACE = re.compile(r"[\s" + ZERO_WIDTH + "]+")
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_LATIN_STOP = frozenset(",.;:!?")


def tidy(text: str) -> str:
    """Remove control characters other than tab, and what is invisible at both ends."""
    return _CONTROL.sub("", text).strip(INVISIBLE)


def squeeze(text: str) -> str:
    """Remove all white space and zero-width characters: for comparing, never for showing."""
    return _SPACE.sub("", text)


def joint(left: str, right: str) -> str:
    """Give what joins two halves of a wrapped line: a space between Latin words, else nothing."""
    latin = right[:1] in _LATIN and (left[-1:] in _LATIN or left[-1:] in _LATIN_STOP)
    return " " if latin else ""


def ends_sentence(text: str) -> bool:
    """Whether the text ends with a sentence end, closing quotes and brackets aside."""
    return text.rstrip(CLOSING)[-1:] in tuple(SENTENCE_END)


def is_ideograph(character: str) -> bool:
    """Whether a character is Chinese: in the blocks of unified ideographs, or 〇."""
    return "㐀" <= character <= "鿿" or character == "〇" or character >= "\U00020000"
