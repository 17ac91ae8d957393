"""Result sets: paragraphs that were found, kept under a name to be searched within.

    DIR/sets/NAME.json    beside the generations of the index; no commit touches it

    {"version": 1, "query": "…", "kept": "2024-05-01T08:30:00+00:00", "generation": 7,
     "reports": {"0dc2ad5c8a86": [3, 22], …}}

A set is a list of addresses, so it stays right when the index changes: what is gone is not
found any more. It may come from anywhere, so it is read as what may be meant to mislead.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from corpus.messages import Message
from corpus.model import ID_LENGTH
from corpus.plain import Plain

from .errors import ResultSetError
from .named_files import NamedFiles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .errors import SearchError
    from .results import Passage

FOLDER = "sets"
VERSION = 1

MOST = 1_000_000
"""Paragraphs in a set."""

_LAST_ORDINAL = (1 << 31) - 1
_LONGEST_QUERY = 20_000
_REPORT = re.compile(rf"[0-9a-f]{{{ID_LENGTH}}}")

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


class ResultSets(NamedFiles[ResultSet]):
    """The result sets of an index.

    Args:
        directory: the index.

    Attributes:
        folder: where they are.
    """

    problem: type[SearchError] = ResultSetError

    def __init__(self, directory: Path) -> None:
        super().__init__(directory / FOLDER)

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
        kept = ResultSet(self._named(name), query[:_LONGEST_QUERY], now, generation, paragraphs)
        if len(kept) > MOST:
            problem = Message("a result set has at most {most:,} paragraphs", most=MOST)
            raise ResultSetError(problem)
        self._put(kept.name, _written(kept))
        return kept

    def _parsed(self, name: str, text: str) -> ResultSet:
        raw = json.loads(text)
        query, generation = raw["query"], raw["generation"]
        kept = datetime.fromisoformat(raw["kept"])
        if raw["version"] != VERSION or not isinstance(query, str) or len(query) > _LONGEST_QUERY:
            raise ValueError("not of this version")
        if not is_count(generation) or kept.tzinfo is None:
            raise ValueError("not as it is written")
        return ResultSet(name, query, kept, generation, addresses_from(raw["reports"]))

    def _misnamed(self, name: str) -> Message:
        return Message(
            "{name} cannot be the name of a result set: "
            "it is made of letters, digits, - and _, sixty at the most",
            name=name,
        )

    def _missing(self, name: str) -> Message:
        return Message("there is no result set {name}; list them with: baogao sets", name=name)

    def _damaged(self, path: Path) -> Message:
        return Message(
            "{path} is not a result set; remove it with: baogao sets --remove {name}",
            path=path,
            name=path.stem,
        )


def as_addresses(passages: Iterable[Passage]) -> Addresses:
    """The addresses of passages."""
    found: dict[str, set[int]] = {}
    for passage in passages:
        found.setdefault(passage.report.id, set()).add(passage.paragraph)
    return {report: tuple(sorted(ordinals)) for report, ordinals in sorted(found.items())}


def addresses_from(raw: dict[str, list[int]]) -> Addresses:
    """Addresses as they were read from a file.

    Raises:
        ValueError, TypeError, AttributeError: they are none.
    """
    if not all(map(_REPORT.fullmatch, raw)):
        raise ValueError("not the ids of reports")
    paragraphs = {report: tuple(ordinals) for report, ordinals in raw.items()}
    for ordinals in paragraphs.values():
        if not all(map(is_count, ordinals)) or list(ordinals) != sorted(set(ordinals)):
            raise ValueError("not the ordinals of paragraphs")
    if sum(map(len, paragraphs.values())) > MOST:
        raise ValueError("too many paragraphs")
    return paragraphs


def is_count(value: object) -> bool:
    """Whether a value that was read can be a number of something, counted from 1."""
    return type(value) is int and 0 < value <= _LAST_ORDINAL


def _written(kept: ResultSet) -> str:
    record = {
        "version": VERSION,
        "query": kept.query,
        "kept": kept.kept.isoformat(),
        "generation": kept.generation,
        "reports": kept.paragraphs,
    }
    return json.dumps(record, ensure_ascii=False)
