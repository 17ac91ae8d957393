"""The command line: thin commands over the embedded API, and what they print.

`app` holds the command group and what all commands share, `commands` one module a
command, `cells` widths and wrapping, `render` text for people, `records` data for
programs.
"""

from __future__ import annotations


def main() -> None:
    """Run the `baogao` command."""
    from .app import run

    run()
