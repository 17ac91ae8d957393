"""What stands below the text of a document, in the order of GB/T 9704-2012.

The names of what is attached (附件说明), the body that signs (发文机关署名) with the date
below it (成文日期), a note (附注), and on the last page whom it is copied to (抄送), who
printed it and when (印发机关和印发日期). What is attached may stand between any of them, so
each is looked for in the whole document, and the first counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE, squeeze
from corpus.numerals import DATE, find_date, is_date
from corpus.official import bodies_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

_LONGEST_DATE = 100
_LONGEST_IMPRINT = 100
_MOST_SIGNATURES = 12
_MOST_ANNEXES = 60
_LONGEST_ANNEX = 300

_ANNEX = re.compile(r"附\s?件\s?(?P<own>\d{1,2})?\s?[：:]\s?(?P<names>.*)$", re.DOTALL)
_ITEM = re.compile(r"(?:^|(?<=[\s；;]))\s?\d{1,2}\s?[.．、]\s?(?!\d)")
_ITEM_END = "。；;，, \t\u3000"
_NOTE = re.compile(r"(?<=[日〇○\d])\s?（[^（）]{2,60}）$")
"""A note (附注) behind the date, where two lines have become one."""
_IMPRINT = re.compile(r"(?P<date>[^年]{4}年.{1,3}月.{1,3}日)印发$")


@dataclass(frozen=True)
class Closing:
    """What stands below the text of a document.

    Attributes:
        texts: the paragraphs of the document.
    """

    texts: Sequence[str]

    @cached_property
    def _dated(self) -> tuple[int, date] | None:
        """The place of the first line that is a date, or a body and a date, and the date."""
        for place, text in enumerate(self.texts):
            if len(text) <= _LONGEST_DATE and self._signed_with(text) is not None:
                day = find_date(squeeze(text))
                if day is not None:
                    return place, day
        return None

    @staticmethod
    def _signed_with(text: str) -> str | None:
        """Give what a line says before the date it ends with, None if it is no such line."""
        bare = _NOTE.sub("", text.strip(INVISIBLE)).strip("（）()")
        if is_date(squeeze(bare)):
            return ""
        match = DATE.search(bare)
        before = bare[: match.start()].strip(INVISIBLE) if match is not None else ""
        ends = match is not None and match.end() == len(bare)
        return before if ends and bodies_in(before) else None

    @property
    def written(self) -> date | None:
        """The date it closes with."""
        return self._dated[1] if self._dated is not None else None

    @cached_property
    def issuers(self) -> tuple[str, ...]:
        """The bodies whose names stand above that date."""
        if self._dated is None:
            return ()
        place = self._dated[0]
        found = list(bodies_in(self._signed_with(self.texts[place]) or ""))
        for text in reversed(self.texts[max(0, place - _MOST_SIGNATURES) : place]):
            bodies = bodies_in(text)
            if not bodies:
                break
            found[:0] = bodies
        return tuple(dict.fromkeys(found))

    @cached_property
    def annexes(self) -> tuple[str, ...]:
        """The names of what it says to be attached, without their numbers."""
        for place, text in enumerate(self.texts):
            match = _ANNEX.match(text)
            if match is not None:
                return tuple(_cleaned(self._listed(place, match)))
        return ()

    def _listed(self, place: int, match: re.Match[str]) -> Iterator[str]:
        """Give the names in the list of annexes that opens at this place, in line after line."""
        yield from _ITEM.split(match["names"][:_LONGEST_ANNEX])
        for text in self.texts[place + 1 : place + 1 + _MOST_ANNEXES]:
            line = text.strip(INVISIBLE)[:_LONGEST_ANNEX]
            own = _ANNEX.match(line)
            if own is not None and own["own"]:
                line = own["names"]
            elif _ITEM.match(line) is None:
                return
            yield from _ITEM.split(line)

    @cached_property
    def printed(self) -> date | None:
        """The date it was printed."""
        lines = (squeeze(text) for text in self.texts if len(text) <= _LONGEST_IMPRINT)
        dated = (_IMPRINT.search(line) for line in lines if line.endswith("印发"))
        return next((find_date(match["date"]) for match in dated if match is not None), None)


def _cleaned(names: Iterator[str]) -> Iterator[str]:
    for name in names:
        bare = re.sub(r"\s+", " ", name).strip(_ITEM_END)
        if bare:
            yield bare
