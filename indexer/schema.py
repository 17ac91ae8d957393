"""The Whoosh schema of a report index: what any of Whoosh's queries can ask of a paragraph.

| field | what it is |
|---|---|
| text, heading | the words of the paragraph, and of the headings above it |
| text_grams, heading_grams | every character of them with the one after it |
| report, year, date, kind, issuer, region | what its report is, as one term; to sort and count by |
| ordinal, path | its place in the report, and its heading path: stored only |
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from whoosh import fields
from whoosh.analysis import Analyzer, Token

from .folding import fold
from .zones import Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .segmenter import Segmenter

REPORT = "report"
"""The field of the id of a paragraph's report."""

VALUES = ("year", "date", "kind", "issuer", "region")
"""The fields of what else a report has one of."""


def grams(folded: str) -> Iterator[str]:
    """Every character of a folded text with the one after it, and the last one alone."""
    yield from map("".join, pairwise(folded))
    yield from folded[-1:]


class FoldingAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """A Whoosh analyzer that folds a text and cuts it with a given function.

    Headings come again with every paragraph below them, so the last few texts are
    remembered.

    Args:
        cut: folded text to terms.
    """

    def __init__(self, cut: Callable[[str], Iterable[str]]) -> None:
        self._terms = lru_cache(maxsize=256)(lambda text: tuple(cut(fold(text))))

    def __call__(self, value: str, *, start_pos: int = 0, **_options: Any) -> Iterator[Token]:
        """Yield the terms of `value`, as Whoosh asks an analyzer to."""
        token = Token(positions=True, chars=False)
        for position, term in enumerate(self._terms(value), start_pos):
            token.text = term
            token.pos = position
            token.boost = 1.0
            token.stopped = False
            yield token


def schema(segmenter: Segmenter) -> fields.Schema:
    """The schema of an index whose text is cut by `segmenter`."""
    definition = fields.Schema(ordinal=fields.STORED, path=fields.STORED)
    words, characters = FoldingAnalyzer(segmenter.index_words), FoldingAnalyzer(grams)
    for zone in Zone:
        definition.add(zone.value, fields.TEXT(words, stored=True))
        definition.add(zone.grams, fields.TEXT(characters, phrase=False))
    definition.add(REPORT, fields.ID(stored=True, sortable=True))
    for name in VALUES:
        definition.add(name, fields.ID(sortable=True))
    return definition
