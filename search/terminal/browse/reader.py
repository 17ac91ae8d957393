"""The pane of a report: its paragraphs, with what was found in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from search.rendering.parts import name_of
from search.terminal.cells import neutralise, shorten
from search.terminal.language import _
from search.terminal.render import Piece

from .layout import HERE, passage_lines, path_line
from .scroller import Place, Scroller

if TYPE_CHECKING:
    from search import Passage

    from .layout import Line
    from .material import Material


class Reader(Scroller):
    """A report, at one of its paragraphs and perhaps at one of its matches."""

    BINDINGS = [  # noqa: RUF012 (as Textual declares it)
        Binding("down,j", "move(1)"),
        Binding("up,k", "move(-1)"),
        Binding("pagedown,space", "page(1)"),
        Binding("pageup", "page(-1)"),
        Binding("home,g", "first"),
        Binding("end,G", "last"),
    ]

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.material: Material | None = None
        self._match: int | None = None
        self._at = 0

    @property
    def count(self) -> int:
        """How many paragraphs there are."""
        return len(self.material.passages) if self.material else 0

    @property
    def current(self) -> int:
        """The paragraph that the reader is at, from 0."""
        return self._at

    @property
    def passage(self) -> Passage | None:
        """The paragraph that the reader is at."""
        return self.material.passages[self._at] if self.material else None

    @property
    def head(self) -> list[Line]:
        """The report's title, and where in it the reader is."""
        if self.material is None or self.passage is None:
            return []
        cells = self.size.width
        position = f"{self.passage.paragraph}/{self.count}"
        if self._match is not None:
            position = _("match {number} of {count} · {position}").format(
                number=self._match + 1, count=len(self.material.matches), position=position
            )
        if self.passage.page:
            position = _("page {page} · {position}").format(
                page=self.passage.page, position=position
            )
        title = shorten(neutralise(name_of(self.passage.report)), cells)
        return [(Piece(title, "title"),), path_line(self.passage, position, cells)]

    def lay_out(self, item: int) -> list[Line]:
        """The lines of a paragraph."""
        assert self.material
        match = None if self._match is None else self.material.matches[self._match]
        number = match.number if match and match.place == item else None
        passage = self.material.passages[item]
        return passage_lines(passage, self.size.width, number, chosen=item == self._at)

    def show(self, material: Material, paragraph: int) -> None:
        """Show a report from a paragraph on: from the first match in it, if there is one.

        Args:
            material: the report.
            paragraph: its number, from 1.
        """
        self.material = material
        places = [match.place for match in material.matches]
        self._match = places.index(paragraph - 1) if paragraph - 1 in places else None
        self._at = paragraph - 1
        self.reset(Place(self._at, 0))
        self._reveal_match()

    def clear(self) -> None:
        """Show nothing."""
        self.material, self._match, self._at = None, None, 0
        self.reset()

    def jump(self, paragraph: int) -> None:
        """Go to a paragraph, by its number from 1; it is shown at the top."""
        self._match, self._at = None, paragraph - 1
        self.reset(Place(self._at, 0))

    def to_match(self, step: int) -> None:
        """Go to the next match (1) or the one before (-1); after the last comes the first."""
        if self.material is None or not self.material.matches:
            return
        matches = self.material.matches
        if self._match is not None:
            self._match = (self._match + step) % len(matches)
        else:
            behind = sum(match.place < self._at for match in matches)
            self._match = (behind if step > 0 else behind - 1) % len(matches)
        self._at = matches[self._match].place
        self._laid_out.clear()
        self._reveal_match()

    def action_move(self, lines: int) -> None:
        """Move on by so many lines."""
        self.move(lines)

    def action_page(self, pages: int) -> None:
        """Move on by so many windows, with a line in common."""
        self.move(pages * max(1, self.room - 1))

    def action_first(self) -> None:
        """Go to the beginning."""
        self.reset()
        self._stay_in_view()

    def action_last(self) -> None:
        """Go to the end."""
        self.reset(Place(self.count, 0))
        self._stay_in_view()

    def move(self, lines: int) -> None:
        """Move on by so many lines, or back; the reader is at a paragraph in view."""
        super().move(lines)
        self._stay_in_view()

    def _stay_in_view(self) -> None:
        shown = sorted({place.item for place in self.in_view()})
        if shown and self._at not in shown:
            self._match = None
            self._at = shown[0] if self._at < shown[0] else shown[-1]
            self._laid_out.clear()

    def _reveal_match(self) -> None:
        lines = self.lines_of(self._at)
        here = (n for n, line in enumerate(lines) if any(piece.style == HERE for piece in line))
        self.reveal(Place(self._at, next(here, 0)))
