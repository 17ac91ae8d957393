"""Headings, and the path of headings that every paragraph stands under.

Each paragraph is looked at once for a heading: by markup, by its number, by what
stands around it. Then a stack is kept of the headings that are open. A heading closes
all that do not outrank it; styles of numbering rank as official documents usually
nest them, unless the numbers of this document show that it nests two the other way.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.characters import ends_sentence, squeeze
from corpus.contents import contents_among
from corpus.model import Paragraph
from corpus.numbering import Mark, Style, mark_of
from corpus.numerals import is_date

if TYPE_CHECKING:
    from collections.abc import Sequence

    from corpus.formats.base import Line

_LONGEST_HEADING = 60
_LONGEST_RUN_IN = 40
_LONGEST_PLAIN = 30
_BODY = 40

_STOP = re.compile("[。！？!?；;]")
_RUN_IN_STOP = re.compile("[。！？!?；;：:]")
_NOT_PLAIN = re.compile("[，。；：！？,;:!?\t…]")
_VOCATIVE = re.compile("各位(?:代表|委员|同志)|同志们[，！,!]")
_ADDRESSEE = re.compile("(?:各位|同志们|主任)[^。；]{0,30}[：:！!]$")

_IN_CONTENTS = re.compile(r"\t[\divxIVX]{1,6}$")
"""How a line of a table of contents ends; a row of a table may end so too, and heads nothing."""

_ANNEXES = re.compile(r"附\s?件\s?[：:]\s?\S")

_PASSING = frozenset({Style.ORDINAL, Style.RUNNING})
"""Run-in headings of these styles head their own paragraph only: a paragraph of its
own after "四是…" returns to the heading above the list."""

_LISTING = frozenset(
    {Style.ARABIC, Style.ARABIC_BRACKETED, Style.CIRCLED, Style.DECIMAL, Style.SUBDECIMAL}
)
"""Styles that also number notes and lists: "11.“五统一、一开放”：" heads nothing."""

_DIVISIONS = frozenset(style for style in Style if style <= Style.ARTICLE)

_COUNTED = _DIVISIONS - {Style.ANNEX}
"""Styles whose numbers go on from one heading to the next of the same rank."""

_SUPPLEMENT = "附则"
"""What a law ends with; next to parts and chapters with numbers it may have none."""

_UNTURNED = _DIVISIONS | _PASSING | {Style.DECIMAL, Style.SUBDECIMAL}
"""Styles whose place among the others is beyond doubt."""

_RANK_ANNEX = 0
_RANK_MARKUP = 10
_RANK_PLAIN_OUTER = 20
_RANK_NUMBERED = 30
_RANK_PLAIN_INNER = 50
_RANK_PASSING = 60


@dataclass(frozen=True, slots=True)
class _Heading:
    """A heading that a paragraph is or opens with."""

    text: str
    rank: int
    lasting: bool = True


def outline(lines: Sequence[Line], title: str = "") -> tuple[Paragraph, ...]:
    """Number the paragraphs of a document and give each its heading path.

    Args:
        lines: the paragraphs.
        title: the document's title, which heads everything and is in no path.
    """
    reader = _Reader(lines, title)
    return tuple(
        Paragraph(ordinal, line.text, reader.path(ordinal - 1), page=line.page)
        for ordinal, line in enumerate(lines, start=1)
    )


class _Reader:
    """Reads a document from its first paragraph to its last, keeping the open headings."""

    def __init__(self, lines: Sequence[Line], title: str) -> None:
        self._lines = lines
        self._title = squeeze(title)
        self._counted: dict[Style, tuple[int, int]] = {}
        self._contents = contents_among([line.text for line in lines])
        self._marks = [mark_of(line.text) for line in lines]
        self._ranks = _ranks(self._marks)
        self._lists = _list_styles(lines, self._marks)
        self._open: list[_Heading] = []
        self._in_head = True
        self._plain_rank: int | None = None
        self._in_contents = False

    def path(self, index: int) -> tuple[str, ...]:
        """Give the heading path of the next paragraph in order."""
        if self._is_title(index) or index in self._contents:
            return ()
        if _IN_CONTENTS.search(self._lines[index].text):
            return tuple(item.text for item in self._open)
        heading = self._heading(index)
        if heading is not None:
            self._in_head = False
            self._close(heading.rank)
            self._open.append(heading)
            if heading.rank == _RANK_ANNEX:
                self._plain_rank = None
        else:
            self._plain(index)
        self._in_contents = heading is None and self._lists_annexes(index)
        return tuple(item.text for item in self._open)

    def _plain(self, index: int) -> None:
        """Close what a paragraph that is no heading closes."""
        text, mark = self._lines[index].text, self._marks[index]
        self._open = [item for item in self._open if item.lasting]
        if mark is not None:
            # A numbered paragraph without a heading is not part of the one before it.
            self._close(self._ranks[mark.style])
        if self._in_head:
            self._in_head = not (_ADDRESSEE.match(text) or len(text) > _LONGEST_HEADING)
        elif _VOCATIVE.match(text):
            # Turning to the assembly again ends a point, not the part it belongs to.
            del self._open[1:]
        elif self._is_signature(index):
            # What follows the signature and its date is annexed, under headings of its own.
            self._open.clear()
            self._plain_rank = None

    def _is_signature(self, index: int) -> bool:
        text, *following = (squeeze(line.text) for line in self._lines[index : index + 2])
        return is_date(text) or (len(text) <= _LONGEST_PLAIN and any(map(is_date, following)))

    def _lists_annexes(self, index: int) -> bool:
        """Whether a paragraph belongs to the list of annexes that a document ends with."""
        mark = self._marks[index]
        goes_on = self._in_contents and mark is not None and mark.style in _LISTING
        return goes_on or _ANNEXES.match(self._lines[index].text) is not None

    def _close(self, rank: int) -> None:
        while self._open and self._open[-1].rank >= rank:
            self._open.pop()

    def _is_title(self, index: int) -> bool:
        return (
            self._in_head and bool(self._title) and squeeze(self._lines[index].text) == self._title
        )

    def _heading(self, index: int) -> _Heading | None:
        heading, mark = self._by_itself(index), self._marks[index]
        if heading is None or mark is None or mark.style not in _COUNTED:
            return heading
        value, rank = self._counted.get(mark.style, (0, heading.rank))
        if mark.value == value + 1:
            # Whoever set 第六章 as a heading of another order than 第五章 did not mean it.
            heading = replace(heading, rank=rank)
        self._counted[mark.style] = (mark.value, heading.rank)
        return heading

    def _by_itself(self, index: int) -> _Heading | None:
        """Give the heading that a line is or opens with, whatever headings came before it."""
        line, mark = self._lines[index], self._marks[index]
        if line.level:
            return _Heading(line.text, _RANK_MARKUP + line.level)
        if mark is not None:
            return self._numbered(index, mark)
        if self._counted and squeeze(line.text) == _SUPPLEMENT:
            return _Heading(line.text, min(rank for _, rank in self._counted.values()))
        if self._is_plain_heading(index):
            return _Heading(line.text, self._rank_of_plain())
        return None

    def _numbered(self, index: int, mark: Mark) -> _Heading | None:
        text = self._lines[index].text
        if mark.style not in _DIVISIONS and (self._in_article() or self._in_contents):
            return None
        rank = self._ranks[mark.style]
        if mark.style is Style.ARTICLE:
            return _Heading(mark.text, rank)
        if self._is_heading_line(index, mark):
            return _Heading(text, rank)
        run_in = _run_in(text, mark)
        if run_in:
            return _Heading(run_in, rank, lasting=mark.style not in _PASSING)
        return None

    def _in_article(self) -> bool:
        """Whether an article of a law is open: its （一） and 1. are items, not headings."""
        return any(item.rank == self._ranks[Style.ARTICLE] for item in self._open)

    def _is_heading_line(self, index: int, mark: Mark) -> bool:
        line = self._lines[index]
        text = line.text
        if len(text) > _LONGEST_HEADING or text.endswith(("；", ";", "，", ",", "、")):
            return False
        if line.strong or mark.style in _DIVISIONS:
            return True
        if mark.style in _LISTING and re.search("[：:]", text):
            return False
        stop = _STOP.search(text)
        if stop is None:
            return mark.style not in _PASSING
        alone = stop.end() == len(text) and mark.style not in self._lists
        return alone and not self._is_item(index, mark.style)

    def _is_item(self, index: int, style: Style) -> bool:
        """Whether a numbered sentence stands in a list: before its like, after "…；", or last."""
        before, after = self._marks[index - 1 : index] or [None], self._marks[index + 1 : index + 2]
        if not after or (after[0] is not None and after[0].style is style):
            return True
        ends_item = index > 0 and self._lines[index - 1].text.endswith(("；", ";"))
        return ends_item and before[0] is not None and before[0].style is style

    def _is_plain_heading(self, index: int) -> bool:
        """Whether a line without a number is a heading: short, unpunctuated, amid body text."""
        line = self._lines[index]
        if self._in_head or self._in_article() or not 0 < index < len(self._lines) - 1:
            return False
        text = line.text
        if len(text) > _LONGEST_PLAIN or _NOT_PLAIN.search(text) or not text[-1:].strip("）)"):
            return False
        if is_date(squeeze(text)) or text.startswith(("（", "(", "—", "-", "|")):
            return False
        return self._ends_block(index - 1) and self._is_body(index + 1)

    def _ends_block(self, index: int) -> bool:
        text = self._lines[index].text
        opened = self._open[-1].text if self._open else ""
        return (
            ends_sentence(text) or text.endswith(("：", ":")) or text == opened or self._dated(text)
        )

    def _dated(self, text: str) -> bool:
        return is_date(squeeze(text)) or text.endswith(("）", ")"))

    def _is_body(self, index: int) -> bool:
        line, mark = self._lines[index], self._marks[index]
        if _IN_CONTENTS.search(line.text):
            return False
        return mark is not None or (len(line.text) >= _BODY and _STOP.search(line.text) is not None)

    def _rank_of_plain(self) -> int:
        """Rank headings without a number: above all numbers if they come first, else below."""
        if self._plain_rank is None:
            outer = not any(item.lasting and item.rank > _RANK_ANNEX for item in self._open)
            self._plain_rank = _RANK_PLAIN_OUTER if outer else _RANK_PLAIN_INNER
        return self._plain_rank


def _run_in(text: str, mark: Mark) -> str:
    """Give the heading that a paragraph opens with (一是狠抓工作谋篇布局。研究制定…), or ""."""
    stop = _RUN_IN_STOP.search(text, len(mark.text), _LONGEST_RUN_IN + 1)
    if stop is None or stop[0] not in "。！!" or stop.end() == len(text):
        return ""
    return text[: stop.start()]


def _list_styles(lines: Sequence[Line], marks: Sequence[Mark | None]) -> frozenset[Style]:
    """Give the styles that number lists here: a sentence each, one after the other."""
    items: Counter[Style] = Counter()
    headings: Counter[Style] = Counter()
    for line, mark, following in zip(lines, marks, [*marks[1:], None], strict=True):
        if mark is None or not ends_sentence(line.text):
            continue
        stop = _STOP.search(line.text)
        if stop is not None and stop.end() == len(line.text):
            same = following is not None and following.style is mark.style
            (items if same else headings)[mark.style] += 1
    return frozenset(style for style in items if items[style] >= headings[style])


def _ranks(marks: Sequence[Mark | None]) -> dict[Style, int]:
    """Rank the styles of numbering: the usual order, unless the numbers show another."""
    order = list(Style)
    for outer, inner in _inverted(marks):
        if order.index(outer) < order.index(inner):
            order.remove(inner)
            order.insert(order.index(outer), inner)
    ranks = {style: _RANK_NUMBERED + place for place, style in enumerate(order)}
    ranks[Style.ANNEX] = _RANK_ANNEX
    for style in _PASSING:
        ranks[style] = _RANK_PASSING + style
    return ranks


def _inverted(marks: Sequence[Mark | None]) -> list[tuple[Style, Style]]:
    """Give the pairs of styles, usually outer first, that this document nests the other way.

    In 1. （一）（二） 2. （一）（二） the arabic numbers go on over a bracketed one that starts
    again: what goes on is the outer one. Every number that goes on so votes.
    """
    last: dict[Style, int] = {}
    started: dict[Style, set[Style]] = {}
    votes: Counter[tuple[Style, Style]] = Counter()
    for mark in marks:
        if mark is None or mark.style in _UNTURNED:
            continue
        if mark.value == last.get(mark.style, 0) + 1:
            for other in started.get(mark.style, ()):
                pair = (min(mark.style, other), max(mark.style, other))
                votes[pair] += -1 if mark.style is pair[0] else 1
        if mark.value == 1:
            for others in started.values():
                others.add(mark.style)
        last[mark.style] = mark.value
        started[mark.style] = set()
    return [pair for pair, count in votes.items() if count > 0]
