"""Where an index of Whoosh documents is kept: in generations, as report indexes are."""

from __future__ import annotations

import copy
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from indexer.errors import IndexLocked, IndexMissing
from indexer.generations import Generations, StoredSegment
from indexer.storage.kept import Kept
from indexer.storage.segment import Segment, write_deletions, write_segment

from .errors import SchemaDiffers, WriterLocked
from .fingerprint import fingerprint
from .index import ArrayIndex

if TYPE_CHECKING:
    import os
    from collections.abc import Hashable, Iterator, Sequence

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
    run what somebody put there. What decides how documents are written, down to the
    attributes of analyzers, has to be the same each time (see `fingerprint`).

    What others commit later is in the next reader or searcher that the index gives.

    Args:
        directory: the index.
        schema: the one that it was, or is to be, written with.
        wait: seconds that a writer waits for another one; -1 for as long as it takes.
        allow_shared: whether the directory may be one that others can write.

    Raises:
        SchemaDiffers: it was written with another schema.
        IndexOutdated: it was written by a version with another layout.
        IndexCorrupt: a file is missing or is not as it was written.
        IndexExposed: others can write it.
    """
    generations = Generations(Path(directory), allow_shared=allow_shared)
    return ArrayIndex(schema, target=GenerationTarget(generations, schema, wait))


class _InForce(NamedTuple):
    """What was last read or committed: of an index that is not there yet, nothing.

    Attributes:
        manifest: of the generation.
        segments: those that it names, in order.
    """

    manifest: Manifest | None = None
    segments: Sequence[Segment] = ()


class GenerationTarget:
    """A `Target` that commits generations; the lock is held until it is done.

    Args:
        generations: the index directory.
        schema: of the documents.
        wait: seconds to wait for another writer.

    Attributes:
        segments: see `Target`.
    """

    def __init__(self, generations: Generations, schema: Schema, wait: float) -> None:
        self._generations = generations
        self._schema = schema
        self._wait = wait
        self._open_writing: Writing | None = None
        self._lock = ExitStack()
        self._kept = Kept()
        self._in_force = _InForce()
        self.refresh()
        self.segments = self.committed

    @property
    def committed(self) -> Sequence[Segment]:
        """See `Target`."""
        return self._in_force.segments

    @property
    def generation(self) -> int:
        """See `Target`."""
        manifest = self._in_force.manifest
        return manifest.generation if manifest else 0

    def refresh(self) -> None:
        """See `Target`.

        Raises:
            SchemaDiffers: what is in force was written with another schema.
            IndexOutdated, IndexCorrupt, IndexExposed: as `open_array_index` does.
        """
        try:
            self._in_force = self._generations.in_force(self._opened)
        except IndexMissing:
            self._in_force = _InForce()

    def _opened(self, generations: Generations, manifest: Manifest) -> _InForce:
        """A generation; what did not change since the last one is kept."""
        if manifest == self._in_force.manifest:
            return self._in_force
        if manifest.analyzer != fingerprint(self._schema):
            raise SchemaDiffers(generations.directory)
        known: dict[Hashable, Segment] = {}
        if self._in_force.manifest:
            known = dict(zip(_marks(self._in_force.manifest), self.committed, strict=True))
        segments = [
            known.get(mark)
            or Segment(
                generations.open(manifest, stored.file),
                generations.open(manifest, stored.deletions) if stored.deletions else None,
                self._kept,
            )
            for mark, stored in zip(_marks(manifest), manifest.segments, strict=True)
        ]
        return _InForce(manifest, segments)

    def begin(self) -> None:
        """See `Target`.

        Raises:
            WriterLocked: another writer is at it.
        """
        with ExitStack() as held:
            try:
                writing = held.enter_context(self._generations.write(self._wait))
            except IndexLocked as error:
                raise WriterLocked(error.directory, error.holder) from None
            self.refresh()
            self._open_writing, self._lock = writing, held.pop_all()
        self.segments = self.committed

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
        """See `Target`; nothing is written before the commit."""
        changed = copy.copy(self.segments[segment])
        changed.deleted = np.union1d(changed.deleted, documents)
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
            self.segments = [
                self._with_deletions(number, segment)
                for number, segment in enumerate(self.segments)
            ]
            manifest = self._writing.commit(fingerprint(self._schema), 0)
        self._in_force = _InForce(manifest, self.segments)
        self._leave()

    def _with_deletions(self, number: int, segment: Segment) -> Segment:
        """A segment of the next generation, the documents that it has lost written down."""
        writing = self._writing
        stored = writing.segments[number]
        if len(segment.deleted) == stored.deleted:
            return segment
        name = writing.new_name("deletions")
        writing.add(name, write_deletions(writing.path(name), segment.deleted))
        writing.segments[number] = stored._replace(deletions=name, deleted=len(segment.deleted))
        return Segment(segment.file, writing.open(name), self._kept)

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
        self._open_writing = None
        self._lock.close()


def _marks(manifest: Manifest) -> list[Hashable]:
    """Of every segment what tells it from all others, be they named alike."""
    return [
        (stored, manifest.files[stored.file], manifest.files.get(stored.deletions))
        for stored in manifest.segments
    ]
