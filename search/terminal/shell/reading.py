"""What the shell does to read: opening a hit or an address, going on, citing."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, get_args

from corpus.messages import Message
from search.citing import Style, cite
from search.query.fields import field_named
from search.terminal.language import _
from search.terminal.render import outline_lines

from . import finding
from .showing import gone_on, opened, said
from .state import Refused, Turn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from search import Passage

    from .state import Desk, Reading, Session

CITE = "cite [N | REPORT:N] [gbt7714 | markdown | bibtex]"


def open_hit(session: Session, number: str, desk: Desk) -> Turn:
    """Open a hit by its number; before there are any, a number is a query."""
    if session.results is None:
        return finding.ask(session, number, desk)
    return _open(session, finding.hit_of(session, int(number), desk), desk)


def open_address(session: Session, address: str, desk: Desk) -> Turn:
    """Open the paragraph at an address; `added:2016` is a condition, though it looks like one."""
    if field_named(re.split("[:：]", address)[0]):
        return finding.ask(session, address, desk)
    return _open(session, desk.index.get(address), desk)


def open_paragraph(session: Session, number: str, desk: Desk) -> Turn:
    """Open a paragraph of the report on show."""
    report = _reading(session).chosen.report
    return _open(session, desk.index.get(f"{report.id}:{number}"), desk)


def _open(session: Session, passage: Passage, desk: Desk) -> Turn:
    near = _marked(session, _around(passage, desk), desk)
    reading, lines = opened(passage, near, desk.index.count(passage.report), desk.window)
    return Turn(replace(session, reading=reading), tuple(lines))


def more(session: Session, _nothing: str, desk: Desk) -> Turn:
    """Show what follows in the report."""
    reading = _reading(session)
    last = reading.shown[-1]
    near = [one for one in _around(last, desk) if one.paragraph > last.paragraph]
    if not near:
        return said(session, desk, _("the report ends here"))
    return _go(session, near, desk, backwards=False)


def back(session: Session, _nothing: str, desk: Desk) -> Turn:
    """Show what comes before in the report."""
    reading = _reading(session)
    first = reading.shown[0]
    near = [one for one in _around(first, desk) if one.paragraph < first.paragraph]
    if not near:
        return said(session, desk, _("the report begins here"))
    return _go(session, near, desk, backwards=True)


def _go(session: Session, near: Sequence[Passage], desk: Desk, *, backwards: bool) -> Turn:
    near = _marked(session, near, desk)
    reading, lines = gone_on(_reading(session), near, desk.window, backwards=backwards)
    return Turn(replace(session, reading=reading), tuple(lines))


def outline(session: Session, _nothing: str, desk: Desk) -> Turn:
    """Show the headings of the report, with their addresses."""
    headings = desk.index.outline(_reading(session).chosen.report.id)
    if not headings:
        return said(session, desk, _("this report has no headings"))
    return Turn(session, tuple(outline_lines(headings, desk.window.page)))


def cited(session: Session, told: str, desk: Desk) -> Turn:
    """Cite a hit by its number, a paragraph by its address, or the one that was opened."""
    words = told.split()
    styles: list[Style] = [style for style in get_args(Style) if style in words]
    targets = [word for word in words if word not in styles]
    if len(targets) > 1 or len(styles) > 1:
        raise Refused(Message("write: {usage}", usage=CITE))
    if not targets:
        passage = _reading(session).chosen
    elif targets[0].isdecimal():
        passage = finding.hit_of(session, int(targets[0]), desk)
    else:
        passage = desk.index.get(targets[0])
    return Turn(session, tuple(cite(passage, *styles).splitlines()))


def _around(passage: Passage, desk: Desk) -> tuple[Passage, ...]:
    """A paragraph and more of its neighbours than a window shows."""
    return desk.index.around(passage, desk.window.lines)


def _marked(session: Session, near: Sequence[Passage], desk: Desk) -> Sequence[Passage]:
    """Paragraphs of one report, those that are hits with what is highlighted in them."""
    if not session.asked:
        return near
    found = desk.index.hits_in(near[0].report.id, session.asked)
    hits = {hit.paragraph: hit for hit in found}
    return [hits.get(passage.paragraph, passage) for passage in near]


def _reading(session: Session) -> Reading:
    if session.reading is None:
        raise Refused(Message("no report is open; the number of a hit opens it"))
    return session.reading
