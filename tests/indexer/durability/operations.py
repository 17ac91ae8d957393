"""The file operations of a process, one by one as it does them."""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WRITE = os.write
"""The system's own, not watched."""

_NAMELESS = getattr(os, "O_TMPFILE", 0)
_CHANGES = os.O_WRONLY | os.O_RDWR | os.O_CREAT


@dataclass(frozen=True)
class Operation:
    """Something that a process is about to do to a file.

    Attributes:
        kind: the name of the function, as in `os`.
        path: the file.
        flags: how it is opened.
        target: its other name, if it is linked or renamed.
        data: what is written.
        descriptor: where that is written.
    """

    kind: str
    path: Path
    flags: int = 0
    target: Path = Path()
    data: bytes = b""
    descriptor: int = -1

    @property
    def is_nameless(self) -> bool:
        """Whether it opens a file that no folder has: so the lock asks what the disk can do."""
        return self.flags & _NAMELESS == _NAMELESS != 0

    @property
    def takes_space(self) -> bool:
        """Whether a full disk refuses it."""
        return self.kind in {"write", "fsync", "mkdir", "link", "replace"} or bool(
            self.flags & os.O_CREAT
        )


class _Watched:
    """The functions of `os` that change files, with `before` called before each does so."""

    def __init__(self, before: Callable[[Operation], None]) -> None:
        self._before = before
        self._opened: dict[int, Path] = {}
        self._open, self._write, self._fsync = os.open, os.write, os.fsync

    def _place(self, path: Path, folder: int | None) -> Path:
        return Path(path) if folder is None else self._opened[folder] / path

    def open(self, path: Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        at = self._place(path, dir_fd)
        if flags & _CHANGES:
            self._before(Operation("open", at, flags))
        descriptor = self._open(path, flags, mode, dir_fd=dir_fd)
        self._opened[descriptor] = at
        return descriptor

    def write(self, descriptor: int, data: Any) -> int:
        if descriptor in self._opened:
            at = self._opened[descriptor]
            self._before(Operation("write", at, data=bytes(data), descriptor=descriptor))
        return self._write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        self._before(Operation("fsync", self._opened[descriptor]))
        self._fsync(descriptor)

    def of_one_name(self, kind: str) -> Callable[..., None]:
        real = getattr(os, kind)

        def call(path: Path, *arguments: Any, dir_fd: int | None = None) -> None:
            at = self._place(path, dir_fd)
            if at.exists() is not (kind == "mkdir"):  # else there is nothing to do
                self._before(Operation(kind, at))
            real(path, *arguments, dir_fd=dir_fd)

        return call

    def of_two_names(self, kind: str) -> Callable[..., None]:
        real = getattr(os, kind)

        def call(path: Path, target: Path) -> None:
            self._before(Operation(kind, Path(path), target=Path(target)))
            real(path, target)

        return call


def _write_text(path: Path, text: str, encoding: str) -> None:
    """`Path.write_text` through the functions of `os`, which it does not call itself."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    try:
        os.write(descriptor, text.encode(encoding))
    finally:
        os.close(descriptor)


@contextmanager
def watched(before: Callable[[Operation], None]) -> Iterator[None]:
    """Have `before` called before each operation that changes a file.

    What it raises, the operation raises.
    """
    functions = _Watched(before)
    with pytest.MonkeyPatch.context() as patch:
        for kind in ("mkdir", "rmdir", "unlink"):
            patch.setattr(os, kind, functions.of_one_name(kind))
        for kind in ("link", "replace"):
            patch.setattr(os, kind, functions.of_two_names(kind))
        for kind in ("open", "write", "fsync"):
            patch.setattr(os, kind, getattr(functions, kind))
        patch.setattr(Path, "write_text", _write_text)
        yield
