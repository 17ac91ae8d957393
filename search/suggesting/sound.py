"""Which characters sound alike: by their syllables without tones, as input methods take them.

The syllables are those of pypinyin, read from its table. pypinyin itself is not imported:
that takes 0.4 s, most of it for phrases that nothing here is asked for.
"""

from __future__ import annotations

import importlib.util
import json
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_TONES = frozenset("\u0300\u0301\u0304\u030c")
"""The combining marks of the four tones; the two dots of ü are none."""

_NEAR_INITIALS = {"zh": "z", "ch": "c", "sh": "s", "n": "l", "f": "h"}
"""What dialects do not tell apart at the beginning of a syllable; at its end ng and n."""


_IDEOGRAPHS = (0x4E00, 0xE815)
"""The first of the common ideographs, and what comes behind them in pypinyin's table."""


class Sounds:
    """How some characters sound.

    Args:
        characters: those that are asked for.
    """

    def __init__(self, characters: Iterable[str]) -> None:
        together: dict[str, list[str]] = {}
        for character in characters:
            together.setdefault(_written(character), []).append(character)
        self._usual: dict[str, list[str]] = {}
        self._any: dict[str, list[str]] = {}
        self._near: dict[str, list[str]] = {}
        for written, ones in together.items():
            known = _toneless(written)
            for syllable in known:
                self._any.setdefault(syllable, []).extend(ones)
            for syllable in known[:1]:
                self._usual.setdefault(syllable, []).extend(ones)
                self._near.setdefault(near_sound(syllable), []).extend(ones)

    def same(self, character: str) -> list[str]:
        """Those whose usual syllable is the usual one of a character."""
        return [one for known in syllables(character)[:1] for one in self._usual.get(known, ())]

    def sharing(self, character: str) -> list[str]:
        """Those that share any syllable with it."""
        return [one for known in syllables(character) for one in self._any.get(known, ())]

    def near(self, character: str) -> list[str]:
        """Those whose usual syllable is near to its usual one."""
        near = map(near_sound, syllables(character)[:1])
        return [one for known in near for one in self._near.get(known, ())]


def syllables(character: str) -> tuple[str, ...]:
    """The syllables of a character without tones, the usual one first; most signs have none."""
    return _toneless(_written(character))


@lru_cache(maxsize=1 << 12)
def _toneless(written: str) -> tuple[str, ...]:
    if not written:
        return ()
    marked = unicodedata.normalize("NFD", written)
    plain = unicodedata.normalize("NFC", "".join(sign for sign in marked if sign not in _TONES))
    return tuple(dict.fromkeys(plain.split(",")))


@lru_cache(maxsize=1 << 10)
def near_sound(syllable: str) -> str:
    """One form for all syllables that are near to one another."""
    for initial, other in _NEAR_INITIALS.items():
        if syllable.startswith(initial):
            syllable = other + syllable.removeprefix(initial)
            break
    return syllable.removesuffix("g") if syllable.endswith("ng") else syllable


def _written(character: str) -> str:
    """The syllables of a character as pypinyin has them: with tones, the usual one first."""
    return _table().get(str(ord(character)), "")


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    """The part of pypinyin's table for the block of ideographs that words are written in.

    Half of the table is of rare ones, which would take as long again to read.

    Raises:
        ModuleNotFoundError: pypinyin is not installed.
    """
    spec = importlib.util.find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin is not installed", name="pypinyin")
    text = Path(spec.origin).with_name("pinyin_dict.json").read_text("utf-8")
    first, after = (text.index(f'"{number}"') for number in _IDEOGRAPHS)
    table: dict[str, str] = json.loads(f"{{{text[first:after].rstrip().rstrip(',')}}}")
    return table
