"""A writer that is killed at any file operation leaves the index as it was, or as it is to be."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

import pytest

from indexer.gathering import merge_segments

from .support import ALL, Scenario, kill, moments

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from indexer.paragraphs import ParagraphSegment
    from indexer.storage.checked import StoredFile


def test_every_kind_of_operation_is_seen(scenario: Scenario, tmp_path: Path) -> None:
    seen = scenario.operations(tmp_path / "index")
    kinds = Counter(operation.kind for operation in seen)
    assert kinds.keys() >= {"open", "write", "fsync", "mkdir", "replace", "unlink"}
    assert len(seen) + kinds["write"] >= 30


def test_a_merge_and_a_commit_without_one_are_among_the_scenarios(
    scenario: Scenario, tmp_path: Path
) -> None:
    """What is killed while it merges does merge, what is not to does not."""
    merged: list[Path] = []

    def merge(path: Path, segments: Sequence[ParagraphSegment]) -> tuple[StoredFile, int]:
        merged.append(path)
        return merge_segments(path, segments)

    scenario.copy(tmp_path / "index")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("indexer.segments.merge_segments", merge)
        scenario.run(tmp_path / "index")
    assert bool(merged) is scenario.directory.parent.name.startswith("merged")


@pytest.mark.parametrize("points", [4, ALL])
def test_a_writer_killed_at_a_file_operation_leaves_the_old_index_or_the_new_one(
    scenario: Scenario, tmp_path: Path, points: int
) -> None:
    trial = tmp_path / "index"
    operations = scenario.operations(trial)
    for number in moments(operations, points):
        for half in (False, True) if operations[number].kind == "write" else (False,):
            scenario.copy(trial)
            kill(partial(scenario.run, trial), number, half=half)
            assert scenario.is_unharmed(trial), f"killed at operation {number}, half of it: {half}"
