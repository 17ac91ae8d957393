"""baogao check: is the index as it was written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search.terminal.app import allow_shared, index_option, say, warn
from search.terminal.command import Command, Example
from search.terminal.language import _, translated

if TYPE_CHECKING:
    from pathlib import Path

_DAMAGED = 2


@click.command(
    "check",
    cls=Command,
    examples=[Example("check", "is the index as it was written?")],
)
@index_option
def command(directory: Path) -> int:
    """Read the whole index, and make sure that it is as it was written.

    Ends with 0 if it is, and with 2 if it is not: then each damaged file is named, with
    the command that builds the index again.
    """
    from search import check_index

    summary = check_index(directory, allow_shared=allow_shared())
    for problem in summary.problems:
        warn(f"baogao: {translated(problem.args[0])}")
    if summary.problems:
        return _DAMAGED
    size = f"{summary.size / 2**20:,.1f} MiB"
    say(
        _("the index is as it was written: {files} files, {size}").format(
            files=summary.files, size=size
        )
    )
    return 0
