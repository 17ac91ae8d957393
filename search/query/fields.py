"""The fields of the query language, their Chinese names, and how a value is read.

A table: adding a field is adding a row to `FIELDS`.
"""

from __future__ import annotations

import calendar
import re
from datetime import date
from enum import Enum
from typing import TYPE_CHECKING

from indexer import fold
from search.places import Place

from .syntax import InDates, InYears

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus import Report


class TextField(Enum):
    """A field that holds text in which words are looked for, by the place it is."""

    TITLE = Place.TITLE
    HEADING = Place.HEADING
    TEXT = Place.TEXT


class ValueField(Enum):
    """A field that holds one value a report, named as the attribute of `Report`."""

    ISSUER = "issuer"
    REGION = "region"
    KIND = "kind"
    NUMBER = "number"

    def value_of(self, report: Report) -> str:
        """The report's value, made comparable."""
        return self.comparable(getattr(report, self.value))

    def comparable(self, value: str) -> str:
        """A value, or what a query says of it, in the form in which they are compared."""
        folded = fold(value)
        return plain_number(folded) if self is ValueField.NUMBER else folded


class RangeField(Enum):
    """A field whose values are asked for one by one or as a range `first..last`."""

    YEAR = "year"
    DATE = "date"


Field = TextField | ValueField | RangeField

FIELDS: dict[Field, tuple[str, ...]] = {
    TextField.TITLE: ("title", "标题"),
    TextField.HEADING: ("heading", "小标题", "章节"),
    TextField.TEXT: ("text", "正文"),
    ValueField.ISSUER: ("issuer", "机关", "发文机关"),
    ValueField.REGION: ("region", "地区"),
    ValueField.KIND: ("kind", "文种", "类型"),
    ValueField.NUMBER: ("number", "文号", "发文字号"),
    RangeField.YEAR: ("year", "年份"),
    RangeField.DATE: ("date", "日期", "成文日期"),
}
"""Each field with the names it answers to; the first is the one shown."""

_BY_NAME = {fold(name): field for field, names in FIELDS.items() for name in names}

FIELD_NAMES = tuple("/".join(names[:2]) for names in FIELDS.values())
"""What to tell a user who asks which fields there are."""


def field_named(name: str) -> Field | None:
    """The field that answers to a name, in any width and case."""
    return _BY_NAME.get(fold(name))


_BRACKETS = str.maketrans(dict.fromkeys("〔〈《【〖[(", "[") | dict.fromkeys("〕〉》】〗])", "]"))


def plain_number(folded: str) -> str:
    """A document number without the variety of its brackets and without spaces."""
    return "".join(folded.translate(_BRACKETS).split())


_DOTS = re.compile(r"\.{2,}")
_YEAR = re.compile(r"(\d{4})年?", re.ASCII)
_DATE = re.compile(r"(\d{4})(?:年|[-/年](\d{1,2})(?:月|[-/月](\d{1,2})日?)?)?", re.ASCII)


class BadValueError(ValueError):
    """A value that its field cannot have; the text says what it can."""


def _bounds(text: str) -> tuple[str, str]:
    """The two sides of `first..last`, both the same when there are no dots."""
    sides = [side.strip() for side in _DOTS.split(fold(text))]
    if sides[2:] or not any(sides):
        raise BadValueError
    return sides[0], sides[-1]


def _read_years(text: str) -> InYears:
    def year(side: str) -> int | None:
        match = _YEAR.fullmatch(side) if side else None
        if side and match is None:
            raise BadValueError
        return int(match[1]) if match else None

    first, last = map(year, _bounds(text))
    if first is not None and last is not None and first > last:
        raise BadValueError("the range runs backwards: ")
    return InYears(first, last)


def _read_dates(text: str) -> InDates:
    def day(side: str, *, is_last: bool) -> date | None:
        """The first or last day of a year, a month or a day."""
        if not side:
            return None
        match = _DATE.fullmatch(side)
        if match is None:
            raise BadValueError
        year, month, number = (int(group) if group else None for group in match.groups())
        assert year is not None
        month = month or (12 if is_last else 1)
        try:
            last = calendar.monthrange(year, month)[1]
            return date(year, month, number or (last if is_last else 1))
        except ValueError:
            raise BadValueError("there is no such day: ") from None

    first, last = _bounds(text)
    span = InDates(day(first, is_last=False), day(last, is_last=True))
    if span.first and span.last and span.first > span.last:
        raise BadValueError("the range runs backwards: ")
    return span


_READERS: dict[RangeField, tuple[Callable[[str], InYears | InDates], str]] = {
    RangeField.YEAR: (_read_years, "2017, 2015..2020, 2015.. or ..2020"),
    RangeField.DATE: (_read_dates, "2017, 2017-06, 2017-06-30 or a range such as 2017-06..2018"),
}


def read_range(field: RangeField, text: str) -> InYears | InDates:
    """Read what a query says of a year or a date.

    Raises:
        BadValueError: saying what can be written.
    """
    read, examples = _READERS[field]
    try:
        return read(text)
    except BadValueError as error:
        raise BadValueError(f"{error}{field.value} takes {examples}") from None
