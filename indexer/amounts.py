"""Numbers as texts write them: 1,234.5, 一百二十亿, 3.2万亿, 百亿; read, and as patterns to find.

The patterns have a bound on every repetition, and give nothing back: a number is taken
whole or not at all.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

FIGURES = "零一二三四五六七八九"
NUMERALS = f"〇两{FIGURES}十百千万亿"

_ALIKE = str.maketrans("〇两", "零二")
_FIGURE = f"[〇两{FIGURES}]"
_ONE_TO_NINE = f"[{FIGURES[1:]}]"
_GOES_ON = f"(?![{NUMERALS}])"
_SCALE = "(?:[十百千]?(?:万亿|[万亿])|[百千])"

FIRST_OF_WORDS = f"[两{FIGURES[1:]}十]"
"""What a number in words begins with."""

DIGITS = r"(?:[0-9]{0,2}(?:,[0-9]{3}){1,5}|[0-9]{0,15})(?:\.[0-9]{1,8})?(?![0-9])"
WORDS = rf"[{NUMERALS}]{{0,20}}{_GOES_ON}(?:点{_FIGURE}{{1,8}}(?:万亿|[万亿])?{_GOES_ON})?"
ALL_SCALE = f"(?:万亿?|亿){_GOES_ON}"
"""What follows the first character of a number in digits, in words, and of 百亿."""

TAIL = f"(?: ?[多余])?(?: ?{_SCALE})? ?"
"""What follows its figures."""

AMOUNT = f"(?:[0-9]{DIGITS}|{FIRST_OF_WORDS}{WORDS}|[百千万]{ALL_SCALE}){TAIL}"
SHARE = f"(?:百{_GOES_ON}|零{WORDS}|{FIRST_OF_WORDS}{WORDS}|[0-9]{DIGITS})"
"""A number, and one of hundredths as it follows 百分之."""

_PARTS = re.compile(
    f"(?:(?P<digits>[0-9.,]+)|(?P<words>[{NUMERALS}点]+)) ?[多余]? ?(?P<scale>[{NUMERALS}]*) ?"
)
_BELOW_MYRIAD = re.compile(
    f"零?(?:({_ONE_TO_NINE})千)?零?(?:({_ONE_TO_NINE})百)?零?(?:({_ONE_TO_NINE}?)十)?"
    f"零?({_ONE_TO_NINE})?"
)
_SHORTENED = re.compile(f"[百千]{_ONE_TO_NINE}(?:[万亿]|$)|[万亿]{_ONE_TO_NINE}$")
"""三百五 for three hundred and fifty, which has no unit behind it."""

_EXPONENTS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}


class Amount(NamedTuple):
    """A number as it is written.

    Attributes:
        plain: without its scale.
        scale: the power of ten that is written behind it; None if there is none.
    """

    plain: Decimal
    scale: int | None = None

    @property
    def value(self) -> Decimal:
        """The number."""
        return self.plain.scaleb(self.scale) if self.scale else self.plain


def read_amount(text: str) -> Amount | None:
    """Read a number; None if it is none, such as 三五."""
    match = _PARTS.fullmatch(text)
    if match is None:
        return None
    scale = match["scale"]
    if match["digits"]:
        return Amount(Decimal(match["digits"].replace(",", "")), _exponent(scale))
    words = match["words"].translate(_ALIKE)
    if scale == "万" and "亿" in words:  # 四亿零七百多万: of what is behind 亿 alone
        words, scale = words + scale, ""
    plain = words.rstrip("万亿")
    if not set(plain).isdisjoint("万亿"):
        plain = words
    value = _read_words(f"一{plain}" if plain in {"", "百", "千"} else plain)
    scales = [_exponent(words[len(plain) :]), _exponent(scale)]
    written = [exponent for exponent in scales if exponent is not None]
    return None if value is None else Amount(value, sum(written) if written else None)


def _exponent(scale: str) -> int | None:
    """The power of ten of 万, 千万, 万亿; None of nothing."""
    return sum(_EXPONENTS[unit] for unit in scale) if scale else None


def _read_words(words: str) -> Decimal | None:
    integer, _, decimals = words.partition("点")
    value = None if _SHORTENED.search(integer) else _whole(integer)
    if value is None:
        return None
    return Decimal(f"{value}.{''.join(str(FIGURES.index(figure)) for figure in decimals)}")


def _whole(words: str) -> int | None:
    """A whole number in words."""
    for unit, size in (("亿", 10**8), ("万", 10**4)):
        before, found, behind = words.rpartition(unit)
        if found:
            high, low = _whole(before), _whole(behind)
            return None if not high or low is None else high * size + low
    match = _BELOW_MYRIAD.fullmatch(words)
    if match is None:
        return None
    thousands, hundreds, tens, ones = match.groups()
    figures = (thousands, hundreds, "一" if tens == "" else tens, ones)
    return sum(
        FIGURES.index(figure) * size
        for figure, size in zip(figures, (1000, 100, 10, 1), strict=True)
        if figure
    )
