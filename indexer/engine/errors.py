"""What the engine refuses, and how its errors differ from those of report indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from whoosh.index import LockError

from corpus import BaogaoError
from corpus.messages import Message
from indexer.errors import IndexingError, IndexLocked, IndexOutdated

if TYPE_CHECKING:
    from pathlib import Path


class Unsupported(BaogaoError, ValueError):
    """A schema or a document asks for something that the engine does not keep."""


class WriterLocked(IndexLocked, LockError):  # type: ignore[misc]  # Whoosh has no types
    """Another writer is at the index; for Whoosh's helpers that try again it is theirs."""

    def __init__(self, directory: Path, holder: str) -> None:
        IndexingError.__init__(
            self,
            directory,
            Message(
                "{holder} is writing the index in {directory}; "
                "try again when it is done, or open the index with wait=SECONDS",
                holder=holder,
                directory=directory,
            ),
        )
        self.holder = holder


class SchemaDiffers(IndexOutdated):
    """The index was written with another schema than it is asked by."""

    def __init__(self, directory: Path) -> None:
        IndexingError.__init__(
            self,
            directory,
            Message(
                "the index in {directory} was written with another schema; "
                "open it with that one, or write its documents to a new directory",
                directory=directory,
            ),
        )
