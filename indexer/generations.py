"""The index directory: generations of files, one manifest that names the living one, a lock.

    DIR/manifest.json   the generation in force: its files with sizes and checksums
    DIR/gen-000007/     those files, never changed once the manifest names them
    DIR/lock            held while writing; lock.json says by whom

How a generation comes into force stands in `indexer.writing`.
"""

from __future__ import annotations

import json
import os
import re
import stat
import zlib
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from corpus.messages import Message

from .errors import IndexCorrupt, IndexExposed, IndexingError, IndexMissing, IndexOutdated
from .storage.checked import CheckedFile, StoredFile

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .writing import Writing

FORMAT = 6
"""Version of the files' layout; an index of another one has to be built again."""

MANIFEST = "manifest.json"
_ATTEMPTS = 50
"""How often to look again when a writer replaces the generation that is being opened."""
_FILE = re.compile(r"[a-z0-9-]+\.bin")

_Opened = TypeVar("_Opened")


class StoredSegment(NamedTuple):
    """A segment of a generation.

    Attributes:
        file: the name of its file.
        documents: how many documents it has, deleted ones included.
        deletions: the name of the file of its deleted documents; empty if none are.
        deleted: how many of them are.
    """

    file: str
    documents: int
    deletions: str = ""
    deleted: int = 0


class Manifest(NamedTuple):
    """What is in force in an index directory.

    Attributes:
        generation: counts commits; also names the folder.
        analyzer: fingerprint of folding and segmentation, see `indexer.dictionary`.
        reader: version of the rules that reports were read by.
        files: name → file, everything in the generation's folder.
        segments: those of the files that hold paragraphs, in order.
    """

    generation: int
    analyzer: str
    reader: int
    files: dict[str, StoredFile]
    segments: tuple[StoredSegment, ...]

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(stored.size for stored in self.files.values())

    @property
    def fingerprint(self) -> str:
        """SHA-256 over its files: another after any change, the same for a copy."""
        import hashlib  # not for those who only search

        digest = hashlib.sha256()
        for name, stored in sorted(self.files.items()):
            digest.update(f"{name} {stored.size} {stored.checksum}\n".encode())
        return digest.hexdigest()


class Generations:
    """One index directory.

    Args:
        directory: where the index is or will be; made by the first commit.
        allow_shared: whether to work with a directory that others can write.
    """

    def __init__(self, directory: Path, *, allow_shared: bool = False) -> None:
        self.directory = directory
        self._allow_shared = allow_shared

    def folder(self, generation: int) -> Path:
        """The folder of a generation."""
        return self.directory / f"gen-{generation:06d}"

    def manifest(self) -> Manifest:
        """Read what is in force.

        Raises:
            IndexMissing: there is no index here.
            IndexOutdated: its layout is another version's.
            IndexCorrupt: the manifest is not one.
            IndexExposed: others can write here.
        """
        path = self.directory / MANIFEST
        try:
            raw = json.loads(path.read_bytes())
            layout = raw["format"]
            if layout != FORMAT:
                raise IndexOutdated(
                    self.directory,
                    Message(
                        "has layout {layout!r:.20}, this version reads {known}",
                        layout=layout,
                        known=FORMAT,
                    ),
                )
            if raw["checksum"] != checksum(raw["manifest"]):
                raise IndexCorrupt(
                    self.directory, path, Message("its checksum is not what was written")
                )
            manifest = _manifest(raw["manifest"])
        except (FileNotFoundError, NotADirectoryError):
            raise IndexMissing(self.directory) from None
        except OSError as error:
            raise self._unreadable(path, error) from error
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise IndexCorrupt(self.directory, path, Message("not a manifest")) from error
        self.refuse_exposed(self.directory, self.folder(manifest.generation))
        return manifest

    def in_force(self, opened: Callable[[Generations, Manifest], _Opened]) -> _Opened:
        """Open the generation in force, whatever a writer does meanwhile.

        Args:
            opened: opens a generation; called again if that one was replaced.

        Raises:
            IndexMissing, IndexOutdated, IndexCorrupt, IndexExposed: as `manifest` does.
        """
        for attempt in range(_ATTEMPTS):
            manifest = self.manifest()
            try:
                return opened(self, manifest)
            except IndexCorrupt:
                is_replaced = self.manifest() != manifest
                if not is_replaced or attempt == _ATTEMPTS - 1:
                    raise
        raise AssertionError  # the last attempt returns or raises

    def refuse_exposed(self, *folders: Path) -> None:
        """Keep away from folders in which others could change the files while they are read.

        Raises:
            IndexExposed: others can write one of them, and nobody said that they may.
        """
        if self._allow_shared or os.name == "nt":
            return
        for folder in folders:
            with suppress(FileNotFoundError):
                if folder.stat().st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                    raise IndexExposed(self.directory, folder)

    def open(self, manifest: Manifest, name: str) -> CheckedFile:
        """Open a file of a generation.

        Raises:
            IndexCorrupt: it is missing or not as it was written.
        """
        path = self.folder(manifest.generation) / name
        if name not in manifest.files:
            raise IndexCorrupt(self.directory, path, Message("the manifest does not name it"))
        return CheckedFile(path, self.directory, manifest.files[name])

    def _unreadable(self, path: Path, error: OSError) -> IndexingError:
        return IndexingError(
            self.directory,
            Message(
                "cannot read {path}: {reason}; check its permissions",
                path=path,
                reason=error.strerror,
            ),
        )

    def write(self, wait: float = 0) -> Writing:
        """Begin to write; to be used in a `with` block.

        Args:
            wait: seconds to wait for another writer; -1 for as long as it takes.

        Raises:
            IndexLocked: another process is writing.
        """
        from .writing import Writing

        return Writing(self, wait)


def checksum(values: Any) -> int:
    """The checksum of a manifest's JSON values."""
    return zlib.crc32(json.dumps(values, sort_keys=True, separators=(",", ":")).encode())


def _manifest(raw: dict[str, Any]) -> Manifest:
    """A manifest from its JSON values.

    Raises:
        ValueError, TypeError, KeyError: it is not one.
    """
    files = {
        name: StoredFile(_count(stored["size"]), _count(stored["checksum"]))
        for name, stored in raw["files"].items()
    }
    if not all(map(_FILE.fullmatch, files)):
        raise ValueError("a file outside the generation's folder")
    return Manifest(
        _count(raw["generation"]),
        _text(raw["analyzer"]),
        _count(raw["reader"]),
        files,
        tuple(_segment(**segment) for segment in raw["segments"]),
    )


def _segment(file: Any, documents: Any, deletions: Any = "", deleted: Any = 0) -> StoredSegment:
    segment = StoredSegment(_text(file), _count(documents), _text(deletions), _count(deleted))
    if segment.deleted > segment.documents:
        raise ValueError("more is deleted than there is")
    return segment


def _count(value: Any) -> int:
    if type(value) is not int or value < 0:
        raise ValueError("not a count")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value
