"""Stamps: what files look like from outside, so that one that is as it was need not be read.

As in git's index: size, inode, and the times of the last change of the contents and of the
entry; where the latter is told, no program can set it back. What was changed just now may
change again without showing it, where times are coarse; so it has no mark yet, and is read
by the next run ("racy-git", https://git-scm.com/docs/racy-git). What a program writes
through a mapping may show late; to build anew reads everything.
"""

from __future__ import annotations

import os
import time
from typing import NamedTuple

_SETTLED = 2_000_000_000
"""Nanoseconds after a change from which the next one shows: FAT counts every two seconds."""


class Stamp(NamedTuple):
    """A file from outside.

    Attributes:
        size: bytes; 0 if it cannot be looked at.
        mark: the same mark is the same contents, read the same way; empty if there is none.
    """

    size: int
    mark: str


def stamp(path: str, way: str) -> Stamp:
    """Look at a file.

    Args:
        path: of the file.
        way: how it is read.
    """
    try:
        state = os.stat(path)  # noqa: PTH116 (of all files in each run: Path takes as long again)
    except OSError:
        return Stamp(0, "")
    changed = max(state.st_mtime_ns, state.st_ctime_ns)
    if time.time_ns() - changed < _SETTLED:
        return Stamp(state.st_size, "")
    seen = state.st_size, state.st_ino, state.st_mtime_ns, state.st_ctime_ns
    return Stamp(state.st_size, f"{':'.join(map(str, seen))}:{way}")
