"""baogao completion: the script with which a shell completes commands, options and values."""

from __future__ import annotations

import click

from search.terminal.app import put
from search.terminal.command import Command, Example
from search.terminal.completing import SHELLS, script
from search.terminal.group import group


@click.command(
    "completion",
    cls=Command,
    examples=[
        Example("completion bash", "goes into ~/.local/share/bash-completion/completions/baogao"),
        Example("completion zsh", "goes into _baogao in a folder of $fpath"),
        Example("completion fish", "goes into ~/.config/fish/completions/baogao.fish"),
    ],
)
@click.argument("shell", type=click.Choice(SHELLS))
def command(shell: str) -> None:
    """Print the script with which SHELL completes what you type after baogao.

    It completes commands and options, the ids of reports, the fields of queries with
    their values, and the words of the index. Write it to the file named above, and open
    a new shell.
    """
    put([script(group, shell)])
