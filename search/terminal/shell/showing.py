"""What the shell shows: as many hits, or as much of a report, as fit its window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from search.terminal.cells import neutralise, shorten
from search.terminal.counts import summary
from search.terminal.hits import hit_lines
from search.terminal.language import _
from search.terminal.render import (
    Piece,
    block,
    passage_lines,
    path_lines,
    report_lines,
)

from .state import Reading, Turn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from search import Passage, Results
    from search.terminal.render import Page

    from .state import Desk, Session, Window

_KEPT = 4
"""Lines of a window that are for the prompt, the bar below it, and what is said of hits."""
_FEWEST = 8
"""Lines for what is shown, at the least."""
_MOST_HITS = 20

PROMPT = "baogao"


def told(lines: Iterable[str], page: Page) -> Iterator[str]:
    """What is said in plain words: made safe to show, and wrapped."""
    for line in lines:
        yield from block([Piece(neutralise(line), "quiet")], page, "", "  ")


def said(session: Session, desk: Desk, *lines: str) -> Turn:
    """An answer in plain words, after which all is as it was."""
    return Turn(session, tuple(told(lines, desk.window.page)))


def first_hits(session: Session, desk: Desk) -> tuple[Results, list[str]]:
    """The hits from the session's place on that fit, and their lines."""
    window = desk.window
    results = desk.index.search(
        session.asked, limit=_MOST_HITS, offset=session.starts[-1], sort=session.sort
    )
    lines: list[str] = []
    for number, hit in enumerate(results):
        wanted = [*hit_lines(hit, window.page), ""]
        if number and len(lines) + len(wanted) > _room(window):
            results = replace(results, hits=results.hits[:number])
            break
        lines += wanted
    return results, [*lines, *told(summary(results), window.page)]


def opened(
    chosen: Passage, near: Sequence[Passage], count: int, window: Window
) -> tuple[Reading, list[str]]:
    """A paragraph with as many neighbours as fit, and the lines of them all.

    Args:
        chosen: the paragraph.
        near: it and its neighbours.
        count: how many paragraphs the report has.
        window: what they have to fit.
    """
    page = window.page
    path = ((heading, ()) for heading in chosen.heading)
    head = [*report_lines(chosen.report, page), *path_lines(path, page), ""]
    at = next(n for n, one in enumerate(near) if one.paragraph == chosen.paragraph)
    shown, lines = _fitting(near, at, _room(window) - len(head), page, chosen)
    return Reading(shown, chosen, count), head + lines


def gone_on(
    reading: Reading, near: Sequence[Passage], window: Window, *, backwards: bool
) -> tuple[Reading, list[str]]:
    """What comes after the part of a report on show, or before it, as much as fits.

    Args:
        reading: the part on show.
        near: what comes there, in order.
        window: what it has to fit.
        backwards: whether it comes before.
    """
    page = window.page
    at = len(near) - 1 if backwards else 0
    shown, lines = _fitting(near, at, _room(window), page, reading.chosen)
    path = shown[0].heading
    if path != reading.shown[-1].heading or backwards:
        lines = [*path_lines(((heading, ()) for heading in path), page), *lines]
    return replace(reading, shown=shown), lines


def _fitting(
    near: Sequence[Passage], at: int, room: int, page: Page, chosen: Passage
) -> tuple[tuple[Passage, ...], list[str]]:
    """The paragraph at a place and those on either side that fit so many lines, and the lines."""
    lines = [
        list(passage_lines(one, page, chosen=one.paragraph == chosen.paragraph)) for one in near
    ]
    first, end = at, at + 1
    left = room - len(lines[at])
    grows = True
    while grows:
        grows = False
        if end < len(near) and len(lines[end]) <= left:
            left -= len(lines[end])
            end, grows = end + 1, True
        if first and len(lines[first - 1]) <= left:
            left -= len(lines[first - 1])
            first, grows = first - 1, True
    return tuple(near[first:end]), [line for part in lines[first:end] for line in part]


def _room(window: Window) -> int:
    return max(_FEWEST, window.lines - _KEPT)


def prompt_text(session: Session, columns: int) -> str:
    """What stands before what is typed: the conditions that hold, in half a line."""
    conditions = "".join(f" {number}:{text}" for number, text in enumerate(session.conditions, 1))
    return shorten(neutralise(f"{PROMPT}{conditions}"), max(len(PROMPT), columns // 2)) + "> "


def bar_text(session: Session, columns: int) -> str:
    """What stands below the prompt: what is on show, and what may be done."""
    return shorten(neutralise(f" {_bar(session)}"), columns)


def _bar(session: Session) -> str:
    if reading := session.reading:
        return _("paragraphs {first}–{last} of {count} · Enter more · back · cite · hits").format(
            first=reading.shown[0].paragraph, last=reading.shown[-1].paragraph, count=reading.count
        )
    if session.results and session.results.hits:
        hits = session.results.hits
        return _(
            "{first}–{last} of {total} · Enter next · prev · :help · {first} opens · +… within"
        ).format(first=hits[0].rank, last=hits[-1].rank, total=session.results.total)
    return _("words to search for · Tab completes · ↑ earlier lines · :help · Ctrl-D leaves")
