"""How fast files of every format are read, beside what else turns files into text."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections import defaultdict
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain, cycle, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import UnreadableReport, read_reports
from corpus.formats import SUFFIXES, choose

from .tables import ABSENT, figure, row, rule

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_PROCESSES = 2
_FIXTURES = Path(__file__).resolve().parents[1] / "fixtures"
_LONGEST = 60
"""Seconds after which another program is given up over a file."""

_PDFTOTEXT = ("pdftotext", "-q", "{path}", "-")
_PANDOC = {
    name: ("pandoc", "--quiet", "--from", name, "--to", "plain", "{path}")
    for name in ("docx", "odt", "rtf", "html")
}
_OTHERS: dict[str, tuple[str, ...]] = {"pdf": _PDFTOTEXT, **_PANDOC}
"""By format, the command of a program that reads it too."""

_METHOD = f"""\
As many files of each format, each file as often as it takes to make up the number; {_PROCESSES}
processes, started before. From a file to paragraphs, headings and metadata, nothing indexed. The
other is pdftotext for PDF, pandoc for what it reads: plain text of the same files, a process each,
{_PROCESSES} at a time, their start included."""


@dataclass(frozen=True, slots=True)
class _Rate:
    """How reading went.

    Attributes:
        files: how many were read.
        size: their bytes.
        seconds: how long it took.
        refused: how many could not be read.
    """

    files: int
    size: int
    seconds: float
    refused: int


def read_all(data: Path, number: int) -> Iterator[str]:
    """Read files of every format, in turn by format.

    Args:
        data: the folder with the data for development, whatever formats are in it.
        number: of files.
    """
    material = _material([data / "messy", data / "reports", data / "laws", _FIXTURES], number)
    yield f"{data}"
    yield from _METHOD.splitlines()
    yield ""
    yield row("", ["MB", "files/s", "MB/s", "refused", "the other", "ours / its"])
    rates = []
    pool = ProcessPoolExecutor(_PROCESSES, mp_context=get_context("spawn"))
    with pool as processes, ThreadPoolExecutor(_PROCESSES) as threads:
        list(processes.map(_read, map(str, chain.from_iterable(material.values())), chunksize=8))
        for name, paths in material.items():
            rates.append(_rate(processes, _read, paths))
            yield row(
                f"{name} × {len(paths)}",
                [*_cells(rates[-1]), *_other(threads, name, paths, rates[-1])],
            )
    yield rule("all", 6)
    together = [sum(values) for values in zip(*map(_values, rates), strict=True)]
    yield row(
        f"× {number:,}",
        _cells(_Rate(int(together[0]), int(together[1]), together[2], int(together[3]))),
    )


def _values(rate: _Rate) -> tuple[float, ...]:
    return rate.files, rate.size, rate.seconds, rate.refused


def _material(folders: Sequence[Path], number: int) -> dict[str, list[Path]]:
    """So many files, by format."""
    found: dict[str, list[Path]] = defaultdict(list)
    for path in sorted(chain.from_iterable(folder.rglob("*") for folder in folders)):
        if path.is_file() and path.suffix.lower() in SUFFIXES:
            found[choose(path.suffix, path.read_bytes()).name].append(path)
    share, extra = divmod(number, len(found))
    return {
        name: list(islice(cycle(found[name]), share + (place < extra)))
        for place, name in enumerate(sorted(found))
    }


def _read(path: str) -> bool:
    """Whether a file is read, or all that is in it."""
    return not any(isinstance(one, UnreadableReport) for one in read_reports(path))


def _run(command: Sequence[str], path: str) -> bool:
    """Whether another program reads a file."""
    filled = [part.format(path=path) for part in command]
    try:
        done = subprocess.run(filled, capture_output=True, check=False, timeout=_LONGEST)
    except subprocess.TimeoutExpired:
        return False
    return not done.returncode


def _rate(pool: Executor, read: Callable[[str], bool], paths: Sequence[Path]) -> _Rate:
    begun = time.perf_counter()
    done = list(pool.map(read, map(str, paths)))
    seconds = time.perf_counter() - begun
    size = sum(os.path.getsize(path) for path in paths)  # noqa: PTH202
    return _Rate(len(paths), size, seconds, done.count(False))


def _cells(rate: _Rate) -> list[str]:
    return [
        figure(rate.size / 1e6),
        figure(rate.files / rate.seconds),
        figure(rate.size / 1e6 / rate.seconds),
        f"{rate.refused:,}",
    ]


def _other(pool: Executor, name: str, paths: Sequence[Path], ours: _Rate) -> list[str]:
    """What another program takes, if there is one and it is installed."""
    command = _OTHERS.get(name)
    if command is None or shutil.which(command[0]) is None:
        return [ABSENT, ABSENT]
    theirs = _rate(pool, partial(_run, command), paths)
    ratio = figure(theirs.seconds / ours.seconds)
    return [f"{figure(theirs.files / theirs.seconds)}/s", ratio]
