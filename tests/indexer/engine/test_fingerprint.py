"""Schemas that write documents differently are told apart, in every process alike."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from whoosh import analysis, columns, fields

from indexer.engine import open_array_index
from indexer.engine.fingerprint import fingerprint
from indexer.errors import IndexOutdated

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Remembering(analysis.Tokenizer):  # type: ignore[misc]  # Whoosh has no types
    """Remembers what it did, and holds something that knows more the longer it is used."""

    def __init__(self, expression: str) -> None:
        self.expression = re.compile(expression)
        self.dictionary = type("Dictionary", (), {})()
        self._seen: list[str] = []

    def __call__(self, value: str, **options: Any) -> Iterator[analysis.Token]:
        self._seen.append(value)
        self.dictionary.seen = value
        return iter(analysis.RegexTokenizer(self.expression)(value, **options))


_WORDS = analysis.RegexTokenizer()
DIFFERENT = {
    "type": (fields.NUMERIC(int), fields.NUMERIC(float)),
    "bits": (fields.NUMERIC(int, 32), fields.NUMERIC(int, 64)),
    "signed": (fields.NUMERIC(signed=True), fields.NUMERIC(signed=False)),
    "places": (fields.NUMERIC(decimal_places=1), fields.NUMERIC(decimal_places=2)),
    "stored": (fields.ID(), fields.ID(stored=True)),
    "sortable": (fields.ID(), fields.ID(sortable=True)),
    "column": (
        fields.COLUMN(columns.NumericColumn("i")),
        fields.COLUMN(columns.NumericColumn("i", default=1)),
    ),
    "format": (fields.TEXT(stored=True), fields.TEXT(stored=True, phrase=False)),
    "boost": (fields.ID(), fields.ID(field_boost=2.0)),
    "sizes": (fields.NGRAM(minsize=1), fields.NGRAM(minsize=2)),
    "parts": (
        fields.TEXT(_WORDS, stored=True),
        fields.TEXT(_WORDS | analysis.LowercaseFilter(), stored=True),
    ),
    "expression": (
        fields.TEXT(analysis.RegexTokenizer("a"), stored=True),
        fields.TEXT(analysis.RegexTokenizer("b"), stored=True),
    ),
    "flags": (
        fields.TEXT(analysis.RegexTokenizer(re.compile("a")), stored=True),
        fields.TEXT(analysis.RegexTokenizer(re.compile("a", re.IGNORECASE)), stored=True),
    ),
    "function": (
        fields.TEXT(_WORDS | analysis.StemFilter(str.lower), stored=True),
        fields.TEXT(_WORDS | analysis.StemFilter(str.upper), stored=True),
    ),
    "own": (
        fields.TEXT(Remembering("a"), stored=True),
        fields.TEXT(Remembering("b"), stored=True),
    ),
}


@pytest.mark.parametrize("what", DIFFERENT)
def test_schemas_that_write_differently_are_refused(tmp_path: Path, what: str) -> None:
    """Else the index would open, and find nothing."""
    one, other = (fields.Schema(field=field) for field in DIFFERENT[what])
    open_array_index(tmp_path / "index", one).writer().commit()
    assert open_array_index(tmp_path / "index", one).is_empty()
    with pytest.raises(IndexOutdated, match="another schema"):
        open_array_index(tmp_path / "index", other)


def test_fields_whose_names_are_patterns_count_too() -> None:
    """They are no less written than the others."""
    one, other = fields.Schema(), fields.Schema()
    one.add("n_*", fields.NUMERIC(int), glob=True)
    other.add("n_*", fields.NUMERIC(float), glob=True)
    assert fingerprint(one) != fingerprint(other)


def test_what_only_queries_ask_of_a_schema_may_change() -> None:
    """Documents are written just the same."""
    one = fields.Schema(id=fields.ID(), text=fields.TEXT(stored=True))
    other = fields.Schema(
        id=fields.ID(unique=True), text=fields.TEXT(stored=True, multitoken_query="or")
    )
    assert fingerprint(one) == fingerprint(other)


def test_an_analyzer_may_remember_what_it_was_used_for() -> None:
    """Its fingerprint is the same before and after."""
    schema = fields.Schema(text=fields.TEXT(Remembering(r"\w"), stored=True))
    before = fingerprint(schema)
    list(schema["text"].index("alfa"))
    assert fingerprint(schema) == before


_PROGRAM = """
import re
from whoosh import analysis, fields
from indexer.engine.fingerprint import fingerprint
analyzer = analysis.StemmingAnalyzer(stoplist={"alfa", "bravo", "charlie", "delta"})
folding = analysis.CharsetFilter({1: "a", 2: "b"})
words = analysis.RegexTokenizer(re.compile("a", re.IGNORECASE))
print(fingerprint(fields.Schema(
    text=fields.TEXT(analyzer | folding, stored=True),
    day=fields.DATETIME(sortable=True),
    rank=fields.NUMERIC(float, sortable=True),
    words=fields.TEXT(words, phrase=False),
)))
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_fingerprints_are_the_same_in_every_process(seed: str) -> None:
    """Whatever the order of its sets and wherever it has its objects, in every Python."""
    told = subprocess.run(
        [sys.executable, "-c", _PROGRAM],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "schema-2e965147247782e9"
