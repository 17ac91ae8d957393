"""How lists write their numbers: 一, 〇, 壹, 甲, ①, １, i, a.

The names are those of ECMA-376 part 1, 17.18.59 (ST_NumberFormat). What Word writes with
the circle ○ is written 〇 here: that is the character of the numeral, and a search takes
them for the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_DIGITS = "〇一二三四五六七八九"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMAN_BELOW = 4_000
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_MOST_LETTERS = 10
_WORDS_BELOW = 100_000_000
_MYRIAD = 10_000
_UNITS = ("", "十", "百", "千")
_TEENS = range(10, 20)
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def written(number: int, style: str) -> str:
    """Write a number of a list.

    Args:
        number: the number, not negative.
        style: the name of the way. An unknown one, and a number that the way has no
            signs for, is written in digits.
    """
    return _WAYS.get(style, str)(number)


def _digit_by_digit(number: int) -> str:
    return "".join(_DIGITS[int(digit)] for digit in str(number))


def _words(number: int) -> str:
    """Write a number in words, as it is counted: 十一, 二十, 一百零一, 一百一十, 一万零一."""
    if not 0 < number < _WORDS_BELOW:
        return str(number) if number else "零"
    high, low = divmod(number, _MYRIAD)
    text = _group(low)
    if high:
        gap = "零" if low and low < _MYRIAD // 10 else ""
        text = f"{_group(high)}万{gap}{text}"
    return text.removeprefix("一") if number in _TEENS else text


def _group(number: int) -> str:
    """Write four digits with their units, a run of noughts as one 零."""
    text, gap = "", ""
    for place, digit in enumerate(reversed(str(number))):
        if digit != "0":
            text = _DIGITS[int(digit)] + _UNITS[place] + gap + text
        gap = "零" if digit == "0" and text and not text.startswith("零") else ""
    return text


def _short_words(number: int) -> str:
    """Write words up to 九十九, and digit by digit above: 一〇〇."""
    return _words(number) if number < 100 else _digit_by_digit(number)  # noqa: PLR2004


def _japanese(number: int) -> str:
    """Write words without 零, and no 一 before 十, 百 and 千: 百一."""
    if number >= _MYRIAD or not number:
        return _words(number)
    text = _words(number).replace("零", "")
    for unit in _UNITS[1:]:
        text = text.replace(f"一{unit}", unit)
    return text


_FORMAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")


def _formal(number: int) -> str:
    text = _words(number)
    return (f"一{text}" if number in _TEENS else text).translate(_FORMAL)


def _roman(number: int) -> str:
    if not 0 < number < _ROMAN_BELOW:
        return str(number)
    text = ""
    for value, sign in _ROMAN:
        count, number = divmod(number, value)
        text += sign * count
    return text


def _letters(number: int) -> str:
    """Write a, b … z, aa, bb …, as word processors do."""
    count, place = divmod(number - 1, len(_LETTERS))
    if not 0 <= count < _MOST_LETTERS:
        return str(number)
    return _LETTERS[place] * (count + 1)


def _ordinal(number: int) -> str:
    teens = number % 100 // 10 == 1
    return f"{number}{'th' if teens else _ENDINGS.get(number % 10, 'th')}"


def _signs(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else str(number)


def _block(first: str, count: int) -> Callable[[int], str]:
    return _signs("".join(chr(ord(first) + place) for place in range(count)))


_WAYS: dict[str, Callable[[int], str]] = {
    "none": lambda number: "",  # noqa: ARG005
    "bullet": lambda number: "",  # noqa: ARG005
    "decimalZero": lambda number: f"{number:02}",
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "numberInDash": lambda number: f"- {number} -",
    "ordinal": _ordinal,
    "upperRoman": lambda number: _roman(number).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerLetter": _letters,
    "chineseCounting": _short_words,
    "taiwaneseCounting": _short_words,
    "koreanDigital2": _digit_by_digit,
    "chineseCountingThousand": _words,
    "taiwaneseCountingThousand": _words,
    "japaneseCounting": _japanese,
    "chineseLegalSimplified": _formal,
    "ideographLegalTraditional": _formal,
    "ideographDigital": _digit_by_digit,
    "japaneseDigitalTenThousand": _digit_by_digit,
    "taiwaneseDigital": _digit_by_digit,
    "ideographTraditional": _signs("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _signs("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _block("①", 20),
    "decimalEnclosedCircleChinese": _block("①", 20),
    "decimalEnclosedParen": _block("⑴", 20),
    "decimalEnclosedFullstop": _block("⒈", 20),
    "ideographEnclosedCircle": _block("㊀", 10),
}
