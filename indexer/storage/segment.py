"""A segment: documents that were indexed together, never changed afterwards.

One file holds all of it (`checked`): the postings of its fields (`postings`), its records
(`records`) and further columns. Which of its documents are deleted is told by a file
beside it, written anew when more are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from corpus.messages import Message

from .checked import smallest, write_arrays
from .postings import Postings
from .records import Records

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .checked import Arrays, CheckedFile, StoredFile
    from .kept import Kept

_DELETED = "deleted"


def write_segment(
    path: Path, documents: int, fields: Sequence[str], records: Sequence[str], arrays: Arrays
) -> StoredFile:
    """Write a segment's file.

    Args:
        path: a file that is not there yet.
        documents: how many documents it has.
        fields: the names of its fields, whose postings are among the arrays.
        records: the names of its records, which are among the arrays.
        arrays: all arrays.

    Raises:
        OSError: it cannot be written.
    """
    return write_arrays(
        path, arrays, documents=documents, fields=list(fields), records=list(records)
    )


def write_deletions(path: Path, deleted: NDArray[Any]) -> StoredFile:
    """Write the numbers of the documents that a segment has lost, in order."""
    return write_arrays(path, {_DELETED: smallest(deleted)})


class Segment:
    """A segment open for reading.

    Args:
        file: the segment's file.
        deletions: the file of its deleted documents, if any are.
        kept: where to keep what is decoded of it; None for who reads all of it once.

    Attributes:
        file: the segment's file.
        deletions: the file of its deleted documents, if any are.
        documents: how many documents it has, deleted ones included.
        deleted: the numbers of those that are deleted, in order.
        fields: the names of its fields.
    """

    def __init__(
        self, file: CheckedFile, deletions: CheckedFile | None = None, kept: Kept | None = None
    ) -> None:
        self.file = file
        self.deletions = deletions
        self._kept = kept
        documents, fields, records = (
            file.properties.get(name) for name in ("documents", "fields", "records")
        )
        if not (
            isinstance(documents, int) and isinstance(fields, list) and isinstance(records, list)
        ):
            raise file.damaged(Message("is not a segment"))
        self.documents = documents
        self.fields: tuple[str, ...] = tuple(map(str, fields))
        self._record_names: tuple[str, ...] = tuple(map(str, records))
        self._postings: dict[str, Postings] = {}
        self._records: dict[str, Records] = {}
        self.deleted: NDArray[np.int64] = np.zeros(0, np.int64)
        if deletions is not None:
            self.deleted = deletions.column(_DELETED).rising().astype(np.int64)
            if len(self.deleted) and self.deleted[-1] >= self.documents:
                raise deletions.damaged(Message("deletes what is not there"))

    @property
    def living(self) -> NDArray[np.bool_]:
        """Of every document whether it is not deleted."""
        living = np.ones(self.documents, bool)
        living[self.deleted] = False
        return living

    def postings(self, field: str) -> Postings:
        """The postings of a field.

        Raises:
            IndexCorrupt: the file does not hold them.
        """
        if field not in self._postings:
            self._postings[field] = Postings(self.file, field, self.documents, self._kept)
        return self._postings[field]

    def records(self, name: str) -> Records:
        """The records of a name.

        Raises:
            IndexCorrupt: the file does not hold them.
        """
        if name not in self._records:
            self._records[name] = Records(self.file, name)
        return self._records[name]

    def check(self) -> None:
        """Make sure that everything in it can be read.

        Raises:
            IndexCorrupt: something cannot.
        """
        self.file.check()
        for field in self.fields:
            self.postings(field).check()
        for name in self._record_names:
            self.records(name).check()
