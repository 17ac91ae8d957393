"""The lists of a Word document: [MS-DOC] 2.9.131 (LFO), 2.9.147 (LSTF), 2.9.150 (LVL).

How they count is in `corpus.formats.office.lists`.
"""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

from corpus.formats.office.lists import Counting, Instance, Level
from corpus.formats.word97.binary import u16, u32, wide

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIST = 28
_SIMPLE = 0x01
_LEVELS = 9
_LEVEL = 28
_ARABIC, _NO_RESTART = 0x04, 0x08
_INSTANCE = 16
_OVERRIDE = 8
_STARTS, _FORMATS = 0x10, 0x20
_LONGEST_TEXT = 100
_GAPS = {0: " ", 1: " ", 2: ""}

_STYLES = {
    1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 5: "ordinal",
    10: "ideographDigital", 11: "japaneseCounting", 14: "decimalFullWidth",
    17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle", 19: "decimalFullWidth2",
    22: "decimalZero", 23: "bullet", 26: "decimalEnclosedFullstop", 27: "decimalEnclosedParen",
    28: "decimalEnclosedCircleChinese", 29: "ideographEnclosedCircle", 30: "ideographTraditional",
    31: "ideographZodiac", 33: "taiwaneseCounting", 34: "ideographLegalTraditional",
    35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 57: "numberInDash", 255: "none",
}  # fmt: skip
"""Ways of writing numbers, [MS-OSHARED] 2.2.1.3, by their names in ECMA-376."""


class Numbering:
    """The lists of a document, counting as its paragraphs come by.

    Args:
        table: the table stream.
        lists: where the definitions stand in it, and their size: PlfLst. Their levels follow.
        instances: the instances: PlfLfo.

    Raises:
        struct.error: they break off.
    """

    def __init__(
        self, table: bytes = b"", lists: tuple[int, int] = (0, 0), instances: bytes = b""
    ) -> None:
        self._counting = Counting()
        definitions = _definitions(table, *lists) if lists[1] else {}
        self._instances = list(_instances(instances, definitions)) if instances else []

    def label(self, number: int, level: int) -> tuple[str, str]:
        """Count a paragraph, see `corpus.formats.office.lists.Counting.label`.

        Args:
            number: the instance that numbers it, counted from 1; 0 for none.
            level: the level within it, counted from 0.
        """
        if not 0 < number <= len(self._instances):
            return "", ""
        return self._counting.label(str(number), self._instances[number - 1], level)


def _definitions(table: bytes, start: int, size: int) -> dict[int, dict[int, Level]]:
    definitions: dict[int, dict[int, Level]] = {}
    heads = table[start + 2 : start + 2 + min(size - 2, _LIST * u16(table, start))]
    at = start + size
    for head in range(0, len(heads) - _LIST + 1, _LIST):
        count = 1 if heads[head + 26] & _SIMPLE else _LEVELS
        levels: dict[int, Level] = {}
        for place in range(count):
            levels[place], at = _level(table, at)
        definitions[u32(heads, head)] = levels
    return definitions


def _level(data: bytes, at: int) -> tuple[Level, int]:
    """Read a level; also give where it ends."""
    start, style, flags = struct.unpack_from("<IBB", data, at)
    places = set(data[at + 6 : at + 15]) - {0}
    gap, characters, paragraph, restart = struct.unpack_from("<B8xBBB", data, at + 15)
    text_at = at + _LEVEL + characters + paragraph
    count = u16(data, text_at)
    text = wide(data, text_at + 2, min(count, _LONGEST_TEXT))
    level = Level(
        start=min(start, 0x7FFF),
        style=_STYLES.get(style, "decimal"),
        text="".join(
            f"%{ord(char) + 1}" if place in places and ord(char) < _LEVELS else char
            for place, char in enumerate(text, start=1)
        ),
        gap=_GAPS.get(gap, " "),
        restart=restart if flags & _NO_RESTART else None,
        arabic=bool(flags & _ARABIC),
    )
    return level, text_at + 2 + 2 * count


def _instances(data: bytes, definitions: dict[int, dict[int, Level]]) -> Iterator[Instance]:
    count = min(u32(data, 0), (len(data) - 4) // _INSTANCE)
    at = 4 + count * _INSTANCE
    for number in range(count):
        head = 4 + number * _INSTANCE
        own = u32(data, head)
        starts: dict[int, int] = {}
        levels = dict(definitions.get(own, {}))
        at += 4
        for _ in range(data[head + 12]):
            start, flags = struct.unpack_from("<II", data, at)
            at += _OVERRIDE
            place = flags & 0xF
            if flags & _FORMATS:
                levels[place], at = _level(data, at)
            if flags & _STARTS:
                starts[place] = levels[place].start if flags & _FORMATS else min(start, 0x7FFF)
        yield Instance(str(own), levels, starts)
