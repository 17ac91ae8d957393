"""How the text of a Word document is set, from all that has a say in it: [MS-DOC] 2.4.6.

A paragraph is set by its style, its own properties, and those of the piece that its end is
in; characters by the paragraph's style, a style of theirs, their own properties, and piece.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.formats.word97.sprms import Sprm, settings, symbol_of
from corpus.formats.word97.styles import PLAIN, Style, over

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from corpus.formats.word97.formatting import Runs
    from corpus.formats.word97.pieces import Text
    from corpus.formats.word97.styles import Styles


@dataclass(frozen=True, slots=True)
class Paragraph:
    """How a paragraph is set.

    Attributes:
        style: its style.
        level: its level as a heading, 0 for none.
        depth: how many tables it stands in.
        ends_cell: whether it ends a cell of a table within a table.
        ends_row: whether it ends a row of the innermost table, and holds no text.
        list_id: the list that numbers it, 0 for none.
        list_level: the level within that.
    """

    style: Style = PLAIN
    level: int = 0
    depth: int = 0
    ends_cell: bool = False
    ends_row: bool = False
    list_id: int = 0
    list_level: int = 0


@dataclass(frozen=True, slots=True)
class Look:
    """How characters are set.

    Attributes:
        shown: whether they are: neither hidden nor deleted.
        deleted: whether they were deleted.
        strong: whether they are bold.
        symbol: the font and code of what is shown in their place, or None.
    """

    shown: bool = True
    deleted: bool = False
    strong: bool = False
    symbol: tuple[str, int] | None = None


class Setting:
    """How all of a text is set.

    Args:
        text: the text.
        characters: its runs of characters.
        paragraphs: its paragraphs.
        styles: its styles.
        fonts: the names of its fonts.
        data: the data stream.
    """

    def __init__(
        self,
        text: Text,
        *,
        characters: Runs,
        paragraphs: Runs,
        styles: Styles,
        fonts: Sequence[str],
        data: bytes,
    ) -> None:
        self._text = text
        self._characters = characters
        self._paragraphs = paragraphs
        self._styles = styles
        self._fonts = fonts
        self._data = data
        self._settings: dict[bytes, Mapping[int, int]] = {}
        self._known: dict[tuple[bytes, bytes], Paragraph] = {}
        self._looks: dict[tuple[bytes, bytes, Style], Look] = {}

    def ends_paragraph(self, place: int) -> bool:
        """Whether a paragraph ends with a character, by the paragraphs' own bounds."""
        piece = self._text.piece_at(place)
        if piece is None:
            return True
        offset = piece.offset_of(place)
        return self._paragraphs.at(offset).end == offset + piece.width

    def paragraph(self, place: int) -> Paragraph:
        """Say how the paragraph is set that a character ends."""
        piece = self._text.piece_at(place)
        if piece is None:
            return Paragraph()
        key = self._paragraphs.at(piece.offset_of(place)).properties, piece.properties
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self._paragraph(*key)
        return known

    def _paragraph(self, properties: bytes, of_piece: bytes) -> Paragraph:
        own = {**self._read(properties[2:]), **self._read(of_piece)}
        number = int.from_bytes(properties[:2], "little")
        style = self._styles[own.get(Sprm.PARAGRAPH_STYLE, number)]
        both = {**style.paragraph, **own}
        depth = both.get(Sprm.DEPTH, 1 if both.get(Sprm.IN_TABLE) else 0)
        ends_row = both.get(Sprm.ENDS_ROW if depth <= 1 else Sprm.ENDS_INNER_ROW, 0)
        return Paragraph(
            style=style,
            level=style.level(own),
            depth=depth,
            ends_cell=depth > 1 and bool(both.get(Sprm.ENDS_INNER_CELL)),
            ends_row=depth > 0 and bool(ends_row),
            list_id=both.get(Sprm.LIST, 0),
            list_level=both.get(Sprm.LIST_LEVEL, 0),
        )

    def looks(self, start: int, stop: int, style: Style) -> Iterator[tuple[int, int, Look]]:
        """Give the runs of characters between two places of a paragraph, with their looks.

        Args:
            start: the first place.
            stop: the place after the last.
            style: the paragraph's style.
        """
        while start < stop:
            piece = self._text.piece_at(start)
            if piece is None:
                return
            offset = piece.offset_of(start)
            run = self._characters.at(offset)
            count = max(1, (run.end - offset) // piece.width)
            end = min(start + count, piece.end, stop)
            yield start, end, self._look(run.properties, piece.properties, style)
            start = end

    def _look(self, own: bytes, of_piece: bytes, style: Style) -> Look:
        key = own, of_piece, style
        known = self._looks.get(key)
        if known is None:
            known = self._looks[key] = self._look_of(own, of_piece, style)
        return known

    def _look_of(self, own: bytes, of_piece: bytes, style: Style) -> Look:
        direct = {**self._read(own), **self._read(of_piece)}
        named = (
            self._styles[direct[Sprm.CHARACTER_STYLE]] if Sprm.CHARACTER_STYLE in direct else PLAIN
        )
        both = over(over(style.character, named.character), direct)
        deleted = bool(both.get(Sprm.DELETED))
        symbol = None
        if both.get(Sprm.SPECIAL) and Sprm.SYMBOL in both:
            font, code = symbol_of(both[Sprm.SYMBOL])
            symbol = (self._fonts[font] if font < len(self._fonts) else "", code)
        return Look(
            shown=not deleted and not both.get(Sprm.HIDDEN),
            deleted=deleted,
            strong=bool(both.get(Sprm.BOLD)),
            symbol=symbol,
        )

    def _read(self, properties: bytes) -> Mapping[int, int]:
        known = self._settings.get(properties)
        if known is None:
            known = self._settings[properties] = settings(properties, self._data)
        return known
