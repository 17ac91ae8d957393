"""The postings of a term as Whoosh steps through them."""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from whoosh import formats
from whoosh.matching import LeafMatcher, ReadTooFar
from whoosh.system import pack_uint

from .errors import Unsupported

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from whoosh.formats import Format
    from whoosh.scoring import BaseScorer

    from .positions import Place
    from .segment import ArraySegment


class PostingsMatcher(LeafMatcher):  # type: ignore[misc]  # Whoosh has no types
    """Steps through the documents that a term stands in.

    It tells nothing of the quality of blocks, so that no document is passed over that
    belongs to the best: Whoosh does pass over some when it skips blocks of a list with
    deletions in it.

    Args:
        segment: where the term stands.
        term: its field and its bytes.
        number: its number among the terms of its field.
        format_: of the field.
        scorer: tells the score of where the matcher stands.
    """

    def __init__(
        self,
        segment: ArraySegment,
        term: tuple[str, bytes],
        number: int,
        format_: Format,
        scorer: BaseScorer | None,
    ) -> None:
        documents, counts = segment.terms(term[0]).documents_of(number)
        self._segment = segment
        self._number = number
        self._term = term
        # After the last it stands at no document: some of Whoosh's matchers ask without need.
        self._ids: list[int] = [*documents.tolist(), segment.doc_count_all()]
        self._counts: list[int] = counts.tolist()
        self._at = 0
        self.format: Format = format_
        self.scorer = scorer

    def copy(self) -> PostingsMatcher:
        """See `whoosh.matching.Matcher`."""
        copied = PostingsMatcher(self._segment, self._term, self._number, self.format, self.scorer)
        copied._at = self._at
        return copied

    def is_active(self) -> bool:
        """See `whoosh.matching.Matcher`."""
        return self._at < len(self._counts)

    def reset(self) -> None:
        """See `whoosh.matching.Matcher`."""
        self._at = 0

    def id(self) -> int:
        """See `whoosh.matching.Matcher`."""
        return self._ids[self._at]

    def all_ids(self) -> Iterator[int]:
        """See `whoosh.matching.Matcher`."""
        return iter(self._ids[self._at : -1])

    def next(self) -> bool:
        """See `whoosh.matching.Matcher`.

        Raises:
            ReadTooFar: it is at the end.
        """
        if not self.is_active():
            raise ReadTooFar
        self._at += 1
        return False

    def skip_to(self, document: int) -> None:
        """See `whoosh.matching.Matcher`.

        Raises:
            ReadTooFar: it is at the end.
        """
        if not self.is_active():
            raise ReadTooFar
        self._at = bisect_left(self._ids, document, self._at, len(self._counts))

    def weight(self) -> float:
        """See `whoosh.matching.Matcher`."""
        return float(self._counts[self._at] * self.format.field_boost)

    def value(self) -> bytes | None:
        """See `whoosh.matching.Matcher`: as the field's format writes the posting, if it does.

        Raises:
            Unsupported: what that holds is not kept of a posting.
        """
        try:
            encoded = _ENCODED[type(self.format)]
        except KeyError:
            raise Unsupported(f"postings of {self.format} are not kept") from None
        return encoded(self)

    def value_as(self, form: str) -> Any:
        """See `whoosh.matching.Matcher`.

        Raises:
            Unsupported: that is not kept of a posting.
        """
        try:
            answer = _VALUES[form]
        except KeyError:
            raise Unsupported(f"{form} of postings are not kept") from None
        return answer(self)

    def items_as(self, form: str) -> Iterator[tuple[int, Any]]:
        """See `whoosh.matching.Matcher`."""
        while self.is_active():
            yield self.id(), self.value_as(form)
            self.next()

    def supports(self, form: str) -> bool:
        """See `whoosh.matching.Matcher`."""
        return form in _VALUES and bool(self.format.supports(form))

    def supports_block_quality(self) -> bool:
        """Never: see the class."""
        return False

    def max_quality(self) -> float:
        """No limit, so that nothing is given up for it."""
        return math.inf

    def frequency(self) -> int:
        """How often the term occurs."""
        return self._counts[self._at]

    def positions(self) -> list[int]:
        """Its positions."""
        return [place.position for place in self.characters()]

    def characters(self) -> list[Place]:
        """Its positions, each with its first character and the one after its last."""
        field, term = self._term
        return self._segment.places(field, self.id()).get(term, [])


_VALUES: dict[str, Callable[[PostingsMatcher], Any]] = {
    "frequency": PostingsMatcher.frequency,
    "weight": PostingsMatcher.weight,
    "positions": PostingsMatcher.positions,
    "characters": PostingsMatcher.characters,
}

_ENCODED: dict[type[Format], Callable[[PostingsMatcher], bytes | None]] = {
    formats.Existence: lambda _: None,
    formats.Frequency: lambda posting: pack_uint(posting.frequency()),
    formats.Positions: lambda posting: posting.format.encode(posting.positions()),
    formats.Characters: lambda posting: posting.format.encode(posting.characters()),
    formats.PositionBoosts: lambda posting: posting.format.encode(
        [(position, 1.0) for position in posting.positions()]
    ),
    formats.CharacterBoosts: lambda posting: posting.format.encode(
        [(*place, 1.0) for place in posting.characters()]
    )[0],
}
"""What the formats hold: of the boosts of single places, only what weighs 1 is kept."""
