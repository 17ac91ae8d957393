"""What the shell does to find: queries, conditions, orders, pages of hits."""

from __future__ import annotations

from dataclasses import replace
from difflib import get_close_matches
from typing import TYPE_CHECKING, get_args

from corpus.messages import Message
from search.query import parse
from search.results import Sort
from search.terminal.accounts import account_lines
from search.terminal.language import _

from .showing import first_hits, said, told
from .state import Refused, Turn

if TYPE_CHECKING:
    from search import Hit, Results

    from .state import Desk, Session


def ask(session: Session, query: str, desk: Desk) -> Turn:
    """Search for what was typed; the conditions hold for it too."""
    parse(query)  # so that the place of a mistake is told in what was typed
    return _search(replace(session, query=query), desk)


def narrow(session: Session, condition: str, desk: Desk) -> Turn:
    """Search within what was found."""
    if not condition:
        raise Refused(Message("a condition follows the +, such as +year:2016.."))
    parse(condition)
    return _search(replace(session, conditions=(*session.conditions, condition)), desk)


def widen(session: Session, number: str, desk: Desk) -> Turn:
    """Search without one of the conditions."""
    kept = list(session.conditions)
    if not 1 <= int(number) <= len(kept):
        raise Refused(
            Message(
                "there is no condition {number}; what is to be excluded is put in quotes",
                number=int(number),
            )
        )
    del kept[int(number) - 1]
    return _search(replace(session, conditions=tuple(kept)), desk)


def clear(session: Session, _nothing: str, desk: Desk) -> Turn:
    """Search without conditions."""
    return _search(replace(session, conditions=()), desk)


def sort(session: Session, order: str, desk: Desk) -> Turn:
    """Put the hits in another order."""
    for known in get_args(Sort):
        if known == order.lower():
            return _search(replace(session, sort=known), desk)
    raise Refused(Message("the order is one of {orders}", orders=", ".join(get_args(Sort))))


def following(session: Session, _nothing: str, desk: Desk) -> Turn:
    """Show the next hits."""
    results = _results(session)
    if not results.hits or results.hits[-1].rank >= results.total:
        return said(session, desk, _("these are the last hits"))
    return _search(session, desk, (*session.starts, results.hits[-1].rank))


def previous(session: Session, _nothing: str, desk: Desk) -> Turn:
    """Show the hits before."""
    _results(session)
    if len(session.starts) == 1:
        return said(session, desk, _("these are the first hits"))
    return _search(session, desk, session.starts[:-1])


def again(session: Session, _nothing: str, desk: Desk) -> Turn:
    """Show the hits again."""
    _results(session)
    return _search(session, desk, session.starts)


def hit_of(session: Session, rank: int, desk: Desk) -> Hit:
    """The hit of a rank.

    Raises:
        Refused: there is none.
    """
    results = _results(session)
    shown = next((hit for hit in results if hit.rank == rank), None)
    if shown:
        return shown
    if 0 < rank <= results.total:
        found = desk.index.search(session.asked, limit=1, offset=rank - 1, sort=session.sort)
        return found.hits[0]
    raise Refused(
        Message(
            "hits go up to {total:,}; to search for a number put it in quotes", total=results.total
        )
    )


def _search(session: Session, desk: Desk, starts: tuple[int, ...] = (0,)) -> Turn:
    """Show the hits behind so many: from the first on unless told."""
    session = replace(session, starts=starts, results=None, reading=None)
    if not session.asked:
        return said(session, desk, _("no conditions, and nothing to search for"))
    results, lines = first_hits(session, desk)
    if not results.total:
        lines += told(_proposals(session, desk), desk.window.page)
    return Turn(replace(session, results=results), tuple(lines))


def _proposals(session: Session, desk: Desk) -> list[str]:
    """What to do about a query that finds nothing."""
    from .commands import COMMANDS, meant

    name = session.query.partition(" ")[0].lower()
    commands = [meant(near) for near in get_close_matches(name, COMMANDS)]
    return [*account_lines(desk.index.account(session.asked)), *commands]


def _results(session: Session) -> Results:
    if session.results is None:
        raise Refused(Message("there are no hits yet; type words to search for"))
    return session.results
