"""XML: feeds, whose entries are reports (RSS 2.0, RFC 4287), and the text of any other.

Feeds are often not well-formed, so tags are looked for and nothing is parsed: what is cut
off or not closed costs no more than itself. No entity is known but those of characters.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.characters import squeeze, tidy
from corpus.decoding import UNDECODED, Decoded, decode
from corpus.errors import UnreadableReport
from corpus.formats.base import Breaks, Draft, Line, Member, Source
from corpus.formats.html import Html, read_page
from corpus.formats.mime import day_of
from corpus.numerals import find_date

if TYPE_CHECKING:
    from collections.abc import Iterator

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[\s?]|<(?:rss|feed|rdf:RDF)[\s>])", re.I)
_DECLARED = re.compile(rb"encoding\s*=\s*[\"']\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 1024

_ENTRY = re.compile(r"<(/?)(?:item|entry)(?=[\s>/])[^<>]*>", re.IGNORECASE)
_FIELD = re.compile(
    r"<(?P<end>/?)(?P<name>title|link|pubdate|published|updated|issued|modified|dc:date|content:encoded|content"
    r"|description|summary)(?=[\s>/])(?P<rest>[^<>]*)>",
    re.IGNORECASE,
)
_CONTENT = ("content:encoded", "content", "description", "summary")
_DATES = ("pubdate", "published", "issued", "dc:date", "updated", "modified")
_LINK = re.compile(r"""href\s*=\s*["']([^"']*)["']""", re.IGNORECASE)

_PAGE = re.compile(r"<(?:html|body|div|p|br|table)[\s>/]", re.IGNORECASE)
_TAG = re.compile(r"<(?P<end>/?)(?P<name>[^\s<>/!?]*)[^<>]*>|<[!?][^<>]*>")
_INLINE = frozenset(["a", "b", "i", "u", "em", "strong", "span", "font", "sub", "sup", "small"])

_HELD = re.compile("\ue000(\\d+)\ue001")


class Xml:
    """Feeds and other XML."""

    name = "xml"
    suffixes = frozenset({".xml", ".rss", ".atom"})
    signed = False

    def claims(self, data: bytes) -> bool:
        """Claim what opens with an XML declaration or as a feed."""
        return _OPENING.match(data) is not None

    def members(self, source: Source) -> Iterator[Member | UnreadableReport]:
        """Give the entries of a feed, by their number; or all text as one."""
        declared = _DECLARED.search(source.data[:_DECLARED_WITHIN])
        names = [declared[1].decode("ascii", "replace")] if declared else []
        decoded = decode(source, names)
        masked = _Masked.of(decoded.text)
        entries = list(_between(_ENTRY, masked.text))
        if entries:
            for number, entry in enumerate(entries, 1):
                yield _entry(source, str(number), masked, entry, decoded)
        elif _PAGE.search(decoded.text):
            yield Member("", Html().read(source))
        else:
            lines = tuple(_lines(masked))
            yield Member("", Draft(lines, Breaks.MEANT, decoded.encoding, flaws=decoded.flaws))


@dataclass(frozen=True, slots=True)
class _Masked:
    """XML without comments, and with a mark for each stretch of character data in it.

    Attributes:
        text: the XML; a number between two private characters stands for each stretch.
        held: the stretches.
    """

    text: str
    held: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> _Masked:
        pieces: list[str] = []
        held: list[str] = []
        position = 0
        plain = text.replace("\ue000", "").replace("\ue001", "")
        for match in re.finditer(r"<!--|<!\[CDATA\[", plain):
            if match.start() < position:
                continue
            pieces.append(plain[position : match.start()])
            is_comment = match[0] == "<!--"
            closing = "-->" if is_comment else "]]>"
            end = plain.find(closing, match.end())
            end = len(plain) if end < 0 else end
            if not is_comment:
                pieces.append(f"\ue000{len(held)}\ue001")
                held.append(plain[match.end() : end])
            position = end + len(closing)
        return cls("".join([*pieces, plain[position:]]), tuple(held))

    def markup(self, part: str) -> str:
        """A part of the text as the markup that it stands for."""
        if _HELD.search(part):
            return _HELD.sub(lambda mark: self.held[int(mark[1])], part)
        return part if "<" in part else html.unescape(part)


def _between(tags: re.Pattern[str], text: str) -> Iterator[str]:
    """What stands between an opening tag and the next of either kind."""
    start = -1
    for tag in tags.finditer(text):
        if start >= 0:
            yield text[start : tag.start()]
        start = -1 if tag[1] else tag.end()
    if start >= 0:
        yield text[start:]


def _entry(
    source: Source, name: str, masked: _Masked, entry: str, decoded: Decoded
) -> Member | UnreadableReport:
    """An entry of a feed: its content, or else its description, as a page."""
    fields = _fields(entry)
    title = _plain(masked, fields.get("title", ""))
    contents = (masked.markup(fields[name]) for name in _CONTENT if name in fields)
    content = next((markup for markup in contents if markup.strip()), "")
    link = fields.get("link", "")
    stated = {
        "发布日期": next(filter(None, (_day(fields.get(name, "")) for name in _DATES)), ""),
        "url": _plain(masked, link),
    }
    draft = Draft((), Breaks.MEANT, decoded.encoding)
    try:
        if content:
            draft = read_page(source.within(name), replace(decoded, text=content))
    except UnreadableReport as problem:
        return problem
    known = {label: value for label, value in stated.items() if value}
    heading = () if _is_headed(draft, title) else (Line(title, level=1, apart=True),)
    return Member(
        name,
        replace(
            draft,
            lines=(*heading, *draft.lines),
            title=title or draft.title,
            fields={**known, **draft.fields},
            flaws=decoded.flaws if UNDECODED in content else (),
        ),
    )


def _is_headed(draft: Draft, title: str) -> bool:
    """Whether there is no title, or the text begins with it."""
    return not squeeze(title) or any(
        squeeze(line.text) == squeeze(title) for line in draft.lines[:2]
    )


def _fields(entry: str) -> dict[str, str]:
    """The elements of an entry, by name: the first of each that is closed; of links the address."""
    fields: dict[str, str] = {}
    name, start = "", 0
    for tag in _FIELD.finditer(entry):
        found = tag["name"].lower()
        if tag["end"]:
            if found == name:
                fields.setdefault(name, entry[start : tag.start()])
                name = ""
        elif not name or name == "link":
            name, start = found, tag.end()
            address = _LINK.search(tag["rest"]) if found == "link" else None
            if address:
                fields.setdefault("link", address[1])
    if name:
        fields.setdefault(name, entry[start:])
    return fields


def _plain(masked: _Masked, part: str) -> str:
    """A part of the text without markup."""
    return tidy(" ".join(html.unescape(_TAG.sub("", masked.markup(part))).split()))


def _day(stated: str) -> str:
    """A date as feeds write it (RFC 822, RFC 3339), or ""."""
    day = find_date(stated)
    return day_of(stated) if day is None else day.isoformat()


def _lines(masked: _Masked) -> Iterator[Line]:
    """The text of XML of any kind: an element that holds text is a line."""
    pieces: list[str] = []
    position = 0
    for tag in _TAG.finditer(masked.text):
        pieces.append(masked.text[position : tag.start()])
        position = tag.end()
        if (tag["name"] or "").lower() not in _INLINE:
            yield from _line(masked, pieces)
            pieces = []
    pieces.append(masked.text[position:])
    yield from _line(masked, pieces)


def _line(masked: _Masked, pieces: list[str]) -> Iterator[Line]:
    part = "".join(pieces)
    text = html.unescape(_HELD.sub(lambda mark: masked.held[int(mark[1])], part))
    for row in text.splitlines():
        if squeeze(row):
            yield Line(row, apart=True)
