"""Checking an index: every byte, and whether what it holds agrees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.messages import Message
from corpus.plain import Plain

from .catalog import Catalog
from .errors import IndexCorrupt
from .generations import MANIFEST, Generations
from .snapshot import CATALOG_FILE, DICTIONARY_FILE, Snapshot
from .stored_dictionary import StoredDictionary

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator

    from .generations import Manifest

_MISCOUNTED = Message("it does not name the paragraphs that are there")


@dataclass(frozen=True, slots=True)
class CheckSummary(Plain):
    """What a check found.

    Attributes:
        generation: the one that was checked.
        files: how many files it has.
        size: their bytes.
        problems: what is wrong, at most one of a file; empty if all is well.
    """

    generation: int
    files: int
    size: int
    problems: tuple[IndexCorrupt, ...]


def check_index(directory: str | os.PathLike[str], *, allow_shared: bool = False) -> CheckSummary:
    """Check the whole of an index.

    Args:
        directory: the index.
        allow_shared: whether it may be one that others can write.

    Raises:
        IndexMissing: there is no index in the directory.
        IndexCorrupt: its manifest is damaged, so nothing else can be checked.
        IndexOutdated: it was built by other rules than this version's.
        IndexExposed: others can write it.
    """
    generations = Generations(Path(directory), allow_shared=allow_shared)
    while True:
        manifest = generations.manifest()
        problems = {problem.file: problem for problem in _problems(generations, manifest)}
        # What a writer replaces meanwhile is not damaged: then the check begins again.
        if not problems or generations.manifest().generation == manifest.generation:
            return CheckSummary(
                manifest.generation, len(manifest.files), manifest.size, tuple(problems.values())
            )


def _problems(generations: Generations, manifest: Manifest) -> Iterator[IndexCorrupt]:
    """First of the bytes; if they are as written, of what they mean."""
    broken = False
    for name in manifest.files:
        for problem in _raised(partial(_check_bytes, generations, manifest, name)):
            broken = True
            yield problem
    if not broken:
        yield from _raised(partial(_check_meaning, generations, manifest))


def _raised(check: Callable[[], None]) -> Iterator[IndexCorrupt]:
    try:
        check()
    except IndexCorrupt as problem:
        yield problem


def _check_bytes(generations: Generations, manifest: Manifest, name: str) -> None:
    generations.open(manifest, name).check()


def _check_meaning(generations: Generations, manifest: Manifest) -> None:
    snapshot = Snapshot(generations, manifest)
    for segment, stored in zip(snapshot.segments, manifest.segments, strict=True):
        segment.check()
        if (segment.documents, len(segment.deleted)) != (stored.documents, stored.deleted):
            raise IndexCorrupt(generations.directory, generations.directory / MANIFEST, _MISCOUNTED)
    _, sizes = snapshot.stretches
    snapshot.reports.check(sizes)
    StoredDictionary(generations.open(manifest, DICTIONARY_FILE)).check()
    file = generations.open(manifest, CATALOG_FILE)
    catalog = Catalog.read(file)
    if catalog.totals[1] != len(snapshot):
        raise file.damaged(_MISCOUNTED)
