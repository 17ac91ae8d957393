"""What a query says of a quantity next to a word: 增长>6%, 投资>=100亿元, 下降:3%..5%."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from corpus.messages import Message
from indexer import fold
from indexer.quantities import is_number, read_quantity, read_range
from indexer.units import KINDS

from .syntax import Measured, Words
from .values import BadValueError

if TYPE_CHECKING:
    from indexer import Span
    from indexer.quantities import Quantity

_COMPARISON = re.compile(
    r"(?P<word>[^<>=≤≥≦≧⩽⩾]*)(?P<sign>[<>]=?|=[<>=]?|[≤≥≦≧⩽⩾])(?P<value>.*)", re.DOTALL
)
_RANGE = re.compile(r"(?P<word>[^:]+):(?P<low>[^:]*?)\.{2,}(?P<high>[^:]*)", re.DOTALL)

_SIGNS = {
    **dict.fromkeys((">",), (1, None)),
    **dict.fromkeys((">=", "=>", "≥", "≧", "⩾"), (-1, None)),
    **dict.fromkeys(("<",), (None, -1)),
    **dict.fromkeys(("<=", "=<", "≤", "≦", "⩽"), (None, 1)),
    **dict.fromkeys(("=", "=="), (-1, 1)),
}
"""By a sign what a value is above and below: the number with a little more or less, as the
same number need not be quite the same by another scale."""

_LITTLE = 1e-9
_LEAST = 1e-30
"""How much of the number is a little, and how much by 0."""

_PATTERN_SIGNS = frozenset("*?~")
_EXAMPLES = Message("write 增长>6% or 下降:3%..5%; to search for the sign itself put it in quotes")
_WITHOUT_UNIT = Message(
    "a number needs a unit that is known, such as %, 亿元 or 万人: {examples}", examples=_EXAMPLES
)


def is_comparison(text: str) -> bool:
    """Whether a chunk of a query compares a quantity, if it can be read or not: not C>B.

    A sign alone does, as in 增长 > 6%, which cannot be read.
    """
    match = _COMPARISON.fullmatch(fold(text))
    if match is None:
        return False
    return _is_value(match["value"]) or not (match["word"] or match["value"])


def is_range(text: str) -> bool:
    """Whether a chunk of a query is a word and a range of quantities, the same way."""
    match = _RANGE.fullmatch(fold(text))
    return match is not None and (_is_value(match["low"]) or _is_value(match["high"]))


def _is_value(text: str) -> bool:
    begins_so = text.lstrip("-−")[:1].isdecimal()
    return begins_so or is_number(text) or read_quantity(text) is not None


def read_measured(text: str, place: Span) -> Measured:
    """Read what `is_comparison` or `is_range` takes for a condition on quantities.

    Args:
        text: the chunk.
        place: where it stands in the query.

    Raises:
        BadValueError: saying what can be written.
    """
    folded = fold(text)
    compared = _COMPARISON.fullmatch(folded)
    match = compared or _RANGE.fullmatch(folded)
    assert match is not None
    word = match["word"]
    if not word or not _PATTERN_SIGNS.isdisjoint(word):
        raise BadValueError(
            Message(
                "a word stands before the sign, without a space: {examples}", examples=_EXAMPLES
            )
        )
    if compared:
        more, less = _SIGNS[compared["sign"]]
        low = high = _quantity(compared["value"])
    else:
        more, less = -1 if match["low"] else None, 1 if match["high"] else None
        low, high = _ends(match["low"], match["high"])
    if low.kind != high.kind:
        raise BadValueError(
            Message(
                "{one} and {other} cannot be compared", one=KINDS[low.kind], other=KINDS[high.kind]
            )
        )
    if low.value > high.value:
        raise BadValueError(Message("the range runs backwards"))
    return Measured(
        Words(word, place=place),
        KINDS[low.kind],
        -math.inf if more is None else low.value + more * _little(low.value),
        math.inf if less is None else high.value + less * _little(high.value),
        place,
    )


def _ends(low: str, high: str) -> tuple[Quantity, Quantity]:
    """The ends of a range; of one that is open both are the one that there is."""
    if not (low and high):
        only = _quantity(low or high)
        return only, only
    both = read_range(low, high)
    if both is None:
        raise BadValueError(_WITHOUT_UNIT)
    return both


def _quantity(text: str) -> Quantity:
    found = read_quantity(text)
    if found is None:
        raise BadValueError(_WITHOUT_UNIT)
    return found


def _little(value: float) -> float:
    return abs(value) * _LITTLE or _LEAST
