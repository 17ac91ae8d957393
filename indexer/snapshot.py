"""A snapshot: one generation of an index, open for reading.

What is committed later does not show in it; its files stay readable until it is closed.
"""

from __future__ import annotations

import struct
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pickle import UnpicklingError
from typing import TYPE_CHECKING

from whoosh.index import IndexError as WhooshIndexError
from whoosh.reading import TermNotFound

from .catalog import Catalog
from .dictionary import fingerprint
from .errors import IndexCorrupt, IndexOutdated
from .generations import Generations
from .paragraphs import open_paragraphs
from .schema import REPORT, Zone, heading_text
from .segmenter import Segmenter

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from whoosh.reading import IndexReader
    from whoosh.searching import Searcher

    from .generations import Manifest

CATALOG_FILE = "catalog.json"
DICTIONARY_FILE = "dictionary.bin"
USER_TERMS_FILE = "user-terms"

_ATTEMPTS = 5
"""How often to look again when a writer replaces the generation that is being opened."""


@dataclass(frozen=True, slots=True)
class StoredParagraph:
    """A paragraph as the index keeps it.

    Attributes:
        report: the id of its report.
        ordinal: its place in the report, counted from 1.
        text: as published.
        heading: the heading path, outermost first.
    """

    report: str
    ordinal: int
    text: str
    heading: tuple[str, ...]


class Snapshot:
    """One generation of an index, open for reading; see `open_snapshot`.

    Attributes:
        directory: the index.
        manifest: what the generation is made of.
        catalog: its reports and sources.
        segmenter: cuts queries as the texts were cut.
    """

    def __init__(self, generations: Generations, manifest: Manifest) -> None:
        self.directory = generations.directory
        self.manifest = manifest
        self._folder = generations.check_sizes(manifest)
        path = self._folder / CATALOG_FILE
        try:
            if manifest.analyzer != fingerprint(generations.verified(manifest, USER_TERMS_FILE)):
                raise IndexOutdated(self.directory, "was segmented by another version's rules")
            self.catalog = Catalog.read(generations.verified(manifest, CATALOG_FILE))
            path = self._folder / DICTIONARY_FILE
            generations.verified(manifest, DICTIONARY_FILE)
            self.segmenter = Segmenter.for_queries(path)
        except OSError as error:
            raise generations.unreadable(path, error) from error
        except ValueError as error:
            raise IndexCorrupt(self.directory, path, str(error)) from error
        with self._reading():
            self._searcher: Searcher = open_paragraphs(self._folder, self.segmenter).searcher()
            self._reader: IndexReader = self._searcher.reader()

    def __len__(self) -> int:
        """The number of paragraphs."""
        return int(self._reader.doc_count())

    def documents(self) -> set[int]:
        """The document numbers of all paragraphs."""
        with self._reading():
            return set(self._reader.all_doc_ids())

    def paragraph(self, document: int) -> StoredParagraph:
        """The paragraph of a document number."""
        with self._reading():
            stored = self._searcher.stored_fields(document)
            return StoredParagraph(
                stored[REPORT], stored["ordinal"], stored[Zone.TEXT.value], tuple(stored["path"])
            )

    def zone_text(self, document: int, zone: Zone) -> str:
        """The text of a zone of a paragraph, as it was indexed."""
        paragraph = self.paragraph(document)
        if zone is Zone.TEXT:
            return paragraph.text
        return heading_text(paragraph.heading, paragraph.text)

    def postings(self, field: str, term: str) -> dict[int, float]:
        """A term's postings in a field: document number → frequency, in order."""
        frequencies: dict[int, float] = {}
        with self._reading():
            try:
                matcher = self._reader.postings(field, term)
            except TermNotFound:
                return {}
            while matcher.is_active():
                frequencies[matcher.id()] = matcher.weight()
                matcher.next()
        return frequencies

    def document_frequency(self, field: str, term: str) -> int:
        """In how many paragraphs' field a term stands, at the most."""
        with self._reading():
            return int(self._reader.doc_frequency(field, term))

    def relative_lengths(self, documents: Iterable[int], zone: Zone) -> dict[int, float]:
        """Document number → the zone's length by the average length of that zone."""
        reader, field = self._reader, zone.grams
        with self._reading():
            average = max(1.0, reader.field_length(field) / max(1, reader.doc_count()))
            return {
                document: reader.doc_field_length(document, field) / average
                for document in documents
            }

    def report_documents(self, report_id: str) -> list[int]:
        """The document numbers of a report's paragraphs; empty if it is not indexed."""
        return list(self.postings(REPORT, report_id))

    @cached_property
    def owners(self) -> dict[int, str]:
        """Document number → the id of the report it belongs to."""
        return {
            document: report_id
            for report_id in self.catalog.reports
            for document in self.report_documents(report_id)
        }

    def report_paragraphs(self, report_id: str) -> list[StoredParagraph]:
        """All paragraphs of a report in their order; empty if it is not indexed."""
        paragraphs = map(self.paragraph, self.report_documents(report_id))
        return sorted(paragraphs, key=lambda paragraph: paragraph.ordinal)

    def close(self) -> None:
        """Close the files."""
        self._searcher.close()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Turn what Whoosh makes of a damaged file into our own error."""
        try:
            yield
        except _DAMAGE as error:
            problem = f"cannot be read: {error!r}"
            raise IndexCorrupt(self.directory, self._folder, problem) from error


_DAMAGE = (
    OSError, ValueError, LookupError, TypeError, AttributeError, AssertionError, EOFError,
    struct.error, zlib.error, UnpicklingError, WhooshIndexError,
)  # fmt: skip
"""What Whoosh 2.7.4 was seen to raise over damaged files."""


def open_snapshot(directory: Path) -> Snapshot:
    """Open the generation in force.

    Raises:
        IndexMissing: there is no index in the directory.
        IndexOutdated: it was built by other rules than this version's.
        IndexCorrupt: a file is missing or is not as it was written.
    """
    generations = Generations(directory)
    for attempt in range(_ATTEMPTS):
        manifest = generations.manifest()
        try:
            return Snapshot(generations, manifest)
        except IndexCorrupt:
            replaced = generations.manifest().generation != manifest.generation
            if not replaced or attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError  # the last attempt returns or raises
