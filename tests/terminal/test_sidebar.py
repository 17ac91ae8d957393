"""`baogao search --facets`: how many are of which year, beside the hits or below them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

from .conftest import Outcome
from .test_transcripts import ESCAPES

if TYPE_CHECKING:
    import search

Run = Callable[..., Outcome]
Show = Callable[..., str]


def lines(shown: str) -> list[str]:
    return ESCAPES.sub("", shown).splitlines()


@pytest.mark.parametrize("columns", [40, 60, 80, 99, 100, 120, 200])
@pytest.mark.parametrize("options", [(), ("--compact",), ("-C", "1")])
def test_no_line_is_wider_than_the_window(
    terminal: Show, columns: int, options: tuple[str, ...]
) -> None:
    fields = "year,region,issuer,kind"
    shown = lines(terminal(columns, "search", "行政复议", "-n", "5", "--facets", fields, *options))
    assert [text for text in shown if wcswidth(text) > columns] == []


def test_facets_are_beside_the_hits_where_there_is_room_and_below_elsewhere(terminal: Show) -> None:
    words = ("search", "行政复议", "-n", "3", "--facets", "year")
    wide, narrow = lines(terminal(120, *words)), lines(terminal(80, *words))
    columns = {wcswidth(text[: text.index("│")]) for text in wide if "│" in text}
    assert len(columns) == 1
    assert wide[0].endswith("│ year")
    assert narrow.index("year") > len(narrow) // 2
    plain = lines(terminal(80, "search", "行政复议", "-n", "3"))
    assert narrow[: len(plain) - 1] == plain[:-1]


def test_the_counts_are_those_of_all_that_was_found(baogao: Run, samples: search.Index) -> None:
    output = baogao("search", "行政复议", "-n", "1", "--facets", "year").output
    shown = dict(re.findall(r"^(\d{4}) +(\d+) ", output, re.MULTILINE))
    found: dict[str, int] = {}
    for hit in samples.search("行政复议", limit=None):
        found[str(hit.report.year)] = found.get(str(hit.report.year), 0) + 1
    assert {year: int(count) for year, count in shown.items()} == found


@pytest.mark.parametrize("options", [("-n", "0"), ("--offset", "9999"), ("--group", "-n", "1")])
def test_facets_are_shown_whatever_is_shown_of_the_hits(
    baogao: Run, options: tuple[str, ...]
) -> None:
    alone = baogao("search", "行政复议", "--facets", "kind", "-n", "1").output
    output = baogao("search", "行政复议", "--facets", "kind", *options).output
    assert output.splitlines()[-4:-1] == alone.splitlines()[-4:-1]


def test_json_has_facets_when_they_are_asked_for(baogao: Run, samples: search.Index) -> None:
    words = ("search", "行政复议", "-n", "1", "--format", "json")
    assert "facets" not in json.loads(baogao(*words).output)
    record = json.loads(baogao(*words, "--facets", "kind，issuer").output)
    expected = samples.facets("行政复议", ("kind", "issuer"))
    assert record["facets"] == [facet.to_dict() for facet in expected.facets]


def test_what_cannot_be_is_refused(baogao: Run) -> None:
    told = baogao("search", "改革", "--facets", "colour")
    assert told.status == 2
    assert "year, region, issuer, kind" in told.errors
    for form in ("csv", "jsonl", "md", "html"):
        assert baogao("search", "改革", "--facets", "year", "--format", form).status == 2


def test_nothing_found_has_no_facets(baogao: Run) -> None:
    nothing = baogao("search", '"饕餮貔貅"', "--facets", "year")
    assert (nothing.status, nothing.output) == (1, "")
