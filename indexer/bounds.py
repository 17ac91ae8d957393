"""What goes on: the characters that make a string beside them part of something longer.

6.9 is not found in 16.9, art not in party, 三百二十亿元 not in 一千三百二十亿元. A rule
says of a character at the end of a string which characters outside belong to it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_DIGITS = "0123456789"
_FIGURES = "〇零一二两三四五六七八九"
_TENS = "十百千"
_MYRIADS = "万亿"
_NUMERALS = _FIGURES + _TENS + _MYRIADS


class Outside(NamedTuple):
    """What goes on beyond one end of a string.

    Attributes:
        direct: characters that do.
        marks: characters that do if one of `beyond` follows them outward.
        beyond: see `marks`.
    """

    direct: str
    marks: str = ""
    beyond: str = ""


class Bounds:
    """A rule for both ends of a string, told from others by identity: what it finds is kept so.

    Attributes:
        before: by the first character of the string what belongs to it before it.
        after: by the last character what belongs to it after it.
    """

    __slots__ = ("after", "before")

    def __init__(self, before: Mapping[str, Outside], after: Mapping[str, Outside]) -> None:
        self.before = before
        self.after = after


_POINT = Outside(_DIGITS, ".,", _DIGITS)
_WORD = {**dict.fromkeys(_LETTERS, Outside(_LETTERS)), **dict.fromkeys(_DIGITS, _POINT)}

FREE = Bounds({}, {})
"""Wherever the string stands."""

WORD = Bounds(_WORD, _WORD)
"""A letter goes on in a letter, a digit in a digit, or in a point or comma with a digit
after it."""

NUMBER = Bounds(
    {
        **_WORD,
        **dict.fromkeys(_DIGITS, Outside(_DIGITS + _TENS + _MYRIADS, ".,", _DIGITS)),
        **dict.fromkeys(_NUMERALS, Outside(_DIGITS + _NUMERALS, "点", _NUMERALS)),
        "十": Outside(_DIGITS + _NUMERALS + "几数", "点", _NUMERALS),
    },
    {
        **_WORD,
        **dict.fromkeys(_FIGURES + _TENS, Outside(_FIGURES + _TENS, "点", _NUMERALS)),
        **dict.fromkeys(_MYRIADS, Outside(_DIGITS + _NUMERALS)),
    },
)
"""As `WORD`, and a number in words goes on in one: 十亿 is not found in 二十亿 nor in
几十亿, 2000 not in 3万2000. What a number counts may be a myriad of it: 35 is found in 35万."""
