"""baogao by its public API: the whole search, from the query language to the highlights."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from indexer import build_index
from search import Results, open_index, quote

from .base import TOP, Engine, Found

if TYPE_CHECKING:
    from pathlib import Path

    from ..material import Material


class Adapter(Engine):
    """Files in, hits out."""

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

    def prefix(self, start: str) -> Found:
        return _found(self._index.search(f"{start}*", limit=TOP))

    def by_year(self, word: str) -> Found:
        found = _found(self._index.search(word, limit=TOP))
        years = self._index.facets(word, ["year"])["year"].values
        return replace(found, years={int(year.value or 0): year.paragraphs for year in years})

    def in_sentence(self, left: str, right: str) -> Found:
        return _found(self._index.search(f"{left} /句 {right}", limit=TOP))

    def in_order(self, left: str, right: str) -> Found:
        return _found(self._index.search(f"{left} >10 {right}", limit=TOP))

    def numbered(self, number: str) -> Found:
        return _found(self._index.search(f"文号:{number}", limit=TOP))

    def measured(self, word: str, unit: str) -> Found:
        return _found(self._index.search(f"{word}>=1{unit}", limit=TOP))

    def fuzzy(self, string: str) -> Found:
        return _found(self._index.search(f"{string}~", limit=TOP))

    def asked(self, question: str) -> Found:
        return _found(self._index.search(question, limit=TOP))


def _found(results: Results) -> Found:
    return Found(results.total, [(hit.address, hit.text) for hit in results])
