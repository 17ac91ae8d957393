"""A dialogue with an index: what a line that is typed does, and what is answered.

    words                a query; the conditions hold for it too
    (an empty line)      go on: more hits, or more of the report
    3                    open hit 3
    REPORT:22, :22       open a paragraph; of the report on show its number will do
    +year:2016..         add a condition
    -2                   remove the second condition
    :next, cite 3        a command of `commands`; the colon may be left out

Nothing here reads from a terminal or writes to one, and no state is changed: a state and a
line give the next state and the answer.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from corpus.errors import BaogaoError
from corpus.messages import Message
from search.terminal.app import complaint

from . import finding, reading
from .commands import COMMANDS, go_on, meant
from .showing import said
from .state import Refused, Turn

if TYPE_CHECKING:
    from .commands import Act
    from .state import Desk, Session

_USUAL_COLUMNS = 80

_SHAPES: tuple[tuple[re.Pattern[str], Act], ...] = (
    (re.compile("()"), go_on),
    (re.compile(r"(\d{1,9})"), reading.open_hit),
    (re.compile(r"[:：]\s*(\d+)"), reading.open_paragraph),
    (re.compile(r"([0-9a-fA-F]{4,12}[:：]\d+)"), reading.open_address),
    (re.compile(r"[-－−]\s*(\d{1,2})"), finding.widen),
    (re.compile(r"[+＋](.*)", re.DOTALL), finding.narrow),
)
"""Lines that are no words: how they look, and what they do with the part in parentheses."""

_COLONS = ":："


def step(session: Session, line: str, desk: Desk) -> Turn:
    """What a line leads to. What is wrong with it is told, and changes nothing."""
    line = line.strip()
    try:
        for shape, act in _SHAPES:
            if found := shape.fullmatch(line):
                return act(session, found[1].strip(), desk)
        return _command(session, line, desk) or finding.ask(session, line, desk)
    except BaogaoError as error:
        columns = desk.window.page.width or _USUAL_COLUMNS
        return said(session, desk, *complaint(error, columns))


def _command(session: Session, line: str, desk: Desk) -> Turn | None:
    """Do a command, if a line is one; what has a colon before it has to be."""
    name, _, argument = line.lstrip(_COLONS).partition(" ")
    command = COMMANDS.get(name.lower())
    if command:
        return command.act(session, argument.strip(), desk)
    if line[0] not in _COLONS:
        return None
    problem = Message("there is no command {name}", name=f":{name}")
    near = [meant(known) for known in get_close_matches(name.lower(), COMMANDS)]
    return said(session, desk, *complaint(Refused(problem), _USUAL_COLUMNS), *near)
