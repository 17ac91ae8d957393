"""The segments of an index that is being written: what is added, removed and merged."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .compaction import tail_to_merge
from .gathering import SegmentGatherer, merge_segments
from .generations import StoredSegment
from .paragraphs import ParagraphSegment
from .storage.segment import write_deletions
from .writing import DELETIONS, SEGMENT

if TYPE_CHECKING:
    from .cutting import CutReport
    from .writing import Writing

_FULL = 3_000_000
"""Characters that are gathered before a segment is written: some 250 MiB of memory."""


class SegmentSet:
    """Changes the segments of an index; see `Writing` for when that comes into force.

    Args:
        writing: the right to write the index.
    """

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._gatherer = SegmentGatherer()
        self._removed: set[str] = set()

    def add(self, cut: CutReport) -> None:
        """Add a report."""
        self._gatherer.add(cut)

    def remove(self, report_id: str) -> None:
        """Remove a report that was added before."""
        if report_id in self._gatherer.reports:
            self.flush()
        self._removed.add(report_id)

    @property
    def is_full(self) -> bool:
        """Whether there is enough for a segment."""
        return self._gatherer.characters >= _FULL

    @property
    def living(self) -> int:
        """How many paragraphs the segments have that are written."""
        return sum(segment.documents - segment.deleted for segment in self._writing.segments)

    def flush(self) -> None:
        """Write what was removed and added since the last time."""
        segments = self._writing.segments
        if self._removed:
            segments[:] = filter(_has_any, map(self._without_removed, segments))
            self._removed.clear()
        if len(self._gatherer):
            name = self._writing.new_name(SEGMENT)
            self._writing.add(name, self._gatherer.write(self._writing.path(name)))
            segments.append(StoredSegment(name, self._gatherer.documents))
            self._gatherer = SegmentGatherer()

    def _without_removed(self, stored: StoredSegment) -> StoredSegment:
        segment = self._open(stored)
        ids = np.array(sorted(self._removed), "S")
        removed = np.flatnonzero(np.isin(segment.report_ids, ids))
        lost = [np.arange(*segment.report_starts[[row, row + 1]]) for row in removed]
        if not lost:
            return stored
        deleted = np.union1d(segment.deleted, np.concatenate(lost))
        name = self._writing.new_name(DELETIONS)
        self._writing.add(name, write_deletions(self._writing.path(name), deleted))
        return stored._replace(deletions=name, deleted=len(deleted))

    def compact(self) -> None:
        """Merge segments at the end of the list, and write anew what is half deleted."""
        segments = self._writing.segments
        for place, stored in enumerate(segments):
            if stored.deleted * 2 > stored.documents:
                segments[place] = self._merged([stored])
        count = tail_to_merge([self._size(stored) for stored in segments])
        if count:
            segments[-count:] = [self._merged(segments[-count:])]

    def _size(self, stored: StoredSegment) -> int:
        return self._writing.size(stored.file)

    def _merged(self, stored: list[StoredSegment]) -> StoredSegment:
        name = self._writing.new_name(SEGMENT)
        segments = [self._open(segment) for segment in stored]
        file, documents = merge_segments(self._writing.path(name), segments)
        self._writing.add(name, file)
        return StoredSegment(name, documents)

    def _open(self, stored: StoredSegment) -> ParagraphSegment:
        deletions = self._writing.open(stored.deletions) if stored.deletions else None
        return ParagraphSegment(self._writing.open(stored.file), deletions)


def _has_any(stored: StoredSegment) -> bool:
    return stored.deleted < stored.documents
