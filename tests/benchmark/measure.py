"""The measurements: building, searching in processes that stay, searching in new ones."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import sysconfig
import threading
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING, Any, TypeVar

import psutil

from .engines import ENGINES
from .worker import serve

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from types import TracebackType

    from .material import Material
    from .queries import Arguments, QueryClass
    from .worker import Answered

WARM_UP = 200
"""Queries of each class that every engine answers before those that count: what a process
that stays has soon done."""

T = TypeVar("T")

_CHUNK = 10
_SAMPLING = 0.05


class NotInstalled(Exception):
    """The engine needs a module that is not installed; says which."""


class Child:
    """The process of an engine, seen from outside; see `worker`."""

    def __init__(self, name: str) -> None:
        context = multiprocessing.get_context("spawn")
        self._name = name
        self._connection, other = context.Pipe()
        self._process = context.Process(target=serve, args=(name, other))
        self._process.start()
        other.close()
        missing: str | None = self._connection.recv()
        if missing is not None:
            self.close()
            raise NotInstalled(missing)

    def __enter__(self) -> Child:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int | None:
        """The id of the process."""
        return self._process.pid

    def tell(self, command: str, *arguments: Any) -> Any:
        """Have a command done, and give its outcome."""
        self._connection.send((command, *arguments))
        outcome, failure = self._connection.recv()
        if failure is not None:
            raise RuntimeError(f"{self._name}: {command} failed\n{failure}")
        return outcome

    def close(self) -> None:
        """End the process."""
        if self._process.is_alive():
            self._connection.send(None)
        self._process.join()
        self._connection.close()


class PeakMemory:
    """Within the block, samples the memory of a process and of all below it.

    What is summed is PSS: of pages that processes share, each bears its part.

    Attributes:
        size: the largest sum seen, in bytes.
    """

    def __init__(self, pid: int | None) -> None:
        self.size = 0
        self._root = psutil.Process(pid)
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._sample)

    def __enter__(self) -> PeakMemory:
        self._thread.start()
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._done.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._done.wait(_SAMPLING):
            processes = [self._root, *self._root.children(recursive=True)]
            self.size = max(self.size, sum(map(_memory, processes)))


def _memory(process: psutil.Process) -> int:
    try:
        size: int = process.memory_full_info().pss
    except psutil.Error:  # it has ended
        return 0
    return size


@dataclass(frozen=True)
class Built:
    """How an index was built.

    Attributes:
        seconds: from the modules being imported to the index being there.
        peak: of the memory of the process and those that it started, in bytes.
        size: of the index on disk, in bytes.
    """

    seconds: float
    peak: int
    size: int


def build(name: str, material: Material, directory: Path) -> Built:
    """Build an engine's index in a process of its own.

    Raises:
        NotInstalled: the engine is not installed.
    """
    directory.mkdir()
    with Child(name) as child, PeakMemory(child.pid) as memory:
        seconds = child.tell("build", material, directory)
    return Built(seconds, memory.size, size_on_disk(directory))


def size_on_disk(directory: Path) -> int:
    """The bytes of all files in a folder; a file that has several names counts once."""
    states = [path.stat() for path in directory.rglob("*") if path.is_file()]
    return sum({state.st_ino: state.st_size for state in states}.values())


def counted(asked: list[T]) -> list[T]:
    """The queries of a class, or their answers, that count: not the first; of few, half."""
    return asked[min(WARM_UP, len(asked) // 2) :]


def warm(
    children: Mapping[str, Child], queries: Mapping[QueryClass, Sequence[Arguments]]
) -> dict[str, dict[str, list[Answered]]]:
    """Ask open engines, some queries at a time in turn, so that noise is the same for all.

    Args:
        children: the engines, by any names.
        queries: by class.

    Returns:
        Name → method → answers to those that count, in the order of the queries; a class
        that an engine cannot answer is not there.
    """
    answers: dict[str, dict[str, list[Answered]]] = {name: {} for name in children}
    for query_class, asked in queries.items():
        method = query_class.method
        for start in range(0, len(asked), _CHUNK):
            chunk = asked[start : start + _CHUNK]
            for name, child in children.items():
                answered = child.tell("answer", method, chunk)
                if answered is not None:
                    answers[name].setdefault(method, []).extend(answered)
    return {
        name: {method: counted(answered) for method, answered in of_engine.items()}
        for name, of_engine in answers.items()
    }


def cold(indexes: Mapping[str, Path], words: Iterable[str]) -> dict[str, list[float]]:
    """Search for each word in a new process of each engine, in turn; give the seconds."""
    seconds: dict[str, list[float]] = {name: [] for name in indexes}
    for word in words:
        for name, directory in indexes.items():
            command = [*_command(name), str(directory), word]
            start = perf_counter()
            subprocess.run(command, capture_output=True, check=True)
            seconds[name].append(perf_counter() - start)
    return seconds


def _command(name: str) -> list[str]:
    """How a search by an engine is begun; directory and word come after it."""
    console = ENGINES[name].console
    if console is None:
        return [sys.executable, "-m", f"{__package__}.cold", name]
    script, *arguments = console
    return [str(Path(sysconfig.get_path("scripts")) / script), *arguments]
