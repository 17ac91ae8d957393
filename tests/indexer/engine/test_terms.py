"""Fields that are columns, and fields whose texts several documents share."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from whoosh import analysis, fields, query, sorting

from indexer.engine import ArrayIndex, ArraySegment, ColumnTerms
from indexer.engine.columns import CodedColumn
from indexer.storage.checked import CheckedFile
from indexer.storage.posting_arrays import Cells, field_arrays
from indexer.storage.segment import Segment, write_segment

from .support import Folder, plain, scores

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.engine import Terms

KINDS = ["", "annual", "audit", "budget", "none has it", "plan"]


class WithKinds(ArraySegment):
    """A segment whose documents have what they are from somewhere else."""

    def __init__(self, stored: Segment, schema: fields.Schema, kinds: list[str]) -> None:
        codes = np.array([KINDS.index(kind) for kind in kinds], np.uint8)
        self._kinds = CodedColumn(codes, [kind.encode() for kind in KINDS])
        super().__init__(stored, schema)

    @property
    def field_names(self) -> tuple[str, ...]:
        """Those of the segment, and the one that is not in it."""
        return ("kind", *self.stored.fields)

    def _terms(self, field: str) -> Terms:
        return ColumnTerms(self._kinds) if field == "kind" else super()._terms(field)

    def _column(self, field: str) -> CodedColumn | None:
        return self._kinds if field == "kind" else super()._column(field)

    def stored_fields(self, document: int) -> dict[str, Any]:
        """Not read from the records."""
        return {"id": f"document {document}"}


@pytest.fixture(scope="module")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> tuple[ArrayIndex, ArrayIndex]:
    """An index with a field of kinds, and one to which they come as a column."""
    random = Random(2)
    kinds = [random.choice(KINDS[:4]) for _ in range(49)] + ["plan"]
    texts = [" ".join(random.choices(["alfa", "bravo", "echo"], k=3)) for _ in kinds]
    plainly = fields.Schema(id=fields.STORED, text=fields.TEXT(stored=True))
    schema = fields.Schema(
        id=fields.STORED, text=fields.TEXT(stored=True), kind=fields.ID(sortable=True)
    )
    folders = [Folder(tmp_path_factory.mktemp("folder")) for _ in range(2)]
    stored = ArrayIndex(schema, target=folders[0])
    without = ArrayIndex(plainly, target=folders[1])
    for half in (slice(0, 20), slice(20, 50)):
        with stored.writer() as writer, without.writer() as other:
            for kind, text in zip(kinds[half], texts[half], strict=True):
                writer.add_document(text=text, **({"kind": kind} if kind else {}))
                other.add_document(text=text)
    for index in (stored, without):
        with index.writer() as writer:
            for number in (3, 22, 23):
                writer.delete_document(number)
    segments = [
        WithKinds(segment, schema, part)
        for segment, part in zip(folders[1].segments, (kinds[:20], kinds[20:]), strict=True)
    ]
    return stored, ArrayIndex(schema, segments)


QUERIES: list[query.Query] = [
    query.Term("kind", "audit"),
    query.Term("kind", "zulu"),
    query.Term("kind", ""),
    query.And([query.Term("text", "alfa"), query.Term("kind", "annual", boost=2.0)]),
    query.AndNot(query.Term("text", "alfa"), query.Term("kind", "annual")),
    query.Or([query.Term("kind", "audit"), query.Term("kind", "budget")]),
    query.Not(query.Term("kind", "budget")),
    query.Prefix("kind", "a"),
    query.Wildcard("kind", "*u*"),
    query.TermRange("kind", "annual", "audit", startexcl=True),
    query.TermRange("kind", None, None),
    query.FuzzyTerm("kind", "budge"),
    query.Prefix("kind", "n"),
    query.Or([query.Term("kind", "none has it"), query.Term("kind", "plan")]),
    query.Every("kind"),
]


@pytest.mark.parametrize("wanted", QUERIES, ids=str)
def test_a_column_answers_as_a_field(
    indexes: tuple[ArrayIndex, ArrayIndex], wanted: query.Query
) -> None:
    """Terms, patterns and ranges find the same in both, in arrays and stepped through."""
    found = []
    for index in indexes:
        with index.searcher() as searcher:
            found.append(scores(searcher.search(wanted, limit=None)))
        found.append(scores(plain(index, wanted)))
    assert all(each == pytest.approx(found[0]) for each in found)


def test_a_column_sorts_and_groups_as_a_field(indexes: tuple[ArrayIndex, ArrayIndex]) -> None:
    """What has no value comes first, in a group of its own."""
    answers = []
    for index in indexes:
        with index.searcher() as searcher:
            found = searcher.search(
                query.Term("text", "alfa"),
                limit=None,
                sortedby=sorting.FieldFacet("kind", reverse=True),
                groupedby=sorting.FieldFacet("kind", maptype=sorting.Count),
            )
            answers.append((list(found.items()), found.groups()))
    assert answers[0] == answers[1]
    assert set(answers[0][1]) <= set(KINDS) - {"none has it"}


def test_a_segment_may_have_its_own_stored_fields(
    indexes: tuple[ArrayIndex, ArrayIndex],
) -> None:
    """Hits have what it says."""
    with indexes[1].searcher() as searcher:
        assert searcher.search(query.Every(), limit=21)[20]["id"] == "document 1"


@pytest.mark.parametrize("by_character", [False, True])
def test_a_text_of_several_documents_counts_for_each(tmp_path: Path, by_character: bool) -> None:
    """Headings that are kept once are found and scored as if each document had its own."""
    headings, sizes = ["alfa bravo alfa", "bravo", "echo alfa bravo echo echo"], [3, 1, 4]
    schema = fields.Schema(heading=fields.TEXT(analysis.SpaceSeparatedTokenizer(), phrase=False))
    own = ArrayIndex(schema, target=Folder(tmp_path))
    with own.writer() as writer:
        for heading, size in zip(headings, sizes, strict=True):
            for _ in range(size):
                writer.add_document(heading=heading)
    words = [heading.split() for heading in headings]
    terms = sorted({word for each in words for word in each})
    cells = np.repeat(np.arange(3), [len(each) for each in words])
    arrays = field_arrays(
        "heading",
        [term.encode() for term in terms],
        np.array([terms.index(word) for each in words for word in each], np.int64),
        np.arange(len(cells)) if by_character else cells,
        Cells(
            np.array([0, 3, 4, 9]) if by_character else None,
            np.array([0, 3, 4, 8]),
            None if by_character else np.array([3, 1, 5]),
        ),
    )
    path = tmp_path / "shared.seg"
    write_segment(path, 8, ["heading"], [], arrays)
    segment = ArraySegment(Segment(CheckedFile(path, tmp_path)), schema)
    shared = ArrayIndex(schema, [segment])
    for wanted in (
        query.Term("heading", "alfa"),
        query.And([query.Term("heading", "alfa"), query.Term("heading", "bravo")]),
        query.Prefix("heading", "e"),
        query.TermRange("heading", "a", "z"),
        query.Every("heading"),
    ):
        answers = []
        for index in (own, shared):
            with index.searcher() as searcher:
                answers.append(scores(searcher.search(wanted, limit=None)))
            answers.append(scores(plain(index, wanted)))
        assert all(answer == pytest.approx(answers[0]) for answer in answers)
        assert answers[0]
