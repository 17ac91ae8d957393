"""Segmentation for indexing: many texts at once, in arrays.

The words are those that `Segmenter` cuts, one text after the other. Here the different
blocks of all texts stand one behind the other, and each rule is applied to all places of
them at once: what may be words (`trie`), which paths are best (`routes`), which words have
shorter ones within them. Only what a path leaves in single characters is gone through by
itself, and the few blocks for which arrays are no gain.
"""

from __future__ import annotations

from itertools import accumulate, chain, compress
from math import inf, log
from typing import TYPE_CHECKING, Any

import numpy as np

from .code_points import code_points
from .markov import CACHEABLE, recognize
from .routes import best_lengths, path
from .segmenter import IndexWords, Segmenter, blocks_of, is_word
from .trie import LONGEST, Trie

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from numpy.typing import NDArray

    from .dictionary import Snapshot

_BATCH = 1 << 15
"""So many characters are cut at once, or little more, so that arrays fit into the caches."""

_END = "\n"
"""What stands behind each block; no word has one."""


class BatchSegmenter(Segmenter):
    """A segmenter that cuts many texts in a fraction of the time, and takes longer to make.

    To cut one text takes it as long as a segmenter over a dictionary file.

    Args:
        snapshot: the dictionary, with all that its words begin with.

    Raises:
        ValueError: it is damaged, or has no words.
    """

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__(snapshot, snapshot.total)
        self._trie = Trie(snapshot)
        self._unknown = -log(snapshot.total)

    def index_texts(self, folded: Sequence[str]) -> IndexWords:
        """Cut texts as `index_words` does each of them, all at once."""
        found = [blocks_of(text) for text in folded]
        numbers: dict[str, int] = {}
        occurring = [
            numbers.setdefault(block, len(numbers)) for block in chain.from_iterable(found)
        ]
        words: dict[str, int] = {}
        tokens, counts = [np.zeros(0, np.uint32)], [np.zeros(0, np.int64)]
        for blocks in _batches(numbers):
            cut = _Batch(blocks, self._trie, self._unknown, self._cut).index_words()
            known = [words.setdefault(word, len(words)) for word in cut.words]
            tokens.append(np.array(known, np.uint32)[cut.tokens])
            counts.append(cut.counts)
        chosen, begins = _rows(np.concatenate(counts), np.array(occurring, np.int64))
        texts = begins[_begins(np.fromiter(map(len, found), np.int64))]
        return IndexWords(tuple(words), np.concatenate(tokens)[chosen], np.diff(texts))


def _batches(blocks: Iterable[str]) -> Iterator[list[str]]:
    """Blocks in their order, so many at a time as are cut at once."""
    batch: list[str] = []
    size = 0
    for block in blocks:
        batch.append(block)
        size += len(block)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _begins(counts: NDArray[Any]) -> NDArray[np.int64]:
    """Where each of some rows begins that follow one another, and the last ends."""
    return np.concatenate([[0], np.cumsum(counts, dtype=np.int64)])


def _rows(
    counts: NDArray[Any], chosen: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places in some rows, one row after the other, and where each of those begins.

    Args:
        counts: how many places each row has.
        chosen: the rows, in any order and any of them more than once.
    """
    begins = _begins(counts[chosen])
    shifts = _begins(counts)[chosen] - begins[:-1]
    return np.arange(begins[-1]) + np.repeat(shifts, counts[chosen]), begins


class _Batch:
    """Blocks that are cut at once.

    Args:
        blocks: some, each once.
        trie: the dictionary.
        unknown: the weight of a character that is not in it.
        cut: cuts a single block.
    """

    def __init__(
        self, blocks: list[str], trie: Trie, unknown: float, cut: Callable[[str], Iterable[str]]
    ) -> None:
        self._blocks = blocks
        self._text = _END.join([*blocks, ""])
        self._lengths = np.fromiter(map(len, blocks), np.int64)
        self._ends = np.cumsum(self._lengths + 1) - 1
        self._nodes = trie.nodes(code_points(self._text))
        self._weights = trie.weights.take(self._nodes)
        self._beyond = len(trie.weights)
        self._unknown = unknown
        self._cut = cut

    def index_words(self) -> IndexWords:
        """Cut each block in jieba's search mode, as `Segmenter.index_words` does."""
        starts, sizes = self._pieces(self._words())
        keys = self._keys(starts, sizes)
        places = np.arange(len(keys))
        firsts = np.empty(keys.max(initial=0) + 1, np.int64)
        firsts[keys[::-1]] = places[::-1]  # of what comes again the last that is put there stays
        firsts = firsts[keys]
        is_first = firsts == places
        words = self._strings(starts[is_first], sizes[is_first])
        is_said = np.fromiter(map(is_word, words), np.bool_)
        tokens = (np.cumsum(is_first) - 1)[firsts]
        is_kept = is_said[tokens]
        blocks = np.searchsorted(self._ends, starts[is_kept])
        return IndexWords(
            tuple(compress(words, is_said.tolist())),
            (np.cumsum(is_said) - 1)[tokens[is_kept]],
            np.bincount(blocks, minlength=len(self._blocks)),
        )

    def _words(self) -> NDArray[np.int64]:
        """Where the words begin, in their order; what stands behind a block is taken for one."""
        is_alone = self._is_alone()
        lengths = best_lengths(
            self._weights[:LONGEST],
            self._unknown,
            self._ends[~is_alone],
            self._lengths[~is_alone],
        )
        is_done = np.zeros(len(lengths), np.bool_)
        is_done[self._ends] = True
        for number in np.flatnonzero(is_alone).tolist():
            place = int(self._ends[number] - self._lengths[number])
            is_done[place : self._ends[number]] = True
            for word in self._cut(self._blocks[number]):
                lengths[place] = len(word)
                place += len(word)
        return self._with_recognized(path(lengths, self._ends - self._lengths), is_done)

    def _is_alone(self) -> NDArray[np.bool_]:
        """Which blocks are cut one by one: where one is long, or a word in it may be."""
        is_alone = self._lengths > CACHEABLE
        if len(self._nodes) > LONGEST:
            is_alone[np.searchsorted(self._ends, np.flatnonzero(self._nodes[LONGEST]))] = True
        return is_alone

    def _with_recognized(
        self, is_begun: NDArray[np.bool_], is_done: NDArray[np.bool_]
    ) -> NDArray[np.int64]:
        """Join those single characters that the model takes for words.

        Args:
            is_begun: of each place whether a word of a path begins there.
            is_done: of each place whether it is no part of a path, as what stands behind a block.
        """
        is_single = is_begun & ~is_done
        is_single[:-1] &= is_begun[1:]
        edges = np.flatnonzero(np.diff(is_single, prepend=False, append=False))
        starts, sizes = edges[::2], np.diff(edges)[::2]
        is_asked = (sizes > 1) & (_row_of(self._weights, starts, sizes, -inf) == -inf)
        starts, sizes = starts[is_asked], sizes[is_asked]
        words: list[int] = []
        for start, run in zip(starts.tolist(), self._strings(starts, sizes), strict=True):
            is_begun[start : start + len(run)] = False
            words += accumulate(map(len, recognize(run)), initial=start)
        is_begun[words] = True
        return np.flatnonzero(is_begun)

    def _pieces(self, begins: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The words, and before each those of two and of three characters within it.

        Args:
            begins: where each word begins, and where a block ends.

        Returns:
            Where each begins, and how many characters it has.
        """
        wholes = np.diff(begins, append=len(self._text))
        owners = np.repeat(np.arange(len(begins)), wholes)
        rooms = wholes[owners]
        is_text = np.ones(len(owners), np.bool_)
        is_text[self._ends] = False
        starts = [begins[is_text[begins]]]
        sizes = [rooms[starts[0]]]
        for size in range(min(3, len(self._nodes)), 1, -1):
            is_word = self._weights[size - 1] > -inf
            places = np.flatnonzero(is_word & (rooms > size))
            places = places[owners[places] == owners[places + size - 1]]
            starts.insert(0, places)
            sizes.insert(0, np.full(len(places), size))
        found = np.concatenate(starts)
        order = np.argsort(owners[found], kind="stable")
        return found[order], np.concatenate(sizes)[order]

    def _keys(self, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
        """Numbers for pieces of the text, the same for those that are the same.

        They are the nodes, and those beyond the last node for what has none.
        """
        keys = _row_of(self._nodes, starts, sizes, 0).astype(np.int64)
        others: dict[str, int] = {}
        is_other = keys == 0
        keys[is_other] = [
            others.setdefault(piece, self._beyond + len(others))
            for piece in self._strings(starts[is_other], sizes[is_other])
        ]
        return keys

    def _strings(self, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> list[str]:
        """Pieces of the text as strings."""
        text = self._text
        places = zip(starts.tolist(), (starts + sizes).tolist(), strict=True)
        return [text[start:end] for start, end in places]


def _row_of(
    rows: NDArray[Any], starts: NDArray[np.int64], sizes: NDArray[np.int64], none: float
) -> NDArray[Any]:
    """What rows say of some pieces of a text.

    Args:
        rows: in row `n` what there is to say of the `n + 1` characters from each place on.
        starts: where the pieces begin.
        sizes: their characters.
        none: of a piece longer than any row goes.
    """
    known: NDArray[Any] = rows[np.minimum(sizes, len(rows)) - 1, starts]
    known[sizes > len(rows)] = none
    return known
