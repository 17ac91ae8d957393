"""Files that commands write for the user: whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a file in UTF-8, in place of what was there, once all of it is on the disk.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    folder = path.resolve().parent
    with NamedTemporaryFile("w", dir=folder, prefix=".", delete=False, encoding="utf-8") as file:
        try:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            file.close()
            _take_usual_mode(file.name)
            os.replace(file.name, path)  # noqa: PTH105 (the same in one call)
        except BaseException:
            with suppress(OSError):
                os.unlink(file.name)  # noqa: PTH108 (the same in one call)
            raise


def _take_usual_mode(name: str) -> None:
    """Let others read it as they may read any new file of the user; a temporary one is private."""
    mask = os.umask(0)
    os.umask(mask)
    os.chmod(name, 0o666 & ~mask)  # noqa: PTH101 (the same in one call)
