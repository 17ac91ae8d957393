"""The embedded API: an index open for searching."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from indexer import open_snapshot

from .equivalents import Synonyms, bundled
from .faces.analysing import Analysing
from .faces.following import Following
from .faces.reading import Reading
from .faces.searching import Searching

if TYPE_CHECKING:
    from os import PathLike
    from types import TracebackType

    from indexer import Snapshot


def open_index(
    directory: str | PathLike[str],
    *,
    synonyms: str | PathLike[str] | None = None,
    allow_shared: bool = False,
) -> Index:
    """Open an index for searching.

    What is seen is the index as it is now; what is committed later shows after
    `Index.refresh`.

    Args:
        directory: the index.
        synonyms: a file of your own, besides what comes with the program; see
            `search/data/synonyms.txt` for its form. It is no part of the index.
        allow_shared: whether it may be one that others can write.

    Raises:
        SynonymsError: the file of synonyms cannot be read.
        IndexExposed: others can write the index.
        IndexMissing: there is none in the directory.
        IndexOutdated: it was built by other rules than this version's.
        IndexCorrupt: a file of it is missing or is not as it was written.
    """
    own = None if synonyms is None else Synonyms.read(Path(synonyms)) | bundled()
    return Index(open_snapshot(Path(directory), allow_shared=allow_shared), own)


class Index(Searching, Reading, Analysing, Following):
    """An index open for searching; `open_index` makes one, a `with` block closes it.

    It may be shared by threads, and used by all of them at once. Each answer is of one
    generation: the one that the index showed when it was asked.
    """

    def __init__(self, snapshot: Snapshot, synonyms: Synonyms | None = None) -> None:
        super().__init__(snapshot, synonyms)
        self._changing = Lock()

    @property
    def generation(self) -> int:
        """Which commit of the index it shows; commits are counted from 1."""
        return self._snapshot.manifest.generation

    def refresh(self) -> bool:
        """See what was committed since; what is under way goes on with what it began with.

        If there is nothing new, it takes as long as to read a small file.

        Returns:
            Whether another commit is seen than when it was called.

        Raises:
            IndexMissing, IndexOutdated, IndexCorrupt, IndexExposed: as `open_index` does; then
                what was seen before is seen still.
        """
        before = self._snapshot
        with self._changing:
            self._opened = now = self._snapshot.refreshed()
        return now is not before

    def snapshot(self) -> Index:
        """The index as it is seen now, for answers that have to agree with one another.

        It is an index of its own, which stays as it is until it is itself refreshed or closed.
        """
        return Index(self._snapshot, self._synonyms)

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the files, once the searches under way are done. Results stay valid."""
        with self._changing:
            self._opened = None
