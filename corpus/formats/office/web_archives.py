"""The page in a web archive (MHTML, RFC 2557): a mail whose parts are a page and its pictures.

Only the first page is looked for, by splitting the archive at its boundaries: a mail parser
takes long over what is large, and goes deep into what is nested. What the mail says of the
page's encoding is not asked: the page itself shows it.
"""

from __future__ import annotations

import binascii
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.errors import Reason, UnreadableReport

if TYPE_CHECKING:
    from collections.abc import Iterator

    from corpus.formats.base import Source

_PAGES = frozenset({b"text/html", b"application/xhtml+xml"})
_DEEPEST = 4
_MOST_PARTS = 1_000
_LONGEST_HEADER = 1 << 16
_HEADER_END = re.compile(rb"\r?\n\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]")
_KIND = re.compile(rb"^content-type:[ \t]*([\w.+/-]+)", re.IGNORECASE | re.MULTILINE)
_SENT_AS = re.compile(rb"^content-transfer-encoding:[ \t]*([\w-]+)", re.IGNORECASE | re.MULTILINE)
_BOUNDARY = re.compile(rb"\bboundary=(?:\"([^\"\r\n]{1,200})\"|([^\s;\"]{1,200}))", re.IGNORECASE)


def page_in(source: Source) -> Source:
    """Give the page of a web archive, decoded from how it was sent.

    Raises:
        UnreadableReport: there is none, or it cannot be decoded.
    """
    page = _page(source.data.lstrip(), _DEEPEST)
    if page is None:
        raise UnreadableReport(source.name, Reason.DAMAGED, "there is no page in the web archive")
    try:
        return replace(source, data=_decoded(*page))
    except (binascii.Error, ValueError) as error:
        detail = f"the page in the web archive cannot be decoded: {error}"
        raise UnreadableReport(source.name, Reason.DAMAGED, detail) from None


def _page(data: bytes, depth: int) -> tuple[bytes, bytes] | None:
    """Give how the first page is sent, and as what."""
    end = _HEADER_END.search(data, 0, _LONGEST_HEADER)
    if end is None:
        return None
    header, body = _FOLD.sub(b" ", data[: end.start()]), data[end.end() :]
    kind = _stated(_KIND, header)
    if kind in _PAGES:
        return _stated(_SENT_AS, header), body
    boundary = _BOUNDARY.search(header)
    if boundary is None or not kind.startswith(b"multipart/") or not depth:
        return None
    pages = (_page(part, depth - 1) for part in _parts(body, boundary[1] or boundary[2]))
    return next((page for page in pages if page is not None), None)


def _parts(body: bytes, boundary: bytes) -> Iterator[bytes]:
    for part in (b"\n" + body).split(b"\n--" + boundary, _MOST_PARTS)[1:]:
        yield part.lstrip()


def _stated(field: re.Pattern[bytes], header: bytes) -> bytes:
    found = field.search(header)
    return found[1].lower() if found else b""


def _decoded(sent_as: bytes, body: bytes) -> bytes:
    if sent_as == b"quoted-printable":
        return binascii.a2b_qp(body)
    return binascii.a2b_base64(body) if sent_as == b"base64" else body
