"""What the scores of hits are made of.

An answer keeps what its scores were added up from; here it is looked up for single hits,
and what earned it is counted in their texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from indexer import fold
from indexer.zones import heading_text
from search.contributions import Merit
from search.places import Place
from search.ranking import rarity
from search.spans import spans_in
from search.words import Unit

from .explanation import ExplainedHit, Share

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer import Snapshot
    from search.contributions import Contribution
    from search.evaluation import Answer
    from search.results import Hit

_AS_A_WHOLE = frozenset([Merit.CHARACTERS, Merit.NEARNESS, Merit.COMPLETE, Merit.LIKENESS])
"""What a paragraph earns by what need not stand in it: all that was typed, an address."""


@dataclass(frozen=True, slots=True)
class Scores:
    """Tells what the scores of an answer are made of.

    Attributes:
        answer: the answer.
        snapshot: the index that was asked.
    """

    answer: Answer
    snapshot: Snapshot

    def of(self, hit: Hit, document: int) -> ExplainedHit:
        """Tell it of a hit, given its document number too."""
        shares = sorted(self._shares(hit, document), key=lambda share: -share.score)
        return ExplainedHit(hit.rank, hit.address, hit.score, tuple(shares))

    def _shares(self, hit: Hit, document: int) -> Iterator[Share]:
        texts = {
            Place.TEXT: fold(hit.text),
            Place.HEADING: fold(heading_text(hit.heading, hit.text)),
            Place.TITLE: fold(hit.report.title),
        }
        for one in self.answer.contributions:
            held_by = one.found.documents
            place = int(np.searchsorted(held_by, document))
            if place == len(held_by) or held_by[place] != document or not one.found.scores[place]:
                continue
            stands = one.merit not in _AS_A_WHOLE
            often = self._counts(one, texts, document) if stands else {}
            is_rare = stands and one.merit is not Merit.RUN
            yield Share(
                one.merit,
                one.of.forms[0] if isinstance(one.of, Unit) else one.of.text,
                float(one.found.scores[place]),
                often.get(Place.TEXT, 0),
                often.get(Place.HEADING, 0),
                often.get(Place.TITLE, 0),
                len(held_by) if stands else 0,
                rarity(len(held_by), len(self.snapshot)) if is_rare else 0.0,
            )

    def _counts(
        self, one: Contribution, texts: dict[Place, str], document: int
    ) -> dict[Place, int]:
        """How often a thing stands in each place in which it was looked for."""
        if one.stands:
            return {Place.TEXT: sum(1 for _ in one.stands.spans_of(document))}
        unit = one.of
        assert isinstance(unit, Unit)
        return {place: sum(1 for _ in spans_in(texts[place], unit)) for place in one.places}
