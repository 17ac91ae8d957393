"""baogao show: a paragraph where it stands, or a whole report."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import click

from corpus.plain import plain
from search.terminal import completing, records
from search.terminal.app import format_option, index_option, json_text, opened, page, put
from search.terminal.command import Command, Example
from search.terminal.paging import pager_option, put_paged
from search.terminal.render import (
    Piece,
    near_lines,
    outline_lines,
    page_pieces,
    passage_lines,
    path_lines,
    report_lines,
    styled,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from search import Passage
    from search.terminal.render import Page

_PAGE_INDENT = " " * 6


@click.command(
    "show",
    cls=Command,
    examples=[
        Example("show 0dc2ad5c8a86:22", "one paragraph, two on either side"),
        Example("show 0dc2:22 -C 0", "just that one; four characters will do"),
        Example("show 0dc2ad5c8a86", "the whole report"),
        Example("show 0dc2ad5c8a86 --outline", "its headings"),
    ],
)
@click.argument("address", shell_complete=completing.reports)
@index_option
@click.option(
    "-C",
    "--context",
    type=click.IntRange(min=0),
    default=2,
    show_default=True,
    help="Neighbouring paragraphs on either side.",
)
@click.option(
    "--outline", is_flag=True, help="Show the headings of the report, with their addresses."
)
@pager_option
@format_option("json")
def command(
    address: str, directory: Path, context: int, form: str, *, outline: bool, no_pager: bool
) -> None:
    """Show the paragraph at ADDRESS with its neighbours, or the whole report."""
    with opened(directory) as index:
        chosen = index.get(address) if ":" in address else None
        report = chosen.report if chosen else index.report(address)
        near = index.near(report.id)
        if outline:
            headings = index.outline(report.id)
        elif chosen:
            shown = index.around(chosen, context)
        else:
            shown = index.paragraphs(report.id)
    about = {"version": records.VERSION, "near": list(map(records.near_record, near))}
    if outline:
        record = {**about, "report": report.to_dict(), "outline": plain(headings)}
        lines = outline_lines(headings, page())
    else:
        record = {**about, "paragraphs": plain(shown)}
        lines = _paragraphs(shown, chosen, page())
    if form == "json":
        put([json_text(record, indent=1)])
    else:
        head = chain(report_lines(report, page()), near_lines(near, page()))
        put_paged(chain(head, lines), no_pager=no_pager)


def _paragraphs(shown: Sequence[Passage], chosen: Passage | None, paper: Page) -> Iterator[str]:
    if chosen:
        yield from path_lines(((heading, ()) for heading in chosen.heading), paper)
    yield ""
    before = 0
    for passage in shown:
        if passage.page != before:
            yield styled([Piece(_PAGE_INDENT), *page_pieces(passage)], paper)
        before = passage.page
        yield from passage_lines(passage, paper, chosen=passage == chosen)
