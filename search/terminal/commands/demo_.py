"""baogao demo: the bundled reports, indexed and searched."""

from __future__ import annotations

import shlex

import click

from search import IndexCorrupt, IndexOutdated
from search.terminal.app import say
from search.terminal.command import Command, Example
from search.terminal.language import _

_QUERY = "行政复议"


@click.command(
    "demo",
    cls=Command,
    examples=[
        Example("demo", "a first look"),
        Example("demo 营商环境", "the same with a word of your own"),
    ],
)
@click.argument("query", default=_QUERY)
@click.pass_context
def command(ctx: click.Context, query: str) -> int:
    """Index the bundled reports of a fictional city and search them for QUERY."""
    from platformdirs import user_cache_path

    from corpus import SAMPLES

    from . import index_, search_

    directory = user_cache_path("baogao") / "demo"
    say(f"$ baogao index --index {directory} {SAMPLES}")
    try:
        status: int = ctx.invoke(index_.command, paths=(SAMPLES,), directory=directory)
    except (IndexCorrupt, IndexOutdated):
        # An earlier version's, most likely, and nobody's work.
        status = ctx.invoke(index_.command, paths=(SAMPLES,), directory=directory, rebuild=True)
    if status:
        return status
    say("", f"$ baogao search --index {directory} -n 3 {shlex.quote(query)}", "")
    found: int = ctx.invoke(search_.command, query=(query,), directory=directory, limit=3)
    hint = _("Try your own words: {example}, or {other}")
    say(
        "",
        hint.format(example="baogao demo 营商环境", other=f"BAOGAO_INDEX={directory} baogao stats"),
    )
    return found
