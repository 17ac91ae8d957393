"""The options that say how a query is asked, as every command takes them that asks one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

Asking = TypeVar("Asking", bound=Callable[..., Any])


def synonyms_option(command: Asking) -> Asking:
    """What else the words of a query are found as."""
    return click.option(
        "--synonyms",
        metavar="FILE",
        envvar="BAOGAO_SYNONYMS",
        type=click.Path(path_type=Path),
        help="Synonyms of your own: `form | form` or `form => part part` a line.",
    )(command)


def order_option(command: Asking) -> Asking:
    """In which order the hits are."""
    return click.option(
        "--sort",
        type=click.Choice(["relevance", "newest", "oldest", "report"]),
        default="relevance",
        show_default=True,
        help="Best first, newest or oldest first, or report by report.",
    )(command)


def wording_options(command: Asking) -> Asking:
    """As what the query is taken."""
    expand = click.option(
        "--no-expand",
        "expand",
        is_flag=True,
        flag_value=False,
        default=True,
        help="Find numbers, dates and abbreviations only as they are typed.",
    )
    literal = click.option("--literal", is_flag=True, help="Take the query as one exact string.")
    return expand(synonyms_option(literal(command)))


def asking_options(command: Asking) -> Asking:
    """In which order the hits are, and as what the query is taken."""
    all_words = click.option(
        "--all-words",
        "relax",
        is_flag=True,
        flag_value=False,
        default=True,
        help="Require all words of a plain question, too.",
    )
    return order_option(wording_options(all_words(command)))
