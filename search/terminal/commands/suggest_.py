"""baogao suggest: what the beginning of a word may go on to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from search.terminal import records
from search.terminal.app import (
    FOUND_NOTHING,
    format_option,
    index_option,
    json_text,
    opened,
    page,
    put,
    say,
)
from search.terminal.command import Command, Example
from search.terminal.language import _
from search.terminal.render import table_lines

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from search.suggesting.completion import Suggestion


@click.command(
    "suggest",
    cls=Command,
    examples=[
        Example("suggest 行政", "words, headings and titles that begin so"),
        Example("suggest 营商 -n 3", "the three with the most paragraphs"),
    ],
)
@click.argument("prefix")
@index_option
@click.option(
    "-n",
    "--limit",
    type=click.IntRange(min=1),
    default=10,
    show_default=True,
    help="How many to show.",
)
@format_option("json", "jsonl")
def command(prefix: str, directory: Path, form: str, limit: int) -> int:
    """Show words, headings and titles of the index that begin with PREFIX.

    Each with the number of paragraphs that hold the word, stand below the heading, or are
    in the reports with the title; those with the most come first.
    """
    with opened(directory) as index:
        found = index.suggest(prefix, limit)
    put(_FORMS[form](prefix, found))
    if not found:
        say(_("nothing begins with {prefix}").format(prefix=prefix))
        return FOUND_NOTHING
    return 0


def _text(_prefix: str, found: Sequence[Suggestion]) -> Iterator[str]:
    rows = [(f"{one.paragraphs:,}", _(one.source.value), one.text) for one in found]
    return table_lines(rows, page(), right=frozenset([0])) if rows else iter(())


def _json(prefix: str, found: Sequence[Suggestion]) -> Iterator[str]:
    suggestions = [one.to_dict() for one in found]
    record = {"version": records.VERSION, "prefix": prefix, "suggestions": suggestions}
    yield json_text(record, indent=1)


def _jsonl(_prefix: str, found: Sequence[Suggestion]) -> Iterator[str]:
    return (json_text(one.to_dict()) for one in found)


_FORMS: dict[str, Callable[[str, Sequence[Suggestion]], Iterator[str]]] = {
    "text": _text,
    "json": _json,
    "jsonl": _jsonl,
}
