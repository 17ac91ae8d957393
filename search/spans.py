"""The spans of a text in which a unit stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .words import Unit


def spans_in(folded: str, unit: Unit) -> Iterator[tuple[int, int]]:
    """Every place of a unit in a folded text, as [start, end); forms may overlap."""
    for form in unit.forms:
        start = folded.find(form)
        while start >= 0:
            end = start + len(form)
            if not unit.bounded or not _goes_on(folded, start, end):
                yield start, end
            start = folded.find(form, start + 1)


def _goes_on(folded: str, start: int, end: int) -> bool:
    """Whether a letter or digit at either end of [start, end) has more of it outside."""
    return _joins(folded, start - 1, start, -1) or _joins(folded, end, end - 1, 1)


def _joins(folded: str, outside: int, inside: int, step: int) -> bool:
    """Whether the character outside belongs to the run of letters or number inside."""
    if not 0 <= outside < len(folded):
        return False
    inner, outer = folded[inside], folded[outside]
    if _is_latin(inner):
        return _is_latin(outer)
    if not _is_digit(inner):
        return False
    if _is_digit(outer):
        return True
    beyond = outside + step
    return outer in ".," and 0 <= beyond < len(folded) and _is_digit(folded[beyond])


def _is_latin(character: str) -> bool:
    return "a" <= character <= "z"


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"
