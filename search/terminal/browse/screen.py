"""The full-screen reader: what its keys do, and what is fetched meanwhile."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.app import App
from textual.binding import Binding
from textual.containers import Horizontal
from textual.widgets import Input, Static
from textual.worker import get_current_worker

from corpus.errors import BaogaoError
from search.citing import cite
from search.errors import QueryError
from search.terminal.app import complaint
from search.terminal.cells import is_hazard, neutralise, shorten, width
from search.terminal.counts import paragraphs_found
from search.terminal.language import _

from .chooser import Chooser
from .dialogs import Help, Outline, headings_of
from .layout import hit_lines
from .material import material
from .reader import Reader

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.timer import Timer

    from search import Hit, Results
    from search.index import Index

    from .layout import Line
    from .material import Material

AT_ONCE = 100
"""Hits that are fetched at a time."""
_AHEAD = 10
"""Hits below the cursor at which more are fetched."""
_PAUSE = 0.08
"""Seconds that the cursor rests on a hit until its report is opened."""

KEYS = (
    (_("Enter"), _("search; in the list, read the report")),
    ("n p", _("next match, match before")),
    ("o", _("outline of the report")),
    ("y", _("copy the citation of the paragraph")),
    ("/", _("write a query")),
    ("Tab", _("from pane to pane")),
    ("↑ ↓ j k", _("line by line, hit by hit")),
    ("PgUp PgDn", _("page by page; the space bar too")),
    ("g G", _("first, last")),
    ("?", _("this help")),
    ("q", _("leave")),
)
_HINTS = (
    _("? help"), _("q leave"), _("/ query"), _("Enter read"), _("n p match"), _("o outline"),
    _("y cite"), _("Tab pane"),
)  # fmt: skip
"""The keys in the last line, as many as there is room for."""


class Query(Input):
    """The field of the query; what is pasted there may be from a report."""

    def validate_value(self, value: str) -> str:
        """A query without what could drive the terminal, none of which is ever found."""
        spaced = (" " if character.isspace() else character for character in value)
        return "".join(character for character in spaced if not is_hazard(character))


class Browser(App[None]):
    """A query, the hits on the left, the report on the right.

    Args:
        index: what is searched.
        query: what to search for at first; "" to be asked.
    """

    ENABLE_COMMAND_PALETTE = False
    CSS = """
    #asking { height: 1; }
    #sign { width: 2; }
    #query, #query:focus { border: none; height: 1; padding: 0; }
    #panes { height: 1fr; }
    #hits { width: 2fr; min-width: 24; border-right: solid gray; }
    #report { width: 3fr; padding: 0; }
    #status, #hint { height: 1; }
    #hint { text-style: dim; }
    Outline, Help { align: center middle; }
    #outline { width: 80%; height: 80%; border: round gray; }
    #help { width: auto; height: auto; border: round gray; padding: 0 1; }
    """
    BINDINGS: ClassVar = [
        Binding("slash", "ask"),
        Binding("n", "match(1)"),
        Binding("p", "match(-1)"),
        Binding("o", "outline"),
        Binding("y", "copy"),
        Binding("question_mark", "keys"),
        Binding("escape", "leave_query"),
        Binding("q", "quit"),
        Binding("ctrl+c", "quit", priority=True),
    ]

    def __init__(self, index: Index, query: str = "") -> None:
        super().__init__(ansi_color=True)
        self._index = index
        self._first = query
        self._results: Results | None = None
        self._resting: Timer | None = None
        self._is_fetching = False

    def compose(self) -> ComposeResult:
        """The widgets, from the top."""
        with Horizontal(id="asking"):
            yield Static("› ", id="sign", markup=False)
            yield Query(id="query")
        with Horizontal(id="panes"):
            yield Chooser["Hit"]("hits", _hit_lines)
            yield Reader("report")
        yield Static(id="status", markup=False)
        yield Static(id="hint", markup=False)

    def on_mount(self) -> None:
        """Ask the first query, or for one."""
        self._say(_("type words to search for, then Enter"))
        field = self.query_one(Query)
        field.value = self._first
        field.focus()
        if field.value.strip():
            self._search(field.value)

    def on_resize(self) -> None:
        """Show as many hints as there is room for."""
        hint = ""
        for one in _HINTS:
            longer = f"{hint} · {one}" if hint else one
            hint = longer if width(longer) <= self.size.width else hint
        self.query_one("#hint", Static).update(hint)

    @property
    def hits(self) -> Chooser[Hit]:
        """The pane on the left."""
        return self.query_one("#hits", Chooser)

    @property
    def reader(self) -> Reader:
        """The pane on the right."""
        return self.query_one(Reader)

    # What keys do

    def action_ask(self) -> None:
        """Go to the query."""
        self.query_one(Query).focus()

    def action_leave_query(self) -> None:
        """Go from the query to the hits, from the report too."""
        self.hits.focus()

    def action_match(self, step: int) -> None:
        """Go to the next match or the one before."""
        self.reader.to_match(step)

    def action_outline(self) -> None:
        """Show the outline of the report."""
        reader = self.reader
        if reader.material is None or reader.passage is None:
            return
        headings = headings_of(reader.material)
        if not headings:
            self._say(_("this report has no headings"))
            return
        self.push_screen(Outline(headings, reader.passage.paragraph), self._jump)

    def _jump(self, paragraph: int | None) -> None:
        if paragraph is not None:
            self.reader.jump(paragraph)
            self.reader.focus()

    def action_copy(self) -> None:
        """Copy the citation of the paragraph that the reader is at."""
        if passage := self.reader.passage:
            citation = cite(passage)
            self.copy_to_clipboard(citation)
            self._say(_("copied: {citation}").format(citation=citation))

    def action_keys(self) -> None:
        """Show what keys do."""
        self.push_screen(Help(KEYS))

    # Searching

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Search for what was written."""
        if event.value.strip():
            self._search(event.value)

    def _search(self, query: str) -> None:
        self._say(_("searching …"))
        self._fetch("search", partial(self._index.search, query, limit=AT_ONCE), self._found)

    def _found(self, results: Results) -> None:
        self._results = results
        self._is_fetching = False
        self.reader.clear()
        self.hits.show(results.hits)
        if results.total:
            self.hits.focus()
            self._say(paragraphs_found(results.total))
        else:
            self._say(_("nothing found for {query}").format(query=results.query))

    def on_chooser_moved(self) -> None:
        """Open the report of the hit when the cursor has come to rest, and fetch more hits."""
        if self._resting:
            self._resting.stop()
        self._resting = self.set_timer(_PAUSE, self._open)
        results, hits = self._results, self.hits
        is_near_end = hits.cursor >= hits.count - _AHEAD
        if results and is_near_end and hits.count < results.total and not self._is_fetching:
            self._is_fetching = True
            search = partial(self._index.search, results.query, limit=AT_ONCE, offset=hits.count)
            self._fetch("more", search, self._found_more)

    def _found_more(self, results: Results) -> None:
        self._is_fetching = False
        if self._results and results.query == self._results.query:
            self.hits.add(results.hits)

    def on_chooser_chosen(self) -> None:
        """Read the report of the hit."""
        self.reader.focus()

    def _open(self) -> None:
        """Open the report of the hit at the cursor, unless it is open."""
        self._resting = None
        hit, opened = self.hits.chosen, self.reader.material
        if hit is None or self._results is None:
            return
        query = self._results.query
        if opened and opened.query == query and opened.passages[0].report == hit.report:
            self.reader.show(opened, hit.paragraph)
            return
        fetch = partial(material, self._index, query, hit.report.id)
        self._fetch("open", fetch, partial(self._opened, hit))

    def _opened(self, hit: Hit, opened: Material) -> None:
        if self.hits.chosen == hit:
            self.reader.show(opened, hit.paragraph)

    def _fetch(self, kind: str, fetch: Callable[[], object], then: Callable[..., None]) -> None:
        """Fetch something in a thread, and do something with it; only the last of a kind."""

        def run() -> None:
            worker = get_current_worker()
            try:
                fetched = fetch()
            except BaogaoError as error:
                if not worker.is_cancelled:
                    self.call_from_thread(self._complain, error)
                return
            if not worker.is_cancelled:
                self.call_from_thread(then, fetched)

        self.run_worker(run, thread=True, exclusive=True, group=kind)

    def _complain(self, error: BaogaoError) -> None:
        self._is_fetching = False
        field = self.query_one(Query)
        if isinstance(error, QueryError) and error.query == field.value:
            field.cursor_position = error.start
        self._say(next(iter(complaint(error, self.size.width))))

    def _say(self, line: str) -> None:
        """Say something in a line; what is too long for it is cut."""
        self.query_one("#status", Static).update(shorten(neutralise(line), self.size.width))


def _hit_lines(hit: Hit, cells: int, chosen: bool) -> list[Line]:  # noqa: FBT001 (one of a kind)
    return hit_lines(hit, cells, chosen=chosen)
