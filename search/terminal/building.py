"""What the commands share that build an index: how files are read, how far it is, what was done."""

from __future__ import annotations

import shutil
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from corpus.labels import column

from .cells import neutralise, shorten
from .counts import paragraphs_counted, reports_counted
from .language import _
from .manner import is_quiet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from search import BuildSummary, Progress

Building = TypeVar("Building", bound="Callable[..., Any]")

_NAME_CELLS = 24
_WIDE = 80
"""Columns of a terminal from which there is room for the name of the file at hand."""


def reading_options(command: Building) -> Building:
    """How files are to be read. A file that is read otherwise than before is read again."""
    encoding = click.option(
        "--encoding",
        metavar="NAME",
        help="Decode every file as this, instead of finding out file by file.",
    )
    columns = click.option(
        "--map",
        "columns",
        metavar="COLUMN=FIELD",
        multiple=True,
        callback=_columns,
        help="What a column of tables is: --map 内容=正文 --map 时间=日期.",
    )
    return encoding(columns(command))


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


@contextmanager
def progress() -> Iterator[Callable[[Progress], None] | None]:
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


def account(summary: BuildSummary) -> tuple[str, str]:
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
