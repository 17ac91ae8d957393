"""SQLite's FTS5 over words that jieba cut, joined by spaces."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from ._jieba import tokens, words
from .base import TOP, Engine, Found

if TYPE_CHECKING:
    from pathlib import Path

    from ..material import Material

_SCHEMA = """
CREATE TABLE paragraphs (
    number INTEGER PRIMARY KEY, id TEXT, report TEXT, year INTEGER, date TEXT, kind TEXT, text TEXT
);
CREATE VIRTUAL TABLE words USING fts5(tokens, content='');
"""

_MATCHES = "FROM words JOIN paragraphs ON number = words.rowid WHERE words MATCH ?"


class Adapter(Engine):
    """The tokens in a contentless FTS5 table, everything else in a table beside it."""

    nearly = ("exact",)

    def build(self, material: Material, directory: Path) -> None:
        database = self._connect(directory)
        database.executescript(_SCHEMA)
        for number, paragraph in enumerate(material.paragraphs(), 1):
            date = paragraph.date and paragraph.date.isoformat()
            database.execute(
                "INSERT INTO paragraphs VALUES (?, ?, ?, ?, ?, ?, ?)",
                (number, *paragraph[:3], date, paragraph.kind, paragraph.text),
            )
            database.execute(
                "INSERT INTO words (rowid, tokens) VALUES (?, ?)",
                (number, " ".join(tokens(paragraph.text))),
            )
        database.commit()
        database.close()

    def open(self, directory: Path) -> None:
        self._database = self._connect(directory)

    def one(self, word: str) -> Found:
        return self._found(_all(words(word)))

    def all_of(self, *typed: str) -> Found:
        return self._found(_all(words(*typed)))

    def any_of(self, *typed: str) -> Found:
        return self._found(" OR ".join(f"({_all(words(word))})" for word in typed))

    def exact(self, string: str) -> Found:
        return self._found(_quoted(" ".join(tokens(string))))

    def prefix(self, start: str) -> Found:
        return self._found(f"{_quoted(start)} *")

    def in_years(self, word: str, first: int, last: int) -> Found:
        return self._found(_all(words(word)), "AND year BETWEEN ? AND ?", (first, last))

    def newest(self, word: str) -> Found:
        return self._found(_all(words(word)), order="date DESC")

    def by_year(self, word: str) -> Found:
        match = _all(words(word))
        years = self._database.execute(
            f"SELECT year, count(*) {_MATCHES} AND year NOT NULL GROUP BY year", (match,)
        )
        found = self._found(match)
        return Found(found.total, found.hits, dict(years))

    def _found(
        self, match: str, where: str = "", values: tuple[int, ...] = (), order: str = "rank"
    ) -> Found:
        hits = self._database.execute(
            f"SELECT id, text {_MATCHES} {where} ORDER BY {order} LIMIT {TOP}", (match, *values)
        )
        # Without a condition on reports there is no need to look at them.
        matches = _MATCHES if where else "FROM words WHERE words MATCH ?"
        count = self._database.execute(f"SELECT count(*) {matches} {where}", (match, *values))
        return Found(count.fetchone()[0], hits.fetchall())

    @staticmethod
    def _connect(directory: Path) -> sqlite3.Connection:
        return sqlite3.connect(directory / "index.sqlite")


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def _all(typed: list[str]) -> str:
    return " AND ".join(map(_quoted, typed))
