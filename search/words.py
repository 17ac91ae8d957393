"""What a bare query word asks for: its units, each with the ways it may be written.

A chunk of a query written without spaces is cut by the segmenter into units that are
all required. Numbers and document numbers are kept whole before the segmenter sees
them, and stand for the other ways in which they are written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer import fold
from indexer.bounds import FREE, NUMBER, WORD

if TYPE_CHECKING:
    from indexer import Segmenter
    from indexer.bounds import Bounds

_BRACKETS = (("〔", "〕"), ("[", "]"), ("(", ")"), ("【", "】"))

_WHOLE = re.compile(
    r"(?P<document>[^\W\d_]{1,20}[(\[〔【] ?(?P<year>\d{4}) ?[)\]〕】] ?(?P<serial>第?\d{1,5}) ?号)"
    r"|(?P<grouped>(?<![\d.,])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,]))"
    r"|(?P<plain>(?<![\d.,])\d{4,15}(?:\.\d+)?(?![\d,]))"
)


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing that a hit must have.

    Attributes:
        forms: the folded strings of which any will do; the first is as it was asked.
        bounded: whether letters and digits at its ends must not go on in the text, so
            that 6.9 is not found in 16.9, nor art in party.
        numeric: whether numbers in words must not go on either.
    """

    forms: tuple[str, ...]
    bounded: bool = True
    numeric: bool = False

    @property
    def bounds(self) -> Bounds:
        """What at its ends makes it part of something longer."""
        return (NUMBER if self.numeric else WORD) if self.bounded else FREE


def exact(text: str) -> Unit:
    """The unit of a quoted string: just that, wherever it stands."""
    return Unit((fold(text),), bounded=False)


def units(text: str, segmenter: Segmenter) -> tuple[Unit, ...]:
    """Cut a chunk of a query into what it asks for, in order, each once.

    A chunk in which there is no word, such as a lone sign, is asked for as it is.
    """
    folded = fold(text)
    found: list[Unit] = []
    position = 0
    for match in _WHOLE.finditer(folded):
        found += (Unit((word,)) for word in segmenter.words(folded[position : match.start()]))
        found.append(Unit(_forms(match)))
        position = match.end()
    found += (Unit((word,)) for word in segmenter.words(folded[position:]))
    return tuple(dict.fromkeys(found)) or (Unit((folded,)),)


def _forms(match: re.Match[str]) -> tuple[str, ...]:
    """The ways to write what was matched, as it was written first."""
    whole = match[0]
    if match["document"]:
        issuer = whole[: match.start("year") - match.start()].rstrip("([〔【 ")
        tail = f"{match['serial']}号"
        others = [f"{issuer}{left}{match['year']}{right}{tail}" for left, right in _BRACKETS]
    elif match["grouped"]:
        others = [whole.replace(",", "")]
    else:
        integer, dot, decimals = whole.partition(".")
        others = [f"{int(integer):,}{dot}{decimals}"]
    return tuple(dict.fromkeys([whole, *others]))
