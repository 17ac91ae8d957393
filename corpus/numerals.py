"""Numbers and dates as official Chinese writes them."""

from __future__ import annotations

import re
from datetime import date

DIGITS = {char: value for value, chars in enumerate(
    ("〇零○◯", "一", "二两", "三", "四", "五", "六", "七", "八", "九")
) for char in chars}  # fmt: skip

_UNITS = {"十": 10, "百": 100, "千": 1000}
_YEAR_DIGITS = 4

_ZERO_LIKE = "〇零○◯ＯOОΟo０0"
_CN = f"{_ZERO_LIKE}一二三四五六七八九"

DATE = re.compile(
    rf"(?P<year>\d{{4}}|[{_CN}]{{4}})\s{{0,2}}(?:年|[-/.])\s{{0,2}}"
    rf"(?P<month>\d{{1,2}}|[{_CN}十]{{1,3}})\s{{0,2}}(?:月|[-/.])\s{{0,2}}"
    rf"(?P<day>\d{{1,2}}|[{_CN}十]{{1,3}})(?:\s{{0,2}}日)?(?!\d)"
)
"""A date in digits of either width or in words: 2026年2月3日, 2026-02-03, 二〇二六年二月三日."""

_YEAR = re.compile(rf"(?<!\d)(?P<year>\d{{4}}|[{_CN}]{{4}})\s?年")
_PLAUSIBLE_YEARS = range(1900, 2100)


def number(text: str) -> int:
    """Read a whole number below ten thousand, in digits of any width or in Chinese words.

    Raises:
        ValueError: the text is no such number.
    """
    if text.isdecimal():
        return int(text)
    if len(text) > 1 and not _UNITS.keys() & set(text):
        return int("".join(str(_digit(char)) for char in text))
    total, digit = 0, 0
    for char in text:
        unit = _UNITS.get(char)
        if unit is None:
            digit = _digit(char)
        else:
            total += (digit or 1) * unit
            digit = 0
    return total + digit


def find_date(text: str) -> date | None:
    """Give the first date in a text that the calendar knows."""
    return next(filter(None, map(_date, DATE.finditer(text))), None)


def is_date(text: str) -> bool:
    """Whether the text is a date and nothing else."""
    match = DATE.match(text)
    return match is not None and match.end() == len(text) and find_date(text) is not None


def find_year(text: str) -> int | None:
    """Give the first year that a text names with 年: 2026年, 二〇二六年."""
    for match in _YEAR.finditer(text):
        year = number(match["year"])
        if year in _PLAUSIBLE_YEARS:
            return year
    return None


def _date(match: re.Match[str]) -> date | None:
    try:
        return date(number(match["year"]), number(match["month"]), number(match["day"]))
    except ValueError:
        return None


def _digit(char: str) -> int:
    if char in _ZERO_LIKE:
        return 0
    if char.isdecimal():
        return int(char)
    try:
        return DIGITS[char]
    except KeyError as error:
        raise ValueError(f"not a numeral: {char}") from error
