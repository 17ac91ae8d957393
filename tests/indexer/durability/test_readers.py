"""Readers see one generation entirely, whatever a writer commits meanwhile."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from typing import TYPE_CHECKING

import pytest

import search

from .support import fill, report, started

if TYPE_CHECKING:
    from pathlib import Path

THREADS = 4
PROCESSES = 2
KEPT = 3
"""How many indexes a reader keeps open, the oldest of them for long."""


def commit(place: Path, number: int) -> None:
    """Have both of two reports tell the number of the commit."""
    text = "关于做好防汛工作的通知\n\n一、安排\n\n做好防汛准备，编号第{}号之{}。\n"
    fill(place / "reports", {f"{name}.txt": text.format(number, name) for name in "甲乙"})
    search.build_index(place / "index", place / "reports")


def number_in(index: search.Index) -> int:
    """The number of the commit that an index shows."""
    hits = index.search("防汛准备").hits
    told = [re.search(r"第(\d+)号之(.)", hit.text) for hit in hits]
    assert sorted(match[2] for match in told if match) == ["乙", "甲"]
    assert [index.get(hit.address).text for hit in hits] == [hit.text for hit in hits]
    numbers = {int(match[1]) for match in told if match}
    assert len(numbers) == 1, f"of several generations: {numbers}"
    return numbers.pop()


def read_until(directory: Path, last: int) -> int:
    """Open an index again and again until it shows the last commit; gives how many it showed."""
    with ExitStack() as opened:
        kept: list[tuple[search.Index, int]] = []
        newest, seen = -1, set()
        while newest < last:
            index = opened.enter_context(search.open_index(directory))
            found = number_in(index)
            assert found >= newest
            newest = found
            seen.add(found)
            kept[KEPT - 1 :] = [(index, found)]
            assert all(number_in(older) == number for older, number in kept)
    return len(seen)


@pytest.mark.parametrize("commits", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_every_answer_is_of_one_generation_while_a_writer_commits(
    tmp_path: Path, commits: int
) -> None:
    fill(tmp_path / "reports", {f"{number}.txt": report(number) for number in range(3)})
    commit(tmp_path, 0)

    def write() -> None:
        for number in range(1, commits + 1):
            commit(tmp_path, number)

    children = [started(write)]
    children += (started(lambda: read_until(tmp_path / "index", commits)) for _ in range(PROCESSES))
    with ThreadPoolExecutor(THREADS) as pool:
        read = [pool.submit(read_until, tmp_path / "index", commits) for _ in range(THREADS)]
        seen = [reading.result() for reading in read]
    assert [child.wait() for child in children] == [0] * (1 + PROCESSES)
    assert max(seen) > 1


def test_an_index_that_is_committed_to_is_found_whole_by_a_check(tmp_path: Path) -> None:
    commit(tmp_path, 0)

    def write() -> None:
        for number in range(1, 11):
            commit(tmp_path, number)

    writer = started(write)
    while writer.is_running():
        assert search.check_index(tmp_path / "index").problems == ()
    assert writer.wait() == 0


def test_an_open_index_goes_on_answering_while_others_commit(tmp_path: Path) -> None:
    commit(tmp_path, 0)
    with search.open_index(tmp_path / "index") as index:
        before = index.search("防汛准备")
        for number in range(1, 4):
            commit(tmp_path, number)
            assert index.search("防汛准备") == before
    with search.open_index(tmp_path / "index") as index:
        assert number_in(index) == 3
