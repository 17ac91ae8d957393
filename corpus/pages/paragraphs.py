"""From rows in reading order to paragraphs: what was wrapped is joined.

A row that had room for the beginning of the next ended a paragraph. One that had none
goes on, unless the next is plainly a beginning: set in, set off or numbered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.characters import CLOSING, joint
from corpus.formats.base import Line
from corpus.numbering import mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.pages.order import Stack
    from corpus.pages.placed import Row

# These are in sizes of type.
_NEAR = 1.0
"""How far the ends of full rows may lie apart."""
_INDENT = 1.2
_OTHER_SIZE = 0.12
_CENTRED = 0.8
_TITLE = 1.15
_TITLE_GAP = 2.2

_GAP = 1.35
"""How many times the usual distance between rows sets a paragraph off."""
_FULL_ROWS = 3
_NARROWEST = 0.7
"""How far right, as a share of what even margins would give, a full row reaches at least."""
_ENDS = tuple("。！？；：!?;:.")
_SUBTITLE = ("—", "―", "－", "-", "（", "(", "〔", "[")


@dataclass(frozen=True, slots=True)
class _Measure:
    """Where the rows of a column begin and end at most."""

    left: float
    right: float


@dataclass(frozen=True, slots=True)
class _Set:
    """A row with the column that it is set in."""

    row: Row
    stack: int
    measure: _Measure


def paragraphs(pages: Sequence[Sequence[Stack]], widths: Sequence[float]) -> Iterator[Line]:
    """Give the paragraphs of a document.

    Args:
        pages: the stacks of each page, in reading order.
        widths: how wide each page is.
    """
    rows = _measured(pages, widths)
    usual = _usual_step(rows)
    body = _usual_size(rows)
    means_strong = _means_strong(rows)
    open_rows: list[_Set] = []
    for item in rows:
        if open_rows and not _goes_on(open_rows, item, usual, body):
            yield _line(open_rows, means_strong=means_strong)
            open_rows = []
        open_rows.append(item)
    if open_rows:
        yield _line(open_rows, means_strong=means_strong)


def _line(rows: Sequence[_Set], *, means_strong: bool) -> Line:
    pieces = [rows[0].row.text]
    for last, item in pairwise(rows):
        text = item.row.text
        if _is_hyphenated(pieces[-1], text):
            pieces[-1] = pieces[-1][:-1]
        else:
            pieces.append(joint(last.row.text, text))
        pieces.append(text)
    text = "".join(pieces)
    strong = means_strong and all(item.row.strong for item in rows)
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

    Stacks that others stand beside have a measure of their own; all others of a page share
    one, which is that of all pages as wide if too few of its rows are full to tell.
    """
    shared: defaultdict[int, list[Row]] = defaultdict(list)
    for stacks, width in zip(pages, widths, strict=True):
        shared[round(width)].extend(_plain(stacks))
    common = {width: _on_page(rows, width) for width, rows in shared.items() if rows}
    out: list[_Set] = []
    count = 0
    for stacks, width in zip(pages, widths, strict=True):
        plain = _plain(stacks)
        own = _on_page(plain, width) if plain else None
        if own is None or _full_rows(plain, own) < _FULL_ROWS:
            own = common.get(round(width), own)
        for stack in stacks:
            count += 1
            measure = own if own and not stack.side else _measure(stack.rows)
            out.extend(_Set(row, count, measure) for row in stack.rows)
    return out


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
    rights = sorted((row.right for row in rows), reverse=True)
    lefts = sorted(row.left for row in rows)
    right = next((one for one, other in pairwise(rights) if one - other <= _NEAR * size), rights[0])
    left = next((one for one, other in pairwise(lefts) if other - one <= _NEAR * size), lefts[0])
    return _Measure(left, right)


def _full_rows(rows: Sequence[Row], measure: _Measure) -> int:
    return sum(row.right > measure.right - _NEAR * row.size for row in rows)


def _usual_step(rows: Sequence[_Set]) -> float:
    """Give the usual distance between base lines within a paragraph, in sizes of type."""
    steps = Counter(
        round((item.row.base - last.row.base) / item.row.size, 1)
        for last, item in pairwise(rows)
        if last.stack == item.stack and _is_full(last, item.row)
    )
    return steps.most_common(1)[0][0] if steps else float("inf")


def _usual_size(rows: Sequence[_Set]) -> float:
    sizes: Counter[float] = Counter()
    for item in rows:
        sizes[round(item.row.size, 1)] += len(item.row.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def _means_strong(rows: Sequence[_Set]) -> bool:
    """Whether bold type tells anything: not if most of the text is set in it."""
    strong = sum(len(item.row.text) for item in rows if item.row.strong)
    return 2 * strong < sum(len(item.row.text) for item in rows)


def _is_full(last: _Set, row: Row) -> bool:
    """Whether the beginning of the next row had no room in this one."""
    return last.row.right + row.head > last.measure.right


def _goes_on(rows: Sequence[_Set], item: _Set, usual: float, body: float) -> bool:
    last, row = rows[-1], item.row
    if "\t" in row.text or last.row.turn != row.turn:
        return False
    if "\t" in rows[0].row.text:
        return _goes_on_in_cell(last, item, rows[0].row)
    size = max(row.size, last.row.size)
    if abs(row.size - last.row.size) > _OTHER_SIZE * size:
        return False
    if last.stack == item.stack and (row.base - last.row.base) / row.size > _GAP * usual:
        return False
    if _is_title(last, item, body):
        return not row.text.startswith(_SUBTITLE)
    return _is_full(last, row) and not _begins(last, item)


def _begins(last: _Set, item: _Set) -> bool:
    """Whether a row below a full one begins a paragraph all the same."""
    ended = last.row.text.rstrip(CLOSING).endswith(_ENDS)
    mark = mark_of(item.row.text)
    set_in = item.row.left > item.measure.left + _INDENT * item.row.size
    return (ended and (set_in or mark is not None)) or (set_in and mark is not None)


def _is_title(last: _Set, item: _Set, body: float) -> bool:
    """Whether two rows are lines of one title: large, centred and close."""
    return (
        item.row.size >= _TITLE * body
        and last.stack == item.stack
        and item.row.base - last.row.base < _TITLE_GAP * item.row.size
        and _is_centred(last)
        and _is_centred(item)
    )


def _is_centred(item: _Set) -> bool:
    row, measure = item.row, item.measure
    before, after = row.left - measure.left, measure.right - row.right
    return abs(before - after) < 2 * _CENTRED * row.size and min(before, after) > -row.size


def _goes_on_in_cell(last: _Set, item: _Set, first: Row) -> bool:
    """Whether a row goes on the last cell of a table's row."""
    step = item.row.base - last.row.base
    return (
        last.stack == item.stack
        and item.row.left >= first.cell - _NEAR * item.row.size
        and step < 2 * item.row.size
    )
