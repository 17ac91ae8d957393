"""Where a string occurs: the literal guarantee.

Candidates come from the index: the paragraphs that hold every pair of neighbouring
characters of the string. For one or two characters that is the answer already; a longer
string is then looked for in the folded text itself. So whatever stands in a paragraph is
found, however jieba cut it, and nothing else is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from indexer import Zone, fold, needed_grams

from .ranking import DEFAULT, rarity, saturate, zone_frequency

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from indexer import Snapshot

    from .ranking import Parameters
    from .words import Unit

_PROBES = 3
"""How many of a string's grams, the rarest, pick its candidates before the text is read."""

_PAIR = 2


@dataclass(frozen=True, slots=True)
class Scored:
    """Paragraphs and what each scores: two lists in the order of document numbers."""

    documents: list[int]
    scores: list[float]

    @property
    def highest(self) -> float:
        """The best score, 0 if there is none."""
        return max(self.scores, default=0.0)

    @classmethod
    def unscored(cls, documents: Iterable[int]) -> Scored:
        """Paragraphs that fulfil a condition, which says nothing of their rank."""
        ordered = sorted(documents)
        return cls(ordered, [0.0] * len(ordered))


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


def _can_go_on(form: str) -> bool:
    """Whether a string ends, on either side, in something that may be part of a longer run."""
    return any(_is_latin(character) or character.isdecimal() for character in (form[0], form[-1]))


def _joins(folded: str, outside: int, inside: int, step: int) -> bool:
    """Whether the character outside belongs to the run of letters or number inside."""
    if not 0 <= outside < len(folded):
        return False
    inner, outer = folded[inside], folded[outside]
    if _is_latin(inner):
        return _is_latin(outer)
    if not inner.isdecimal():
        return False
    if outer.isdecimal():
        return True
    beyond = outside + step
    return outer in ".," and 0 <= beyond < len(folded) and folded[beyond].isdecimal()


def _is_latin(character: str) -> bool:
    return "a" <= character <= "z"


class Occurrences:
    """Finds units in one snapshot, remembering what it has read while a query runs.

    Args:
        snapshot: the index.
        parameters: of ranking.
    """

    def __init__(self, snapshot: Snapshot, parameters: Parameters = DEFAULT) -> None:
        self._snapshot = snapshot
        self._parameters = parameters
        self._folded: dict[tuple[int, Zone], str] = {}
        self._frequencies: dict[tuple[str, str], dict[int, float]] = {}

    def find(self, unit: Unit, zones: Iterable[Zone]) -> Scored:
        """The paragraphs that hold a unit in any of the zones, scored by BM25F."""
        parameters = self._parameters
        totals: dict[int, float] = {}
        for zone in zones:
            strings = self._string_counts(unit, zone)
            words = self._word_counts(unit, zone) if strings else {}
            average = self._average_length(zone)
            for document, count in strings.items():
                length = self._snapshot.reader.doc_field_length(document, zone.grams) / average
                totals[document] = totals.get(document, 0.0) + zone_frequency(
                    zone, count, words.get(document, 0.0), length, parameters
                )
        weight = rarity(len(totals), len(self._snapshot))
        ordered = sorted(totals)
        return Scored(
            ordered, [weight * saturate(totals[document], parameters) for document in ordered]
        )

    def text(self, document: int, zone: Zone) -> str:
        """The folded text of a zone of a paragraph."""
        key = document, zone
        folded = self._folded.get(key)
        if folded is None:
            folded = self._folded[key] = fold(self._snapshot.zone_text(document, zone))
        return folded

    def _string_counts(self, unit: Unit, zone: Zone) -> dict[int, float]:
        """Document → how often the unit stands in the zone."""
        counts: dict[int, float] = {}
        for form in unit.forms:
            if len(form) <= _PAIR and not (unit.bounded and _can_go_on(form)):
                found: dict[int, float] = self._term(zone.grams, form)
            else:
                found = self._verified(form, unit, zone)
            for document, count in found.items():
                counts[document] = counts.get(document, 0.0) + count
        return counts

    def _verified(self, form: str, unit: Unit, zone: Zone) -> dict[int, float]:
        single = type(unit)((form,), unit.bounded)
        counts: dict[int, float] = {}
        for document in self._candidates(form, zone):
            count = sum(1 for _ in spans_in(self.text(document, zone), single))
            if count:
                counts[document] = float(count)
        return counts

    def _candidates(self, form: str, zone: Zone) -> set[int]:
        """Documents that hold the rarest grams of a string."""
        reader = self._snapshot.reader
        rarest = sorted(needed_grams(form), key=lambda gram: reader.doc_frequency(zone.grams, gram))
        found: set[int] | None = None
        for gram in rarest[:_PROBES]:
            documents = self._term(zone.grams, gram).keys()
            found = set(documents) if found is None else found & documents
            if not found:
                break
        return found or set()

    def _word_counts(self, unit: Unit, zone: Zone) -> dict[int, float]:
        """Document → how often the unit stands in the zone as a word of its own."""
        counts: dict[int, float] = {}
        for form in unit.forms:
            for document, count in self._term(zone.value, form).items():
                counts[document] = counts.get(document, 0.0) + count
        return counts

    def _term(self, field: str, term: str) -> dict[int, float]:
        """A term's postings: document → frequency."""
        key = field, term
        known = self._frequencies.get(key)
        if known is None:
            known = self._frequencies[key] = self._snapshot.postings(field, term)
        return known

    def _average_length(self, zone: Zone) -> float:
        reader = self._snapshot.reader
        total: int = reader.field_length(zone.grams)
        return max(1.0, total / max(1, len(self._snapshot)))
