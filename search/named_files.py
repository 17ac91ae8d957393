"""Small files that are kept by name beside an index: a folder, a name each, JSON within.

What reads them meets whatever may stand there: each kind says what a file of it is. A file
is replaced as a whole, so who reads meanwhile sees the one before or the new one.
"""

from __future__ import annotations

import os
import re
import unicodedata
from contextlib import suppress
from threading import get_ident
from typing import TYPE_CHECKING, Generic, TypeVar

from corpus.messages import Message

if TYPE_CHECKING:
    from pathlib import Path

    from .errors import SearchError

_LARGEST = 1 << 24
"""Bytes of a file: a million addresses take half of it."""

_NAME = re.compile(r"\w[\w-]{0,59}")
_SUFFIX = ".json"

Kept = TypeVar("Kept")


class NamedFiles(Generic[Kept]):
    """The files of one kind that are kept beside an index.

    A kind gives `problem`, `_parsed`, `_misnamed`, `_missing` and `_damaged`.

    Args:
        folder: where they are; made when the first is written.

    Attributes:
        folder: the same.
        problem: the error that is raised of them.
    """

    problem: type[SearchError]

    def __init__(self, folder: Path) -> None:
        self.folder: Path = folder

    def names(self) -> list[str]:
        """The names of all that are kept, in order."""
        try:
            files = list(self.folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise self._failure(self.folder, error) from error
        names = [file.stem for file in files if file.suffix == _SUFFIX]
        return sorted(filter(_NAME.fullmatch, names))

    def read(self, name: str) -> Kept:
        """What is kept under a name.

        Raises:
            SearchError: of the kind's own type: there is none, or its file is not one.
        """
        path = self._path(name)
        try:
            with path.open("rb") as file:
                data = file.read(_LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise self.problem(self._missing(name)) from None
        except OSError as error:
            raise self._failure(path, error) from error
        try:
            if len(data) > _LARGEST:
                raise ValueError("too large")  # noqa: TRY301 (as what cannot be parsed)
            return self._parsed(path.stem, data.decode("utf-8", "surrogatepass"))
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise self.problem(self._damaged(path)) from error

    def remove(self, name: str) -> None:
        """Remove what is kept under a name.

        Raises:
            SearchError: of the kind's own type: there is none, or it cannot be removed.
        """
        path = self._path(name)
        try:
            path.unlink()
        except FileNotFoundError:
            raise self.problem(self._missing(name)) from None
        except OSError as error:
            raise self._failure(path, error) from error

    def _named(self, name: str) -> str:
        """A name as it is kept.

        Raises:
            SearchError: of the kind's own type: it cannot be a name.
        """
        plain = unicodedata.normalize("NFKC", name).strip()
        if not _NAME.fullmatch(plain):
            raise self.problem(self._misnamed(repr(name[:80])))
        return plain

    def _put(self, name: str, text: str) -> None:
        """Keep a text under a name, durably, in place of what was there."""
        path = self._path(name)
        new = self.folder / f".{os.getpid()}-{get_ident()}.new"
        try:
            self.folder.mkdir(mode=0o755, exist_ok=True)
            with new.open("wb") as file:
                file.write(text.encode("utf-8", "surrogatepass"))
                file.flush()
                os.fsync(file.fileno())
            new.replace(path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            raise self._failure(path, error) from error

    def _path(self, name: str) -> Path:
        return self.folder / f"{self._named(name)}{_SUFFIX}"

    def _failure(self, path: Path, error: OSError) -> SearchError:
        return self.problem(
            Message("{path}: {strerror}", path=path, strerror=error.strerror or error)
        )

    def _parsed(self, name: str, text: str) -> Kept:
        """What a file holds.

        Raises:
            ValueError, TypeError, KeyError, AttributeError, RecursionError: it is not one.
        """
        raise NotImplementedError

    def _misnamed(self, name: str) -> Message:
        raise NotImplementedError

    def _missing(self, name: str) -> Message:
        raise NotImplementedError

    def _damaged(self, path: Path) -> Message:
        raise NotImplementedError
