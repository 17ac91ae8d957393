"""Web pages: the text of their articles, line by line, and their metadata.

A table of labels and values (索引号, 发文机关, 成文日期 …) is metadata, not text. What the rest
holds is walked through (`html_walk`), and the article is found in it (`html_article`).
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.characters import tidy
from corpus.decoding import decode
from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Breaks, Draft, Source
from corpus.formats.html_article import CONTAINERS, article, short_title
from corpus.formats.html_walk import flat, walk
from corpus.labels import meaning
from corpus.messages import Message

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

    from corpus.decoding import Decoded
    from corpus.formats.base import Line

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 8192
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html[\s>])", re.I
)

_FRAMES = re.compile(r"<i?frame\b", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_TAG = re.compile(r"<(/?)(?!(?:p|li|dd|dt|t[dhr]|option|br|hr|img|input|meta|link)\b)[a-zA-Z]")
_DEEPEST = 2_000
"""Nesting allowed. The parser takes quadratic time over depth: 14 s at 100,000, where
pages of publishers reach some dozens. Elements that end by themselves do not count."""

_LONG_TAG = re.compile(r"<[a-zA-Z][^<>]{2000,}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")
_MOST_ATTRIBUTES = 500
"""Attributes of one element. The parser takes quadratic time over them: minutes for 200,000,
where those of publishers have a dozen."""

_SPACES = re.compile(r"\s+")
_LONGEST_TITLE = 300
_FEWEST_LABELS = 2
_TITLE_TAIL = re.compile(r"[_|｜].*$|\s?[-—–]\s?[^-—–]{1,20}(?:网|网站|门户|政府|局|委员会|厅)$")


class Html:
    """Web pages, whole or fragments."""

    name = "html"
    suffixes = frozenset({".html", ".htm", ".xhtml", ".shtml"})
    signed = False

    def claims(self, data: bytes) -> bool:
        """Claim what opens with a document type or the root element."""
        return _OPENING.match(data) is not None

    def read(self, source: Source) -> Draft:
        """Read the article of a page.

        Raises:
            UnreadableReport: it holds no text of its own, or too much markup for a parser.
        """
        decoded = decode(source, declared_in(source.data))
        draft = read_page(source, decoded)
        if not draft.lines:
            raise UnreadableReport(source.name, *_why_empty(decoded.text))
        return draft


def declared_in(data: bytes) -> list[str]:
    """Give the encodings that a page declares of itself."""
    found = _DECLARED.findall(data[:_DECLARED_WITHIN])
    return [name.decode("ascii", "replace") for name in found]


def read_page(source: Source, decoded: Decoded) -> Draft:
    """Read the article of a page, or of a fragment of one, that is decoded already.

    Args:
        source: where it is from; names errors.
        decoded: its markup.

    Raises:
        UnreadableReport: it was made so that no parser could read it in time.
    """
    _refuse_abyss(source, decoded.text)
    _refuse_throng(source, decoded.text)
    page = _parse(source, decoded.text)
    fields = _meta_fields(page)
    tables = _tables_of_labels(page, fields)
    title, stated = _titles(page)
    lines: tuple[Line, ...] = ()
    if page.root is not None:
        marks = {node.mem_id: name for name in reversed(CONTAINERS) for node in page.css(name)}
        lines = article(walk(page.root, tables, marks), title, stated)
    title = short_title(title, lines)
    return Draft(lines, Breaks.MEANT, decoded.encoding, title, fields, decoded.flaws)


def _why_empty(markup: str) -> tuple[Reason, str]:
    if _FRAMES.search(markup):
        return Reason.UNSUPPORTED, Message(
            "it only names the pages to show in its frames; save those"
        )
    if _SCRIPT.search(markup):
        return Reason.EMPTY, Message("its text is put in by a script; save the page as it is shown")
    return Reason.EMPTY, Message("there is no text in it but menus")


def _refuse_abyss(source: Source, markup: str) -> None:
    depth = 0
    for tag in _TAG.finditer(markup):
        depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > _DEEPEST:
            detail = Message("its elements are nested more than {most} deep", most=_DEEPEST)
            raise UnreadableReport(source.name, Reason.DAMAGED, detail)


def _refuse_throng(source: Source, markup: str) -> None:
    for tag in _LONG_TAG.finditer(markup):
        if len(_QUOTED.sub("", tag[0]).split()) > _MOST_ATTRIBUTES:
            detail = Message(
                "an element of it has more than {most} attributes", most=_MOST_ATTRIBUTES
            )
            raise UnreadableReport(source.name, Reason.DAMAGED, detail)


def _parse(source: Source, markup: str) -> LexborHTMLParser:
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        return LexborHTMLParser(markup)
    except (SelectolaxError, ValueError, UnicodeError) as error:
        detail = Message("the page could not be parsed: {error}", error=error)
        raise UnreadableReport(source.name, Reason.DAMAGED, detail) from None


def _titles(page: LexborHTMLParser) -> tuple[str, str]:
    """Give the page's title, and what it states in <title>, the name of its site included.

    The title is its one heading of the first order, or else what is stated without the site.
    """
    node = page.css_first("title")
    stated = tidy(_SPACES.sub(" ", node.text()[:_LONGEST_TITLE])) if node is not None else ""
    headings = page.css("h1")
    heading = flat(headings[0]) if len(headings) == 1 else ""
    return heading if heading and heading in stated else _TITLE_TAIL.sub("", stated), stated


def _meta_fields(page: LexborHTMLParser) -> dict[str, str]:
    """Give the values of <meta name=… content=…>, as government sites must state them."""
    fields: dict[str, str] = {}
    for node in page.css("meta[name][content]"):
        attributes = node.attributes
        name, content = attributes.get("name"), tidy(attributes.get("content") or "")
        if name and content and meaning(name):
            fields.setdefault(name, content)
    return fields


def _tables_of_labels(page: LexborHTMLParser, fields: dict[str, str]) -> frozenset[int]:
    """Take labelled values out of tables made of them.

    Args:
        page: the page.
        fields: where the values go; a table's word counts more than a <meta>'s.

    Returns:
        Identities of those tables, which are not text.
    """
    found: set[int] = set()
    for table in page.css("table:not(:has(table))"):
        cells = [flat(cell) for cell in table.css("td, th")]
        pairs = {
            label: value
            for label, value in pairwise(cells)
            if label and meaning(label) and not meaning(value)
        }
        if len(pairs) >= _FEWEST_LABELS:
            fields.update((label, value) for label, value in pairs.items() if value)
            found.add(table.mem_id)
    return frozenset(found)
