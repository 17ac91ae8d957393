"""Fill a report's metadata: from its labels, its head and its end, the file name last.

Each field is asked of one witness after the other, the surest first, and the first
that knows answers. What none of them says stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from corpus.characters import ends_sentence, squeeze, tidy
from corpus.labels import meaning
from corpus.numbering import mark_of
from corpus.numerals import find_date, find_year, is_date
from corpus.official import (
    YEARLY,
    issuer_in_signature,
    issuer_in_text,
    issuer_in_title,
    kind_of,
    number_of,
    region_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

_HEAD = 16
_LONGEST_TITLE = 120
_LONGEST_HEAD_LINE = 100

_ADDRESSEE = re.compile("(?:各位|同志们|主任)[^。；]{0,30}[！!]$|[^。；]{1,200}[：:]$")
_MEETING = re.compile(r"[—―（(\-\s]*(?P<date>[^。，\s]{6,14}?日)\s?在[^。]{4,60}(?:会|会议)上")
_ADOPTED = re.compile(
    r"(?P<date>\d{4}年\d{1,2}月\d{1,2}日)\s.*(?:通过|公布|发布|批准|修订|修正|颁布)"
)
_SERIAL = re.compile(r"(?:\d{1,4}[_.\-—\s]+)+(?=\D)")
_NAME_TAIL = re.compile(r"[（(]\d{4}-\d{2}-\d{2}[)）]$")
_FEWEST_NAME_CHARS = 4
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class _Document:
    """What is known of a document when its metadata is asked for."""

    labels: Mapping[str, str]
    title: str
    texts: Sequence[str]
    name: str

    @cached_property
    def head(self) -> tuple[str, ...]:
        """The lines above the addressee, the first heading, or the first long paragraph."""
        lines: list[str] = []
        for text in self.texts[:_HEAD]:
            if len(text) > _LONGEST_HEAD_LINE or _ADDRESSEE.match(text) or mark_of(text):
                break
            lines.append(text)
        return tuple(lines)

    @cached_property
    def dated(self) -> int | None:
        """The place of the first line that is a date and nothing else."""
        places = enumerate(map(squeeze, self.texts))
        return next((place for place, text in places if is_date(text)), None)

    def label(self, field: str) -> str:
        """Give the value that the document itself labels as this field, or ""."""
        return next((value for name, value in self.labels.items() if meaning(name) == field), "")


def describe(
    labels: Mapping[str, str], title: str, texts: Sequence[str], name: str
) -> dict[str, Any]:
    """Give a report's metadata.

    Args:
        labels: values with the labels they were published under, surest first.
        title: the title that markup states, or "".
        texts: the paragraphs.
        name: path or name of the file.

    Returns:
        Values for the fields of `Report` of the same names.
    """
    document = _Document(labels, tidy(title), texts, name)
    known: dict[str, Any] = {}
    for field, witnesses in _WITNESSES:
        answers = (witness(document, known) for witness in witnesses)
        known[field] = next(filter(None, answers), _UNKNOWN.get(field, ""))
    return known


def title_in(labels: Mapping[str, str], title: str) -> str:
    """Give the title that labels or markup state, or ""."""
    document = _Document(labels, tidy(title), (), "")
    return document.label("title") or document.title


_UNKNOWN: dict[str, None] = {"written": None, "published": None, "year": None}

_Known = dict[str, Any]


def _labelled(field: str) -> Callable[[_Document, _Known], str]:
    return lambda document, known: document.label(field)  # noqa: ARG005


def _labelled_date(field: str) -> Callable[[_Document, _Known], date | None]:
    return lambda document, known: find_date(document.label(field))  # noqa: ARG005


def _title_by_markup(document: _Document, known: _Known) -> str:  # noqa: ARG001
    return document.title


def _title_in_head(document: _Document, known: _Known) -> str:  # noqa: ARG001
    """Take the head line that tells a kind of document."""
    return next(
        (
            text
            for text in document.head
            if len(text) <= _LONGEST_TITLE and not ends_sentence(text) and kind_of(text)
        ),
        "",
    )


def _title_by_name(document: _Document, known: _Known) -> str:  # noqa: ARG001
    """Take the file's name, if it is a name and not a number."""
    stem = _NAME_TAIL.sub("", _SERIAL.sub("", PurePath(document.name).stem, count=1))
    return stem if len(_HAN.findall(stem)) >= _FEWEST_NAME_CHARS else ""


def _kind(document: _Document, known: _Known) -> str:  # noqa: ARG001
    return kind_of(known["title"])


def _number(document: _Document, known: _Known) -> str:  # noqa: ARG001
    return number_of(document.label("number")) or document.label("number")


def _number_in_head(document: _Document, known: _Known) -> str:  # noqa: ARG001
    return next(filter(None, map(number_of, document.head)), "")


def _region(document: _Document, known: _Known) -> str:
    places = (known["title"], document.label("issuer"), *document.head)
    return next(filter(None, map(region_of, places)), "")


def _issuer_in_title(document: _Document, known: _Known) -> str:  # noqa: ARG001
    return issuer_in_title(known["title"])


def _issuer_in_text(document: _Document, known: _Known) -> str:
    texts = document.texts[:_HEAD]
    return next(filter(None, (issuer_in_text(text, known["region"]) for text in texts)), "")


def _issuer_in_signature(document: _Document, known: _Known) -> str:  # noqa: ARG001
    return issuer_in_signature(document.texts[document.dated - 1]) if document.dated else ""


def _written_at_meeting(document: _Document, known: _Known) -> date | None:  # noqa: ARG001
    matches = filter(None, map(_MEETING.match, document.head))
    return next(filter(None, (find_date(match["date"]) for match in matches)), None)


def _written_as_adopted(document: _Document, known: _Known) -> date | None:  # noqa: ARG001
    """Take the last date of a law's head: it is the version that this text is."""
    matches = filter(None, map(_ADOPTED.match, document.head))
    return max(filter(None, (find_date(match["date"]) for match in matches)), default=None)


def _written_as_dated(document: _Document, known: _Known) -> date | None:  # noqa: ARG001
    """Take the first line that is a date and nothing else."""
    return (
        find_date(squeeze(document.texts[document.dated])) if document.dated is not None else None
    )


def _year_by_label(document: _Document, known: _Known) -> int | None:  # noqa: ARG001
    label = document.label("year")
    return int(label) if label.isdecimal() else find_year(label)


def _year_of_yearly(document: _Document, known: _Known) -> int | None:  # noqa: ARG001
    return find_year(known["title"]) if known["kind"] in YEARLY else None


def _year_of(field: str) -> Callable[[_Document, _Known], int | None]:
    return lambda document, known: known[field].year if known[field] else None  # noqa: ARG005


def _year_in(field: str) -> Callable[[_Document, _Known], int | None]:
    return lambda document, known: find_year(known[field])  # noqa: ARG005


def _year_in_number(document: _Document, known: _Known) -> int | None:  # noqa: ARG001
    match = re.search(r"〔(\d{4})〕", known["number"])
    return int(match[1]) if match is not None else None


_WITNESSES: tuple[tuple[str, Iterable[Callable[[_Document, _Known], Any]]], ...] = (
    ("title", (_labelled("title"), _title_by_markup, _title_in_head, _title_by_name)),
    ("kind", (_labelled("kind"), _kind)),
    ("number", (_number, _number_in_head)),
    ("subject", (_labelled("subject"),)),
    ("region", (_labelled("region"), _region)),
    ("issuer", (_labelled("issuer"), _issuer_in_title, _issuer_in_text, _issuer_in_signature)),
    (
        "written",
        (
            _labelled_date("written"),
            _written_at_meeting,
            _written_as_adopted,
            _written_as_dated,
        ),
    ),
    ("published", (_labelled_date("published"),)),
    (
        "year",
        (
            _year_by_label,
            _year_of_yearly,
            _year_of("written"),
            _year_in_number,
            _year_of("published"),
            _year_in("title"),
        ),
    ),
)
"""Field, and whom to ask for it. Later fields may ask what earlier ones turned out to be."""
