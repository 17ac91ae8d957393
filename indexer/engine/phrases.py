"""Phrases: terms that follow one another closely enough."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .positions import Placed


def stands_in(placed: Placed, words: Sequence[bytes], slop: int) -> bool:
    """Whether words follow one another, as Whoosh's `Phrase` has it.

    Args:
        placed: where the terms of a text stand.
        words: the words, at least one.
        slop: how many positions a word may be after the one before it.
    """
    positions = [{place.position for place in placed.get(word, ())} for word in words]
    ends = positions[0]
    for following in positions[1:]:
        ends = {
            position for position in following if any(0 < position - end <= slop for end in ends)
        }
    return bool(ends)
