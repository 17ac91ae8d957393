"""How long commands of baogao take from the start of the process to its end."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .queries import Arguments

_COMMANDS = {
    "search": ("search", "one"),
    "trend of 3": ("trend", "any_of"),
    "suggest": ("suggest", "prefix"),
    "--help": ("--help", None),
}
"""Title → the command, and the method for which its arguments were drawn."""


def time_commands(
    directory: Path, queries: Mapping[str, Sequence[Arguments]], runs: int
) -> dict[str, list[float]]:
    """Run each command some times, in turn; the files are in the page cache.

    Args:
        directory: the index.
        queries: method → what was drawn for it.
        runs: of each command.

    Returns:
        Title → seconds of each run.
    """
    program = str(Path(sysconfig.get_path("scripts")) / "baogao")
    environment = {**os.environ, "BAOGAO_INDEX": str(directory)}
    seconds: dict[str, list[float]] = {title: [] for title in _COMMANDS}
    for run in range(runs):
        for title, (command, method) in _COMMANDS.items():
            typed = queries[method][run % len(queries[method])] if method else ()
            line = [program, command, *map(str, typed)]
            start = perf_counter()
            subprocess.run(line, env=environment, capture_output=True, check=True)
            seconds[title].append(perf_counter() - start)
    return seconds
