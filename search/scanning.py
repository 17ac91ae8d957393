"""Where a regular expression matches: in texts that are read, but only those that may hold it.

What has to stand in a match is looked for in the index first, the rarest first, as long as
that takes less than reading what is left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from indexer import Zone, find_string, fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from indexer import ParagraphSegment, Postings

    from .query.expressions import Expression
    from .query.required import Strings

    Numbers = NDArray[np.int64]

_WORTH_READING = 1_000
"""Bytes of postings that are decoded in the time in which one paragraph is read."""

_COST_OF_STRING = 300
"""Bytes that are decoded in the time in which a string is looked up that stands nowhere."""


def scan(
    segment: ParagraphSegment, expression: Expression, go_on: Callable[[int], None]
) -> tuple[Numbers, Numbers]:
    """Find the matches of an expression; one that is empty is none.

    Args:
        segment: where to look.
        expression: what for.
        go_on: called before each paragraph and each match, with how many steps that takes
            at the worst; raises to end it.

    Returns:
        Their starts, rising, and their ends, as slots.
    """
    starts, ends = [], []
    size = expression.program.programsize
    for paragraph in _candidates(segment, expression).tolist():
        first = int(segment.paragraph_starts[paragraph])
        text = fold(segment.text(paragraph))
        go_on(size * len(text))
        for match in expression.program.finditer(text):
            go_on(0)
            start, end = match.span()
            if end > start:
                starts.append(first + start)
                ends.append(first + end)
    return np.array(starts, np.int64), np.array(ends, np.int64)


def _candidates(segment: ParagraphSegment, expression: Expression) -> Numbers:
    """The paragraphs that hold what has to stand in a match, rising."""
    postings = segment.postings(Zone.TEXT.grams)
    left = segment.living.copy()
    costs = {strings: _cost(postings, strings) for strings in expression.required}
    for strings in sorted(costs, key=costs.__getitem__):
        if costs[strings] > _WORTH_READING * np.count_nonzero(left):
            break
        there = np.zeros(len(left), bool)
        for string in strings:
            there[postings.cells(find_string(postings, string))] = True
        left &= there
    return np.flatnonzero(left)


def _cost(postings: Postings, strings: Strings) -> int:
    """Bytes of postings that are decoded in the time in which some strings are found."""
    cost = _COST_OF_STRING * len(strings)
    for string in strings:
        grams = [string[at : at + 2].encode("utf-8", "surrogatepass") for at in range(len(string))]
        if len(grams) == 1:
            cost += postings.size(*postings.beginning(grams[0]))
            continue
        numbers = [postings.find(gram) for gram in grams[:-1]]
        cost += sum(postings.size(number, number + 1) for number in numbers if number is not None)
    return cost
