"""A snapshot: one generation of an index, open for reading.

What is committed later does not show in it; its files stay readable until it is closed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from whoosh.reading import TermNotFound

from .catalog import Catalog
from .dictionary import fingerprint
from .errors import IndexCorrupt, IndexOutdated
from .generations import Generations
from .paragraphs import open_paragraphs
from .schema import REPORT, Zone, heading_text
from .segmenter import Segmenter

if TYPE_CHECKING:
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
        folder: where the generation's files are.
        manifest: what the generation is made of.
        catalog: its reports and sources.
        segmenter: cuts queries as the texts were cut.
        searcher: Whoosh's searcher over the paragraphs.
    """

    def __init__(self, directory: Path, manifest: Manifest, folder: Path) -> None:
        self.directory = directory
        self.folder = folder
        self.manifest = manifest
        path = folder
        try:
            path = folder / USER_TERMS_FILE
            if manifest.analyzer != fingerprint(path.read_bytes()):
                raise IndexOutdated(directory, "was segmented by another version's rules")
            path = folder / CATALOG_FILE
            self.catalog = Catalog.read(path)
            path = folder / DICTIONARY_FILE
            self.segmenter = Segmenter.for_queries(path)
        except (OSError, ValueError) as error:
            raise IndexCorrupt(directory, path, str(error)) from error
        try:
            self.searcher: Searcher = open_paragraphs(folder, self.segmenter).searcher()
        except Exception as error:
            raise IndexCorrupt(directory, folder, f"unreadable: {error!r}") from error

    @property
    def reader(self) -> IndexReader:
        """Whoosh's reader over the paragraphs."""
        return self.searcher.reader()

    def __len__(self) -> int:
        """The number of paragraphs."""
        return int(self.reader.doc_count())

    def paragraph(self, document: int) -> StoredParagraph:
        """The paragraph of a Whoosh document number."""
        stored = self.searcher.stored_fields(document)
        return StoredParagraph(
            stored[REPORT], stored["ordinal"], stored[Zone.TEXT.value], tuple(stored["path"])
        )

    def zone_text(self, document: int, zone: Zone) -> str:
        """The text of a zone of a paragraph, as it was indexed."""
        stored = self.searcher.stored_fields(document)
        if zone is Zone.TEXT:
            return str(stored[Zone.TEXT.value])
        if zone is Zone.TITLE:
            return self.catalog.reports[stored[REPORT]].title
        return heading_text(tuple(stored["path"]), stored[Zone.TEXT.value])

    def postings(self, field: str, term: str) -> dict[int, float]:
        """A term's postings in a field: document number → frequency, in order."""
        try:
            matcher = self.reader.postings(field, term)
        except TermNotFound:
            return {}
        frequencies: dict[int, float] = {}
        while matcher.is_active():
            frequencies[matcher.id()] = matcher.weight()
            matcher.next()
        return frequencies

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
        self.searcher.close()


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
            return Snapshot(directory, manifest, generations.check_sizes(manifest))
        except IndexCorrupt:
            replaced = generations.manifest().generation != manifest.generation
            if not replaced or attempt == _ATTEMPTS - 1:
                raise
    raise AssertionError  # the last attempt returns or raises
