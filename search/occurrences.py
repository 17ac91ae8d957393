"""Where a string occurs: the literal guarantee.

Candidates come from the index: the paragraphs that hold every pair of neighbouring
characters of the string. For one or two characters that is the answer already; a longer
string is then looked for in the folded text itself. So whatever stands in a paragraph is
found, however jieba cut it, and nothing else is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from indexer import Zone, fold, needed_grams

from .places import Place
from .ranking import DEFAULT, place_frequency, rarity, saturate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from indexer import Snapshot

    from .ranking import Parameters
    from .words import Unit

_PROBES = 3
"""How many of a string's grams, the rarest, pick its candidates before the text is read."""

_PAIR = 2


_ZONES = {Place.HEADING: Zone.HEADING, Place.TEXT: Zone.TEXT}


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
        self._found: dict[tuple[Unit, tuple[Place, ...]], dict[int, float]] = {}

    def find(self, unit: Unit, places: tuple[Place, ...]) -> dict[int, float]:
        """The paragraphs that hold a unit in any of the places.

        Returns:
            Document number → score by BM25F.
        """
        key = unit, places
        if key not in self._found:
            self._found[key] = self._score(unit, places)
        return self._found[key]

    def _score(self, unit: Unit, places: tuple[Place, ...]) -> dict[int, float]:
        totals: dict[int, float] = {}
        for place in places:
            for document, frequency in self._place_frequencies(unit, place).items():
                totals[document] = totals.get(document, 0.0) + frequency
        weight = rarity(len(totals), len(self._snapshot))
        return {
            document: weight * saturate(frequency, self._parameters)
            for document, frequency in totals.items()
        }

    def _place_frequencies(self, unit: Unit, place: Place) -> dict[int, float]:
        """Document → the place's part of the unit's frequency."""
        if place is Place.TITLE:
            return self._title_frequencies(unit)
        zone, parameters = _ZONES[place], self._parameters
        strings = self._string_counts(unit, zone)
        words = self._word_counts(unit, zone) if strings else {}
        lengths = self._snapshot.relative_lengths(strings, zone)
        return {
            document: place_frequency(
                place, count, words.get(document, 0.0), lengths[document], parameters
            )
            for document, count in strings.items()
        }

    def _title_frequencies(self, unit: Unit) -> dict[int, float]:
        """The same of titles, which are few and read from the catalog, not indexed."""
        frequencies: dict[int, float] = {}
        for report in self._snapshot.catalog.reports.values():
            count = float(sum(1 for _ in spans_in(fold(report.title), unit)))
            if count:
                part = place_frequency(Place.TITLE, count, count, 1.0, self._parameters)
                frequencies.update(dict.fromkeys(self._snapshot.report_documents(report.id), part))
        return frequencies

    def _text(self, document: int, zone: Zone) -> str:
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
            count = sum(1 for _ in spans_in(self._text(document, zone), single))
            if count:
                counts[document] = float(count)
        return counts

    def _candidates(self, form: str, zone: Zone) -> set[int]:
        """Documents that hold the rarest grams of a string."""
        snapshot = self._snapshot
        rarest = sorted(
            needed_grams(form), key=lambda gram: snapshot.document_frequency(zone.grams, gram)
        )
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
