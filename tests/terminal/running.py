"""Running the installed command as a real process on a terminal of some size."""

from __future__ import annotations

import fcntl
import os
import pty
import struct
import subprocess
import sys
import termios
import time
from pathlib import Path
from select import select
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BAOGAO = Path(sys.executable).with_name("baogao")
PATIENCE = 120
"""Seconds until a command is taken to wait for something that will not come."""


def on_a_terminal(
    arguments: Sequence[str | Path],
    window: tuple[int, int],
    typed: str,
    folder: Path,
    environment: Mapping[str, str],
) -> tuple[int, str]:
    """Run a command on a terminal of its own.

    Args:
        arguments: the command.
        window: columns and lines.
        typed: what is typed while it runs.
        folder: where it is run.
        environment: the whole of it.

    Returns:
        Its exit status, and all that it sent to the terminal.
    """
    main, side = pty.openpty()
    columns, lines = window
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
    process = subprocess.Popen(
        arguments, stdin=side, stdout=side, stderr=side, start_new_session=True,
        preexec_fn=_take_terminal,  # noqa: PLW1509 (nothing else runs here)
        cwd=folder, env=environment,
    )  # fmt: skip
    os.close(side)
    os.write(main, typed.encode())
    try:
        shown = _read(main)
        return process.wait(PATIENCE), shown.decode().replace("\r\n", "\n")
    finally:
        os.close(main)
        process.kill()
        process.wait()


def _take_terminal() -> None:
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _read(main: int) -> bytes:
    """All that comes until the other side is closed."""
    shown, end = b"", time.monotonic() + PATIENCE
    while select([main], [], [], max(0, end - time.monotonic()))[0]:
        try:
            block = os.read(main, 1 << 16)
        except OSError:
            block = b""
        if not block:
            return shown
        shown += block
    raise TimeoutError(shown.decode(errors="replace"))
