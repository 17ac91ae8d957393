"""Mails, and pages saved as one file (MIME HTML, RFC 2557): the text, and what is attached.

A page that was saved so is a mail of one page and its pictures. Word saves such pages
too and calls them .doc, so they are told by their header.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE
from corpus.decoding import decode
from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Draft, Member, Source
from corpus.formats.html import declared_in, read_page
from corpus.formats.mime import PAGES, Part, day_of, part_of
from corpus.formats.text import plain
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterator

_HEAD = 1 << 14
_SURE = re.compile(
    rb"^(?:(?:mime-version|message-id|received):"
    rb"|date:[ \t]*(?:[a-z]{3},[ \t]*)?\d{1,2}[ \t][a-z]{3}[ \t]\d{4}[ \t]\d\d:\d\d)",
    re.IGNORECASE | re.MULTILINE,
)
"""What programs write and people do not: a text may begin with From: and Subject:."""

_HEADER_END = re.compile(rb"\r?\n\r?\n")
_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s{0,9}(?:From [^\n]{0,200}\n)?[!-9;-~]{1,60}:[ \t]")

_FORWARDED = re.compile(r"(?:(?:re|fw|fwd|回复|答复|转发)\s?[:：]\s*)+", re.IGNORECASE)
_MAIL = "message/rfc822"
_PLAIN = "text/plain"


class Mail:
    """Mails and saved pages: a container of the text and what is attached."""

    name = "mail"
    suffixes = frozenset({".eml", ".mht", ".mhtml"})
    signed = True

    def claims(self, data: bytes) -> bool:
        """Claim what opens with the header of a mail."""
        if not _OPENING.match(data):
            return False
        header = _HEADER_END.split(data[:_HEAD].lstrip(), maxsplit=1)[0]
        return _SURE.search(header) is not None

    def members(self, source: Source) -> Iterator[Member | UnreadableReport]:
        """Give the text, a page before plain text, and the files that formats read.

        Raises:
            UnreadableReport: there is neither.
        """
        mail = part_of(source.data.lstrip())
        leaves = list(mail.leaves())
        shown = [part for part in leaves if not part.is_attached and part.body.strip()]
        pages = [part for part in shown if part.kind in PAGES]
        texts = [part for part in shown if part.kind == _PLAIN]
        drafts = ((part, _draft(source, mail, part)) for part in (*pages, *texts))
        text, draft = next((found for found in drafts if found[1].lines), (None, None))
        attached = [part for part in leaves if part is not text and _is_read(part)]
        if draft is None and not attached:
            detail = Message("it holds neither text nor a file that is read")
            raise UnreadableReport(source.name, Reason.EMPTY, detail)
        if draft is not None:
            yield Member("", draft)
        for number, part in enumerate(attached, 1):
            content = part.content
            source.budget.unpack(len(content))
            name = part.name.strip(INVISIBLE) or "mail.eml"
            yield Member(name if len(attached) == 1 else f"{number}/{name}", content)


def _is_read(part: Part) -> bool:
    """Whether a part is a mail, or a file of a suffix that is looked for."""
    from corpus.formats import LOOKED_FOR  # all formats, this one among them

    if part.kind == _MAIL:
        return True
    return PurePosixPath(part.name).suffix.lower() in LOOKED_FOR and not part.kind.startswith(
        "image/"
    )


def _draft(source: Source, mail: Part, text: Part) -> Draft:
    """The text, with the subject as its title if it states none, and the day it was sent."""
    content = text.content
    source.budget.unpack(len(content))
    is_page = text.kind in PAGES
    declared = [text.charset, *(declared_in(content) if is_page else ())]
    decoded = decode(replace(source, data=content), filter(None, declared))
    draft = read_page(source, decoded) if is_page else plain(decoded)
    subject = _FORWARDED.sub("", mail.fields.get("subject", ""), count=1).strip()
    flaws = (
        (Message("it breaks off: what comes after its last part is missing"),)
        if mail.is_cut
        else ()
    )
    return replace(
        draft,
        title=draft.title or subject,
        fields={**_sent(mail), **_saved_from(mail, text), **draft.fields},
        flaws=(*draft.flaws, *flaws),
    )


def _saved_from(mail: Part, text: Part) -> dict[str, str]:
    """The address of a page that was saved (RFC 2557; Chrome tells it of the whole)."""
    told = (mail.fields.get("snapshot-content-location"), text.fields.get("content-location"))
    return {"url": next(filter(None, told), "").strip()}


def _sent(mail: Part) -> dict[str, str]:
    """The day that a mail was sent: a page that was saved has no sender, but the day of that."""
    if "@" not in mail.fields.get("from", ""):
        return {}
    day = day_of(mail.fields.get("date", ""))
    return {"发布日期": day} if day else {}
