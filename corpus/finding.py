"""Find the files to read below the paths a user names."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

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
    # Files first: a walk of their folder would refuse those whose suffix is not looked for.
    named = sorted(map(Path, paths), key=os.path.isdir)
    pending = [_Place(path, named=True) for path in reversed(named)]
    while pending:
        place = pending.pop()
        path = place.path
        try:
            mode = path.stat().st_mode
            real = place.real or os.path.realpath(path)
            is_new_folder = stat.S_ISDIR(mode) and real not in seen
            children = _below(path, real) if is_new_folder else []
        except (OSError, ValueError) as error:
            yield unreadable(path, error)
            continue
        if real not in seen:
            seen.add(real)
            pending.extend(reversed(children))
            if not stat.S_ISDIR(mode):
                yield _judged(path, mode, named=place.named)


class _Place(NamedTuple):
    """Where to look.

    Attributes:
        path: as it was named, or found.
        named: whether it was named outright.
        real: the same without symbolic links, where that is known.
    """

    path: Path
    named: bool
    real: str = ""


def _below(folder: Path, real: str) -> list[_Place]:
    """What is in a folder and not hidden, by name.

    Args:
        folder: the folder.
        real: the same without symbolic links.
    """
    with os.scandir(folder) as entries:
        visible = [entry for entry in entries if not entry.name.startswith(".")]
    return [
        _Place(folder / entry.name, named=False, real=_real(entry, real))
        for entry in sorted(visible, key=lambda entry: entry.name)
    ]


def _real(entry: os.DirEntry[str], folder: str) -> str:
    """The path of a file that is no link; the system is to tell it of any other.

    Args:
        entry: of a folder.
        folder: its path without symbolic links.
    """
    is_file = entry.is_file(follow_symlinks=False)
    return os.path.join(folder, entry.name) if is_file else ""  # noqa: PTH118 (of each file)


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
