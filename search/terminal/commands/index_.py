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
from search.terminal.app import allow_shared, index_option, say, warn
from search.terminal.cells import neutralise, shorten
from search.terminal.command import Command, Example
from search.terminal.counts import paragraphs_counted, reports_counted
from search.terminal.language import _, translated
from search.terminal.manner import is_quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from search import BuildSummary, Progress

_NAME_CELLS = 24
_WIDE = 80
"""Columns of a terminal from which there is room for the name of the file at hand."""


def _columns(
    context: click.Context,  # noqa: ARG001 (as click calls it)
    parameter: click.Parameter,
    pairs: tuple[str, ...],
) -> dict[str, str]:
    """What was told of columns, by their names."""
    columns = {}
    for pair in pairs:
        name, sign, label = (part.strip() for part in pair.rpartition("="))
        if not (name and sign and label):
            problem = _("{pair}: write COLUMN=FIELD").format(pair=pair)
            raise click.BadParameter(problem, param=parameter)
        if column(label) in {"", "-"}:
            problem = _("{label}: no field is called so").format(label=label)
            raise click.BadParameter(problem, param=parameter)
        columns[name] = label
    return columns


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
def command(  # noqa: PLR0913 (options, by keyword)
    paths: tuple[Path, ...],
    directory: Path,
    encoding: str | None,
    columns: dict[str, str],
    dictionary: Path | None,
    *,
    rebuild: bool,
    wait: bool = False,
) -> int:
    """Index the reports in PATHS: files, and folders with all that is in them.

    Run it again to follow what was added, changed or removed: what has not changed is
    not read twice. A file that cannot be read is named with the reason and passed over.
    """
    from search import build_index

    with _progress() as on_progress:
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
    if not (summary.added or summary.changed or summary.removed or summary.unchanged):
        warn(_("baogao: nothing was indexed: there is no report to read in what you named"))
        return 2
    say(*_account(summary))
    return 0


@contextmanager
def _progress() -> Iterator[Callable[[Progress], None] | None]:
    """A bar with the time left, on a terminal that is to be told."""
    if is_quiet() or not sys.stderr.isatty():
        yield None
        return
    is_wide = shutil.get_terminal_size().columns >= _WIDE
    with click.progressbar(
        length=1,
        label=_("indexing"),
        file=sys.stderr,
        item_show_func=_name if is_wide else None,
        width=20 if is_wide else 8,
    ) as bar:

        def advance(progress: Progress) -> None:
            bar.length = max(1, progress.total)
            bar.update(progress.done - bar.pos, progress.current or _("writing the index"))

        yield advance


def _name(current: str | None) -> str:
    return shorten(neutralise(Path(current or "").name), _NAME_CELLS)


def _account(summary: BuildSummary) -> tuple[str, str]:
    """What a run did, in two lines."""
    reasons = Counter(problem.reason for problem in summary.failed)
    failed = _(", ").join(f"{_(reason.value)} {count}" for reason, count in reasons.most_common())
    counts = [
        told.format(count=count, reasons=failed)
        for count, told in (
            (summary.added, _("{count:,} added")),
            (summary.changed, _("{count:,} changed")),
            (summary.removed, _("{count:,} removed")),
            (summary.unchanged, _("{count:,} unchanged")),
            (len(summary.failed), _("{count:,} could not be read ({reasons})")),
            (summary.unread, _("{count:,} could not be read before and have not changed")),
            (summary.passed_over, _("{count:,} of other formats passed over")),
        )
        if count
    ]
    files = _("files: {counts}").format(counts=_(", ").join(counts) or _("none"))
    held = _("the index holds {reports}, {paragraphs}").format(
        reports=reports_counted(summary.reports), paragraphs=paragraphs_counted(summary.paragraphs)
    )
    return files, held
