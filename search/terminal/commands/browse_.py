"""baogao browse: hits and reports on a full screen."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from search.terminal import completing, manner
from search.terminal.app import index_option, opened
from search.terminal.command import Command, Example
from search.terminal.extras import needing
from search.terminal.language import _

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "browse",
    cls=Command,
    examples=[
        Example("browse", "type a query there", status=2),
        Example("browse 营商环境", "begin with one", status=2),
    ],
    context_settings={"ignore_unknown_options": True},
)
@click.argument("query", nargs=-1, shell_complete=completing.query)
@index_option
def command(query: tuple[str, ...], directory: Path) -> None:
    """Search and read on a full screen, beginning with QUERY.

    The hits are on the left, the report is on the right, with its matches marked. Press ? there
    for the keys.
    """
    if not manner.may_ask():
        raise click.UsageError(_("browse needs a terminal; use: baogao search"))
    with needing("interactive", "textual", "rich"):
        from search.terminal.browse.screen import Browser
    if not manner.is_coloured():
        os.environ["NO_COLOR"] = "1"  # where Textual looks
    with opened(directory) as index:
        Browser(index, " ".join(query)).run()
