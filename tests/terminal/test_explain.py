"""`baogao search --explain`, and what is said as data of a query that finds nothing."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

from search.contributions import Merit
from search.equivalents import Kind
from search.explaining.explanation import (
    Clause,
    ClauseKind,
    ExplainedHit,
    Explanation,
    OtherForm,
    Share,
    Term,
)
from search.terminal.explaining import explanation_lines, score_lines
from search.terminal.render import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    import search

    from .conftest import Outcome

    Run = Callable[..., Outcome]
    Show = Callable[..., str]

ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\].*?(?:\x1b\\|\x07)")


def words(*texts: str, field: str = "", paragraphs: int = 10) -> Clause:
    terms = tuple(Term(text, (), "", paragraphs) for text in texts)
    return Clause(ClauseKind.WORDS, "".join(texts), field, paragraphs, terms)


HALF = tuple(OtherForm(text, 0.5) for text in ("简政放权", "放管结合", "优化服务"))
EXPLANATION = Explanation(
    query="农村教育 放管服 /句 改革 -标题:通知 年份:2015..",
    understood=Clause(
        ClauseKind.ALL, "", "", 3,
        parts=(
            words("农村", "教育"),
            Clause(
                ClauseKind.NEAR, ">10", "", 4,
                parts=(
                    Clause(ClauseKind.WORDS, "放管服", "", 19,
                           (Term("放管服", (OtherForm("简政", 1.0), *HALF), "synonym", 22),)),
                    Clause(ClauseKind.FUZZY, "该革~", "", 1, (Term("该革~", (), "", 1),)),
                ),
            ),
            Clause(ClauseKind.NONE, "", "", 932, parts=(words("通知", field="title"),)),
            Clause(ClauseKind.CONDITION, "2015..", "year", 1953),
        ),
    ),
    relaxed=False,
    total=3,
    paragraphs=11_240,
    hits=(
        ExplainedHit(
            1, "abc:1", 12.5,
            (
                Share(Merit.RUN, "农村教育", 7.0, 1, 0, 0, 7, 0.0),
                Share(Merit.WORD, "农村", 3.25, 2, 1, 1, 1956, 3.5),
                Share(Merit.PAIR, "农村", 1.25, 2, 0, 0, 60, 3.4),
                Share(Merit.PAIR, "村教", 1.0, 1, 0, 0, 7, 4.4),
            ),
        ),
    ),
)  # fmt: skip

IN_80 = """\
understood as:
  all of:
    农村教育 · 10 paragraphs, each of:
      农村 · 10 paragraphs
      教育 · 10 paragraphs
    at most 10 characters apart, in this order:
      放管服 · 19 paragraphs
        or 简政 (means the same)
        or 简政放权, 放管结合, 优化服务 (means the same; counts 0.5)
      该革~, one character other · 1 paragraph
    not:
      title: 通知 · 10 paragraphs
    year: 2015.. · 1,953 paragraphs
  score 12.500:
    7.000  农村教育 as it was typed · 1× in the text
    3.250  农村 · 2× in the text · 1× in the headings · 1× in the title · in
         1,956 of 11,240 paragraphs
    2.250  农村 村教 · pairs of characters
"""


def shown(explanation: Explanation, width: int | None) -> list[str]:
    page = Page(width, colour=False)
    scores = (
        line for hit in explanation.hits for line in score_lines(explanation, hit.address, page)
    )
    return [*explanation_lines(explanation, page), *scores]


def test_an_explanation_is_an_indented_outline() -> None:
    assert [line.rstrip() for line in shown(EXPLANATION, 80)] == IN_80.splitlines()


@pytest.mark.parametrize("columns", [24, 40, 80, 120])
def test_no_line_of_an_explanation_is_wider_than_the_window(columns: int) -> None:
    lines = shown(EXPLANATION, columns)
    assert [line for line in lines if wcswidth(line) > columns] == []
    joined = re.sub(r"\s", "", "".join(lines))
    assert joined == re.sub(r"\s", "", "".join(shown(EXPLANATION, None)))


def test_nor_is_one_of_groups_in_groups() -> None:
    clause = words("改革")
    for depth in range(50):
        clause = Clause((ClauseKind.ALL, ClauseKind.ANY)[depth % 2], "", "", 1, parts=(clause,))
    nested = Explanation("改革", clause, relaxed=False, total=1, paragraphs=1, hits=())
    assert [line for line in shown(nested, 40) if wcswidth(line) > 40] == []


def test_a_pipe_has_a_line_for_each_part() -> None:
    assert len(shown(EXPLANATION, None)) == len(IN_80.splitlines()) - 1


def test_what_was_typed_cannot_drive_the_terminal() -> None:
    hostile = Explanation(
        "\x1b[2J", words("\x1b[2J"), relaxed=False, total=0, paragraphs=1, hits=()
    )
    assert "\x1b" not in "".join(shown(hostile, 80))


def test_every_reason_kind_and_merit_has_its_words() -> None:
    for kind in ClauseKind:
        clause = Clause(kind, ">句", "", 1)
        assert list(explanation_lines(Explanation("x", clause, False, 1, 1, ()), Page(80, False)))
    for reason in (*(kind.value for kind in Kind), "pattern"):
        term = Term("甲", (OtherForm("乙", 1.0),), reason, 1)
        clause = Clause(ClauseKind.WORDS, "甲", "", 1, (term,))
        assert "乙" in "".join(shown(Explanation("甲", clause, False, 1, 1, ()), 80))
    for merit in Merit:
        hit = ExplainedHit(1, "abc:1", 1.0, (Share(merit, "甲", 1.0, 1, 0, 0, 1, 1.0),))
        assert "1.000" in "".join(shown(Explanation("甲", words("甲"), False, 1, 1, (hit,)), 80))


@pytest.mark.parametrize("columns", [24, 80])
@pytest.mark.parametrize(
    "query",
    ["澜政发(2018)12号", "放管服 /句 营商环境 -标题:通知", "2022年老旧小区改造涉及多少户居民"],
)
def test_the_command_shows_the_explanation_before_the_hits_and_scores_below_each(
    terminal: Show, columns: int, query: str
) -> None:
    found = ESCAPES.sub("", terminal(columns, "search", "-n", "2", "--explain", query))
    assert found.startswith("understood as:")
    assert found.count("score ") == found.count("\n1. ") + found.count("\n2. ") > 0
    assert [line for line in found.splitlines() if wcswidth(line) > columns] == []


def test_an_explanation_as_data_is_that_of_the_api(baogao: Run, samples: search.Index) -> None:
    query = ("-n", "3", "放管服", "年份:2018")
    record = json.loads(baogao("search", "--explain", "--format", "json", *query).output)
    results = samples.search("放管服 年份:2018", limit=3)
    assert record["explanation"] == samples.explain("放管服 年份:2018", results.hits).to_dict()
    assert "explanation" not in json.loads(baogao("search", "--format", "json", *query).output)


def test_a_query_without_hits_is_explained_too(baogao: Run) -> None:
    told = baogao("search", "--explain", "蘑菇 -木耳")
    assert (told.status, told.output.splitlines()[0]) == (1, "understood as:")
    assert "蘑菇 · 0 paragraphs" in told.output


@pytest.mark.parametrize("form", ["jsonl", "csv", "md", "html"])
def test_where_there_is_no_room_for_an_explanation_that_is_said(baogao: Run, form: str) -> None:
    refused = baogao("search", "--explain", "--format", form, "改革")
    assert (refused.status, refused.output) == (2, "")
    assert "--explain" in refused.errors
    assert baogao("search", "--explain", "--compact", "改革").status == 2


def test_an_answer_without_hits_has_the_account_as_data(baogao: Run, samples: search.Index) -> None:
    asked = baogao("search", "--format", "json", "行政复义 年份:2017")
    record = json.loads(asked.output)
    assert (asked.status, record["total"], record["hits"]) == (1, 0, [])
    account = samples.account("行政复义 年份:2017")
    assert account.proposals
    assert record["account"] == account.to_dict()
    assert list(record["account"]) == ["query", "total", "parts", "proposals"]
    assert list(record["account"]["parts"][0]) == ["text", "alone", "without"]
    assert list(record["account"]["proposals"][0]) == ["query", "change", "total"]


def test_an_answer_with_hits_has_no_account(baogao: Run) -> None:
    assert "account" not in json.loads(baogao("search", "--format", "json", "改革").output)
