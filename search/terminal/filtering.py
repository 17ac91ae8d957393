"""The options that filter, as every command takes them that asks a query."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import click

from . import completing
from .language import _

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from search import Filter

Filtering = TypeVar("Filtering", bound="Callable[..., Any]")

_FILTERS = "baogao.filters"

_FIELDS = {
    "year": _("Only reports of these years: 2017, 2015..2020, 2015.."),
    "date": _("Only reports of these dates: 2017-06, 2017-06-30..2018."),
    "region": _("Only reports of a place, or of a province."),
    "issuer": _("Only reports that a body issued."),
    "kind": _("Only reports of a kind, such as 通知."),
    "number": _("Only reports whose document number holds this."),
    "subject": _("Only reports whose subject holds this."),
    "section": _("Only what work reports review, name as problems or plan: 回顾, 问题, 计划."),
    "added": _("Only reports that came into the index then: 2024-05, 2024-05-01.."),
}
"""Fields that have an option of their own, with what it does."""


def filter_options(command: Filtering) -> Filtering:
    """An option for each usual field, and one for them all; see `asked_filters`."""
    options = [
        _option(name, "VALUE", explained, lambda name, value: (name, value))
        for name, explained in _FIELDS.items()
    ]
    general = _("Only what fulfils this. Of one field any value will do, of several all have to.")
    options.append(_option("filter", "FIELD:VALUE", general, lambda _name, value: value))
    for option in reversed(options):
        command = option(command)
    return command


def _option(
    name: str, metavar: str, explained: str, filter_of: Callable[[str, str], Any]
) -> Callable[[Filtering], Filtering]:
    def keep(context: click.Context, _: click.Parameter, values: tuple[str, ...]) -> None:
        kept = context.meta.setdefault(_FILTERS, [])
        kept += (filter_of(name, value) for value in values)

    return click.option(
        f"--{name}", metavar=metavar, multiple=True, expose_value=False, callback=keep,
        help=explained, shell_complete=completing.values,
    )  # fmt: skip


def asked_filters(query: Sequence[str]) -> tuple[Filter, ...]:
    """The filters that the user gave, as `Index.search` takes them.

    Args:
        query: the query; without one there must be filters.
    """
    context = click.get_current_context()
    filters = tuple(context.meta.get(_FILTERS, ()))
    if not query and not filters:
        named = (one for one in context.command.params if one.name == "query")
        raise click.MissingParameter(ctx=context, param=next(named))
    return filters
