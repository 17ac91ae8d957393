"""baogao stats: what an index holds, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search.terminal import records
from search.terminal.app import format_option, index_option, json_text, opened, page, put
from search.terminal.command import Command, Example
from search.terminal.language import _
from search.terminal.render import table_lines

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from search import IndexStats


@click.command(
    "stats",
    cls=Command,
    examples=[
        Example("stats", "how much there is of what"),
        Example("stats --format json", "the same for a program"),
    ],
)
@index_option
@format_option("json")
def command(directory: Path, form: str) -> None:
    """Show what the index holds: reports, paragraphs, years, kinds, size."""
    with opened(directory) as index:
        stats = index.stats()
    if form == "json":
        put(
            [
                json_text(
                    {"version": records.VERSION, **stats.to_dict()},
                    indent=1,
                )
            ]
        )
    else:
        put(_text(stats, directory))


def _text(stats: IndexStats, directory: Path) -> Iterator[str]:
    rows = [
        (_("index"), str(directory)),
        (_("size"), f"{stats.size / 2**20:,.1f} MiB"),
        (_("reports"), f"{stats.reports:,}"),
        (_("paragraphs"), f"{stats.paragraphs:,}"),
    ]
    yield from table_lines(rows, page())
    for name, counts in ((_("year"), stats.years), (_("kind"), stats.kinds)):
        if counts:
            yield ""
            table = [(str(value or _("unknown")), f"{count:,}") for value, count in counts.items()]
            yield from table_lines([(name, _("reports")), *table], page(), right=frozenset([1]))
