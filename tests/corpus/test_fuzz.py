"""Files of every format, damaged at random: each ends in a reading or in an error of ours.

They are read as an index reads them, in worker processes that are killed when a file takes
too long. Packages are damaged as bytes and, packed anew, in the parts that lie in them.
"""

from __future__ import annotations

import io
import os
import random
import zipfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus import Limits, Reason
from corpus.formats import FORMATS, choose
from indexer.taking import Task
from indexer.workers import Workers, make_dictionary

if TYPE_CHECKING:
    from collections.abc import Iterator


FIXTURES = Path(__file__).parents[1] / "fixtures"
MUTANTS = int(os.environ.get("BAOGAO_MUTANTS", "2000"))
LARGEST = 120_000
"""Seeds above this are left out: their mutants differ in too little."""

_TOKENS = [
    b"\x00", b"\xff" * 4, b"\x7f\xff\xff\xff", b"-1", b"99999999999", b"<", b">", b"/>", b"]]>",
    b"&#0;", b"<!--", b"endobj", b"0 R", b"<<", b"{", b"}", b"\\bin99999 ", b"\\u-1 ", b"\\'ff",
    b"\r\n", b",", b'"', b"=", b"PK\x03\x04",
]  # fmt: skip


def seeds() -> dict[str, list[Path]]:
    """The fixtures of every format."""
    found: dict[str, list[Path]] = {}
    for path in sorted(FIXTURES.rglob("*.*")):
        data = path.read_bytes()
        if path.parent != FIXTURES and len(data) <= LARGEST:
            found.setdefault(choose(path.suffix, data).name, []).append(path)
    return found


def mutant(data: bytes, chance: random.Random) -> bytes:
    """The same with some of it changed, cut out, doubled, or cut off."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 4, 8, 32))):
        place = chance.randrange(len(changed) + 1)
        end = min(len(changed), place + chance.choice((1, 2, 4, 16, 256)))
        kind = chance.randrange(6)
        if kind == 0:
            changed[place:end] = bytes(b ^ 1 << chance.randrange(8) for b in changed[place:end])
        elif kind == 1:
            del changed[place:end]
        elif kind == 2:
            changed[place:place] = changed[place:end] * chance.choice((1, 2, 50))
        elif kind == 3:
            changed[place:place] = chance.choice(_TOKENS)
        elif kind == 4:
            changed[place:end] = chance.choice(_TOKENS)
        elif chance.random() < 0.2:
            del changed[place:]
    return bytes(changed)


def mutants(paths: list[Path], count: int, chance: random.Random) -> Iterator[tuple[str, bytes]]:
    """So many damaged files, each with its suffix."""
    for _ in range(count):
        path = chance.choice(paths)
        data = path.read_bytes()
        if zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.7:
            yield path.suffix, repacked(data, chance)
        else:
            yield path.suffix, mutant(data, chance)


def repacked(data: bytes, chance: random.Random) -> bytes:
    """A package with some of its parts damaged, packed as it should be."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        names = old.namelist()
        hurt = set(chance.sample(names, min(len(names), chance.choice((1, 1, 2, 4)))))
        for name in names:
            part = old.read(name)
            if name in hurt and chance.random() < 0.1:
                continue
            new.writestr(name, mutant(part, chance) if name in hurt else part)
    return buffer.getvalue()


@pytest.mark.slow
@pytest.mark.parametrize("name", [form.name for form in FORMATS])
def test_no_damaged_file_ends_in_anything_but_a_reading_or_an_error_of_ours(
    name: str, tmp_path: Path
) -> None:
    chance = random.Random(f"{name}:2026")
    tasks = []
    for number, (suffix, data) in enumerate(mutants(seeds()[name], MUTANTS, chance)):
        path = tmp_path / f"{number}{suffix}"
        path.write_bytes(data)
        tasks.append(Task(str(path), len(data), limits=Limits(seconds=20)))
    outcomes: Counter[str] = Counter()
    with Workers(lambda: make_dictionary(b"")) as workers:
        for taken in workers.take(tasks):
            outcomes["read"] += len(taken.reports)
            for problem in taken.failures:
                outcomes[problem.reason.value] += 1
                assert problem.reason is not Reason.TOO_SLOW, str(problem)
                assert "please report" not in problem.detail, str(problem)
    assert sum(outcomes.values()) >= MUTANTS
    assert outcomes["read"], outcomes
