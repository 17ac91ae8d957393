"""baogao export: the whole answer to a query, with its evidence, as a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from search.terminal import completing
from search.terminal.app import FOUND_NOTHING, index_option, opened, say
from search.terminal.asking import asking_options
from search.terminal.command import Command, Example
from search.terminal.counts import paragraphs_found
from search.terminal.filtering import asked_filters, filter_options

if TYPE_CHECKING:
    from search import Sort


@click.command(
    "export",
    cls=Command,
    examples=[Example("export 行政复议 --output found.json", "all hits, with their evidence")],
    context_settings={"ignore_unknown_options": True},
)
@click.argument("query", nargs=-1, shell_complete=completing.query)
@index_option
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    type=click.Path(path_type=Path, dir_okay=False),
    required=True,
    help="The file to write; what it held is replaced.",
)
@asking_options
@filter_options
def command(
    query: tuple[str, ...],
    directory: Path,
    output: Path,
    sort: Sort,
    synonyms: Path | None,
    **options: Any,
) -> int:
    """Write all paragraphs that answer QUERY to a file of JSON.

    With the query as it was asked and as it was understood, the commit of the index, the
    version of the program, the time, and the digest of every file that a hit is from.
    """
    from search.exporting import export
    from search.terminal.files import write_whole
    from search.terminal.records import as_json

    filters = asked_filters(query)
    with opened(directory, synonyms) as index:
        found = export(index, " ".join(query), filters=filters, sort=sort, **options)
    write_whole(output, as_json(found.to_dict(), indent=1) + "\n")
    say(paragraphs_found(found.results.total))
    return 0 if found.results.total else FOUND_NOTHING
