"""Watching folders: when something in them has changed.

Where the system tells of changes, `watchfiles` waits to be told; it comes with the extra
`watch`. Without it, or if that is wanted, the folders are looked at again and again: no system
tells of what another machine does in a folder that both share.
"""

from __future__ import annotations

import os
import time
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import UnreadableReport, find_files

from .app import explain
from .language import _

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

QUIET = 0.5
"""Seconds without a change after which a burst of changes is over."""

LONGEST = 10.0
"""Seconds after which a burst is given though it goes on."""

LOOK = 1.0
"""Seconds from one look at the folders to the next."""

_REST = 10
"""How much longer than a look the rest after it is at least: many files take long to look at."""

States = dict[Path, tuple[int, ...]]
"""Files, each with what changes when it does."""


def bursts(folders: Sequence[Path], index: Path, *, poll: bool) -> Iterator[None]:
    """Give something after each burst of changes in folders, without end.

    The first is given at the beginning, once all that changes from then on will be noticed.
    A folder that goes away is waited for.

    Args:
        folders: absolute paths.
        index: a directory whose changes do not matter, if it lies in one of the folders.
        poll: look at the folders, though the system may tell of changes.
    """
    if not poll and find_spec("watchfiles"):
        try:
            yield from _told(folders, index)
        except (OSError, RuntimeError) as error:  # such as too many folders for the system
            explain(_("the system does not tell of changes: {reason}").format(reason=error))
    explain(_("looking for changes every {seconds:g} seconds").format(seconds=LOOK))
    yield from _looked_for(folders, index)


def _told(folders: Sequence[Path], index: Path) -> Iterator[None]:
    """Bursts of changes of which the system tells."""
    from watchfiles import watch

    apart = os.path.realpath(index)

    def matters(_change: object, name: str) -> bool:
        path = Path(name)
        return not (_is_hidden(path, folders) or Path(os.path.realpath(path)).is_relative_to(apart))

    while True:
        watched = _identities(folders)
        if None in watched:
            time.sleep(LOOK)
            continue
        is_new = True
        for changes in watch(
            *folders, watch_filter=matters, step=int(QUIET * 1000), debounce=int(LONGEST * 1000),
            rust_timeout=int(QUIET * 1000), yield_on_timeout=True, ignore_permission_denied=True,
        ):  # fmt: skip
            if changes or is_new:
                yield
            is_new = False
            # Of a folder that was put in the place of another nothing would be told.
            if _identities(folders) != watched:
                break


def _looked_for(folders: Sequence[Path], index: Path) -> Iterator[None]:
    """Bursts of changes that show when one looks."""
    seen: States | None = None
    while True:
        began = time.monotonic()
        now = _states(folders, index)
        took = time.monotonic() - began
        if seen is not None and now != seen:
            now = _settled(now, folders, index)
        if now != seen:
            seen = now
            yield
        time.sleep(max(LOOK, took * _REST))


def _settled(now: States, folders: Sequence[Path], index: Path) -> States:
    """How the files are once nothing changes any more, or it takes too long."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end:
        time.sleep(QUIET)
        before, now = now, _states(folders, index)
        if now == before:
            break
    return now


def _states(folders: Sequence[Path], index: Path) -> States:
    apart = Path(os.path.realpath(index))
    states: States = {}
    for path in find_files(folders):
        if isinstance(path, UnreadableReport) or path.is_relative_to(apart):
            continue
        try:
            state = path.stat()
        except OSError:
            continue
        states[path] = (state.st_mtime_ns, state.st_ctime_ns, state.st_size, state.st_ino)
    return states


def _identities(folders: Sequence[Path]) -> list[tuple[int, int] | None]:
    """Which folders stand at the paths; None for one that is not there."""
    found: list[tuple[int, int] | None] = []
    for folder in folders:
        try:
            state = folder.stat()
        except OSError:
            found.append(None)
        else:
            found.append((state.st_dev, state.st_ino))
    return found


def _is_hidden(path: Path, folders: Sequence[Path]) -> bool:
    """Whether it is passed over when the folders are walked."""
    return any(
        part.startswith(".")
        for folder in folders
        if path.is_relative_to(folder)
        for part in path.relative_to(folder).parts
    )
