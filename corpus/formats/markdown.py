"""Markdown: headings of both kinds, front matter, and paragraphs between blank lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE
from corpus.decoding import decode
from corpus.formats.base import Breaks, Draft, Line, Source
from corpus.formats.text import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t\u3000]+|$)(.*)$")
_ATX_CLOSING = re.compile(r"[ \t]#+[ \t]*$")
_SETEXT = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_RULE = re.compile(r" {0,3}(?:[-*_][ \t]*){3,}$|\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t:|-]*)?$")
_QUOTE = re.compile(r" {0,3}>[ \t]?")
_BULLET = re.compile(r"[ \t]*[-*+][ \t]+")
_STRONG = re.compile(r"(\*\*|__)([^*_]+)\1")
_LINK = re.compile(r"!?\[([^\]\[]*)\]\(([^()\s]*)(?:[ \t]+\"[^\"]*\")?\)")
_TABLE_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([^\s:：#][^:：]{0,40}?)[ \t]*[:：][ \t]*(.*)$")
_MARKUP = frozenset("*_]")
_QUOTES = "\"'"
_HARD_BREAK = ("  ", "\\")


class Markdown:
    """Markdown, as far as reports use it: no nested lists, code only as lines."""

    name = "markdown"
    suffixes = frozenset({".md", ".markdown"})
    signed = False

    def claims(self, data: bytes) -> bool:
        """Claim what opens with front matter; a single # proves nothing."""
        return data.startswith((b"---\n", b"---\r\n"))

    def read(self, source: Source) -> Draft:
        """Read blocks; lines within one flow together."""
        decoded = decode(source)
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
        fields: dict[str, str] = {}
        front = _FRONT.match(text)
        if front is not None:
            fields = dict(_fields(front[1]))
            text = text[front.end() :]
        lines = tuple(_blocks(lines_of(_uncommented(text))))
        title = next((line.text for line in lines if line.level == 1), "")
        return Draft(lines, Breaks.FOLDED, decoded.encoding, title, fields, decoded.flaws)


def _fields(front: str) -> Iterator[tuple[str, str]]:
    """Give the scalar lines of front matter: reports need no more of YAML."""
    for line in front.split("\n"):
        match = _FIELD.match(line)
        if match is not None:
            yield match[1], match[2].strip().strip(_QUOTES)


def _uncommented(text: str) -> str:
    """Replace comments by blank lines, in one pass: a search from every opening would be slow."""
    pieces: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[position:start])
        position = end + 3
    return "\n\n".join([*pieces, text[position:]])


def _blocks(lines: Iterable[Line]) -> Iterator[Line]:
    """Give the lines without their markup; what opens a block stands apart."""
    held: Line | None = None
    apart = True
    for line in lines:
        apart = apart or line.apart
        under = _SETEXT.match(line.text)
        if under is not None and held is not None and not line.apart and not held.level:
            held = Line(held.text, 1 if under[1][0] == "=" else 2, apart=True)
            apart = True
            continue
        if _RULE.match(line.text) or _FENCE.match(line.text):
            apart = True
            continue
        if held is not None:
            yield held
        held, apart = _block(line, apart=apart)
        if not held.text.strip(INVISIBLE):
            held, apart = None, True
    if held is not None:
        yield held


def _block(line: Line, *, apart: bool) -> tuple[Line, bool]:
    """Take one line's markup off; also whether the line after it stands apart."""
    heading = _ATX.match(line.text)
    if heading is not None:
        text = _inline(_ATX_CLOSING.sub("", heading[2])).strip(INVISIBLE)
        return Line(text or line.text, len(heading[1]) if text else 0, apart=True), True
    text = _QUOTE.sub("", line.text, count=1)
    if _TABLE_ROW.match(text):
        cells = (cell.strip() for cell in text.strip().strip("|").split("|"))
        return Line(_inline("\t".join(cells)), apart=True), True
    bullet = _BULLET.match(text)
    if bullet is not None:
        return Line(_inline(text[bullet.end() :]), apart=True), False
    strong = _STRONG.fullmatch(text.strip()) is not None
    return Line(_inline(text), strong=strong, apart=apart), text.endswith(_HARD_BREAK)


def _inline(text: str) -> str:
    """Take emphasis and link targets off; the characters a reader sees stay."""
    if _MARKUP.isdisjoint(text):
        return text
    return _STRONG.sub(r"\2", _LINK.sub(r"\1", text))
