"""Writing an index: the next generation in the making, and its commit.

A commit writes and fsyncs new files in a new folder, links those that did not change,
looks all of them over, and replaces the manifest in one rename: a process killed at any
moment leaves either the old manifest or the new one, and what it left half-made is
cleared away by the next writer. Only then does the generation before go; who has it open
keeps it, who was just opening it looks again.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from corpus.messages import Message

from .errors import IndexCorrupt, IndexingError, IndexLocked, IndexMissing, IndexOutdated
from .generations import FORMAT, MANIFEST, Manifest, checksum
from .storage.checked import CheckedFile, StoredFile

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

    from .generations import Generations, StoredSegment

SEGMENT = "segment"
DELETIONS = "deletions"
"""How the names of the files begin that hold segments, and what they have lost."""

_FOLDER = re.compile(r"gen-[0-9]{6,}")


class Writing:
    """The right to write an index, and its next generation in the making.

    Leaving the block drops what was not committed.

    Attributes:
        base: the generation in force; None if there is none that can be read.
        segments: those of the next generation; to be changed in place.
    """

    def __init__(self, generations: Generations, wait: float) -> None:
        self._generations = generations
        self._directory = generations.directory
        # Who began to write and who ends it may be different threads.
        self._lock = FileLock(self._directory / "lock", timeout=wait, thread_local=False)
        self._holder = self._directory / "lock.json"
        self._manifest = self._directory / f"{MANIFEST}.new"
        self._inherited: dict[str, StoredFile] = {}
        self._new: dict[str, StoredFile] = {}
        self._number = self._named = 0
        self.base: Manifest | None = None
        self.segments: list[StoredSegment] = []

    def __enter__(self) -> Writing:
        """Take the lock and clear what a killed writer left."""
        try:
            places = (self._directory, *self._directory.parents)
            for folder in reversed([place for place in places if not place.exists()]):
                with suppress(FileExistsError):
                    os.mkdir(folder, 0o755)  # noqa: PTH102 (one call, to be counted)
                _sync_folder(folder.parent)
            self._generations.refuse_exposed(self._directory)
            self._lock.acquire()
        except Timeout:
            raise IndexLocked(self._directory, self._read_holder()) from None
        except OSError as error:
            raise self.failure(error) from error
        try:
            self._refuse_foreign()
            note = {"pid": os.getpid(), "host": socket.gethostname()}
            self._holder.write_text(json.dumps(note), "utf-8")
            # Of an index that cannot be read nothing is removed before it is built anew.
            with suppress(IndexCorrupt, IndexOutdated):
                with suppress(IndexMissing):
                    self.base = self._generations.manifest()
                self._prune()
            if self.base:
                self._inherited = dict(self.base.files)
                self.segments = list(self.base.segments)
            else:
                _sync_folder(self._directory)  # by the note it is known as ours, whatever comes
            self._number = (self.base.generation if self.base else self._last_number()) + 1
        except OSError as error:
            self._lock.release()
            raise self.failure(error) from error
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
        shutil.rmtree(self._folder, ignore_errors=True)
        if self.base:
            with suppress(OSError):
                self._holder.unlink()
        self._lock.release()
        if isinstance(exception, OSError):
            raise self.failure(exception) from exception

    @property
    def _folder(self) -> Path:
        return self._generations.folder(self._number)

    def _refuse_foreign(self) -> None:
        """Keep out of a folder that holds something else than an index."""
        names = {path.name for path in self._directory.iterdir()}
        foreign = names - {"lock"}
        if foreign and not names & {MANIFEST, self._holder.name}:
            raise IndexingError(
                self._directory,
                Message(
                    "{directory} holds other files and no index; name a folder of its own",
                    directory=self._directory,
                ),
            )

    def begin_anew(self) -> None:
        """Take nothing over from the generation in force."""
        self._inherited.clear()
        self.segments.clear()

    def path(self, name: str) -> Path:
        """Where a file of the next generation is to be written; then `add` it."""
        self._make_folder()
        return self._folder / name

    def _make_folder(self) -> None:
        with suppress(FileExistsError):
            os.mkdir(self._folder, 0o755)  # noqa: PTH102 (one call, to be counted)

    def new_name(self, kind: str) -> str:
        """A name that no file has yet, in any generation."""
        self._named += 1
        return f"{kind}-{self._number:06d}-{self._named:03d}.bin"

    def add(self, name: str, stored: StoredFile) -> None:
        """Take a file that was written to `path` into the next generation."""
        self._new[name] = stored
        self._inherited.pop(name, None)

    def open(self, name: str) -> CheckedFile:
        """Open a file of the next generation, whether it is new or was taken over."""
        if name in self._new:
            return CheckedFile(self._folder / name, self._directory, self._new[name])
        assert self.base is not None
        return self._generations.open(self.base, name)

    def size(self, name: str) -> int:
        """Bytes of a file of the next generation."""
        return (self._new.get(name) or self._inherited[name]).size

    def commit(self, analyzer: str, reader: int) -> Manifest:
        """Make the next generation the index, durably and at once.

        Files that no segment needs any more are left behind.

        Args:
            analyzer: fingerprint of folding and segmentation.
            reader: version of the rules that reports were read by.

        Returns:
            The manifest now in force.

        Raises:
            IndexCorrupt: a file cannot be read back as it was written.
        """
        self._make_folder()
        self._leave_behind()
        for name in self._new:
            self.open(name).check()
        self._inherit()
        _sync_folder(self._folder)
        files = dict(sorted({**self._inherited, **self._new}.items()))
        manifest = Manifest(self._number, analyzer, reader, files, tuple(self.segments))
        _write_durably(self._manifest, _serialised(manifest))
        _sync_folder(self._directory)
        self._number += 1  # the folder may come into force: from here on leaving does not drop it
        os.replace(self._manifest, self._directory / MANIFEST)  # noqa: PTH105 (one call, to be counted)
        try:
            _sync_folder(self._directory)
        except OSError as error:
            raise IndexingError(
                self._directory,
                Message(
                    "the index in {directory} is written, but a loss of power could undo "
                    "it: {reason}",
                    directory=self._directory,
                    reason=error.strerror or error,
                ),
            ) from error
        self.base, self._inherited, self._new = manifest, files, {}
        self._prune()
        return manifest

    def _leave_behind(self) -> None:
        """Forget the files of segments that are not part of the next generation."""
        needed = {name for segment in self.segments for name in (segment.file, segment.deletions)}
        for files in (self._inherited, self._new):
            for name in list(files):
                if name.startswith((SEGMENT, DELETIONS)) and name not in needed:
                    del files[name]
                    if files is self._new:
                        self.path(name).unlink()

    def _inherit(self) -> None:
        """Bring the files that did not change into the new folder."""
        for name in self._inherited:
            assert self.base is not None
            old, new = self._generations.folder(self.base.generation) / name, self.path(name)
            try:
                os.link(old, new)
            except OSError:  # a file system without hard links
                _write_durably(new, old.read_bytes())

    def _prune(self) -> None:
        """Remove all generations but the one in force, and a manifest that is in force nowhere."""
        with suppress(OSError):
            self._manifest.unlink()
        living = self._generations.folder(self.base.generation).name if self.base else ""
        for path in self._generations_there():
            if path.name != living:
                shutil.rmtree(path, ignore_errors=True)

    def _last_number(self) -> int:
        """The highest generation that ever was here, when there is no manifest to tell."""
        numbers = (path.name.removeprefix("gen-") for path in self._generations_there())
        return max(map(int, numbers), default=0)

    def _generations_there(self) -> list[Path]:
        """The folders of generations, and of nothing else that has such a name."""
        return [path for path in self._directory.iterdir() if _FOLDER.fullmatch(path.name)]

    def _read_holder(self) -> Message:
        try:
            note: Any = json.loads(self._holder.read_bytes())
            return Message("process {pid} on {host}", pid=int(note["pid"]), host=note["host"])
        except (OSError, ValueError, TypeError, KeyError):
            return Message("another process")

    def failure(self, error: OSError) -> IndexingError:
        """What to raise over an error of the system's, before the commit."""
        return IndexingError(
            self._directory,
            Message(
                "cannot write the index in {directory}: {reason}; "
                "what was there before is unchanged",
                directory=self._directory,
                reason=error.strerror or error,
            ),
        )


def _serialised(manifest: Manifest) -> bytes:
    values = {
        **manifest._asdict(),
        "files": {name: stored._asdict() for name, stored in manifest.files.items()},
        "segments": [stored._asdict() for stored in manifest.segments],
    }
    return json.dumps(
        {"format": FORMAT, "checksum": checksum(values), "manifest": values}, indent=1
    ).encode()


def _write_durably(path: Path, data: bytes) -> None:
    """Write a small file, and wait until it is on the disk."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, 0o644)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Make renames and new names in a folder durable, where the system allows it."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
