"""What the tests of durability share: indexes before and after a commit, and what they answer."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import subprocess
import sys
import traceback
import warnings
from dataclasses import dataclass
from itertools import count
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import indexer.build
import search
from indexer import IndexMissing
from indexer.dictionary import add_prefixes, snapshot_bytes
from indexer.generations import Generations
from indexer.storage.checked import CheckedFile, write_arrays
from indexer.writing import _serialised

from .operations import WRITE, watched

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from indexer.generations import Manifest

    from .operations import Operation

EVERY = 1 << 30
ALL = pytest.param(EVERY, marks=pytest.mark.slow, id="all")
"""For tests of a number of cases: every one there is."""

QUERIES: tuple[tuple[str, dict[str, Any]], ...] = (
    ("行政复议", {}),
    ("防汛 工作", {}),
    ("防汛", {"literal": True}),
    ("标题:通知", {"sort": "newest"}),
    ("章节:安排", {}),
    ("日期:2019-03..2021", {"sort": "newest"}),
    ("年份:2020 -防汛", {}),
)


def small_dictionary(terms: bytes) -> bytes:
    """A dictionary of a few thousand words, to be made and checked in no time."""
    words = ("".join(chr(0x4E00 + place) for place in pair) for pair in _pairs())
    table = {"行政复议": 1000, "防汛": 900, **dict.fromkeys(words, 3)}
    add_prefixes(table, table)
    return snapshot_bytes(table)


def _pairs() -> list[tuple[int, int]]:
    random = Random(1)
    return [(random.randrange(20000), random.randrange(20000)) for _ in range(6000)]


def report(number: int, *, paragraphs: int = 3, year: int = 2020) -> str:
    """A report of its own text, which the queries find something in."""
    random = Random(number)
    face = (f"关于做好第{number}号工作的通知", "市人民政府", f"{year}年3月{number % 28 + 1}日")
    texts = (
        "".join(chr(random.randrange(0x4E00, 0x9F00)) for _ in range(60)) for _ in range(paragraphs)
    )
    body = (f"要推进行政复议改革，做好防汛准备{at}。{text}。" for at, text in enumerate(texts))
    return "\n\n".join((*face, "一、安排", *body, ""))


def answers(directory: Path) -> list[Any]:
    """What an index answers to everything that it can be asked."""
    with search.open_index(directory) as index:
        stats = index.stats()
        found: list[Any] = [stats.reports, stats.paragraphs, stats.years, stats.kinds]
        found += (index.search(query, limit=20, **options) for query, options in QUERIES)
        for known in index.reports():
            found.append(index.paragraphs(known.id))
            found.append(index.get(f"{known.id}:1"))
    return found


def state(directory: Path) -> list[Any] | None:
    """What an index answers, whose files are all in order; None if there is none."""
    try:
        assert search.check_index(directory).problems == ()
    except IndexMissing:
        return None
    return answers(directory)


@dataclass(frozen=True)
class Scenario:
    """An index, and what is to happen to it.

    Attributes:
        directory: the index as it is before, not there if there is none.
        run: does to an index what is to be done.
        before: the state before it.
        after: the state after it.
    """

    directory: Path
    run: Callable[[Path], search.BuildSummary]
    before: list[Any] | None
    after: list[Any] | None

    @classmethod
    def of(cls, directory: Path, run: Callable[[Path], search.BuildSummary]) -> Scenario:
        """Find out what is before and after."""
        trial = directory.with_name("after")
        scenario = cls(directory, run, None, None)
        scenario.copy(trial)
        before = state(trial)
        run(trial)
        return cls(directory, run, before, state(trial))

    def copy(self, trial: Path) -> None:
        """Make `trial` the index as it is before."""
        shutil.rmtree(trial, ignore_errors=True)
        if self.directory.exists():
            shutil.copytree(self.directory, trial)

    def operations(self, trial: Path) -> list[Operation]:
        """What the run does to files, seen in one that is not disturbed."""
        seen: list[Operation] = []
        self.copy(trial)
        with watched(seen.append):
            self.run(trial)
        return seen

    def is_unharmed(self, trial: Path) -> bool:
        """Whether an index is as it is before or after, and the next run brings it to its end."""
        found = state(trial)
        self.run(trial)
        return found in (self.before, self.after) and self.is_done(trial)

    def is_done(self, trial: Path) -> bool:
        """Whether an index is as it is after, and nothing else is there."""
        return state(trial) == self.after and is_tidy(trial)


def is_tidy(directory: Path) -> bool:
    """Whether there are just the files of the generation in force."""
    manifest = Generations(directory).manifest()
    folder = Generations(directory).folder(manifest.generation)
    return {path.name for path in directory.iterdir()} == {
        "lock",
        "manifest.json",
        folder.name,
    } and {path.name for path in folder.iterdir()} == manifest.files.keys()


def fill(folder: Path, texts: dict[str, str | None]) -> None:
    """Write the files of a folder; remove those that have no text."""
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        if text is None:
            (folder / name).unlink()
        else:
            (folder / name).write_text(text, "utf-8")


def added(place: Path) -> Scenario:
    """A small report goes into a large index: nothing is merged."""
    fill(place / "reports", {f"{number}.txt": report(number, paragraphs=9) for number in range(6)})
    indexer.build.build_index(place / "index", place / "reports")
    fill(place / "reports", {"new.txt": report(7)})
    return Scenario.of(
        place / "index", lambda trial: indexer.build.build_index(trial, place / "reports")
    )


def merged(place: Path) -> Scenario:
    """One report goes, one changes, one is new: deletions are noted, segments are merged."""
    fill(place / "reports", {f"{number}.txt": report(number, paragraphs=9) for number in range(6)})
    indexer.build.build_index(place / "index", place / "reports")
    fill(place / "reports", {"small.txt": report(7), "other.txt": report(8)})
    indexer.build.build_index(place / "index", place / "reports")
    fill(place / "reports", {"2.txt": None, "small.txt": report(9), "new.txt": report(10)})
    return Scenario.of(
        place / "index", lambda trial: indexer.build.build_index(trial, place / "reports")
    )


def first(place: Path) -> Scenario:
    """There is no index, and then there is."""
    fill(place / "reports", {f"{number}.txt": report(number) for number in range(3)})
    return Scenario.of(
        place / "index", lambda trial: indexer.build.build_index(trial, place / "reports")
    )


def rebuilt(place: Path) -> Scenario:
    """An index is built anew from other files."""
    fill(place / "reports", {f"{number}.txt": report(number) for number in range(3)})
    indexer.build.build_index(place / "index", place / "reports")
    fill(place / "reports", {"0.txt": None, "1.txt": report(11)})
    return Scenario.of(
        place / "index",
        lambda trial: indexer.build.build_index(trial, place / "reports", rebuild=True),
    )


SCENARIOS = {make.__name__: make for make in (added, merged, first, rebuilt)}


def spread(cases: Sequence[Any], count: int) -> list[Any]:
    """So many of some cases, from the first to the last."""
    if count >= len(cases):
        return list(cases)
    return [cases[number * (len(cases) - 1) // (count - 1)] for number in range(count)]


def moments(operations: Sequence[Operation], count: int) -> list[int]:
    """The numbers of so many operations, and of those about the one that commits."""
    committing = [operation.kind for operation in operations].index("replace")
    about = range(committing - 1, min(committing + 3, len(operations)))
    return sorted({*spread(range(len(operations)), count), *about})


def contents(path: Path) -> tuple[dict[str, NDArray[Any]], dict[str, Any]]:
    """The arrays of a file and its properties."""
    file = CheckedFile(path, path.parent)
    return {name: file.column(name).all().copy() for name in file._contents}, file.properties


def replace(directory: Path, name: str, arrays: dict[str, Any], properties: dict[str, Any]) -> Path:
    """Put a file in the place of another, as if it had been written so; gives its path."""
    generations = Generations(directory)
    manifest = generations.manifest()
    path = generations.folder(manifest.generation) / name
    path.unlink()
    manifest.files[name] = write_arrays(path, arrays, **properties)
    rewrite(directory, manifest)
    return path


def rewrite(directory: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of another, as if it had been written so."""
    (directory / "manifest.json").write_bytes(_serialised(manifest))


class Child:
    """A process of its own that does something."""

    def __init__(self, number: int) -> None:
        self.number = number
        self._status: int | None = None

    def is_running(self) -> bool:
        if self._status is None:
            self._note(*os.waitpid(self.number, os.WNOHANG))
        return self._status is None

    def wait(self) -> int:
        """Its exit status: 0 if all went well, or less than 0 if a signal ended it."""
        if self._status is None:
            self._note(*os.waitpid(self.number, 0))
        assert self._status is not None
        return self._status

    def _note(self, number: int, status: int) -> None:
        if number:
            self._status = os.waitstatus_to_exitcode(status)


def started(act: Callable[[], object]) -> Child:
    """Begin something in a process of its own."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # the test runner has threads
        number = os.fork()
    if number:
        return Child(number)
    try:
        act()
    except BaseException:  # noqa: BLE001 (nothing may get back into the test runner)
        traceback.print_exc()
        os._exit(1)
    os._exit(0)


def in_child(act: Callable[[], object]) -> int:
    """Do something in a process of its own; gives its exit status."""
    return started(act).wait()


def kill(run: Callable[[], object], number: int, *, half: bool) -> None:
    """Kill a run before its operation of a number, or when half of it is written."""
    numbers = count()

    def before(operation: Operation) -> None:
        if next(numbers) == number:
            if half:
                WRITE(operation.descriptor, operation.data[: len(operation.data) // 2])
            os.kill(os.getpid(), signal.SIGKILL)

    def watched_run() -> None:
        with watched(before):
            run()

    assert in_child(watched_run) == -signal.SIGKILL


def run_out_of_space(run: Callable[[], object], number: int, *, stays_full: bool) -> None:
    """Run with a disk that is full from an operation of a number on, or at just that one.

    Half of what is written then still fits.
    """
    numbers = count()

    def before(operation: Operation) -> None:
        at = next(numbers)
        if at == number or (at > number and stays_full and operation.takes_space):
            if operation.data and at == number:
                WRITE(operation.descriptor, operation.data[: len(operation.data) // 2])
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with watched(before):
        run()


def baogao_started(
    place: Path, *arguments: str, before: str = "", **environment: str
) -> subprocess.Popen[str]:
    """Start `baogao` in a folder; `before` is executed before it."""
    return subprocess.Popen(
        [sys.executable, "-c", f"{before}\nfrom search.terminal import main\nmain()", *arguments],
        cwd=place,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def baogao(place: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `baogao` in a folder."""
    process = baogao_started(place, *arguments, **environment)
    output, errors = process.communicate(timeout=60)
    return subprocess.CompletedProcess(arguments, process.returncode, output, errors)
