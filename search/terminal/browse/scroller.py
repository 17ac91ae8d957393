"""A pane of items, each of some lines, of which only those in view are ever laid out.

Where the pane stands is told by an item and a line of it. So a report of thousands of
paragraphs opens, jumps and is made wider as quickly as a short one, and stays at its place.
"""

from __future__ import annotations

from abc import abstractmethod
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from search.rendering.ansi import STYLES

from .layout import HERE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events

    from .layout import Line

WHEEL = 3
"""Lines that a turn of the mouse's wheel moves by."""

_STYLES = {
    **dict.fromkeys(STYLES, Style()),
    "match": Style(bold=True, color="red"),
    "title": Style(bold=True),
    "quiet": Style(dim=True),
    "address": Style(color="cyan"),
    HERE: Style(bold=True, color="red", reverse=True),
}
_BEHIND = {**_STYLES, "address": Style(dim=True)}
"""The styles of a pane without the focus: its cursor steps back."""


class Place(NamedTuple):
    """A line of a pane.

    Attributes:
        item: whose it is, from 0.
        line: which of the item's, from 0.
    """

    item: int
    line: int


class Scroller(Widget, can_focus=True):
    """A pane of items. Who inherits says how many there are, and what lines each makes."""

    def __init__(self, name: str) -> None:
        super().__init__(id=name)
        self._top = Place(0, 0)
        self._laid_out: dict[int, list[Line]] = {}

    @property
    @abstractmethod
    def count(self) -> int:
        """How many items there are."""

    @property
    @abstractmethod
    def current(self) -> int:
        """The item that the pane is at, from 0."""

    @abstractmethod
    def lay_out(self, item: int) -> list[Line]:
        """The lines of an item at the pane's width, one at the least."""

    @property
    def head(self) -> list[Line]:
        """Lines that stay above the items."""
        return []

    @property
    def room(self) -> int:
        """Lines that there are for items."""
        return max(1, self.size.height - len(self.head))

    def reset(self, top: Place = Place(0, 0)) -> None:  # noqa: B008 (a tuple)
        """Show other items, or the same in another way."""
        self._laid_out.clear()
        self._top = self._clamped(top) if self.size.height else top
        self.refresh()

    def move(self, lines: int) -> None:
        """Move on by so many lines, or back."""
        self._top = self._clamped(self._moved(self._top, lines))
        self.refresh()

    def reveal(self, place: Place, lines: int = 1) -> None:
        """Move so that so many lines from a place on are in view, if they are not."""
        shown = list(self.in_view())
        last = self._moved(place, min(lines, self.room) - 1)
        if place not in shown or last not in shown:
            self._top = self._clamped(self._moved(place, -(self.room // 3)))
        self.refresh()

    def in_view(self) -> Iterator[Place]:
        """The lines in view, from the top."""
        return islice(self._from(self._top), self.room)

    def lines_of(self, item: int) -> list[Line]:
        """The lines of an item, laid out once."""
        if item not in self._laid_out:
            self._laid_out[item] = self.lay_out(item)
        return self._laid_out[item]

    def render_line(self, y: int) -> Strip:
        """A line of the screen, for Textual."""
        head = self.head
        if y < len(head):
            return self._strip(head[y])
        place = next(islice(self.in_view(), y - len(head), None), None)
        return self._strip(self.lines_of(place.item)[place.line] if place else ())

    def on_resize(self) -> None:
        """Break the lines anew; what was at the top stays there, or the pane's item in view."""
        self.reset(Place(self._top.item, 0))
        if self.count:
            self.reveal(Place(self.current, 0))

    def on_focus(self) -> None:
        """Show that keys go here."""
        self.refresh()

    def on_blur(self) -> None:
        """Show that keys go elsewhere."""
        self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move on."""
        event.stop()
        self.move(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move back."""
        event.stop()
        self.move(-WHEEL)

    def _strip(self, line: Line) -> Strip:
        styles = _STYLES if self.has_focus else _BEHIND
        segments = [Segment(piece.text, styles[piece.style]) for piece in line]
        whole = Strip(segments).adjust_cell_length(self.size.width)
        return whole.apply_style(self.rich_style)

    def _from(self, place: Place) -> Iterator[Place]:
        """The lines from a place on."""
        for item in range(place.item, self.count):
            first = place.line if item == place.item else 0
            yield from (Place(item, line) for line in range(first, len(self.lines_of(item))))

    def _moved(self, place: Place, lines: int) -> Place:
        """The place so many lines on, or back; the last or the first if there are not so many."""
        item, line = place.item, place.line + lines
        while line < 0 and item > 0:
            item -= 1
            line += len(self.lines_of(item))
        while item < self.count - 1 and line >= len(self.lines_of(item)):
            line -= len(self.lines_of(item))
            item += 1
        last = len(self.lines_of(item)) - 1 if item < self.count else 0
        return Place(item, min(max(0, line), last))

    def _clamped(self, top: Place) -> Place:
        """A place for the top at which the pane is full, if there is enough to fill it."""
        if not self.count:
            return Place(0, 0)
        end = Place(self.count - 1, len(self.lines_of(self.count - 1)) - 1)
        return min(top, self._moved(end, 1 - self.room))
