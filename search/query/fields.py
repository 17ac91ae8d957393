"""The fields of the query language and their Chinese names.

A table: adding a field is adding a row to `FIELDS`.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from indexer import fold
from search.places import Place

if TYPE_CHECKING:
    from corpus import Report


class ValueField(Enum):
    """A field that holds one value a report, named as the attribute of `Report`."""

    ISSUER = "issuer"
    REGION = "region"
    KIND = "kind"
    NUMBER = "number"
    SUBJECT = "subject"
    FORMAT = "format"

    @property
    def columns(self) -> tuple[str, ...]:
        """The attributes of a report that it is asked of; a place goes by its province too."""
        return ("region", "province") if self is ValueField.REGION else (self.value,)

    @property
    def is_whole(self) -> bool:
        """Whether a value has to be just what is asked for: doc is not a part of docx."""
        return self is ValueField.FORMAT

    def value_of(self, report: Report) -> str:
        """The report's value, made comparable."""
        return self.comparable(getattr(report, self.value))

    def comparable(self, value: str) -> str:
        """A value, or what a query says of it, in the form in which they are compared."""
        folded = fold(value)
        if self is ValueField.NUMBER:
            return plain_number(folded)
        return _FORMATS.get(folded, folded) if self is ValueField.FORMAT else folded


class RangeField(Enum):
    """A field whose values are asked for one by one or as a range `first..last`."""

    YEAR = "year"
    DATE = "date"
    ADDED = "added"


class SectionField(Enum):
    """The field of what a work report does in a paragraph."""

    SECTION = "section"


class LinkField(Enum):
    """A field that names paragraphs: those near to an address, those of a result set."""

    SIMILAR = "similar"
    WITHIN = "within"


Field = Place | ValueField | RangeField | SectionField | LinkField
"""What a field asks of: a place in which words stand, a value that a report has, what is
done in a paragraph, or which paragraphs it is one of."""

FIELDS: dict[Field, tuple[str, ...]] = {
    Place.TITLE: ("title", "标题"),
    Place.HEADING: ("heading", "小标题", "章节"),
    Place.TEXT: ("text", "正文"),
    ValueField.ISSUER: ("issuer", "机关", "发文机关"),
    ValueField.REGION: ("region", "地区"),
    ValueField.KIND: ("kind", "文种", "类型"),
    ValueField.NUMBER: ("number", "文号", "发文字号"),
    RangeField.YEAR: ("year", "年份"),
    RangeField.DATE: ("date", "日期", "成文日期"),
    ValueField.SUBJECT: ("subject", "主题"),
    ValueField.FORMAT: ("format", "格式"),
    RangeField.ADDED: ("added", "收录"),
    SectionField.SECTION: ("section", "部分"),
    LinkField.SIMILAR: ("similar", "相似"),
    LinkField.WITHIN: ("within", "结果集"),
}
"""Each field with the names it answers to; the first is the one shown."""

_BY_NAME = {fold(name): field for field, names in FIELDS.items() for name in names}

FIELD_NAMES = tuple("/".join(names[:2]) for names in FIELDS.values())
"""What to tell a user who asks which fields there are."""


def field_named(name: str) -> Field | None:
    """The field that answers to a name, in any width and case."""
    return _BY_NAME.get(fold(name))


def fields_like(name: str) -> list[str]:
    """The names of fields that a name may be a slip for, the likeliest first."""
    from difflib import get_close_matches  # only who mistyped needs it

    folded = fold(name)
    near = get_close_matches(folded, _BY_NAME, cutoff=_LIKE[name.isascii()])
    return sorted(near, key=lambda known: known[0] != folded[0])  # slips are rare at the start


_FORMATS = {
    "txt": "text", "md": "markdown", "htm": "html", "eml": "mail", "jsonl": "json", "tsv": "csv",
    "xls": "spreadsheet", "xlsx": "spreadsheet",
}  # fmt: skip
"""Formats by the endings of file names, where those are not their names."""

_LIKE = {True: 0.6, False: 0.5}
"""How like a name in ASCII, or another, has to be: most Chinese ones have two characters."""

_BRACKETS = str.maketrans(dict.fromkeys("〔〈《【〖[(", "[") | dict.fromkeys("〕〉》】〗])", "]"))


def plain_number(folded: str) -> str:
    """A document number without the variety of its brackets, without spaces and 第."""
    return "".join(folded.translate(_BRACKETS).split()).replace("]第", "]")
