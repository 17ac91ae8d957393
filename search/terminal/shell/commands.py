"""The commands of the shell, in a table; and its help, made from the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from search.terminal.language import _
from search.terminal.render import Piece, block, table_lines

from . import finding, reading
from .showing import told
from .state import Desk, Session, Turn

Act = Callable[[Session, str, Desk], Turn]
"""Does what a line asks for, given what of it is left to understand."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the shell.

    Attributes:
        usage: how it is typed.
        meaning: what it does, in a few words.
        act: does it, given what follows its name.
    """

    usage: str
    meaning: str
    act: Act


def meant(name: str) -> str:
    """A proposal for who mistyped a command."""
    return _("did you mean :{name}?").format(name=name)


def go_on(session: Session, nothing: str, desk: Desk) -> Turn:
    """Go on with what is on show, as an empty line does."""
    if session.reading:
        return reading.more(session, nothing, desk)
    if session.results and session.results.total:
        return finding.following(session, nothing, desk)
    return Turn(session, tuple(told([_("type words to search for, or :help")], desk.window.page)))


def _help(session: Session, _nothing: str, desk: Desk) -> Turn:
    rows = [*_LINES, *((f":{one.usage}", one.meaning) for one in COMMANDS.values())]
    page = desk.window.page
    lines = [*table_lines(rows, page), "", *block([Piece(_KEYS)], page)]
    return Turn(session, tuple(lines))


def _leave(session: Session, _nothing: str, _desk: Desk) -> Turn:
    return Turn(replace(session, is_over=True), ())


COMMANDS = {
    "next": Command("next", _("the next hits"), finding.following),
    "prev": Command("prev", _("the hits before"), finding.previous),
    "hits": Command("hits", _("the hits again"), finding.again),
    "sort": Command("sort ORDER", _("relevance, newest, oldest or report"), finding.sort),
    "clear": Command("clear", _("remove all conditions"), finding.clear),
    "more": Command("more", _("what follows in the report"), reading.more),
    "back": Command("back", _("what comes before in the report"), reading.back),
    "outline": Command("outline", _("the headings of the report"), reading.outline),
    "cite": Command("cite [N] [STYLE]", _("cite hit N, or what is open"), reading.cited),
    "help": Command("help", _("this help"), _help),
    "quit": Command("quit", _("leave, as Ctrl-D does"), _leave),
}

_LINES = (
    (_("words"), _("search for them, as baogao search does")),
    (_("Enter"), _("go on: more hits, or more of the report")),
    ("3", _("open hit 3")),
    (":22", _("open paragraph 22 of the report")),
    (_("REPORT:22"), _("open the paragraph at an address")),
    ("+year:2016..", _("a condition more: search within what was found")),
    ("-2", _("remove condition 2")),
)

_KEYS = _(
    "The colon of a command may be left out; to search for such a word put it in quotes. "
    "Tab completes fields, their values and words; ↑ and Ctrl-R bring earlier lines back; "
    "Ctrl-C cancels."
)
