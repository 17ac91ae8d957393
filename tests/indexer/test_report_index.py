"""A report index answers Whoosh's queries."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from whoosh.highlight import UppercaseFormatter
from whoosh.query import And, Every, Not, Or, Phrase, Prefix, Term, TermRange
from whoosh.searching import Searcher
from whoosh.sorting import Count

import search
from indexer import Zone, fold, open_report_index
from indexer.report_index import Contiguous
from indexer.schema import placed_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whoosh.query import Query

    from indexer.engine import ArraySearcher


@pytest.fixture(scope="module")
def searcher(samples_directory: Path) -> Iterator[ArraySearcher]:
    with open_report_index(samples_directory).searcher() as opened:
        yield opened


@pytest.fixture(scope="module")
def passages(samples_directory: Path) -> list[search.Passage]:
    with search.open_index(samples_directory) as index:
        return [passage for report in index.reports() for passage in index.paragraphs(report.id)]


def addresses(searcher: Searcher, query: Query) -> set[str]:
    found = searcher.search(query, limit=None)
    return {f"{hit['report']}:{hit['ordinal']}" for hit in found}


def test_every_paragraph_is_a_document_with_its_text_and_heading_path(
    searcher: ArraySearcher, passages: list[search.Passage]
) -> None:
    stored = {
        (hit["report"], hit["ordinal"]): (hit["text"], tuple(hit["path"]))
        for hit in searcher.search(Every(), limit=None)
    }
    assert stored == {
        (passage.report.id, passage.paragraph): (passage.text, passage.heading)
        for passage in passages
    }


@pytest.mark.parametrize("string", ["行政复议", "改革", "，", "2020", "一是", "没有这样的话"])
def test_a_contiguous_string_is_found_wherever_it_stands(
    searcher: ArraySearcher, passages: list[search.Passage], string: str
) -> None:
    expected = {passage.address for passage in passages if fold(string) in fold(passage.text)}
    query = Contiguous(Zone.TEXT, string)
    assert addresses(searcher, query) == expected
    plain = Searcher(searcher.reader())
    assert addresses(plain, Or([query, Term("text", "没有")])) >= expected


def test_what_a_report_has_is_searched_sorted_and_counted_by(
    searcher: ArraySearcher, passages: list[search.Passage]
) -> None:
    in_years = And([Contiguous(Zone.TEXT, "改革"), TermRange("year", "2018", "2020")])
    expected = {
        passage.address
        for passage in passages
        if "改革" in fold(passage.text) and 2018 <= (passage.report.year or 0) <= 2020
    }
    assert expected
    assert addresses(searcher, in_years) == expected
    assert addresses(searcher, And([in_years, Not(Term("year", "2019"))])) < expected
    found = searcher.search(in_years, limit=None, sortedby="date", groupedby="year", maptype=Count)
    dates = {passage.report.id: passage.report.date for passage in passages}
    shown = [dates[hit["report"]] for hit in found]
    assert shown == sorted(shown, key=lambda day: (day is not None, day))
    assert sum(found.groups().values()) == len(expected)


def test_words_are_terms_and_neighbours_are_phrases(
    searcher: ArraySearcher, passages: list[search.Passage]
) -> None:
    assert addresses(searcher, Prefix("text", "行政")) >= addresses(searcher, Term("text", "行政"))
    found = addresses(searcher, Phrase("text", ["行政", "复议"]))
    assert found
    assert found <= {passage.address for passage in passages if "行政复议" in passage.text}


def test_whoosh_marks_the_terms_in_the_published_text(searcher: ArraySearcher) -> None:
    found = searcher.search(Term("text", "gdp"), limit=1) or searcher.search(
        Term("text", "改革"), limit=1
    )
    found.formatter = UppercaseFormatter()
    assert found[0].highlights("text")


def test_every_word_is_placed_where_it_stands(
    samples_directory: Path, passages: list[search.Passage]
) -> None:
    from indexer import open_snapshot

    segmenter = open_snapshot(samples_directory).segmenter
    for passage in passages:
        folded = fold(passage.text)
        placed = list(placed_words(folded, segmenter))
        assert [word for word, _ in placed] == segmenter.index_words(folded)
        assert all(folded.startswith(word, place) for word, place in placed)
