"""baogao by its public API: the whole search, from the query language to the highlights."""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer import build_index
from search import Results, open_index, quote

from .base import TOP, Engine, Found

if TYPE_CHECKING:
    from pathlib import Path

    from ..material import Material


class Adapter(Engine):
    """Files in, hits out. The query language has no prefixes, and results no counts by year."""

    def build(self, material: Material, directory: Path) -> None:
        build_index(directory, [material.folder])

    def open(self, directory: Path) -> None:
        self._index = open_index(directory)

    def one(self, word: str) -> Found:
        return _found(self._index.search(word, limit=TOP))

    def all_of(self, *words: str) -> Found:
        return _found(self._index.search(" ".join(words), limit=TOP))

    def any_of(self, *words: str) -> Found:
        return _found(self._index.search(" OR ".join(words), limit=TOP))

    def exact(self, string: str) -> Found:
        return _found(self._index.search(quote(string), limit=TOP))

    def in_years(self, word: str, first: int, last: int) -> Found:
        return _found(self._index.search(f"年份:{first}..{last} {word}", limit=TOP))

    def newest(self, word: str) -> Found:
        return _found(self._index.search(word, limit=TOP, sort="newest"))


def _found(results: Results) -> Found:
    return Found(results.total, [(hit.address, hit.text) for hit in results])
