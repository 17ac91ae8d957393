"""baogao's engine under Whoosh: query trees of Whoosh's over the index that baogao built."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from whoosh.query import And, Or, Prefix, Term, TermRange
from whoosh.sorting import Count, FieldFacet

from indexer import Zone, fold, open_report_index
from indexer.report_index import Contiguous

from .base import TOP, Engine, Found

if TYPE_CHECKING:
    from pathlib import Path

    from ..material import Material

_FIELD = Zone.TEXT.value


class Adapter(Engine):
    """Searches the text alone, as the other engines do."""

    def build(self, material: Material, directory: Path) -> None:
        """Nothing: the index is baogao's."""

    def open(self, directory: Path) -> None:
        opened = open_report_index(directory)
        self._searcher = opened.searcher()
        self._analyzer = opened.schema[_FIELD].analyzer

    def one(self, word: str) -> Found:
        return self._found(self._words(word))

    def all_of(self, *words: str) -> Found:
        return self._found(And(list(map(self._words, words))))

    def any_of(self, *words: str) -> Found:
        return self._found(Or(list(map(self._words, words))))

    def exact(self, string: str) -> Found:
        return self._found(Contiguous(Zone.TEXT, string))

    def prefix(self, start: str) -> Found:
        return self._found(Prefix(_FIELD, fold(start)))

    def in_years(self, word: str, first: int, last: int) -> Found:
        years = TermRange("year", str(first), str(last))
        return self._found(self._words(word), filter=years)

    def newest(self, word: str) -> Found:
        return self._found(self._words(word), sortedby=FieldFacet("date", reverse=True))

    def by_year(self, word: str) -> Found:
        return self._found(self._words(word), groupedby="year", maptype=Count)

    def _words(self, typed: str) -> Any:
        terms = [Term(_FIELD, token.text) for token in self._analyzer(typed)]
        return terms[0] if len(terms) == 1 else And(terms)

    def _found(self, query: Any, **how: Any) -> Found:
        results = self._searcher.search(query, limit=TOP, **how)
        years = results.groups() if "groupedby" in how else {}
        hits = [(f"{hit['report']}:{hit['ordinal']}", hit["text"]) for hit in results]
        return Found(
            len(results), hits, {int(year): count for year, count in years.items() if year}
        )
