"""baogao similar: paragraphs that are near in wording to one, or reports that are to one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from corpus.plain import plain
from search.terminal import completing, records
from search.terminal.app import (
    FOUND_NOTHING,
    format_option,
    index_option,
    json_text,
    opened,
    page,
    put,
    say,
)
from search.terminal.command import Command, Example
from search.terminal.comparisons import similar_lines
from search.terminal.language import _
from search.terminal.paging import pager_option, put_paged
from search.terminal.render import near_lines

if TYPE_CHECKING:
    from pathlib import Path


@click.command(
    "similar",
    cls=Command,
    examples=[
        Example("similar 55c0d6f6b97b:5", "paragraphs worded like this one"),
        Example("similar 5391ac510e5a", "reports that say nearly the same", status=1),
    ],
)
@click.argument("address", shell_complete=completing.reports)
@index_option
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="How many to show.",
)
@pager_option
@format_option("json")
def command(address: str, directory: Path, limit: int, form: str, *, no_pager: bool) -> int:
    """Show the paragraphs worded like the one at ADDRESS, and what is worded otherwise in them.

    Of a report, show the reports that say nearly the same.
    """
    with opened(directory) as index:
        if ":" in address:
            passage = index.get(address)
            similar = index.similar(address, limit=limit)
            record = {"passage": passage.to_dict(), "similar": plain(similar)}
            lines = similar_lines(passage, similar, page())
            found = len(similar)
        else:
            report = index.report(address)
            near = index.near(report.id)[:limit]
            record = {"report": report.to_dict(), "near": list(map(records.near_record, near))}
            lines = near_lines(near, page())
            found = len(near)
    if form == "json":
        put([json_text({"version": records.VERSION, **record}, indent=1)])
    else:
        put_paged(lines, no_pager=no_pager)
    if not found:
        say(_("nothing is worded like {address}").format(address=address))
    return 0 if found else FOUND_NOTHING
