"""A run that is refused a file operation, or broken off at one, says so and does no harm."""

from __future__ import annotations

import resource
import signal
from collections import Counter
from functools import partial
from itertools import count
from typing import TYPE_CHECKING

import pytest

from indexer import IndexingError

from .operations import Operation, watched
from .support import ALL, Scenario, in_child, moments, run_out_of_space, spread, state

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("stays_full", [False, True], ids=["once", "from-then-on"])
@pytest.mark.parametrize("points", [3, ALL])
def test_a_full_disk_at_any_file_operation_is_an_error_that_leaves_what_was_there(
    scenario: Scenario, tmp_path: Path, points: int, stays_full: bool
) -> None:
    trial = tmp_path / "index"
    operations = scenario.operations(trial)
    committed = [operation.kind for operation in operations].index("replace")
    for number in moments(operations, points):
        scenario.copy(trial)
        try:
            run_out_of_space(partial(scenario.run, trial), number, stays_full=stays_full)
        except IndexingError as error:
            problem = str(error)
            assert "No space left on device" in problem
            assert ("what was there before is unchanged" in problem) is (number <= committed)
            assert state(trial) == (scenario.before if number <= committed else scenario.after)
        else:
            # What clears up may fail, what is asked may have no answer, and a link become a
            # copy: that is no error.
            refused = operations[number]
            can_fail = refused.is_nameless or refused.kind in {"unlink", "rmdir", "link"}
            assert number > committed or can_fail, f"{number}: {refused.kind}"
            assert state(trial) == scenario.after
        assert scenario.is_unharmed(trial), f"refused operation {number}"


@pytest.mark.parametrize("points", [3, ALL])
def test_a_run_that_is_interrupted_leaves_the_old_index_or_the_new_one(
    scenario: Scenario, tmp_path: Path, points: int
) -> None:
    trial = tmp_path / "index"
    for number in moments(scenario.operations(trial), points):
        numbers = count()

        def before(_: Operation, number: int = number, numbers: count[int] = numbers) -> None:
            if next(numbers) == number:
                raise KeyboardInterrupt

        scenario.copy(trial)
        with pytest.raises(KeyboardInterrupt), watched(before):
            scenario.run(trial)
        assert scenario.is_unharmed(trial), f"interrupted at operation {number}"


@pytest.mark.parametrize("points", [5, pytest.param(60, marks=pytest.mark.slow)])
def test_a_limit_to_the_size_of_files_leaves_the_old_index_or_the_new_one(
    scenario: Scenario, tmp_path: Path, points: int
) -> None:
    trial = tmp_path / "index"
    sizes: Counter[Path] = Counter()
    for operation in scenario.operations(trial):
        sizes[operation.path] += len(operation.data)
    largest = max(sizes.values())

    def run_within(limit: int) -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        if limit >= largest:
            scenario.run(trial)
            return
        with pytest.raises(IndexingError, match="File too large; what was there before"):
            scenario.run(trial)

    for limit in spread(range(largest + 2), points):
        scenario.copy(trial)
        assert in_child(partial(run_within, limit)) == 0
        assert state(trial) == (scenario.after if limit >= largest else scenario.before)
        assert scenario.is_unharmed(trial), f"files of {limit} bytes at the most"
