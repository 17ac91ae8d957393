"""The reference of the commands in Markdown, made from the commands, in the user's language.

python -m search.terminal.reference > commands.md
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from . import manner
from .command import option_rows
from .formatting import joined
from .group import COMMANDS, group
from .language import _, speak_through_click
from .manual import ENVIRONMENT, STATUS, command_named

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def lines() -> Iterator[str]:
    """The reference; a heading of the second level for each command."""
    for name in COMMANDS:
        yield from _command(name)
    for heading, rows in (
        (_("Options of every command"), option_rows(manner.options(), click.Context(group))),
        (_("Exit status"), STATUS.items()),
        (_("Environment"), ENVIRONMENT.items()),
    ):
        yield from (f"## {heading}", "")
        yield from _table(rows)


def _command(name: str) -> Iterator[str]:
    command = command_named(name)
    yield from (f"## baogao {name} {{ #{name} }}", "")
    with click.Context(command, info_name=name) as context:
        usage = " ".join(command.collect_usage_pieces(context))
        yield from ("```text", f"baogao {name} {usage}", "```", "")
        for paragraph in (command.help or "").split("\n\n"):
            yield from (_escaped(joined(paragraph.splitlines())), "")
        yield from _table(option_rows(command.own, context))
    yield from ("```sh",)
    for example in command.examples:
        yield from (f"# {_(example.meaning)}", f"baogao {example.line}")
    yield from ("```", "")


def _table(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield from ("| | |", "|---|---|")
    for term, told in rows:
        yield f"| `{term.replace('|', chr(92) + '|')}` | {_escaped(told)} |"
    yield ""


def _escaped(text: str) -> str:
    """A text with nothing that Markdown would take for more, but code between backticks."""
    parts = text.split("`")
    parts[::2] = (part.translate(_SIGNS) for part in parts[::2])
    return "`".join(parts).replace("|", "\\|")


_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\*_[]<"})


def main() -> None:
    """Print the reference."""
    speak_through_click()
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines()).encode())


if __name__ == "__main__":
    main()
