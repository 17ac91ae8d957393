"""Where a dialogue stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.errors import BaogaoError
from search.query.prose import is_prose

if TYPE_CHECKING:
    from search import Passage, Results, Sort
    from search.index import Index
    from search.terminal.render import Page

_SIGNS = re.compile(r"[^\w\s]+")


@dataclass(frozen=True, slots=True)
class Window:
    """What is answered in.

    Attributes:
        page: how wide, and whether in colour.
        lines: how many there are.
    """

    page: Page
    lines: int


@dataclass(frozen=True, slots=True)
class Reading:
    """A part of a report that is on show.

    Attributes:
        shown: the paragraphs, in order.
        chosen: the one that was opened.
        count: how many paragraphs the report has.
    """

    shown: tuple[Passage, ...]
    chosen: Passage
    count: int


@dataclass(frozen=True, slots=True)
class Session:
    """What a dialogue has come to.

    Attributes:
        query: the last one.
        conditions: what hits have to fulfil besides, each a query of its own. They hold for
            every query until they are removed.
        sort: in which order hits are.
        starts: of each page of hits so far how many come before it; the last is on show.
        results: the hits on show; None before the first query.
        reading: the report on show; None if hits are.
        is_over: whether the user has left.
    """

    query: str = ""
    conditions: tuple[str, ...] = ()
    sort: Sort = "relevance"
    starts: tuple[int, ...] = (0,)
    results: Results | None = None
    reading: Reading | None = None
    is_over: bool = False

    @property
    def asked(self) -> str:
        """The query and the conditions as one query; "" if there is none."""
        parts = [part for part in (self.query, *self.conditions) if part]
        return parts[0] if len(parts) == 1 else " ".join(map(_grouped, parts))


def _grouped(query: str) -> str:
    """A query as a part of another; the signs of prose would mean something there."""
    return f"({_SIGNS.sub(' ', query) if is_prose(query) else query})"


@dataclass(frozen=True, slots=True)
class Turn:
    """What a line has led to.

    Attributes:
        session: where the dialogue stands now.
        lines: what is answered, safe to show; the colours in it are meant.
    """

    session: Session
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """What a line is understood with.

    Attributes:
        index: what is asked.
        window: what is answered in.
    """

    index: Index
    window: Window


class Refused(BaogaoError):
    """A line that nothing can be done with; the text says what to type instead."""
