"""What the commands have in common: examples, help in the user's language, shared options.

A command is declared so:

    @click.command(
        "search",
        cls=Command,
        examples=[Example("search 行政复议", "the word, wherever it stands")],
    )
    @click.argument("query", nargs=-1, required=True)
    @index_option
    def command(query, directory):
        '''Search for QUERY and show the paragraphs that answer it, best first.'''

and gets a row in the table of `group` with what it does in a line. Each example runs as a test.
"""

from __future__ import annotations

import inspect
import re
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from . import manner
from .cells import width
from .formatting import CellFormatter
from .language import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


class Example(NamedTuple):
    """A way to call a command.

    Attributes:
        line: what to type after `baogao`.
        meaning: what it does, in a few words.
        status: how it ends over the bundled reports.
    """

    line: str
    meaning: str
    status: int = 0


class Context(click.Context):
    """Click's context of a call, with help laid out by cells."""

    formatter_class = CellFormatter


class Command(click.Command):
    """A command whose help begins with examples, in the user's language."""

    context_class = Context

    def __init__(self, *args: Any, examples: Sequence[Example] = (), **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self.examples = examples
        self.help = _(inspect.cleandoc(self.help)) if self.help else None
        for parameter in self.params:
            if isinstance(parameter, click.Option) and parameter.help:
                parameter.help = _(parameter.help)
        self.options_metavar = _("[OPTIONS]")
        self.own = list(self.params)
        self.params += manner.options()

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse what looks like an option in a query, where click would let it pass."""
        if ctx.ignore_unknown_options:
            self._refuse_unknown(ctx, args)
        return super().parse_args(ctx, args)

    def _refuse_unknown(self, ctx: click.Context, args: list[str]) -> None:
        known = [name for parameter in self.get_params(ctx) for name in parameter.opts]
        for arg in args:
            if arg == "--":
                return
            name = arg.partition("=")[0]
            if _LONG_OPTION.fullmatch(name) and name not in known:
                raise click.NoSuchOption(name, possibilities=known, ctx=ctx)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help: examples, how to call it, what it does, its options."""
        write_examples(self.examples, formatter)
        if self.examples:
            formatter.write_paragraph()
        super().format_help(ctx, formatter)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the command's own options, then those of every command."""
        every = [option for option in self.get_params(ctx) if option not in self.own]
        for heading, options in ((_("Options"), self.own), (_("Options of every command"), every)):
            if rows := list(option_rows(options, ctx)):
                with formatter.section(heading):
                    formatter.write_dl(rows)


def option_rows(
    parameters: Iterable[click.Parameter], ctx: click.Context
) -> Iterator[tuple[str, str]]:
    """Options as they are shown: how each is written, and what it does."""
    for option in parameters:
        if not isinstance(option, click.Option) or option.hidden:
            continue
        written, _explained = option.get_help_record(ctx) or ("", "")
        told = option.help or ""
        if option.show_default:
            told = _("{told} [default: {default}]").format(
                told=told, default=option.get_default(ctx, call=False)
            )
        yield written.replace("INTEGER RANGE", "N").replace("FLOAT RANGE", "X"), told


_LONG_OPTION = re.compile(r"--[a-z][a-z-]*")


def write_examples(examples: Sequence[Example], formatter: click.HelpFormatter) -> None:
    """Write examples, the meaning of each beside it, or below it where it is too long."""
    if not examples:
        return
    lines = [f"baogao {example.line}" for example in examples]
    with formatter.section(_("Examples")):
        formatter.write_dl(
            [(line, _(example.meaning)) for line, example in zip(lines, examples, strict=True)],
            col_max=min(formatter.width // 2, max(map(width, lines))),
        )
