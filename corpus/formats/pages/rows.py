"""From characters on a page to rows: what stands on one base line and belongs together.

Characters that follow each other in the file and on the page make a piece. Pieces that
touch are one, whichever the file has first. Pieces that follow each other in the file on
one base line are cells of one row.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from corpus.characters import CLOSING, OPENING, ZERO_WIDTH
from corpus.formats.pages.placed import Char, Page, Row, folded, is_wide
from corpus.numbering import Style, mark_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

# All of these are shares of the size of type.
_LEVEL = 0.25
"""How far base lines of one line may lie apart."""
_RAISED = 0.6
"""How far notes and indices are set above or below the line they belong to."""
_SMALLER = 0.85
_OVERLAP = 0.6
"""How far back a character may reach into the one before it."""
_PART = 1.0
"""From which gap on a line falls into pieces."""
_SPREAD = 2.5
"""The widest gap between Latin words, where they are spread to fill a line."""
_TOUCH = 0.5
_NEXT = 3.0
"""How far below a line the next may lie."""
_WORD = 0.17
"""The gap that parts Latin words."""
_TRACKED = 0.3
"""The gap between all characters from which a line counts as spaced out."""
_SPACED = 3.5
"""The widest gap within a word of two that is spaced out: 通   知."""
_SAME = 0.2
"""How near the same character must stand to be the same, printed twice to look bold."""

_FAR = 1e6
"""What is no place on any page."""
_SOFT_HYPHEN = "\u00ad"
_NOT_FIRST = frozenset(CLOSING + "，。、；：！？…—,.;:!?%％)")
_NOT_LAST = frozenset(OPENING)
_LONGEST_HEAD = 40
_LONGEST_NUMBER = 10
_DIVISIONS = frozenset({Style.PART, Style.SUBPART, Style.CHAPTER, Style.SECTION, Style.ARTICLE})
_DOWNWARDS = 0.6


def rows_of(page: Page) -> list[Row]:
    """Give the rows of a page, in the order of the file; first those that stand as most do."""
    rows: list[Row] = []
    turned: dict[int, list[Char]] = {}
    for char in _downwards(_seen_once(page.chars), page):
        turned.setdefault(char.turn % 4, []).append(char)
    for chars in sorted(turned.values(), key=len, reverse=True):
        pieces = _merged(_pieces(chars))
        rows.extend(_row(cells, page.number) for cells in _cells(pieces))
    return [row for row in rows if row.text]


def _seen_once(chars: Iterable[Char]) -> list[Char]:
    """Drop what cannot be seen, and what is printed over itself."""
    places: dict[tuple[str, int, int], tuple[float, float]] = {}
    kept: list[Char] = []
    for char in filter(_is_somewhere, chars):
        text = folded(char.text)
        if text.isspace():
            kept.append(char)
        elif _is_visible(text) and not _is_again(text, char, places):
            kept.append(char if text == char.text else replace(char, text=text))
    return kept


def _is_somewhere(char: Char) -> bool:
    """Whether a character has a place and a size that can be reckoned with."""
    return 1 / _FAR < char.size < _FAR and all(
        abs(place) < _FAR for place in (char.left, char.right, char.base)
    )


def _is_visible(text: str) -> bool:
    return text == _SOFT_HYPHEN or (bool(text.strip(ZERO_WIDTH)) and text.isprintable())


def _is_again(
    text: str, char: Char, places: dict[tuple[str, int, int], tuple[float, float]]
) -> bool:
    """Whether the same character stands about there already; if not, note that it does."""
    column, line = round(char.left / char.size), round(char.base / char.size)
    near = _SAME * char.size
    for x in (column - 1, column, column + 1):
        for y in (line - 1, line, line + 1):
            place = places.get((text, x, y))
            if (
                place is not None
                and abs(place[0] - char.left) < near
                and abs(place[1] - char.base) < near
            ):
                return True
    places[text, column, line] = (char.left, char.base)
    return False


def _downwards(chars: list[Char], page: Page) -> list[Char]:
    """Turn upright characters that are set below one another into a turned line."""
    plain = [char for char in chars if not char.turn and not char.text.isspace()]
    steps = list(pairwise(plain))
    below = sum(
        abs(char.left - last.left) < _LEVEL * char.size
        and 0 < char.base - last.base < (1 + _PART) * char.size
        and is_wide(char.text[0])
        for last, char in steps
    )
    if not steps or below < _DOWNWARDS * len(steps):
        return chars
    return [
        char
        if char.turn
        else replace(
            char,
            left=char.base - char.size,
            right=char.base,
            base=page.size.width - char.left,
            turn=1,
        )
        for char in chars
    ]


@dataclass(slots=True)
class _Piece:
    """Characters of one base line, in order, without a gap that would part them."""

    order: int
    base: float
    size: float
    chars: list[Char] = field(default_factory=list)
    """Spaces included, save at the ends."""
    _spaces: list[Char] = field(default_factory=list)
    _gap: float = 0.0

    @property
    def left(self) -> float:
        return self.chars[0].left

    @property
    def right(self) -> float:
        return self.chars[-1].right

    def takes(self, char: Char) -> bool:
        """Whether a character goes on from the last one; if so, it is taken."""
        last = self.chars[-1]
        size = max(char.size, self.size)
        gap = char.left - last.right
        if gap < -_OVERLAP * size or not self._is_level(char, gap):
            return False
        if not self._spaces and gap > _PART * size and abs(gap - self._gap) > _LEVEL * size:
            return False
        if self._spaces and char.left - self._spaces[-1].right > self._stretch(char) * size:
            return False
        # A space that the next character is printed over takes no room.
        self.chars.extend(
            space for space in self._spaces if 2 * char.left > space.left + space.right
        )
        self._spaces.clear()
        self._gap = gap
        self.chars.append(char)
        if char.size > self.size:
            self.base, self.size = char.base, char.size
        return True

    def space(self, char: Char) -> None:
        """Note a space; it counts only if a character follows."""
        self._spaces.append(char)

    def _stretch(self, char: Char) -> float:
        """Give how far from a space the next character may be: words are spread, to fill lines."""
        return _SPREAD if _parts_words(self.chars[-1].text, char.text) else _PART

    def _is_level(self, char: Char, gap: float) -> bool:
        apart = abs(char.base - self.base)
        size = max(char.size, self.size)
        if apart <= _LEVEL * size:
            return True
        smaller = min(char.size, self.size) < _SMALLER * size
        return smaller and apart <= _RAISED * size and abs(gap) < _TOUCH * size


def _pieces(chars: Iterable[Char]) -> list[_Piece]:
    pieces: list[_Piece] = []
    for order, char in enumerate(chars):
        if char.text.isspace():
            if pieces:
                pieces[-1].space(char)
        elif not pieces or not pieces[-1].takes(char):
            pieces.append(_Piece(order, char.base, char.size, [char]))
    return pieces


def _merged(pieces: list[_Piece]) -> list[_Piece]:
    """Make one of pieces that touch, as where a word in other type was put in later."""
    alone = _in_columns(pieces)
    kept: list[_Piece] = []
    for level in _levels(pieces):
        last: _Piece | None = None
        for piece in sorted(level, key=lambda piece: piece.left):
            touches = last is not None and abs(piece.left - last.right) < _TOUCH * last.size
            if last is not None and touches and piece.order not in alone:
                last.chars.extend(piece.chars)
                last.order = min(last.order, piece.order)
                last.size = max(last.size, piece.size)
            else:
                kept.append(piece)
                last = piece
    return sorted(kept, key=lambda piece: piece.order)


def _in_columns(pieces: Sequence[_Piece]) -> frozenset[int]:
    """Give the pieces that begin where the one before them in the file does, a line below.

    In narrow columns punctuation may hang over the edge and touch the column beside it.
    """
    return frozenset(
        order
        for last, piece in pairwise(pieces)
        if abs(piece.left - last.left) < _LEVEL * piece.size
        and _LEVEL * piece.size < piece.base - last.base < _NEXT * piece.size
        for order in (last.order, piece.order)
    )


def _levels(pieces: Iterable[_Piece]) -> list[list[_Piece]]:
    """Gather pieces by their base line, from top to bottom."""
    levels: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda piece: piece.base):
        if levels and _is_level(levels[-1][0], piece):
            levels[-1].append(piece)
        else:
            levels.append([piece])
    return levels


def _is_level(one: _Piece, other: _Piece) -> bool:
    return abs(one.base - other.base) <= _LEVEL * max(one.size, other.size)


def _cells(pieces: Iterable[_Piece]) -> list[list[_Piece]]:
    """Gather the pieces that follow each other on one base line."""
    rows: list[list[_Piece]] = []
    for piece in pieces:
        last = rows[-1][-1] if rows else None
        if last is not None and _is_level(last, piece) and piece.left >= last.right:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _row(cells: Sequence[_Piece], page: int) -> Row:
    text, last = "", cells[0]
    for cell in cells:
        content = _text(cell)
        text += _between(last, cell, text, content) + content if text else content
        last = cell
    chars = [char for cell in cells for char in cell.chars if not char.text.isspace()]
    size = median(char.size for char in chars)
    return Row(
        text=text,
        left=min(cell.left for cell in cells),
        right=max(char.right for char in chars),
        base=median(char.base for char in chars),
        size=size,
        strong=all(char.strong for char in chars),
        edge=_edge(cells[-1].chars),
        head=_head(cells[0].chars),
        cell=cells[-1].left,
        turn=chars[0].turn % 4,
        page=page,
    )


def _between(last: _Piece, cell: _Piece, before: str, after: str) -> str:
    """Give what stands for the gap between two cells."""
    mark = mark_of(before)
    if mark is not None and mark.text == before:
        return "\u3000"
    gap = cell.left - last.right
    if before[-1].isalpha() and after[0].isalpha() and _parts_words(before, after):
        return " " if gap < _SPREAD * last.size else "\t"
    one = min(len(last.chars), len(cell.chars)) == 1
    wide = is_wide(before[-1]) and is_wide(after[0])
    return "" if one and wide and gap < _SPACED * last.size else "\t"


def _text(piece: _Piece) -> str:
    """Put characters together, a space where a gap parts words."""
    chars = piece.chars
    gaps = [
        char.left - last.right
        for last, char in pairwise(chars)
        if not char.text.isspace() and not last.text.isspace()
    ]
    middle = median(gaps) if gaps else 0.0
    tracking = middle if middle > _TRACKED * piece.size else 0.0
    least = _WORD * piece.size
    out = [chars[0].text]
    for last, char in pairwise(chars):
        gap = char.left - last.right
        if gap > least and (
            (gap - tracking > least and _parts_words(last.text, char.text))
            or (_is_number(out, char.text) and gap - max(gaps[: len(out) - 1]) > least)
        ):
            out.append(" ")
        out.append("\u3000" if char.text == "\u3000" else " " if char.text.isspace() else char.text)
    return "".join(out).strip()


def _parts_words(last: str, text: str) -> bool:
    return not (last.isspace() or text.isspace() or is_wide(last[-1]) or is_wide(text[0]))


def _is_number(texts: Sequence[str], following: str) -> bool:
    """Whether what there is of a line so far is the number of a chapter or article (第一章)."""
    if len(texts) > _LONGEST_NUMBER or following.isspace():
        return False
    text = "".join(texts)
    mark = mark_of(text)
    return mark is not None and mark.text == text and mark.style in _DIVISIONS


def _edge(chars: Sequence[Char]) -> float:
    """Give where a line ends but for its last mark."""
    last = chars[-1]
    return last.left if last.text[-1] in _NOT_FIRST else last.right


def _head(chars: Sequence[Char]) -> float:
    """Give the room that the beginning of a line takes, up to where it may be broken."""
    end = 1
    for last, char in pairwise(chars[:_LONGEST_HEAD]):
        if _breaks(last.text, char.text):
            break
        end += 1
    return chars[end - 1].right - chars[0].left


def _breaks(last: str, text: str) -> bool:
    """Whether a line may be broken between two characters."""
    if text.isspace() or last.isspace():
        return True
    if text[0] in _NOT_FIRST or last[-1] in _NOT_LAST:
        return False
    return is_wide(last[-1]) or is_wide(text[0])
