"""A dictionary as a trie in arrays: the words at all places of a text, looked up at once.

A node is a word or the beginning of one. Sorted words are the nodes of their trie in
preorder, so a node is the place of its word, counted from 1; 0 is the root, and no word.
From a node and a letter to the next node leads a hash table. It takes 18 MB for half a
million nodes, and a quarter of a second to make.
"""

from __future__ import annotations

from itertools import pairwise
from math import inf, log
from typing import TYPE_CHECKING, Any

import numpy as np

from .word_arrays import word_arrays

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .dictionary import Snapshot

LONGEST = 16
"""The characters of the longest word that is looked up; jieba has none that is longer."""

_LETTER_BITS = 21
"""So many has the largest character of Unicode."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
"""2 ** 64 by the golden ratio."""

_SPARSE = 4
"""So many slots has the hash table for a node, at least: a second is seldom looked at."""


class Trie:
    """The words of a dictionary, and what they begin with.

    Words longer than `LONGEST` are not in it, only what they begin with to one character
    more: it can be told where one may stand, but not which.

    Attributes:
        weights: of each node the logarithm of its probability; -inf if it is no word.

    Args:
        snapshot: the dictionary, with all that its words begin with.

    Raises:
        ValueError: it is damaged.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        lengths, letters, frequencies = word_arrays(snapshot, LONGEST + 1)
        self.weights = np.concatenate([[-inf], _weights(frequencies, snapshot.total)])
        parents = _parents(lengths)
        self._keys = _keys(parents, np.concatenate([[0], letters]).astype(np.uint32))
        self._is_inner = np.zeros(len(parents), np.bool_)
        self._is_inner[parents] = True
        self._is_inner[0] = False  # nothing leads on from what is no word
        first = np.flatnonzero(lengths == 1)
        self._first = np.zeros(int(letters.max(initial=0)) + 2, np.uint32)
        self._first[letters[first]] = first + 1
        bits = (_SPARSE * len(parents) - 1).bit_length()
        self._table = np.zeros(1 << bits, np.uint32)
        self._shift = np.uint64(64 - bits)
        self._fill()

    def nodes(self, codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Look up all words of a text.

        Args:
            codes: its characters. The last is in no word.

        Returns:
            In row `n` of each place the node of the `n + 1` characters from there on, 0 if
            there is none. There are as many rows as the longest that was found has characters.
        """
        found = self._first.take(codes, mode="clip")
        rows = [found]
        places = np.arange(len(codes))
        # Only what leads on is looked at any further: with each row these are fewer.
        while len(go_on := np.flatnonzero(self._is_inner.take(found))):
            places, found = places.take(go_on), found.take(go_on)
            found = self._children(_keys(found, codes.take(places + len(rows))))
            row = np.zeros(len(codes), np.uint32)
            row[places] = found
            rows.append(row)
        return np.stack(rows)

    def _children(self, keys: NDArray[np.uint64]) -> NDArray[np.uint32]:
        """The nodes with some keys, 0 where there is none."""
        slots = self._slots(keys)
        nodes = self._table.take(slots)
        places = others = self._others(nodes, keys)
        while len(others):
            keys, slots = keys.take(others), self._following(slots.take(others))
            nodes[places] = found = self._table.take(slots)
            others = self._others(found, keys)
            places = places.take(others)
        return nodes

    def _others(self, nodes: NDArray[np.uint32], keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """The places where a slot is taken by a node with another key."""
        is_other = self._keys.take(nodes) != keys
        is_other &= nodes != 0
        return np.flatnonzero(is_other)

    def _fill(self) -> None:
        """Fill the hash table: what finds a slot taken has the next that is free."""
        waiting = np.arange(1, len(self._keys), dtype=np.uint32)
        slots = self._slots(self._keys[1:])
        while len(waiting):
            is_free = self._table[slots] == 0
            self._table[slots[is_free]] = waiting[is_free]
            is_left = self._table[slots] != waiting
            waiting, slots = waiting[is_left], self._following(slots[is_left])

    def _slots(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Where in the table to begin to look: the first bits of a product (Fibonacci hashing)."""
        mixed = keys * _MULTIPLIER
        mixed >>= self._shift
        slots: NDArray[np.int64] = mixed.view(np.int64)
        return slots

    def _following(self, slots: NDArray[np.int64]) -> NDArray[np.int64]:
        following: NDArray[np.int64] = slots + 1
        following &= len(self._table) - 1
        return following


def _keys(parents: NDArray[np.uint32], letters: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """What tells nodes apart: the one before the last letter, and that letter."""
    keys = parents.astype(np.uint64)
    keys <<= np.uint64(_LETTER_BITS)
    keys |= letters
    return keys


def _weights(frequencies: NDArray[Any], total: int) -> NDArray[np.float64]:
    """The weights of words, as `markov.weighing` gives them."""
    different, places = np.unique(frequencies, return_inverse=True)
    log_total = log(total)
    # NumPy's logarithm may differ from that of `math`, which jieba takes, in the last bit.
    known = [log(count) - log_total if count else -inf for count in different.tolist()]
    return np.array(known)[places]


def _parents(lengths: NDArray[Any]) -> NDArray[np.uint32]:
    """Of each node the one before its last letter: the last one before it that is shorter by one.

    Args:
        lengths: of all nodes but the root.
    """
    depths = np.concatenate([[0], lengths])
    parents = np.zeros(len(depths), np.uint32)
    levels = [np.flatnonzero(depths == depth) for depth in range(int(depths.max()) + 1)]
    for above, level in pairwise(levels):
        parents[level] = above[np.searchsorted(above, level) - 1]
    return parents
