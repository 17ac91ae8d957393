"""baogao sets: the result sets that searches kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from search.terminal import completing, records
from search.terminal.app import format_option, index_option, json_text, opened, page
from search.terminal.command import Command, Example
from search.terminal.kept import put_kept
from search.terminal.language import _
from search.terminal.render import table_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from search import ResultSet


@click.command(
    "sets",
    cls=Command,
    examples=[
        Example("sets", "what `baogao search --keep NAME` has kept", status=1),
        Example("sets --remove NAME", "one that is not needed any more", status=2),
    ],
)
@index_option
@click.option(
    "--remove",
    metavar="NAME",
    shell_complete=completing.result_sets,
    help="Remove a result set.",
)
@format_option("json", "jsonl")
def command(directory: Path, form: str, remove: str | None) -> int:
    """List the result sets that were kept: their names, paragraphs, days and queries."""
    with opened(directory) as index:
        if remove is not None:
            index.sets.remove(remove)
            return 0
        nothing = _("no result sets; keep one with: baogao search QUERY --keep NAME")
        return put_kept(index.sets, _FORMS[form], nothing)


def _text(found: Sequence[ResultSet]) -> Iterator[str]:
    rows = [
        (one.name, f"{len(one):,}", one.kept.astimezone().date().isoformat(), one.query)
        for one in found
    ]
    return table_lines(rows, page(), right=frozenset([1])) if rows else iter(())


def _record(one: ResultSet) -> dict[str, Any]:
    return {**one.to_dict(), "paragraphs": len(one)}


def _json(found: Sequence[ResultSet]) -> Iterator[str]:
    yield json_text({"version": records.VERSION, "sets": list(map(_record, found))}, indent=1)


def _jsonl(found: Sequence[ResultSet]) -> Iterator[str]:
    return (json_text(_record(one)) for one in found)


_FORMS: dict[str, Callable[[Sequence[ResultSet]], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
}
