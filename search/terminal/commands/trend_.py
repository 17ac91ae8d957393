"""baogao trend: how often terms are used, year by year, or by region, issuer or kind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search.terminal import completing, records
from search.terminal.app import (
    FOUND_NOTHING,
    format_option,
    index_option,
    is_unicode,
    json_text,
    opened,
    page,
    put,
    say,
)
from search.terminal.command import Command, Example
from search.terminal.filtering import asked_filters, filter_options
from search.terminal.language import _
from search.terminal.paging import pager_option, put_paged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from search import Trend

_PICTURES = (".svg", ".png")


def _picture(
    context: click.Context,  # noqa: ARG001 (as click calls it)
    parameter: click.Parameter,  # noqa: ARG001
    path: Path | None,
) -> Path | None:
    if path and path.suffix.lower() not in _PICTURES:
        raise click.BadParameter(_("a picture is a file called .svg or .png"))
    return path


@click.command(
    "trend",
    cls=Command,
    examples=[
        Example("trend 营商环境 放管服", "two words over the years"),
        Example("trend 数字政府 --kind 政府工作报告", "in reports of one kind"),
        Example("trend 改革 --by region", "where a word is used most"),
        Example("trend 改革 就业 --format csv", "two words as a table for a spreadsheet"),
    ],
)
@click.argument("terms", nargs=-1, required=True, shell_complete=completing.query)
@index_option
@click.option(
    "--by",
    type=click.Choice(["year", "region", "issuer", "kind"]),
    default="year",
    show_default=True,
    help="What to count by.",
)
@filter_options
@click.option(
    "--expand",
    is_flag=True,
    help="Count what may be written in other ways in all of them, as a search does.",
)
@click.option(
    "--synonyms",
    metavar="FILE",
    envvar="BAOGAO_SYNONYMS",
    type=click.Path(path_type=Path),
    help="Synonyms of your own: `form | form` or `form => part part` a line.",
)
@click.option("--literal", is_flag=True, help="Take each term as one exact string.")
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    callback=_picture,
    help="Draw the chart as a picture too: FILE.svg or FILE.png.",
)
@pager_option
@format_option("json", "csv")
def command(
    terms: tuple[str, ...],
    directory: Path,
    form: str,
    synonyms: Path | None,
    output: Path | None,
    *,
    no_pager: bool,
    **options: Any,
) -> int:
    """Show how often TERMS are used, year by year.

    Each term is a query, in which what is written together has to stand together. How
    often it is used is told in paragraphs, reports, and as a rate: occurrences in 10,000
    characters of all texts of the year. A year without reports is a gap.
    """
    with opened(directory, synonyms) as index:
        trend = index.trend(terms, filters=asked_filters(terms), **options)
    if output:
        from search.terminal.pictures import write_picture  # few ask for one

        write_picture(trend, output)
    if form == "text":
        put_paged(_text(trend), no_pager=no_pager)
    else:
        put(_FORMS[form](trend))
    for term in trend.terms:
        if not term.total.paragraphs:
            say(_("nothing found for {query}").format(query=term.term))
    return 0 if any(term.total.paragraphs for term in trend.terms) else FOUND_NOTHING


def _text(trend: Trend) -> Iterator[str]:
    from search.terminal.charts import chart_lines
    from search.terminal.trends import occasion_lines, trend_lines

    if is_unicode() and any(term.total.occurrences for term in trend.terms):
        yield from chart_lines(trend, page())
        yield ""
    if trend.periods:
        yield from trend_lines(trend, page())
        yield ""
    yield from occasion_lines(trend, page())


def _json(trend: Trend) -> Iterator[str]:
    yield json_text({"version": records.VERSION, **trend.to_dict()}, indent=1)


def _csv(trend: Trend) -> Iterator[str]:
    return records.as_csv(list(_rows(trend)), _COLUMNS)


_COLUMNS = (
    "term", "period", "paragraphs", "reports", "occurrences", "rate",
    "period_paragraphs", "period_reports", "period_characters",
)  # fmt: skip


def _rows(trend: Trend) -> Iterator[dict[str, Any]]:
    """A row for each term and period; what is not known in a gap is empty."""
    for term in trend.terms:
        for period, usage in zip(trend.periods, term.uses, strict=True):
            yield {
                **dict.fromkeys(_COLUMNS),
                "term": term.term,
                "period": period.value,
                **(usage.to_dict() if usage else {}),
                "period_paragraphs": period.paragraphs,
                "period_reports": period.reports,
                "period_characters": period.characters,
            }


_FORMS: dict[str, Callable[[Trend], Iterator[str]]] = {"json": _json, "csv": _csv}
