"""Processes that end before their time: a writer that is interrupted or killed, and its workers."""

from __future__ import annotations

import signal
from typing import TYPE_CHECKING

import psutil
import pytest

import indexer.build
import indexer.workers
from corpus import Reason

from .support import Scenario, baogao_started, merged, state

if TYPE_CHECKING:
    from pathlib import Path

ENDING = """
import os, signal, time
from indexer import build, workers

def ended(real):
    def call(*arguments):
        task = next(one for one in arguments if isinstance(one, build.Task))
        if task.path.endswith("small.txt"):
            while pools and not pools[0]._started:
                time.sleep(0.01)
            print(*(process.pid for pool in pools for process in pool._started), flush=True)
            os.kill(os.getpid(), signal.{signal})
        return real(*arguments)
    return call

class Workers(workers.Workers):
    def __init__(self, *arguments):
        super().__init__(*arguments)
        pools.append(self)

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have it ignored
pools = []
build._ALONE = {alone}
build.Workers = Workers
build.take = ended(build.take)
workers.Workers._ask = ended(workers.Workers._ask)
"""
"""Ends the process by a signal when it comes to a certain file."""

IN_WORKERS, IN_THE_WRITER = 0, 1 << 30


@pytest.fixture(scope="module")
def scenario(tmp_path_factory: pytest.TempPathFactory) -> Scenario:
    return merged(tmp_path_factory.mktemp("processes"))


@pytest.mark.parametrize("alone", [IN_WORKERS, IN_THE_WRITER], ids=["workers", "alone"])
@pytest.mark.parametrize(("number", "status"), [("SIGINT", 130), ("SIGKILL", -signal.SIGKILL)])
def test_a_run_ended_while_it_reads_leaves_the_index_as_it_was_and_no_process(
    scenario: Scenario, tmp_path: Path, number: str, status: int, alone: int
) -> None:
    trial = tmp_path / "index"
    scenario.copy(trial)
    run = baogao_started(
        scenario.directory.parent,
        *("index", "reports", "--index", str(trial)),
        before=ENDING.format(signal=number, alone=alone),
    )
    output, errors = run.communicate(timeout=60)
    assert run.returncode == status, errors
    workers = [int(process) for process in output.split()]
    assert bool(workers) is (alone == IN_WORKERS)
    for process in workers:
        if psutil.pid_exists(process):
            psutil.Process(process).wait(timeout=60)
    assert state(trial) == scenario.before
    assert scenario.is_unharmed(trial)


def test_a_file_that_ends_its_worker_is_reported_and_the_rest_is_indexed(
    scenario: Scenario, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial = tmp_path / "index"
    scenario.copy(trial)
    deadly = (
        "import os, signal; real = workers.take; "
        "workers.take = lambda task, segmenter: os.kill(os.getpid(), signal.SIGKILL) "
        "if task.path.endswith('small.txt') else real(task, segmenter); workers.{call}"
    )
    start = indexer.workers._START.replace("workers.{call}", deadly)
    with monkeypatch.context() as patch:
        patch.setattr(indexer.workers, "_START", start)
        patch.setattr(indexer.build, "_ALONE", IN_WORKERS)
        summary = scenario.run(trial)
    (problem,) = summary.failed
    assert problem.reason is Reason.DAMAGED
    assert problem.source.endswith("small.txt")
    assert (summary.added, summary.removed) == (1, 1)
    assert scenario.run(trial).changed == 1
    assert scenario.is_done(trial)
