"""What opens above the panes: the outline of a report, and help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding
from textual.screen import ModalScreen
from textual.widgets import Static

from search.outlining import Heading, outline
from search.terminal.cells import pad, width
from search.terminal.language import _

from .chooser import Chooser
from .layout import heading_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.app import ComposeResult

    from .layout import Line
    from .material import Material

_LEAVE = Binding("escape,q,o", "dismiss")


class Outline(ModalScreen["int | None"]):
    """The headings of a report; gives the number of the paragraph that is chosen.

    Args:
        headings: of the report; at least one.
        paragraph: where the reader is.
    """

    BINDINGS = [_LEAVE]  # noqa: RUF012 (as Textual declares it)

    def __init__(self, headings: Sequence[Heading], paragraph: int) -> None:
        super().__init__()
        self._headings = headings
        self._paragraph = paragraph

    def compose(self) -> ComposeResult:
        """Its only widget."""
        yield Chooser[Heading]("outline", _lines)

    def on_mount(self) -> None:
        """Begin at the heading above the paragraph."""
        above = sum(_paragraph(heading) <= self._paragraph for heading in self._headings)
        chooser: Chooser[Heading] = self.query_one("#outline", Chooser)
        chooser.border_title = _("Outline")
        self.call_after_refresh(chooser.show, self._headings, max(0, above - 1))
        chooser.focus()

    def on_chooser_moved(self, event: Chooser.Moved) -> None:
        """Keep from the screen below what is not meant for it."""
        event.stop()

    def on_chooser_chosen(self, event: Chooser.Chosen) -> None:
        """Give the paragraph of the heading."""
        event.stop()
        chooser: Chooser[Heading] = self.query_one("#outline", Chooser)
        assert chooser.chosen
        self.dismiss(_paragraph(chooser.chosen))


def headings_of(material: Material) -> tuple[Heading, ...]:
    """The headings of a report that is read."""
    return outline(material.passages)


def _paragraph(heading: Heading) -> int:
    """The number of the paragraph at a heading's address."""
    return int(heading.address.partition(":")[2])


def _lines(heading: Heading, cells: int, chosen: bool) -> list[Line]:  # noqa: FBT001 (one of a kind)
    return heading_lines(heading, cells, chosen=chosen)


class Help(ModalScreen[None]):
    """The keys and what they do; any of those that leave closes it.

    Args:
        rows: a key and what it does.
    """

    BINDINGS = [Binding("escape,q,question_mark,enter", "dismiss")]  # noqa: RUF012

    def __init__(self, rows: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._rows = rows

    def compose(self) -> ComposeResult:
        """Its only widget."""
        widest = max(width(key) for key, _meaning in self._rows)
        lines = [f"{pad(key, widest)}  {meaning}" for key, meaning in self._rows]
        shown = Static("\n".join(lines), id="help", markup=False)
        shown.border_title = _("Keys")
        yield shown
