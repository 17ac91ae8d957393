"""The dictionary that is kept with an index, which its texts and queries are cut with."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from corpus.messages import Message

from .dictionary import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from .storage.checked import CheckedFile


class StoredDictionary(Snapshot):
    """The dictionary that an index keeps.

    Raises:
        IndexCorrupt: it is not one, here or when a word is looked up.
    """

    def __init__(self, file: CheckedFile) -> None:
        column = file.column("dictionary")
        self._file = file
        with self._reading():
            super().__init__(len(column), lambda offset, size: column.bytes(offset, offset + size))

    def __getitem__(self, word: str) -> int:
        with self._reading():
            return super().__getitem__(word)

    def check(self) -> None:
        """Make sure that all of it can be read."""
        with self._reading():
            self.frequencies()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except ValueError as error:
            raise self._file.damaged(Message("cannot be decoded: {error}", error=error)) from error
