"""Saved queries: what is new for them, until it is marked; kept as what may mislead."""

from __future__ import annotations

import json
import pickle
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import search
from indexer import check_index

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FLOOD = "关于做好防汛工作的通知\n\n各区要落实防汛责任。\n\n各镇要备足防汛物资。\n"
SCHOOL = "关于做好招生工作的通知\n\n各学校要落实招生责任。\n\n各区要加强招生监督。\n"
ROADS = "关于做好道路工作的通知\n\n各区要落实道路防汛责任。\n"


class Library:
    """A folder of reports and its index, as they change."""

    def __init__(self, root: Path) -> None:
        self.folder = root / "reports"
        self.folder.mkdir()
        self.directory = root / "index"
        self.put("flood.txt", FLOOD)

    def put(self, name: str, text: str) -> None:
        (self.folder / name).write_text(text, "utf-8")
        self.follow()

    def follow(self, *, rebuild: bool = False) -> None:
        search.build_index(self.directory, self.folder, rebuild=rebuild)

    def open(self) -> search.Index:
        return search.open_index(self.directory)

    def save(self, name: str, query: str, **options: Any) -> search.SavedQuery:
        with self.open() as index:
            return index.save(name, query, **options)

    def new(self, name: str, *, mark: bool = True, **options: Any) -> set[str]:
        """The texts that are new for a saved query."""
        with self.open() as index:
            news = index.new(name, **options)
            if mark:
                index.saved.mark(news)
            return {hit.text for hit in news.results}


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path)


@pytest.fixture
def index(library: Library) -> Iterator[search.Index]:
    with library.open() as opened:
        yield opened


def test_what_a_query_found_when_it_was_saved_is_not_new(library: Library) -> None:
    before = datetime.now(timezone.utc).replace(microsecond=0)
    saved = library.save("责任", "落实", filters=["title:工作", ("kind", "通知")])
    assert before <= saved.saved == saved.seen <= datetime.now(timezone.utc)
    assert (saved.name, saved.query) == ("责任", "落实")
    assert saved.filters == ("title:工作", "kind:通知")
    assert library.new("责任") == set()


def test_what_came_since_is_new_until_it_is_marked(library: Library) -> None:
    library.save("flood", "防汛")
    library.put("school.txt", SCHOOL)
    assert library.new("flood") == set()
    library.put("roads.txt", ROADS)
    for _ in range(2):
        assert library.new("flood", mark=False) == {"各区要落实道路防汛责任。"}
    assert library.new("flood") == {"各区要落实道路防汛责任。"}
    assert library.new("flood") == set()


def test_news_are_of_the_commit_that_was_asked(library: Library) -> None:
    library.save("flood", "防汛")
    with library.open() as index:
        news = index.new("flood")
        library.put("roads.txt", ROADS)
        index.refresh()
        index.saved.mark(news)
    assert library.new("flood") == {"各区要落实道路防汛责任。"}


def test_hits_beyond_the_limit_stay_new(library: Library) -> None:
    library.save("all", "各区 OR 各学校")
    library.put("school.txt", SCHOOL)
    library.put("roads.txt", ROADS)
    seen: list[str] = []
    for left in (3, 2, 1, 0):
        with library.open() as index:
            news = index.new("all", limit=1)
            assert news.results.total == left
            index.saved.mark(news)
            seen += (hit.text for hit in news.results)
    assert len(seen) == len(set(seen)) == 3


def test_what_hits_stand_for_is_seen_with_them(library: Library) -> None:
    library.save("flood", "防汛责任")
    library.put("a.txt", "甲地的通知\n\n这里也要落实防汛责任。\n")
    library.put("b.txt", "乙地的通知\n\n这里也要落实防汛责任。\n")
    with library.open() as index:
        news = index.new("flood", collapse=True)
        (hit,) = news.results
        assert (news.results.total, len(hit.duplicates)) == (2, 1)
        index.saved.mark(news)
    assert library.new("flood") == set()


def test_building_anew_and_moving_files_make_nothing_new(library: Library) -> None:
    library.save("flood", "防汛")
    (library.folder / "flood.txt").rename(library.folder / "moved.txt")
    library.follow()
    assert library.new("flood", mark=False) == set()
    library.follow(rebuild=True)
    assert library.new("flood") == set()
    assert not check_index(library.directory).problems


def test_a_changed_report_is_new_and_one_that_was_gone_is_so_again(library: Library) -> None:
    library.save("flood", "防汛物资")
    library.put("flood.txt", FLOOD.replace("备足", "备齐"))
    assert library.new("flood") == {"各镇要备齐防汛物资。"}
    (library.folder / "flood.txt").unlink()
    library.put("school.txt", SCHOOL)
    assert library.new("flood") == set()
    library.put("flood.txt", FLOOD)
    assert library.new("flood") == {"各镇要备足防汛物资。"}


def test_a_query_is_asked_again_as_it_was_saved(library: Library) -> None:
    library.save("literal", "各区 OR 各镇", literal=True)
    library.save("query", "各区 OR 各镇")
    library.save("filtered", "各区", filters=["title:招生"])
    library.put("roads.txt", ROADS + "\n各区 OR 各镇都要参加。\n")
    assert library.new("literal") == {"各区 OR 各镇都要参加。"}
    assert library.new("query") == {"各区要落实道路防汛责任。", "各区 OR 各镇都要参加。"}
    assert library.new("filtered") == set()
    library.put("school.txt", SCHOOL)
    assert library.new("filtered") == {"各区要加强招生监督。"}


@pytest.mark.parametrize("change", ["another", "options", "removed"])
def test_what_was_replaced_meanwhile_is_not_marked(library: Library, change: str) -> None:
    library.save("name", "防汛")
    library.put("roads.txt", ROADS)
    with library.open() as index:
        news = index.new("name")
        if change == "removed":
            index.saved.remove("name")
        else:
            index.save("name", "招生" if change == "another" else "防汛", expand=False)
        before = [path.read_bytes() for path in index.saved.folder.iterdir()]
        with pytest.raises(search.SavedQueryError):
            index.saved.mark(news)
        assert [path.read_bytes() for path in index.saved.folder.iterdir()] == before


def test_the_last_one_of_a_name_counts_and_may_be_removed(index: search.Index) -> None:
    index.save("name", "防汛")
    index.save("ｎａｍｅ", "招生")
    assert index.saved.names() == ["name"]
    assert index.saved.read("name").query == "招生"
    index.saved.remove("name")
    assert index.saved.names() == []
    for ask in (index.saved.read, index.saved.remove, index.new):
        with pytest.raises(search.SavedQueryError, match="no saved query name"):
            ask("name")


@pytest.mark.parametrize("query", ["防汛 AND", "年代:2017", ""])
def test_what_cannot_be_asked_is_not_saved(index: search.Index, query: str) -> None:
    with pytest.raises(search.QueryError):
        index.save("name", query)
    assert index.saved.names() == []


def test_a_query_with_nothing_to_find_may_be_saved(library: Library) -> None:
    library.save("none", "道路")
    assert library.new("none") == set()
    library.put("roads.txt", ROADS)
    assert len(library.new("none")) == 2


@pytest.mark.parametrize("name", ["", ".", "..", "../a", "a/b", "a\\b", "-a", "a b", "a\0b"])
def test_a_name_cannot_lead_elsewhere(index: search.Index, library: Library, name: str) -> None:
    before = sorted(library.directory.parent.rglob("*"))
    for ask in (
        index.saved.read,
        index.saved.remove,
        index.new,
        lambda name: index.save(name, "要"),
    ):
        with pytest.raises(search.SavedQueryError, match="cannot be the name"):
            ask(name)
    assert sorted(library.directory.parent.rglob("*")) == before


@pytest.mark.parametrize("options", [{"limit": -1}, {"sort": "best"}])
def test_options_that_cannot_be_are_refused(index: search.Index, options: dict[str, Any]) -> None:
    index.save("name", "防汛")
    with pytest.raises(ValueError, match=r"or more|one of"):
        index.new("name", **options)


GOOD: dict[str, Any] = {
    "version": 1,
    "query": "防汛",
    "filters": ["title:工作"],
    "literal": False,
    "expand": True,
    "relax": True,
    "saved": "2024-05-01T08:30:00+00:00",
    "seen": "2024-05-02T08:30:00+00:00",
    "generation": 1,
    "reports": {"0123456789ab": [1, 2]},
}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=6,
)


def put(index: search.Index, data: bytes) -> None:
    index.saved.folder.mkdir(exist_ok=True)
    (index.saved.folder / "bad.json").write_bytes(data)


def test_a_file_of_another_program_is_read(index: search.Index) -> None:
    put(index, json.dumps(GOOD).encode())
    saved = index.saved.read("bad")
    assert (saved.query, saved.paragraphs) == ("防汛", {"0123456789ab": (1, 2)})
    assert index.new("bad").results.total == index.search("防汛 title:工作").total > 0


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 2}, {"query": 3}, {"query": "长" * 20_001}, {"filters": "title:a"},
        {"filters": [3]}, {"filters": [["title", "a"]]}, {"filters": None}, {"literal": 1},
        {"expand": None}, {"relax": "yes"}, {"saved": "today"}, {"seen": "2024-05-01"},
        {"seen": 7}, {"generation": -1}, {"generation": True}, {"reports": []},
        {"reports": {"../0123456789": [1]}}, {"reports": {"0123456789ab": [2, 1]}},
    ],
)  # fmt: skip
def test_a_file_that_is_not_as_it_is_written_is_refused(
    index: search.Index, changed: dict[str, Any]
) -> None:
    put(index, json.dumps({**GOOD, **changed}).encode())
    for ask in (index.saved.read, index.new):
        with pytest.raises(search.SavedQueryError, match="is not a saved query"):
            ask("bad")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), VALUES), st.binary(max_size=40))
def test_whatever_a_file_holds_there_are_news_or_an_error_of_ours(
    index: search.Index, changed: dict[str, Any], junk: bytes
) -> None:
    for data in (json.dumps({**GOOD, **changed}).encode(), junk):
        put(index, data)
        try:
            index.saved.mark(index.new("bad"))
        except (search.SavedQueryError, search.QueryError):
            continue
        assert index.new("bad").results.total == 0


def test_saved_queries_and_news_are_plain_data(index: search.Index) -> None:
    saved = index.save("name", "防汛", filters=["title:工作"])
    news = index.new("name")
    for one in (saved, news):
        assert pickle.loads(pickle.dumps(one)) == one
    record = json.loads(json.dumps(news.to_dict()))
    assert record["saved"] == json.loads(json.dumps(saved.to_dict()))
    assert (record["total"], record["hits"]) == (0, [])
