"""Result sets: paragraphs that were found, kept under a name to be searched within.

    DIR/sets/NAME.json    beside the generations of the index; no commit touches it

    {"version": 1, "query": "…", "kept": "2024-05-01T08:30:00+00:00", "generation": 7,
     "reports": {"0dc2ad5c8a86": [3, 22], …}}

A set is a list of addresses, so it stays right when the index changes: what is gone is not
found any more. It may come from anywhere, so it is read as what may be meant to mislead.
"""

from __future__ import annotations

import json
import os
import re
import unicodedata
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timezone
from threading import get_ident
from typing import TYPE_CHECKING, Any

from corpus.messages import Message
from corpus.model import ID_LENGTH
from corpus.plain import Plain

from .errors import ResultSetError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .results import Passage

FOLDER = "sets"
VERSION = 1

MOST = 1_000_000
"""Paragraphs in a set."""

_LARGEST = 1 << 24
"""Bytes of a file: as many paragraphs take half of it."""

_LAST_ORDINAL = (1 << 31) - 1
_LONGEST_QUERY = 20_000
_NAME = re.compile(r"\w[\w-]{0,59}")
_REPORT = re.compile(rf"[0-9a-f]{{{ID_LENGTH}}}")
_SUFFIX = ".json"

Addresses = dict[str, tuple[int, ...]]
"""Paragraphs: the id of a report → the ordinals of its paragraphs, rising."""


@dataclass(frozen=True, slots=True)
class ResultSet(Plain):
    """Paragraphs that were kept under a name.

    Attributes:
        name: of the set; `within:NAME` searches in it.
        query: what they answer; "" if they were chosen otherwise.
        kept: when they were kept.
        generation: of the index that they were found in.
        paragraphs: id of a report → the ordinals of its paragraphs, rising.
    """

    name: str
    query: str
    kept: datetime
    generation: int
    paragraphs: Addresses

    @property
    def addresses(self) -> tuple[str, ...]:
        """Of all its paragraphs, report by report."""
        return tuple(
            f"{report}:{ordinal}"
            for report, ordinals in self.paragraphs.items()
            for ordinal in ordinals
        )

    def __len__(self) -> int:
        """How many paragraphs it has."""
        return sum(map(len, self.paragraphs.values()))

    def to_dict(self) -> dict[str, Any]:
        """It as plain data, its paragraphs as a list of addresses."""
        return {
            "name": self.name,
            "query": self.query or None,
            "kept": self.kept.isoformat(),
            "generation": self.generation,
            "addresses": list(self.addresses),
        }


def named(name: str) -> str:
    """A name as it is kept.

    Raises:
        ResultSetError: it cannot be the name of a set.
    """
    plain = unicodedata.normalize("NFKC", name).strip()
    if not _NAME.fullmatch(plain):
        raise ResultSetError(
            Message(
                "{name} cannot be the name of a result set: "
                "it is made of letters, digits, - and _, sixty at the most",
                name=repr(name[:80]),
            )
        )
    return plain


class ResultSets:
    """The result sets of an index.

    Args:
        directory: the index.

    Attributes:
        folder: where they are.
    """

    def __init__(self, directory: Path) -> None:
        self.folder: Path = directory / FOLDER

    def names(self) -> list[str]:
        """The names of all sets, in order."""
        try:
            files = list(self.folder.iterdir())
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise self._failure(self.folder, error) from error
        names = [file.stem for file in files if file.suffix == _SUFFIX]
        return sorted(filter(_NAME.fullmatch, names))

    def read(self, name: str) -> ResultSet:
        """A set by its name.

        Raises:
            ResultSetError: there is no such set, or its file is not one.
        """
        path = self._path(name)
        try:
            with path.open("rb") as file:
                data = file.read(_LARGEST + 1)
        except (FileNotFoundError, NotADirectoryError):
            raise ResultSetError(
                Message("there is no result set {name}; list them with: baogao sets", name=name)
            ) from None
        except OSError as error:
            raise self._failure(path, error) from error
        try:
            return _read(path.stem, data)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            raise ResultSetError(
                Message(
                    "{path} is not a result set; remove it with: baogao sets --remove {name}",
                    path=path,
                    name=path.stem,
                )
            ) from error

    def write(self, name: str, query: str, generation: int, paragraphs: Addresses) -> ResultSet:
        """Keep a set, in place of the one that had its name.

        Who reads meanwhile sees the one before or this one.

        Args:
            name: of the set.
            query: what its paragraphs answer.
            generation: of the index that they were found in.
            paragraphs: which.

        Returns:
            The set, as it is kept.

        Raises:
            ResultSetError: the name cannot be one, it is too large, or it cannot be written.
        """
        now = datetime.now(timezone.utc).replace(microsecond=0)
        kept = ResultSet(named(name), query[:_LONGEST_QUERY], now, generation, paragraphs)
        if len(kept) > MOST:
            problem = Message("a result set has at most {most:,} paragraphs", most=MOST)
            raise ResultSetError(problem)
        path = self._path(kept.name)
        new = self.folder / f".{os.getpid()}-{get_ident()}.new"
        try:
            self.folder.mkdir(mode=0o755, exist_ok=True)
            new.write_bytes(_written(kept))
            new.replace(path)
        except OSError as error:
            with suppress(OSError):
                new.unlink()
            raise self._failure(path, error) from error
        return kept

    def remove(self, name: str) -> None:
        """Remove a set.

        Raises:
            ResultSetError: there is none, or it cannot be removed.
        """
        path = self._path(name)
        try:
            path.unlink()
        except FileNotFoundError:
            raise ResultSetError(
                Message("there is no result set {name}; list them with: baogao sets", name=name)
            ) from None
        except OSError as error:
            raise self._failure(path, error) from error

    def _path(self, name: str) -> Path:
        return self.folder / f"{named(name)}{_SUFFIX}"

    def _failure(self, path: Path, error: OSError) -> ResultSetError:
        return ResultSetError(
            Message("{path}: {strerror}", path=path, strerror=error.strerror or error)
        )


def as_addresses(passages: Iterable[Passage]) -> Addresses:
    """The addresses of passages."""
    found: dict[str, set[int]] = {}
    for passage in passages:
        found.setdefault(passage.report.id, set()).add(passage.paragraph)
    return {report: tuple(sorted(ordinals)) for report, ordinals in sorted(found.items())}


def _written(kept: ResultSet) -> bytes:
    record = {
        "version": VERSION,
        "query": kept.query,
        "kept": kept.kept.isoformat(),
        "generation": kept.generation,
        "reports": kept.paragraphs,
    }
    return json.dumps(record, ensure_ascii=False).encode("utf-8", "surrogatepass")


def _read(name: str, data: bytes) -> ResultSet:
    """A set from its file.

    Raises:
        ValueError, TypeError, KeyError, AttributeError, RecursionError: it is not one.
    """
    if len(data) > _LARGEST:
        raise ValueError("too large")
    raw = json.loads(data.decode("utf-8", "surrogatepass"))
    query, generation, reports = raw["query"], raw["generation"], raw["reports"]
    kept = datetime.fromisoformat(raw["kept"])
    if raw["version"] != VERSION or not isinstance(query, str) or len(query) > _LONGEST_QUERY:
        raise ValueError("not of this version")
    if not _is_count(generation) or kept.tzinfo is None or not all(map(_REPORT.fullmatch, reports)):
        raise ValueError("not as it is written")
    paragraphs = {report: tuple(ordinals) for report, ordinals in reports.items()}
    for ordinals in paragraphs.values():
        if not all(map(_is_count, ordinals)) or list(ordinals) != sorted(set(ordinals)):
            raise ValueError("not the ordinals of paragraphs")
    found = ResultSet(name, query, kept, generation, paragraphs)
    if len(found) > MOST:
        raise ValueError("too many paragraphs")
    return found


def _is_count(value: object) -> bool:
    return type(value) is int and 0 < value <= _LAST_ORDINAL
