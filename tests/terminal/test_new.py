"""Saved queries on the command line: saved, asked for what is new, listed and removed."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

import search

from .conftest import Outcome
from .running import BAOGAO, on_a_terminal

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Outcome]

OLD = "关于做好防汛工作的通知\n\n各区要落实防汛责任。\n"
NEW = "关于做好道路工作的通知\n\n各区要落实道路防汛责任。\n\n防汛物资要备足。\n"
PARAGRAPHS = ["各区要落实道路防汛责任。", "防汛物资要备足。"]


@pytest.fixture(scope="module")
def followed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an index in which 防汛 was saved before a report of it came."""
    place = tmp_path_factory.mktemp("followed")
    (place / "old.txt").write_text(OLD, "utf-8")
    search.build_index(place / "index", place)
    with search.open_index(place / "index") as index:
        index.save("flood", "防汛", filters=["kind:通知"])
    (place / "new.txt").write_text(NEW, "utf-8")
    search.build_index(place / "index", place)
    return place / "index"


@pytest.fixture
def desk(baogao: Run, followed: Path, tmp_path: Path) -> Callable[..., Outcome]:
    """Run a command over an index of one's own, as it is followed."""
    shutil.copytree(followed, tmp_path / "index")

    def run(*line: str) -> Outcome:
        return baogao(*line, BAOGAO_INDEX=str(tmp_path / "index"))

    return run


def test_what_came_since_is_shown_once(desk: Run) -> None:
    shown = desk("new", "flood")
    assert shown.status == 0
    assert all(text in shown.output for text in PARAGRAPHS)
    assert "各区要落实防汛责任。" not in shown.output
    assert shown.errors.startswith("new for flood since 20")
    assert shown.errors.endswith(": 2 paragraphs\n")
    again = desk("new", "flood")
    assert (again.status, again.output) == (1, "")
    assert again.errors.startswith("nothing new for flood since 20")


def test_what_is_beyond_the_limit_stays_new(desk: Run) -> None:
    first = desk("new", "flood", "-n", "1", "--format", "jsonl")
    assert "1 of them still to be shown" in first.errors
    second = desk("new", "flood", "--format", "jsonl")
    texts = [json.loads(shown.output)["text"] for shown in (first, second)]
    assert sorted(texts) == sorted(PARAGRAPHS)
    assert desk("new", "flood").status == 1


@pytest.mark.parametrize("form", ["text", "json", "jsonl", "csv", "md", "html"])
def test_news_are_in_every_form_that_hits_are_in(desk: Run, form: str) -> None:
    shown = desk("new", "flood", "--format", form, "--sort", "report")
    assert shown.status == 0
    printed = re.sub(r"</?mark>", "", shown.output)
    assert all(text in printed for text in PARAGRAPHS)
    if form == "json":
        record = json.loads(shown.output)
        assert [hit["text"] for hit in record["hits"]] == PARAGRAPHS
        assert (record["total"], record["saved"]["filters"]) == (2, ["kind:通知"])
    if form == "csv":
        assert [row["text"] for row in csv.DictReader(io.StringIO(shown.output))] == PARAGRAPHS


def test_news_that_could_not_be_printed_stay_new(desk: Run, tmp_path: Path) -> None:
    directory = str(tmp_path / "index")
    line = f"{BAOGAO} new flood --index {directory} > /dev/full"
    status, shown = on_a_terminal(["bash", "-c", line], (80, 24), "", tmp_path, {"PATH": "/bin"})
    assert (status, "cannot write the output" in shown) == (2, True)
    assert desk("new", "flood").status == 0


def test_saved_queries_are_listed_and_removed(desk: Run) -> None:
    desk("search", "招生", "--literal", "--save", "招生")
    first, second = desk("new").output.splitlines()
    assert first.split()[::2] == ["flood", "防汛"]
    assert first.endswith("防汛 kind:通知")
    assert second.split()[0] == "招生"
    records = [json.loads(line) for line in desk("new", "--format", "jsonl").output.splitlines()]
    assert json.loads(desk("new", "--format", "json").output) == {"version": 1, "saved": records}
    assert [record["literal"] for record in records] == [False, True]
    assert desk("new", "--remove", "flood").status == 0
    assert desk("new", "flood").status == 2
    desk("new", "--remove", "招生")
    for form in ("text", "jsonl"):
        listed = desk("new", "--format", form)
        assert (listed.status, listed.output) == (1, "")
        assert "save one with: baogao search QUERY --save NAME" in listed.errors


@pytest.mark.parametrize(
    "line",
    [
        ("--format", "csv"), ("-n", "3"), ("--all",), ("--compact",),
        ("flood", "--remove", "flood"), ("flood", "--compact", "--format", "json"),
        ("flood", "-n", "0"), ("../flood",), ("",),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_and_nothing_is_marked(desk: Run, line: tuple[str, ...]) -> None:
    assert desk("new", *line).status == 2
    assert desk("new", "flood").status == 0


def test_a_query_that_cannot_be_asked_is_not_saved(desk: Run) -> None:
    assert desk("search", "(防汛", "--save", "bad").status == 2
    assert desk("search", "防汛", "--save", "a/b").status == 2
    assert [line.split()[0] for line in desk("new").output.splitlines()] == ["flood"]


def test_a_damaged_or_hostile_one_is_told_of_and_drives_nothing(desk: Run, tmp_path: Path) -> None:
    with search.open_index(tmp_path / "index") as index:
        folder = index.saved.folder
    record = json.loads((folder / "flood.json").read_text("utf-8"))
    hostile = {**record, "query": '"\x1b[2J\u202e" OR 防汛', "filters": []}
    (folder / "hostile.json").write_text(json.dumps(hostile), "utf-8")
    (folder / "bad.json").write_text("{", "utf-8")
    for line in (["new"], ["new", "--format", "json"], ["new", "hostile", "--format", "json"]):
        shown = desk(*line)
        assert not {"\x1b", "\u202e"} & set(shown.output + shown.errors)
    listed = desk("-q", "new")
    assert listed.status == 2
    assert "bad.json is not a saved query; remove it with: baogao new --remove bad" in listed.errors
    assert desk("new", "--remove", "bad").status == 0


def test_names_of_saved_queries_and_result_sets_are_completed(
    baogao: Run, desk: Run, tmp_path: Path
) -> None:
    desk("search", "防汛", "--keep", "kept")
    for words, name in (
        ("new fl", "flood"),
        ("new --remove fl", "flood"),
        ("sets --remove ke", "kept"),
    ):
        asked = baogao(
            BAOGAO_INDEX=str(tmp_path / "index"), _BAOGAO_COMPLETE="fish_complete",
            COMP_WORDS=f"baogao {words}", COMP_CWORD=words.split()[-1],
        )  # fmt: skip
        assert asked.output == f"plain,{name}\n"
