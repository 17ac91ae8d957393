"""The spans of a text in which a unit stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer.bounds import Outside

    from .words import Unit


def spans_in(folded: str, unit: Unit) -> Iterator[tuple[int, int]]:
    """Every place of a unit in a folded text, as [start, end); forms may overlap."""
    for form in unit.forms:
        start = folded.find(form)
        if start < 0:  # as mostly in titles and headings
            continue
        before, after = unit.bounds.before.get(form[:1]), unit.bounds.after.get(form[-1:])
        while start >= 0:
            end = start + len(form)
            if not _goes_on(folded, before, start - 1, -1) and not _goes_on(folded, after, end, 1):
                yield start, end
            start = folded.find(form, start + 1)


def _goes_on(folded: str, outside: Outside | None, place: int, step: int) -> bool:
    """Whether what stands at a place, and further on in steps, is of what belongs inside."""
    if outside is None or not 0 <= place < len(folded):
        return False
    if folded[place] in outside.direct:
        return True
    beyond = place + step
    return (
        folded[place] in outside.marks
        and 0 <= beyond < len(folded)
        and folded[beyond] in outside.beyond
    )
