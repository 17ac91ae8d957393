"""The manual page of `baogao`, made from the commands themselves, in the user's language.

python -m search.terminal.manual > baogao.1
"""

from __future__ import annotations

import re
import sys
from importlib import import_module
from importlib.metadata import version
from typing import TYPE_CHECKING

import click

from . import manner
from .command import Command, Example, option_rows
from .formatting import joined
from .group import COMMANDS, FIRST_STEPS, group
from .language import _, speak_through_click

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

QUERIES = {
    "营商环境 放管服": _("both words"),
    "就业 OR 创业": _("one of the words, or both"),
    "改革 -试点": _("the first word and not the second"),
    "(就业 OR 创业) 补贴": _("the last word, and one of the two"),
    '"最多跑一次"': _("just this string, wherever it stands"),
    "标题:通知": _("a word of the title; 小标题: and 正文: likewise"),
    "机关:人民政府": _("what the issuer holds; 地区:, 文种: and 文号: likewise"),
    "年份:2015..2020": _("a range of years; 日期: takes months and days too"),
    "部分:计划": _("what a work report plans; 回顾 and 问题 likewise"),
    "改革 /句 开放": _("in one sentence; /段, /节 and /10 (characters) likewise"),
    "增长>6%": _("a quantity next to a word"),
    "行政复仪~": _("one character may differ"),
    "行政*": _("words that begin so"),
}
"""The forms of queries, each with what it finds."""

STATUS = {
    "0": _("Something was found or done."),
    "1": _("Nothing was found."),
    "2": _("An error: of the command line, of the query, of the index or of a file."),
    "130": _("It was interrupted."),
}
ENVIRONMENT = {
    "BAOGAO_INDEX": _("The index, where --index does not name it."),
    "BAOGAO_SYNONYMS": _("The file of synonyms, where --synonyms does not name it."),
    "BAOGAO_ALLOW_SHARED": _("If 1, as --allow-shared."),
    "LANGUAGE, LC_ALL, LC_MESSAGES, LANG": _(
        "The language of messages: the first that is set. Chinese for zh, else English."
    ),
    "NO_COLOR": _("If set, no colour."),
    "FORCE_COLOR, CLICOLOR_FORCE": _("If set and not 0, colour in a pipe too."),
    "PAGER": _("The program that shows what is longer than the window; less if it is not set."),
}


def lines() -> Iterator[str]:
    """The page in the language of roff, with the macros of man(7)."""
    usage = " ".join(group.collect_usage_pieces(click.Context(group)))
    yield r".\" Made by search.terminal.manual from the commands."
    yield f'.TH BAOGAO 1 "" "baogao {version("baogao")}"'
    yield from (".nh", ".ad l")
    yield _section(_("Name"))
    yield rf"baogao \- {_escaped(str(group.help).rstrip('.。'))}"
    yield _section(_("Synopsis"))
    yield rf"\fBbaogao\fR {_escaped(usage)}"
    yield _section(_("Examples"))
    yield from _examples(FIRST_STEPS)
    yield _section(_("Options of every command"))
    yield from _terms(option_rows(manner.options(), click.Context(group)))
    yield _section(_("Commands"))
    for name in COMMANDS:
        yield from _command(name)
    for heading, rows in (
        (_("Queries"), QUERIES),
        (_("Exit status"), STATUS),
        (_("Environment"), ENVIRONMENT),
    ):
        yield _section(heading)
        yield from _terms(rows.items())


def command_named(name: str) -> Command:
    """A command, from its module."""
    command = import_module(f"search.terminal.commands.{name}_").command
    assert isinstance(command, Command)
    return command


def _command(name: str) -> Iterator[str]:
    command = command_named(name)
    with click.Context(command, info_name=name) as context:
        usage = " ".join(command.collect_usage_pieces(context))
        yield f'.SS "{_escaped(f"baogao {name} {usage}")}"'
        for number, paragraph in enumerate((command.help or "").split("\n\n")):
            yield from [".PP"] * bool(number)
            yield _escaped(joined(paragraph.splitlines()))
        yield from _terms(option_rows(command.own, context))
    yield ".PP"
    yield from _examples(command.examples)


def _examples(examples: Sequence[Example]) -> Iterator[str]:
    """What to type, each with what it does below it."""
    for number, example in enumerate(examples):
        yield from [".sp"] * bool(number)
        yield from (".nf", rf"    \fBbaogao {_escaped(example.line)}\fR", ".fi", ".RS 8")
        yield from (_escaped(_(example.meaning)), ".RE")


def _terms(rows: Iterable[tuple[str, str]]) -> Iterator[str]:
    for term, told in rows:
        yield from (".TP", rf"\fB{_escaped(term)}\fR", _escaped(told))


def _section(heading: str) -> str:
    return f'.SH "{_escaped(heading.upper())}"'


_SIGNS = str.maketrans(
    {
        "\\": r"\e",
        "-": r"\-",
        "'": r"\(aq",
        '"': r"\(dq",
        "`": r"\(ga",
        "~": r"\(ti",
        "^": r"\(ha",
    }
)
_BETWEEN = re.compile(r"(?<=[\u4e00-\u9fff，。；：、])(?=[\u4e00-\u9fff])")
_BREAK = r"\:"
"""Where a line of Chinese may be broken: roff knows of spaces only."""


def _escaped(text: str) -> str:
    """A text that is no instruction, with places where it may be broken."""
    shown = _BREAK.join(_BETWEEN.split(text.translate(_SIGNS)))
    return rf"\&{shown}" if shown.startswith(".") else shown


def main() -> None:
    """Print the page."""
    speak_through_click()
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines()).encode())


if __name__ == "__main__":
    main()
