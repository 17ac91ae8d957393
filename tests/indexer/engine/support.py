"""What the engine's tests share: a folder to write to, and an index beside Whoosh's own."""

from __future__ import annotations

import copy
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from whoosh import analysis, fields, query
from whoosh.index import create_in
from whoosh.matching import (
    AndMaybeMatcher,
    AndNotMatcher,
    ArrayUnionMatcher,
    DisjunctionMaxMatcher,
    InverseMatcher,
    RequireMatcher,
)
from whoosh.searching import Results, Searcher

from indexer.engine import ArrayIndex
from indexer.storage.checked import Arrays, CheckedFile
from indexer.storage.segment import Segment, write_deletions, write_segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray


@dataclass
class Folder:
    """The simplest target: segments in a folder, known only to this object."""

    directory: Path
    committed: list[Segment] = field(default_factory=list)
    generation: int = 0
    _files: int = 0

    def __post_init__(self) -> None:
        self.segments = self.committed

    def _path(self) -> Path:
        self._files += 1
        return self.directory / f"{self._files}.seg"

    def refresh(self) -> None:
        """Nobody else is there."""

    def begin(self) -> None:
        """Nor ever will be."""

    def write(
        self, documents: int, names: Sequence[str], records: Sequence[str], arrays: Arrays
    ) -> None:
        path = self._path()
        stored = write_segment(path, documents, names, records, arrays)
        self.segments = [*self.segments, Segment(CheckedFile(path, self.directory, stored))]

    def delete(self, segment: int, documents: NDArray[np.int64]) -> None:
        changed = copy.copy(self.segments[segment])
        changed.deleted = np.union1d(changed.deleted, documents)
        self.segments = [*self.segments[:segment], changed, *self.segments[segment + 1 :]]

    def drop(self, segments: Sequence[int]) -> None:
        self.segments = [
            segment for number, segment in enumerate(self.segments) if number not in segments
        ]

    def commit(self) -> None:
        self.segments = [
            segment if segment in self.committed else self._with_deletions(segment)
            for segment in self.segments
        ]
        self.committed = self.segments
        self.generation += 1

    def _with_deletions(self, segment: Segment) -> Segment:
        path = self._path()
        stored = write_deletions(path, segment.deleted)
        return Segment(segment.file, CheckedFile(path, self.directory, stored))

    def cancel(self) -> None:
        self.segments = self.committed


WORDS = ["alfa", "alma", "alpha", "bravo", "brave", "charlie", "delta", "deltas", "echo", "golf"]
TAGS = ["red", "rose", "green", "grey", "blue"]


def schema() -> fields.Schema:
    """Every kind of field that can be searched."""
    words = analysis.SpaceSeparatedTokenizer()
    return fields.Schema(
        id=fields.ID(stored=True, unique=True),
        text=fields.TEXT(analyzer=words, stored=True),
        title=fields.TEXT(analyzer=words, phrase=False, field_boost=2.0),
        tag=fields.KEYWORD(sortable=True, stored=True),
        rank=fields.NUMERIC(sortable=True, stored=True),
        day=fields.DATETIME(sortable=True, stored=True),
    )


def document(random: Random, number: int) -> dict[str, Any]:
    """A document of the schema; some fields are empty, some missing."""
    found: dict[str, Any] = {
        "id": f"d{number}",
        "text": " ".join(random.choices(WORDS, k=random.randint(0, 14))),
        "title": " ".join(random.choices(WORDS, k=random.randint(0, 3))),
        "tag": " ".join(random.choices(TAGS, k=random.randint(1, 2))),
        "rank": random.randint(-50, 300),
        "day": datetime(2020, 1, 1 + random.randint(0, 27)),  # noqa: DTZ001 (as Whoosh has them)
    }
    for name in ("title", "tag", "rank"):
        if random.random() < 0.15:
            del found[name]
    return found


@dataclass(frozen=True)
class Twin:
    """One set of documents in an index of ours, and in one of Whoosh's own."""

    ours: ArrayIndex
    stock: Any

    @classmethod
    def of(
        cls,
        directory: Path,
        definition: fields.Schema,
        segments: Sequence[Sequence[dict[str, Any]]],
        deleted: Sequence[int] = (),
    ) -> Twin:
        """Index documents, then delete some by number."""
        ours = ArrayIndex(definition, target=Folder(directory))
        (directory / "stock").mkdir()
        stock = create_in(directory / "stock", definition)
        for documents in segments:
            for index, options in ((ours, {}), (stock, {"merge": False})):
                writer = index.writer()
                for each in documents:
                    writer.add_document(**each)
                writer.commit(**options)
        for index, options in ((ours, {}), (stock, {"merge": False})):
            writer = index.writer()
            for number in deleted:
                writer.delete_document(number)
            writer.commit(**options)
        return cls(ours, stock)

    @classmethod
    def random(cls, directory: Path, seed: int, sizes: Sequence[int] = (25, 1, 40)) -> Twin:
        """Random documents in several segments, some of them deleted."""
        random = Random(seed)
        numbers = iter(range(sum(sizes)))
        segments = [[document(random, next(numbers)) for _ in range(size)] for size in sizes]
        deleted = sorted(random.sample(range(sum(sizes)), sum(sizes) // 8))
        return cls.of(directory, schema(), segments, deleted)


Scores = dict[int, float]
"""Of every document that was found its score."""


def scores(results: Results) -> Scores:
    return dict(results.items())


def plain(index: Any, wanted: query.Query, **options: Any) -> Results:
    """What Whoosh's own searcher and collectors find in an index."""
    return Searcher(index.reader(), **options).search(wanted, limit=None)


def tree(random: Random, depth: int = 4) -> query.Query:
    """A random query."""
    if depth == 0 or random.random() < 0.25:
        return _leaf(random)
    some = [tree(random, depth - 1) for _ in range(random.randint(1, 4))]
    pair = [tree(random, depth - 1) for _ in range(2)]
    boost = random.choice([1.0, 1.0, 0.5, 3.0])
    kinds: list[Any] = [
        lambda: query.And(some, boost=boost),
        lambda: query.Or(some, boost=boost),
        lambda: query.DisjunctionMax(some, boost=boost),
        lambda: query.Not(pair[0]),
        lambda: query.And([pair[0], query.Not(pair[1])]),
        lambda: query.AndMaybe(*pair),
        lambda: query.AndNot(*pair),
        lambda: query.Require(*pair),
        lambda: query.ConstantScoreQuery(pair[0], boost),
    ]
    return random.choice(kinds)()


def _leaf(random: Random) -> query.Query:
    name = random.choice(["text", "text", "title"])
    word = random.choice([*WORDS, "zulu"])
    boost = random.choice([1.0, 1.0, 2.0])
    first, last = sorted(random.choices(WORDS, k=2))
    low, high = sorted(random.choices(range(-60, 310), k=2))
    days = [datetime(2020, 1, 1 + random.randint(0, 27)) for _ in range(2)]  # noqa: DTZ001
    sides = {"startexcl": random.random() < 0.3, "endexcl": random.random() < 0.3}
    kinds: list[Any] = [
        lambda: query.Term(name, word, boost=boost),
        lambda: query.Term(name, word),
        lambda: query.Term("tag", random.choice(TAGS), boost=boost),
        lambda: query.Phrase("text", random.choices(WORDS, k=2), slop=random.randint(1, 3)),
        lambda: query.Phrase("text", random.choices(WORDS, k=3), slop=6, boost=boost),
        lambda: query.Prefix(name, word[: random.randint(0, 3)], boost=boost),
        lambda: query.Prefix(name, word[:2], constantscore=False, boost=boost),
        lambda: query.Wildcard(name, random.choice(["*", "a*a", "?r*", "*l*", "delta?"])),
        lambda: query.Regex(name, random.choice([".*", "al.*", "[be].*o", "d.+"])),
        lambda: query.FuzzyTerm(name, word, maxdist=random.randint(1, 2), prefixlength=1),
        lambda: query.FuzzyTerm(name, word, prefixlength=0, constantscore=False),
        lambda: query.Variations(name, "delta"),
        lambda: query.TermRange(name, first, last, **sides),
        lambda: query.TermRange("tag", None, "grey", boost=boost),
        lambda: query.NumericRange("rank", low, high, **sides, boost=boost),
        lambda: query.NumericRange("rank", low, None, constantscore=False),
        lambda: query.DateRange("day", min(days), max(days)),
        lambda: query.Every(random.choice([None, "title"]), boost=boost),
        lambda: query.NullQuery,
        lambda: query.Term("none", word),
    ]
    return random.choice(kinds)()


def _and_maybe_skip_to(self: Any, number: int) -> None:
    self.a.skip_to(number)
    if self.a.is_active() and self.b.is_active():
        self.b.skip_to(self.a.id())


def _and_not_find_first(self: Any) -> None:
    if self.a.is_active() and self.b.is_active():
        self._find_next()


def _and_not_skip_to(self: Any, number: int) -> None:
    if number > self.a.id():
        self.a.skip_to(number)
        self._find_first()


def _inverse_find_next(self: Any) -> None:
    child = self.child
    while self._id < self.limit:
        if child.is_active() and child.id() < self._id:
            child.skip_to(self._id)
        if not self.missing(self._id) and not (child.is_active() and child.id() == self._id):
            return
        self._id += 1


_ARRAY_SKIP_TO = ArrayUnionMatcher.skip_to


def _array_skip_to(self: Any, number: int) -> None:
    if number > self.id():
        _ARRAY_SKIP_TO(self, number)


def _highest_score(self: Any) -> Any:
    here = [each for each in (self.a, self.b) if each.is_active() and each.id() == self.id()]
    return max(each.score() for each in here)


def _require_matcher(self: Any, searcher: Any, context: Any = None) -> Any:
    required = self.b.matcher(searcher, searcher.boolean_context())
    return RequireMatcher(self.a.matcher(searcher, context), required)


FAULTS: dict[str, list[tuple[type, str, Any]]] = {
    "AndMaybe leaves its second list behind where the first skips": [
        (AndMaybeMatcher, "skip_to", _and_maybe_skip_to)
    ],
    "AndNot finds its first document even if it is excluded": [
        (AndNotMatcher, "_find_first", _and_not_find_first),
        (AndNotMatcher, "skip_to", _and_not_skip_to),
    ],
    "Not finds a deleted document after the last excluded one": [
        (InverseMatcher, "_find_next", _inverse_find_next)
    ],
    "a union in an array skips back to what was excluded since": [
        (ArrayUnionMatcher, "skip_to", _array_skip_to)
    ],
    "DisjunctionMax takes the score of a document that is not reached yet": [
        (DisjunctionMaxMatcher, "score", _highest_score)
    ],
    "Require excludes what it should require": [(query.Require, "matcher", _require_matcher)],
}
"""Where Whoosh's matchers go wrong, and what they should do."""


@contextmanager
def repaired(names: Sequence[str] = tuple(FAULTS)) -> Iterator[None]:
    """Whoosh without some of its faults."""
    with pytest.MonkeyPatch.context() as patch:
        for name in names:
            for owner, method, better in FAULTS[name]:
                patch.setattr(owner, method, better)
        yield
