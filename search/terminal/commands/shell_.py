"""baogao shell: a dialogue with the index, line by line."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from search.terminal import manner
from search.terminal.app import index_option, opened, page, say
from search.terminal.command import Command, Example
from search.terminal.extras import needing
from search.terminal.language import _
from search.terminal.paging import put_paged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from search.index import Index
    from search.terminal.shell.state import Session


@click.command(
    "shell",
    cls=Command,
    examples=[Example("shell", "type :help there")],
)
@index_option
def command(directory: Path) -> None:
    """Search in a dialogue, without leaving it for each query.

    Conditions are added and removed one by one, hits are opened by their number and read on,
    and what is typed is completed from the index and kept for the next time.
    """
    with opened(directory) as index:
        converse(index, _lines(index))


def converse(index: Index, next_line: Callable[[Session], str | None]) -> None:
    """Answer line after line, until there are no more or the user leaves."""
    from search.terminal.shell.session import step
    from search.terminal.shell.state import Desk, Session, Window

    session = Session()
    while not session.is_over and (line := next_line(session)) is not None:
        window = Window(page(), shutil.get_terminal_size().lines)
        try:
            turn = step(session, line, Desk(index, window))
            put_paged(turn.lines, no_pager=not manner.may_ask())
        except KeyboardInterrupt:
            if not manner.may_ask():
                raise
            say(_("interrupted"))
        else:
            session = turn.session


def _lines(index: Index) -> Callable[[Session], str | None]:
    """Where lines come from: the user, if there is one to ask."""
    if not manner.may_ask():
        return lambda _session: sys.stdin.readline() or None
    with needing("interactive", "prompt_toolkit"):
        from search.terminal.shell.prompt import Prompt
    return Prompt(index).line
