"""What happens to an index when a writer is killed, or a file of it is damaged."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

import search
from corpus import SAMPLES
from indexer import IndexCorrupt, IndexMissing
from indexer.generations import Generations

if TYPE_CHECKING:
    from pathlib import Path

QUERY = "行政复议"
MOMENTS = 5
"""Of each sort: while reports are read, and while the index is written."""

WRITER = """
import sys, search
search.build_index(sys.argv[1], sys.argv[2], on_progress=lambda at: print(at.current, flush=True))
print("done", flush=True)
"""
"""Prints the name of each file before it is read, nothing before it commits, and "done"."""


def answer(directory: Path) -> list[tuple[str, float]]:
    with search.open_index(directory) as index:
        return [(hit.address, hit.score) for hit in index.search(QUERY, limit=None)]


def start_writer(directory: Path, folder: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", WRITER, str(directory), str(folder)],
        stdout=subprocess.PIPE,
        text=True,
    )


def run_until(writer: subprocess.Popen[str], lines: int) -> str:
    """Read what the writer prints, up to a number of lines; gives the last."""
    assert writer.stdout is not None
    line = ""
    for _ in range(lines):
        line = writer.stdout.readline()
    return line


def test_a_writer_killed_at_any_of_ten_moments_leaves_the_previous_index(tmp_path: Path) -> None:
    folder, directory, trial = tmp_path / "reports", tmp_path / "index", tmp_path / "trial"
    folder.mkdir()
    for path in SAMPLES.glob("2022*"):
        shutil.copy(path, folder)
    search.build_index(directory, folder)
    before = answer(directory)
    for path in SAMPLES.glob("202[34]*"):
        shutil.copy(path, folder)
    files = len(list(folder.iterdir()))

    shutil.copytree(directory, trial)
    writer = start_writer(trial, folder)
    assert run_until(writer, files + 1) == "\n"
    began = time.monotonic()
    assert writer.communicate()[0] == "done\n"
    commit = time.monotonic() - began
    after = answer(trial)
    assert after != before

    reading = [(1 + files * moment // MOMENTS, 0.0) for moment in range(MOMENTS)]
    writing = [(files + 1, commit * (moment + 0.5) / MOMENTS) for moment in range(MOMENTS)]
    for lines, delay in reading + writing:
        shutil.rmtree(trial)
        shutil.copytree(directory, trial)
        writer = start_writer(trial, folder)
        run_until(writer, lines)
        time.sleep(delay)
        writer.send_signal(signal.SIGKILL)
        output, _ = writer.communicate()
        if delay == 0.0:
            assert writer.returncode == -signal.SIGKILL
            assert answer(trial) == before
        assert answer(trial) in ([after] if "done" in output else [before, after])
        search.build_index(trial, folder)
        assert answer(trial) == after
        assert len(list(trial.glob("gen-*"))) <= 2


def test_an_open_index_goes_on_answering_while_others_commit(tmp_path: Path) -> None:
    folder, directory = tmp_path / "reports", tmp_path / "index"
    folder.mkdir()
    (folder / "a.txt").write_text("甲项工作\n\n推进行政复议体制改革。\n", "utf-8")
    search.build_index(directory, [folder])
    with search.open_index(directory) as index:
        before = index.search(QUERY)
        for number in range(3):
            text = f"乙项工作之{number}\n\n行政复议案件{number}件。\n"
            (folder / f"{number}.txt").write_text(text, "utf-8")
            search.build_index(directory, [folder])
            assert index.search(QUERY) == before
    with search.open_index(directory) as index:
        assert index.search(QUERY).total == 4


def test_leftovers_of_a_killed_writer_are_cleared_by_the_next(tmp_path: Path) -> None:
    directory = tmp_path / "index"
    search.build_index(directory, [SAMPLES / "2016-notice-wangjiang-flood.txt"])
    (directory / "gen-000002").mkdir()
    (directory / "gen-000002" / "half.trm").write_bytes(b"half")
    (directory / "manifest.json.new").write_text("{", "utf-8")
    search.build_index(directory, [SAMPLES / "2016-rule-of-law-city.txt"])
    assert not (directory / "gen-000002" / "half.trm").exists()
    assert Generations(directory).manifest().generation == 2


def test_there_is_no_index_where_there_is_none(tmp_path: Path) -> None:
    for directory in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(IndexMissing, match="baogao index"):
            search.open_index(directory)


@pytest.mark.parametrize("damage", ["missing", "shorter", "longer"])
def test_a_file_missing_or_of_another_length_is_named(
    samples_directory: Path, tmp_path: Path, damage: str
) -> None:
    directory = tmp_path / "index"
    shutil.copytree(samples_directory, directory)
    manifest = Generations(directory).manifest()
    folder = Generations(directory).folder(manifest.generation)
    for name in manifest.files:
        path = folder / name
        data = path.read_bytes()
        if damage == "missing":
            path.unlink()
        else:
            path.write_bytes(data[:-1] if damage == "shorter" and data else data + b"x")
        with pytest.raises(IndexCorrupt, match="--rebuild") as caught:
            search.open_index(directory)
        assert caught.value.file == path
        path.write_bytes(data)
    search.open_index(directory).close()


@pytest.mark.parametrize("name", ["catalog.json", "dictionary.bin"])
def test_a_flipped_bit_in_what_is_read_whole_is_named(
    samples_directory: Path, tmp_path: Path, name: str
) -> None:
    directory = tmp_path / "index"
    shutil.copytree(samples_directory, directory)
    path = Generations(directory).folder(Generations(directory).manifest().generation) / name
    data = bytearray(path.read_bytes())
    for place in range(7, len(data), len(data) // 10):
        data[place] ^= 4
        path.write_bytes(data)
        with pytest.raises(IndexCorrupt, match="checksum") as caught:
            search.open_index(directory)
        assert caught.value.file == path
        data[place] ^= 4


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"format": 1}',
        '{"format": 1, "files": {}, "generation": "x", "analyzer": "", "reader": 1}',
        "\x00",
    ],
)
def test_a_manifest_that_is_none_is_named_and_rebuilding_cures_it(
    samples_directory: Path, tmp_path: Path, text: str
) -> None:
    shutil.copytree(samples_directory, tmp_path / "index")
    (tmp_path / "index" / "manifest.json").write_text(text, "utf-8")
    with pytest.raises(IndexCorrupt, match="not a manifest"):
        search.open_index(tmp_path / "index")
    report = SAMPLES / "2016-notice-wangjiang-flood.txt"
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        search.build_index(tmp_path / "index", report)
    assert search.build_index(tmp_path / "index", report, rebuild=True).added == 1
    search.open_index(tmp_path / "index").close()


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_a_failed_write_leaves_the_index_as_it_was(
    samples_directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path / "index"
    shutil.copytree(samples_directory, directory)
    before = answer(directory)
    (tmp_path / "new.txt").write_text("新的通知\n\n做好行政复议工作。\n", "utf-8")

    def no_space(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", no_space)
        with pytest.raises(search.IndexingError, match="No space left"):
            search.build_index(directory, [tmp_path / "new.txt"])
    assert answer(directory) == before
    search.build_index(directory, [tmp_path / "new.txt"])
    assert len(answer(directory)) == len(before) + 1
