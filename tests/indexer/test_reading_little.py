"""An index is opened by reading a little of each file, however large it is."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import search
from indexer import open_report_index
from indexer.generations import Generations
from indexer.storage.checked import CheckedFile

if TYPE_CHECKING:
    from collections.abc import Callable

LARGE = 1 << 17
"""Bytes from which on a file is looked at: eight blocks."""


@pytest.fixture
def looked_at(monkeypatch: pytest.MonkeyPatch) -> Counter[Path]:
    """Of every file the blocks that were looked at; none is used that was not."""
    blocks: Counter[Path] = Counter()
    check = CheckedFile._check

    def counted(file: CheckedFile, block: int) -> None:
        blocks[file.path] += 1
        check(file, block)

    monkeypatch.setattr(CheckedFile, "_check", counted)
    return blocks


def read_by_this_process() -> int:
    """Bytes that were read since it began, those of mapped files left out."""
    counters = Path("/proc/self/io").read_text("ascii").split()
    return int(counters[counters.index("rchar:") + 1])


@pytest.mark.skipif(sys.platform != "linux", reason="what is read is told by Linux")
@pytest.mark.parametrize("open_any", [search.open_index, open_report_index])
def test_opening_an_index_reads_no_file_whole(
    samples_directory: Path, looked_at: Counter[Path], open_any: Callable[[Path], object]
) -> None:
    """Of mapped files two blocks, and by the system's calls less than any of them holds."""
    generations = Generations(samples_directory)
    manifest = generations.manifest()
    folder = generations.folder(manifest.generation)
    large = [folder / name for name, stored in manifest.files.items() if stored.size > LARGE]
    assert len(large) >= 2
    before = read_by_this_process()
    index = open_any(samples_directory)
    read = read_by_this_process() - before
    assert read < LARGE
    assert all(1 <= looked_at[path] <= 2 for path in large), looked_at
    del index


def test_a_search_reads_a_part_of_the_segments(
    samples_directory: Path, looked_at: Counter[Path]
) -> None:
    """A rare word's postings and the texts of its hits, not those of other words."""
    with search.open_index(samples_directory) as index:
        assert index.search("容缺受理").total
    manifest = Generations(samples_directory).manifest()
    segment = max(manifest.segments, key=lambda stored: stored.documents).file
    (path,) = samples_directory.glob(f"gen-*/{segment}")
    assert 0 < looked_at[path] * (1 << 14) < path.stat().st_size / 2
