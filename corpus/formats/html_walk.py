"""One walk through a web page: its lines, and which of them each element holds.

Every line is kept, menus and all. How many of a line's characters are links, and from which
line to which an element reaches, is what the article is told from the rest by.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.characters import squeeze, tidy
from corpus.formats.base import Line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from selectolax.lexbor import LexborNode

Span = tuple[int, int]
"""Lines from one up to but not including another."""

BLOCKS = frozenset(
    """
    address article aside blockquote body caption center dd details div dl dt fieldset figcaption
    figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main ol p pre section summary
    table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905 -- a list of words reads best as one
)
_SKIPPED = frozenset(
    """
    script style noscript template iframe object embed canvas svg math head title nav button
    select textarea input audio video xml rt rp
    """.split()  # noqa: SIM905 -- see above
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset({"td", "th"})
_LONGEST_CELL = 200
_FEWEST_CELLS = 2

_FRAME_TAGS = frozenset({"header", "footer", "aside"})
_FRAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|header|foot|footer|bottom|crumbs?|breadcrumbs?|share|tools?|"
    r"toolbar|sidebar|copyright|search|login|related|recommend|qrcode|comments?|reply|replies|"
    r"declare|disclaimer|tie)(?=$|[\s_\d-])",
    re.IGNORECASE,
)
"""Classes and ids of what frames a page."""

_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|mso-element\s*:\s*comment-list",
    re.IGNORECASE,
)
_BOLD_TAGS = frozenset({"b", "strong"})
_BOLD_STYLE = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)

_WITHIN = re.compile(
    r"#.|[^?#]*\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|ceb|zip|rar|7z|txt)\b", re.IGNORECASE
)
"""Links to a place of the same page, and to documents that are attached: they are text."""

_WRAP = re.compile(r"[ \t\r\n\f]+")
_CJK_WRAP = re.compile(
    r"(?<=[\u3000-\u9fff\uff00-\uffef])[ \t]*[\r\n][ \t\r\n]*(?=[\u3000-\u9fff])"
)


@dataclass(slots=True)
class Page:
    """What a walk finds.

    Attributes:
        lines: all lines.
        linked: for each how many of its characters are links to other pages.
        links: for each how many such links it holds.
        blocks: the lines of each element that holds any, inner elements first.
        frames: the lines of elements that by their names frame a page.
        marked: the lines of the elements that were asked for, by what they were marked with.
    """

    lines: list[Line] = field(default_factory=list)
    linked: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    blocks: list[Span] = field(default_factory=list)
    frames: list[Span] = field(default_factory=list)
    marked: dict[str, list[Span]] = field(default_factory=dict)


def flat(node: LexborNode) -> str:
    """Give all text of an element on one line."""
    return tidy(_WRAP.sub(" ", node.text()))


def walk(top: LexborNode, skipped: frozenset[int], marks: Mapping[int, str]) -> Page:
    """Walk through an element.

    Args:
        top: the element.
        skipped: identities of elements whose text is not wanted.
        marks: identities of elements whose lines are asked for, and a name for each.
    """
    walker = _Walk(skipped, marks)
    walker.through(top)
    return walker.page


@dataclass(slots=True)
class _Walk:
    """One walk; by hand, because nesting may be deeper than Python's own stack."""

    skipped: frozenset[int]
    marks: Mapping[int, str]
    page: Page = field(default_factory=Page)
    _pieces: list[str] = field(default_factory=list)
    _bold: list[bool] = field(default_factory=list)
    _cells: list[str] | None = None
    _apart: bool = True
    _level: int = 0
    _linked: int = 0
    _links: int = 0
    _link_is_fresh: bool = False
    _bold_open: set[int] = field(default_factory=set)
    _set_open: set[int] = field(default_factory=set)
    _link_open: set[int] = field(default_factory=set)
    _open: list[tuple[int, int]] = field(default_factory=list)

    def through(self, top: LexborNode) -> None:
        """Visit every node below `top`, in reading order."""
        node: LexborNode | None = top
        while node is not None:
            is_open = self._enter(node)
            inner = node.child if is_open else None
            while inner is None:
                if is_open:
                    self._leave(node)
                is_open = True
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
        tag, key = node.tag or "", node.mem_id
        if tag in _SKIPPED or node.is_comment_node or key in self.skipped:
            return False
        attributes = node.attributes
        style = attributes.get("style")
        if "hidden" in attributes or (style and _HIDDEN.search(style)):
            return False
        if tag in BLOCKS:
            self._break(apart=True)
            self._level = _HEADINGS.get(tag, self._level)
            if tag == "tr" and self._cells is None and _is_row_of_data(node):
                self._cells = []
        if tag in BLOCKS or key in self.marks:
            self._open.append((key, len(self.page.lines)))
        if tag in _BOLD_TAGS or (style and _BOLD_STYLE.search(style)):
            self._bold_open.add(key)
        if tag == "a" and not _WITHIN.match(attributes.get("href") or "#-"):
            self._link_open.add(key)
            self._link_is_fresh = True
        else:
            self._space(tag, key)
        return True

    def _space(self, tag: str, key: int) -> None:
        """Note what an element makes of the line breaks in it."""
        if tag == "pre":
            self._set_open.add(key)
        elif tag == "br":
            self._break(apart=False)

    def _leave(self, node: LexborNode) -> None:
        key = node.mem_id
        for those in (self._bold_open, self._set_open, self._link_open):
            if those:
                those.discard(key)
        if not self._open or self._open[-1][0] != key:
            return
        tag = node.tag or ""
        if tag in BLOCKS:
            self._break(apart=True)
        if tag in _CELLS and self._cells is not None:
            self._cells.append(self._taken())
        elif tag == "tr" and self._cells is not None:
            self._pieces, self._cells = ["\t".join([*self._cells, self._taken()])], None
            self._flush(apart=True)
        if tag in _HEADINGS:
            self._level = 0
        self._note(node, self._open.pop()[1])

    def _note(self, node: LexborNode, start: int) -> None:
        """Note the lines that an element holds."""
        goes_on = node.tag not in BLOCKS and bool(squeeze("".join(self._pieces)))
        span = (start, len(self.page.lines) + goes_on)
        if span[0] == span[1]:
            return
        if not self.page.blocks or self.page.blocks[-1] != span:
            self.page.blocks.append(span)
        mark = self.marks.get(node.mem_id)
        if mark is not None:
            self.page.marked.setdefault(mark, []).append(span)
        attributes = node.attributes
        names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        if node.tag in _FRAME_TAGS or _FRAME.search(names):
            self.page.frames.append(span)

    def _take(self, text: str) -> None:
        if self._set_open and "\n" in text:
            first, *others = text.split("\n")
            self._take(first)
            for line in others:
                self._break(apart=False)
                self._take(line)
            return
        is_space = text.isspace()
        if is_space and not self._pieces:
            return
        if "\n" in text or "\r" in text:
            text = _CJK_WRAP.sub("", text)
        self._pieces.append(_WRAP.sub(" ", text))
        if not is_space:
            self._bold.append(bool(self._bold_open))
            if self._link_open:
                self._linked += len(text.strip())
                self._links += self._link_is_fresh
                self._link_is_fresh = False

    def _break(self, *, apart: bool) -> None:
        """End a line; in a row of data lines of a cell are parted by a space."""
        if self._cells is None:
            self._flush(apart=apart)
        elif self._pieces:
            self._pieces.append(" ")

    def _taken(self) -> str:
        """Give the cell that was gathered."""
        cell = tidy(_WRAP.sub(" ", "".join(self._pieces)))
        self._pieces.clear()
        return cell

    def _flush(self, *, apart: bool) -> None:
        text = "".join(self._pieces)
        if squeeze(text):
            strong = bool(self._bold) and all(self._bold)
            self.page.lines.append(Line(text, self._level, strong=strong, apart=self._apart))
            self.page.linked.append(self._linked)
            self.page.links.append(self._links)
            self._apart = apart
            self._linked = self._links = 0
        self._apart = self._apart or apart
        self._pieces.clear()
        self._bold.clear()


def _is_row_of_data(row: LexborNode) -> bool:
    """Whether a row of a table is one of data, not one that lays out the page."""
    if row.css_first("table") is not None:
        return False
    cells = [flat(cell) for cell in row.css("td, th")]
    return sum(map(bool, cells)) >= _FEWEST_CELLS and max(map(len, cells)) <= _LONGEST_CELL
