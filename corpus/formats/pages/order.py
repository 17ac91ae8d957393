"""The order in which the rows of a page are read: columns, and the cells of tables.

Rows that the file has one after the other and that lie below one another make a stack: a
column of text, or the cell of a table. Stacks are parted by cutting the page across where
nothing stands, then each band along, and so on: what is above is read first, then what is
to the left. A band of narrow stacks side by side is a row of a table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from corpus.characters import joint

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from corpus.formats.pages.placed import Row

_DEEPEST = 12
"""Cuts within cuts; a page of columns with tables in them takes six."""

_MOST_STACKS = 500
"""Stacks of a page that are compared with each other; pages of tables have a hundred."""

# These are in sizes of type.
_NEXT = 3.2
"""How far below the last row the next of a stack may lie."""
_ASCENT, _DESCENT = 0.85, 0.1
_LEVEL = 0.3
_COLUMN = 10
"""How wide a column of running text is at least."""
_COLUMN_ROWS = 4
_CELL = 3.5
"""How wide a cell is at least whose text is wrapped."""
_FULL = 2.1


@dataclass(frozen=True, slots=True)
class Stack:
    """Rows that are read one after the other.

    Attributes:
        rows: from top to bottom.
        side: whether other stacks stand beside it.
    """

    rows: tuple[Row, ...]
    side: bool = False

    @property
    def left(self) -> float:
        """Where its rows begin, the first of them."""
        return min(row.left for row in self.rows)

    @property
    def right(self) -> float:
        """Where its rows end, the last of them."""
        return max(row.right for row in self.rows)

    @property
    def top(self) -> float:
        """Where its first row begins, across."""
        return self.rows[0].base - _ASCENT * self.rows[0].size

    @property
    def bottom(self) -> float:
        """Where its last row ends, across."""
        return self.rows[-1].base + _DESCENT * self.rows[-1].size


def in_order(rows: Sequence[Row]) -> list[Stack]:
    """Give the stacks of a page in the order in which they are read.

    Args:
        rows: of one page, in the order of the file; those that stand as most do first.
    """
    stacks = _stacks(rows)
    out: list[Stack] = []
    for turn in dict.fromkeys(row.turn for row in rows):
        read = _read([stack for stack in stacks if stack.rows[0].turn == turn], 0)
        out.extend(replace(stack, side=stack.side or turn != rows[0].turn) for stack in read)
    return out


def _stacks(rows: Iterable[Row]) -> list[Stack]:
    stacks: list[list[Row]] = []
    left = right = 0.0
    for row in rows:
        if stacks and row.left < right and left < row.right and _goes_below(stacks[-1][-1], row):
            stacks[-1].append(row)
            left, right = min(left, row.left), max(right, row.right)
        else:
            stacks.append([row])
            left, right = row.left, row.right
    whole = [Stack(tuple(stack)) for stack in stacks]
    if len(whole) > _MOST_STACKS:
        return whole
    return [part for stack in whole for part in _without_spans(stack, whole)]


def _goes_below(last: Row, row: Row) -> bool:
    size = max(last.size, row.size)
    return last.turn == row.turn and _LEVEL * size < row.base - last.base < _NEXT * size


def _without_spans(stack: Stack, others: Iterable[Stack]) -> Iterator[Stack]:
    """Part a stack where it goes over from rows that span a page to a column, and back.

    A title that stands over two columns makes one stack with the first; but what has the
    second beside it may not reach into it.
    """
    beside = [
        (other.left, other.right)
        for other in others
        if other is not stack
        and other.rows[0].turn == stack.rows[0].turn
        and other.left < stack.right
        and stack.left < other.right
        and other.top < stack.bottom
        and stack.top < other.bottom
    ]
    spans = [
        any(left < row.right and row.left < right for left, right in beside) for row in stack.rows
    ]
    start = 0
    for index in range(1, len(spans) + 1):
        if index == len(spans) or spans[index] != spans[start]:
            yield Stack(stack.rows[start:index])
            start = index


def _read(stacks: list[Stack], depth: int) -> Iterator[Stack]:
    if depth > _DEEPEST:
        yield from sorted(stacks, key=lambda stack: (stack.top, stack.left))
        return
    bands = _cut(stacks, lambda stack: stack.top, lambda stack: stack.bottom)
    if len(bands) > 1:
        for band in bands:
            yield from _read(band, depth + 1)
        return
    columns = _cut(stacks, lambda stack: stack.left, lambda stack: stack.right)
    if len(columns) <= 1:
        yield from sorted(stacks, key=lambda stack: (stack.top, stack.left))
    elif all(len(column) == 1 for column in columns):
        yield from _side_by_side([column[0] for column in columns])
    else:
        for column in columns:
            for stack in _read(column, depth + 1):
                yield replace(stack, side=True)


def _cut(
    stacks: list[Stack], first: Callable[[Stack], float], last: Callable[[Stack], float]
) -> list[list[Stack]]:
    """Cut where nothing stands in between."""
    parts: list[list[Stack]] = []
    end = float("-inf")
    for stack in sorted(stacks, key=first):
        if first(stack) < end:
            parts[-1].append(stack)
        else:
            parts.append([stack])
        end = max(end, last(stack))
    return parts


def _side_by_side(stacks: list[Stack]) -> Iterator[Stack]:
    if all(map(_is_column, stacks)):
        for stack in stacks:
            yield replace(stack, side=True)
    elif _is_grid(stacks):
        lines = zip(*(stack.rows for stack in stacks), strict=True)
        yield Stack(tuple(_joined([[row] for row in line]) for line in lines))
    else:
        yield Stack((_joined([stack.rows for stack in stacks]),))


def _is_column(stack: Stack) -> bool:
    return (
        len(stack.rows) >= _COLUMN_ROWS and stack.right - stack.left >= _COLUMN * stack.rows[0].size
    )


def _is_grid(stacks: Sequence[Stack]) -> bool:
    """Whether stacks are columns of a table, set one after the other: on the same base lines.

    So are the lines of cells that were wrapped, but those are full.
    """
    return (
        len({len(stack.rows) for stack in stacks}) == 1
        and not all(map(_is_wrapped, stacks))
        and all(
            abs(one.base - other.base) <= _LEVEL * one.size
            for last, stack in pairwise(stacks)
            for one, other in zip(last.rows, stack.rows, strict=True)
        )
    )


def _is_wrapped(stack: Stack) -> bool:
    size = stack.rows[0].size
    return stack.right - stack.left >= _CELL * size and all(
        row.edge > stack.right - _FULL * size for row in stack.rows[:-1]
    )


def _joined(cells: Sequence[Sequence[Row]]) -> Row:
    """Make one row of the cells of a table's row, each of which may take several lines."""
    rows = [row for cell in cells for row in cell]
    return replace(
        rows[0],
        text="\t".join(_flowing(cell) for cell in cells),
        left=min(row.left for row in rows),
        right=max(row.right for row in rows),
        base=max(row.base for row in rows),
        strong=all(row.strong for row in rows),
        cell=cells[-1][0].left,
    )


def _flowing(rows: Sequence[Row]) -> str:
    pieces = [rows[0].text]
    for last, row in pairwise(rows):
        pieces += joint(last.text, row.text), row.text
    return "".join(pieces)
