"""`baogao suggest`, and what is said of a query that finds nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from search.suggesting.account import Account, Change, Part, Proposal
from search.terminal.accounts import account_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    import search

    from .conftest import Outcome

    Run = Callable[..., Outcome]


def test_suggestions_are_shown_with_their_paragraphs(baogao: Run, samples: search.Index) -> None:
    shown = baogao("suggest", "行政")
    rows = [(f"{one.paragraphs:,}", one.source.value, one.text) for one in samples.suggest("行政")]
    assert len(rows) == 10
    assert [tuple(line.split(maxsplit=2)) for line in shown.output.splitlines()] == rows
    assert shown.status == 0


def test_suggestions_as_data_are_those_of_the_api(baogao: Run, samples: search.Index) -> None:
    expected = [
        {"text": one.text, "source": one.source.value, "paragraphs": one.paragraphs}
        for one in samples.suggest("行政", limit=3)
    ]
    shown = baogao("suggest", "-n", "3", "--format", "json", "行政").output
    assert json.loads(shown) == {"version": 1, "prefix": "行政", "suggestions": expected}
    lines = baogao("suggest", "-n", "3", "--format", "jsonl", "行政").output.splitlines()
    assert [json.loads(line) for line in lines] == expected


def test_no_suggestion_is_told_on_stderr_and_by_the_exit_status(baogao: Run) -> None:
    shown = baogao("suggest", "蘑菇木耳")
    assert (shown.status, shown.output) == (1, "")
    assert shown.errors == "nothing begins with 蘑菇木耳\n"
    empty = baogao("suggest", "--format", "json", "蘑菇木耳")
    assert json.loads(empty.output)["suggestions"] == []


def test_help_names_suggest(baogao: Run) -> None:
    assert re.search(r"^  suggest +[A-Z]", baogao("--help").output, re.MULTILINE)


def test_an_account_says_what_each_part_finds_and_what_to_ask_instead() -> None:
    account = Account(
        "行政复义 年份:1999",
        0,
        (Part("行政复义", 0, 1200), Part("年份:1999", 1200, 0)),
        (
            Proposal("行政复议 年份:1999", Change.SPELLING, 1),
            Proposal("行政复议", Change.LEFT_OUT, 3400),
        ),
    )
    assert list(account_lines(account)) == [
        "  行政复义: 0 by itself, 1,200 without it",
        "  年份:1999: 1,200 by itself, 0 without it",
        "did you mean: 行政复议 年份:1999 (1 paragraph)",
        "with fewer conditions: 行政复议 (3,400 paragraphs)",
    ]


def test_of_a_query_of_one_part_only_proposals_are_told() -> None:
    account = Account("蘑菇", 0, (Part("蘑菇", 0, None),), ())
    assert list(account_lines(account)) == []
