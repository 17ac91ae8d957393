"""Result sets: kept beside the index, searched within, and read as what may mislead."""

from __future__ import annotations

import json
import os
import pickle
import threading
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import search
from indexer import check_index
from search.result_sets import MOST

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FLOOD = "关于做好防汛工作的通知\n\n各区要落实防汛责任。\n\n各镇要备足防汛物资。\n"
SCHOOL = "关于做好招生工作的通知\n\n各学校要落实招生责任。\n\n各区要加强招生监督。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / "flood.txt").write_text(FLOOD, "utf-8")
    (tmp_path / "reports" / "school.txt").write_text(SCHOOL, "utf-8")
    return tmp_path / "reports"


@pytest.fixture
def directory(tmp_path: Path, folder: Path) -> Path:
    search.build_index(tmp_path / "index", folder)
    return tmp_path / "index"


@pytest.fixture
def index(directory: Path) -> Iterator[search.Index]:
    with search.open_index(directory) as opened:
        yield opened


def found(index: search.Index, query: str) -> set[str]:
    return {hit.address for hit in index.search(query, limit=None)}


def test_a_query_is_kept_and_searched_within(index: search.Index) -> None:
    before = datetime.now(timezone.utc).replace(microsecond=0)
    kept = index.keep("责任", "落实", filters=["title:防汛 OR 招生"])
    assert before <= kept.kept <= datetime.now(timezone.utc)
    assert (kept.name, kept.query) == ("责任", "落实 title:(防汛 OR 招生)")
    assert set(kept.addresses) == found(index, kept.query) != set()
    assert len(kept) == len(kept.addresses)
    assert index.sets.read("责任") == kept
    assert index.sets.names() == ["责任"]
    for query in ("各区", "各区 OR 学校", "-各区", "招生"):
        assert found(index, f"({query}) within:责任") == found(index, query) & set(kept.addresses)
        assert found(index, f"({query}) -结果集:责任") == found(index, query) - set(kept.addresses)


def test_results_and_chosen_paragraphs_are_kept_too(index: search.Index) -> None:
    results = index.search("落实", limit=1)
    assert index.keep("one", results).query == "落实"
    assert found(index, "within:one") == {results.hits[0].address}
    chosen = [index.get(hit.address) for hit in index.search("各区", limit=None)]
    assert index.keep("two", [*chosen, *chosen]).query == ""
    assert found(index, "within:two") == {passage.address for passage in chosen}
    assert index.keep("none", "哪里也没有的话").addresses == ()
    assert found(index, "within:none") == set()


def test_the_last_one_of_a_name_counts_and_may_be_removed(index: search.Index) -> None:
    index.keep("set", "防汛")
    index.keep("ｓｅｔ", "招生")
    assert index.sets.names() == ["set"]
    assert found(index, "within:set") == found(index, "招生")
    index.sets.remove("set")
    assert index.sets.names() == []
    for ask in (index.sets.read, index.sets.remove):
        with pytest.raises(search.ResultSetError, match="no result set set"):
            ask("set")


def test_commits_and_building_anew_leave_sets_alone_and_what_is_gone_is_counted(
    directory: Path, folder: Path
) -> None:
    with search.open_index(directory) as index:
        kept = index.keep("all", "通知 OR 要")
        assert len(kept) == index.stats().paragraphs == 6
    (folder / "school.txt").unlink()
    for rebuild in (False, True):
        search.build_index(directory, folder, rebuild=rebuild)
        with search.open_index(directory) as index:
            assert index.sets.read("all") == kept
            results = index.search("within:all", limit=None)
            assert {hit.address for hit in results} == found(index, "要 OR 通知")
            assert (results.total, results.missing) == (3, 3)
            assert index.search("防汛").missing == 0
    (folder / "school.txt").write_text(SCHOOL, "utf-8")
    search.build_index(directory, folder)
    with search.open_index(directory) as index:
        assert index.search("within:all").missing == 0
    assert not check_index(directory).problems


NAMES = [
    "",
    " ",
    ".",
    "..",
    "../a",
    "a/b",
    "a\\b",
    "a.json",
    "-a",
    "a b",
    "a\0b",
    "x" * 61,
    "\udc80",
]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_cannot_lead_elsewhere(index: search.Index, directory: Path, name: str) -> None:
    before = sorted(directory.parent.rglob("*"))
    for ask in (index.sets.read, index.sets.remove, lambda name: index.keep(name, "防汛")):
        with pytest.raises(search.ResultSetError, match="cannot be the name"):
            ask(name)
    assert sorted(directory.parent.rglob("*")) == before


def test_every_name_that_is_accepted_is_listed_and_found(index: search.Index) -> None:
    names = ["a", "放管服-2024", "_x", "9", "营" * 60, "ＡＢ"]
    for name in names:
        index.keep(name, "防汛")
        assert found(index, f"within:{name}") == found(index, "防汛")
    assert len(index.sets.names()) == len(names)


GOOD: dict[str, Any] = {
    "version": 1,
    "query": "防汛",
    "kept": "2024-05-01T08:30:00+00:00",
    "generation": 1,
    "reports": {"0123456789ab": [1, 2]},
}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner),
    max_leaves=6,
)


def put(directory: Path, data: bytes) -> None:
    (directory / "sets").mkdir(exist_ok=True)
    (directory / "sets" / "bad.json").write_bytes(data)


def test_a_set_of_another_program_is_read(index: search.Index, directory: Path) -> None:
    put(directory, json.dumps(GOOD).encode())
    assert index.sets.read("bad").addresses == ("0123456789ab:1", "0123456789ab:2")
    results = index.search("within:bad")
    assert (results.total, results.missing) == (0, 2)


@pytest.mark.parametrize(
    "changed",
    [
        {"version": 2}, {"query": 3}, {"query": "长" * 20_001}, {"kept": "today"},
        {"kept": "2024-05-01"}, {"kept": 7}, {"generation": -1}, {"generation": True},
        {"generation": 10**30}, {"reports": []}, {"reports": {"0123": [1]}},
        {"reports": {"0123456789AB": [1]}}, {"reports": {"../0123456789": [1]}},
        {"reports": {"0123456789ab": [0]}}, {"reports": {"0123456789ab": [1, 1]}},
        {"reports": {"0123456789ab": [2, 1]}}, {"reports": {"0123456789ab": [1.0]}},
        {"reports": {"0123456789ab": [True]}}, {"reports": {"0123456789ab": ["1"]}},
        {"reports": {"0123456789ab": [10**30]}}, {"reports": {"0123456789ab": 1}},
        {"reports": {"0123456789ab": "12"}}, {"reports": None},
    ],
)  # fmt: skip
def test_a_file_that_is_not_as_it_is_written_is_refused(
    index: search.Index, directory: Path, changed: dict[str, Any]
) -> None:
    put(directory, json.dumps({**GOOD, **changed}).encode())
    with pytest.raises(search.ResultSetError, match="is not a result set"):
        index.sets.read("bad")
    with pytest.raises(search.QueryError, match="is not a result set") as caught:
        index.search("防汛 within:bad")
    error = caught.value
    assert error.query[error.start : error.end] == "bad"


@pytest.mark.parametrize(
    "data",
    [
        b"", b"{", b"null", b"[]", b"\xff\xfe", b"[" * 100_000, b"1" * 5_000,
        json.dumps({name: value for name, value in GOOD.items() if name != "kept"}).encode(),
        json.dumps(GOOD).encode() + b" " * (1 << 24),
        json.dumps({**GOOD, "reports": {"0123456789ab": list(range(1, MOST + 2))}}).encode(),
    ],
    ids=range(10),
)  # fmt: skip
def test_a_file_that_is_no_set_is_refused(
    index: search.Index, directory: Path, data: bytes
) -> None:
    put(directory, data)
    with pytest.raises(search.ResultSetError, match="is not a result set"):
        index.sets.read("bad")


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(sorted(GOOD)), VALUES), st.binary(max_size=40))
def test_whatever_a_file_holds_there_is_a_set_or_an_error_of_ours(
    index: search.Index, directory: Path, changed: dict[str, Any], junk: bytes
) -> None:
    for data in (json.dumps({**GOOD, **changed}).encode(), junk):
        put(directory, data)
        try:
            results = index.search("防汛 within:bad")
            assert results.missing == len(index.sets.read("bad"))
        except (search.ResultSetError, search.QueryError) as error:
            assert "is not a result set" in str(error)


def test_who_reads_while_a_set_is_written_sees_one_or_the_other(index: search.Index) -> None:
    one, other = index.keep("set", "防汛").addresses, index.keep("set", "招生").addresses
    wrong: list[object] = []

    def read() -> None:
        for _ in range(200):
            addresses = index.sets.read("set").addresses
            if addresses not in {one, other}:
                wrong.append(addresses)

    def write(query: str) -> None:
        for _ in range(50):
            try:
                index.keep("set", query)
            except search.SearchError as error:
                wrong.append(error)

    threads = [threading.Thread(target=read) for _ in range(2)]
    threads += [threading.Thread(target=write, args=(query,)) for query in ("防汛", "招生")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert [path.name for path in index.sets.folder.iterdir()] == ["set.json"]


def test_a_set_that_cannot_be_written_or_read_says_why(
    index: search.Index, directory: Path
) -> None:
    (directory / "sets").write_text("", "utf-8")
    with pytest.raises(search.ResultSetError, match=r"set\.json: "):
        index.keep("set", "防汛")
    assert index.sets.names() == []
    os.unlink(directory / "sets")  # noqa: PTH108
    (directory / "sets" / "set.json").mkdir(parents=True)
    with pytest.raises(search.ResultSetError, match=r"set\.json: "):
        index.sets.read("set")


def test_a_set_is_plain_data(index: search.Index) -> None:
    kept = index.keep("set", "防汛")
    record = json.loads(json.dumps(kept.to_dict()))
    assert record["addresses"] == list(kept.addresses)
    assert pickle.loads(pickle.dumps(kept)) == kept
