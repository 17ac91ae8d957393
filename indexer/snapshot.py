"""A snapshot: one generation of an index, open for reading.

What is committed later does not show in it; its files stay readable until it is closed.
Paragraphs are numbered through all segments: these are its document numbers.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from corpus.messages import Message

from .dictionary import fingerprint
from .errors import IndexOutdated
from .generations import Generations
from .paragraphs import ParagraphSegment
from .reports import ReportTable
from .storage.kept import Kept
from .zones import Zone

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from corpus import Report

    from .catalog import Catalog, Failure
    from .generations import Manifest
    from .segmenter import Segmenter
    from .storage.postings import Postings

CATALOG_FILE = "catalog.bin"
REPORTS_FILE = "reports.bin"
DICTIONARY_FILE = "dictionary.bin"
USER_TERMS_FILE = "terms.bin"

_BULK = 200_000
"""Characters from which to cut them takes longer than to load the whole dictionary first."""


class StoredParagraph(NamedTuple):
    """A paragraph as the index keeps it.

    Attributes:
        report: the report it stands in.
        ordinal: its place in the report, counted from 1.
        text: as published.
        heading: the heading path, outermost first.
        section: what a work report does here, of `SECTIONS`.
        page: the page of the source that it begins on, 0 if there are none.
    """

    report: Report
    ordinal: int
    text: str
    heading: tuple[str, ...]
    section: str
    page: int


class Location(NamedTuple):
    """Where a paragraph is kept.

    Attributes:
        segment: the one that holds it.
        local: its number there.
        row: of its report.
        ordinal: its place in the report, counted from 1.
    """

    segment: ParagraphSegment
    local: int
    row: int
    ordinal: int


class Counted(NamedTuple):
    """Documents that hold something, and how often.

    Attributes:
        documents: their numbers, rising.
        counts: of each, how often.
    """

    documents: NDArray[np.int64]
    counts: NDArray[np.int64]


class Snapshot:
    """One generation of an index, open for reading; see `open_snapshot`.

    Attributes:
        manifest: what the generation is made of.
        reports: the table of its reports.
        segments: those that hold its paragraphs.
        bases: the first document number of each segment, and the end of the last.
        size: how many document numbers there are, those of deleted paragraphs included.
    """

    def __init__(self, generations: Generations, manifest: Manifest) -> None:
        self.manifest = manifest
        self._generations = generations
        terms = generations.open(manifest, USER_TERMS_FILE).column("terms")
        if manifest.analyzer != fingerprint(terms.bytes(0, len(terms))):
            raise IndexOutdated(
                generations.directory, Message("was segmented by another version's rules")
            )
        self.reports = ReportTable(generations.open(manifest, REPORTS_FILE))
        self._dictionary = generations.open(manifest, DICTIONARY_FILE)
        self._kept = Kept()
        self._relative: dict[Zone, NDArray[np.float64]] = {}
        self._sources = generations.open(manifest, CATALOG_FILE)  # the next commit removes it
        self.segments = [
            ParagraphSegment(
                generations.open(manifest, stored.file),
                generations.open(manifest, stored.deletions) if stored.deletions else None,
                self._kept,
            )
            for stored in manifest.segments
        ]
        self.bases = list(accumulate((segment.documents for segment in self.segments), initial=0))
        self.size = self.bases[-1]

    @property
    def directory(self) -> Path:
        """The index that it is of."""
        return self._generations.directory

    @cached_property
    def segmenter(self) -> Segmenter:
        """Cuts queries as the texts were cut."""
        # Neither is for who completes a word or reads.
        from .segmenter import Segmenter
        from .stored_dictionary import StoredDictionary

        return Segmenter.over(StoredDictionary(self._dictionary))

    def segmenter_for(self, characters: int) -> Segmenter:
        """The segmenter that cuts a number of characters soonest, just as the other does."""
        return self._bulk_segmenter if characters > _BULK else self.segmenter

    @cached_property
    def _bulk_segmenter(self) -> Segmenter:
        from .segmenter import Segmenter
        from .stored_dictionary import StoredDictionary

        return Segmenter.in_memory(StoredDictionary(self._dictionary).frequencies())

    def __len__(self) -> int:
        """The number of paragraphs."""
        return sum(segment.documents - len(segment.deleted) for segment in self.segments)

    @cached_property
    def living(self) -> NDArray[np.bool_]:
        """Of every document number whether the paragraph is not deleted."""
        return self._joined([segment.living for segment in self.segments], np.bool_)

    @cached_property
    def rows(self) -> NDArray[np.int64]:
        """Of every document number the row of its report in the table; -1 if it is deleted."""
        rows = self._joined(
            [
                np.repeat(self._report_rows[number], np.diff(segment.report_starts))
                for number, segment in enumerate(self.segments)
            ],
            np.int64,
        )
        rows[~self.living] = -1
        return rows

    @cached_property
    def _report_rows(self) -> list[NDArray[np.int64]]:
        """Of every segment, the rows of its reports; -1 of those that it has lost."""
        rows = []
        for segment in self.segments:
            is_there = segment.has_reports
            of_segment = np.full(len(is_there), -1)
            of_segment[is_there] = self.reports.rows_of(segment.report_ids[is_there])
            rows.append(of_segment)
        return rows

    def _joined(self, parts: Sequence[NDArray[Any]], kind: type) -> NDArray[Any]:
        return np.concatenate(parts) if parts else np.zeros(0, kind)

    def locate(self, document: int) -> Location:
        """Where the paragraph of a document number is kept."""
        number = bisect_right(self.bases, document) - 1
        local = document - self.bases[number]
        starts, rows = self._starts_and_rows[number]
        place = bisect_right(starts, local) - 1
        return Location(self.segments[number], local, rows[place], local - starts[place] + 1)

    def paragraph(self, document: int) -> StoredParagraph:
        """The paragraph of a document number."""
        there = self.locate(document)
        segment, local = there.segment, there.local
        return StoredParagraph(
            self.reports.report(there.row),
            there.ordinal,
            segment.text(local),
            segment.path(local),
            segment.section(local),
            segment.page(local),
        )

    def text(self, document: int) -> str:
        """The text of the paragraph of a document number, for those who need no more of it."""
        number = bisect_right(self.bases, document) - 1
        return self.segments[number].text(document - self.bases[number])

    @cached_property
    def _starts_and_rows(self) -> list[tuple[list[int], list[int]]]:
        """Of every segment, where its reports begin and their rows."""
        return [
            (segment.report_starts.tolist(), rows.tolist())
            for segment, rows in zip(self.segments, self._report_rows, strict=True)
        ]

    def documents_of(self, row: int) -> range:
        """The document numbers of a report, by its row."""
        for base, segment, rows in zip(self.bases, self.segments, self._report_rows, strict=False):
            found = np.flatnonzero(rows == row)
            if len(found):
                first, end = segment.report_starts[[found[0], found[0] + 1]].tolist()
                return range(base + first, base + end)
        return range(0)

    def documents_in(self, rows: NDArray[np.int64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The document numbers of some reports, rising, and of each the row of its report."""
        firsts, sizes = self.stretches
        rows = rows[np.argsort(firsts[rows])]
        firsts, sizes = firsts[rows], sizes[rows]
        before = np.cumsum(sizes) - sizes
        documents = np.arange(int(sizes.sum())) + np.repeat(firsts - before, sizes)
        return documents, np.repeat(rows, sizes)

    def documents_at(self, paragraphs: Mapping[str, Sequence[int]]) -> NDArray[np.int64]:
        """The document numbers of paragraphs by their addresses, rising; not of those unknown.

        Args:
            paragraphs: id of a report → ordinals of paragraphs, each once.
        """
        rows = {self.reports.row(report): found for report, found in paragraphs.items()}
        rows.pop(None, None)
        owners = np.repeat(list(rows), list(map(len, rows.values()))).astype(np.int64)
        places = np.concatenate([np.zeros(0, np.int64), *map(np.array, rows.values())]) - 1
        firsts, sizes = self.stretches
        known = (places >= 0) & (places < sizes[owners])
        found: NDArray[np.int64] = np.unique((firsts[owners] + places)[known])
        return found

    def addresses_of(self, documents: NDArray[np.int64]) -> dict[str, tuple[int, ...]]:
        """The addresses of some rising documents, as `documents_at` takes them."""
        rows = self.rows[documents]
        order = np.argsort(rows, kind="stable")
        different, starts = np.unique(rows[order], return_index=True)
        firsts, _ = self.stretches
        ordinals = np.split((documents - firsts[rows] + 1)[order], starts[1:])
        return {
            self.reports.ids[row].decode(): tuple(of_report.tolist())
            for row, of_report in zip(different.tolist(), ordinals, strict=False)
        }

    @cached_property
    def stretches(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Of every report, by its row, its first document and how many it has."""
        firsts = np.zeros(len(self.reports), np.int64)
        sizes = np.zeros(len(self.reports), np.int64)
        parts = zip(self.bases, self.segments, self._report_rows, strict=False)
        for base, segment, rows in parts:
            is_there = rows >= 0
            firsts[rows[is_there]] = base + segment.report_starts[:-1][is_there]
            sizes[rows[is_there]] = np.diff(segment.report_starts)[is_there]
        return firsts, sizes

    def count(
        self, field: str, find: Callable[[Postings], NDArray[Any]], key: Hashable = None
    ) -> Counted:
        """Find something in a field's postings, segment by segment.

        Args:
            field: the name of the field.
            find: gives the slots where it stands, rising.
            key: says what it is, so that it need not be found again; None for what is
                hardly asked for twice.
        """
        if key is None:
            return self._count(field, find)
        return Counted(*self._kept.integers(key, lambda: self._count(field, find)))

    def _count(self, field: str, find: Callable[[Postings], NDArray[Any]]) -> Counted:
        documents, counts = [], []
        for base, segment in zip(self.bases, self.segments, strict=False):
            postings = segment.postings(field)
            slots = find(postings)
            if not len(slots):
                continue
            found, often = postings.in_documents(slots)
            if len(segment.deleted):
                stays = segment.living[found]
                found, often = found[stays], often[stays]
            documents.append(found + base)
            counts.append(often)
        return Counted(self._joined(documents, np.int64), self._joined(counts, np.int64))

    @cached_property
    def fingerprints(self) -> NDArray[np.uint64]:
        """Of every document number the fingerprint of the paragraph, see `similarity`."""
        return self._joined([segment.fingerprints for segment in self.segments], np.uint64)

    @cached_property
    def parts(self) -> NDArray[np.int64]:
        """Of every document number its place in `SECTIONS`."""
        return self._joined(
            [
                np.repeat(segment.path_parts, np.diff(segment.path_starts))
                for segment in self.segments
            ],
            np.int64,
        )

    def failures(self) -> tuple[Failure, ...]:
        """What could not be read of the files that were named, in their order."""
        return tuple(self._catalog().failures())

    def digests(self) -> dict[str, str]:
        """Of every file by its path, the digest of its bytes and of the way it was read."""
        return {path: file.digest for path, file in self._catalog().files.items() if file.digest}

    def _catalog(self) -> Catalog:
        from .catalog import Catalog  # for writers; a search does not need it

        return Catalog.read(self._sources)

    def relative_lengths(self, zone: Zone, documents: NDArray[np.int64]) -> NDArray[np.float64]:
        """The length of a zone in each of some documents, by its average over all."""
        if zone not in self._relative:
            parts = [segment.postings(zone.grams).lengths() for segment in self.segments]
            lengths = self._joined(parts, np.int64)
            average = int(lengths[self.living].sum()) / max(1, len(self))
            self._relative[zone] = lengths / max(1.0, average)
        return self._relative[zone].take(documents)  # as indexing does, in half the time

    def lengths(self, zone: Zone, documents: NDArray[np.int64]) -> NDArray[np.int64]:
        """How many characters a zone has in each of some rising documents."""
        lengths = np.zeros(len(documents), np.int64)
        ends = np.searchsorted(documents, self.bases)
        for number, segment in enumerate(self.segments):
            part = slice(ends[number], ends[number + 1])
            local = documents[part] - self.bases[number]
            lengths[part] = segment.postings(zone.grams).lengths_of(local)
        return lengths

    @cached_property
    def words(self) -> int:
        """How many words the texts of all paragraphs have, as they are indexed."""
        return self._total_length(Zone.TEXT.value)

    def _total_length(self, field: str) -> int:
        """The length of a field in all paragraphs together."""
        total = 0
        for segment in self.segments:
            postings = segment.postings(field)
            total += postings.total_length()
            total -= int(postings.lengths_of(segment.deleted).sum())
        return total

    def refreshed(self) -> Snapshot:
        """The generation in force now: itself, if that is still the one.

        Raises:
            IndexMissing, IndexOutdated, IndexCorrupt, IndexExposed: as `open_snapshot` does.
        """
        is_in_force = self._generations.manifest() == self.manifest
        return self if is_in_force else self._generations.in_force(Snapshot)


def open_snapshot(directory: Path, *, allow_shared: bool = False) -> Snapshot:
    """Open the generation in force.

    Args:
        directory: the index.
        allow_shared: whether it may be one that others can write.

    Raises:
        IndexMissing: there is no index in the directory.
        IndexOutdated: it was built by other rules than this version's.
        IndexCorrupt: a file is missing or is not as it was written.
        IndexExposed: others can write it.
    """
    return Generations(directory, allow_shared=allow_shared).in_force(Snapshot)
