"""The `baogao` command as the group of its commands, each a row of a table and a module."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from . import manner
from .command import Context, Example, write_examples
from .language import _

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS = {
    "index": _("Index files and folders, or follow their changes."),
    "watch": _("Keep the index in step with folders while they change."),
    "search": _("Show the paragraphs that answer a query."),
    "suggest": _("Show what the beginning of a word may go on to."),
    "new": _("Show what is new for a query that was saved."),
    "sets": _("List the result sets that were kept, or remove one."),
    "show": _("Show a paragraph in its place, or a whole report."),
    "kwic": _("Line up every place of a word, or show what stands near it."),
    "compare": _("Show what changed from one report or year to another."),
    "similar": _("Show the paragraphs or reports that are worded like one."),
    "cite": _("Cite paragraphs for a paper, notes or a bibliography."),
    "export": _("Write all that a query finds to a file, with its evidence."),
    "shell": _("Search in a dialogue, line by line."),
    "browse": _("Search and read on a full screen."),
    "list": _("List the indexed reports, or what could not be read."),
    "trend": _("Show how often terms are used, year by year."),
    "stats": _("Show what the index holds, in numbers."),
    "check": _("Check every byte of the index."),
    "completion": _("Print the script with which your shell completes what you type."),
    "demo": _("Index and search the bundled reports."),
}
"""The commands in the order in which they are first needed, with what they do: in a table,
so that help imports none of them. Each is in a module of `commands`."""


class _Commands(click.Group):
    """The commands, each imported when it is called for: help and start-up stay quick."""

    context_class = Context

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In the order in which they are first needed."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import a command from its module."""
        if cmd_name not in COMMANDS:
            return None
        from importlib import import_module

        command: click.Command = import_module(f"search.terminal.commands.{cmd_name}_").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that was asked for, or propose one."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from difflib import get_close_matches  # for who mistyped

            problem = _("there is no command {name}").format(name=name)
            if near := get_close_matches(name, COMMANDS):
                problem += _("; did you mean {names}?").format(names=", ".join(near))
            raise click.UsageError(problem, ctx)
        return super().resolve_command(ctx, args)

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete the name of a command without importing any, or an option."""
        if incomplete.startswith("-"):
            return super().shell_complete(ctx, incomplete)
        from click.shell_completion import CompletionItem

        return [
            CompletionItem(name, help=help_)
            for name, help_ in COMMANDS.items()
            if name.startswith(incomplete)
        ]

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the help: examples, how to call it, its options, the commands."""
        write_examples(FIRST_STEPS, formatter)
        formatter.write_paragraph()
        super().format_help(ctx, formatter)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write what each command does."""
        with formatter.section(_("Commands")):
            formatter.write_dl(list(COMMANDS.items()))


FIRST_STEPS = (
    Example("demo", "try it with the bundled reports"),
    Example("index .", "index this folder"),
    Example("search 行政复议", "search what was indexed"),
    Example("search --help", "what a command can do"),
)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    options_metavar=_("[OPTIONS]"),
    subcommand_metavar=_("COMMAND [ARGS]..."),
    help=_("Search Chinese government reports, paragraph by paragraph."),
    epilog=_(
        "Exit status: 0 something was found or done, 1 nothing was found, 2 an error, "
        "130 interrupted."
    ),
    params=manner.options(),
)
@click.version_option(package_name="baogao", help=_("Show the version and exit."))
def group() -> None:
    """Search Chinese government reports, paragraph by paragraph."""
