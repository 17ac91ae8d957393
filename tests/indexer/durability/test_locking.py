"""One process writes an index at a time; others are told which, or wait for it."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

import search
from indexer import IndexLocked
from indexer.generations import Generations

from .support import baogao, baogao_started, fill, report, started, state

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from .support import Child


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    fill(tmp_path / "reports", {"0.txt": report(0)})
    search.build_index(tmp_path / "index", tmp_path / "reports")
    fill(tmp_path / "reports", {"1.txt": report(1)})
    return tmp_path / "index"


@contextmanager
def held(directory: Path) -> Iterator[Child]:
    """Another process is writing the index, until the block is left."""
    ours, theirs = os.pipe()
    wait, leave = os.pipe()

    def hold() -> None:
        with Generations(directory).write():
            os.write(theirs, b".")
            os.read(wait, 1)

    child = started(hold)
    os.read(ours, 1)
    yield child
    os.write(leave, b".")
    child.wait()
    for descriptor in (leave, wait, ours, theirs):
        os.close(descriptor)


def test_a_second_writer_is_told_which_process_is_writing(directory: Path) -> None:
    before = state(directory)
    with held(directory) as holder:
        for wait in (0.0, 0.2):
            with pytest.raises(IndexLocked, match="--wait") as caught:
                search.build_index(directory, directory.parent / "reports", wait=wait)
            assert caught.value.holder.startswith(f"process {holder.number} on ")
        assert state(directory) == before
    assert search.build_index(directory, directory.parent / "reports").added == 1


def test_a_writer_that_waits_goes_on_when_the_other_is_done(directory: Path) -> None:
    def build() -> None:
        assert search.build_index(directory, directory.parent / "reports", wait=60).added == 1

    with held(directory):
        waiting = started(build)
        assert waiting.is_running()
    assert waiting.wait() == 0


def test_the_lock_of_a_dead_process_is_free(directory: Path) -> None:
    with held(directory) as holder:
        os.kill(holder.number, signal.SIGKILL)
        assert holder.wait() == -signal.SIGKILL
        assert search.build_index(directory, directory.parent / "reports").added == 1


def test_the_command_line_waits_if_it_is_told_to(directory: Path) -> None:
    place = directory.parent
    arguments = ("index", "reports", "--index", str(directory))
    with held(directory) as holder:
        refused = baogao(place, *arguments)
        assert refused.returncode == 2
        assert f"process {holder.number} on " in refused.stderr
        waiting = baogao_started(place, *arguments, "--wait")
        assert waiting.poll() is None
    _, errors = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, errors
    assert "1 added" in errors
