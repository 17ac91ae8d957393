"""A command on a terminal of its own, to which is typed what its screen calls for."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import termios
import time
from contextlib import contextmanager
from select import select
from typing import TYPE_CHECKING

from .running import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path


class Terminal:
    """The side of a terminal at which the user sits."""

    def __init__(self, main: int, process: subprocess.Popen[bytes]) -> None:
        self._main = main
        self._process = process
        self._read = 0
        self.shown = ""
        """All that came to the screen, escape sequences among it."""

    def expect(self, text: str) -> None:
        """Wait until a text has come to the screen, since what was expected before."""
        end = time.monotonic() + PATIENCE
        while text not in self.shown[self._read :]:
            assert self._more(end), self.shown[self._read :]
        self._read = self.shown.index(text, self._read) + len(text)

    def type(self, text: str) -> None:
        """Type a text; a line ends with a carriage return."""
        os.write(self._main, text.encode())

    def end(self) -> int:
        """Wait until the command has ended; give its exit status."""
        end = time.monotonic() + PATIENCE
        while self._more(end):
            pass
        return self._process.wait(PATIENCE)

    def end_by(self, key: str) -> int:
        """Type a key until the command has ended; give its exit status.

        What is typed after a prompt has gone and before the next one is there may be lost.
        """
        end = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < end:
            self.type(key)
            self._more(time.monotonic() + 1)
        return self._process.wait(1)

    def _more(self, end: float) -> bool:
        """Read more, if the command has not ended."""
        ready, _, _ = select([self._main], [], [], max(0, end - time.monotonic()))
        try:
            block = os.read(self._main, 1 << 16) if ready else b""
        except OSError:
            return False
        self.shown += block.decode(errors="replace")
        if "\x1b[6n" in block.decode(errors="replace"):
            self.type("\x1b[1;1R")  # where the cursor is, as a terminal answers
        return bool(block)


@contextmanager
def terminal_of(
    arguments: Sequence[str | Path], environment: Mapping[str, str], window: tuple[int, int]
) -> Iterator[Terminal]:
    """Run a command on a terminal of some columns and lines."""
    main, side = pty.openpty()
    columns, lines = window
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    with subprocess.Popen(
        arguments, stdin=side, stdout=side, stderr=side, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509 (nothing else runs)
        env=environment,
    ) as process:  # fmt: skip
        os.close(side)
        try:
            yield Terminal(main, process)
        finally:
            process.kill()
            os.close(main)
