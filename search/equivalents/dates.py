"""Years, months and days: 2017年, 二〇一七年六月, 2017-06-30, 6月30日."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from .found import Equivalent, Form, Kind, equivalent
from .numerals import FIGURES, figures, in_words, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LEAP_YEAR = 2000
_YEAR_FIGURES = 4
_FIGURE = "[零〇一二三四五六七八九]"
_AFTER_NUMBER = "零〇一二三四五六七八九十百千点"

_IN_DIGITS = (r"(?<![\d.,])", r"[12]\d{3}", r"\d{1,2}", r"\d{1,2}")
_IN_WORDS = (
    f"(?<![{_AFTER_NUMBER}])",
    f"[一二]{_FIGURE}{{3}}",
    "十[一二]?|[一二三四五六七八九]",
    "[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]",
)

_PATTERNS = [
    *(
        re.compile(
            rf"{before}(?:(?P<year>{year})年(?P<of_year>度)?)?"
            rf"(?:(?P<month>{month})月(?:(?P<of_month>份)|(?P<day>{day})日)?)?",
            re.ASCII,
        )
        for before, year, month, day in (_IN_DIGITS, _IN_WORDS)
    ),
    re.compile(
        r"(?<![\d.,])(?P<year>[12]\d{3})(?P<sign>[-./])(?P<month>\d{1,2})"
        r"(?:(?P=sign)(?P<day>\d{1,2}))?(?![-./]?\d)",
        re.ASCII,
    ),
    re.compile(
        f"(?<![{_AFTER_NUMBER}])(?P<year>一九{_FIGURE}{{2}}|二[零〇]{_FIGURE}{{2}})"
        f"(?![{_AFTER_NUMBER}万亿])"
    ),
]


@dataclass(frozen=True, slots=True)
class _Date:
    """A date, as much as was said of it; 0 of what was not."""

    year: int
    month: int
    day: int

    @property
    def exists(self) -> bool:
        """Whether there is such a day, month or year."""
        if not self.day:
            return self.month in range(13)
        if self.month not in range(1, 13):
            return False
        return self.day <= calendar.monthrange(self.year or _LEAP_YEAR, self.month)[1]

    @property
    def is_one(self) -> bool:
        """Whether it is more than a month or a day by itself, which are counts."""
        return bool(self.year or (self.month and self.day))


def find_dates(folded: str, is_cut: Callable[[int], bool]) -> Iterator[Equivalent]:
    """Find the dates and years in a folded text, those that the calendar knows."""
    for pattern in _PATTERNS:
        for match in pattern.finditer(folded):
            said = match.groupdict()
            date = _Date(*(_number(said.get(part)) for part in ("year", "month", "day")))
            if not date.is_one or not date.exists or (said.get("sign") == "." and not date.day):
                continue
            typed, year_word, month_word = match[0], "年", "月"
            if not date.month and typed.endswith(("年", "年度")):
                year_word = typed[len(said["year"]) :] if is_cut(match.end()) else ""
                typed = said["year"] + year_word
            elif not date.month:
                year_word = ""
            elif said.get("of_month"):
                month_word = "月份"
            yield equivalent(match.start(), typed, Kind.DATE, _forms(date, year_word, month_word))


def _number(text: str | None) -> int:
    """The number that was written in digits, in words, or as a year figure by figure."""
    if not text:
        return 0
    if text.isdecimal():
        return int(text)
    if len(text) == _YEAR_FIGURES:
        return int("".join(str(FIGURES.index(figure)) for figure in text.replace("〇", "零")))
    number = read(text)
    return int(number.digits) if number else 0


def _forms(date: _Date, year_word: str, month_word: str) -> Iterator[Form]:
    """The ways to write a date."""
    parts = [(date.year, year_word), (date.month, month_word), (date.day, "日")]
    said = [(number, word) for number, word in parts if number]
    yield Form("".join(f"{number:02}{word}" for number, word in said))
    for inside, between in product(("", " "), repeat=2):
        yield Form(between.join(f"{number}{inside}{word}" for number, word in said).rstrip())
    words = [
        [f"{spelled}{word}" for spelled in (figures if number == date.year else in_words)(number)]
        for number, word in said
    ]
    for spelled in product(*words):
        yield Form("".join(spelled))
    if date.year and date.month and month_word == "月":
        for sign in "-/." if date.day else "-/":
            numbers = [number for number, _ in said]
            yield Form(sign.join(f"{number:02}" for number in numbers))
            yield Form(sign.join(f"{number}" for number in numbers))
