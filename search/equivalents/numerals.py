"""Numbers as they are read and written: 1,234.5, 一百二十亿, 1.2万亿, 二〇一七.

A number in words is what spelling its value gives, so what only looks like one (一百五,
三三, 万一) is none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FIGURES = "零一二三四五六七八九"
_ALIKE = str.maketrans("〇两", "零二")
_SIZES = ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十"))
_SCALES = {"": 0, "万": 4, "亿": 8, "万亿": 12}
_MULTIPLES = {"十": 1, "百": 2, "千": 3}
_BY_ZEROS = {2: "百", 3: "千"}
_LARGEST = 10**16
_GROUPED = 1000
_DECIMALS = 4
"""Decimals that a number keeps when it is written by another scale: 123.4567万."""
_SMALL_DECIMALS = 2
"""The same below one: 0.25亿."""

DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,16})(?:\.\d{1,8})?"
SCALE = "[十百千]?(?:万亿|亿|万)|[百千]"
WORDS = (
    "[零〇一二两三四五六七八九十][零〇一二两三四五六七八九十百千万亿]{0,30}"
    "(?:点[零〇一二三四五六七八九]{1,8}(?:万亿|亿|万)?)?"
)
"""Patterns of what may be a number, see `read`."""

_DIGITS_AND_SCALE = re.compile(f"(?P<digits>{DIGITS})(?P<scale>{SCALE})?", re.ASCII)
_IN_WORDS = re.compile(WORDS)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as it was written: its digits and the scale that they are of.

    Attributes:
        digits: with a decimal point and as many decimals as there were: 1.20.
        scale: a power of ten: 8 of 亿.
    """

    digits: str
    scale: int = 0

    def at(self, scale: int) -> str:
        """The digits by another scale, as few as there can be."""
        integer, _, decimals = self.digits.partition(".")
        shift = self.scale - scale - len(decimals)
        value = int(integer + decimals)
        if shift >= 0:
            return str(value * 10**shift)
        padded = f"{value:0{1 - shift}}"
        return f"{padded[:shift]}.{padded[shift:]}".rstrip("0").rstrip(".")


def read(text: str) -> Number | None:
    """Read a number in digits or in words; None if it is none, or too large."""
    match = _DIGITS_AND_SCALE.fullmatch(text)
    if match:
        number = _read_digits(match["digits"], match["scale"] or "")
    else:
        number = _read_words(text) if _IN_WORDS.fullmatch(text) else None
    return number if number and int(number.at(0).partition(".")[0]) < _LARGEST else None


def _read_digits(digits: str, scale: str) -> Number | None:
    plain = digits.replace(",", "")
    if plain[0] == "0" and plain[1:2].isdecimal():
        return None
    if multiple := _MULTIPLES.get(scale[:1]):
        size = _SCALES[scale[1:]]
        return Number(Number(plain, size + multiple).at(size), size)
    return Number(plain, _SCALES[scale])


def _read_words(text: str) -> Number | None:
    plain = text.translate(_ALIKE)
    integer, point, rest = plain.partition("点")
    value = _value(integer)
    if _words_alike(_spelled(value)) != _words_alike(integer):
        return None
    if not point:
        return Number(str(value))
    decimals = rest.rstrip("万亿")
    digits = "".join(str(FIGURES.index(figure)) for figure in decimals)
    return Number(f"{value}.{digits}", _SCALES[rest[len(decimals) :]])


def _value(words: str) -> int:
    """The value of what may be a number in words."""
    for size, unit in _SIZES:
        high, found, low = words.rpartition(unit)
        if found:
            return (_value(high) if high else 1) * size + _value(low.lstrip("零"))
    return FIGURES.index(words) if len(words) == 1 else 0


def _words_alike(words: str) -> str:
    """A number in words as it is whether 十 is written or 一十."""
    return words.replace("一十", "十")


def _spelled(value: int) -> str:
    """A whole number in words, 一十 for 十 and 二 for 两."""
    for size, unit in _SIZES:
        if value >= size:
            high, low = divmod(value, size)
            gap = "零" if 0 < low < size // 10 else ""
            return f"{_spelled(high)}{unit}{gap}{_spelled(low) if low else ''}"
    return FIGURES[value]


_TWO = re.compile("(?<!十)二(?=[百千万亿])")


def in_words(value: int) -> Iterator[str]:
    """The ways to write a whole number in words."""
    words = re.sub("^一十", "十", _spelled(value))
    for pairs in dict.fromkeys((words, re.sub("^二(?=[百千万亿])", "两", words),
                                _TWO.sub("两", words))):  # fmt: skip
        yield pairs
        if "零" in pairs:
            yield pairs.replace("零", "〇")


def figures(value: int) -> Iterator[str]:
    """The ways to write a number figure by figure, as years are: 二〇一七, 二零一七."""
    words = "".join(FIGURES[int(digit)] for digit in str(value))
    yield words.replace("零", "〇")
    if "零" in words:
        yield words


def grouped(digits: str) -> str:
    """Digits with commas by the thousand."""
    integer, point, decimals = digits.partition(".")
    return f"{int(integer):,}{point}{decimals}"


def in_digits(number: Number) -> Iterator[tuple[str, str]]:
    """The ways to write a number in digits: of each the digits and the word for its scale.

    A zero at the end of its decimals says how exact it is, so such a number has no other
    scale.
    """
    for word, digits in _scaled(number):
        yield digits, word
        integer, point, _ = digits.partition(".")
        if int(integer) >= _GROUPED:
            yield grouped(digits), word
        multiple = _BY_ZEROS.get(len(integer) - 1)
        if multiple and not point and not int(integer[1:]):
            yield integer[0], multiple + word


def all_in_words(number: Number) -> Iterator[str]:
    """The ways to write a number in words."""
    for word, digits in _scaled(number):
        integer, _, decimals = digits.partition(".")
        if decimals:
            after = "".join(FIGURES[int(digit)] for digit in decimals)
            for before in in_words(int(integer)):
                yield f"{before}点{after}{word}"
                if "零" in after:
                    yield f"{before}点{after.replace('零', '〇')}{word}"
    whole = number.at(0)
    if "." not in whole and not _is_rounded(number):
        yield from in_words(int(whole))


def _scaled(number: Number) -> Iterator[tuple[str, str]]:
    """The scales by which a number may be written: its word, and the digits by it."""
    own = next(word for word, scale in _SCALES.items() if scale == number.scale)
    yield own, number.digits
    if _is_rounded(number) or not _is_handy(number.at(number.scale)):
        return
    for word, scale in _SCALES.items():
        digits = number.at(scale)
        if scale != number.scale and _is_handy(digits):
            yield word, digits


def _is_rounded(number: Number) -> bool:
    return "." in number.digits and number.digits.endswith("0")


def _is_handy(digits: str) -> bool:
    """Whether anyone would write a number so."""
    integer, _, decimals = digits.partition(".")
    if integer == "0":
        return len(decimals) <= _SMALL_DECIMALS and decimals[:1] not in {"", "0"}
    return len(decimals) <= _DECIMALS
