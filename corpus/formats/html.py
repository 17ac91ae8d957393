"""Web pages: the text of their main content, line by line, and their metadata.

What stands where decides what it is: navigation, scripts and forms are never text;
a table of labels and values (索引号, 发文机关, 成文日期 …) is metadata; the container
that government sites put their articles in is the content, or else the whole body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.characters import squeeze, tidy
from corpus.decoding import decode
from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Breaks, Draft, Line, Source
from corpus.labels import meaning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from selectolax.lexbor import LexborHTMLParser, LexborNode

_CONTENT = (
    "#UCAP-CONTENT",
    ".TRS_Editor",
    ".trs_editor_view",
    "#zoom",
    "#Zoom",
    "#zoomcon",
    ".article-content",
    ".article_content",
    ".pages_content",
    "article",
    "main",
)
"""Containers of the article itself, as the content systems of government sites name
them, surest first."""

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SKIPPED = frozenset(
    """
    script style noscript template iframe object embed canvas svg math head title nav header
    footer aside form button select textarea input audio video
    """.split()  # noqa: SIM905 -- a list of words reads best as one
)
_BLOCKS = frozenset(
    """
    address article blockquote body caption center dd details div dl dt fieldset figcaption
    figure h1 h2 h3 h4 h5 h6 hr html legend li main ol p pre section summary table tbody td
    tfoot th thead tr ul
    """.split()  # noqa: SIM905 -- a list of words reads best as one
)
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|header|foot|footer|bottom|crumbs?|breadcrumbs?|share|tools?|"
    r"toolbar|sidebar|copyright|search|login|related|recommend|qrcode)(?=$|[\s_\d-])",
    re.IGNORECASE,
)
"""Classes and ids of what frames a page. Such an element goes if it holds no sentence."""

_MOST_FRAMES = 300
"""Elements that are looked through for that; pages have some dozens."""

_BOLD_TAGS = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_DECLARED_WITHIN = 8192
_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?<(?:!doctype html|html[\s>])", re.I
)

_TAG = re.compile(r"<(/?)(?!(?:p|li|dd|dt|t[dhr]|option|br|hr|img|input|meta|link)\b)[a-zA-Z]")
_DEEPEST = 2_000
"""Nesting allowed. The parser takes quadratic time over depth: 14 s at 100,000, where
pages of publishers reach some dozens. Elements that end by themselves do not count."""

_WRAP = re.compile(r"[ \t\r\n\f]+")
_CJK_WRAP = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u3000-\u9fff])"
)
_LONGEST_CELL = 200
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
        """Read the main content of a page."""
        head = source.data[:_DECLARED_WITHIN]
        declared = [name.decode("ascii", "replace") for name in _DECLARED.findall(head)]
        decoded = decode(source, declared)
        _refuse_abyss(source, decoded.text)
        page = _parse(source, decoded.text)
        fields = _meta_fields(page)
        tables = _tables_of_labels(page, fields)
        content = next(filter(None, map(page.css_first, _CONTENT)), page.root)
        walk = _Walk(tables)
        if content is not None:
            walk.through(content)
        title = _heading_outside(page, walk.lines)
        lines = (*title, *walk.lines)
        return Draft(lines, Breaks.MEANT, decoded.encoding, _title(page), fields, decoded.flaws)


def _refuse_abyss(source: Source, markup: str) -> None:
    depth = 0
    for tag in _TAG.finditer(markup):
        depth = max(0, depth + (-1 if tag[1] else 1))
        if depth > _DEEPEST:
            detail = f"its elements are nested more than {_DEEPEST} deep"
            raise UnreadableReport(source.name, Reason.DAMAGED, detail)


def _parse(source: Source, markup: str) -> LexborHTMLParser:
    from selectolax.lexbor import LexborHTMLParser, SelectolaxError

    try:
        return LexborHTMLParser(markup)
    except (SelectolaxError, ValueError, UnicodeError) as error:
        detail = f"the page could not be parsed: {error}"
        raise UnreadableReport(source.name, Reason.DAMAGED, detail) from None


def _title(page: LexborHTMLParser) -> str:
    """Give the page's title: its one first-order heading, else <title> without the site's name."""
    node = page.css_first("title")
    stated = tidy(_WRAP.sub(" ", node.text()[:_LONGEST_TITLE])) if node is not None else ""
    headings = page.css("h1")
    heading = _flat(headings[0]) if len(headings) == 1 else ""
    return heading if heading and heading in stated else _TITLE_TAIL.sub("", stated)


def _heading_outside(page: LexborHTMLParser, lines: Sequence[Line]) -> Iterator[Line]:
    """Give the page's one first-order heading where it stands above the article's container."""
    headings = page.css("h1")
    text = _flat(headings[0]) if len(headings) == 1 else ""
    if text and text == _title(page) and all(squeeze(text) != squeeze(line.text) for line in lines):
        yield Line(text, level=1, apart=True)


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
    for table in page.css("table"):
        if any(inner.mem_id != table.mem_id for inner in table.css("table")):
            continue
        cells = [_flat(cell) for cell in table.css("td, th")]
        pairs = {
            label: value
            for label, value in pairwise(cells)
            if label and meaning(label) and not meaning(value)
        }
        if len(pairs) >= _FEWEST_LABELS:
            fields.update((label, value) for label, value in pairs.items() if value)
            found.add(table.mem_id)
    return frozenset(found)


def _flat(node: LexborNode) -> str:
    return tidy(_WRAP.sub(" ", node.text()))


@dataclass(slots=True)
class _Walk:
    """One walk through the content, gathering lines.

    A walk by hand, because nesting may be deeper than Python's own stack.
    """

    tables: frozenset[int]
    lines: list[Line] = field(default_factory=list)
    _pieces: list[str] = field(default_factory=list)
    _bold: list[bool] = field(default_factory=list)
    _apart: bool = True
    _level: int = 0
    _bold_open: set[int] = field(default_factory=set)
    _set_open: set[int] = field(default_factory=set)
    _frames: int = 0

    def through(self, top: LexborNode) -> None:
        """Visit every node below `top`, in reading order."""
        node: LexborNode | None = top
        while node is not None:
            inner = node.child if self._enter(node) else None
            while inner is None:
                self._leave(node)
                if node.mem_id == top.mem_id:
                    self._flush(apart=True)
                    return
                inner = node.next
                if inner is None:
                    node = node.parent
                    if node is None:
                        return
            node = inner

    def _enter(self, node: LexborNode) -> bool:
        """Take a node in; whether to go on into its children."""
        if node.is_text_node:
            self._take(node.text_content or "")
            return False
        tag = node.tag or ""
        if tag in _SKIPPED or node.mem_id in self.tables:
            return False
        if tag in _BLOCKS and self._is_frame(node):
            return False
        if _is_bold(node):
            self._bold_open.add(node.mem_id)
        if tag == "pre":
            self._set_open.add(node.mem_id)
        if tag == "br":
            self._flush(apart=False)
        elif tag in _BLOCKS:
            self._flush(apart=True)
            self._level = _HEADINGS.get(tag, self._level)
            if tag == "tr" and self._row(node):
                return False
        return not node.is_comment_node

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        if tag in _BLOCKS:
            self._flush(apart=True)
            if tag in _HEADINGS:
                self._level = 0
        self._bold_open.discard(node.mem_id)
        self._set_open.discard(node.mem_id)

    def _is_frame(self, node: LexborNode) -> bool:
        attributes = node.attributes
        names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        if self._frames >= _MOST_FRAMES or not _FRAME.search(names):
            return False
        self._frames += 1
        return "。" not in node.text()

    def _take(self, text: str) -> None:
        if self._set_open and "\n" in text:
            first, *others = text.split("\n")
            self._take(first)
            for line in others:
                self._flush(apart=False)
                self._take(line)
            return
        text = _WRAP.sub(" ", _CJK_WRAP.sub("", text))
        if text.strip() or self._pieces:
            self._pieces.append(text)
            if text.strip():
                self._bold.append(bool(self._bold_open))

    def _flush(self, *, apart: bool) -> None:
        text = "".join(self._pieces)
        if squeeze(text):
            strong = bool(self._bold) and all(self._bold)
            self.lines.append(Line(text, self._level, strong=strong, apart=self._apart))
            self._apart = apart
        self._apart = self._apart or apart
        self._pieces.clear()
        self._bold.clear()

    def _row(self, row: LexborNode) -> bool:
        """Take a row of a table of data in as one line; False for a row that lays out the page."""
        if row.css_first("table") is not None:
            return False
        cells = [_flat(cell) for cell in row.css("td, th")]
        if sum(map(bool, cells)) < _FEWEST_LABELS or max(map(len, cells)) > _LONGEST_CELL:
            return False
        self._pieces[:] = ["\t".join(cells)]
        self._flush(apart=True)
        return True


def _is_bold(node: LexborNode) -> bool:
    if node.tag in _BOLD_TAGS:
        return True
    style = node.attributes.get("style") if node.is_element_node else None
    return bool(style and _BOLD_STYLE.search(style))
