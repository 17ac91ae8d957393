"""Fill a report's metadata: from its labels, its head and its end, the file name last.

Each field is asked of one witness after the other, the surest first, and the first
that knows answers. What none of them says stays empty.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from corpus.characters import tidy
from corpus.closing import Closing
from corpus.labels import meaning
from corpus.letterhead import Head
from corpus.numerals import find_date, find_year
from corpus.official import (
    YEARLY,
    bodies_in,
    issuer_in_text,
    issuer_in_title,
    kind_of,
    number_of,
)
from corpus.regions import province_of, region_of
from corpus.sections import year_reviewed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    _Witness = Callable[["_Document"], Any]
    """Gives the value of a field; what it does not know is empty."""

_SPEECH = 16
_WORK_REPORT = "政府工作报告"
_MASTHEAD_TAIL = re.compile(r"\s*(?:文\s?件|[（(]函[)）])$")
_SERIAL = re.compile(r"(?:\d{1,4}[_.\-—\s]+)+(?=\D)")
_NAME_TAIL = re.compile(r"[（(]\d{4}-\d{2}-\d{2}[)）]$")
_URL = re.compile(r"https?://[!-~\u3000-\uffef]+", re.IGNORECASE)
_FEWEST_NAME_CHARS = 4
_HAN = re.compile("[\u4e00-\u9fff]")


@dataclass(frozen=True)
class _Document:
    """What is known of a document when its metadata is asked for.

    Attributes:
        labels: values with the labels they were published under.
        title: the title that was found before, or "".
        texts: the paragraphs.
        name: path or name of the file.
        known: the fields that are filled already.
    """

    labels: Mapping[str, str]
    title: str
    texts: Sequence[str]
    name: str
    known: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def head(self) -> Head:
        """What stands above the text."""
        return Head(self.texts)

    @cached_property
    def closing(self) -> Closing:
        """What stands below it."""
        return Closing(self.texts)

    def label(self, wanted: str) -> str:
        """Give the value that the document itself labels as this field, or ""."""
        return next((value for name, value in self.labels.items() if meaning(name) == wanted), "")


def describe(
    labels: Mapping[str, str], title: str, texts: Sequence[str], name: str
) -> dict[str, Any]:
    """Give a report's metadata.

    Args:
        labels: values with the labels they were published under, surest first.
        title: the title that `title_in` found, or "".
        texts: the paragraphs.
        name: path or name of the file.

    Returns:
        Values for the fields of `Report` of the same names.
    """
    document = _Document(labels, tidy(title), texts, name)
    for name_of_field, witnesses in _WITNESSES:
        answers = (witness(document) for witness in witnesses)
        empty = _UNKNOWN.get(name_of_field, "")
        document.known[name_of_field] = next(filter(None, answers), empty)
    return document.known


def title_in(labels: Mapping[str, str], title: str, texts: Sequence[str] = ()) -> str:
    """Give the title that labels or markup state, or that stands in the head, or "".

    Args:
        labels: values with the labels they were published under.
        title: the title that markup states, or "".
        texts: the lines, before they are put together to paragraphs: a title may be set
            over several.
    """
    document = _Document(labels, tidy(title), texts, "")
    return document.label("title") or document.title or document.head.title


_UNKNOWN: dict[str, Any] = {
    "annexes": (),
    **dict.fromkeys(("written", "published", "printed", "year", "covers", "delivered")),
}


def _labelled(name: str) -> _Witness:
    return lambda document: document.label(name)


def _labelled_date(name: str) -> _Witness:
    return lambda document: find_date(document.label(name))


def _head(name: str) -> _Witness:
    return lambda document: getattr(document.head, name)


def _closing(name: str) -> _Witness:
    return lambda document: getattr(document.closing, name)


def _title(document: _Document) -> str:
    return document.title


def _title_by_name(document: _Document) -> str:
    """Take the file's name, if it is a name and not a number."""
    stem = _NAME_TAIL.sub("", _SERIAL.sub("", PurePath(document.name).stem, count=1))
    return stem if len(_HAN.findall(stem)) >= _FEWEST_NAME_CHARS else ""


def _kind(document: _Document) -> str:
    return kind_of(document.known["title"])


def _number(document: _Document) -> str:
    return number_of(document.label("number")) or document.label("number")


def _naming(document: _Document) -> tuple[str, ...]:
    """Give the lines that name who issued a document, the surest first."""
    return (
        document.known["title"],
        document.label("issuer"),
        *document.head.lines,
        *document.closing.issuers,
    )


def _region(document: _Document) -> str:
    return next(filter(None, map(region_of, _naming(document))), "")


def _province(document: _Document) -> str:
    return province_of(document.known["region"], (*_naming(document), document.known["addressees"]))


def _issuer_in_title(document: _Document) -> str:
    return issuer_in_title(document.known["title"])


def _issuer_in_signature(document: _Document) -> str:
    return "、".join(document.closing.issuers)


def _issuer_in_text(document: _Document) -> str:
    texts = document.texts[:_SPEECH]
    return next(
        filter(None, (issuer_in_text(text, document.known["region"]) for text in texts)), ""
    )


def _issuer_in_head(document: _Document) -> str:
    lines = (_MASTHEAD_TAIL.sub("", line) for line in document.head.mastheads)
    return "、".join(body for line in lines for body in bodies_in(line))


def _delivered(document: _Document) -> int | None:
    if document.known["kind"] != _WORK_REPORT:
        return None
    day = document.head.delivered or document.known["written"]
    return day.year if day is not None else document.known["year"]


def _covers(document: _Document) -> int | None:
    """Take what a work report says to review if that can be, else the year before it."""
    if document.known["kind"] not in YEARLY:
        return None
    delivered = document.known["delivered"]
    reviewed = year_reviewed(document.texts)
    if document.known["kind"] != _WORK_REPORT:
        return find_year(document.known["title"]) or reviewed
    if delivered is None:
        return reviewed
    return reviewed if reviewed in (delivered, delivered - 1) else delivered - 1


def _year_by_label(document: _Document) -> int | None:
    label = document.label("year")
    return find_year(f"{label}年" if label.isdecimal() else label)


def _year_of_yearly(document: _Document) -> int | None:
    return find_year(document.known["title"]) if document.known["kind"] in YEARLY else None


def _year_of(name: str) -> _Witness:
    return lambda document: document.known[name].year if document.known[name] else None


def _year_in(name: str) -> _Witness:
    return lambda document: find_year(document.known[name])


def _year_in_number(document: _Document) -> int | None:
    match = re.search(r"〔(\d{4})〕", document.known["number"])
    return int(match[1]) if match is not None else None


def _url(document: _Document) -> str:
    url = document.label("url")
    return url if _URL.fullmatch(url) else ""


_WITNESSES: tuple[tuple[str, Iterable[_Witness]], ...] = (
    ("title", (_labelled("title"), _title, _head("title"), _title_by_name)),
    ("kind", (_labelled("kind"), _kind)),
    ("number", (_number, _head("number"))),
    ("subject", (_labelled("subject"),)),
    ("signatory", (_labelled("signatory"), _head("signatory"))),
    ("addressees", (_labelled("addressees"), _head("addressees"))),
    ("annexes", (_closing("annexes"),)),
    ("meeting", (_head("meeting"),)),
    ("speaker", (_head("speaker"),)),
    ("region", (_labelled("region"), _region)),
    ("province", (_labelled("province"), _province)),
    (
        "issuer",
        (
            _labelled("issuer"),
            _issuer_in_title,
            _issuer_in_signature,
            _issuer_in_text,
            _issuer_in_head,
        ),
    ),
    (
        "written",
        (_labelled_date("written"), _head("delivered"), _head("adopted"), _closing("written")),
    ),
    ("published", (_labelled_date("published"),)),
    ("printed", (_labelled_date("printed"), _closing("printed"))),
    (
        "year",
        (
            _year_by_label,
            _year_of_yearly,
            _year_of("written"),
            _year_in_number,
            _year_of("published"),
            _year_of("printed"),
            _year_in("title"),
        ),
    ),
    ("delivered", (_delivered,)),
    ("url", (_url,)),
    ("covers", (_covers,)),
)
"""Field, and whom to ask for it. Later fields may ask what earlier ones turned out to be."""
