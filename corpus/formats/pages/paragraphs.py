"""From rows in reading order to paragraphs: what was wrapped is joined.

A row that had room for the beginning of the next ended a paragraph. One that had none
goes on, unless the next is plainly a beginning: set in, set off or numbered.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.characters import CLOSING, joint, squeeze
from corpus.formats.base import Line
from corpus.numbering import mark_of
from corpus.numerals import is_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.formats.pages.order import Stack
    from corpus.formats.pages.placed import Row

# These are in sizes of type.
_SAME_COLUMN = 3.0
_NEAR = 1.0
"""How far the ends of full rows may lie apart."""
_INDENT = 1.2
_FLUSH = 0.5
"""How far off the margin, or its usual place, a row may begin and still stand there."""
_OTHER_SIZE = 0.12
_CENTRED = 0.8
_TITLE = 1.15
_LETTERHEAD = 1.6
_TITLE_GAP = 2.2
_CELL_STEP = 2.0

_GAP = 1.35
"""How many times the usual distance between rows sets a paragraph off."""
_FIRST = math.inf
_LONG = 0.6
_FAR = 0.4
"""How far right, as a share of the measure, no paragraph begins."""
_ROOM = 1.0
"""How much room a row may leave that breaks off within a sentence."""
_FULL_ROWS = 5
_NARROWEST = 0.7
"""How far right, as a share of what even margins would give, a full row reaches at least."""
_ENDS = tuple("。！？；：!?;:.")
_SUBTITLE = ("—", "―", "－", "-", "（", "(", "〔", "[")
_BULLETS = ("-", "—", "•", "·", "●", "■", "◆", "○", "▪", "➢", "★", "*")
_COMPLETE = re.compile(r"[.．…·]{3}\s?\d{1,4}$|^[（(][^（(）)]+[）)]$")
"""Lines that go on in no other: one with dots and a page number, one all in brackets."""
_ISSUER = re.compile("(?:局|厅|委|部|院|会|政府|办公室|文件)$")
"""What the lines of a letterhead end with, each of which names a body."""


@dataclass(frozen=True, slots=True)
class _Measure:
    """Where the rows of a column begin and end at most."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Set:
    """A row with the column that it is set in.

    Attributes:
        row: the row.
        measure: its column's.
        step: how far below the row before it stands, in sizes of type; infinite where it
            is the first of its stack.
        usual: the usual distance between the rows of a paragraph in its stack; infinite
            where no paragraph tells.
    """

    row: Row
    measure: _Measure
    step: float
    usual: float = _FIRST

    @property
    def indent(self) -> float:
        """How far it is set in, in sizes of type."""
        return (self.row.left - self.measure.left) / self.row.size


def paragraphs(pages: Sequence[Sequence[Stack]], widths: Sequence[float]) -> Iterator[Line]:
    """Give the paragraphs of a document.

    Args:
        pages: the stacks of each page, in reading order.
        widths: how wide each page is.
    """
    rows = _measured(pages, widths)
    habits = _Habits(rows)
    open_rows: list[_Set] = []
    for item in rows:
        if open_rows and not _goes_on(open_rows, item, habits):
            yield _line(open_rows, habits)
            open_rows = []
        open_rows.append(item)
    if open_rows:
        yield _line(open_rows, habits)


class _Habits:
    """How a document is set, as its rows show.

    Attributes:
        step: the usual distance between base lines within a paragraph, in sizes of type.
        size: the usual size of type.
        indent: how far the first row of a paragraph is set in, in sizes of type; 0 if
            paragraphs are not.
        means_strong: whether bold type tells anything: not if most of the text is bold.
    """

    def __init__(self, rows: Sequence[_Set]) -> None:
        indents: Counter[float] = Counter()
        sizes: Counter[float] = Counter()
        for last, item in pairwise(rows):
            if not _is_full(last, item.row) and "\t" not in item.row.text:
                indents[round(item.indent)] += 1
        for item in rows:
            sizes[round(item.row.size, 1)] += len(item.row.text)
        indent, count = indents.most_common(1)[0] if indents else (0, 0)
        strong = sum(len(item.row.text) for item in rows if item.row.strong)
        self.step = _usual(item.usual for item in rows)
        self.size = sizes.most_common(1)[0][0] if sizes else 0.0
        self.indent = indent if 2 * count > sum(indents.values()) and count > 1 else 0
        self.means_strong = 2 * strong < sum(sizes.values())


def _line(rows: Sequence[_Set], habits: _Habits) -> Line:
    pieces = [rows[0].row.text]
    for last, item in pairwise(rows):
        text = item.row.text
        if _is_hyphenated(pieces[-1], text):
            pieces[-1] = pieces[-1][:-1]
        else:
            pieces.append(joint(last.row.text, text))
        pieces.append(text)
    text = "".join(pieces)
    strong = habits.means_strong and all(item.row.strong for item in rows)
    return Line(text, strong=strong, apart="\t" in text, page=rows[0].row.page)


def _is_hyphenated(last: str, text: str) -> bool:
    """Whether a word was broken between two lines."""
    if last.endswith("\u00ad"):
        return True
    return (
        last.endswith("-")
        and last[-2:-1].isascii()
        and last[-2:-1].isalpha()
        and text[:1].islower()
    )


def _measured(pages: Sequence[Sequence[Stack]], widths: Sequence[float]) -> list[_Set]:
    """Give every row with its column's measure.

    Stacks of a page that nothing stands beside share one, which is that of all pages as
    wide if too few of its rows are full to tell. Others have their own, and reach as far
    as those that begin at the same place on other pages.
    """
    alone: defaultdict[int, list[Row]] = defaultdict(list)
    columns: defaultdict[tuple[int, int], list[Row]] = defaultdict(list)
    for stacks, width in zip(pages, widths, strict=True):
        alone[round(width)].extend(_plain(stacks))
        for stack in stacks:
            if stack.side:
                columns[_column(stack, width)].extend(stack.rows)
    common = {width: _on_page(rows, width) for width, rows in alone.items() if rows}
    shared = {column: _measure(rows) for column, rows in columns.items()}
    out: list[_Set] = []
    for stacks, width in zip(pages, widths, strict=True):
        plain = _plain(stacks)
        own = _on_page(plain, width) if plain else None
        if own is None or _full_rows(plain, own) < max(_FULL_ROWS, len(plain) / 2):
            own = common.get(round(width), own)
        for stack in stacks:
            beside = shared.get(_column(stack, width)) if stack.side else own
            out.extend(_in_stack(stack.rows, beside or _measure(stack.rows)))
    return out


def _column(stack: Stack, width: float) -> tuple[int, int]:
    """Give what columns of different pages are told to be the same by."""
    return round(width), round(stack.left / (_SAME_COLUMN * stack.rows[0].size))


def _in_stack(rows: Sequence[Row], measure: _Measure) -> list[_Set]:
    steps = [_FIRST, *((row.base - last.base) / row.size for last, row in pairwise(rows))]
    placed = [_Set(row, measure, step) for row, step in zip(rows, steps, strict=True)]
    usual = _usual(
        item.step
        for last, item in pairwise(placed)
        if _is_full(last, item.row) and not _ended(last)
    )
    return [replace(item, usual=usual) for item in placed]


def _usual(steps: Iterable[float]) -> float:
    counts = Counter(round(step, 1) for step in steps if step < _FIRST)
    return counts.most_common(1)[0][0] if counts else _FIRST


def _on_page(rows: Sequence[Row], width: float) -> _Measure:
    """Give the measure of rows that have a page for themselves.

    Short lines below one another, as of names, are full by their own measure. So margins
    are taken to be alike if hardly any row is full, and never to be very different.
    """
    measure = _measure(rows)
    share = 1.0 if _full_rows(rows, measure) < _FULL_ROWS else _NARROWEST
    return _Measure(measure.left, max(measure.right, share * (width - measure.left)))


def _plain(stacks: Iterable[Stack]) -> list[Row]:
    rows = [row for stack in stacks if not stack.side for row in stack.rows]
    return [row for row in rows if "\t" not in row.text] or rows


def _measure(rows: Sequence[Row]) -> _Measure:
    """Give the outermost ends that two rows share, so that a stray one does not count."""
    size = rows[0].size
    rights = sorted((row.edge for row in rows), reverse=True)
    lefts = sorted(row.left for row in rows)
    right = next((one for one, other in pairwise(rights) if one - other <= _NEAR * size), rights[0])
    left = next((one for one, other in pairwise(lefts) if other - one <= _NEAR * size), lefts[0])
    return _Measure(left, right)


def _full_rows(rows: Sequence[Row], measure: _Measure) -> int:
    return sum(row.right > measure.right - _NEAR * row.size for row in rows)


def _is_full(last: _Set, row: Row) -> bool:
    """Whether the beginning of the next row had no room in this one."""
    return last.row.right + row.head > last.measure.right


def _goes_on(rows: Sequence[_Set], item: _Set, habits: _Habits) -> bool:
    last, row = rows[-1], item.row
    if "\t" in row.text or _is_set_off(last, item, habits) or _is_signature(rows):
        return False
    if "\t" in rows[0].row.text:
        return _goes_on_in_cell(item, rows[0].row)
    if _is_title(last, item, habits.size):
        return True
    if habits.indent and abs(item.indent) < _FLUSH:
        return _is_full(last, row) or (
            _is_long(last, habits) and not _ended(last) and not _is_item(row)
        )
    if _stands_alone(last, item) or (habits.indent and abs(item.indent - habits.indent) < _FLUSH):
        return False
    return (_is_full(last, row) or _is_nearly_full(last, item)) and not _begins(last, item)


def _is_set_off(last: _Set, item: _Set, habits: _Habits) -> bool:
    """Whether a row is in other type than the last, or stands apart from it."""
    one, other = last.row, item.row
    return (
        one.turn != other.turn
        or abs(one.size - other.size) > _OTHER_SIZE * max(one.size, other.size)
        or _is_letterhead(last, item, habits.size)
        or _GAP * (item.usual if item.usual < _FIRST else habits.step) < item.step < _FIRST
    )


def _stands_alone(last: _Set, item: _Set) -> bool:
    """Whether a row is centred, or far to the right, and the last leaves no bracket open."""
    measure, before = item.measure, last.row.text
    if before.count("（") > before.count("）"):
        return False
    far = item.row.left - measure.left > _FAR * (measure.right - measure.left)
    return far or (item.indent > 2 * _INDENT and _is_centred(item))


def _is_letterhead(last: _Set, item: _Set, body: float) -> bool:
    """Whether a row is below one that names a body in the large type of a letterhead."""
    large = item.row.size > _LETTERHEAD * body
    return large and _ISSUER.search(last.row.text) is not None


def _is_signature(rows: Sequence[_Set]) -> bool:
    """Whether a row stands to the right, as a name and a date below a text do."""
    return len(rows) == 1 and _is_far(rows[0])


def _is_far(item: _Set) -> bool:
    left, right = item.measure.left, item.measure.right
    return item.row.left - left > _FAR * (right - left)


def _is_long(item: _Set, habits: _Habits) -> bool:
    """Whether a row is about full: programs may have had other reasons to break it there."""
    left, right = item.measure.left, item.measure.right
    in_text = item.indent < habits.indent + _FLUSH
    return in_text and item.row.right - left > _LONG * (right - left)


def _is_nearly_full(last: _Set, item: _Set) -> bool:
    """Whether a row that breaks off within a sentence ends near the edge."""
    room = last.measure.right - last.row.right - item.row.head
    plain = item.indent < _INDENT and not _is_item(item.row)
    return plain and not _ended(last) and room < _ROOM * last.row.size


def _is_item(row: Row) -> bool:
    return row.text.startswith(_BULLETS) or mark_of(row.text) is not None


def _ended(last: _Set) -> bool:
    text = last.row.text
    return text.rstrip(CLOSING).endswith(_ENDS) or _COMPLETE.search(text) is not None


def _begins(last: _Set, item: _Set) -> bool:
    """Whether a row below a full one begins a paragraph all the same."""
    set_in = item.indent > _INDENT
    aside = _is_far(item) and not _is_centred(item)
    return (
        aside
        or (_ended(last) and (set_in or _is_item(item.row)))
        or (set_in and _is_item(item.row))
    )


def _is_title(last: _Set, item: _Set, body: float) -> bool:
    """Whether two rows are lines of one title: large, centred and close."""
    row = item.row
    return (
        row.size >= _TITLE * body
        and item.step < _TITLE_GAP
        and _is_centred(last)
        and _is_centred(item)
        and not row.text.startswith(_SUBTITLE)
        and not is_date(squeeze(row.text))
        and not any("：" in other.text for other in (last.row, row))
    )


def _is_centred(item: _Set) -> bool:
    row, measure = item.row, item.measure
    before, after = row.left - measure.left, measure.right - row.right
    return abs(before - after) < 2 * _CENTRED * row.size and min(before, after) > -row.size


def _goes_on_in_cell(item: _Set, first: Row) -> bool:
    """Whether a row goes on the last cell of a table's row."""
    return item.step < _CELL_STEP and item.row.left >= first.cell - _NEAR * item.row.size
