"""baogao search: ranked paragraphs with their matches highlighted."""

from __future__ import annotations

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
from search.terminal.asking import asking_options
from search.terminal.command import Command, Example
from search.terminal.counts import paragraphs_found
from search.terminal.hits import compact_lines, hit_lines
from search.terminal.language import _
from search.terminal.paging import pager_option, put_paged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from corpus.plain import Plain
    from search import Results, Sort
    from search.explaining.explanation import Explanation
    from search.index import Index
    from search.rendering import Around


@click.command(
    "search",
    cls=Command,
    examples=[
        Example("search 行政复议", "the word, wherever it stands"),
        Example("search 营商环境 放管服", "both words"),
        Example("""search '"最多跑一次"改革 -试点'""", "exact string, word, not that word"),
        Example("search '年份:2017..2020 (就业 OR 创业)'", "years, either word"),
        Example("search '机关:人民政府 标题:意见 营商环境'", "issuer and title"),
        Example("search '增长>6%'", "a quantity next to a word"),
        Example("search --literal '国办发〔2017〕24号'", "just these characters"),
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
    default=10,
    show_default=True,
    help="How many hits to show.",
)
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Leave out this many first.")
@asking_options
@click.option("--compact", is_flag=True, help="Show a hit in one line.")
@click.option(
    "-C",
    "--context",
    type=click.IntRange(min=0),
    default=0,
    help="Show each hit whole, with so many paragraphs before and after it.",
)
@click.option(
    "--explain", is_flag=True, help="Show how the query is understood, and what scores are made of."
)
@pager_option
@format_option("json", "jsonl", "csv", "md", "html")
def command(  # noqa: PLR0913 (an option each)
    query: tuple[str, ...],
    directory: Path,
    form: str,
    sort: Sort,
    synonyms: Path | None,
    context: int,
    *,
    compact: bool,
    explain: bool,
    no_pager: bool,
    **options: Any,
) -> int:
    """Search for QUERY and show the paragraphs that answer it, best first."""
    _refuse_what_cannot_be(form, context, compact=compact, explain=explain)
    asked = " ".join(query)
    with opened(directory, synonyms) as index:
        results = index.search(asked, sort=sort, **options)
        around = {hit.address: index.around(hit, context) for hit in results if context}
        account = None if results.total or options["literal"] else index.account(asked)
        explanation = _explanation(index, asked, results, **options) if explain else None
    if form == "text":
        shown = compact_lines(results, page()) if compact else _text(results, around, explanation)
        put_paged(shown, no_pager=no_pager)
    elif form == "json":
        put(_json(results, around, account=account, explanation=explanation))
    else:
        put(_FORMS[form](results, around))
    say(_summary(results))
    if account is not None:
        from search.terminal.accounts import account_lines  # not for those who found something

        say(*account_lines(account))
    return 0 if results.total else FOUND_NOTHING


def _refuse_what_cannot_be(form: str, context: int, *, compact: bool, explain: bool) -> None:
    """Nothing that was asked for is left out in silence."""
    if compact and form != "text":
        raise click.UsageError(_("--compact is for reading; leave it out, or --format"))
    if context and (compact or form == "csv"):
        raise click.UsageError(_("a line has no room for --context; leave it out"))
    if explain and (compact or form not in {"text", "json"}):
        raise click.UsageError(_("--explain goes with hits in full, or with --format json"))


def _explanation(
    index: Index, query: str, results: Results, *, literal: bool, expand: bool, **_other: Any
) -> Explanation:
    return index.explain(query, results.hits, literal=literal, expand=expand)


def _text(results: Results, around: Around, explanation: Explanation | None) -> Iterator[str]:
    if explanation:
        from search.terminal.explaining import explanation_lines, score_lines

        yield from explanation_lines(explanation, page())
    for number, hit in enumerate(results):
        if number or explanation:
            yield ""
        yield from hit_lines(hit, page(), around.get(hit.address, ()))
        if explanation:
            yield from score_lines(explanation, hit.address, page())


def _json(results: Results, around: Around, **told: Plain | None) -> Iterator[str]:
    """The results and what else is told of them, by name."""
    record = records.results_record(results, around)
    record.update((name, one.to_dict()) for name, one in told.items() if one)
    yield json_text(record, indent=1)


def _jsonl(results: Results, around: Around) -> Iterator[str]:
    return (json_text(records.hit_record(hit, around)) for hit in results)


def _csv(results: Results, _around: Around) -> Iterator[str]:
    return records.as_csv([records.hit_row(hit) for hit in results], records.HIT_COLUMNS)


def _markdown(results: Results, around: Around) -> Iterator[str]:
    from search.rendering import markdown_page

    yield from markdown_page(results, around).splitlines()


def _html(results: Results, around: Around) -> Iterator[str]:
    from search.rendering import html_page

    written = html_page(results, around)
    if not is_unicode():
        written = written.encode("ascii", "xmlcharrefreplace").decode()
    yield from written.splitlines()


_FORMS: dict[str, Callable[[Results, Around], Iterator[str]]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "md": _markdown,
    "html": _html,
}


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
