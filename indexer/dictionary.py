"""The segmenter's dictionary: jieba's words, the policy terms, and the user's own.

Two forms of one table, word → frequency, both of the shape that jieba reads (every
prefix of a word is in it, with frequency 0):

* a plain dict, made in about a second from the word lists, for indexing;
* a snapshot file kept with the index, sorted and memory-mapped, of which a query
  reads only the few rows it needs. With it the first query needs no second of
  loading, and queries are always cut with the dictionary that the index was built with.

Words are folded like the text they are looked up in, so 卡拉OK is found in a folded text.
"""

from __future__ import annotations

import hashlib
import mmap
import struct
from collections.abc import Iterator, Mapping
from importlib import metadata, resources
from typing import TYPE_CHECKING

from .errors import DictionaryError
from .folding import FOLDING_VERSION, character_tables, fold

if TYPE_CHECKING:
    from pathlib import Path

Frequencies = Mapping[str, int]
"""Word → frequency; prefixes of words are in it with frequency 0."""

_MAGIC = b"BAOGAO-DICT-1\n\x00\x00"
_HEADER = struct.Struct("<16sQI4x")  # magic, total of the frequencies, number of words
_NUMBER = struct.Struct("<I")

_MOST_DIGITS = 9
"""Of a frequency: four bytes hold it."""


def policy_terms() -> bytes:
    """The bundled policy dictionary, in jieba's user dictionary format."""
    return (resources.files(__package__) / "data" / "policy.txt").read_bytes()


def fingerprint(user_terms: bytes) -> str:
    """A short hash of the rules and words by which a text is folded and cut.

    Args:
        user_terms: the user's dictionary file, empty if there is none.

    Returns:
        16 hexadecimal digits; two indexes with the same ones cut every text alike.
    """
    digest = hashlib.sha256()
    jieba_version = metadata.version("jieba").encode()
    for part in (
        b"%d" % FOLDING_VERSION,
        jieba_version,
        character_tables(),
        policy_terms(),
        user_terms,
    ):
        digest.update(b"%d:" % len(part) + part)
    return digest.hexdigest()[:16]


def parse_terms(data: bytes, name: str) -> list[tuple[str, int | None]]:
    """Read a word list: `word [frequency] [tag]` a line, `#` comments, UTF-8.

    Args:
        data: the file.
        name: what to call it in an error.

    Raises:
        DictionaryError: a line that is not of this form, by its number.
    """
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise DictionaryError(
            f"{name}: not UTF-8 at byte {error.start}; save it as UTF-8"
        ) from None
    terms: list[tuple[str, int | None]] = []
    for number, line in enumerate(lines, 1):
        word, *rest = line.split() or ["#"]
        if word.startswith("#"):
            continue
        has_frequency = bool(rest) and rest[0].isdecimal()
        if len(rest) > 1 + has_frequency or (has_frequency and len(rest[0]) > _MOST_DIGITS):
            raise DictionaryError(
                f"{name}, line {number}: {line.strip()[:40]!r} is not `word [frequency] [tag]`, "
                f"the frequency in at most {_MOST_DIGITS} digits"
            )
        if folded := fold(word):
            terms.append((folded, int(rest[0]) if has_frequency else None))
    return terms


def load_frequencies(user_terms: bytes = b"", name: str = "dictionary") -> dict[str, int]:
    """Make the whole table: jieba's dictionary, then the policy terms, then the user's.

    A term without a frequency gets the least one that keeps it whole, as
    `jieba.suggest_freq` works it out.
    """
    from ._jieba import JIEBA_DICTIONARY, Tokenizer

    frequencies: dict[str, int] = {}
    total = 0
    with JIEBA_DICTIONARY.open(encoding="utf-8") as lines:
        for line in lines:
            written, count, _ = line.split(" ")
            word = fold(written)
            frequencies[word] = frequencies.get(word, 0) + int(count)
            total += int(count)
    _add_prefixes(frequencies, list(frequencies))
    tokenizer = Tokenizer(frequencies, total)
    for term, given in (*parse_terms(policy_terms(), "policy.txt"), *parse_terms(user_terms, name)):
        wanted: int = tokenizer.suggest_freq(term) if given is None else given
        tokenizer.total += wanted - frequencies.get(term, 0)
        frequencies[term] = wanted
        _add_prefixes(frequencies, [term])
    return frequencies


def _add_prefixes(frequencies: dict[str, int], words: list[str]) -> None:
    for word in words:
        for end in range(1, len(word)):
            frequencies.setdefault(word[:end], 0)


def write_snapshot(path: Path, frequencies: Frequencies) -> None:
    """Write the table as a file for `Snapshot`: offsets, frequencies, then the sorted words."""
    words = sorted(word.encode() for word, frequency in frequencies.items() if frequency)
    counts = [frequencies[word.decode()] for word in words]
    offsets = [0]
    for word in words:
        offsets.append(offsets[-1] + len(word))
    with path.open("wb") as file:
        file.write(_HEADER.pack(_MAGIC, sum(counts), len(words)))
        file.write(struct.pack(f"<{len(offsets)}I", *offsets))
        file.write(struct.pack(f"<{len(counts)}I", *counts))
        file.write(b"".join(words))


class Snapshot(Mapping[str, int]):
    """A dictionary file as a mapping that reads only the rows it is asked for.

    Prefixes of words are members with frequency 0, as jieba expects; iteration
    gives the words alone.

    Args:
        path: a file of `write_snapshot`.

    Raises:
        ValueError: not such a file, or cut short.
        OSError: it cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            self._data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        size = len(self._data)
        if size < _HEADER.size:
            raise ValueError("cut short")
        magic, self.total, self._count = _HEADER.unpack_from(self._data)

        self._frequencies = _HEADER.size + 4 * (self._count + 1)
        self._words = self._frequencies + 4 * self._count
        if magic != _MAGIC or size < self._words or size != self._words + self._offset(self._count):
            raise ValueError("not a dictionary, or cut short")

    def _offset(self, row: int) -> int:
        return int(_NUMBER.unpack_from(self._data, _HEADER.size + 4 * row)[0])

    def _word(self, row: int) -> bytes:
        return self._data[self._words + self._offset(row) : self._words + self._offset(row + 1)]

    def _row(self, word: bytes) -> int:
        """The first row whose word is not before `word`."""
        low, high = 0, self._count
        while low < high:
            middle = (low + high) // 2
            if self._word(middle) < word:
                low = middle + 1
            else:
                high = middle
        return low

    def __getitem__(self, word: str) -> int:
        key = word.encode("utf-8", "surrogatepass")
        row = self._row(key)
        if row < self._count:
            found = self._word(row)
            if found == key:
                return int(_NUMBER.unpack_from(self._data, self._frequencies + 4 * row)[0])
            if found.startswith(key):
                return 0
        raise KeyError(word)

    def __iter__(self) -> Iterator[str]:
        return (self._word(row).decode() for row in range(self._count))

    def __len__(self) -> int:
        return int(self._count)
