"""Where the clauses of texts begin, by the places of the signs between them.

A clause ends with a sentence, and with ； ， or ：. In 1,234.5 and 12:30 they end none: what
is between two digits belongs to a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .storage.postings import Postings

_ENDS = "。!?;,:"
_WITHIN_NUMBERS = ",:"
"""As they are folded."""
_DIGITS = "0123456789"


def clause_starts(postings: Postings) -> NDArray[np.uint32]:
    """Where each clause begins, with every text and behind every sign; maybe a place twice.

    Args:
        postings: of the grams of texts.
    """
    ends = np.sort(np.concatenate([_beginning(postings, sign, sign) for sign in _ENDS]))
    within = [_within_numbers(postings, sign) for sign in _WITHIN_NUMBERS]
    ends = np.delete(ends, np.searchsorted(ends, np.concatenate(within)))
    starts = np.concatenate([ends + np.uint32(1), postings.cell_starts.astype(np.uint32)])
    starts.sort(kind="stable")  # two runs that rise
    return starts


def _within_numbers(postings: Postings, sign: str) -> NDArray[np.uint32]:
    """Where a sign stands between two digits."""
    numbers = (postings.find(f"{digit}{sign}".encode()) for digit in _DIGITS)
    behind = [postings.slots(number) + np.uint32(1) for number in numbers if number is not None]
    before = _beginning(postings, sign + _DIGITS[0], sign + _DIGITS[-1])
    return np.intersect1d(np.concatenate([np.zeros(0, np.uint32), *behind]), before)


def _beginning(postings: Postings, first: str, last: str) -> NDArray[np.uint32]:
    """Where the terms stand from those that begin with `first` to those with `last`."""
    begin, _ = postings.beginning(first.encode())
    _, end = postings.beginning(last.encode())
    slots, _ = postings.slots_between(begin, end)
    return slots
