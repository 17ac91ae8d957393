"""Queries for where terms stand: positions are found in the stored text as they are wanted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from whoosh import analysis, fields, formats, query
from whoosh.query import spans

from indexer.engine import ArrayIndex, Unsupported

from .support import Folder, Twin, plain, scores

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Overlapping(analysis.Analyzer):  # type: ignore[misc]
    """Cuts Chinese as jieba does for search: the parts of a word, then the word.

    A token's position is the number of its first character.
    """

    def __call__(self, value: str, **options: Any) -> Iterator[analysis.Token]:
        token = analysis.Token(**options)
        for start in range(0, len(value), 3):
            word = value[start : start + 3]
            parts = [(start + at, word[at : at + 2]) for at in range(len(word) - 1)]
            for at, text in [*parts, (start, word)]:
                token.text, token.boost, token.stopped = text, 1.0, False
                token.pos, token.startchar, token.endchar = at, at, at + len(text)
                yield token


SENTENCES = [
    "国民经济平稳运行经济发展",
    "经济发展平稳国民经济运行",
    "发展国民经济发展国民经济",
    "平稳运行",
    "经济",
]


@pytest.fixture(scope="module", params=[False, True], ids=["positions", "characters"])
def chinese(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Twin:
    schema = fields.Schema(
        text=fields.TEXT(analyzer=Overlapping(), stored=True, chars=request.param)
    )
    documents = [{"text": sentence} for sentence in SENTENCES]
    return Twin.of(tmp_path_factory.mktemp("chinese"), schema, [documents[:2], documents[2:]], [1])


@pytest.mark.parametrize("slop", [1, 2, 3, 7])
def test_phrases_of_overlapping_tokens_are_those_of_whoosh(chinese: Twin, slop: int) -> None:
    """A phrase of any two or three tokens is found where Whoosh finds it, scored the same."""
    with chinese.ours.searcher() as searcher:
        words = sorted(set(searcher.field_terms("text")))
        for first in words:
            for second in words:
                for rest in ([], [words[0]], [first]):
                    phrase = query.Phrase("text", [first, second, *rest], slop=slop)
                    found = scores(searcher.search(phrase, limit=None))
                    assert found == pytest.approx(scores(plain(chinese.stock, phrase)))


def test_highlights_are_those_of_whoosh(chinese: Twin) -> None:
    """What is highlighted is the same, with terms recorded and without."""
    for terms in (False, True):
        for wanted in (query.Term("text", "经济"), query.Phrase("text", ["国民经"[:2], "民经"])):
            with chinese.ours.searcher() as ours, chinese.stock.searcher() as stock:
                assert [hit.highlights("text") for hit in ours.search(wanted, terms=terms)] == [
                    hit.highlights("text") for hit in stock.search(wanted, terms=terms)
                ]


def _spans() -> list[query.Query]:
    alfa, bravo, echo = (query.Term("text", word) for word in ("alfa", "bravo", "echo"))
    near = spans.SpanNear(alfa, bravo, slop=3, ordered=False)
    return [
        spans.SpanFirst(alfa, limit=2),
        near,
        spans.SpanNear2([alfa, bravo, echo], slop=4),
        spans.SpanOr([alfa, bravo]),
        spans.SpanNot(near, echo),
        spans.SpanContains(spans.SpanNear(alfa, bravo, slop=6), echo),
        spans.SpanBefore(alfa, bravo),
        spans.SpanCondition(alfa, bravo),
        query.Sequence([alfa, bravo], slop=2),
        query.Ordered([alfa, bravo]),
        query.AndMaybe(spans.SpanFirst(alfa), query.Term("title", "golf")),
    ]


@pytest.mark.parametrize("wanted", _spans(), ids=lambda wanted: type(wanted).__name__)
def test_span_queries_are_those_of_whoosh(
    wanted: query.Query, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Queries that only Whoosh's matchers know find the same, scored the same."""
    twin = Twin.random(tmp_path_factory.mktemp("spans"), 5)
    expected = scores(plain(twin.stock, wanted))
    assert scores(plain(twin.ours, wanted)) == pytest.approx(expected)
    with twin.ours.searcher() as searcher:
        assert scores(searcher.search(wanted, limit=None)) == pytest.approx(expected)


def test_parents_of_what_is_found(tmp_path: Path) -> None:
    """Documents that were added after their parent lead to it."""
    schema = fields.Schema(kind=fields.ID(stored=True), text=fields.TEXT(stored=True))
    documents = [
        {"kind": kind, "text": text}
        for kind, text in [
            ("chapter", "one"),
            ("paragraph", "alfa bravo"),
            ("chapter", "two"),
            ("paragraph", "alfa alfa"),
            ("paragraph", "echo"),
        ]
    ]
    twin = Twin.of(tmp_path, schema, [documents])
    wanted = query.NestedParent(query.Term("kind", "chapter"), query.Term("text", "alfa"))
    with twin.ours.searcher() as searcher:
        found = searcher.search(wanted)
        assert sorted(hit["text"] for hit in found) == ["one", "two"]
        assert scores(found) == pytest.approx(scores(plain(twin.stock, wanted)))


def test_positions_that_are_not_stored_are_refused(tmp_path: Path) -> None:
    """A field with positions must be stored, and what is stored be what is indexed."""
    schema = fields.Schema(text=fields.TEXT)
    with pytest.raises(Unsupported, match="text: .*make the field stored"):
        ArrayIndex(schema, target=Folder(tmp_path)).writer()
    index = ArrayIndex(fields.Schema(text=fields.TEXT(stored=True)), target=Folder(tmp_path))
    with pytest.raises(Unsupported, match="text: its positions are found in what is stored"):
        index.writer().add_document(text="alfa bravo", _stored_text="something else")


def test_a_phrase_in_a_field_without_positions_is_an_error(tmp_path: Path) -> None:
    """It is the error of Whoosh."""
    twin = Twin.of(
        tmp_path, fields.Schema(text=fields.TEXT(phrase=False)), [[{"text": "alfa bravo"}]]
    )
    phrase = query.Phrase("text", ["alfa", "bravo"])
    with twin.ours.searcher() as searcher, pytest.raises(query.QueryError, match="no positions"):
        searcher.search(phrase)


def test_children_of_nested_documents_are_found_once(tmp_path: Path) -> None:
    """Whoosh's matcher comes to them again after each one that is itself wanted."""
    schema = fields.Schema(kind=fields.ID(), text=fields.TEXT(phrase=False))
    documents = [
        {"kind": "chapter" if number % 4 == 0 else "part", "text": f"alfa {number}"}
        for number in range(24)
    ]
    twin = Twin.of(tmp_path, schema, [documents], deleted=[3, 8, 9, 10, 17, 19])
    wanted = query.NestedChildren(query.Term("kind", "chapter"), query.Term("text", "alfa"))
    with twin.ours.searcher() as ours, twin.stock.searcher() as stock:
        found = ours.search(wanted, limit=None)
        assert len(found) == len(stock.search(wanted, limit=None))
        assert found.docs() == stock.search(wanted, limit=None).docs()
        assert list(found.collector.all_ids()) == sorted(found.docs())


def test_postings_are_read_as_whoosh_writes_them(tmp_path: Path) -> None:
    """Field by field, term by term, with the value that each format makes of a posting."""
    words = analysis.SpaceSeparatedTokenizer()
    boosts = fields.FieldType(formats.PositionBoosts(), words, stored=True)
    character_boosts = fields.FieldType(formats.CharacterBoosts(), words, stored=True)
    schema = fields.Schema(
        id=fields.ID(stored=True),
        tag=fields.KEYWORD(),
        rank=fields.NUMERIC(),
        text=fields.TEXT(stored=True),
        placed=fields.TEXT(stored=True, chars=True, field_boost=2.0),
        boosts=boosts,
        characters=character_boosts,
    )
    text = "alfa bravo alfa"
    texts = dict.fromkeys(("text", "placed", "boosts", "characters"), text)
    documents: list[dict[str, Any]] = [
        {"id": "a", "tag": "red red blue", "rank": 3, **texts},
        {"id": "b", "rank": 3, **texts},
    ]
    twin = Twin.of(tmp_path, schema, [documents])
    ours, stock = (list(index.reader().iter_postings()) for index in (twin.ours, twin.stock))
    assert ours == stock
    assert len(ours) > 20
