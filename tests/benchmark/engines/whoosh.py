"""Whoosh as it comes, with the analyzer that jieba has for it."""

from __future__ import annotations

import logging
from datetime import datetime
from typing import TYPE_CHECKING, Any

import jieba
from jieba.analyse.analyzer import STOP_WORDS, ChineseAnalyzer
from whoosh import index
from whoosh.fields import DATETIME, ID, NUMERIC, TEXT, Schema
from whoosh.query import And, NumericRange, Or, Phrase, Prefix, Term
from whoosh.sorting import Count, FieldFacet

from .base import TOP, Engine, Found

if TYPE_CHECKING:
    from pathlib import Path

    from ..material import Material

jieba.setLogLevel(logging.WARNING)


class Adapter(Engine):
    """One process, one writer, default storage: what its documentation begins with."""

    nearly = ("exact",)

    def build(self, material: Material, directory: Path) -> None:
        schema = Schema(
            id=ID(stored=True),
            report=ID(stored=True),
            kind=ID(stored=True),
            year=NUMERIC(int, stored=True, sortable=True),
            date=DATETIME(stored=True, sortable=True),
            text=TEXT(stored=True, analyzer=ChineseAnalyzer()),
        )
        writer = index.create_in(directory, schema).writer(limitmb=256)
        for paragraph in material.paragraphs():
            values: dict[str, Any] = {"id": paragraph.id, "report": paragraph.report}
            if paragraph.kind:
                values["kind"] = paragraph.kind
            if paragraph.year:
                values["year"] = paragraph.year
            if paragraph.date:
                values["date"] = datetime(*paragraph.date.timetuple()[:3])  # noqa: DTZ001
            writer.add_document(text=paragraph.text, **values)
        writer.commit()

    def open(self, directory: Path) -> None:
        opened = index.open_dir(directory)
        self._searcher = opened.searcher()
        self._analyzer = opened.schema["text"].analyzer

    def one(self, word: str) -> Found:
        return self._found(self._words(word))

    def all_of(self, *words: str) -> Found:
        return self._found(And(list(map(self._words, words))))

    def any_of(self, *words: str) -> Found:
        return self._found(Or(list(map(self._words, words))))

    def exact(self, string: str) -> Found:
        # The analyzer numbers tokens by characters, and a word of many comes after its
        # parts: a phrase that is typed finds hardly anything. This is the one that does.
        words = [word for word in jieba.cut(string) if word not in STOP_WORDS]
        return self._found(Phrase("text", words, slop=max(map(len, words), default=0) + 1))

    def prefix(self, start: str) -> Found:
        return self._found(Prefix("text", start))

    def in_years(self, word: str, first: int, last: int) -> Found:
        return self._found(And([self._words(word), NumericRange("year", first, last)]))

    def newest(self, word: str) -> Found:
        newest_first = FieldFacet("date", reverse=True)
        return self._found(self._words(word), sortedby=newest_first)

    def by_year(self, word: str) -> Found:
        return self._found(self._words(word), groupedby="year", maptype=Count)

    def _words(self, typed: str) -> Any:
        terms = [Term("text", token.text) for token in self._analyzer(typed, mode="query")]
        return terms[0] if len(terms) == 1 else And(terms)

    def _found(self, query: Any, **how: Any) -> Found:
        results = self._searcher.search(query, limit=TOP, **how)
        years = results.groups() if "groupedby" in how else {}
        return Found(len(results), [(hit["id"], hit["text"]) for hit in results], years)
