"""The pages on the query language: every example in them does what they say of it."""

from __future__ import annotations

import json
import os
import shlex
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import pytest

import search
from search import QueryError, Sort, allowance, result_sets
from search.equivalents import MAX_FORMS
from search.patterns import MOST_WORDS
from search.proximity import MOST_PAIRS
from search.query import parser
from search.query.fields import FIELDS
from search.query.filters import MAX_FILTERS
from search.terminal.language import translated
from search.words import MAX_WIDENED

from .pages import Table, code_in, commands, tables, text_blocks

_DOCS = Path(__file__).parents[2] / "docs"
PAGES = {
    language: (_DOCS / f"query-language.{language}.md").read_text("utf-8")
    for language in ("en", "zh")
}

_NOTHING = "—"
_MORE = "…"


@dataclass(frozen=True)
class Example:
    """A query of a page, and what the page says of it, as it is written there.

    Attributes:
        query: the query.
        option: of the command; empty for none.
        expected: what follows: hits and marked strings, or place and problem, or a date.
    """

    query: str
    option: str
    expected: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.query} {self.option}".strip()


COLUMNS = {
    "en": {
        ("query", "finds paragraphs with", "hits", "marked"): "found",
        ("query", "finds", "hits", "marked"): "found",
        ("query", "finds also", "hits", "marked"): "found",
        ("query", "is the same as", "hits", "marked"): "same",
        ("query", "option", "does", "hits", "marked"): "optional",
        ("query", "option", "order", "first hit is of"): "ordered",
        ("query", "place", "says"): "refused",
        ("question", "the first hit says"): "answered",
        ("limit", "at most"): "limits",
    },
    "zh": {
        ("检索式", "找什么样的段落", "段落", "标出"): "found",
        ("检索式", "找什么", "段落", "标出"): "found",
        ("检索式", "还找", "段落", "标出"): "found",
        ("检索式", "等于", "段落", "标出"): "same",
        ("检索式", "选项", "作用", "段落", "标出"): "optional",
        ("检索式", "选项", "次序", "第一段的日期"): "ordered",
        ("检索式", "位置", "说明"): "refused",
        ("问句", "第一段写着"): "answered",
        ("上限", "最多"): "limits",
    },
}
"""What the tables of a page are about, by the names of their columns."""


def about(subject: str, language: str) -> list[tuple[str, ...]]:
    """The rows of all tables of a page that are about something."""
    found = tables(PAGES[language])
    return [row for table in found if _subject(table, language) == subject for row in table.rows]


def _subject(table: Table, language: str) -> str:
    return COLUMNS[language][table.columns]


_EXPECTED = {"found": -2, "same": -2, "optional": -2, "ordered": -1}
"""Of a row, where begins what is expected."""


def examples(language: str, *subjects: str) -> list[Example]:
    """The examples of a page."""
    found: list[Example] = []
    for subject in subjects:
        for query, second, *others in about(subject, language):
            option = second.strip("`") if subject in {"optional", "ordered"} else ""
            expected = (second, *others) if subject == "refused" else others[_EXPECTED[subject] :]
            found.append(Example(_query(query), option, tuple(expected)))
    return found


def _query(cell: str) -> str:
    (query,) = code_in(cell)
    return query


def baogao(samples_directory: Path, language: str, *arguments: str) -> str:
    """What the command prints."""
    ended = subprocess.run(
        [Path(sys.executable).with_name("baogao"), *arguments],
        capture_output=True,
        check=False,
        env={**os.environ, "BAOGAO_INDEX": str(samples_directory), "LANGUAGE": language},
        timeout=120,
    )
    assert ended.returncode < 2, ended.stderr.decode()
    return ended.stdout.decode()


@pytest.fixture(scope="session")
def synonyms(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of synonyms that the page has."""
    (block,) = text_blocks(PAGES["en"])
    path = tmp_path_factory.mktemp("synonyms") / "own.txt"
    path.write_text(block, "utf-8")
    return path


Ask = Callable[[Example], dict[str, Any]]


@pytest.fixture(scope="session")
def ask(samples_directory: Path, synonyms: Path) -> Ask:
    """Ask what an example with an option asks; gives the whole answer, as the command does."""

    def answer(example: Example) -> dict[str, Any]:
        options = shlex.split(example.option.replace("FILE", str(synonyms)))
        shown = ("--format", "json", "--limit", "100000")
        record = json.loads(
            baogao(samples_directory, "en", "search", *options, *shown, "--", example.query)
        )
        assert isinstance(record, dict)
        return record

    return answer


@pytest.mark.parametrize("language", PAGES)
def test_every_table_is_one_that_is_tested(language: str) -> None:
    assert {table.columns for table in tables(PAGES[language])} == set(COLUMNS[language])


def check(example: Example, total: int, marked: set[str]) -> None:
    hits, shown = example.expected
    assert f"{total:,}" == hits
    if shown.endswith(_MORE):
        assert marked > set(code_in(shown))
    else:
        assert marked == set(code_in(shown))
        assert (shown == _NOTHING) == (not marked)


@pytest.mark.parametrize("example", examples("en", "found", "same"), ids=str)
def test_an_example_finds_and_marks_what_the_page_says(
    samples: search.Index, example: Example
) -> None:
    results = samples.search(example.query, limit=None)
    marked = {hit.text[start:end] for hit in results for start, end in hit.highlights}
    check(example, results.total, marked)


@pytest.mark.parametrize("example", examples("en", "optional"), ids=str)
def test_an_option_does_what_the_page_says(ask: Ask, example: Example) -> None:
    record = ask(example)
    marked = {hit["text"][start:end] for hit in record["hits"] for start, end in hit["highlights"]}
    check(example, record["total"], marked)


@pytest.mark.parametrize("row", about("same", "en"), ids=lambda row: str(row[0]))
def test_a_query_in_full_width_finds_what_it_is_said_to_be_the_same_as(
    samples: search.Index, row: tuple[str, ...]
) -> None:
    full, half = (samples.search(_query(cell), limit=None) for cell in row[:2])
    assert full.hits == half.hits


@pytest.mark.parametrize("row", about("answered", "en"), ids=lambda row: str(row[0]))
def test_a_question_is_answered_by_the_first_hit(
    samples: search.Index, row: tuple[str, ...]
) -> None:
    question, answer = map(_query, row)
    assert answer in samples.search(question).hits[0].text
    assert samples.explain(question).relaxed


def test_every_order_has_an_example() -> None:
    orders = [example.option for example in examples("en", "ordered")]
    assert orders == [f"--sort {order}" for order in get_args(Sort)]


@pytest.mark.parametrize("example", examples("en", "ordered"), ids=str)
def test_an_order_begins_with_the_hit_that_the_page_says(ask: Ask, example: Example) -> None:
    assert (ask(example)["hits"][0]["report"]["date"],) == example.expected


@pytest.mark.parametrize(
    ("language", "example"),
    [(language, example) for language in PAGES for example in examples(language, "refused")],
    ids=str,
)
def test_a_mistake_is_refused_at_the_place_and_with_the_words_of_the_page(
    samples: search.Index,
    monkeypatch: pytest.MonkeyPatch,
    language: str,
    example: Example,
) -> None:
    monkeypatch.setenv("LANGUAGE", language)
    place, told = example.expected
    with pytest.raises(QueryError) as caught:
        samples.search(example.query)
    error = caught.value
    assert [error.query[error.start : error.end]] == (code_in(place) or [""])
    problem = translated(error.problem)
    if told.endswith(_MORE):
        assert problem.startswith(told.rstrip(f" {_MORE}"))
    else:
        assert problem == told


@pytest.mark.parametrize(
    ("language", "command", "output"),
    [(language, *shown) for language, page in PAGES.items() for shown in commands(page)],
)
def test_a_command_prints_what_the_page_shows(
    samples_directory: Path, language: str, command: str, output: str
) -> None:
    name, *arguments = shlex.split(command)
    assert name == "baogao"
    assert baogao(samples_directory, language, *arguments) == output


def test_both_pages_show_the_same_commands() -> None:
    english, chinese = ([command for command, _ in commands(page)] for page in PAGES.values())
    assert english == chinese


@pytest.mark.parametrize("subject", ["found", "same", "optional", "ordered"])
def test_both_pages_have_the_same_examples_in_the_same_order(subject: str) -> None:
    assert examples("en", subject) == examples("zh", subject)


def test_both_pages_have_the_same_questions_with_the_same_answers() -> None:
    assert about("answered", "en") == about("answered", "zh")


def test_both_pages_have_the_same_mistakes_in_the_same_order() -> None:
    english, chinese = (
        [(example.query, example.expected[0]) for example in examples(language, "refused")]
        for language in ("en", "zh")
    )
    assert english == chinese


def test_both_pages_have_the_same_synonyms() -> None:
    english, chinese = (
        [line for line in text_blocks(page)[0].splitlines() if not line.startswith("#")]
        for page in PAGES.values()
    )
    assert english == chinese


@pytest.mark.parametrize("language", PAGES)
def test_the_limits_are_those_of_the_program(language: str) -> None:
    known = [
        parser.MAX_LENGTH, parser.MAX_LITERAL, parser.MAX_LEAVES, parser.MAX_DEPTH, MAX_FILTERS,
        parser.MAX_DISTANCE, parser.MAX_PATTERN, parser.MAX_EXPRESSION, MOST_WORDS, MOST_PAIRS,
        allowance.MAX_FORMS, allowance.MAX_SECONDS, result_sets.MOST, MAX_FORMS, MAX_WIDENED,
    ]  # fmt: skip
    assert [most for _, most in about("limits", language)] == [f"{int(limit):,}" for limit in known]


@pytest.mark.parametrize("language", PAGES)
@pytest.mark.parametrize("names", FIELDS.values(), ids=lambda names: str(names[0]))
def test_every_field_is_on_the_page_with_all_its_names(
    language: str, names: tuple[str, ...]
) -> None:
    shown = {code.partition(":")[0] for code in code_in(PAGES[language])}
    assert shown >= set(names)
