"""baogao compare: what changed from one report to another, or from one result to another."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

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
from search.terminal.comparisons import paragraph_lines, phrase_lines, side_lines
from search.terminal.language import _
from search.terminal.paging import pager_option, put_paged

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from search import Comparison
    from search.analysis.compare import ComparedPart, Side
    from search.terminal.render import Page


@click.command(
    "compare",
    cls=Command,
    examples=[
        Example("compare 1f69584713d3 dd3e743400f8", "two reports: words and paragraphs"),
        Example("compare 年份:2018 年份:2021 --words", "what came and went in the words"),
        Example("compare 1f69 dd3e --paragraphs", "what was reworded, came and went"),
    ],
)
@click.argument("before", shell_complete=completing.reports)
@click.argument("after", shell_complete=completing.reports)
@index_option
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many words and phrases of each kind to show.",
)
@click.option("--words", "parts", flag_value="words", help="Compare the words and phrases only.")
@click.option("--paragraphs", "parts", flag_value="paragraphs", help="Compare the paragraphs only.")
@pager_option
@format_option("json")
def command(  # noqa: PLR0913 (an option each)
    before: str,
    after: str,
    directory: Path,
    limit: int,
    parts: ComparedPart | None,
    form: str,
    *,
    no_pager: bool,
) -> int:
    """Show what changed from BEFORE to AFTER.

    Each is the id of a report, or a query such as year:2016 for what it finds: the words and
    phrases that came, went, grew and shrank, the surest first, and the paragraphs that were
    reworded, came and went.
    """
    chosen: tuple[ComparedPart, ...] = (parts,) if parts else ("words", "paragraphs")
    with opened(directory) as index:
        comparison = index.compare(before, after, parts=chosen, limit=limit)
    sides = comparison.before, comparison.after
    empty = [side for side in sides if not side.paragraphs]
    if form == "json":
        put([json_text({"version": records.VERSION, **comparison.to_dict()}, indent=1)])
    elif not empty:
        put_paged(_text(comparison, page()), no_pager=no_pager)
    say(*(_("nothing found for {query}").format(query=side.name) for side in empty))
    told = _("{year} was looked for as a word; the reports of that year are year:{year}")
    say(*(told.format(year=side.name) for side in sides if _is_year(side)))
    return FOUND_NOTHING if empty else 0


def _is_year(side: Side) -> bool:
    """Whether what was taken for a query is a year."""
    return side.report is None and re.fullmatch("(?:19|20)[0-9]{2}", side.name) is not None


def _text(comparison: Comparison, paper: Page) -> Iterator[str]:
    yield from side_lines(comparison, paper)
    if comparison.words:
        yield from phrase_lines(comparison.words, paper)
    if comparison.paragraphs:
        yield from paragraph_lines(comparison.paragraphs, paper)
