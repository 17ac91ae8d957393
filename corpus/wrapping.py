"""From lines to paragraphs: undo the wraps of converters, part what has no breaks.

Three kinds of text occur, and the lines of a text tell which it is:

* one paragraph a line, as saved from most government sites;
* blank lines between paragraphs, and breaks within them wherever the page had a
  link or a footnote mark (wikis): lines that do not stand apart flow together;
* lines cut at a fixed width (mail, print): a full line goes on in the next.

Whatever the kind, a line break that tears a bracket or leaves a comma behind is no
paragraph's end, and a numbered heading is never run together with its neighbour.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.characters import (
    CLOSING,
    INVISIBLE,
    OPENING,
    SENTENCE_END,
    ends_sentence,
    joint,
    squeeze,
    tidy,
)
from corpus.formats.base import Breaks, Line
from corpus.numbering import Style, mark_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Continues = Callable[[int], bool]
    """Whether the line of this index goes on from the line before it."""

_FEWEST_LINES = 6
_LONG = 60
"""Characters from which a line is a paragraph rather than a title, a name or a heading."""

_INDENT = re.compile("(?:\u3000{2}| {4}|\t)")
_ADDRESSEE = re.compile("(?:各位|同志们|朋友们|主任)[^。；]{0,30}[：:！!]$")

_WIDEST = 80
_RAGGED = 2
"""A line cut at a fixed width may end this many characters short, for a mark that
must not open the next line."""

LONGEST = 3_000
"""Characters above which a paragraph is parted at sentence ends. The longest that
publishers print in 122 reports and 3,475 laws has 2,763."""

UNBROKEN = 1_000
"""The same for a text whose paragraphs average more than this: it has lost its breaks
(reports average 200, and none above 330)."""

READABLE = 300
"""Characters that such parts grow to; reports average about 200 a paragraph."""

_SENTENCE = re.compile(f"[{SENTENCE_END}]+[{re.escape(CLOSING)}]*")
_CLAUSE = re.compile(r"[；;，,、\s]+")


def unwrap(lines: Sequence[Line], breaks: Breaks, title: str = "") -> list[Line]:
    """Give the paragraphs that lines make.

    Nothing but white space, zero-width and control characters is lost: the
    paragraphs joined together are the lines joined together.

    Args:
        lines: visible lines in order, furniture removed.
        breaks: what their ends mean.
        title: the document's title, if it is known: lines near the head that spell
            it between them are one paragraph.
    """
    continues = _RULES[breaks](lines)
    joined = _title_lines(lines, title)
    growing: list[_Growing] = []
    for index, line in enumerate(lines):
        last = growing[-1] if growing else None
        if last and (index in joined or _joins(last, index, line, continues)):
            last.add(line)
        else:
            growing.append(_Growing(line))
    return _parted([line for line in map(_Growing.finished, growing) if line.text])


class _Growing:
    """A paragraph that may go on; its pieces are put together once, at the end."""

    def __init__(self, line: Line) -> None:
        self.line = line
        self._pieces = [line.text.strip(INVISIBLE)]
        self._length = len(self._pieces[0])
        self._strong = line.strong

    @property
    def end(self) -> str:
        """The piece it ends with."""
        return self._pieces[-1]

    @property
    def brief(self) -> str:
        """Its text while that is no longer than a heading may be, else ""."""
        return "".join(self._pieces) if self._length <= _LONG else ""

    def add(self, line: Line) -> None:
        """Go on with a line. A full-width space between halves stays: it parts words."""
        text = line.text.strip(INVISIBLE)
        kept = "\u3000" if line.text.startswith("\u3000") else ""
        piece = kept + text if kept else joint(self.end, text) + text
        self._pieces.append(piece)
        self._length += len(piece)
        self._strong = self._strong and line.strong

    def finished(self) -> Line:
        """Give the paragraph."""
        return replace(self.line, text=tidy("".join(self._pieces)), strong=self._strong)


def _joins(last: _Growing, index: int, line: Line, continues: Continues) -> bool:
    if line.apart or line.level or last.line.level:
        return False
    text = line.text.strip(INVISIBLE)
    if _torn(last, line.text, text):
        return True
    begins = _begins(last, line.text, text) or (index <= _HISTORY_WITHIN and _HISTORY.match(text))
    return not begins and continues(index)


def _torn(last: _Growing, raw: str, text: str) -> bool:
    """Whether no paragraph can end, or begin, at this place."""
    return (
        _is_orphan(last, raw, text)
        or last.end.endswith(tuple(OPENING + "，、"))
        or text.startswith(tuple(CLOSING + "，。、；："))
        or _is_bare_number(last.brief)
        or _is_meeting_unfinished(last.brief)
    )


def _is_orphan(last: _Growing, raw: str, text: str) -> bool:
    """Whether a line is the torn-off end of a title (政府工作报|告) or a name behind its office."""
    if not last.brief or ends_sentence(last.end) or last.end.endswith(("：", ":")):
        return False
    return (len(text) == 1 and text.isalpha()) or re.match("\u3000[^\u3000]{2,4}$", raw) is not None


def _is_bare_number(brief: str) -> bool:
    """Whether a line holds a bullet, or a number that wants its text: （三）, 一、, 一是."""
    if brief and not brief.strip("—-·•"):
        return True
    mark = mark_of(brief)
    if mark is None or mark.text != brief or mark.style <= Style.ARTICLE:
        return False
    return mark.style is not Style.COMMA or brief.endswith(("、", "．"))


def _begins(last: _Growing, raw: str, text: str) -> bool:
    """Whether a line plainly begins a paragraph although nothing sets it apart."""
    brief = last.brief
    if brief and (_ADDRESSEE.match(brief) or (mark_of(brief) and ends_sentence(brief))):
        return True
    fresh = mark_of(text) is not None or _INDENT.match(raw) is not None
    return fresh and (ends_sentence(last.end) or last.end.endswith(("：", ":", "；", ";")))


_HISTORY = re.compile(r"[（(]\s?\d{4}\s?年.{12}")
_HISTORY_WITHIN = 6
"""Lines of a law within which its title is followed by when it was adopted, in brackets."""

_MEETING = re.compile(r"[（(—―\-\s]*[\d〇○零一二三四五六七八九十]{4}年\S{3,8}日在\S{4,40}$")


def _is_meeting_unfinished(brief: str) -> bool:
    """Whether the line that says where a report was delivered (——…会议上) breaks off."""
    return _MEETING.match(brief) is not None and not brief.rstrip(CLOSING).endswith("上")


def _never(lines: Sequence[Line]) -> Continues:  # noqa: ARG001 -- one of a table
    return lambda index: False  # noqa: ARG005


def _in_blocks(lines: Sequence[Line]) -> Continues:
    """Join the lines of a block that holds running text.

    Short lines below one another that end no sentence are what they seem: a title
    and its subtitle, a signature and its date.
    """
    flowing: set[int] = set()
    for start, stop in pairwise(_block_bounds(lines)):
        block = [line.text.strip(INVISIBLE) for line in lines[start:stop]]
        if ends_sentence(block[-1]) or any(len(text) > _LONG for text in block):
            flowing.update(range(start, stop))
    return flowing.__contains__


def _block_bounds(lines: Sequence[Line]) -> list[int]:
    return [*(index for index, line in enumerate(lines) if line.apart or not index), len(lines)]


def _by_evidence(lines: Sequence[Line]) -> Continues:
    if _is_folded(lines):
        return _in_blocks(lines)
    width = _fixed_width(lines)
    if width is None:
        return _never(lines)
    if any(_INDENT.match(line.text) for line in lines):
        return lambda index: _INDENT.match(lines[index].text) is None
    return lambda index: len(lines[index - 1].text.rstrip()) >= width - _RAGGED


def _is_folded(lines: Sequence[Line]) -> bool:
    """Whether blank lines part the paragraphs.

    At least every second line stands apart, and of those that do not, hardly any
    follows a long line that ends a sentence. Among 52 wiki texts the lowest share is
    0.55 and the highest of the latter 0.14; texts of one paragraph a line have 0.0
    and 0.8.
    """
    pairs = list(pairwise(lines))
    within = [last.text for last, line in pairs if not line.apart]
    whole = sum(len(text) > _LONG and ends_sentence(text.strip(INVISIBLE)) for text in within)
    return bool(within) and 2 * len(within) <= len(pairs) and 4 * whole <= len(within)


def _fixed_width(lines: Sequence[Line]) -> int | None:
    """Give the width that lines were cut at, or None.

    They were if hardly any is longer than 80 characters, at least half are as long
    as the longest, and most of those break off within a sentence.
    """
    lengths = sorted(len(line.text.rstrip()) for line in lines)
    if len(lengths) < _FEWEST_LINES or lengths[-1] > _WIDEST:
        return None
    width = lengths[-1]
    full = [line.text.rstrip() for line in lines if len(line.text.rstrip()) >= width - _RAGGED]
    broken = sum(not ends_sentence(text) for text in full)
    return width if 2 * len(full) >= len(lines) and 3 * broken >= 2 * len(full) else None


_RULES: dict[Breaks, Callable[[Sequence[Line]], Continues]] = {
    Breaks.MEANT: _never,
    Breaks.FOLDED: _in_blocks,
    Breaks.UNKNOWN: _by_evidence,
}

_HEAD = 60


def _title_lines(lines: Sequence[Line], title: str) -> frozenset[int]:
    """Give the places of lines that go on a title set over several lines."""
    wanted = squeeze(title)
    for start in range(min(len(lines), _HEAD) if wanted else 0):
        spelled, end = squeeze(lines[start].text), start + 1
        while wanted.startswith(spelled) and spelled != wanted and end < len(lines):
            spelled += squeeze(lines[end].text)
            end += 1
        if spelled == wanted:
            return frozenset(range(start + 1, end))
    return frozenset()


def _parted(paragraphs: list[Line]) -> list[Line]:
    total = sum(len(line.text) for line in paragraphs)
    limit = UNBROKEN if total > UNBROKEN * len(paragraphs) else LONGEST
    if all(len(line.text) <= limit for line in paragraphs):
        return paragraphs
    return [
        replace(line, text=text)
        for line in paragraphs
        for text in (_split(line.text) if len(line.text) > limit else (line.text,))
    ]


def _split(text: str) -> Iterator[str]:
    """Part a text at sentence ends, before numbered ones always, into readable paragraphs."""
    part = ""
    for sentence in _sentences(text):
        fresh = sentence.strip(INVISIBLE)
        if part and (len(part) + len(fresh) > READABLE or mark_of(fresh) is not None):
            yield part
            part = ""
        part = part + sentence if part else sentence.lstrip(INVISIBLE)
    if part.strip(INVISIBLE):
        yield part.strip(INVISIBLE)


def _sentences(text: str) -> Iterator[str]:
    for sentence in _cut(text, _SENTENCE):
        if len(sentence) > LONGEST:
            yield from _cut(sentence, _CLAUSE)
        else:
            yield sentence


def _cut(text: str, after: re.Pattern[str]) -> Iterable[str]:
    ends = [match.end() for match in after.finditer(text)]
    bounds = [0, *ends, len(text)]
    return (text[i:j] for i, j in pairwise(bounds) if i < j)
