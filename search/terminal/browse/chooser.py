"""A pane of items of which one is chosen: hits, or the headings of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual.binding import Binding
from textual.message import Message

from .scroller import Place, Scroller

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual import events

    from .layout import Line

Item = TypeVar("Item")


class Chooser(Scroller, Generic[Item]):
    """A list with a cursor.

    Args:
        name: the id of the widget.
        lines: the lines of an item, given how wide they are and whether the cursor is on it.
    """

    BINDINGS = [  # noqa: RUF012 (as Textual declares it)
        Binding("down,j", "step(1)"),
        Binding("up,k", "step(-1)"),
        Binding("pagedown,space", "page(1)"),
        Binding("pageup", "page(-1)"),
        Binding("home,g", "first"),
        Binding("end,G", "last"),
        Binding("enter", "choose"),
    ]

    class Moved(Message):
        """The cursor came to an item, or the items are others."""

    class Chosen(Message):
        """The item under the cursor is wanted."""

    def __init__(self, name: str, lines: Callable[[Item, int, bool], list[Line]]) -> None:
        super().__init__(name)
        self._lines = lines
        self.items: tuple[Item, ...] = ()
        self.cursor = 0

    @property
    def count(self) -> int:
        """How many items there are."""
        return len(self.items)

    @property
    def current(self) -> int:
        """The item under the cursor."""
        return self.cursor

    def lay_out(self, item: int) -> list[Line]:
        """The lines of an item."""
        return self._lines(self.items[item], self.size.width, item == self.cursor)

    @property
    def chosen(self) -> Item | None:
        """The item under the cursor; None if there is none."""
        return self.items[self.cursor] if self.items else None

    def show(self, items: Sequence[Item], cursor: int = 0) -> None:
        """Show other items, with the cursor on one of them."""
        self.items = tuple(items)
        self.reset()
        self._go(cursor)

    def add(self, items: Sequence[Item]) -> None:
        """Show more items below."""
        self.items += tuple(items)
        self.refresh()

    def action_step(self, items: int) -> None:
        """Move the cursor by so many items."""
        self._go(self.cursor + items)

    def action_page(self, pages: int) -> None:
        """Move the cursor to the item that is a window away, or to the next one."""
        shown = len({place.item for place in self.in_view()})
        self._go(self.cursor + pages * max(1, shown - 1))

    def action_first(self) -> None:
        """Move the cursor to the first item."""
        self._go(0)

    def action_last(self) -> None:
        """Move the cursor to the last item."""
        self._go(self.count - 1)

    def action_choose(self) -> None:
        """Tell that the item under the cursor is wanted."""
        if self.items:
            self.post_message(self.Chosen())

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the item that is clicked."""
        shown = list(self.in_view())
        offset = event.get_content_offset(self)
        if offset and offset.y < len(shown):
            self._go(shown[offset.y].item)

    def _go(self, item: int) -> None:
        before, self.cursor = self.cursor, max(0, min(item, self.count - 1))
        for changed in (before, self.cursor):
            self._laid_out.pop(changed, None)
        if self.items:
            self.reveal(Place(self.cursor, 0), len(self.lines_of(self.cursor)))
        self.post_message(self.Moved())
