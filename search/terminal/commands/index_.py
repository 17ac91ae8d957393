"""baogao index: bring an index in step with files and folders."""

from __future__ import annotations

from pathlib import Path

import click

from search.terminal.app import allow_shared, index_option, say, warn
from search.terminal.building import account, progress, reading_options
from search.terminal.command import Command, Example
from search.terminal.language import _, ngettext, translated


@click.command(
    "index",
    cls=Command,
    examples=[
        Example("index .", "this folder, and all that is in it"),
        Example("index . --rebuild", "anew, whatever was indexed before"),
        Example("index . --dict words.txt --rebuild", "with words of your own"),
        Example("index table.csv --map 内容=正文", "a table with a report a row"),
    ],
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@index_option
@reading_options
@click.option(
    "--dict",
    "dictionary",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your own words, `word [frequency] [tag]` a line; they stay with the index.",
)
@click.option("--rebuild", is_flag=True, help="Begin anew, from these PATHS only.")
@click.option(
    "--forget",
    is_flag=True,
    help="Take out what was indexed of PATHS, whether it is still there or not.",
)
@click.option(
    "--wait",
    is_flag=True,
    help="If another process is writing the index, wait until it is done.",
)
def command(  # noqa: PLR0913 (options, by keyword)
    paths: tuple[Path, ...],
    directory: Path,
    encoding: str | None,
    columns: dict[str, str],
    dictionary: Path | None,
    *,
    rebuild: bool,
    forget: bool,
    wait: bool = False,
) -> int:
    """Index the reports in PATHS: files, and folders with all that is in them.

    Run it again to follow what was added, changed or removed: what has not changed is
    not read twice. A file that cannot be read is named with the reason and passed over.
    """
    if forget:
        if rebuild or dictionary is not None or encoding is not None or columns:
            raise click.UsageError(_("--forget goes with --wait alone: nothing is read"))
        return _forget(paths, directory, wait=wait)
    from search import build_index

    with progress() as on_progress:
        summary = build_index(
            directory,
            paths,
            encoding=encoding,
            columns=columns,
            dictionary=dictionary,
            rebuild=rebuild,
            wait=-1 if wait else 0,
            allow_shared=allow_shared(),
            on_progress=on_progress,
        )
    for problem in summary.failed:
        warn(f"baogao: {translated(problem.args[0])}")
    if summary.gone:
        told = ngettext(
            "baogao: {count:,} file that is not there stays in the index; "
            "if it is not to come back: baogao index --forget PATH",
            "baogao: {count:,} files that are not there stay in the index; "
            "if they are not to come back: baogao index --forget PATH",
            summary.gone,
        )
        warn(told.format(count=summary.gone))
    if not (summary.added or summary.changed or summary.removed or summary.unchanged):
        warn(_("baogao: nothing was indexed: there is no report to read in what you named"))
        return 2
    say(*account(summary))
    return 0


def _forget(paths: tuple[Path, ...], directory: Path, *, wait: bool) -> int:
    from search import forget_files

    summary = forget_files(directory, paths, wait=-1 if wait else 0, allow_shared=allow_shared())
    say(*account(summary))
    if not summary.removed:
        warn(_("baogao: nothing was taken out: nothing was indexed of what you named"))
        return 2
    return 0
