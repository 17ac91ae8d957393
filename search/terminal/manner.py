"""The manner in which a command speaks: the options that every command takes, and what they mean.

They may stand before the command's name or after it: `baogao -q index .`, `baogao index . -q`.
"""

from __future__ import annotations

import os
import sys
from typing import Any, TextIO

import click

from .language import _

_KEY = "baogao.{}".format


def _keep(context: click.Context, option: click.Parameter, value: Any) -> None:
    """Remember an option for all that runs; unless it is told, what was told before stays."""
    assert option.name
    if value:
        context.find_root().meta[_KEY(option.name)] = value


def _told(name: str) -> Any:
    context = click.get_current_context(silent=True)
    return context.find_root().meta.get(_KEY(name)) if context else None


def options() -> list[click.Parameter]:
    """The options that every command takes."""
    shared: dict[str, Any] = {"expose_value": False, "callback": _keep}
    return [
        click.Option(
            ["-q", "--quiet"], is_flag=True,
            help=_("Say nothing but what went wrong."), **shared,
        ),
        click.Option(
            ["-v", "--verbose"], is_flag=True,
            help=_("Say more: which index is asked, how long it takes."), **shared,
        ),
        click.Option(
            ["--no-input"], is_flag=True,
            help=_("Never ask for anything, and never page."), **shared,
        ),
        click.Option(
            ["--color", "colour"], type=click.Choice(["auto", "always", "never"]), metavar="WHEN",
            help=_("Colour: auto (on a terminal), always or never."), **shared,
        ),
    ]  # fmt: skip


def is_quiet() -> bool:
    """Whether to say nothing but what went wrong."""
    return bool(_told("quiet"))


def is_verbose() -> bool:
    """Whether to say more than is needed."""
    return bool(_told("verbose")) and not is_quiet()


def may_ask() -> bool:
    """Whether there is somebody to ask, who wants to be asked."""
    return not _told("no_input") and sys.stdin.isatty() and sys.stdout.isatty()


def is_coloured(stream: TextIO | None = None) -> bool:
    """Whether to colour what goes to a stream; standard output unless told otherwise.

    The option counts first, then NO_COLOR (no-color.org), FORCE_COLOR and CLICOLOR_FORCE
    (bixense.com/clicolors), then whether it is a terminal that shows colours.
    """
    told = _told("colour") or "auto"
    if told != "auto":
        return bool(told == "always")
    if os.environ.get("NO_COLOR"):
        return False
    if any(
        os.environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")
    ):
        return True
    return (stream or sys.stdout).isatty() and os.environ.get("TERM") != "dumb"
