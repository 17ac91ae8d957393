"""baogao search: ranked paragraphs with their matches highlighted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search.terminal import records
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
from search.terminal.counts import paragraphs_found
from search.terminal.language import _
from search.terminal.render import hit_lines

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search import Results, Sort


@click.command(
    "search",
    cls=Command,
    examples=[
        Example("search 行政复议", "the word, wherever it stands"),
        Example("search 营商环境 放管服", "both words"),
        Example("""search '"最多跑一次"改革 -试点'""", "exact string, word, not that word"),
        Example("search '年份:2017..2020 (就业 OR 创业)'", "years, either word"),
        Example("search '机关:办公室 标题:通知 行政执法'", "issuer and title"),
        Example("search '增长>6%'", "a quantity next to a word"),
        Example("search --literal '国办发〔2017〕24号'", "just these characters", status=1),
    ],
    # So that -试点 is part of the query, as it is written there.
    context_settings={"ignore_unknown_options": True},
)
@click.argument("query", nargs=-1, required=True)
@index_option
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    help="How many hits to show.",
)
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out this many first.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date"]),
    default="relevance",
    show_default=True,
    help="Best first, or newest first.",
)
@click.option(
    "--no-expand",
    "expand",
    is_flag=True,
    flag_value=False,
    default=True,
    help="Find numbers, dates and abbreviations only as they are typed.",
)
@click.option(
    "--synonyms",
    metavar="FILE",
    envvar="BAOGAO_SYNONYMS",
    type=click.Path(path_type=Path),
    help="Synonyms of your own: `form | form` or `form => part part` a line.",
)
@click.option("--literal", is_flag=True, help="Take the query as one exact string.")
@format_option("json", "jsonl", "csv")
def command(
    query: tuple[str, ...],
    directory: Path,
    form: str,
    sort: Sort,
    synonyms: Path | None,
    **options: Any,
) -> int:
    """Search for QUERY and show the paragraphs that answer it, best first."""
    asked = " ".join(query)
    with opened(directory, synonyms) as index:
        results = index.search(asked, sort=sort, **options)
        account = None if results.total or options["literal"] else index.account(asked)
    put(_FORMS[form](results))
    say(_summary(results))
    if account is not None:
        from search.terminal.accounts import account_lines  # not for those who found something

        say(*account_lines(account))
    return 0 if results.total else FOUND_NOTHING


def _text(results: Results) -> Iterator[str]:
    for number, hit in enumerate(results):
        if number:
            yield ""
        yield from hit_lines(hit, page())


def _json(results: Results) -> Iterator[str]:
    yield json_text(records.results_record(results), indent=1)


def _jsonl(results: Results) -> Iterator[str]:
    return (json_text(records.hit_record(hit)) for hit in results)


def _csv(results: Results) -> Iterator[str]:
    return records.as_csv([records.hit_row(hit) for hit in results], records.HIT_COLUMNS)


_FORMS = {"text": _text, "json": _json, "jsonl": _jsonl, "csv": _csv}


def _summary(results: Results) -> str:
    if not results.total:
        return _("nothing found for {query}").format(query=results.query)
    found = paragraphs_found(results.total)
    if not results.hits:
        return _("{found}, none of them shown").format(found=found)
    first, last = results.hits[0].rank, results.hits[-1].rank
    if (first, last) == (1, results.total):
        return found
    return _("{found}, {first:,} to {last:,} shown").format(found=found, first=first, last=last)
