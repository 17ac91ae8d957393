"""Worker processes: answers in order, failures told, and nobody left behind."""

from __future__ import annotations

import os
import shutil
import signal
from threading import Timer
from typing import TYPE_CHECKING, Any

import psutil
import pytest

import search
from corpus import SAMPLES, Limits, Reason
from indexer import Segmenter, build, draft, workers
from indexer.dictionary import Snapshot, load_frequencies, snapshot_bytes
from indexer.taking import Taken, TakenReport, Task, digest, take
from indexer.workers import Workers, make_dictionary

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

DICTIONARY = snapshot_bytes({"工": 0, "工作": 8, "报": 0, "报告": 9, "政": 0, "政府": 9})
GOOD = sorted(SAMPLES.glob("20[12]*"))


def tasks(paths: Sequence[Path]) -> list[Task]:
    return [Task(str(path)) for path in paths]


def told(taken: Taken) -> tuple[Any, ...]:
    """All that an answer says, as what can be compared."""
    problems = [(one.source, one.reason, one.detail, str(one)) for one in taken.failures]
    return taken.digest, list(map(cut, taken.reports)), problems


def cut(one: TakenReport) -> tuple[Any, ...]:
    texts = [
        (zone.folded, zone.lengths.tolist(), zone.words, zone.tokens.tolist(), zone.counts.tolist())
        for zone in (one.cut.cut, one.cut.headings)
    ]
    arrays = [array.tolist() for array in (one.cut.sizes, one.cut.parts, one.cut.pages)]
    return one.source, one.report, one.cut.texts, one.cut.paths, arrays, one.cut.sketch, *texts


def taken_here(task: Task) -> tuple[Any, ...]:
    """What taking a file in gives in this process."""
    return told(take(task, Segmenter.over(Snapshot.of(DICTIONARY))))


@pytest.fixture(autouse=True)
def _nobody_is_left() -> Iterator[None]:
    """Every test ends with the processes that it began with."""
    before = set(psutil.Process().children(recursive=True))
    yield
    assert set(psutil.Process().children(recursive=True)) == before


def test_answers_come_in_order_and_are_those_of_this_process(tmp_path: Path) -> None:
    """Of large files and small ones, readable or not, as many as there are."""
    empty, binary = tmp_path / "empty.txt", tmp_path / "binary.txt"
    empty.write_bytes(b"")
    binary.write_bytes(b"\x7fELF" + bytes(range(256)))
    paths = [*GOOD[:5], tmp_path / "none.txt", empty, *GOOD[9:14], binary, tmp_path, GOOD[0]]
    with Workers(lambda: DICTIONARY, 2) as pool:
        found = [told(answer) for answer in pool.take(tasks(paths))]
    assert found == [taken_here(task) for task in tasks(paths)]
    reasons = [problem[1] for _, _, problems in found for problem in problems]
    assert reasons[:2] == [Reason.VANISHED, Reason.EMPTY]
    assert len(reasons) == 4


def test_workers_are_no_further_ahead_than_they_are_allowed_to_be() -> None:
    """So what was cut does not fill the memory while the index is written."""
    asked: list[Task] = []

    def asking() -> Iterator[Task]:
        for path in GOOD[:15]:
            asked.append(Task(str(path), 3 << 20))
            yield asked[-1]

    with Workers(lambda: DICTIONARY, 1) as pool:
        for number, _ in enumerate(pool.take(asking())):
            assert len(asked) <= number + 2


def test_a_file_that_takes_too_long_is_given_up_and_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Its worker is killed, and another takes in what comes after it."""
    replaced_by(
        monkeypatch, "__import__('time').sleep(60) if task.encoding else real(task, cutter)"
    )
    given = [*tasks(GOOD[:1]), Task(str(GOOD[1]), 0, "bad", limits=Limits(seconds=0.2))]
    with Workers(lambda: DICTIONARY, 1) as pool:
        first, slow, last = pool.take([*given, *tasks(GOOD[2:3])])
    assert told(first) == taken_here(given[0])
    assert [(one.source, one.reason) for one in slow.failures] == [(str(GOOD[1]), Reason.TOO_SLOW)]
    assert slow.digest == digest(GOOD[1].read_bytes(), "bad", limits=Limits(seconds=0.2))
    assert told(last) == taken_here(Task(str(GOOD[2])))


def test_a_file_that_wants_too_much_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """It does not get it, and its worker goes on with the next."""
    greedy = "import indexer.taking as t; real = t.read_members; t.read_members = lambda d, p, **k:"
    code = f"{greedy} iter(bytes(1 << 33)) if k['encoding'] else real(d, p, **k); "
    start = workers._START.replace("workers.{call}", code + "workers.{call}")
    monkeypatch.setattr(workers, "_START", start)
    with Workers(lambda: DICTIONARY, 1) as pool:
        large, last = pool.take([Task(str(GOOD[0]), 0, "bad"), *tasks(GOOD[2:3])])
        assert len(pool._started) == 1
    assert [problem.reason for problem in large.failures] == [Reason.TOO_LARGE]
    assert told(last) == taken_here(Task(str(GOOD[2])))


def test_a_worker_killed_over_a_file_is_replaced_and_the_file_is_named() -> None:
    """The file is reported as damaged; those after it are taken in as if nothing had been."""
    with Workers(lambda: DICTIONARY, 1) as pool:
        assert [told(one) for one in pool.take(tasks(GOOD[:1]))] == [taken_here(tasks(GOOD)[0])]
        (worker,) = pool._started
        os.kill(worker.pid, signal.SIGSTOP)  # so that it has the file, and cannot be done with it
        timer = Timer(0.2, worker.kill)
        timer.start()
        lost, *others = pool.take(tasks(GOOD[1:4]))
        timer.join()
        assert len(pool._started) == 2
    assert [(one.source, one.reason) for one in lost.failures] == [(str(GOOD[1]), Reason.DAMAGED)]
    assert [told(one) for one in others] == [taken_here(task) for task in tasks(GOOD[2:4])]


def replaced_by(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """Have workers take files in by `code`, where `real` is how they would."""
    changed = f"import os; real = workers.take; workers.take = lambda task, cutter: {code}; "
    start = workers._START
    monkeypatch.setattr(
        workers, "_START", start.replace("workers.{call}", changed + "workers.{call}")
    )


def test_a_file_that_ends_every_worker_ends_only_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """With several workers, and several such files, just these are reported."""
    replaced_by(monkeypatch, "os._exit(3) if task.encoding else real(task, cutter)")
    given = [
        Task(str(path), encoding="bad" if place in {1, 4} else None)
        for place, path in enumerate(GOOD)
    ]
    with Workers(lambda: DICTIONARY, 2) as pool:
        found = list(pool.take(given[:8]))
    for task, answer in zip(given, found, strict=False):
        if task.encoding:
            (problem,) = answer.failures
            assert (problem.source, problem.reason) == (task.path, Reason.DAMAGED)
        else:
            assert told(answer) == taken_here(task)


def test_what_is_printed_in_a_worker_is_not_taken_for_an_answer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A library that prints does no harm."""
    replaced_by(monkeypatch, "print('noise', flush=True) or real(task, cutter)")
    with Workers(lambda: DICTIONARY, 1) as pool:
        found = [told(answer) for answer in pool.take(tasks(GOOD[:2]))]
    assert found == [taken_here(task) for task in tasks(GOOD[:2])]


def test_nobody_is_left_when_a_block_is_left_early() -> None:
    """Workers end though they have files to take in, whether they can go on or not."""
    pool = Workers(lambda: DICTIONARY, 2)
    rescues: list[Timer] = []

    def interrupted() -> None:
        with pool:
            next(pool.take(tasks(GOOD)))
            os.kill(pool._started[0].pid, signal.SIGSTOP)
            rescues.append(Timer(30, pool._started[0].kill))
            rescues[0].start()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert rescues[0].is_alive()
    rescues[0].cancel()
    assert all(process.returncode is not None for process in pool._started)
    with Workers(lambda: DICTIONARY, 2):
        pass


def test_a_dictionary_made_in_a_process_of_its_own_is_the_one_made_here() -> None:
    """Byte for byte, with the user's words in it."""
    terms = "行政复议听证 20 n\n平安慈溪\n".encode()
    assert make_dictionary(terms) == snapshot_bytes(load_frequencies(terms))


def test_a_process_that_makes_no_dictionary_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing it may have answered is taken for a dictionary."""
    monkeypatch.setattr(workers, "_START", "print('half of it'); raise SystemExit(1)")
    with pytest.raises(search.BaogaoError, match="dictionary"):
        make_dictionary("澜川江畔\n".encode())


QUERIES = (
    "行政复议",
    "营商环境 优化",
    '"人民政府"',
    "文种:通知 防汛",
    "年份:2017..2019 经济 -改革",
    "2017",
)


def answers(directory: Path) -> dict[str, object]:
    with search.open_index(directory) as index:
        found: dict[str, object] = {
            query: [
                (
                    hit.address,
                    hit.text,
                    hit.heading,
                    hit.highlights,
                    hit.report,
                    round(hit.score, 9),
                )
                for hit in index.search(query, limit=None)
            ]
            for query in QUERIES
        }
        found["reports"] = list(index.reports())
        return found


def test_an_index_made_by_workers_answers_as_one_made_without(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Many files in one go, or the same in two goes of which neither needs a worker."""
    folder = tmp_path / "reports"
    shutil.copytree(SAMPLES, folder)
    for path in sorted(folder.glob("*.md")):
        changed = path.read_text("utf-8").replace("经济", "社会")
        path.with_stem(f"{path.stem}-again").write_text(changed, "utf-8")
    files = sorted(path for path in folder.iterdir() if path.suffix in {".md", ".txt"})
    started: list[Workers] = []

    class Watched(Workers):
        def __enter__(self) -> Workers:
            started.append(self)
            return super().__enter__()

    monkeypatch.setattr(build, "Workers", Watched)
    monkeypatch.setattr(draft, "make_dictionary", lambda _: DICTIONARY)
    total = sum(path.stat().st_size for path in files)
    monkeypatch.setattr(build, "_ALONE", total * 3 // 4)
    summary = search.build_index(tmp_path / "at-once", files)
    assert (summary.added, len(started)) == (len(files), 1)
    half = len(files) // 2
    for some in (files[:half], files[half:]):
        assert not search.build_index(tmp_path / "in-two", some).failed
    assert len(started) == 1
    at_once = answers(tmp_path / "at-once")
    assert at_once == answers(tmp_path / "in-two")
    assert all(at_once.values())
