"""baogao show: a paragraph where it stands, or a whole report."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search.terminal import records
from search.terminal.app import format_option, index_option, json_text, opened, page, put
from search.terminal.command import Command, Example
from search.terminal.render import near_lines, passage_lines, path_lines, report_lines

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from search import Near, Passage


@click.command(
    "show",
    cls=Command,
    examples=[
        Example("show 46ddc931ba79:20", "one paragraph, two on either side"),
        Example("show 46dd:20 -C 0", "just that one; four characters will do"),
        Example("show 46ddc931ba79", "the whole report"),
    ],
)
@click.argument("address")
@index_option
@click.option(
    "-C",
    "--context",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    help="Neighbouring paragraphs on either side.",
)
@format_option("json")
def command(address: str, directory: Path, context: int, form: str) -> None:
    """Show the paragraph at ADDRESS with its neighbours, or the whole report."""
    with opened(directory) as index:
        if ":" in address:
            chosen = index.get(address)
            around = range(chosen.paragraph - context, chosen.paragraph + context + 1)
            shown = [p for p in index.paragraphs(chosen.report.id) if p.paragraph in around]
        else:
            chosen = None
            shown = list(index.paragraphs(address))
        near = index.near(shown[0].report.id)
    if form == "json":
        passages = [records.passage_record(passage) for passage in shown]
        put(
            [
                json_text(
                    {
                        "version": records.VERSION,
                        "paragraphs": passages,
                        "near": list(map(records.near_record, near)),
                    },
                    indent=1,
                )
            ]
        )
    else:
        _print(shown, chosen, near)


def _print(shown: Sequence[Passage], chosen: Passage | None, near: Sequence[Near]) -> None:
    paper = page()
    put(report_lines(shown[0].report, paper))
    put(near_lines(near, paper))
    if chosen:
        put(path_lines(chosen.heading, paper))
    put([""])
    for passage in shown:
        put(passage_lines(passage, paper, chosen=passage == chosen))
