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
    def takes_space(self) -> bool:
        """Whether a full disk refuses it."""
        return self.kind in {"write", "mkdir", "link", "replace", "fsync"} or bool(
            self.flags & os.O_CREAT
        )


@contextmanager
def watched(before: Callable[[Operation], None]) -> Iterator[None]:
    """Have `before` called before each operation that changes a file.

    What it raises, the operation raises.
    """
    real: dict[str, Callable[..., Any]] = {
        name: getattr(os, name)
        for name in ("open", "write", "fsync", "mkdir", "rmdir", "unlink", "link", "replace")
    }
    opened: dict[int, Path] = {}

    def place(path: Path, folder: int | None) -> Path:
        return path if folder is None else opened[folder] / path

    def open_(path: Path, flags: int, mode: int = 0o777, *, dir_fd: int | None = None) -> int:
        at = place(path, dir_fd)
        if flags & _CHANGES:
            before(Operation("open", Path(at), flags))
        descriptor: int = real["open"](path, flags, mode, dir_fd=dir_fd)
        opened[descriptor] = Path(at)
        return descriptor

    def write(descriptor: int, data: Any) -> int:
        if descriptor in opened:
            before(Operation("write", opened[descriptor], data=bytes(data), descriptor=descriptor))
        written: int = real["write"](descriptor, data)
        return written

    def fsync(descriptor: int) -> None:
        before(Operation("fsync", opened[descriptor]))
        real["fsync"](descriptor)

    def of_one(kind: str) -> Callable[..., None]:
        def call(path: Path, *arguments: Any, dir_fd: int | None = None) -> None:
            at = Path(place(path, dir_fd))
            if at.exists() is not (kind == "mkdir"):  # else there is nothing to do
                before(Operation(kind, at))
            real[kind](path, *arguments, dir_fd=dir_fd)

        return call

    def of_two(kind: str) -> Callable[..., None]:
        def call(path: Path, target: Path) -> None:
            before(Operation(kind, Path(path), target=Path(target)))
            real[kind](path, target)

        return call

    def write_text(path: Path, text: str, encoding: str) -> None:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        try:
            os.write(descriptor, text.encode(encoding))
        finally:
            os.close(descriptor)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "open", open_)
        patch.setattr(os, "write", write)
        patch.setattr(os, "fsync", fsync)
        for kind in ("mkdir", "rmdir", "unlink"):
            patch.setattr(os, kind, of_one(kind))
        for kind in ("link", "replace"):
            patch.setattr(os, kind, of_two(kind))
        patch.setattr(Path, "write_text", write_text)
        yield
