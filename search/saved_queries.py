"""Saved queries: what to ask again, and what of its answer was seen.

    DIR/queries/NAME.json    beside the generations of the index; no commit touches it

    {"version": 1, "query": "…", "filters": ["region:浙江"], "literal": false, "expand": true,
     "relax": true, "saved": "2024-05-01T08:30:00+00:00", "seen": "2024-05-02T05:00:00+00:00",
     "generation": 7, "reports": {"0dc2ad5c8a86": [3, 22], …}}

What was seen is a list of addresses. They are made of the reports' texts, so building anew
and moving files make nothing new, and of a report that was changed all paragraphs are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from corpus.messages import Message
from corpus.plain import Plain, plain

from .errors import SavedQueryError
from .named_files import NamedFiles
from .result_sets import MOST, Addresses, addresses_from, is_count

if TYPE_CHECKING:
    from pathlib import Path

    from .errors import SearchError
    from .results import Results

FOLDER = "queries"
VERSION = 1

_LONGEST_QUERY = 20_000
_SWITCHES = ("literal", "expand", "relax")


@dataclass(frozen=True, slots=True)
class SavedQuery(Plain):
    """A query that was saved under a name, with what of its answer was seen.

    Attributes:
        name: of the saved query.
        query: in the query language; see `Index.search` for it and its options.
        filters: conditions besides, each as FIELD:VALUE.
        literal: whether the query is one exact string.
        expand: whether to find what is written in other ways.
        relax: whether of a plain question a part of the words will do.
        saved: when it was saved.
        seen: when its answer was last seen.
        generation: of the index that was seen then.
        paragraphs: which were seen: id of a report → the ordinals of its paragraphs, rising.
    """

    name: str
    query: str
    filters: tuple[str, ...]
    literal: bool
    expand: bool
    relax: bool
    saved: datetime
    seen: datetime
    generation: int
    paragraphs: Addresses

    @property
    def asking(self) -> dict[str, Any]:
        """The options of `Index.search` that it is asked with, by their names."""
        return {"filters": self.filters, **{name: getattr(self, name) for name in _SWITCHES}}

    def to_dict(self) -> dict[str, Any]:
        """It as plain data, without the paragraphs."""
        record = Plain.to_dict(self)
        del record["paragraphs"]
        return record


@dataclass(frozen=True, slots=True)
class News(Plain):
    """What is new for a saved query.

    Attributes:
        saved: the query, as it was when it was asked.
        results: the paragraphs that are new, as a search gives them: all are counted, and
            ranked among themselves.
        generation: of the index that was asked.
        seen: what is seen of the answer once the hits are: they, what they stand for, and
            what was seen before and still answers.
    """

    saved: SavedQuery
    results: Results
    generation: int
    seen: Addresses

    def to_dict(self) -> dict[str, Any]:
        """It as plain data: the results, and `saved`."""
        return {**self.results.to_dict(), "saved": self.saved.to_dict()}


class SavedQueries(NamedFiles[SavedQuery]):
    """The saved queries of an index.

    Args:
        directory: the index.

    Attributes:
        folder: where they are.
    """

    problem: type[SearchError] = SavedQueryError

    def __init__(self, directory: Path) -> None:
        super().__init__(directory / FOLDER)

    def write(
        self, name: str, query: str, asking: dict[str, Any], generation: int, seen: Addresses
    ) -> SavedQuery:
        """Save a query, in place of the one that had its name.

        Args:
            name: of the saved query.
            query: what it asks.
            asking: with which options; see `SavedQuery.asking`.
            generation: of the index that was asked.
            seen: what was seen of its answer.

        Returns:
            It, as it is kept.

        Raises:
            SavedQueryError: the name cannot be one, it is too large, or it cannot be written.
        """
        now = _now()
        saved = SavedQuery(
            self._named(name), query, **asking,
            saved=now, seen=now, generation=generation, paragraphs=seen,
        )  # fmt: skip
        self._write(saved)
        return saved

    def mark(self, news: News) -> SavedQuery:
        """Have the hits of some news be seen, so that they are not new any more.

        Do it when they have reached whoever wants them: until then they are given again.

        Raises:
            SavedQueryError: the query was removed or is another by now, or it cannot be written.
        """
        now, asked = self.read(news.saved.name), news.saved
        if (now.query, now.asking) != (asked.query, asked.asking):
            raise SavedQueryError(
                Message("{name} is another query by now; nothing was marked", name=now.name)
            )
        marked = replace(now, seen=_now(), generation=news.generation, paragraphs=news.seen)
        self._write(marked)
        return marked

    def _write(self, saved: SavedQuery) -> None:
        if sum(map(len, saved.paragraphs.values())) > MOST:
            problem = Message("a saved query has at most {most:,} paragraphs", most=MOST)
            raise SavedQueryError(problem)
        record = {
            "version": VERSION,
            "query": saved.query,
            **plain(saved.asking),
            "saved": saved.saved.isoformat(),
            "seen": saved.seen.isoformat(),
            "generation": saved.generation,
            "reports": saved.paragraphs,
        }
        self._put(saved.name, json.dumps(record, ensure_ascii=False))

    def _parsed(self, name: str, text: str) -> SavedQuery:
        raw = json.loads(text)
        filters, generation = raw["filters"], raw["generation"]
        switches = {switch: raw[switch] for switch in _SWITCHES}
        saved, seen = (datetime.fromisoformat(raw[time]) for time in ("saved", "seen"))
        texts = [raw["query"], *filters]
        if raw["version"] != VERSION or not isinstance(filters, list) or not is_count(generation):
            raise ValueError("not of this version")
        if not all(isinstance(one, str) and len(one) <= _LONGEST_QUERY for one in texts):
            raise ValueError("not a query and filters")
        if not all(isinstance(switch, bool) for switch in switches.values()):
            raise ValueError("not options of a query")
        if saved.tzinfo is None or seen.tzinfo is None:
            raise ValueError("not times")
        return SavedQuery(
            name, raw["query"], tuple(filters), **switches, saved=saved, seen=seen,
            generation=generation, paragraphs=addresses_from(raw["reports"]),
        )  # fmt: skip

    def _misnamed(self, name: str) -> Message:
        return Message(
            "{name} cannot be the name of a saved query: "
            "it is made of letters, digits, - and _, sixty at the most",
            name=name,
        )

    def _missing(self, name: str) -> Message:
        return Message("there is no saved query {name}; list them with: baogao new", name=name)

    def _damaged(self, path: Path) -> Message:
        return Message(
            "{path} is not a saved query; remove it with: baogao new --remove {name}",
            path=path,
            name=path.stem,
        )


def _now() -> datetime:
    return datetime.now(timezone.utc).replace(microsecond=0)
