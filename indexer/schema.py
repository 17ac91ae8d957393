"""The Whoosh schema of a report index: what any of Whoosh's queries can ask of a paragraph.

| field | what it is |
|---|---|
| text, heading | the words of the paragraph, and of the headings above it |
| text_grams, heading_grams | every character of them with the one after it |
| report, year, date, kind, issuer, region | what its report is, as one term; to sort and count by |
| ordinal, path | its place in the report, and its heading path: stored only |
"""

from __future__ import annotations

from functools import lru_cache, partial
from typing import TYPE_CHECKING, Any

from whoosh import fields
from whoosh.analysis import Analyzer, Token

from .folding import FoldedText, fold
from .zones import Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from .segmenter import Segmenter

REPORT = "report"
"""The field of the id of a paragraph's report."""

VALUES = ("year", "date", "kind", "issuer", "region")
"""The fields of what else a report has one of."""


Placed = tuple[str, int]
"""A term, and the character of the folded text that it begins at."""


def placed_grams(folded: str) -> Iterator[Placed]:
    """Every character of a folded text with the one after it, and the last one alone."""
    return ((folded[place : place + 2], place) for place in range(len(folded)))


def placed_words(folded: str, segmenter: Segmenter) -> Iterator[Placed]:
    """The words of a folded text, each after the shorter words within it."""
    terms = iter(segmenter.index_words(folded))
    end = 0
    for whole in segmenter.words(folded):
        start = folded.index(whole, end)
        end = start + len(whole)
        next_of_length: dict[int, int] = {}
        for term in terms:
            place = folded.index(term, next_of_length.get(len(term), start))
            next_of_length[len(term)] = place + 1
            yield term, place
            if term == whole:
                break


class FoldingAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """A Whoosh analyzer that folds a text and cuts it with a given function.

    Headings come again with every paragraph below them, so the last few texts are
    remembered.

    Args:
        cut: folded text to terms with their places.
    """

    def __init__(self, cut: Callable[[str], Iterable[Placed]]) -> None:
        self._terms = lru_cache(maxsize=256)(lambda text: tuple(cut(fold(text))))

    def __call__(
        self, value: str, *, chars: bool = False, start_pos: int = 0, **_options: Any
    ) -> Iterator[Token]:
        """Yield the terms of `value`, as Whoosh asks an analyzer to.

        Args:
            value: a text, as published.
            chars: whether to tell which of its characters each term is from.
            start_pos: the position of the first term.
        """
        folded = FoldedText(value) if chars else None
        token = Token(positions=True, chars=chars)
        for position, (term, place) in enumerate(self._terms(value), start_pos):
            token.text = token.original = term
            token.pos = position
            token.boost = 1.0
            token.stopped = False
            if folded is not None:
                token.startchar, token.endchar = folded.original_span(place, place + len(term))
            yield token


def schema(segmenter: Segmenter) -> fields.Schema:
    """The schema of an index whose text is cut by `segmenter`."""
    definition = fields.Schema(ordinal=fields.STORED, path=fields.STORED)
    words = FoldingAnalyzer(partial(placed_words, segmenter=segmenter))
    characters = FoldingAnalyzer(placed_grams)
    for zone in Zone:
        definition.add(zone.value, fields.TEXT(words, stored=True))
        definition.add(zone.grams, fields.TEXT(characters, phrase=False))
    definition.add(REPORT, fields.ID(stored=True, sortable=True))
    for name in VALUES:
        definition.add(name, fields.ID(sortable=True))
    return definition
