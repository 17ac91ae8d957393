"""Worker processes that take files in, and give them back in order.

Each is an interpreter of its own, started afresh and spoken to through pipes: nothing of
the program that embeds this one is run again or forked, whatever threads it has. One that
dies over a file is replaced, and the file is reported.
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
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, cast

from corpus import BaogaoError, Reason, UnreadableReport

from .dictionary import Snapshot, load_frequencies, snapshot_bytes
from .segmenter import Segmenter
from .taking import Taken, Task, take

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from concurrent.futures import Future
    from types import TracebackType

_START = "import sys; sys.path[:] = {path!r}; from indexer import workers; workers.{call}()"
_AHEAD = 4
"""How many files a worker may be ahead of what is wanted next."""


class Workers:
    """A number of worker processes; to be used in a `with` block.

    Args:
        dictionary: what to cut with, as `snapshot_bytes` gives it.
        count: how many; as many as there are processors for this process if None.
    """

    def __init__(self, dictionary: bytes, count: int | None = None) -> None:
        self._count = count or _processors()
        self._dictionary = dictionary
        self._own = threading.local()
        self._started: list[subprocess.Popen[bytes]] = []
        self._threads = ThreadPoolExecutor(self._count, "baogao-worker")

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """End the processes, whatever they are at."""
        for process in self._started:
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._started:
            process.communicate()

    def take(self, tasks: Iterable[Task]) -> Iterator[Taken | UnreadableReport]:
        """Take files in, and give what became of each, in their order."""
        waiting: deque[Future[Taken | UnreadableReport]] = deque()
        for task in tasks:
            waiting.append(self._threads.submit(self._ask, task))
            if len(waiting) >= self._count * _AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()

    def _ask(self, task: Task) -> Taken | UnreadableReport:
        """Have this thread's worker take a file in."""
        try:
            process = self._process()
            assert process.stdin
            assert process.stdout
            pickle.dump(task, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            return cast("Taken | UnreadableReport", pickle.load(process.stdout))  # noqa: S301
        except (OSError, EOFError, pickle.UnpicklingError):
            self._own.process = None
            detail = "the process that read it ended; if it is not damaged, please report it"
            return UnreadableReport(task.path, Reason.DAMAGED, detail)

    def _process(self) -> subprocess.Popen[bytes]:
        known: subprocess.Popen[bytes] | None = getattr(self._own, "process", None)
        if known is None:
            known = self._own.process = _start("serve")
            self._started.append(known)
            assert known.stdin
            pickle.dump(self._dictionary, known.stdin, pickle.HIGHEST_PROTOCOL)
        return known


@lru_cache(maxsize=1)
def make_dictionary(terms: bytes) -> bytes:
    """Make the dictionary for a new index, in a process that takes the memory with it.

    It takes a second, so the last one is kept for a program that makes several indexes.

    Args:
        terms: the user's words.

    Returns:
        What `snapshot_bytes` gives.

    Raises:
        BaogaoError: the process ended before it was done.
    """
    process = _start("compile_terms")
    data, _ = process.communicate(terms)
    if process.returncode:
        raise BaogaoError("the process that makes the dictionary ended; is there enough memory?")
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
    questions: BinaryIO = sys.stdin.buffer
    dictionary = Snapshot.of(pickle.load(questions))  # noqa: S301
    segmenter = Segmenter.for_indexing(dictionary.frequencies())
    while True:
        try:
            task = pickle.load(questions)  # noqa: S301
        except EOFError:
            return
        pickle.dump(take(task, segmenter), answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _processors() -> int:
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
