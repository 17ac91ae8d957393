"""Characters as they are placed on a page, and the lines that they make.

Lengths are in whatever unit the format has; only their ratios to the size of type count.
The origin is the upper left corner of the page, as seen by who reads the characters in
question: for those that are turned, of the page turned with them.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_STROKES = dict(
    zip(
        "⺁⺄⺋⺍⺎⺒⺓⺟⺠⺩⺪⺫⺬⺭⺯⺰⺱⺲⺶⺷⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻈⻉⻋⻍⻎⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乙㔾小兀巳幺母民王疋目示礻糹纟罓罒羊羊月臼艹艹艹虎衤覀西见角讠贝车辶辶钅長镸长门阝雨青韦页风飞食飠饣马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
"""CJK Radicals Supplement, where it looks like an ideograph. Producers of PDF files pick
the first character that a glyph stands for, and that is often the radical."""

_LIGATURES = range(0xFB00, 0xFB07)
_RADICALS = range(0x2F00, 0x2FD6)
_COMPATIBILITY = range(0xF900, 0xFB00)
_FOLDED = {
    chr(code): unicodedata.normalize("NFKC", chr(code))
    for codes in (_LIGATURES, _RADICALS, _COMPATIBILITY)
    for code in codes
    if chr(code) != unicodedata.normalize("NFKC", chr(code))
} | _STROKES

_IDEOGRAPHIC = ((0x2E80, 0xA4CF), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F))
_WIDE = (*_IDEOGRAPHIC, (0xFF00, 0xFFEF), (0x20000, 0x3FFFF))


@dataclass(frozen=True, slots=True)
class Char:
    """A character at its place.

    Attributes:
        text: the character; a ligature may stand for several.
        left: where it begins, along its line.
        right: where the next would begin.
        base: its base line, across its line: growing towards the line below.
        size: the size of type it is set in.
        strong: whether its type is bold.
        turn: quarter turns, clockwise, between upright and how it stands; `Size.upright`
            gives the place of a turned character.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    strong: bool = False
    turn: int = 0


@dataclass(frozen=True, slots=True)
class Size:
    """How wide and how high a page is."""

    width: float
    height: float

    def upright(self, x: float, y: float, turn: int) -> tuple[float, float]:
        """Give where a point is once the page is turned until its characters are upright.

        Args:
            x: distance from the left side of the page.
            y: distance from its upper side.
            turn: quarter turns of the characters, clockwise.
        """
        far_x, far_y = self.width - x, self.height - y
        return ((x, y), (y, far_x), (far_x, far_y), (far_y, x))[turn % 4]


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a document.

    Attributes:
        number: its place in the document, counted from 1.
        size: how wide and how high it is.
        chars: what is set on it, in the order in which the file has it.
    """

    number: int
    size: Size
    chars: tuple[Char, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What stands on one base line and belongs together.

    Attributes:
        text: its characters, spaces between words; a tab where cells are parted.
        left: where it begins.
        right: where it ends.
        base: its base line.
        size: the size of type of most of it.
        strong: whether all of it is bold.
        edge: where it ends but for punctuation, which may hang over the margin.
        head: how much room its beginning asks for, up to where it may be broken first.
        cell: where its last cell begins.
        turn: quarter turns, see `Char`.
        page: the page's number.
    """

    text: str
    left: float
    right: float
    base: float
    size: float
    strong: bool
    edge: float
    head: float
    cell: float
    turn: int = 0
    page: int = 0


def folded(text: str) -> str:
    """Give the text that a reader sees: ideographs for radicals, letters for a ligature."""
    return _FOLDED.get(text, text)


def is_wide(char: str) -> bool:
    """Whether a character is as wide as high: Chinese ones and their punctuation."""
    code = ord(char)
    return any(first <= code <= last for first, last in _WIDE)
