"""baogao index: bring an index in step with files and folders."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from corpus.labels import column
from search.terminal.app import allow_shared, index_option, say
from search.terminal.cells import neutralise, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from search import BuildSummary, Progress

_NAME_CELLS = 24
_WIDE = 80
"""Columns of a terminal from which there is room for the name of the file at hand."""


def _columns(
    _: click.Context, parameter: click.Parameter, pairs: tuple[str, ...]
) -> dict[str, str]:
    """What was told of columns, by their names."""
    columns = {}
    for pair in pairs:
        name, sign, label = (part.strip() for part in pair.rpartition("="))
        if not (name and sign and label):
            raise click.BadParameter(f"{pair}: write COLUMN=FIELD", param=parameter)
        if column(label) in {"", "-"}:
            raise click.BadParameter(f"{label}: no field is called so", param=parameter)
        columns[name] = label
    return columns


@click.command("index", short_help="Index files and folders, or follow their changes.")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@index_option
@click.option(
    "--encoding",
    metavar="NAME",
    help="Decode every file as this, instead of finding out file by file.",
)
@click.option(
    "--map",
    "columns",
    metavar="COLUMN=FIELD",
    multiple=True,
    callback=_columns,
    help="What a column of tables is: --map 内容=正文 --map 时间=日期.",
)
@click.option(
    "--dict",
    "dictionary",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Your own words, `word [frequency] [tag]` a line; they stay with the index.",
)
@click.option("--rebuild", is_flag=True, help="Begin anew, from these PATHS only.")
@click.option(
    "--wait",
    is_flag=True,
    help="If another process is writing the index, wait until it is done.",
)
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but what went wrong.")
def command(  # noqa: PLR0913 (options, by keyword)
    paths: tuple[Path, ...],
    directory: Path,
    encoding: str | None,
    columns: dict[str, str],
    dictionary: Path | None,
    *,
    rebuild: bool,
    wait: bool = False,
    quiet: bool = False,
) -> int:
    """Index the reports in PATHS: files, and folders with all that is in them.

    Run it again to follow what was added, changed or removed: what has not changed is
    not read twice. A file that cannot be read is named with the reason and passed over.
    """
    from search import build_index

    with _progress(quiet=quiet) as on_progress:
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
        say(f"baogao: {problem}")
    if not (summary.added or summary.changed or summary.removed or summary.unchanged):
        say("baogao: nothing was indexed: there is no report to read in what you named")
        return 2
    if not quiet:
        say(*_account(summary))
    return 0


@contextmanager
def _progress(*, quiet: bool) -> Iterator[Callable[[Progress], None] | None]:
    """A bar with the time left, on a terminal that is to be told."""
    if quiet or not sys.stderr.isatty():
        yield None
        return
    is_wide = shutil.get_terminal_size().columns >= _WIDE
    with click.progressbar(
        length=1,
        label="indexing",
        file=sys.stderr,
        item_show_func=_name if is_wide else None,
        width=20 if is_wide else 8,
    ) as bar:

        def advance(progress: Progress) -> None:
            bar.length = max(1, progress.total)
            bar.update(progress.done - bar.pos, progress.current or "writing the index")

        yield advance


def _name(current: str | None) -> str:
    return shorten(neutralise(Path(current or "").name), _NAME_CELLS)


def _account(summary: BuildSummary) -> tuple[str, str]:
    """What a run did, in two lines."""
    reasons = Counter(problem.reason.value for problem in summary.failed)
    failed = ", ".join(f"{reason} {count}" for reason, count in reasons.most_common())
    counts = [
        f"{count:,} {what}"
        for count, what in (
            (summary.added, "added"),
            (summary.changed, "changed"),
            (summary.removed, "removed"),
            (summary.unchanged, "unchanged"),
            (len(summary.failed), f"could not be read ({failed})"),
            (summary.unread, "could not be read before and have not changed"),
            (summary.passed_over, "of other formats passed over"),
        )
        if count
    ]
    held = f"the index holds {summary.reports:,} reports, {summary.paragraphs:,} paragraphs"
    return f"files: {', '.join(counts) or 'none'}", held
