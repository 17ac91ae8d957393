"""baogao kwic: every occurrence of what a query asks for, lined up, or what stands near it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

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
from search.terminal.asking import wording_options
from search.terminal.command import Command, Example
from search.terminal.concordances import MEASURES, collocate_lines, kwic_lines
from search.terminal.language import _, ngettext
from search.terminal.paging import pager_option, put_paged

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from search import Collocate, Concordance
    from search.analysis.collocates import Measure
    from search.analysis.kwic import KwicOrder

_OF_LINES = ("width", "sort")
_OF_COLLOCATES = ("window", "measure")
"""The options that say something of lines only, and of collocates only."""


@click.command(
    "kwic",
    cls=Command,
    examples=[
        Example("kwic 行政复议", "every place, by what stands after it"),
        Example("kwic 改革 --sort left --width 10", "by what stands before it"),
        Example("kwic '改革 年份:2019..2021' --sort date", "the newest first"),
        Example("kwic 改革 --collocates", "the words that stand near it"),
    ],
    # So that -试点 is part of the query, as it is written there.
    context_settings={"ignore_unknown_options": True},
)
@click.argument("query", nargs=-1, required=True, shell_complete=completing.query)
@index_option
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="How many lines to show.",
)
@click.option(
    "--width",
    type=click.IntRange(min=0),
    default=20,
    show_default=True,
    help="Characters on either side, as far as the window has room.",
)
@click.option(
    "--sort",
    type=click.Choice(["left", "right", "date", "report"]),
    default="right",
    show_default=True,
    help="By what stands before or after, newest first, or by the report's title.",
)
@click.option("--collocates", is_flag=True, help="Show the words that stand near, not the lines.")
@click.option(
    "--window",
    type=click.IntRange(min=1),
    default=5,
    show_default=True,
    help="Of collocates: how many words on either side are near.",
)
@click.option(
    "--measure",
    type=click.Choice(list(MEASURES)),
    default="g2",
    show_default=True,
    help="Of collocates: the measure of association that they are ordered by.",
)
@wording_options
@pager_option
@format_option("json", "csv")
def command(  # noqa: PLR0913 (an option each)
    query: tuple[str, ...],
    directory: Path,
    form: str,
    synonyms: Path | None,
    *,
    width: int,
    sort: KwicOrder,
    window: int,
    measure: Measure,
    collocates: bool,
    no_pager: bool,
    **options: Any,
) -> int:
    """Line up every occurrence of what QUERY asks for, or show what stands near it."""
    _refuse(_OF_LINES if collocates else _OF_COLLOCATES)
    asked = " ".join(query)
    with opened(directory, synonyms) as index:
        if collocates:
            found = index.collocates(asked, window=window, measure=measure, **options)
            shown = _collocates(asked, found, measure, form)
        else:
            lines = index.kwic(asked, width=width, sort=sort, **options)
            shown = _lines(lines, form)
    if form == "text":
        put_paged(shown, no_pager=no_pager)
    else:
        put(shown)
    if collocates and not found:
        say(_("nothing stands near {query} more often than by chance").format(query=asked))
    elif not collocates:
        say(_summary(lines))
    return 0 if (found if collocates else lines.total) else FOUND_NOTHING


def _refuse(names: Sequence[str]) -> None:
    """Nothing that was asked for is left out in silence."""
    context = click.get_current_context()
    for name in names:
        if context.get_parameter_source(name) is not ParameterSource.DEFAULT:
            if name in _OF_COLLOCATES:
                problem = _("--{option} says something of collocates; add --collocates")
            else:
                problem = _("collocates have no --{option}; leave it out")
            raise click.UsageError(problem.format(option=name))


def _lines(found: Concordance, form: str) -> Iterator[str]:
    if form == "json":
        return iter([json_text({"version": records.VERSION, **found.to_dict()}, indent=1)])
    if form == "csv":
        return records.as_csv(
            [{**line.to_dict(), "date": line.date, "title": line.report.title} for line in found],
            _LINE_COLUMNS,
        )
    return kwic_lines(found, page())


def _collocates(
    asked: str, found: Sequence[Collocate], measure: Measure, form: str
) -> Iterator[str]:
    rows = [one.to_dict() for one in found]
    if form == "json":
        record = {"version": records.VERSION, "query": asked, "collocates": rows}
        return iter([json_text(record, indent=1)])
    if form == "csv":
        return records.as_csv(rows, _COLLOCATE_COLUMNS)
    return collocate_lines(found, measure, page()) if found else iter(())


_LINE_COLUMNS = ("address", "date", "title", "left", "match", "right")
_COLLOCATE_COLUMNS = (
    "word", "together", "before", "after", "count", "expected", "g2", "mi", "t", "log_dice",
)  # fmt: skip


def _summary(found: Concordance) -> str:
    if not found.total:
        return _("nothing found for {query}").format(query=found.query)
    told = ngettext(
        "{total:,} place, {shown:,} shown", "{total:,} places, {shown:,} shown", found.total
    )
    return told.format(total=found.total, shown=len(found))
