"""The index directory: generations of files, one manifest that names the living one, a lock.

    DIR/manifest.json   the generation in force, with the size and checksum of each file
    DIR/gen-000007/     its files, never changed once the manifest names them
    DIR/gen-000006/     the one before, kept for readers that still have it open
    DIR/lock            held while writing; lock.json says by whom

A commit writes and fsyncs a new folder, then replaces the manifest in one rename: a
process killed at any moment leaves either the old manifest or the new one, and what it
left half-made is cleared away by the next writer. Files that did not change are
hard-linked from generation to generation.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import socket
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from .errors import IndexCorrupt, IndexingError, IndexLocked, IndexMissing, IndexOutdated

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

FORMAT = 1
"""Version of the files' layout; an index of another one has to be built again."""

_MANIFEST = "manifest.json"
_FOLDER = re.compile(r"gen-[0-9]{6,}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a generation as it was when committed."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in force in an index directory.

    Attributes:
        format: layout version of the files.
        generation: counts commits; also names the folder.
        analyzer: fingerprint of folding and segmentation, see `indexer.dictionary`.
        reader: version of the rules that reports were read by.
        files: name → file, everything in the generation's folder.
    """

    format: int
    generation: int
    analyzer: str
    reader: int
    files: dict[str, StoredFile]


class Generations:
    """One index directory.

    Args:
        directory: where the index is or will be; made by the first commit.
    """

    def __init__(self, directory: Path) -> None:
        self.directory = directory

    def folder(self, generation: int) -> Path:
        """The folder of a generation."""
        return self.directory / f"gen-{generation:06d}"

    def manifest(self) -> Manifest:
        """Read what is in force.

        Raises:
            IndexMissing: there is no index here.
            IndexOutdated: its layout is another version's.
            IndexCorrupt: the manifest is not one.
        """
        path = self.directory / _MANIFEST
        try:
            raw = json.loads(path.read_bytes())
            if raw["format"] != FORMAT:
                raise IndexOutdated(
                    self.directory, f"has layout {raw['format']}, this version reads {FORMAT}"
                )
            return _manifest(raw)
        except (FileNotFoundError, NotADirectoryError):
            raise IndexMissing(self.directory) from None
        except OSError as error:
            raise self.unreadable(path, error) from error
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise IndexCorrupt(self.directory, path, "not a manifest") from error

    def check_sizes(self, manifest: Manifest) -> Path:
        """Make sure that every file of the living generation is there in its full length.

        Returns:
            The generation's folder.

        Raises:
            IndexCorrupt: naming the first file that is not.
        """
        folder = self.folder(manifest.generation)
        for name, stored in manifest.files.items():
            path = folder / name
            try:
                size = path.stat().st_size
            except OSError as error:
                raise self.unreadable(path, error) from error
            if size != stored.size:
                raise IndexCorrupt(
                    self.directory, path, f"has {size} bytes where {stored.size} were written"
                )
        return folder

    def verified(self, manifest: Manifest, name: str) -> bytes:
        """Read a file of the living generation whole, and make sure that it is as written.

        Raises:
            IndexCorrupt: it is not.
        """
        path = self.folder(manifest.generation) / name
        try:
            data = path.read_bytes()
        except OSError as error:
            raise self.unreadable(path, error) from error
        if name not in manifest.files:
            raise IndexCorrupt(self.directory, path, "the manifest does not name it")
        if hashlib.sha256(data).hexdigest() != manifest.files[name].sha256:
            raise IndexCorrupt(self.directory, path, "its checksum is not what was written")
        return data

    def unreadable(self, path: Path, error: OSError) -> IndexingError:
        """What to say of a file that is not there, or that the system does not let us read."""
        if isinstance(error, FileNotFoundError):
            return IndexCorrupt(self.directory, path, "it is missing")
        return IndexingError(
            self.directory, f"cannot read {path}: {error.strerror}; check its permissions"
        )

    def write(self) -> Transaction:
        """Begin to write; to be used in a `with` block.

        Raises:
            IndexLocked: another process is writing.
        """
        return Transaction(self)


class Transaction:
    """A new generation in the making. Leaving the block without a commit drops it.

    Attributes:
        folder: where the new generation's files are to be written.
    """

    def __init__(self, generations: Generations) -> None:
        self._generations = generations
        self._directory = generations.directory
        self._lock = FileLock(self._directory / "lock", timeout=0)
        self._holder = self._directory / "lock.json"
        self._committed = False
        self._base: Manifest | None = None
        self._number = 0
        self.folder = generations.folder(0)

    def __enter__(self) -> Transaction:
        """Take the lock, clear what a killed writer left, and make the new folder."""
        try:
            self._directory.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except Timeout:
            raise IndexLocked(self._directory, self._read_holder()) from None
        except OSError as error:
            raise self._failure(error) from error
        note = {"pid": os.getpid(), "host": socket.gethostname()}
        try:
            self._refuse_foreign()
            self._holder.write_text(json.dumps(note), "utf-8")
            with suppress(IndexMissing, IndexCorrupt, IndexOutdated):
                self._base = self._generations.manifest()
            living = self._base.generation if self._base else self._last_number()
            self._number = living + 1
            self._prune(keep={living - 1, living})
            self.folder = self._generations.folder(self._number)
            self.folder.mkdir()
        except OSError as error:
            self._lock.release()
            raise self._failure(error) from error
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self,
        exception_type: type[BaseException] | None,
        exception: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Drop what was not committed and free the lock."""
        if not self._committed:
            shutil.rmtree(self.folder, ignore_errors=True)
        with suppress(OSError):
            self._holder.unlink()
        self._lock.release()
        if isinstance(exception, OSError):
            raise self._failure(exception) from exception

    def _refuse_foreign(self) -> None:
        """Keep out of a folder that holds something else than an index."""
        names = {path.name for path in self._directory.iterdir()}
        foreign = names - {"lock"}
        if foreign and not names & {_MANIFEST, self._holder.name}:
            raise IndexingError(
                self._directory,
                f"{self._directory} holds other files and no index; name a folder of its own",
            )

    def inherit(self, names: list[str]) -> None:
        """Bring files of the generation in force, unchanged, into the new one."""
        assert self._base is not None
        old = self._generations.folder(self._base.generation)
        for name in names:
            try:
                os.link(old / name, self.folder / name)
            except OSError:  # a file system without hard links
                shutil.copyfile(old / name, self.folder / name)

    def commit(self, analyzer: str, reader: int) -> Manifest:
        """Make the new folder's files the index, durably and at once.

        Args:
            analyzer: fingerprint of folding and segmentation.
            reader: version of the rules that reports were read by.

        Returns:
            The manifest now in force.
        """
        files = {path.name: self._stored(path) for path in sorted(self.folder.iterdir())}
        _sync_folder(self.folder)
        manifest = Manifest(FORMAT, self._number, analyzer, reader, files)
        temporary = self._directory / f"{_MANIFEST}.new"
        with temporary.open("w", encoding="utf-8") as file:
            json.dump(asdict(manifest), file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        _sync_folder(self._directory)
        temporary.replace(self._directory / _MANIFEST)
        _sync_folder(self._directory)
        self._committed = True
        self._prune(keep={self._number - 1, self._number})
        return manifest

    def _stored(self, path: Path) -> StoredFile:
        """Fsync a new file and take its checksum; an inherited one is both already."""
        size = path.stat().st_size
        known = self._base.files.get(path.name) if self._base else None
        if known and self._is_inherited(path):
            return known
        with path.open("rb") as file:
            os.fsync(file.fileno())
            checksum = hashlib.sha256()
            while block := file.read(1 << 20):
                checksum.update(block)
        return StoredFile(size, checksum.hexdigest())

    def _is_inherited(self, path: Path) -> bool:
        assert self._base is not None
        try:
            return path.samefile(self._generations.folder(self._base.generation) / path.name)
        except OSError:
            return False

    def _prune(self, keep: set[int]) -> None:
        """Remove the generations that no reader can need any more."""
        kept = {self._generations.folder(number).name for number in keep}
        for path in self._generations_there():
            if path.name not in kept:
                shutil.rmtree(path, ignore_errors=True)

    def _last_number(self) -> int:
        """The highest generation that ever was here, when there is no manifest to tell."""
        numbers = (path.name.removeprefix("gen-") for path in self._generations_there())
        return max(map(int, numbers), default=0)

    def _generations_there(self) -> list[Path]:
        """The folders of generations, and of nothing else that has such a name."""
        return [path for path in self._directory.iterdir() if _FOLDER.fullmatch(path.name)]

    def _read_holder(self) -> str:
        try:
            note: Any = json.loads(self._holder.read_bytes())
            return f"process {int(note['pid'])} on {note['host']}"
        except (OSError, ValueError, TypeError, KeyError):
            return "another process"

    def _failure(self, error: OSError) -> IndexingError:
        return IndexingError(
            self._directory,
            f"cannot write the index in {self._directory}: {error.strerror or error}; "
            f"what was there before is unchanged",
        )


def _manifest(raw: dict[str, Any]) -> Manifest:
    """A manifest from its JSON values.

    Raises:
        ValueError, TypeError, KeyError: it is not one.
    """
    files = {
        str(name): StoredFile(int(stored["size"]), str(stored["sha256"]))
        for name, stored in raw["files"].items()
    }
    if any("/" in name or "\\" in name for name in files):
        raise ValueError("a file outside the generation's folder")
    return Manifest(FORMAT, int(raw["generation"]), str(raw["analyzer"]), int(raw["reader"]), files)


def _sync_folder(folder: Path) -> None:
    """Make renames and new names in a folder durable, where the system allows it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
