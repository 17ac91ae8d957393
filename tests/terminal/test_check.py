"""`baogao check`, and the options that say how to share an index: --wait, --allow-shared."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from corpus import SAMPLES
from indexer.generations import Generations

from .conftest import Outcome
from .running import BAOGAO

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Outcome]

REPORT = SAMPLES / "2017-rule-of-law-linhu.txt"
"""One of the bundled reports: to index it again changes nothing."""

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")


@pytest.fixture
def directory(samples_directory: Path, tmp_path: Path) -> Path:
    """An index of the bundled reports, to do anything with."""
    shutil.copytree(samples_directory, tmp_path / "index")
    return tmp_path / "index"


def test_a_good_index_is_said_to_be_as_it_was_written(baogao: Run, samples_directory: Path) -> None:
    """Status 0; how many files and bytes were looked at is told, and no data is printed."""
    checked = baogao("check")
    files = Generations(samples_directory).manifest().files
    assert (checked.status, checked.output) == (0, "")
    told = re.fullmatch(
        r"the index is as it was written: (\d+) files, ([\d.]+) MiB\n", checked.errors
    )
    assert told
    assert int(told[1]) == len(files)
    size = sum(stored.size for stored in files.values())
    assert float(told[2]) == pytest.approx(size / 2**20, abs=0.06)


def test_every_damaged_file_is_named_with_the_way_to_a_good_one(
    baogao: Run, directory: Path
) -> None:
    """Status 2; a line for each, in one run, and none for the others."""
    generations = Generations(directory)
    manifest = generations.manifest()
    paths = [generations.folder(manifest.generation) / name for name in sorted(manifest.files)]
    for path in paths[:2]:
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    paths[2].unlink()
    checked = baogao("check", "--index", directory)
    assert (checked.status, checked.output) == (2, "")
    lines = checked.errors.splitlines()
    assert len(lines) == 3
    for path in paths[:3]:
        (line,) = (line for line in lines if str(path) in line)
        assert line.startswith("baogao: damaged index: ")
        assert f"baogao index --index {directory} --rebuild FOLDER" in line


def test_what_is_no_index_cannot_be_checked(baogao: Run, directory: Path, tmp_path: Path) -> None:
    """Status 2; an empty folder and a manifest that is none are told apart."""
    none = baogao("check", "--index", tmp_path)
    assert (none.status, none.output) == (2, "")
    assert "no index in" in none.errors
    (directory / "manifest.json").write_text("{}", "utf-8")
    damaged = baogao("check", "--index", directory)
    assert (damaged.status, damaged.output) == (2, "")
    assert "manifest.json: not a manifest" in damaged.errors


def test_without_wait_a_locked_index_is_an_error(baogao: Run, directory: Path) -> None:
    """Status 2; who is writing is named, and --wait as the way to wait for it."""
    with Generations(directory).write():
        ended = baogao("index", REPORT, "--index", directory)
        assert (ended.status, ended.output) == (2, "")
        assert f"process {os.getpid()} on " in ended.errors
        assert "--wait" in ended.errors


def test_with_wait_a_locked_index_is_written_when_its_turn_comes(directory: Path) -> None:
    """However long it takes, and wherever the option stands."""
    command: list[str | Path] = [BAOGAO, "index", "--index", directory]
    rests: tuple[list[str | Path], ...] = (
        [REPORT, "--wait"],
        ["--wait", "--quiet", REPORT],
        ["--wait", REPORT],
    )
    with Generations(directory).write():
        waiting = [
            subprocess.Popen([*command, *rest], stderr=subprocess.PIPE, text=True) for rest in rests
        ]
        time.sleep(1)
        assert [process.poll() for process in waiting] == [None] * 3
    told = [process.communicate(timeout=60)[1] for process in waiting]
    assert [process.returncode for process in waiting] == [0] * 3
    assert ["1 unchanged" in text for text in told] == [True, False, True]


@posix
@pytest.mark.parametrize("part", ["", "gen-*"])
def test_an_index_that_others_can_write_is_refused_until_the_user_trusts_them(
    baogao: Run, directory: Path, part: str
) -> None:
    """Whether they can write its folder or only the files; the environment may say so too."""
    (exposed,) = directory.glob(part) if part else [directory]
    exposed.chmod(0o775)
    refused = baogao("check", "--index", directory)
    assert (refused.status, refused.output) == (2, "")
    assert f"chmod go-w {exposed}" in refused.errors
    assert "--allow-shared" in refused.errors
    assert baogao("check", "--index", directory, BAOGAO_ALLOW_SHARED="1").status == 0


@posix
@pytest.mark.parametrize(
    "command",
    [["index", REPORT], ["search", "行政复议"], ["list"], ["check"]],
    ids=lambda command: str(command[0]),
)
def test_every_command_refuses_and_takes_a_shared_index_alike(
    baogao: Run, directory: Path, command: list[str | Path]
) -> None:
    """Status 2 without --allow-shared, 0 with it."""
    directory.chmod(0o777)
    refused = baogao(*command, "--index", directory)
    assert (refused.status, refused.output) == (2, "")
    assert "--allow-shared" in refused.errors
    assert baogao(*command, "--index", directory, "--allow-shared").status == 0
