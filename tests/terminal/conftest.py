"""Running the installed command: in a pipe, and on a terminal of a given width."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from corpus import SAMPLES

from .running import BAOGAO, on_a_terminal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


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
        ours = {"BAOGAO_INDEX": str(samples_directory), "TERM": "xterm-256color", "PAGER": "cat"}
        kept = {
            name: value for name, value in os.environ.items() if name not in {"NO_COLOR", "COLUMNS"}
        }
        _, shown = on_a_terminal(
            [BAOGAO, *arguments], (columns, 24), "", SAMPLES, {**kept, **ours, **environment}
        )
        return shown

    return run
