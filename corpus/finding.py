"""Find the files to read below the paths a user names."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.errors import Reason, UnreadableReport
from corpus.formats import LOOKED_FOR
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def find_files(paths: Iterable[str | os.PathLike[str]]) -> Iterator[Path | UnreadableReport]:
    """Give every file to read below the given paths, and an error for each that is not.

    A folder is walked in the order of its names; hidden entries are skipped without
    a word, symbolic links are followed, and no folder is entered twice. Files of a
    suffix that is not looked for come as errors of `Reason.UNSUPPORTED`, so that a
    caller can count them; a document that no format reads is given, to be refused by
    name. A file named outright is given whatever its suffix. Only regular files are
    ever given: opening a pipe or a device could block for ever.

    Args:
        paths: files and folders.

    Yields:
        Paths, below the path they were found from, each once; errors instead of
        paths that are missing, forbidden, not regular files, or of no known suffix.
    """
    seen: set[str] = set()
    pending = [(Path(path), True) for path in paths]
    pending.reverse()
    while pending:
        path, named = pending.pop()
        try:
            mode = path.stat().st_mode
            real = os.path.realpath(path)
            children = sorted(path.iterdir()) if stat.S_ISDIR(mode) and real not in seen else []
        except (OSError, ValueError) as error:
            yield unreadable(path, error)
            continue
        if real not in seen:
            seen.add(real)
            visible = (child for child in reversed(children) if not child.name.startswith("."))
            pending.extend((child, False) for child in visible)
            if not stat.S_ISDIR(mode):
                yield _judged(path, mode, named=named)


def _judged(path: Path, mode: int, *, named: bool) -> Path | UnreadableReport:
    """Give a file that is to be read, or why it is not."""
    if not stat.S_ISREG(mode):
        return UnreadableReport(str(path), Reason.UNSUPPORTED, Message("not a regular file"))
    if named or path.suffix.lower() in LOOKED_FOR:
        return path
    if path.suffix:
        detail = Message("no format reads {suffix}", suffix=path.suffix)
    else:
        detail = Message("no format reads files without a suffix")
    return UnreadableReport(str(path), Reason.UNSUPPORTED, detail)


_REASONS: tuple[tuple[type[BaseException], Reason, str], ...] = (
    (
        FileNotFoundError,
        Reason.VANISHED,
        Message("there is no such file; was it moved or deleted?"),
    ),
    (
        NotADirectoryError,
        Reason.VANISHED,
        Message("there is no such file; was it moved or deleted?"),
    ),
    (PermissionError, Reason.PERMISSION, Message("you may not read it; check its permissions")),
    (IsADirectoryError, Reason.UNSUPPORTED, Message("it is a folder, not a file")),
    (ValueError, Reason.VANISHED, Message("no file can have this name")),
)


def unreadable(path: str | os.PathLike[str], error: BaseException) -> UnreadableReport:
    """Turn an error of the operating system into one of ours."""
    source = os.fspath(path)
    for kind, reason, detail in _REASONS:
        if isinstance(error, kind):
            return UnreadableReport(source, reason, detail)
    return UnreadableReport(
        source, Reason.DAMAGED, Message("it could not be read: {error}", error=error)
    )
