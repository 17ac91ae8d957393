"""baogao watch: a real process over real folders, told of changes or looking for them."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from typing import TYPE_CHECKING

import pytest

import search
from indexer.generations import Generations

from .running import BAOGAO, PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

MANNERS = {"told": (), "looking": ("--poll",)}
each_manner = pytest.mark.parametrize("options", MANNERS.values(), ids=MANNERS)
BURST = 60


def until(holds: Callable[[], object]) -> None:
    """Wait until something holds."""
    end = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)


class Watching:
    """A folder that is watched, and the process that does it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.folder = place / "reports"
        self.folder.mkdir()
        self.index = place / "index"
        self.process: subprocess.Popen[bytes] | None = None

    def put(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"关于工作的通知\n\n{text}\n", "utf-8")

    def start(self, *arguments: str | Path, **environment: str) -> None:
        """Begin; see `said` for what it says."""
        with (self.place / "said").open("wb") as said:
            self.process = subprocess.Popen(
                [BAOGAO, "watch", *(arguments or [self.folder]), "--index", self.index],
                stdout=subprocess.DEVNULL, stderr=said, env={**os.environ, **environment},
            )  # fmt: skip

    @property
    def said(self) -> str:
        return (self.place / "said").read_text("utf-8")

    def until_said(self, text: str) -> None:
        until(lambda: text in self.said)

    def finds(self, query: str) -> int:
        """How many paragraphs a query finds now."""
        try:
            with search.open_index(self.index) as index:
                return index.search(query, literal=True).total
        except search.IndexMissing:
            return 0

    def interrupt(self) -> int:
        """Ctrl-C; gives the exit status."""
        assert self.process
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(PATIENCE)


@pytest.fixture
def watching(tmp_path: Path) -> Iterator[Watching]:
    watched = Watching(tmp_path)
    yield watched
    if watched.process:
        watched.process.kill()
        watched.process.wait()


@each_manner
def test_the_index_follows_what_is_added_changed_and_removed(
    watching: Watching, options: tuple[str, ...]
) -> None:
    watching.put("a.txt", "防汛责任")
    watching.start(watching.folder, *options)
    watching.until_said("Ctrl-C ends it")
    assert watching.finds("防汛责任") == 1
    watching.put("deep/b.txt", "招生责任")
    until(lambda: watching.finds("招生责任"))
    watching.put("deep/b.txt", "道路责任")
    until(lambda: watching.finds("道路责任") and not watching.finds("招生责任"))
    (watching.folder / "deep").rename(watching.place / "elsewhere")
    until(lambda: not watching.finds("道路责任"))
    (watching.folder / "a.txt").unlink()
    until(lambda: not watching.finds("防汛责任"))
    assert watching.interrupt() == 130


@each_manner
def test_several_folders_are_followed_and_one_may_hold_the_index(
    watching: Watching, options: tuple[str, ...]
) -> None:
    second = watching.place / "second"
    second.mkdir()
    watching.index = second / "index"
    watching.start(watching.folder, second, *options)
    watching.until_said("Ctrl-C ends it")
    watching.put("a.txt", "防汛责任")
    (second / "b.txt").write_text("关于工作的通知\n\n招生责任\n", "utf-8")
    until(lambda: watching.finds("防汛责任") and watching.finds("招生责任"))


@each_manner
def test_a_burst_of_changes_is_a_few_commits(watching: Watching, options: tuple[str, ...]) -> None:
    watching.put("a.txt", "防汛责任")
    watching.start(watching.folder, *options)
    watching.until_said("Ctrl-C ends it")
    for number in range(BURST):
        watching.put(f"{number}.txt", f"第{number}项责任")
    until(lambda: watching.finds(f"第{BURST - 1}项责任"))
    with search.open_index(watching.index) as index:
        assert index.generation < BURST / 2


@each_manner
def test_an_interrupted_watch_leaves_an_index_that_the_next_goes_on_with(
    watching: Watching, options: tuple[str, ...]
) -> None:
    watching.start(watching.folder, *options)
    watching.until_said("Ctrl-C ends it")
    for number in range(BURST):
        watching.put(f"{number}.txt", f"第{number}项责任")
    until(lambda: watching.finds("责任"))
    assert watching.interrupt() == 130
    assert watching.said.endswith("\nbaogao: interrupted\n")
    assert not search.check_index(watching.index).problems
    search.build_index(watching.index, watching.folder)
    with search.open_index(watching.index) as index:
        assert index.stats().reports == BURST


@each_manner
def test_a_folder_in_the_place_of_another_is_followed(
    watching: Watching, options: tuple[str, ...]
) -> None:
    watching.put("a.txt", "防汛责任")
    watching.start(watching.folder, *options)
    watching.until_said("Ctrl-C ends it")
    watching.folder.rename(watching.place / "old")
    watching.folder.mkdir()
    watching.put("b.txt", "招生责任")
    until(lambda: watching.finds("招生责任") and not watching.finds("防汛责任"))
    watching.put("c.txt", "道路责任")
    until(lambda: watching.finds("道路责任"))


def test_another_writer_is_waited_for(watching: Watching) -> None:
    watching.put("a.txt", "防汛责任")
    search.build_index(watching.index, watching.folder)
    with Generations(watching.index).write(0):
        watching.start()
        watching.put("b.txt", "招生责任")
    until(lambda: watching.finds("招生责任"))


def test_what_cannot_be_read_is_named_once(watching: Watching) -> None:
    (watching.folder / "空.txt").write_text("", "utf-8")
    (watching.folder / "gone.txt").symlink_to("nowhere")
    watching.start()
    watching.until_said("Ctrl-C ends it")
    watching.put("a.txt", "防汛责任")
    watching.until_said("1 added")
    assert watching.said.count("baogao: ") == watching.said.count("空.txt") + 1


def test_quiet_says_what_goes_wrong_only_and_verbose_how_changes_are_noticed(
    watching: Watching,
) -> None:
    watching.put("a.txt", "防汛责任")
    watching.start(watching.folder, "-q")
    until(lambda: watching.finds("防汛责任"))
    assert watching.said == ""
    assert watching.interrupt() == 130
    watching.start(watching.folder, "-v", "--poll")
    watching.until_said("Ctrl-C ends it")
    assert "looking for changes every 1 seconds" in watching.said


def test_where_the_system_cannot_tell_of_changes_they_are_looked_for(watching: Watching) -> None:
    stub = "def watch(*_, **__):\n    raise OSError('too many folders')\n    yield\n"
    (watching.place / "watchfiles.py").write_text(stub, "utf-8")
    watching.start(watching.folder, "-v", PYTHONPATH=str(watching.place))
    watching.until_said("Ctrl-C ends it")
    assert "the system does not tell of changes: too many folders" in watching.said
    watching.put("a.txt", "防汛责任")
    until(lambda: watching.finds("防汛责任"))


@pytest.mark.parametrize("name", ["nowhere", "a.txt"])
def test_what_is_no_folder_is_refused(watching: Watching, name: str) -> None:
    watching.put("a.txt", "防汛责任")
    watching.start(watching.folder / name)
    assert watching.process
    assert watching.process.wait(PATIENCE) == 2
    assert name in watching.said


def test_nothing_hostile_comes_from_the_names_of_files(watching: Watching) -> None:
    folder = watching.folder / "\x1b[2J\u202e"
    folder.mkdir()
    (folder / "空\x1b]0;x\x07.txt").write_text("", "utf-8")
    watching.start(folder)
    watching.until_said("Ctrl-C ends it")
    assert not {"\x1b", "\u202e", "\x07"} & set(watching.said)
