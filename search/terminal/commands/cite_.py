"""baogao cite: citations of paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search.terminal import completing
from search.terminal.app import index_option, opened, page, put
from search.terminal.command import Command, Example
from search.terminal.render import Piece, block

if TYPE_CHECKING:
    from pathlib import Path

    from search.citing import Style


@click.command(
    "cite",
    cls=Command,
    examples=[
        Example("cite 0dc2ad5c8a86:22", "as GB/T 7714 has it"),
        Example("cite 0dc2ad5c8a86:22 a416b87d35b0:23 --style bibtex", "two, for BibTeX"),
        Example("cite 0dc2ad5c8a86:22 --style markdown", "for notes"),
    ],
)
@click.argument(
    "addresses", nargs=-1, required=True, metavar="ADDRESS...", shell_complete=completing.reports
)
@index_option
@click.option(
    "--style",
    type=click.Choice(["gbt7714", "markdown", "bibtex"]),
    default="gbt7714",
    show_default=True,
    help="GB/T 7714—2015, Markdown or BibTeX.",
)
def command(addresses: tuple[str, ...], directory: Path, style: Style) -> None:
    """Cite the paragraph at each ADDRESS.

    Issuer, title, document number, date, headings and paragraph, as far as they are known.
    """
    from search.citing import cite

    with opened(directory) as index:
        passages = [index.get(address) for address in addresses]
    for passage in passages:
        for line in cite(passage, style).splitlines():
            put(block([Piece(line)], page()))
