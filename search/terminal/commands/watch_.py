"""baogao watch: keep an index in step with folders while they change."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from search.terminal.app import INTERRUPTED, allow_shared, index_option, say, warn
from search.terminal.building import account, progress, reading_options
from search.terminal.command import Command, Example
from search.terminal.language import _, translated

if TYPE_CHECKING:
    from search import BuildSummary


@click.command(
    "watch",
    cls=Command,
    examples=[
        Example("watch .", "this folder, until Ctrl-C", status=INTERRUPTED),
        Example("watch . --poll", "the same on a network share", status=INTERRUPTED),
    ],
)
@click.argument(
    "folders",
    metavar="DIR...",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, file_okay=False),
)
@index_option
@reading_options
@click.option(
    "--poll",
    is_flag=True,
    help="Look every second, where the system tells of no changes: on network shares.",
)
def command(
    folders: tuple[Path, ...],
    directory: Path,
    encoding: str | None,
    columns: dict[str, str],
    *,
    poll: bool,
) -> None:
    """Index the reports in each DIR, then follow what is added, changed and removed there.

    Changes that come together are taken in together, when there was none for half a second.
    If another process is writing the index, that is waited for. Ctrl-C ends it, with 130:
    the index is then as the last commit made it, and the next run goes on from there.
    """
    from search import build_index
    from search.terminal.watching import bursts

    # As the index names files; the system tells of changes by the path that it was given.
    watched = [Path(os.path.abspath(folder)) for folder in folders]  # noqa: PTH100
    told: set[str] = set()
    is_first = True
    for _burst in bursts(watched, directory, poll=poll):
        with progress() if is_first else nullcontext() as on_progress:
            summary = build_index(
                directory,
                watched,
                encoding=encoding,
                columns=columns,
                wait=-1,
                allow_shared=allow_shared(),
                on_progress=on_progress,
            )
        failures = {translated(problem.args[0]) for problem in summary.failed}
        warn(*(f"baogao: {failure}" for failure in sorted(failures - told)))
        if is_first or _is_news(summary) or failures - told:
            say(*account(summary))
        if is_first:
            names = _(", ").join(map(str, folders))
            say(_("watching {names}; Ctrl-C ends it").format(names=names))
        told, is_first = failures, False


def _is_news(summary: BuildSummary) -> bool:
    return bool(summary.added or summary.changed or summary.removed)
