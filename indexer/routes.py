"""The most probable paths through the words of many blocks, all at once.

`jieba.Tokenizer.calc` goes through a block from its end, and the score of a character is
the best of weight and later score over all words that begin there. Here it is one step
for all blocks: they stand side by side, the longest first, their ends in one line, so
those that are not through are always the first. What is added is the same in the same
order, so what is equal in jieba is equal here.
"""

from __future__ import annotations

from itertools import pairwise
from math import inf
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def best_lengths(
    weights: NDArray[np.float64],
    unknown: float,
    ends: NDArray[Any],
    lengths: NDArray[Any],
) -> NDArray[np.int64]:
    """Of every character the length of the word by which its best path begins.

    Args:
        weights: in row `n` of each character of a text the weight of the `n + 1` characters
            from there on; -inf if they are no word.
        unknown: the weight of a character at which no word begins.
        ends: where in the text each block ends.
        lengths: of each block how many characters it has; more than none.

    Returns:
        For every character of the text; 1 if it is in no block. The longer word if two are
        equal.
    """
    places, begins = _steps(ends, lengths)
    most = len(weights)
    sums = weights.take(places, axis=1)
    sums[0, sums.max(axis=0) == -inf] = unknown
    # Below the ends are rows that no word reaches, so that none has to be left out.
    scores = np.zeros((len(begins) - 1 + most, len(lengths)))
    for row, (begin, end) in zip(range(len(begins) - 2, -1, -1), pairwise(begins), strict=True):
        at_step = sums[:, begin:end]
        at_step += scores[row + 1 : row + 1 + most, : end - begin]
        np.maximum.reduce(at_step, axis=0, out=scores[row, : end - begin])
    best = sums.max(axis=0)
    chosen = np.ones(len(places), np.int64)
    for row in range(1, most):  # of those that are equal the longest is put there last
        chosen[sums[row] == best] = row + 1
    found = np.ones(weights.shape[1], np.int64)
    found[places] = chosen
    return found


def path(lengths: NDArray[np.int64], starts: NDArray[Any]) -> NDArray[np.bool_]:
    """Of every place of a text whether a word begins there.

    Args:
        lengths: of every place the length of the word that begins there if one does.
        starts: where words begin for sure, from the first place on.
    """
    last = len(lengths) - 1
    ahead = np.minimum(np.arange(last + 1) + lengths, last)
    is_begun = np.zeros(last + 1, np.bool_)
    is_begun[starts] = True
    # Each time twice as many words are passed, until it is more than are between two starts.
    for _ in range(int(np.diff(starts, append=last + 1).max()).bit_length()):
        is_begun[ahead.compress(is_begun)] = True
        ahead = ahead.take(ahead)
    return is_begun


def _steps(ends: NDArray[Any], lengths: NDArray[Any]) -> tuple[NDArray[Any], list[int]]:
    """The places of all characters in the order of the steps, and where each step begins.

    In each step is one character of every block that is long enough, the longest first.
    """
    order = np.argsort(-lengths, kind="stable")
    longest = int(lengths.max(initial=0))
    counts = len(lengths) - np.cumsum(np.bincount(lengths, minlength=1))[:longest]
    begins = np.concatenate([[0], np.cumsum(counts)])
    ranks = np.arange(begins[-1]) - np.repeat(begins[:-1], counts)
    return ends[order[ranks]] - np.repeat(np.arange(1, longest + 1), counts), begins.tolist()
