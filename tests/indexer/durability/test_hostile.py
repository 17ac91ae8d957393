"""Files whose checksums are right and whose contents are made to mislead do no harm."""

from __future__ import annotations

import resource
import shutil
import signal
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import psutil
import pytest

import search
from indexer import IndexingError
from indexer.generations import Generations

from .support import ALL, answers, contents, fill, in_child, replace, report, spread

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

MEMORY = 1 << 29
"""Bytes more than it has that a process may take to read a file of some kilobytes."""

SECONDS = 30


def last_is(value: int) -> Callable[[NDArray[Any]], NDArray[Any]]:
    return lambda values: np.append(values[:-1].astype(np.uint64), np.uint64(value))


CHANGES: dict[str, Callable[[NDArray[Any]], NDArray[Any]]] = {
    "empty": lambda values: values[:0],
    "shorter": lambda values: values[:-1],
    "longer": lambda values: np.append(values, values[-1:]),
    "falling": lambda values: values[::-1],
    "of zeros": np.zeros_like,
    "of the largest": lambda values: np.full_like(values, np.iinfo(values.dtype).max),
    "ending a little off": last_is(1 << 31),
    "ending off": last_is(1 << 34),
    "ending far off": last_is((1 << 62) + 1),
    "ending where signs turn": last_is((1 << 64) - 1),
    "beginning far below zero": lambda values: np.append(
        np.int64(-1 << 40), values[1:].astype(np.int64)
    ),
    "in disorder": lambda values: np.roll(values, len(values) // 2),
    "of steps ten times as large": lambda values: values.astype(np.uint64) * np.uint64(10),
}

ABSENT = "absent"

PROPERTIES: dict[str, Any] = {
    "documents": [-1, 0, 1, 10**15, 10**30, "7", 2.5, None],
    "fields": [None, ["nothing"], [["text"]], "text"],
    "records": [None, ["nothing"], [{}], "texts"],
}


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("hostile")
    (place / "words.txt").write_text("备足物资 7\n", "utf-8")
    fill(place / "reports", {f"{number}.txt": report(number, paragraphs=9) for number in range(5)})
    search.build_index(place / "index", place / "reports", dictionary=place / "words.txt")
    fill(place / "reports", {"3.txt": None, "new.txt": report(90)})
    search.build_index(place / "index", place / "reports")
    return place / "index"


def read_all(directory: Path, reports: Path) -> None:
    """Read what can be read of an index, and write to it; that it is damaged is a good answer."""
    taken = psutil.Process().memory_info().vms
    resource.setrlimit(resource.RLIMIT_AS, (taken + MEMORY, taken + MEMORY))
    signal.alarm(SECONDS)
    for read in (answers, search.check_index, lambda index: search.build_index(index, reports)):
        with suppress(IndexingError):
            read(directory)


def name_of(directory: Path, kind: str) -> str:
    return next(name for name in Generations(directory).manifest().files if name.startswith(kind))


@pytest.mark.parametrize(
    "kind",
    ["catalog", "deletions", "dictionary", "reports", "segment", "terms"],
)
@pytest.mark.parametrize("points", [6, ALL])
def test_arrays_that_mislead_end_in_answers_or_in_an_error_of_ours(
    original: Path, tmp_path: Path, kind: str, points: int
) -> None:
    name = name_of(original, kind)
    path = Generations(original).folder(Generations(original).manifest().generation) / name
    arrays, properties = contents(path)
    cases = [
        *((array, change) for array in arrays for change in (*CHANGES, ABSENT)),
        *((key, value) for key in PROPERTIES if key in properties for value in PROPERTIES[key]),
    ]
    failed = []
    for number, (place, change) in enumerate(spread(cases, points)):
        directory = tmp_path / str(number)
        shutil.copytree(original, directory)
        if change == ABSENT:
            left = {array: arrays[array] for array in arrays if array != place}
            replace(directory, name, left, properties)
        elif place in arrays:
            changed = CHANGES[change](arrays[place])
            replace(directory, name, {**arrays, place: changed}, properties)
        else:
            replace(directory, name, arrays, {**properties, place: change})
        if in_child(partial(read_all, directory, original.parent / "reports")):
            failed.append((place, change))
    assert not failed
