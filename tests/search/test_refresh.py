"""An open index sees what was committed since when it is told to, and not before."""

from __future__ import annotations

import gc
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import search
from indexer import open_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

THREADS = 8
COMMITS = 12

COMMITTING = """
import sys
from tests.search.test_refresh import COMMITS, commit
for number in range(1, COMMITS + 1):
    commit(sys.argv[1], number)
"""


def commit(place: str | Path, number: int) -> None:
    """Have both of two reports tell the number of the commit, which has one of its own, too."""
    reports = Path(place, "reports")
    reports.mkdir(exist_ok=True)
    for name in "甲乙":
        text = f"关于做好防汛工作的通知\n\n一、安排\n\n做好防汛准备，编号第{number}号之{name}。\n"
        (reports / f"{name}.txt").write_text(text, "utf-8")
    (reports / f"{number}.txt").write_text(f"关于第{number}项工作的通知\n\n各区落实。\n", "utf-8")
    search.build_index(Path(place, "index"), reports)


def number_in(index: search.Index) -> int:
    """The number of the commit that an index shows, by several answers that have to agree."""
    results = index.search("防汛准备")
    told = [re.search(r"第(\d+)号之(.)", hit.text) for hit in results]
    assert sorted(match[2] for match in told if match) == ["乙", "甲"]
    (number,) = {int(match[1]) for match in told if match}
    assert [index.get(hit.address).text for hit in results] == [hit.text for hit in results]
    assert index.facets("各区落实").paragraphs == number + 1
    assert index.stats().reports == number + 3
    return number


@pytest.fixture
def place(tmp_path: Path) -> Path:
    commit(tmp_path, 0)
    with search.open_index(tmp_path / "index") as index:
        index.save("saved", "防汛")
    return tmp_path


@pytest.fixture
def index(place: Path) -> Iterator[search.Index]:
    with search.open_index(place / "index") as opened:
        yield opened


def test_what_was_committed_is_seen_after_a_refresh_and_not_before(
    place: Path, index: search.Index
) -> None:
    before = index.generation
    commit(place, 1)
    assert (number_in(index), index.generation) == (0, before)
    assert index.refresh()
    assert (number_in(index), index.generation) == (1, before + 1)
    assert index.stats().generation == index.edition.generation == before + 1


def test_a_refresh_says_whether_there_was_something_new(place: Path, index: search.Index) -> None:
    assert not index.refresh()
    commit(place, 1)
    assert [index.refresh(), index.refresh()] == [True, False]


def test_when_nothing_is_new_all_that_is_known_of_the_index_is_kept(index: search.Index) -> None:
    before = index._snapshot
    index.refresh()
    assert index._snapshot is before


def test_a_snapshot_stays_as_it_is_whatever_becomes_of_its_index(
    place: Path, index: search.Index
) -> None:
    snapshot = index.snapshot()
    commit(place, 1)
    index.refresh()
    assert (number_in(snapshot), number_in(index)) == (0, 1)
    index.close()
    assert number_in(snapshot) == 0
    assert snapshot.refresh()
    assert number_in(snapshot) == 1


def test_own_synonyms_stay_after_a_refresh(place: Path) -> None:
    (place / "own.txt").write_text("防汛准备 | 三防\n", "utf-8")
    with search.open_index(place / "index", synonyms=place / "own.txt") as index:
        commit(place, 1)
        index.refresh()
        assert index.search("三防").total == index.snapshot().search("三防").total == 2


def test_an_index_built_anew_in_its_place_is_seen_though_it_counts_from_one_again(
    place: Path, index: search.Index
) -> None:
    shutil.rmtree(place / "index")
    commit(place, 1)
    assert index.refresh()
    assert (number_in(index), index.generation) == (1, 1)


def test_what_cannot_be_opened_leaves_the_index_as_it_was(place: Path, index: search.Index) -> None:
    shutil.rmtree(place / "index")
    with pytest.raises(search.IndexMissing):
        index.refresh()
    assert number_in(index) == 0


def test_a_closed_index_is_not_refreshed(index: search.Index) -> None:
    index.close()
    for ask in (index.refresh, index.snapshot, lambda: index.generation):
        with pytest.raises(search.IndexClosed):
            ask()


def test_everything_of_a_generation_is_there_after_others_were_committed(
    place: Path, index: search.Index
) -> None:
    (place / "reports" / "空.txt").write_text("", "utf-8")
    commit(place, 1)
    index.refresh()
    sources = [source for report in index.reports() for source in report.sources]
    commit(place, 2)
    assert [failure.reason for failure in index.failures()] == [search.Reason.EMPTY]
    assert index.digests(sources).keys() == set(sources)
    assert search.export(index, "防汛准备").results == index.search("防汛准备", limit=None)


class Watched(search.Index):
    """An index that counts how often it is asked what it shows."""

    taken = 0

    @property
    def _snapshot(self) -> Any:
        self.taken += 1
        return super()._snapshot


QUESTIONS: dict[str, Callable[[search.Index, search.Hit], object]] = {
    "search": lambda index, hit: index.search("防汛", collapse=True),
    "hits_in": lambda index, hit: index.hits_in(hit.report.id, "防汛"),
    "explain": lambda index, hit: index.explain("防汛"),
    "account": lambda index, hit: index.account("防讯 年份:1900"),
    "suggest": lambda index, hit: index.suggest("防"),
    "keep": lambda index, hit: index.keep("防汛", "防汛"),
    "sets": lambda index, hit: index.sets,
    "save": lambda index, hit: index.save("防汛", "防汛"),
    "new": lambda index, hit: index.new("saved"),
    "saved": lambda index, hit: index.saved,
    "get": lambda index, hit: index.get(hit.address),
    "around": lambda index, hit: index.around(hit, 1),
    "paragraphs": lambda index, hit: index.paragraphs(hit.report.id),
    "outline": lambda index, hit: index.outline(hit.report.id),
    "report": lambda index, hit: index.report(hit.report.id),
    "reports": lambda index, hit: index.reports(),
    "count": lambda index, hit: index.count(hit.report),
    "near": lambda index, hit: index.near(hit.report.id),
    "failures": lambda index, hit: index.failures(),
    "digests": lambda index, hit: index.digests(hit.report.sources),
    "stats": lambda index, hit: index.stats(),
    "edition": lambda index, hit: index.edition,
    "generation": lambda index, hit: index.generation,
    "snapshot": lambda index, hit: index.snapshot(),
    "facets": lambda index, hit: index.facets("防汛", filters=["year:2000.."]),
    "trend": lambda index, hit: index.trend(["防汛", "准备"], filters=["标题:防汛"]),
    "kwic": lambda index, hit: index.kwic("防汛"),
    "collocates": lambda index, hit: index.collocates("防汛"),
    "compare": lambda index, hit: index.compare(hit.report.id, "防汛"),
    "similar": lambda index, hit: index.similar(hit.address),
}
"""Everything that an index can be asked."""


def test_every_question_is_watched() -> None:
    public = {name for name in dir(search.Index) if not name.startswith("_")}
    assert QUESTIONS.keys() == public - {"close", "refresh"}


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_is_of_one_generation_for_what_the_index_shows_is_asked_once(
    place: Path, name: str
) -> None:
    index = Watched(open_snapshot(place / "index"))
    hit = index.search("防汛准备").hits[0]
    index.taken = 0
    QUESTIONS[name](index, hit)
    assert index.taken == 1


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="no /proc on this system")
def test_a_generation_that_nobody_sees_any_more_is_let_go_of_at_once(
    place: Path, index: search.Index
) -> None:
    def mapped() -> int:
        return Path("/proc/self/maps").read_text("utf-8").count(f"{place}/index/gen-")

    hit = index.search("防汛准备").hits[0]
    for name, ask in QUESTIONS.items():
        if name != "snapshot":
            ask(index, hit)
    before = mapped()
    commit(place, 1)
    gc.collect()  # what the build left
    gc.disable()
    try:
        index.refresh()
        assert mapped() == before
    finally:
        gc.enable()


def test_threads_search_and_refresh_while_a_process_commits(
    place: Path, index: search.Index
) -> None:
    def watch() -> set[int]:
        """The numbers that a thread sees, until it sees the last commit."""
        seen = [0]
        while seen[-1] < COMMITS:
            assert writer.poll() in (None, 0)
            index.refresh()
            number = number_in(index.snapshot())
            assert number >= seen[-1]
            seen.append(number)
        return set(seen)

    root = Path(__file__).parents[2]
    writer = subprocess.Popen(
        [sys.executable, "-c", COMMITTING, str(place)],
        env={**os.environ, "PYTHONPATH": str(root)}, cwd=place,
    )  # fmt: skip
    try:
        with ThreadPoolExecutor(THREADS) as pool:
            seen = [watching.result() for watching in [pool.submit(watch) for _ in range(THREADS)]]
    finally:
        assert writer.wait() == 0
    assert len(set.union(*seen)) > 2
