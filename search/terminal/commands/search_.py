"""baogao search: ranked paragraphs with their matches highlighted."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import click

from search.terminal import completing
from search.terminal.answers import FORMS, json_lines, text_lines, with_facets
from search.terminal.app import FOUND_NOTHING, format_option, index_option, opened, page, put, say
from search.terminal.asking import asking_options
from search.terminal.command import Command, Example
from search.terminal.counts import paragraphs_counted, summary
from search.terminal.filtering import asked_filters, filter_options
from search.terminal.groups import groups_lines
from search.terminal.hits import compact_lines
from search.terminal.language import _
from search.terminal.paging import pager_option, put_paged

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from search import Grouping, Sort
    from search.terminal.render import Page

_FACETS = ("year", "region", "issuer", "kind")


def _fields(_context: click.Context, _option: click.Parameter, told: str | None) -> tuple[str, ...]:
    """The fields to count by, from a list with commas."""
    fields = tuple(filter(None, (told or "").replace("，", ",").split(",")))
    for field in fields:
        if field not in _FACETS:
            problem = _("there is no facet {field}; the facets are {known}")
            raise click.BadParameter(problem.format(field=field, known=", ".join(_FACETS)))
    return fields


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
@click.argument("query", nargs=-1, shell_complete=completing.query)
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
@filter_options
@click.option("--all", "show_all", is_flag=True, help="Show what says the same as another, too.")
@click.option("--group", is_flag=True, help="Show reports with their hits, and -n reports.")
@click.option(
    "--per-report",
    type=click.IntRange(min=1),
    default=3,
    show_default=True,
    help="How many hits of a report --group shows.",
)
@click.option("--keep", metavar="NAME", help="Keep all that is found; within:NAME searches in it.")
@click.option("--save", metavar="NAME", help="Save the query; `baogao new NAME` has what is new.")
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
@click.option(
    "--facets",
    "fields",
    metavar="FIELD,...",
    callback=_fields,
    help="Show how many are of which year, region, issuer or kind.",
)
@pager_option
@format_option("json", "jsonl", "csv", "md", "html")
def command(  # noqa: PLR0913, PLR0917 (an option each)
    query: tuple[str, ...],
    directory: Path,
    form: str,
    sort: Sort,
    synonyms: Path | None,
    context: int,
    fields: tuple[Grouping, ...],
    per_report: int,
    keep: str | None,
    save: str | None,
    *,
    show_all: bool,
    group: bool,
    compact: bool,
    explain: bool,
    no_pager: bool,
    **options: Any,
) -> int:
    """Search for QUERY and show the paragraphs that answer it, best first.

    What says the same in several places is shown once, from the earliest report that says
    it, with the number of the others.
    """
    _refuse_what_cannot_be(form, context, fields, compact=compact, explain=explain, group=group)
    asked = " ".join(query)
    options["filters"] = asked_filters(query)
    asking = {name: options[name] for name in ("filters", "literal", "expand", "relax")}
    with opened(directory, synonyms) as index:
        results = index.search(
            asked,
            sort=sort,
            collapse=not (show_all or group),
            per_report=per_report if group else None,
            **options,
        )
        around = {hit.address: index.around(hit, context) for hit in results if context}
        is_told = not (results.total or options["literal"])
        counting = {name: asking[name] for name in ("filters", "expand", "relax")}
        account = index.account(asked, **counting) if is_told else None
        explanation = index.explain(asked, results.hits, **asking) if explain else None
        facets = index.facets(asked, fields, **asking).facets if fields else ()
        kept = index.keep(keep, asked, **asking) if keep is not None else None
        saved = index.save(save, asked, **asking) if save is not None else None
    if form == "text":
        text: Callable[[Page], Iterator[str]] = partial(text_lines, results, around, explanation)
        if compact or group:
            text = partial(compact_lines if compact else groups_lines, results)
        shown = with_facets(text, facets, page()) if facets and results.total else text(page())
        put_paged(shown, no_pager=no_pager)
    elif form == "json":
        put(json_lines(results, around, account=account, explanation=explanation, facets=facets))
    else:
        put(FORMS[form](results, around))
    say(*summary(results))
    if kept is not None:
        count = paragraphs_counted(len(kept))
        say(_("kept as within:{name}: {count}").format(name=kept.name, count=count))
    if saved is not None:
        say(_("saved; see what is new with: baogao new {name}").format(name=saved.name))
    if account is not None:
        from search.terminal.accounts import account_lines  # not for those who found something

        say(*account_lines(account))
    return 0 if results.total else FOUND_NOTHING


def _refuse_what_cannot_be(
    form: str,
    context: int,
    fields: Sequence[str],
    *,
    compact: bool,
    explain: bool,
    group: bool,
) -> None:
    """Nothing that was asked for is left out in silence."""
    if group and (compact or context or explain):
        raise click.UsageError(_("--group has a form of its own; leave it out, or what shapes it"))
    if compact and form != "text":
        raise click.UsageError(_("--compact is for reading; leave it out, or --format"))
    if context and (compact or form == "csv"):
        raise click.UsageError(_("a line has no room for --context; leave it out"))
    if explain and (compact or form not in {"text", "json"}):
        raise click.UsageError(_("--explain goes with hits in full, or with --format json"))
    if fields and form not in {"text", "json"}:
        raise click.UsageError(_("--facets goes with text, or with --format json"))
