"""Golden transcripts: every command on terminals of two sizes and in a pipe.

What a row of `transcripts.py` shows is compared with a file of `transcripts/`. Nothing but
what must vary is taken out: paths, the host's name, times.
"""

from __future__ import annotations

import re
import shlex
import shutil
import socket
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

import search
from corpus import SAMPLES
from search.terminal.group import COMMANDS

from .running import BAOGAO, on_a_terminal
from .transcripts import TRANSCRIPTS, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

FOLDER = Path(__file__).with_name("transcripts")
WINDOWS = {"80x24": (80, 24), "120x40": (120, 40)}
PIPE = "pipe"
TAKEN = [(name, window) for name, row in TRANSCRIPTS.items() for window in row.windows]
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\].*?(?:\x1b\\|\x07)")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands are run: a copy of the bundled reports, and their index."""
    home = tmp_path_factory.mktemp("home").resolve()
    shutil.copytree(SAMPLES, home / "reports")
    summary = search.build_index(home / "index", [home / "reports"])
    assert not summary.failed
    return home


def environment(own: Path) -> dict[str, str]:
    """The same everywhere, but for where the user's own files are."""
    return {
        "BAOGAO_INDEX": "index",
        "HOME": str(own),
        "LC_ALL": "C.UTF-8",
        "PAGER": "cat",
        "PATH": f"{BAOGAO.parent}:/usr/bin:/bin",
        "TERM": "xterm-256color",
        "TZ": "UTC",
    }


def taken(row: Row, window: str, home: Path, own: Path) -> str:
    """The transcript of a row in a window or a pipe."""
    parts = []
    for line in row.lines.splitlines():
        words = shlex.split(line)
        command = next(place for place, word in enumerate(words) if "=" not in word)
        assert words[command] == "baogao"
        variables = dict(word.split("=", 1) for word in words[:command])
        arguments = [str(BAOGAO), *words[command + 1 :]]
        run = run_in_pipe if window == PIPE else run_in_window
        shown = run(arguments, row.typed, home, {**environment(own), **variables}, window)
        parts.append(f"$ {line}\n{shown}")
    return normalised("\n".join(parts), home, own)


def run_in_window(
    arguments: list[str], typed: str, home: Path, variables: Mapping[str, str], window: str
) -> str:
    status, shown = on_a_terminal(arguments, WINDOWS[window], typed, home, variables)
    return f"{shown}[status {status}]\n"


def run_in_pipe(
    arguments: list[str], typed: str, home: Path, variables: Mapping[str, str], _: str
) -> str:
    ended = subprocess.run(
        arguments, input=typed.encode(), capture_output=True, check=False, timeout=120,
        cwd=home, env=variables,
    )  # fmt: skip
    output, errors = ended.stdout.decode(), ended.stderr.decode()
    return f"{output}[standard error]\n{errors}[status {ended.returncode}]\n"


def normalised(transcript: str, home: Path, own: Path) -> str:
    """A transcript without what differs from machine to machine and from run to run."""
    for path, name in ((home, "/home/reader"), (own, "/home/own"), (SAMPLES, "/home/samples")):
        transcript = transcript.replace(str(path), name)
    transcript = transcript.replace(f"file://{socket.gethostname()}/", "file://host/")
    transcript = transcript.replace(date.today().isoformat(), "<today>")  # noqa: DTZ011 (as shown)
    return re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|\+00:00)", "<time>", transcript)


@pytest.mark.parametrize(("name", "window"), TAKEN)
def test_a_command_shows_what_its_transcript_has(
    request: pytest.FixtureRequest, home: Path, tmp_path: Path, name: str, window: str
) -> None:
    """Run with --write-transcripts to take down what is shown now."""
    shown = taken(TRANSCRIPTS[name], window, home, tmp_path)
    path = FOLDER / f"{name}.{window}.txt"
    if request.config.getoption("--write-transcripts"):
        path.parent.mkdir(exist_ok=True)
        path.write_text(shown, "utf-8", newline="\n")
    assert shown == path.read_bytes().decode("utf-8")


def test_every_command_has_a_transcript() -> None:
    """But for those that stay open: their screens are tested one by one."""
    lines = [line for row in TRANSCRIPTS.values() for line in row.lines.splitlines()]
    shown = {word for line in lines for word in line.split()}
    assert set(COMMANDS) - shown == {"shell", "browse"}


def test_every_transcript_is_that_of_a_row() -> None:
    expected = {f"{name}.{window}.txt" for name, window in TAKEN}
    assert {path.name for path in FOLDER.iterdir()} == expected


@pytest.mark.parametrize("window", WINDOWS)
def test_no_line_of_a_transcript_is_wider_than_its_window(window: str) -> None:
    columns, _ = WINDOWS[window]
    for path in FOLDER.glob(f"*.{window}.txt"):
        shown = ESCAPES.sub("", path.read_text("utf-8"))
        lines = [line for line in re.split("[\r\n]", shown) if not line.startswith("$ ")]
        assert [line for line in lines if not 0 <= wcswidth(line) <= columns] == [], path.name


def test_nothing_but_text_goes_through_a_pipe() -> None:
    for path in FOLDER.glob(f"*.{PIPE}.txt"):
        assert "\x1b" not in path.read_text("utf-8"), path.name
