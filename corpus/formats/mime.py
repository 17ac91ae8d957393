"""MIME documents, as mails and web archives are (RFC 2045 to 2047, 2231, 2557): their parts.

They are split by hand. The parser of the standard library raises errors of its own over
fields that are not as they should be, and takes long over what is deeply nested.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING

from corpus.errors import Reason, UnreadableReport
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpus.formats.base import Source

PAGES = frozenset({"text/html", "application/xhtml+xml"})
"""Types of web pages."""

_DEEPEST = 8
_MOST_PARTS = 10_000
_LONGEST_HEADER = 1 << 18
_MARK = b"\xef\xbb\xbf"
_MBOX = re.compile(rb">?From [^\r\n]*\r?\n")
_HEADER_END = re.compile(rb"(?:^|\r?\n)\r?\n")
_FOLD = re.compile(rb"\r?\n(?=[ \t])")
_FIELD = re.compile(rb"([!-9;-~]{1,80}):[ \t]*(.*)", re.DOTALL)
_WORD = re.compile(
    r"=\?([\w.+:-]{1,40})(?:\*[\w-]{1,40})?\?([bBqQ])\?([^?\r\n]*)\?=([ \t]+(?==\?))?"
)
_PARAMETER = re.compile(
    r";\s*([\w-]+)(?:\*(\d{1,3}))?(\*?)\s*=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^;\s]*))", re.DOTALL
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_UNSAFE = re.compile(r"[\x00-\x1f\x7f]+")
_NOT_BASE64 = bytes(
    byte
    for byte in range(256)
    if byte not in b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
)
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "": "utf-8"}


@dataclass(frozen=True, slots=True)
class Part:
    """A MIME document, or a part of one.

    Attributes:
        fields: what its header states, by names in lower case, encoded words decoded.
        body: what follows, as it was sent.
    """

    fields: Mapping[str, str]
    body: bytes

    @property
    def kind(self) -> str:
        """Its type, such as text/html; plain text if it states none."""
        return self.fields.get("content-type", "").partition(";")[0].strip().lower() or "text/plain"

    @property
    def charset(self) -> str:
        """The encoding that it states, or ""."""
        return self._parameter("content-type", "charset")

    @property
    def name(self) -> str:
        """The name of the file it is, without folders; "" if it states none."""
        stated = self._parameter("content-disposition", "filename")
        name = stated or self._parameter("content-type", "name")
        return _UNSAFE.sub("", name).replace("\\", "/").rpartition("/")[2].strip()

    @property
    def is_attached(self) -> bool:
        """Whether it is meant to be a file, not to be shown."""
        stated = self.fields.get("content-disposition", "")
        return stated.partition(";")[0].strip().lower() == "attachment"

    @property
    def content(self) -> bytes:
        """Its body, decoded from how it was sent: as far as it goes, if it is cut off."""
        sent_as = self.fields.get("content-transfer-encoding", "").strip().lower()
        if sent_as == "quoted-printable":
            return binascii.a2b_qp(self.body)
        return _from_base64(self.body) if sent_as == "base64" else self.body

    @property
    def is_cut(self) -> bool:
        """Whether the boundary that should end its parts is missing."""
        boundary = self._boundary
        return boundary is not None and not any(match[1] for match in boundary.finditer(self.body))

    def parts(self) -> Iterator[Part]:
        """Give the parts that it is made of; none unless it is made of several."""
        start = -1
        found = self._boundary.finditer(self.body) if self._boundary else iter(())
        for match in islice(found, _MOST_PARTS):
            if start >= 0:
                yield part_of(self.body[start : match.start()])
            start = match.end() + 1
            if match[1]:
                return  # what follows is for programs that know no MIME
        if start >= 0:
            yield part_of(self.body[start:])

    def leaves(self, depth: int = _DEEPEST) -> Iterator[Part]:
        """Give the parts that are not made of others, itself included, in order."""
        if not self.kind.startswith("multipart/"):
            yield self
        elif depth:
            for part in self.parts():
                yield from part.leaves(depth - 1)

    @property
    def _boundary(self) -> re.Pattern[bytes] | None:
        """What parts its parts; the last of them has two hyphens more."""
        boundary = self._parameter("content-type", "boundary").encode("utf-8", "replace")
        if not self.kind.startswith("multipart/") or not boundary:
            return None
        return re.compile(rb"(?:\A|\r?\n)--" + re.escape(boundary) + rb"(--)?[ \t]*\r?(?=\n|\Z)")

    def _parameter(self, field: str, name: str) -> str:
        """Give a parameter of a field, put together if it is in pieces (RFC 2231)."""
        pieces: dict[int, bytes] = {}
        charset = ""
        for match in _PARAMETER.finditer(self.fields.get(field, "")):
            if match[1].lower() != name:
                continue
            value = match[5] if match[4] is None else _ESCAPED.sub(r"\1", match[4])
            number = int(match[2] or 0)
            if match[3] and not number and value.count("'") > 1:
                charset, _, value = value.split("'", 2)
            pieces.setdefault(
                number, _unquoted(value) if match[3] else value.encode("utf-8", "replace")
            )
        return _decoded(b"".join(pieces[number] for number in sorted(pieces)), charset)


def part_of(data: bytes) -> Part:
    """Give a MIME document: its header ends at the first blank line."""
    data = data.removeprefix(_MARK)
    mailbox = _MBOX.match(data)
    start = mailbox.end() if mailbox else 0
    end = _HEADER_END.search(data, start, start + _LONGEST_HEADER)
    stop, body = (len(data), b"") if end is None else (end.start(), data[end.end() :])
    header = data[start : min(stop, start + _LONGEST_HEADER)]
    return Part(dict(_fields(header)), body)


def page_in(source: Source) -> Source:
    """Give the first page of a web archive, decoded from how it was sent.

    Raises:
        UnreadableReport: there is none.
    """
    pages = (part for part in part_of(source.data.lstrip()).leaves() if part.kind in PAGES)
    page = next(pages, None)
    if page is None:
        raise UnreadableReport(
            source.name, Reason.DAMAGED, Message("there is no page in the web archive")
        )
    return replace(source, data=page.content)


def day_of(stated: str) -> str:
    """Give the day of a date as mails write it (RFC 5322, 3.3), as 2021-03-02; "" for no date."""
    from email.utils import parsedate_to_datetime

    try:
        return parsedate_to_datetime(stated.strip()).date().isoformat()
    except (TypeError, ValueError, OverflowError, IndexError):
        return ""


def _fields(header: bytes) -> Iterator[tuple[str, str]]:
    """Give the fields of a header; of several of one name the first."""
    for line in reversed(_FOLD.sub(b"", header).split(b"\n")):
        match = _FIELD.match(line)
        if match is not None:
            yield match[1].decode("ascii").lower(), _words(_text(match[2].strip()))


def _text(value: bytes) -> str:
    """Decode what should be ASCII and often is not."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("gb18030", "replace")


def _words(value: str) -> str:
    """Decode encoded words (=?gb2312?B?…?=); a character may be parted between two of them."""
    pieces: list[str] = []
    held, charset, position = bytearray(), "", 0
    for match in _WORD.finditer(value):
        if match.start() > position or match[1].lower() != charset:
            pieces += [_decoded(bytes(held), charset), value[position : match.start()]]
            held, charset = bytearray(), match[1].lower()
        text = match[3].encode("utf-8", "replace")
        held += binascii.a2b_qp(text, header=True) if match[2] in "qQ" else _from_base64(text)
        position = match.end()
    return "".join([*pieces, _decoded(bytes(held), charset), value[position:]])


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(_WIDER.get(charset.lower(), charset))
    except (LookupError, ValueError):
        return _text(data)


def _unquoted(value: str) -> bytes:
    from urllib.parse import unquote_to_bytes

    return unquote_to_bytes(value)


def _from_base64(text: bytes) -> bytes:
    digits = text.translate(None, _NOT_BASE64)
    whole = len(digits) - (len(digits) % 4 == 1)
    return binascii.a2b_base64(digits[:whole] + b"===")
