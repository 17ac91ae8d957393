"""The five-year plans: 十三五 is 第十三个五年规划, and the years from 2016 to 2020.

The first ten were 计划, since the eleventh they are 规划; both words are in use for all.
Names of two characters are numbers and other things too, so of the first ten only names
that say what they are, such as 九五计划, are plans.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .found import Equivalent, Form, Kind, equivalent
from .numerals import in_words, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_FIRST_SHORT = 11
"""The first plan whose short name is that of nothing else."""
_QUOTES = ("”", '"', "’", "'", "」")
_FIRST_YEARS = {1: 1953, 2: 1958}
_THIRD_YEAR = 1966
_YEARS = 5

_PATTERN = re.compile(
    r"第(?P<ordinal>[一二三四五六七八九十]{1,2}|[1-9]|1\d)个五年(?:规划|计划)"
    r"|(?<![一二三四五六七八九十百])(?P<short>十[一二三四五六七八九])五(?:规划|计划|(?![年百千万亿十点]))"
    r"|(?<![一二三四五六七八九十百])(?P<early>[一二三四五六七八九十])五(?:规划|计划|时期)"
)


def find_plans(folded: str, is_cut: Callable[[int], bool]) -> Iterator[Equivalent]:
    """Find the five-year plans that a folded text names."""
    for match in _PATTERN.finditer(folded):
        number = _number_of(match)
        if number and is_cut(match.start()) and is_cut(match.end()):
            # A name that begins with what was typed is found by that, and shown as typed.
            forms = (form for form in _forms(number) if not form.text.startswith(match[0]))
            yield equivalent(match.start(), match[0], Kind.PLAN, forms)


def plan_years(name: str) -> tuple[int, int] | None:
    """The first and the last year of the plan of a name.

    Args:
        name: folded: 十三五, 十三五规划, 第十三个五年规划, 九五计划.

    Returns:
        None if that is not the name of a plan.
    """
    match = _PATTERN.match(name)
    number = _number_of(match) if match else None
    rest = name[match.end() :] if match else ""
    if number is None or rest not in {"", "规划", "计划", "时期", "规划纲要", "计划纲要", "纲要"}:
        return None
    first = _FIRST_YEARS.get(number, _THIRD_YEAR + _YEARS * (number - 3))
    return first, first + _YEARS - 1


def _number_of(match: re.Match[str]) -> int | None:
    """Which plan was matched."""
    number = read(match["ordinal"] or match["short"] or match["early"])
    return int(number.digits) if number else None


def _forms(number: int) -> Iterator[Form]:
    """The names of a plan."""
    ordinal = next(in_words(number))
    for word in ("规划", "计划"):
        yield Form(f"第{ordinal}个五年{word}")
        yield Form(f"第{number}个五年{word}")
    for word in ("规划", "计划", "时期"):
        yield Form(f"{ordinal}五{word}")
        yield from (Form(f"{ordinal}五{quote}{word}") for quote in _QUOTES)
    if number >= _FIRST_SHORT:
        yield Form(f"{ordinal}五")
