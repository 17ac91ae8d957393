"""The `baogao` command: its group, what its commands share, and how it ends.

Exit status: 0 something was found or done, 1 nothing was found, 2 an error.
"""

from __future__ import annotations

import io
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from corpus.errors import BaogaoError
from search.errors import QueryError

from .cells import line_starts, neutralise, width
from .records import as_json
from .render import Page

if TYPE_CHECKING:
    from search.index import Index

FOUND_NOTHING = 1
INTERRUPTED = 130

_COMMANDS = ("index", "search", "suggest", "show", "list", "stats", "check", "demo")
_ALLOW_SHARED = "baogao.allow_shared"

Command = TypeVar("Command", bound=Callable[..., Any])


class _Commands(click.Group):
    """The commands, each imported when it is called for: help and start-up stay quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order in which they are first needed."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command from its module."""
        if cmd_name not in _COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"search.terminal.commands.{cmd_name}_").command
        return command


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="First steps: `baogao demo`, then `baogao index FOLDER` and `baogao search 行政复议`.",
)
@click.version_option(package_name="baogao")
def group() -> None:
    """Search Chinese government reports, paragraph by paragraph."""


def index_option(command: Command) -> Command:
    """The options that say which index, as every command takes them."""
    named = click.option(
        "--index",
        "directory",
        metavar="DIR",
        envvar="BAOGAO_INDEX",
        type=click.Path(path_type=Path),
        default=_default_index,
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


def _keep_allow_shared(context: click.Context, _: click.Parameter, value: bool) -> None:  # noqa: FBT001 (as click calls it)
    context.find_root().meta[_ALLOW_SHARED] = value


def allow_shared() -> bool:
    """Whether the user said that others may be able to write the index."""
    return bool(click.get_current_context().find_root().meta.get(_ALLOW_SHARED))


def opened(directory: Path, synonyms: Path | None = None) -> Index:
    """The index that a command is to read, with the user's synonyms."""
    from search.index import open_index

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


def _default_index() -> Path:
    from platformdirs import user_data_path

    return user_data_path("baogao") / "index"


def page() -> Page:
    """The page that standard output is: colour and line width on a terminal only."""
    if not sys.stdout.isatty():
        return Page(width=None, colour=False)
    colour = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return Page(shutil.get_terminal_size().columns, colour)


def json_text(record: Mapping[str, Any], *, indent: int | None = None) -> str:
    """An object as JSON text, in characters that standard output can take."""
    is_unicode = (sys.stdout.encoding or "").lower().startswith("utf")
    return as_json(record, indent=indent, ascii_only=not is_unicode)


def put(lines: Iterable[str]) -> None:
    """Print lines to standard output; the colours in them are meant."""
    for line in lines:
        click.echo(line, color=True)


def say(*lines: str) -> None:
    """Tell the user something, on standard error: made safe to show, wrapped on a terminal."""
    columns = shutil.get_terminal_size().columns if sys.stderr.isatty() else None
    for line in map(neutralise, lines):
        starts = list(line_starts(line, columns)) if columns else [0]
        for start, end in zip(starts, [*starts[1:], len(line)], strict=True):
            # What cannot be told must not decide how the command ends.
            with suppress(OSError):
                click.echo(line[start:end], err=True)


def run() -> NoReturn:
    """Run the command line and end the process with its exit status."""
    _prepare_streams()
    try:
        status = _invoke()
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has enough: that is no error.
        status = 0
    except OSError as error:
        say(f"baogao: cannot write the output: {error.strerror}")
        status = BaogaoError.exit_code
    except (KeyboardInterrupt, click.exceptions.Abort):
        say("", "baogao: interrupted")
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
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # A terminal that cannot show a character gets its escape, not an error.
            stream.reconfigure(errors="backslashreplace")


def _invoke() -> int:
    """Run the command that was asked for; give its exit status."""
    try:
        with group.make_context("baogao", sys.argv[1:]) as context:
            status = group.invoke(context)
    except click.exceptions.Exit as end:
        return end.exit_code
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BaogaoError as error:
        say(*_account(error))
        return error.exit_code
    return status if isinstance(status, int) else 0


def _account(error: BaogaoError) -> Iterable[str]:
    """What to say of an error; of a query's, the place in it too."""
    yield f"baogao: {error}"
    if isinstance(error, QueryError):
        before = neutralise(error.query[: error.start])
        place = neutralise(error.query[error.start : error.end])
        query = neutralise(error.query)
        if width(query) < shutil.get_terminal_size().columns - len("  "):
            yield f"  {query}"
            yield "  " + " " * width(before) + "^" * max(1, width(place))
