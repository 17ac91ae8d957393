"""What a query says of a year, a date or a section: one, or a range `first..last`.

A five-year plan stands for its years: 十三五 is 2016..2020.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from typing import TYPE_CHECKING

from corpus.messages import Message
from indexer import fold

from .fields import RangeField
from .syntax import AddedIn, InDates, InSection, InYears

if TYPE_CHECKING:
    from collections.abc import Callable

_DOTS = re.compile(r"\.{2,}|[–—]+")
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:年|[-/年](\d{1,2})(?:月|[-/月](\d{1,2})日?)?)?", re.ASCII)


_SECTIONS = {
    name: InSection(section)
    for section, names in {
        "回顾": "回顾 工作回顾 review",
        "问题": "问题 困难 problems problem",
        "计划": "计划 安排 工作安排 plan plans",
    }.items()
    for name in names.split()
}


class BadValueError(ValueError):
    """A value that its field cannot have.

    Attributes:
        problem: what is wrong with it, or what can be written.
    """

    def __init__(self, problem: Message) -> None:
        super().__init__(problem)
        self.problem = problem


class _UnclearError(Exception):
    """A value of no form that its field takes."""


def _bounds(text: str) -> tuple[str, str]:
    """The two sides of `first..last`, both the same when there are no dots."""
    sides = [side.strip() for side in _DOTS.split(fold(text))]
    if sides[2:] or not any(sides):
        raise _UnclearError
    return sides[0], sides[-1]


def _plan(name: str) -> tuple[int, int] | None:
    """The first and the last year of a plan; 十五 can be no number here."""
    from search.equivalents.plans import plan_years  # few queries name a plan

    return plan_years(name) or plan_years(f"{name}规划")


def _read_years(text: str) -> InYears:
    def year(side: str, *, is_last: bool) -> int | None:
        if not side:
            return None
        if plan := _plan(side):
            return plan[is_last]
        match = _YEAR.fullmatch(side)
        if match is None:
            raise _UnclearError
        return int(match[1])

    start, end = _bounds(text)
    first, last = year(start, is_last=False), year(end, is_last=True)
    if first is not None and last is not None and first > last:
        raise BadValueError(Message("the range runs backwards"))
    return InYears(first, last)


def _read_dates(text: str) -> InDates:
    def day(side: str, *, is_last: bool) -> date | None:
        """The first or last day of a plan, a year, a month or a day."""
        if not side:
            return None
        if plan := _plan(side):
            side = str(plan[is_last])
        match = _DATE.fullmatch(side)
        if match is None:
            raise _UnclearError
        year, month, number = (int(group) if group else None for group in match.groups())
        assert year is not None
        month = month or (12 if is_last else 1)
        try:
            last = calendar.monthrange(year, month)[1]
            return date(year, month, number or (last if is_last else 1))
        except ValueError:
            raise BadValueError(Message("there is no such day")) from None

    first, last = _bounds(text)
    span = InDates(day(first, is_last=False), day(last, is_last=True))
    if span.first and span.last and span.first > span.last:
        raise BadValueError(Message("the range runs backwards"))
    return span


def _read_added(text: str) -> AddedIn:
    span = _read_dates(text)
    return AddedIn(span.first, span.last)


_DATES = Message("2017, 2017-06, 2017-06-30 or a range such as 2017-06..2018")

_READERS: dict[RangeField, tuple[Callable[[str], InYears | InDates | AddedIn], Message]] = {
    RangeField.YEAR: (
        _read_years,
        Message("2017, 2015..2020, 2015.., ..2020 or a plan such as 十三五"),
    ),
    RangeField.DATE: (_read_dates, _DATES),
    RangeField.ADDED: (_read_added, _DATES),
}


def read_range(field: RangeField, text: str) -> InYears | InDates | AddedIn:
    """Read what a query says of a year, a date or the day that a report was added.

    Raises:
        BadValueError: saying what can be written.
    """
    read, examples = _READERS[field]
    try:
        return read(text)
    except _UnclearError:
        problem = Message("{field} takes {examples}", field=field.value, examples=examples)
        raise BadValueError(problem) from None
    except BadValueError as error:
        raise BadValueError(
            Message(
                "{problem}: {field} takes {examples}",
                problem=error.problem,
                field=field.value,
                examples=examples,
            )
        ) from None


def read_section(text: str) -> InSection:
    """Read the value of a section.

    Raises:
        BadValueError: there is no such section; the text says which there are.
    """
    found = _SECTIONS.get(fold(text).strip())
    if found is None:
        raise BadValueError(Message("a section is 回顾 (review), 问题 (problems) or 计划 (plan)"))
    return found
