"""Where an index of Whoosh documents is kept: in generations, as report indexes are."""

from __future__ import annotations

import zlib
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from corpus.messages import Message
from indexer.errors import IndexMissing, IndexOutdated
from indexer.generations import Generations, StoredSegment
from indexer.storage.kept import Kept
from indexer.storage.segment import Segment, write_deletions, write_segment

from .index import ArrayIndex

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray
    from whoosh.fields import Schema

    from indexer.generations import Manifest
    from indexer.storage.checked import Arrays
    from indexer.writing import Writing


def open_array_index(
    directory: str | os.PathLike[str],
    schema: Schema,
    *,
    wait: float = 0,
    allow_shared: bool = False,
) -> ArrayIndex:
    """Open an index of documents of a schema; the first commit makes it.

    Schemas are not stored: Whoosh would pickle them, and what opens an index must not
    run what somebody put there.

    Args:
        directory: the index.
        schema: the one that it was, or is to be, written with.
        wait: seconds that a writer waits for another one; -1 for as long as it takes.
        allow_shared: whether the directory may be one that others can write.

    Raises:
        IndexOutdated: it was written with another schema.
        IndexCorrupt: a file is missing or is not as it was written.
        IndexExposed: others can write it.
    """
    generations = Generations(Path(directory), allow_shared=allow_shared)
    return ArrayIndex(schema, target=GenerationTarget(generations, _fingerprint(schema), wait))


def _fingerprint(schema: Schema) -> str:
    """Tells schemas apart by their fields' names and kinds."""
    listed = ",".join(f"{name}:{type(field).__name__}" for name, field in sorted(schema.items()))
    return f"schema-{zlib.crc32(listed.encode()):08x}"


class GenerationTarget:
    """A `Target` that commits generations; the lock is held until it is done.

    Args:
        generations: the index directory.
        fingerprint: of the schema.
        wait: seconds to wait for another writer.

    Attributes:
        committed: see `Target`.
        segments: see `Target`.
        generation: see `Target`.
    """

    def __init__(self, generations: Generations, fingerprint: str, wait: float) -> None:
        self._generations = generations
        self._fingerprint = fingerprint
        self._wait = wait
        self._open_writing: Writing | None = None
        self.committed: list[Segment] = []
        self._kept = Kept()
        self.generation = 0
        with suppress(IndexMissing):
            self._read(generations.manifest())
        self.segments = self.committed

    def _read(self, manifest: Manifest) -> None:
        if manifest.analyzer != self._fingerprint:
            raise IndexOutdated(
                self._generations.directory, Message("was written with another schema")
            )
        self.committed = [
            Segment(
                self._generations.open(manifest, stored.file),
                self._generations.open(manifest, stored.deletions) if stored.deletions else None,
                self._kept,
            )
            for stored in manifest.segments
        ]
        self.generation = manifest.generation

    def begin(self) -> None:
        """See `Target`.

        Raises:
            IndexLocked: another writer is at it.
        """
        writing = self._generations.write(self._wait).__enter__()
        if writing.base is not None and writing.base.generation != self.generation:
            self._read(writing.base)
        self._open_writing = writing
        self.segments = list(self.committed)

    @property
    def _writing(self) -> Writing:
        assert self._open_writing is not None
        return self._open_writing

    def write(
        self, documents: int, fields: Sequence[str], records: Sequence[str], arrays: Arrays
    ) -> None:
        """See `Target`."""
        writing = self._writing
        name = writing.new_name("segment")
        with self._failing():
            stored = write_segment(writing.path(name), documents, fields, records, arrays)
        writing.add(name, stored)
        writing.segments.append(StoredSegment(name, documents))
        self.segments = [*self.segments, Segment(writing.open(name), kept=self._kept)]

    def delete(self, segment: int, documents: NDArray[np.int64]) -> None:
        """See `Target`."""
        writing = self._writing
        deleted = np.union1d(self.segments[segment].deleted, documents)
        name = writing.new_name("deletions")
        with self._failing():
            writing.add(name, write_deletions(writing.path(name), deleted))
        stored = writing.segments[segment]
        writing.segments[segment] = stored._replace(deletions=name, deleted=len(deleted))
        changed = Segment(writing.open(stored.file), writing.open(name), self._kept)
        self.segments = [*self.segments[:segment], changed, *self.segments[segment + 1 :]]

    def drop(self, segments: Sequence[int]) -> None:
        """See `Target`."""
        gone = set(segments)
        writing = self._writing
        kept = [number for number in range(len(self.segments)) if number not in gone]
        writing.segments[:] = [writing.segments[number] for number in kept]
        self.segments = [self.segments[number] for number in kept]

    def commit(self) -> None:
        """See `Target`."""
        with self._failing():
            manifest = self._writing.commit(self._fingerprint, 0)
        self.committed, self.generation = self.segments, manifest.generation
        self._leave()

    def cancel(self) -> None:
        """See `Target`."""
        self.segments = self.committed
        self._leave()

    @contextmanager
    def _failing(self) -> Iterator[None]:
        """Have what the system refuses be an error of ours.

        Raises:
            IndexingError: it refuses something.
        """
        try:
            yield
        except OSError as error:
            raise self._writing.failure(error) from error

    def _leave(self) -> None:
        if self._open_writing is not None:
            self._open_writing.__exit__(None, None, None)
            self._open_writing = None
