"""Recognise how a paragraph is numbered: 第一章, 一、, （一）, 1., ①, 一是."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

from corpus.numerals import number


class Style(IntEnum):
    """Ways of numbering, in the order in which official documents usually nest them."""

    ANNEX = 1
    PART = 2
    SUBPART = 3
    CHAPTER = 4
    SECTION = 5
    ARTICLE = 6
    COMMA = 7
    BRACKETED = 8
    ARABIC = 9
    DECIMAL = 10
    SUBDECIMAL = 11
    ARABIC_BRACKETED = 12
    CIRCLED = 13
    ORDINAL = 14
    RUNNING = 15


_CN = "[一二三四五六七八九十百]"
_ANY = r"[〇零一二三四五六七八九十百千\d]{1,8}"

_PATTERNS: dict[Style, str] = {
    Style.ANNEX: r"附\s?(?:件|录|表)\s?(?P<annex>[\d一二三四五六七八九十]{0,3})\s?[：:]?$",
    Style.PART: rf"第(?P<part>{_ANY})(?:编|篇|部分)(?=\s|$)",
    Style.SUBPART: rf"第(?P<subpart>{_ANY})分编(?=\s|$)",
    Style.CHAPTER: rf"第(?P<chapter>{_ANY})章(?=\s|$)",
    Style.SECTION: rf"第(?P<section>{_ANY})节(?=\s|$)",
    Style.ARTICLE: rf"第(?P<article>{_ANY})条(?:之{_CN}{{1,3}})?(?=[\s：:【]|$)",
    # 一、二季度 and 一、二、三产业 are lists within a sentence.
    Style.COMMA: rf"(?P<comma>{_CN}{{1,4}})(?:\s?[、．](?!{_CN}[、和至到及季产线级类]|\d、)|$)",
    Style.BRACKETED: rf"[（(〔]\s?(?P<bracketed>{_CN}{{1,4}})\s?[)）〕]、?",
    Style.SUBDECIMAL: r"(?P<subdecimal>\d{1,2})[.．]\d{1,2}[.．]\d{1,2}(?=\s)",
    Style.DECIMAL: r"(?P<decimal>\d{1,2})[.．]\d{1,2}(?=\s)",
    # Neither 1.5万亿元 nor 3、4月份 is numbered; 2025年 has no sign behind it.
    Style.ARABIC: r"(?P<arabic>\d{1,3})(?:\s?[.．、](?!\d)|(?=\u3000))",
    Style.ARABIC_BRACKETED: r"(?:[（(]\s?(?P<both>\d{1,3})\s?[)）]|(?P<one>\d{1,3})[)）])",
    Style.CIRCLED: r"(?P<circled>[①-⑳])",
    Style.ORDINAL: rf"第(?P<ordinal>{_CN}{{1,3}})[，,、]",
    Style.RUNNING: rf"(?P<running>{_CN}{{1,3}})是",
}
_GROUP_STYLES = {
    group: style
    for style, pattern in _PATTERNS.items()
    for group in re.findall(r"\?P<(\w+)>", pattern)
}
_NUMBERED = re.compile("|".join(f"(?:{pattern})" for pattern in _PATTERNS.values()))
_CIRCLED_BEFORE_ONE = ord("①") - 1


@dataclass(frozen=True, slots=True)
class Mark:
    """The number that a paragraph opens with.

    Attributes:
        style: how it is written.
        value: the number itself, 0 where it has none.
        text: as written, such as "第一条" or "（一）".
    """

    style: Style
    value: int
    text: str


def mark_of(text: str) -> Mark | None:
    """Give the number that a paragraph opens with, or None."""
    match = _NUMBERED.match(text)
    if match is None or match.lastgroup is None:
        return None
    style, written = _GROUP_STYLES[match.lastgroup], match[match.lastgroup]
    return Mark(style, _value(style, written), match[0].strip())


def _value(style: Style, written: str) -> int:
    if style is Style.CIRCLED:
        return ord(written) - _CIRCLED_BEFORE_ONE
    try:
        return number(written) if written else 0
    except ValueError:
        return 0
