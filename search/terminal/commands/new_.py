"""baogao new: what is new for the queries that were saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from search.terminal import completing, records
from search.terminal.answers import FORMS, json_lines, text_lines
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
from search.terminal.asking import order_option, synonyms_option
from search.terminal.command import Command, Example
from search.terminal.counts import paragraphs_counted
from search.terminal.hits import compact_lines
from search.terminal.kept import put_kept
from search.terminal.language import _
from search.terminal.paging import pager_option, put_paged
from search.terminal.render import table_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from search import News, SavedQuery, Sort


@click.command(
    "new",
    cls=Command,
    examples=[
        Example("new", "what `baogao search --save NAME` has saved", status=1),
        Example("new NAME", "what came for it since you looked last", status=2),
        Example("new --remove NAME", "one that is not needed any more", status=2),
    ],
)
@click.argument("name", required=False, shell_complete=completing.saved_queries)
@index_option
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=1),
    help="How many hits to show; the others stay new. [default: all]",
)
@order_option
@synonyms_option
@click.option("--all", "show_all", is_flag=True, help="Show what says the same as another, too.")
@click.option("--compact", is_flag=True, help="Show a hit in one line.")
@click.option(
    "--remove",
    metavar="NAME",
    shell_complete=completing.saved_queries,
    help="Remove a saved query.",
)
@pager_option
@format_option("json", "jsonl", "csv", "md", "html")
def command(  # noqa: PLR0913, PLR0917 (an option each)
    name: str | None,
    directory: Path,
    form: str,
    limit: int | None,
    sort: Sort,
    synonyms: Path | None,
    remove: str | None,
    *,
    show_all: bool,
    compact: bool,
    no_pager: bool,
) -> int:
    """Show what a saved query finds that it had not found when you looked last.

    What is shown is not new any more. What was moved or indexed anew is not new either;
    what was changed is. Without a NAME the saved queries are listed.
    """
    if name is not None and remove is not None:
        raise click.UsageError(_("show what is new, or remove a query: not both at once"))
    if compact and form != "text":
        raise click.UsageError(_("--compact is for reading; leave it out, or --format"))
    if name is None and (form not in _LISTS or limit or compact or show_all):
        raise click.UsageError(_("this is for what is new: say for which saved query"))
    with opened(directory, synonyms) as index:
        if remove is not None:
            index.saved.remove(remove)
            return 0
        if name is None:
            nothing = _("no saved queries; save one with: baogao search QUERY --save NAME")
            return put_kept(index.saved, _LISTS[form], nothing)
        news = index.new(name, limit=limit, sort=sort, collapse=not show_all)
        _show(news, form, compact=compact, no_pager=no_pager)
        # Not before it is shown: what ends early loses no news.
        index.saved.mark(news)
    say(_account(news))
    return 0 if news.results.total else FOUND_NOTHING


def _show(news: News, form: str, *, compact: bool, no_pager: bool) -> None:
    if form == "text":
        text = compact_lines if compact else partial(text_lines, around={}, explanation=None)
        put_paged(text(news.results, page=page()), no_pager=no_pager)
    elif form == "json":
        put(json_lines(news.results, {}, saved=news.saved))
    else:
        put(FORMS[form](news.results, {}))


def _account(news: News) -> str:
    """How much is new, and since when."""
    told = {"name": news.saved.name, "day": _day(news.saved)}
    total = news.results.total
    if not total:
        return _("nothing new for {name} since {day}").format(**told)
    left = total - sum(1 + len(hit.duplicates) for hit in news.results)
    new = _("new for {name} since {day}: {count}").format(count=paragraphs_counted(total), **told)
    return (
        _("{new}, {left:,} of them still to be shown").format(new=new, left=left) if left else new
    )


def _day(one: SavedQuery) -> str:
    return one.seen.astimezone().date().isoformat()


def _text(found: Sequence[SavedQuery]) -> Iterator[str]:
    rows = [(one.name, _day(one), " ".join([one.query, *one.filters]).strip()) for one in found]
    return table_lines(rows, page()) if rows else iter(())


def _json(found: Sequence[SavedQuery]) -> Iterator[str]:
    saved = [one.to_dict() for one in found]
    yield json_text({"version": records.VERSION, "saved": saved}, indent=1)


def _jsonl(found: Sequence[SavedQuery]) -> Iterator[str]:
    return (json_text(one.to_dict()) for one in found)


_LISTS: dict[str, Callable[[Sequence[SavedQuery]], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
}
