"""Files that commands write for the user: whole, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file, in place of what was there, once all of it is on the disk.

    Args:
        path: the file.
        content: its bytes, or a text, which is written in UTF-8.

    Raises:
        OSError: it cannot be written; what was there stays.
    """
    folder = path.resolve().parent
    encoded = content.encode("utf-8") if isinstance(content, str) else content
    with NamedTemporaryFile(dir=folder, prefix=".", delete=False) as file:
        try:
            file.write(encoded)
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
