"""A pager, where there is a reader: what is longer than the window is shown page by page."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from itertools import chain, islice
from typing import TYPE_CHECKING

import click

from . import manner
from .app import put

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

_PAGER = "less"
_LESS = "FRX"
"""Colours as they are, no page for what fits, and what was shown stays: unless $LESS says."""


def pager_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """The option that keeps a command from paging."""
    return click.option(
        "--no-pager", is_flag=True, help="Do not page what is longer than the window."
    )(command)


def put_paged(lines: Iterable[str], *, no_pager: bool) -> None:
    """Print lines, through the user's pager if somebody reads and they fill the window.

    Args:
        lines: safe to show; the colours in them are meant.
        no_pager: never to page.
    """
    pager = None if no_pager or not manner.may_ask() else _pager()
    if not pager:
        put(lines)
        return
    from shutil import get_terminal_size

    rest = iter(lines)
    room = get_terminal_size().lines
    first = list(islice(rest, room))
    if len(first) < room:
        put(first)
    else:
        _show(pager, chain(first, rest))


def _pager() -> list[str]:
    """The user's pager as a command; empty if there is none."""
    import shlex  # not for those who do not page
    from shutil import which

    name, *arguments = shlex.split(os.environ.get("PAGER", _PAGER)) or [""]
    path = which(name)
    return [path, *arguments] if path else []


def _show(pager: list[str], lines: Iterable[str]) -> None:
    import subprocess  # for the few that page

    sys.stdout.flush()
    with subprocess.Popen(  # noqa: S603 (the user names the pager)
        pager,
        stdin=subprocess.PIPE,
        encoding=sys.stdout.encoding,
        errors="backslashreplace",
        env={"LESS": _LESS, "LESSCHARSET": "utf-8", **os.environ},
    ) as process:
        assert process.stdin
        # Whoever has read enough ends the pager before all is written.
        with suppress(BrokenPipeError, KeyboardInterrupt), process.stdin as stream:
            stream.writelines(f"{line}\n" for line in lines)
        while process.poll() is None:
            # An interrupt is for the pager: it has the terminal.
            with suppress(KeyboardInterrupt):
                process.wait()
