"""What one query may cost: strings, in all ways of writing, and time; and where it is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import search
from search import QueryError, allowance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Build

NUMBERS = [f"国发〔2017〕{number}号" for number in range(1, 60)]
"""Document numbers, each of which is looked for in more than fifty ways."""


@pytest.fixture(scope="module")
def index(build: Build) -> Iterator[search.Index]:
    with search.open_index(build({"a.md": "# 通知\n\n按国发〔2017〕7号办理。\n"})) as opened:
        yield opened


@pytest.mark.parametrize("joined", [" OR ", " ", " /段 "])
def test_more_strings_than_a_query_may_look_for_are_refused_at_the_word_that_is_too_much(
    index: search.Index, joined: str
) -> None:
    query = joined.join(NUMBERS)
    index.search(joined.join(NUMBERS[:40]))
    with pytest.raises(QueryError, match="more than 3,000 strings") as caught:
        index.search(query)
    assert query[caught.value.start : caught.value.end] in NUMBERS[40:]
    assert index.search(query, expand=False).total in {0, 1}


def test_characters_that_may_be_astray_are_looked_for_in_so_many_strings_too(
    index: search.Index,
) -> None:
    query = " ".join(f"{'营商环境' * 9}{number:02}~" for number in range(25))
    with pytest.raises(QueryError, match="more than 3,000 strings") as caught:
        index.search(query)
    assert query[caught.value.start : caught.value.end] == f"{'营商环境' * 9}19~"


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ("办理 通知", "办理"),
        ('"办理" 通知', '"办理"'),
        ("(办理 /段 通知)", "办理"),
        ("年份:2017 通知", "通知"),
        ("-re:/办./ 通知", "re:/办./"),
        ("办理~", "办理~"),
        ("办*", "办*"),
        ("增长>6%", "增长>6%"),
    ],
)
def test_a_query_ends_when_its_time_is_over_at_what_it_was_about_to_look_for(
    index: search.Index, monkeypatch: pytest.MonkeyPatch, query: str, place: str
) -> None:
    monkeypatch.setattr(allowance, "MAX_SECONDS", -1.0)
    with pytest.raises(QueryError, match="more than -1 seconds") as caught:
        index.search(query)
    assert query[caught.value.start : caught.value.end] == place


def test_a_text_that_an_expression_could_take_too_long_over_is_not_begun(build: Build) -> None:
    with (
        search.open_index(build({"a.md": "# 通知\n\n" + "办理" * 100_000})) as opened,
        pytest.raises(QueryError, match="seconds") as caught,
    ):
        opened.search("re:/.{0,900}办通?/ 办理")
    assert (caught.value.start, caught.value.end) == (0, 16)
