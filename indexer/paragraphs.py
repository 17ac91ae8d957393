"""The paragraphs of a generation: written to and read from files by Whoosh.

This module is the seam between the index's own durability (`indexer.generations`) and
the engine that stores postings: nothing else knows in which files they are. What reads
them gets a `whoosh.index.Index`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from whoosh.filedb.filestore import FileStorage
from whoosh.index import FileIndex

from .schema import REPORT, Zone, heading_text, schema

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from whoosh.index import Index

    from corpus import Paragraph

    from .segmenter import Segmenter

_MEMORY_MIB = 256
"""What Whoosh may gather in memory before it sorts postings on disk."""


class ParagraphWriter(Protocol):
    """Changes a generation's paragraphs; nothing is in the files before `finish`."""

    def add(self, report_id: str, paragraphs: Iterable[Paragraph]) -> None:
        """Add a report's paragraphs."""
        ...

    def remove(self, report_id: str) -> None:
        """Remove a report's paragraphs."""
        ...

    def finish(self) -> None:
        """Write everything."""
        ...

    def cancel(self) -> None:
        """Close without writing; nothing to do after `finish`."""
        ...


class WhooshParagraphWriter:
    """A `ParagraphWriter` over Whoosh's own codec.

    Args:
        folder: the generation's folder, with the inherited files in it if there are any.
        segmenter: cuts the text.
        fresh: whether to begin an empty index.
    """

    def __init__(self, folder: Path, segmenter: Segmenter, *, fresh: bool) -> None:
        storage = FileStorage(str(folder))
        if fresh:
            self._index = storage.create_index(schema(segmenter))
        else:
            self._index = FileIndex(storage, schema=schema(segmenter))
        # Compound segments are copied into memory when they are opened; plain files are mapped.
        self._writer = self._index.writer(limitmb=_MEMORY_MIB, compound=False)
        self._lock_file = folder / "MAIN_WRITELOCK"

    def add(self, report_id: str, paragraphs: Iterable[Paragraph]) -> None:
        """Add a report's paragraphs."""
        for paragraph in paragraphs:
            above = heading_text(paragraph.heading, paragraph.text)
            self._writer.add_document(
                **{
                    REPORT: report_id,
                    "ordinal": paragraph.ordinal,
                    "path": paragraph.heading,
                    Zone.HEADING.value: above,
                    Zone.HEADING.grams: above,
                    Zone.TEXT.value: paragraph.text,
                    Zone.TEXT.grams: paragraph.text,
                }
            )

    def remove(self, report_id: str) -> None:
        """Remove a report's paragraphs."""
        self._writer.delete_by_term(REPORT, report_id)

    def finish(self) -> None:
        """Write everything and give up Whoosh's own lock file, which is not index data."""
        self._writer.commit()
        self._close()

    def cancel(self) -> None:
        """Close without writing, unless everything is written already."""
        if not self._writer.is_closed:
            self._writer.cancel()
            self._close()

    def _close(self) -> None:
        self._index.close()
        self._lock_file.unlink(missing_ok=True)


def open_paragraphs(folder: Path, segmenter: Segmenter) -> Index:
    """Open a generation's paragraphs for reading.

    Raises:
        whoosh.index.IndexError: the folder does not hold them.
    """
    return FileIndex(FileStorage(str(folder), readonly=True), schema=schema(segmenter))
