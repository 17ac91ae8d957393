"""tantivy, by its Python binding, over words that jieba cut."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import tantivy
from tantivy import FieldType, Occur, Query

from ._jieba import tokens, words
from .base import TOP, Engine, Found

if TYPE_CHECKING:
    from pathlib import Path

    from ..material import Material

_YEARS = {"years": {"terms": {"field": "year", "size": 1000}}}


class Adapter(Engine):
    """Tokens with positions; texts stored only; years and dates as fast fields."""

    nearly = ("exact",)

    def build(self, material: Material, directory: Path) -> None:
        schema = (
            tantivy.SchemaBuilder()
            .add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
            .add_text_field("report", stored=True, tokenizer_name="raw", index_option="basic")
            .add_text_field("kind", stored=True, tokenizer_name="raw", index_option="basic")
            .add_unsigned_field("year", stored=True, indexed=True, fast=True)
            .add_date_field("date", stored=True, indexed=True, fast=True)
            .add_text_field("words", tokenizer_name="whitespace")
            .add_bytes_field("text", stored=True)
            .build()
        )
        writer = tantivy.Index(schema, str(directory)).writer()
        for paragraph in material.paragraphs():
            document = tantivy.Document(id=paragraph.id, report=paragraph.report)
            if paragraph.kind:
                document.add_text("kind", paragraph.kind)
            if paragraph.year:
                document.add_unsigned("year", paragraph.year)
            if paragraph.date:
                day = datetime(*paragraph.date.timetuple()[:3], tzinfo=timezone.utc)
                document.add_date("date", day)
            document.add_text("words", " ".join(tokens(paragraph.text)))
            document.add_bytes("text", paragraph.text.encode())
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, directory: Path) -> None:
        index = tantivy.Index.open(str(directory))
        self._schema, self._searcher = index.schema, index.searcher()

    def one(self, word: str) -> Found:
        return self._found(self._all(words(word)))

    def all_of(self, *typed: str) -> Found:
        return self._found(self._all(words(*typed)))

    def any_of(self, *typed: str) -> Found:
        branches = [(Occur.Should, self._all(words(word))) for word in typed]
        return self._found(Query.boolean_query(branches))

    def exact(self, string: str) -> Found:
        cut = tokens(string)
        if len(cut) == 1:
            return self._found(self._term(cut[0]))
        return self._found(Query.phrase_query(self._schema, "words", list(cut)))

    def prefix(self, start: str) -> Found:
        return self._found(Query.regex_query(self._schema, "words", f"{start}.*"))

    def in_years(self, word: str, first: int, last: int) -> Found:
        years = Query.range_query(self._schema, "year", FieldType.Unsigned, first, last)
        both = [(Occur.Must, self._all(words(word))), (Occur.Must, years)]
        return self._found(Query.boolean_query(both))

    def newest(self, word: str) -> Found:
        return self._found(self._all(words(word)), order_by_field="date")

    def by_year(self, word: str) -> Found:
        query = self._all(words(word))
        rows = self._searcher.aggregate(query, _YEARS)["years"]["buckets"]
        found = self._found(query)
        return Found(found.total, found.hits, {int(row["key"]): row["doc_count"] for row in rows})

    def _term(self, word: str) -> Any:
        return Query.term_query(self._schema, "words", word)

    def _all(self, typed: list[str]) -> Any:
        if len(typed) == 1:
            return self._term(typed[0])
        return Query.boolean_query([(Occur.Must, self._term(word)) for word in typed])

    def _found(self, query: Any, **how: Any) -> Found:
        result: Any = self._searcher.search(query, limit=TOP, **how)
        documents = [self._searcher.doc(address) for _, address in result.hits]
        hits: list[Any] = [(found.get_first("id"), found.get_first("text")) for found in documents]
        return Found(result.count, [(name, bytes(text).decode()) for name, text in hits])
