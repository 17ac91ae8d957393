"""Where the units of a query occur in an index, and what that is worth.

The literal guarantee: a string's places come from the index itself (`indexer.strings`),
so whatever stands in a paragraph is found, however jieba cut it, and nothing else is.
"""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from indexer import Zone, find_bounded
from indexer.bounds import FREE

from .places import Place
from .ranking import DEFAULT, place_frequency, rarity, saturate, worth
from .spans import spans_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from indexer import Counted, Postings, Snapshot
    from indexer.bounds import Bounds

    from .ranking import Parameters
    from .words import Unit

_Values = tuple["NDArray[np.int64]", "NDArray[Any]"]
"""Rising numbers of documents, and a value of each."""

_Counts = tuple["NDArray[np.int64]", "NDArray[np.float64]", "NDArray[np.float64]"]
"""Rising numbers of documents, how often something stands in each, and as words of their own."""

_NOWHERE: _Counts = np.zeros(0, np.int64), np.zeros(0), np.zeros(0)

_ZONES = {Place.HEADING: Zone.HEADING, Place.TEXT: Zone.TEXT}


class Found(NamedTuple):
    """The paragraphs in which something occurs.

    Attributes:
        documents: their numbers, rising.
        scores: of each, by BM25F.
    """

    documents: NDArray[np.int64]
    scores: NDArray[np.float64]

    @property
    def best(self) -> float:
        """The highest score; 0 if there is none."""
        return float(self.scores.max()) if len(self.scores) else 0.0


_NOTHING = Found(np.zeros(0, np.int64), np.zeros(0))


class Occurrences:
    """Finds units in one snapshot, remembering what it has found while a query runs.

    Args:
        snapshot: the index.
        parameters: of ranking.

    Attributes:
        parameters: the same.
    """

    def __init__(self, snapshot: Snapshot, parameters: Parameters = DEFAULT) -> None:
        self._snapshot = snapshot
        self.parameters = parameters
        self._found: dict[tuple[Unit, tuple[Place, ...]], Found] = {}
        self._parts: dict[tuple[Unit, Place], Found] = {}
        self._counted: dict[tuple[Unit, Zone], _Counts] = {}

    def find(self, unit: Unit, places: tuple[Place, ...]) -> Found:
        """The paragraphs that hold a unit in any of the places."""
        key = unit, places
        if key not in self._found:
            self._found[key] = self._score(unit, places)
        return self._found[key]

    def holding(self, unit: Unit, place: Place) -> NDArray[np.int64]:
        """The numbers of the paragraphs that hold a unit in a place, rising."""
        if place is Place.TITLE:
            return self._part(unit, place).documents
        return self._counts(unit, _ZONES[place])[0]

    def holding_all(self, units: Sequence[Unit]) -> NDArray[np.int64]:
        """The numbers of the paragraphs that hold all units, in any place, rising."""
        held = np.ones(self._snapshot.size, bool)
        for unit in units:
            there = np.zeros(self._snapshot.size, bool)
            there[self.find(unit, tuple(Place)).documents] = True
            held &= there
        return np.flatnonzero(held)

    def count(self, zone: Zone, forms: tuple[str, ...], bounds: Bounds = FREE) -> Counted:
        """The paragraphs in which any of some strings stands in a zone, and how often.

        A word whose ends nothing can go on from, as most ideographs, is counted once with
        the pair of characters that it is.
        """
        if not any(form[:1] in bounds.before or form[-1:] in bounds.after for form in forms):
            bounds = FREE
        key = zone.grams, forms, bounds
        return self._snapshot.count(zone.grams, partial(_places_of_strings, forms, bounds), key)

    def score(self, documents: NDArray[np.int64], counts: NDArray[np.int64]) -> Found:
        """The worth of something that stands so often in the texts of some paragraphs."""
        lengths = self._snapshot.relative_lengths(Zone.TEXT, documents)
        often = place_frequency(Place.TEXT, counts, lengths, self.parameters)
        weight = rarity(len(documents), len(self._snapshot))
        return Found(documents, weight * saturate(often, self.parameters))

    def _score(self, unit: Unit, places: tuple[Place, ...]) -> Found:
        parts = [self._part(unit, place) for place in places]
        parts = [part for part in parts if len(part.documents)] or parts[:1]
        documents, frequencies = self._sum([(part.documents, part.scores) for part in parts])
        weight = rarity(len(documents), len(self._snapshot))
        return Found(documents, weight * saturate(frequencies, self.parameters))

    def _part(self, unit: Unit, place: Place) -> Found:
        """Where a unit stands in one place, and that place's part of its frequency."""
        key = unit, place
        if key not in self._parts:
            find = self._in_titles if place is Place.TITLE else self._in_zone
            self._parts[key] = find(unit, place)
        return self._parts[key]

    def _in_zone(self, unit: Unit, place: Place) -> Found:
        """The same of a zone."""
        documents, strings, words = self._counts(unit, _ZONES[place])
        if not len(documents):
            return _NOTHING
        lengths = self._snapshot.relative_lengths(_ZONES[place], documents)
        counts = worth(strings, words, self.parameters)
        return Found(documents, place_frequency(place, counts, lengths, self.parameters))

    def _counts(self, unit: Unit, zone: Zone) -> _Counts:
        """Where a unit stands in a zone, how often in each, and how often as words of their own."""
        key = unit, zone
        if key not in self._counted:
            self._counted[key] = self._counts_anew(unit, zone)
        return self._counted[key]

    def _counts_anew(self, unit: Unit, zone: Zone) -> _Counts:
        """What `_counts` gives, worked out: forms that count less are counted apart."""
        as_strings, as_words = [], []
        for weight, forms in unit.by_weight.items():
            found = self.count(zone, forms, unit.bounds)
            if len(found.documents):
                as_strings.append((found.documents, weight * found.counts))
                find = partial(_places_of_words, forms)
                found = self._snapshot.count(zone.value, find, (zone.value, forms))
                as_words.append((found.documents, weight * found.counts))
        if not as_strings:
            return _NOWHERE
        documents, strings = self._sum(as_strings)
        return documents, strings, self._at(documents, *self._sum(as_words))

    def _sum(self, parts: Sequence[_Values]) -> _Values:
        """Values above zero, added up by document."""
        if len(parts) == 1:
            return parts[0]
        scratch = self._scratch
        for documents, values in parts:
            scratch[documents] += values
        documents = np.flatnonzero(scratch > 0)
        values = scratch.take(documents)
        scratch[documents] = 0
        return documents, values

    def _at(
        self,
        documents: NDArray[np.int64],
        known: NDArray[np.int64],
        values: NDArray[np.float64],
    ) -> NDArray[np.float64]:
        """The values of some documents, 0 where none is known."""
        scratch = self._scratch
        scratch[known] = values
        found: NDArray[np.float64] = scratch.take(documents)
        scratch[known] = 0
        return found

    @cached_property
    def _scratch(self) -> NDArray[np.float64]:
        """A zero for every document number, before and after it is used: to make one takes long."""
        return np.zeros(self._snapshot.size)

    def _in_titles(self, unit: Unit, place: Place) -> Found:
        """The same of titles, which are read from the table of reports."""
        reports = self._snapshot.reports
        titles = [titled for form in unit.forms for titled in reports.titled(form).items()]
        if not titles:  # as of most words
            return _NOTHING
        counts = np.zeros(len(reports))
        for row, title in titles:
            counts[row] = sum(1 for _ in spans_in(title, unit))
        documents, rows = self._snapshot.documents_in(np.flatnonzero(counts))
        return Found(documents, place_frequency(place, counts[rows], 1.0, self.parameters))


def _places_of_strings(forms: Sequence[str], bounds: Bounds, postings: Postings) -> NDArray[Any]:
    return _merged([find_bounded(postings, form, bounds) for form in forms])


def _places_of_words(forms: Sequence[str], postings: Postings) -> NDArray[Any]:
    numbers = (postings.find(form.encode("utf-8", "surrogatepass")) for form in forms)
    return _merged([postings.slots(number) for number in numbers if number is not None])


def _merged(places: list[NDArray[Any]]) -> NDArray[Any]:
    """Rising numbers of all lists."""
    if len(places) == 1:
        return places[0]
    return np.sort(np.concatenate(places)) if places else np.zeros(0, np.int64)
