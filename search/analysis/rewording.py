"""Rewording: where the wording of a text was changed.

Texts are compared word by word with difflib (Ratcliff and Obershelp, Pattern Matching: The
Gestalt Approach, 1988), folded, so that what is only written in another way is no change.
Signs and spaces that two texts have in common are no ground to set what is around them side
by side. Long texts are compared clause by clause, which keeps the time within bounds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate, takewhile
from typing import TYPE_CHECKING

from corpus.plain import Plain
from indexer import FoldedText

from .tokens import tokens

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from indexer import Segmenter, Span

    Cut = Callable[[str], list[str]]

_MOST = 1_000_000
"""Pairs of parts that are compared at the most: in words, texts of some 1,500 characters."""

_CLAUSE = re.compile("[^，。；！？,.;!?]*[，。；！？,.;!?]*")


@dataclass(frozen=True, slots=True)
class Edit(Plain):
    """A stretch of a text and what it became; either may be empty.

    Attributes:
        before: [start, end) in the first text.
        after: [start, end) in the second.
    """

    before: Span
    after: Span


def edits(before: str, after: str, segmenter: Segmenter) -> tuple[Edit, ...]:
    """What was changed from one text to another, in order.

    Args:
        before: the first text, as published.
        after: the second.
        segmenter: cuts them.
    """
    old, new = FoldedText(before), FoldedText(after)
    if old.text == new.text:
        return ()
    for cut in (lambda text: _words(text, segmenter), _CLAUSE.findall):
        parts = cut(old.text), cut(new.text)
        if len(parts[0]) * len(parts[1]) <= _MOST:
            return _edits(old, new, *parts)
    return (Edit((0, len(before)), (0, len(after))),)


def _words(folded: str, segmenter: Segmenter) -> list[str]:
    """A text as words and what is between them."""
    parts, end = [], 0
    for token in tokens(folded, segmenter):
        parts += [*folded[end : token.start], token.word]
        end = token.end
    return [*parts, *folded[end:]]


def _edits(
    old: FoldedText, new: FoldedText, before: Sequence[str], after: Sequence[str]
) -> tuple[Edit, ...]:
    """The changes between texts that are cut into parts, which make up all of each."""
    old_ends, new_ends = _ends(before), _ends(after)
    matcher = SequenceMatcher(_is_sign, before, after, autojunk=False)
    found = []
    for kind, start, end, first, last in matcher.get_opcodes():
        if kind != "equal":
            same = _same_at_end(before[start:end], after[first:last])
            found.append(
                Edit(
                    _span(old, old_ends[start], old_ends[end - same]),
                    _span(new, new_ends[first], new_ends[last - same]),
                )
            )
    return tuple(found)


def _same_at_end(before: Sequence[str], after: Sequence[str]) -> int:
    """How many parts are the same at the end: the sign behind both is no change."""
    pairs = zip(reversed(before), reversed(after), strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _is_sign(part: str) -> bool:
    return not any(map(str.isalnum, part))


def _ends(parts: Sequence[str]) -> list[int]:
    return list(accumulate(map(len, parts), initial=0))


def _span(text: FoldedText, start: int, end: int) -> Span:
    """The span of the original; an empty one stays empty."""
    first, last = text.original_span(start, max(end, start + 1))
    return (first, last) if end > start else (first, first)
