"""Filters, hits by report, collapsed hits and result sets on the command line."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

import search

from .conftest import Outcome

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Outcome]


@pytest.fixture(scope="module")
def own(samples_directory: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """An index of the bundled reports that may be written to."""
    copy = tmp_path_factory.mktemp("own") / "index"
    shutil.copytree(samples_directory, copy)
    return str(copy)


def hits(outcome: Outcome) -> list[str]:
    return [json.loads(line)["address"] for line in outcome.output.splitlines()]


def test_options_filter_as_the_library_does(baogao: Run, samples: search.Index) -> None:
    outcome = baogao(
        "search", "改革", "--region", "望江", "--region", "青屏", "--year", "2018..", "--filter",
        "format:html", "--filter", "kind:通知 OR 法治政府建设报告", "--format", "jsonl", "-n", "99",
    )  # fmt: skip
    filters = [
        "region:望江", "region:青屏", "year:2018..", "format:html", "kind:通知 OR 法治政府建设报告",
    ]  # fmt: skip
    expected = samples.search("改革", filters=filters, limit=99, collapse=True)
    assert hits(outcome) == [hit.address for hit in expected] != []


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("year", "2018"), ("date", "2018-03.."), ("region", "望江"), ("issuer", "统计局"),
        ("kind", "意见"), ("number", "澜政办发"), ("subject", "综合政务"), ("section", "计划"),
        ("added", "2000.."),
    ],
)  # fmt: skip
def test_every_usual_field_has_an_option(
    baogao: Run, samples: search.Index, option: str, value: str
) -> None:
    """Without a query, all that fulfils it."""
    outcome = baogao("search", f"--{option}", value, "--all", "--format", "jsonl", "-n", "9999")
    expected = samples.search(f"{option}:{value}", limit=None)
    assert hits(outcome) == [hit.address for hit in expected] != []


def test_nothing_to_search_for_is_an_error(baogao: Run) -> None:
    assert baogao("search").status == 2
    assert baogao("search", "").status == 2


def test_a_mistaken_filter_is_pointed_at(baogao: Run) -> None:
    outcome = baogao("search", "改革", "--year", "去年")
    assert outcome.status == 2
    line, signs = outcome.errors.splitlines()[1:3]
    assert line == "  改革 year:去年"
    assert signs == " " * len("  改革改革 year:") + "^" * 4


def test_filters_take_part_in_what_is_told_when_nothing_is_found(baogao: Run) -> None:
    outcome = baogao("search", "改革", "--region", "望江", "--year", "1900")
    assert outcome.status == 1
    assert "year:1900: 0 by itself" in outcome.errors
    assert "改革 region:望江" in outcome.errors


def test_what_says_the_same_is_shown_once_unless_all_is_asked_for(
    baogao: Run, samples: search.Index
) -> None:
    once = baogao("search", '"此件公开发布"', "-n", "3")
    (hit, *_) = samples.search('"此件公开发布"', collapse=True)
    assert hit.duplicates
    assert f"the same in {len(hit.duplicates)} more: {hit.duplicates[0]}" in once.output
    assert "more that say the same" in once.errors
    every = baogao("search", '"此件公开发布"', "--all", "--format", "jsonl")
    assert hits(every) == [hit.address for hit in samples.search('"此件公开发布"')]


def test_hits_are_shown_by_report(baogao: Run, samples: search.Index) -> None:
    outcome = baogao("search", "改革", "--group", "--per-report", "2", "-n", "4")
    groups = samples.search("改革", limit=4, per_report=2).groups
    blocks = outcome.output.strip().split("\n\n")
    assert len(blocks) == len(groups) == 4
    for block, group in zip(blocks, groups, strict=True):
        assert group.report.id in block
        assert all(hit.address in block for hit in group.hits)
    assert "4 of them shown" in outcome.errors
    record = json.loads(baogao("search", "改革", "--group", "--format", "json").output)
    assert [len(group["hits"]) for group in record["groups"]][:2] == [3, 3]
    assert baogao("search", "改革", "--group", "--compact").status == 2


def test_lines_of_a_report_fit_the_window(terminal: Callable[..., str]) -> None:
    from search.terminal.cells import width

    for columns in (40, 80):
        shown = terminal(columns, "search", "改革", "--group", "-n", "3", "--color", "never")
        assert max(map(width, shown.splitlines())) <= columns


def test_a_result_set_is_kept_searched_in_listed_and_removed(baogao: Run, own: str) -> None:
    asked = ("search", "改革", "--region", "望江")
    kept = baogao(*asked, "--keep", "望江改革", "-n", "1", BAOGAO_INDEX=own)
    with search.open_index(own) as index:
        total = index.search("改革 region:望江").total
        within = index.search("改革 工作 within:望江改革", limit=None)
    assert f"within:望江改革: {total} paragraphs" in kept.errors
    found = baogao(
        "search", "改革", "工作", "--filter", "within:望江改革", "--all", "-n", "999",
        "--format", "jsonl", BAOGAO_INDEX=own,
    )  # fmt: skip
    assert hits(found) == [hit.address for hit in within] != []
    (line,) = baogao("sets", BAOGAO_INDEX=own).output.splitlines()
    assert line.split()[:2] == ["望江改革", str(total)]
    assert line.endswith("改革 region:望江")
    (record,) = json.loads(baogao("sets", "--format", "json", BAOGAO_INDEX=own).output)["sets"]
    assert (record["name"], record["paragraphs"]) == ("望江改革", total)
    assert len(record["addresses"]) == total
    assert baogao("sets", "--remove", "望江改革", BAOGAO_INDEX=own).status == 0
    for again in (("sets",), ("sets", "--format", "jsonl")):
        outcome = baogao(*again, BAOGAO_INDEX=own)
        assert (outcome.status, outcome.output) == (1, "")
    gone = baogao("search", "within:望江改革", BAOGAO_INDEX=own)
    assert gone.status == 2
    assert "no result set 望江改革" in gone.errors


def test_a_damaged_or_hostile_set_is_told_of_and_drives_nothing(baogao: Run, own: str) -> None:
    with search.open_index(own) as index:
        folder = index.sets.folder
    folder.mkdir(exist_ok=True)
    record = {
        "version": 1, "query": "\x1b[2J\u202e改革", "kept": "2024-05-01T08:30:00+00:00",
        "generation": 1, "reports": {"0123456789ab": [1]},
    }  # fmt: skip
    (folder / "bad.json").write_text("{", "utf-8")
    (folder / "hostile.json").write_text(json.dumps(record), "utf-8")
    (folder / ".x.new").write_text("", "utf-8")
    outcome = baogao("sets", BAOGAO_INDEX=own)
    assert outcome.status == 2
    assert "bad.json is not a result set" in outcome.errors
    assert outcome.output.split()[:2] == ["hostile", "1"]
    found = baogao("search", "改革 OR within:hostile", "-n", "1", BAOGAO_INDEX=own)
    assert "no longer in the index: 1 paragraph" in found.errors
    for form in ("text", "json", "jsonl"):
        shown = baogao("sets", "--format", form, BAOGAO_INDEX=own)
        assert not {"\x1b", "\u202e"} & set(shown.output + shown.errors)
    assert baogao("sets", "--remove", "../bad", BAOGAO_INDEX=own).status == 2
    for name in ("bad", "hostile"):
        assert baogao("sets", "--remove", name, BAOGAO_INDEX=own).status == 0
