"""The segmenter's dictionary: jieba's words, the policy terms, and the user's own.

Three forms of one table, word → frequency, all of the shape that jieba reads (every
prefix of a word is in it, with frequency 0):

* a plain dict, to make one, and to cut many texts one by one;
* a snapshot kept with the index, sorted and packed in pages, of which a query unpacks
  only the few that it needs. With it the first query needs no second of loading, and
  queries are always cut with the dictionary that the index was built with;
* arrays, for indexing (`word_arrays`, `trie`), which are made of a snapshot.

To make it from the word lists takes over a second, so what comes of them without the
user's words is bundled, as a snapshot named by the fingerprint of what it was made from.

Words are folded like the text they are looked up in, so 卡拉OK is found in a folded text.
"""

from __future__ import annotations

import mmap
import struct
import zlib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from math import log
from pathlib import Path

from corpus.messages import Message

from . import _jieba
from .errors import DictionaryError
from .folding import FOLDING_VERSION, character_tables, fold
from .markov import cut_without_model, weighing

Frequencies = Mapping[str, int]
"""Word → frequency; prefixes of words are in it with frequency 0."""

ReadRange = Callable[[int, int], bytes]
"""The bytes of a file from an offset on, as many as are asked for."""

_MAGIC = b"BAOGAO-DICT-2\n\x00\x00"
_HEADER = struct.Struct("<16sQQII")
"""Magic, size of the file, total of the frequencies, number of words, size of the directory."""

_PAGE_WORDS = 128
_MOST_PAGE_BYTES = 1 << 24
"""Of a page unpacked: what is damaged must not fill the memory."""

_MOST_DIGITS = 9
"""Of a frequency: four bytes hold it."""


def policy_terms() -> bytes:
    """The bundled policy dictionary, in jieba's user dictionary format."""
    return Path(__file__).with_name("data").joinpath("policy.txt").read_bytes()


def fingerprint(user_terms: bytes) -> str:
    """A short hash of the rules and words by which a text is folded and cut.

    Args:
        user_terms: the user's dictionary file, empty if there is none.

    Returns:
        8 hexadecimal digits; two indexes with the same ones cut every text alike.
    """
    checksum = 0
    for part in (
        b"%d" % FOLDING_VERSION,
        _jieba.version().encode(),
        character_tables(),
        policy_terms(),
        user_terms,
    ):
        checksum = zlib.crc32(b"%d:" % len(part) + part, checksum)
    return f"{checksum:08x}"


def read_terms(path: Path) -> bytes:
    """The user's words, as they are in a file of jieba's format.

    Raises:
        DictionaryError: it cannot be read, or a line is not of this form.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DictionaryError(
            Message("{path}: {reason}", path=path, reason=error.strerror)
        ) from error
    parse_terms(data, str(path))
    return data


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
            Message(
                "{name}: not UTF-8 at byte {start}; save it as UTF-8", name=name, start=error.start
            )
        ) from None
    terms: list[tuple[str, int | None]] = []
    for number, line in enumerate(lines, 1):
        word, *rest = line.split() or ["#"]
        if word.startswith("#"):
            continue
        has_frequency = bool(rest) and rest[0].isdecimal()
        if len(rest) > 1 + has_frequency or (has_frequency and len(rest[0]) > _MOST_DIGITS):
            raise DictionaryError(
                Message(
                    "{name}, line {number}: {line!r} is not `word [frequency] [tag]`, the "
                    "frequency in at most {most} digits",
                    name=name,
                    number=number,
                    line=line.strip()[:40],
                    most=_MOST_DIGITS,
                )
            )
        if folded := fold(word):
            terms.append((folded, int(rest[0]) if has_frequency else None))
    return terms


def bundled_path() -> Path:
    """Where the table without a user's words is bundled, if it was made for these rules."""
    return Path(__file__).with_name("data") / f"dictionary-{fingerprint(b'')}.bin"


def bundled_snapshot() -> bytes | None:
    """The table without a user's words as `snapshot_bytes` gives it; None if it has to be made."""
    path = bundled_path()
    return path.read_bytes() if path.exists() else None


def make_frequencies() -> dict[str, int]:
    """Make the table without a user's words: jieba's dictionary, then the policy terms."""
    frequencies: dict[str, int] = {}
    # Folded in one go, which is the same: each character is folded by itself.
    for line in fold(_jieba.word_list()).splitlines():
        word, count, _ = line.rsplit(" ", 2)
        frequencies[word] = frequencies.get(word, 0) + int(count)
    add_prefixes(frequencies, frequencies)
    _add_terms(frequencies, parse_terms(policy_terms(), "policy.txt"))
    return frequencies


def load_frequencies(user_terms: bytes = b"", name: str = "dictionary") -> dict[str, int]:
    """The whole table, with the user's words.

    A term without a frequency gets the least one that keeps it whole, as
    `jieba.suggest_freq` works it out.

    Args:
        user_terms: the user's dictionary file, empty if there is none.
        name: what to call it in an error.

    Raises:
        DictionaryError: a line of it that is no entry, by its number.
    """
    bundled = bundled_snapshot()
    frequencies = make_frequencies() if bundled is None else Snapshot.of(bundled).frequencies()
    _add_terms(frequencies, parse_terms(user_terms, name))
    return frequencies


def _add_terms(frequencies: dict[str, int], terms: Iterable[tuple[str, int | None]]) -> None:
    total = sum(frequencies.values())
    for term, given in terms:
        wanted = _least_frequency(frequencies, total, term) if given is None else given
        total += wanted - frequencies.get(term, 0)
        frequencies[term] = wanted
        add_prefixes(frequencies, [term])


def add_prefixes(frequencies: dict[str, int], words: Iterable[str]) -> None:
    """Add what is missing of the words' prefixes, the longest first."""
    while words:
        words = {word[:-1] for word in words if word[:-1] not in frequencies} - {""}
        frequencies.update(dict.fromkeys(words, 0))


def _least_frequency(frequencies: Frequencies, total: int, term: str) -> int:
    """The least frequency with which a term is not cut, as `jieba.Tokenizer.suggest_freq`."""
    probability = 1.0
    for word in cut_without_model(weighing(frequencies, total), -log(total), term):
        probability *= frequencies.get(word, 1) / total
    return max(int(probability * total) + 1, frequencies.get(term, 1))


def snapshot_bytes(frequencies: Frequencies) -> bytes:
    """The table as the contents of a file for `Snapshot`.

    A header, a directory that gives for the first word of each page its offset, and the
    pages. Directory and pages are packed alike, see `_pack`.

    Raises:
        ValueError: a word is too long, holds a line break, or is no Unicode text.
    """
    words = sorted(frequencies)
    pages: list[bytes] = []
    directory: dict[str, int] = {}
    size = 0
    for start in range(0, len(words), _PAGE_WORDS):
        page = words[start : start + _PAGE_WORDS]
        directory[page[0]] = size
        pages.append(_pack({word: frequencies[word] for word in page}))
        size += len(pages[-1])
    packed = _pack(directory)
    size += _HEADER.size + len(packed)
    total = sum(frequencies.values())
    header = _HEADER.pack(_MAGIC, size, total, len(words), len(packed))
    return b"".join((header, packed, *pages))


def write_snapshot(path: Path, frequencies: Frequencies) -> None:
    """Write the table as a file, see `snapshot_bytes`."""
    path.write_bytes(snapshot_bytes(frequencies))


def _pack(table: Mapping[str, int]) -> bytes:
    """A table as compressed lines: its words, then its numbers."""
    data = "".join(f"{line}\n" for line in (*table, *table.values())).encode()
    if data.count(b"\n") != 2 * len(table) or len(data) > _MOST_PAGE_BYTES:
        raise ValueError("a word is too long or holds a line break")
    return zlib.compress(data)


def _unpack(data: bytes) -> str:
    """The lines of `_pack`: an even number, each with its end."""
    decompressor = zlib.decompressobj()
    try:
        lines = decompressor.decompress(data, _MOST_PAGE_BYTES)
    except zlib.error as error:
        raise ValueError(f"damaged: {error}") from error
    if not decompressor.eof or lines[-1:] not in (b"", b"\n") or lines.count(b"\n") % 2:
        raise ValueError("damaged: not a page")
    return lines.decode()


def _halves(page: str) -> tuple[list[str], list[str]]:
    """The words of a page, and the digits of their numbers."""
    lines = page.split("\n")
    half = len(lines) // 2
    return lines[:half], lines[half:-1]


class Snapshot(Mapping[str, int]):
    """A table of `snapshot_bytes` as a mapping that unpacks only the pages it is asked for.

    Attributes:
        total: the sum of the frequencies.

    Args:
        size: the number of bytes there are.
        read: gives them.

    Raises:
        ValueError: not such a file, or cut short. So does every later access raise that
            meets with damage.
    """

    def __init__(self, size: int, read: ReadRange) -> None:
        self._size = size
        self._source = read
        header = self._read(0, _HEADER.size)
        magic, written, self.total, self._count, self._directory_size = _HEADER.unpack(header)
        if magic != _MAGIC or written != size:
            raise ValueError("not a dictionary, or cut short")
        # Never dropped: all of them take no more than the plain dict.
        self._pages: dict[int, tuple[list[str], list[str]]] = {}

    @classmethod
    def open(cls, path: Path) -> Snapshot:
        """Map a file of `write_snapshot`.

        Raises:
            ValueError: not such a file, or cut short.
            OSError: it cannot be opened.
        """
        with path.open("rb") as file:
            return cls.of(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))

    @classmethod
    def of(cls, data: bytes | mmap.mmap) -> Snapshot:
        """Over bytes in memory, or a file that is mapped.

        Raises:
            ValueError: they are not those of `snapshot_bytes`, or cut short.
        """
        return cls(len(data), lambda offset, length: data[offset : offset + length])

    def frequencies(self) -> dict[str, int]:
        """The whole table as a dict, in a fraction of the time that `load_frequencies` takes."""
        table: dict[str, int] = {}
        for page in self.pages():
            words, digits = _halves(page)
            table.update(zip(words, map(int, digits), strict=True))
        return table

    def pages(self) -> Iterator[str]:
        """The whole table: of each page its words, then their frequencies, each on a line.

        Raises:
            ValueError: damaged; a page has as many words as numbers, but whether those are any
                is not looked at.
        """
        return map(self._page, range(len(self._directory[0])))

    def _read(self, offset: int, length: int) -> bytes:
        """All data comes through here."""
        data = self._source(offset, length) if 0 <= offset <= self._size - length else b""
        if len(data) != length:
            raise ValueError("not a dictionary, or cut short")
        return data

    @cached_property
    def _directory(self) -> tuple[list[str], list[int]]:
        """The first word of each page, and where each begins, and the last ends."""
        firsts, offsets = _halves(_unpack(self._read(_HEADER.size, self._directory_size)))
        base = _HEADER.size + self._directory_size
        return firsts, [*(base + int(offset) for offset in offsets), self._size]

    def _page(self, number: int) -> str:
        _, offsets = self._directory
        start, end = offsets[number : number + 2]
        return _unpack(self._read(start, end - start))

    def __getitem__(self, word: str) -> int:
        number = bisect_right(self._directory[0], word) - 1
        if number < 0:
            raise KeyError(word)
        page = self._pages.get(number)
        if page is None:
            # No dict: of most pages few words are asked for, and to make one takes longer.
            page = self._pages[number] = _halves(self._page(number))
        words, digits = page
        place = bisect_left(words, word)
        if place == len(words) or words[place] != word:
            raise KeyError(word)
        return int(digits[place])

    def __iter__(self) -> Iterator[str]:
        return iter(self.frequencies())

    def __len__(self) -> int:
        return int(self._count)
