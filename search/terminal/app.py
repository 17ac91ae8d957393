"""What the commands share, and how the `baogao` command runs and ends.

Exit status: 0 something was found or done, 1 nothing was found, 2 an error.
"""

from __future__ import annotations

import io
import os
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from corpus.errors import BaogaoError
from search.errors import QueryError

from . import manner
from .cells import line_starts, neutralise, width
from .language import _, speak_through_click, translated

if TYPE_CHECKING:
    from pathlib import Path

    from search.index import Index

    from .render import Page

FOUND_NOTHING = 1
INTERRUPTED = 130

ASKED_BY_SHELL = "_BAOGAO_COMPLETE"
"""The variable in which a shell asks for completions."""

_ALLOW_SHARED = "baogao.allow_shared"

Command = TypeVar("Command", bound=Callable[..., Any])


def index_option(command: Command) -> Command:
    """The options that say which index, as every command takes them."""
    from pathlib import Path  # help needs none

    named = click.option(
        "--index",
        "directory",
        metavar="DIR",
        envvar="BAOGAO_INDEX",
        type=click.Path(path_type=Path),
        default=default_index,
        help="The index; else $BAOGAO_INDEX, else one in your data directory.",
    )
    shared = click.option(
        "--allow-shared",
        is_flag=True,
        envvar="BAOGAO_ALLOW_SHARED",
        expose_value=False,
        callback=_keep_allow_shared,
        help="Work with an index that others can write too.",
    )
    return named(shared(command))


def _keep_allow_shared(context: click.Context, option: click.Parameter, value: bool) -> None:  # noqa: ARG001, FBT001 (as click calls it)
    context.find_root().meta[_ALLOW_SHARED] = value


def allow_shared() -> bool:
    """Whether the user said that others may be able to write the index."""
    return bool(click.get_current_context().find_root().meta.get(_ALLOW_SHARED))


def opened(directory: Path, synonyms: Path | None = None) -> Index:
    """The index that a command is to read, with the user's synonyms."""
    from search.index import open_index

    explain(_("index: {directory}").format(directory=directory))
    return open_index(directory, synonyms=synonyms, allow_shared=allow_shared())


def format_option(*formats: str) -> Callable[[Command], Command]:
    """The option that says in which form to print."""
    return click.option(
        "--format",
        "form",
        type=click.Choice(["text", *formats]),
        default="text",
        show_default=True,
        help="How to print: for reading, or as data.",
    )


def default_index() -> Path:
    """Where the index is unless the user says."""
    from platformdirs import user_data_path

    return user_data_path("baogao") / "index"


def page() -> Page:
    """The page that standard output is: lines have a width on a terminal only."""
    from .render import Page  # help has none

    colour = manner.is_coloured()
    if not sys.stdout.isatty():
        return Page(None, colour)
    # The console of Linux shows what it does not know of a link.
    links = colour and os.environ.get("TERM") != "linux"
    return Page(columns(), colour, links)


def columns() -> int:
    """Cells of a line of the terminal."""
    from shutil import get_terminal_size  # not for pipes: it brings all that packs archives

    return get_terminal_size().columns


def json_text(record: Mapping[str, Any], *, indent: int | None = None) -> str:
    """An object as JSON text, in characters that standard output can take."""
    from .records import as_json  # not for those who read

    return as_json(record, indent=indent, ascii_only=not is_unicode())


def is_unicode() -> bool:
    """Whether standard output takes every character."""
    return (sys.stdout.encoding or "").lower().startswith("utf")


def put(lines: Iterable[str]) -> None:
    """Print lines to standard output; the colours in them are meant."""
    for line in lines:
        click.echo(line, color=True)


def say(*lines: str) -> None:
    """Tell the user something, on standard error, unless they want it quiet."""
    if not manner.is_quiet():
        warn(*lines)


def explain(*lines: str) -> None:
    """Tell those who want to know more, on standard error."""
    if manner.is_verbose():
        warn(*lines)


def warn(*lines: str) -> None:
    """Tell what went wrong, on standard error: made safe to show, wrapped on a terminal."""
    cells = columns() if sys.stderr.isatty() else None
    for line in map(neutralise, lines):
        starts = list(line_starts(line, cells)) if cells else [0]
        for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
            # What cannot be told must not decide how the command ends.
            with suppress(OSError):
                click.echo(line[start:end], err=True)


def run() -> NoReturn:
    """Run the command line and end the process with its exit status."""
    _prepare_streams()
    speak_through_click()
    try:
        status = _invoke()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough: that is no error.
        status = 0
    except OSError as error:
        warn(_("baogao: cannot write the output: {reason}").format(reason=error.strerror))
        status = BaogaoError.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        warn("", _("baogao: interrupted"))
        status = INTERRUPTED
    # At the end Python flushes once more, and would complain of what could not be written.
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    sys.exit(status)


def _prepare_streams() -> None:
    """Have somewhere to write to, and nothing that cannot be written."""
    sys.stdout = sys.stdout or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    sys.stderr = sys.stderr or open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets its escape, not an error.
            stream.reconfigure(errors="backslashreplace")


def _invoke() -> int:
    """Run the command that was asked for; give its exit status."""
    from .group import group

    if asked := os.environ.get(ASKED_BY_SHELL):
        from .completing import answer

        return answer(group, asked)
    began = time.perf_counter()
    try:
        with group.make_context("baogao", sys.argv[1:]) as context:
            status = group.invoke(context)
            explain(_("{seconds:.3f} seconds").format(seconds=time.perf_counter() - began))
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        usage = io.StringIO()
        error.show(usage)
        warn(*usage.getvalue().splitlines())
        return error.exit_code
    except BaogaoError as error:
        first, *rest = complaint(error, columns())
        warn(f"baogao: {first}", *rest)
        return error.exit_code
    return status if isinstance(status, int) else 0


def complaint(error: BaogaoError, cells: int) -> Iterable[str]:
    """What to say of an error, in lines; of a query's, the place in it too, if there is room."""
    yield translated(error.args[0])
    if isinstance(error, QueryError):
        before = neutralise(error.query[: error.start])
        place = neutralise(error.query[error.start : error.end])
        query = neutralise(error.query)
        if width(query) < cells - len("  "):
            yield f"  {query}"
            yield "  " + " " * width(before) + "^" * max(1, width(place))
