"""Equivalents: the other ways to write what a query asks for.

`document_numbers`, `dates`, `plans` and `numbers` (with `numerals`) work them out,
`synonyms` has them from a file. Each finds its own in a folded text; where two claim the
same characters the one that comes first in that list has them, a synonym before a number.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from .found import MAX_FORMS, Equivalent, Form, Kind, Widening
from .synonyms import Synonyms, bundled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Find = Callable[[str, Callable[[int], bool]], Iterator[Equivalent]]

__all__ = [
    "MAX_FORMS",
    "Equivalent",
    "Form",
    "Kind",
    "Synonyms",
    "Widening",
    "bundled",
    "find_equivalents",
]

_NUMERALS = frozenset("0123456789零〇一二两三四五六七八九十百千万亿")
"""All but synonyms have one of them, so that a query without is spared their patterns."""


def find_equivalents(
    folded: str, is_cut: Callable[[int], bool], synonyms: Synonyms
) -> list[Equivalent]:
    """Find what may be written in other ways, in order, nothing twice.

    Args:
        folded: a chunk of a query.
        is_cut: of an offset whether no word goes on there.
        synonyms: what stands for what.
    """
    taken = bytearray(len(folded))
    found: list[Equivalent] = []
    for find in _finders(folded, synonyms):
        for one in find(folded, is_cut):
            if not any(taken[one.start : one.end]):
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
                found.append(one)
    return sorted(found)


def _finders(folded: str, synonyms: Synonyms) -> tuple[Find, ...]:
    """What finds the equivalents in a folded text, the surest first."""
    if _NUMERALS.isdisjoint(folded):
        return (synonyms.find,)
    from .dates import find_dates
    from .document_numbers import find_document_numbers
    from .numbers import find_numbers
    from .plans import find_plans

    return find_document_numbers, find_dates, find_plans, synonyms.find, find_numbers
