"""Running the installed command: in a pipe, and on a terminal of a given width."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus import SAMPLES

if TYPE_CHECKING:
    from collections.abc import Callable

BAOGAO = Path(sys.executable).with_name("baogao")


@dataclass(frozen=True)
class Outcome:
    """How a run of the command ended."""

    status: int
    output: str
    errors: str


@pytest.fixture(scope="session")
def baogao(samples_directory: Path) -> Callable[..., Outcome]:
    """Run `baogao` in a pipe; the index of the bundled reports unless told otherwise."""

    def run(*arguments: str | Path, **environment: str) -> Outcome:
        ended = subprocess.run(
            [BAOGAO, *arguments],
            capture_output=True,
            check=False,
            env={**os.environ, "BAOGAO_INDEX": str(samples_directory), **environment},
            timeout=120,
        )
        return Outcome(ended.returncode, ended.stdout.decode(), ended.stderr.decode())

    return run


@pytest.fixture(scope="session")
def terminal(samples_directory: Path) -> Callable[..., str]:
    """Run `baogao` on a terminal of some columns; gives all that it showed there."""

    def run(columns: int, *arguments: str | Path, **environment: str) -> str:
        main, side = pty.openpty()
        fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        ours = {"BAOGAO_INDEX": str(samples_directory), "TERM": "xterm-256color"}
        kept = {
            name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS"}
        }
        process = subprocess.Popen(
            [BAOGAO, *arguments], stdin=side, stdout=side, stderr=side,
            env={**kept, **ours, **environment}, cwd=SAMPLES,
        )  # fmt: skip
        os.close(side)
        shown = b""
        try:
            while block := os.read(main, 65536):
                shown += block
        except OSError:  # the other side is closed
            pass
        os.close(main)
        process.wait(timeout=60)
        return shown.decode().replace("\r\n", "\n")

    return run
