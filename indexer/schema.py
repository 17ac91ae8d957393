"""What an index document holds: one paragraph, in two zones, each indexed two ways.

A zone is a part of a paragraph that is indexed: its text, and the headings above it.
Each is indexed as jieba words, which tell where a string is a word of its own, and as
grams, every single character and every pair of neighbours of the folded text, spaces and
signs included, which leave no string out.

What a report has but once (title, issuer, dates, kind …) is not repeated in every
paragraph: it is kept in the catalog and reached by the report's id.
"""

from __future__ import annotations

from functools import lru_cache
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


class FoldingAnalyzer(Analyzer):  # type: ignore[misc]  # Whoosh has no types
    """A Whoosh analyzer that folds a text and cuts it with a given function.

    Headings come again with every paragraph below them, so the last few texts are
    remembered.

    Args:
        cut: folded text to terms.
    """

    def __init__(self, cut: Callable[[str], Iterable[str]]) -> None:
        self._terms = lru_cache(maxsize=256)(lambda text: tuple(cut(fold(text))))

    def __call__(self, value: str, **_options: Any) -> Iterator[Token]:
        """Yield the terms of `value`, as Whoosh asks an analyzer to."""
        token = Token(positions=False, chars=False)
        for term in self._terms(value):
            token.text = term
            token.boost = 1.0
            token.stopped = False
            yield token

    def __getstate__(self) -> dict[str, Any]:
        """Nothing: Whoosh pickles a schema it stores, and ours is never read back."""
        return {}


def schema(segmenter: Segmenter) -> fields.Schema:
    """The Whoosh schema of an index whose text is cut by `segmenter`."""
    definition = fields.Schema(
        **{REPORT: fields.ID(stored=True), "ordinal": fields.STORED, "path": fields.STORED}
    )
    words, characters = FoldingAnalyzer(segmenter.index_words), FoldingAnalyzer(str.split)
    for zone in Zone:
        definition.add(zone.value, fields.TEXT(words, phrase=False, stored=zone is Zone.TEXT))
        definition.add(zone.grams, fields.TEXT(characters, phrase=False))
    return definition
