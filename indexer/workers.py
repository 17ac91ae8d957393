"""Worker processes that take files in, and give them back in order.

Each is an interpreter of its own, started afresh and spoken to through pipes: nothing of
the program that embeds this one is run again or forked, whatever threads it has. One that
dies over a file, or is killed because it takes too long, is replaced, and the file reported.
"""

from __future__ import annotations

import os
import pickle  # over pipes of our own making; never of a file
import signal
import subprocess
import sys
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, cast

from corpus import BaogaoError, Reason, UnreadableReport
from corpus.messages import Message

from .batches import BatchSegmenter
from .dictionary import Snapshot, bundled_snapshot, load_frequencies, snapshot_bytes
from .taking import Taken, Task, take, too_slow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future
    from types import TracebackType

_START = "import sys; sys.path[:] = {path!r}; from indexer import workers; workers.{call}()"
_AHEAD = 4 * 2**20
"""Bytes of files that workers may be ahead of what is wanted next, so that they have
something to do while a segment is written."""

_MEMORY = 4 * 2**30
"""Bytes of address space that a worker has: a file that wants more is refused."""


class Workers:
    """A number of worker processes; to be used in a `with` block.

    Args:
        dictionary: gives what to cut with, as `snapshot_bytes` does; it is asked for while
            the processes start.
        count: how many; as many as there are processors for this process if None.
    """

    def __init__(self, dictionary: Callable[[], bytes], count: int | None = None) -> None:
        self._count = count or _processors()
        self._make_dictionary = dictionary
        self._dictionary = b""
        self._own = threading.local()
        self._started: list[subprocess.Popen[bytes]] = []
        self._idle: deque[subprocess.Popen[bytes]] = deque()
        self._threads = ThreadPoolExecutor(self._count, "baogao-worker")

    def __enter__(self) -> Workers:
        try:
            for _ in range(self._count):
                self._idle.append(self._start())
            self._dictionary = self._make_dictionary()
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the processes, whatever they are at."""
        self._end()

    def _end(self) -> None:
        for process in self._started:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.communicate()

    def take(self, tasks: Iterable[Task]) -> Iterator[Taken]:
        """Take files in, and give what became of each, in their order."""
        waiting: deque[tuple[int, Future[Taken]]] = deque()
        ahead = 0
        for task in tasks:
            waiting.append((task.size, self._threads.submit(self._ask, task)))
            ahead += task.size
            while len(waiting) > self._count and ahead > _AHEAD:
                size, answer = waiting.popleft()
                ahead -= size
                yield answer.result()
        for _, answer in waiting:
            yield answer.result()

    def _ask(self, task: Task) -> Taken:
        """Have this thread's worker take a file in."""
        overdue = threading.Event()
        seconds = task.limits.seconds_for(task.size)
        try:
            process = self._process()
            with _ended_after(seconds, process, overdue):
                return _answer(process, task)
        except (OSError, EOFError, pickle.UnpicklingError):
            self._own.process = None
        if overdue.is_set():
            detail = Message(
                "it was not read within {seconds:g} seconds; split it", seconds=round(seconds, 1)
            )
            return too_slow(task, detail)
        detail = Message("the process that read it ended; if it is not damaged, please report it")
        # Something else may have ended it, so there is no digest: it is tried again.
        return Taken("", failures=(UnreadableReport(task.path, Reason.DAMAGED, detail),))

    def _process(self) -> subprocess.Popen[bytes]:
        known: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if known is None:
            known = self._own.process = self._idle.popleft() if self._idle else self._start()
            assert known.stdin
            pickle.dump(self._dictionary, known.stdin, pickle.HIGHEST_PROTOCOL)
        return known

    def _start(self) -> subprocess.Popen[bytes]:
        process = _start("serve")
        self._started.append(process)
        return process


@contextmanager
def _ended_after(
    seconds: float, process: subprocess.Popen[bytes], overdue: threading.Event
) -> Iterator[None]:
    """Kill a process that is not done in time, and say so by `overdue`."""

    def end() -> None:
        overdue.set()
        process.kill()

    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _answer(process: subprocess.Popen[bytes], task: Task) -> Taken:
    assert process.stdin
    assert process.stdout
    pickle.dump(task, process.stdin, pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()
    return cast("Taken", pickle.load(process.stdout))  # noqa: S301


def make_dictionary(terms: bytes) -> bytes:
    """The dictionary for a new index; see `bundled_snapshot`.

    Args:
        terms: the user's words.

    Returns:
        What `snapshot_bytes` gives.

    Raises:
        BaogaoError: the process that makes it ended before it was done.
    """
    return (None if terms else bundled_snapshot()) or _compiled(terms)


@lru_cache(maxsize=1)
def _compiled(terms: bytes) -> bytes:
    """The dictionary, made in a process that takes the memory with it.

    It takes a second, so the last one is kept for a program that makes several indexes.
    """
    process = _start("compile_terms")
    data, _ = process.communicate(terms)
    if process.returncode:
        raise BaogaoError(
            Message("the process that makes the dictionary ended; is there enough memory?")
        )
    return data


def _start(call: str) -> subprocess.Popen[bytes]:
    """Start a process that calls a function of this module."""
    return subprocess.Popen(  # noqa: S603 (ourselves)
        [sys.executable, "-c", _START.format(path=sys.path, call=call)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )


def _answers() -> BinaryIO:
    """Where to answer: what is printed by mistake must not get among the answers."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who asks ends us
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return answers


def compile_terms() -> None:
    """Answer the user's words with the dictionary; the life of a process."""
    answers = _answers()
    answers.write(snapshot_bytes(load_frequencies(sys.stdin.buffer.read())))
    answers.flush()


def serve() -> None:
    """Take in files as they are asked for on standard input; the life of a worker."""
    answers = _answers()
    _limit_memory()
    questions: BinaryIO = sys.stdin.buffer
    segmenter = BatchSegmenter(Snapshot.of(pickle.load(questions)))  # noqa: S301
    while True:
        try:
            task = pickle.load(questions)  # noqa: S301
        except EOFError:
            return
        pickle.dump(take(task, segmenter), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _limit_memory() -> None:
    """Have what would fill the machine's memory fail in this process instead."""
    try:
        import resource
    except ImportError:  # there is no such limit on Windows
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    if hard == resource.RLIM_INFINITY or hard > _MEMORY:
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, hard))


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
