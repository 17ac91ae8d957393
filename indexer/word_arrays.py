"""The words of a dictionary in arrays, read out of its file without a string for each."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from .code_points import code_points

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from .dictionary import Snapshot

_PAGES = 128
"""So many are read at once: more would only take more memory."""

_MOST_DIGITS = 18
"""So many always go into 64 bits."""


class WordArrays(NamedTuple):
    """The words of a dictionary, sorted.

    Attributes:
        lengths: of each word how many characters it has.
        letters: of each the last character, by its number in Unicode.
        frequencies: of each, 0 if words only begin with it.
    """

    lengths: NDArray[np.int32]
    letters: NDArray[np.uint32]
    frequencies: NDArray[np.int64]


def word_arrays(snapshot: Snapshot, longest: int) -> WordArrays:
    """The words of a dictionary that have no more than so many characters.

    Raises:
        ValueError: the dictionary is damaged.
    """
    pages = snapshot.pages()
    parts = []
    while some := list(islice(pages, _PAGES)):
        lengths, letters, frequencies = _read(some)
        is_kept = lengths <= longest
        parts.append((lengths[is_kept], letters[is_kept], frequencies[is_kept]))
    if not parts:
        raise ValueError("damaged: no words")
    return WordArrays(*map(np.concatenate, zip(*parts, strict=True)))


def _read(pages: Sequence[str]) -> WordArrays:
    """Read pages, of `Snapshot.pages`."""
    codes = code_points("".join(pages))
    ends = np.flatnonzero(codes == ord("\n"))
    lengths = np.diff(ends, prepend=-1) - 1
    if lengths.min(initial=1) < 1:
        raise ValueError("damaged: an empty line")
    halves = [page.count("\n") // 2 for page in pages]
    is_word = np.repeat(np.tile([True, False], len(pages)), np.repeat(halves, 2))
    frequencies = _numbers(codes, ends[~is_word], lengths[~is_word])
    return WordArrays(lengths[is_word].astype(np.int32), codes[ends[is_word] - 1], frequencies)


def _numbers(
    codes: NDArray[np.uint32], ends: NDArray[np.int64], lengths: NDArray[np.int64]
) -> NDArray[np.int64]:
    """Read numbers.

    Args:
        codes: characters, among them the digits.
        ends: where each number ends.
        lengths: how many digits each has.

    Raises:
        ValueError: there are other characters in them, or they are too large.
    """
    most = int(lengths.max(initial=0))
    if most > _MOST_DIGITS:
        raise ValueError("damaged: not a number")
    numbers = np.zeros(len(ends), np.int64)
    longer = np.arange(len(ends))
    for place in range(most):
        longer = longer[lengths[longer] > place]
        digits = codes[ends[longer] - 1 - place]
        if digits.min() < ord("0") or digits.max() > ord("9"):
            raise ValueError("damaged: not a number")
        numbers[longer] += (digits.astype(np.int64) - ord("0")) * 10**place
    return numbers
