"""What is written is read back; what cannot be kept is refused."""

from __future__ import annotations

import ast
import pickle
from collections.abc import Callable
from datetime import date, datetime, timezone
from decimal import Decimal
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import analysis, columns, fields, formats, query
from whoosh.filedb.filestore import ReadOnlyError
from whoosh.writing import IndexingError as WritingError

import indexer.engine
from indexer.engine import ArrayIndex, Unsupported, open_array_index
from indexer.engine.stored import decode, encode
from indexer.errors import IndexCorrupt, IndexLocked, IndexOutdated
from indexer.storage.checked import CheckedFile
from indexer.storage.segment import Segment

from .support import Folder, Twin, document, plain, schema, scores, tree

Make = Callable[[], ArrayIndex]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Makes an empty index in a folder of its own."""

    numbers = count()

    def made() -> ArrayIndex:
        folder = tmp_path / str(next(numbers))
        return open_array_index(folder, schema())

    return made


def everything(index: ArrayIndex) -> list[str]:
    with index.searcher() as searcher:
        return [hit["id"] for hit in searcher.search(query.Every(), limit=None)]


def test_an_index_begins_empty(make: Make) -> None:
    """It answers, and has nothing."""
    index = make()
    assert index.is_empty()
    with index.searcher() as searcher:
        for wanted in (query.Every(), query.Term("text", "alfa"), query.Prefix("text", "a")):
            assert not searcher.search(wanted)
        assert not searcher.search(query.Every(), sortedby="rank", groupedby="tag")


def test_documents_are_added_updated_and_deleted(make: Make) -> None:
    """Each change is seen once it is committed, in order."""
    index = make()
    with index.writer() as writer:
        for name in "abc":
            writer.add_document(id=name, text=f"alfa {name}")
    before = index.searcher()
    with index.writer() as writer:
        writer.update_document(id="b", text="bravo")
        assert everything(index) == ["a", "b", "c"]
    assert everything(index) == ["a", "c", "b"]
    assert index.doc_count() == 3
    assert index.doc_count_all() == 4
    index.delete_by_term("id", "a")
    index.delete_by_query(query.Term("text", "bravo"))
    assert everything(index) == ["c"]
    assert [hit["id"] for hit in before.search(query.Every())] == ["a", "b", "c"]
    assert not before.up_to_date()
    assert [hit["id"] for hit in before.refresh().search(query.Every())] == ["c"]


def test_a_cancelled_writer_leaves_nothing(make: Make) -> None:
    """Neither what it added nor what it deleted is seen, and it is of no more use."""
    index = make()
    index.writer().commit()
    with index.writer() as writer:
        writer.add_document(id="a", text="alfa")
    writer = index.writer()
    writer.add_document(id="b", text="bravo")
    writer.delete_document(0)
    writer.cancel()
    assert everything(index) == ["a"]
    with pytest.raises(WritingError):
        writer.add_document(id="c")


def test_what_is_not_there_cannot_be_deleted_nor_brought_back(make: Make) -> None:
    """Both are errors."""
    writer = make().writer()
    with pytest.raises(WritingError, match="No document"):
        writer.delete_document(0)
    with pytest.raises(Unsupported, match="brought back"):
        writer.delete_document(0, delete=False)


def test_an_index_of_fixed_segments_is_not_written(make: Make) -> None:
    """It has no writer."""
    with pytest.raises(ReadOnlyError):
        ArrayIndex(schema()).writer()


def test_merged_segments_are_those_of_an_index_built_anew(make: Make) -> None:
    """After deletions and a merge, every query finds what it would if nothing had been."""
    random = Random(11)
    documents = [document(random, number) for number in range(60)]
    merged, anew = make(), make()
    for start in (0, 20, 21):
        with merged.writer() as writer:
            for each in documents[start : {0: 20, 20: 21, 21: 60}[start]]:
                writer.add_document(**each)
    gone = {3, 20, 41, 59}
    with merged.writer() as writer:
        for number in gone:
            writer.delete_document(number)
    merged.optimize()
    with anew.writer() as writer:
        for number, each in enumerate(documents):
            if number not in gone:
                writer.add_document(**each)
    with merged.searcher() as one, anew.searcher() as other:
        assert one.doc_count_all() == other.doc_count_all() == 56
        assert list(one.all_stored_fields()) == list(other.all_stored_fields())
        for options in ({"sortedby": ["tag", "rank"]}, {"limit": None}):
            for _ in range(20):
                wanted = tree(random, 2)
                found = list(one.search(wanted, **options).items())
                assert found == list(other.search(wanted, **options).items())


def test_fields_come_and_go(make: Make) -> None:
    """A field that older segments lack merges with them, one that is removed is gone."""
    index = make()
    with index.writer() as writer:
        writer.add_document(id="a", text="alfa", rank=7)
    index.add_field("more", fields.TEXT(phrase=False, sortable=True))
    index.remove_field("tag")
    with index.writer() as writer:
        writer.add_document(id="b", more="bravo alfa")
    for _ in range(2):
        with index.searcher() as searcher:
            assert [hit["id"] for hit in searcher.search(query.Term("more", "alfa"))] == ["b"]
            assert [hit["id"] for hit in searcher.search(query.Every("rank"))] == ["a"]
        index.optimize()
    with index.searcher() as searcher:
        by_more = searcher.search(query.Every(), sortedby="more")
        assert [hit["id"] for hit in by_more] == ["a", "b"]


def test_all_that_is_deleted_leaves_no_segment(make: Make) -> None:
    """An index of which all is deleted is empty once merged."""
    index = make()
    with index.writer() as writer:
        writer.add_document(id="a", text="alfa")
    with index.writer() as writer:
        writer.delete_document(0)
    index.optimize()
    assert index.is_empty()


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(exclude_categories=()))
    | st.binary()
    | st.dates()
    | st.datetimes(timezones=st.none() | st.just(timezone.utc))
    | st.decimals(allow_nan=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.text(), VALUES))
def test_stored_values_are_read_as_they_were(values: dict[str, Any]) -> None:
    """Whatever JSON has or has no word for comes back as what it was."""
    assert decode(encode(values)) == values


@pytest.mark.parametrize(
    "record", [b"", b"{}", b"[1]", b'[["a", {"eval": "1"}]]', b'[["a", {"bytes": "?"}]]', b"\xff"]
)
def test_records_of_something_else_are_none(record: bytes) -> None:
    """They are an error, whatever they are."""
    with pytest.raises(ValueError):  # noqa: PT011 (any)
        decode(record)


def test_stored_values_of_documents(make: Make) -> None:
    """Fields have them as they were given, or as another value was given to store."""
    index = make()
    moment = datetime(2024, 5, 6, 7, 8, 9)  # noqa: DTZ001 (as Whoosh has them)
    with index.writer() as writer:
        writer.add_document(id="a", rank=5, day=moment, tag="red", _stored_tag=("red", b"x"))
        writer.add_document(id="b", text=None)
    with index.searcher() as searcher:
        assert searcher.stored_fields(0) == {
            "id": "a",
            "rank": 5,
            "day": moment,
            "tag": ["red", b"x"],
        }
        assert searcher.stored_fields(1) == {"id": "b"}


@pytest.mark.parametrize(
    "value", [{1}, 1j, object(), date, Path()], ids=lambda value: type(value).__name__
)
def test_values_of_other_types_are_refused(make: Make, value: object) -> None:
    """The document is not added."""
    index = make()
    with index.writer() as writer:
        with pytest.raises(Unsupported, match="cannot store"):
            writer.add_document(id="a", text="alfa", rank=1, _stored_id=value)
        writer.add_document(id="b", text="bravo")
    with index.searcher() as searcher:
        assert [hit["id"] for hit in searcher.search(query.Every())] == ["b"]
        assert not searcher.search(query.Term("text", "alfa"))


REFUSED_SCHEMAS = {
    "term vectors": fields.Schema(text=fields.TEXT(stored=True, vector=True)),
    "apart for spelling": fields.Schema(
        text=fields.TEXT(analysis.StemmingAnalyzer(), stored=True, spelling=True)
    ),
    "make the field stored": fields.Schema(text=fields.NGRAM(phrase=True)),
}


@pytest.mark.parametrize("reason", REFUSED_SCHEMAS)
def test_schemas_that_ask_for_more_are_refused(tmp_path: Path, reason: str) -> None:
    """The error says for what."""
    with pytest.raises(Unsupported, match=reason):
        ArrayIndex(REFUSED_SCHEMAS[reason], target=Folder(tmp_path)).writer()


@pytest.mark.parametrize(
    ("definition", "document", "reason"),
    [
        (fields.TEXT(phrase=False), {"_boost": 2.0}, "_boost: a document's own boost"),
        (fields.TEXT(phrase=False), {"_text_boost": 2.0}, "_text_boost"),
        (
            fields.TEXT(
                analysis.RegexTokenizer(r"\S+")
                | analysis.DelimitedAttributeFilter(attribute="boost", type=float),
                phrase=False,
            ),
            {"text": "alfa^2.0"},
            "weight of single terms",
        ),
        (fields.COLUMN(columns.NumericColumn("d")), {"text": 1.5}, "sort by"),
    ],
    ids=["boost", "field", "term", "column"],
)
def test_documents_that_ask_for_more_are_refused(
    tmp_path: Path, definition: fields.FieldType, document: dict[str, Any], reason: str
) -> None:
    """The error says for what."""
    index = ArrayIndex(fields.Schema(text=definition), target=Folder(tmp_path))
    with pytest.raises(Unsupported, match=reason), index.writer() as writer:
        writer.add_document(**{"text": "alfa", **document})


def test_unknown_fields_are_refused(make: Make) -> None:
    """The error is that of Whoosh."""
    with pytest.raises(fields.UnknownFieldError):
        make().writer().add_document(title_="alfa")


def test_values_are_kept_in_columns_of_every_kind(tmp_path: Path) -> None:
    """Bytes and numbers, negative ones too, come back and sort as Whoosh's."""
    definition = fields.Schema(
        price=fields.NUMERIC(decimal_places=2, sortable=True, stored=True),
        flag=fields.COLUMN(columns.BitColumn()),
        shift=fields.COLUMN(columns.NumericColumn("i")),
        name=fields.ID(sortable=columns.RefBytesColumn()),
    )
    documents: list[dict[str, Any]] = [
        {"price": Decimal("12.50"), "flag": True, "shift": -3, "name": "beta"},
        {"price": Decimal("-1.25"), "shift": 5, "name": "alfa"},
        {"flag": True},
    ]
    twin = Twin.of(tmp_path, definition, [documents])
    readers = [twin.ours.reader(), twin.stock.reader()]
    for name in definition.names():
        ours, stock = (list(reader.column_reader(name)) for reader in readers)
        assert ours == stock


def test_a_planted_pickle_is_never_run(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stored bytes stay bytes, and nothing that is read goes through `pickle`."""
    index = make()
    with index.writer() as writer:
        writer.add_document(id="a", text="alfa bravo", tag="red", _stored_id=pickle.dumps(print))
        writer.add_document(id="b", text="bravo alfa", rank=3)

    def never(*_: Any, **__: Any) -> None:
        pytest.fail("unpickled")

    monkeypatch.setattr(formats, "loads", never)
    monkeypatch.setattr(pickle, "loads", never)
    monkeypatch.setattr(pickle, "load", never)
    with index.searcher() as searcher:
        assert searcher.stored_fields(0)["id"] == pickle.dumps(print)
        phrase = query.Phrase("text", ["alfa", "bravo"])
        assert len(searcher.search(phrase, sortedby="rank", groupedby="tag")) == 1
        assert len(plain(index, phrase)) == 1


def test_no_module_can_run_what_is_read() -> None:
    """None imports what makes code of data, or calls it."""
    for path in Path(str(indexer.engine.__file__)).parent.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = {alias.name for alias in getattr(node, "names", ()) if hasattr(alias, "name")}
            names |= {getattr(node, "module", None), getattr(node, "id", None)}
            assert not names & {"pickle", "marshal", "shelve", "eval", "exec", "compile"}, path


def test_damage_is_an_error_of_ours(tmp_path: Path) -> None:
    """Whatever byte of a segment is changed, queries answer as before or tell of the damage."""
    twin = Twin.random(tmp_path, 3, sizes=(40,))
    wanted = [query.Term("text", "alfa"), query.Phrase("text", ["alfa", "bravo"], slop=3)]
    expected = [scores(plain(twin.ours, each)) for each in wanted]
    path = tmp_path / "1.seg"
    original = path.read_bytes()
    random = Random(0)
    told = 0
    for _ in range(150):
        place = random.randrange(len(original))
        damaged = bytearray(original)
        damaged[place] ^= 1 << random.randrange(8)
        path.unlink()
        path.write_bytes(damaged)
        try:
            deletions = CheckedFile(tmp_path / "2.seg", tmp_path)
            folder = Folder(tmp_path, [Segment(CheckedFile(path, tmp_path), deletions)])
            index = ArrayIndex(schema(), target=folder)
            with index.searcher() as searcher:
                found = [searcher.search(each, limit=None, sortedby=None) for each in wanted]
                assert [scores(each) for each in found] == [pytest.approx(s) for s in expected]
                list(searcher.all_stored_fields())
        except IndexCorrupt:
            told += 1
    assert told > 75


def test_what_is_committed_is_there_when_the_index_is_opened_again(tmp_path: Path) -> None:
    """Documents and deletions; what was not committed is gone, and the next writer goes on."""
    kept = open_array_index(tmp_path / "index", schema())
    with kept.writer() as writer:
        for name in "abc":
            writer.add_document(id=name, text=f"alfa {name}")
    kept.delete_by_term("id", "b")
    left = kept.writer()
    left.add_document(id="d", text="alfa d")
    assert everything(open_array_index(tmp_path / "index", schema())) == ["a", "c"]
    with pytest.raises(IndexLocked):
        open_array_index(tmp_path / "index", schema()).writer()
    left.cancel()
    again = open_array_index(tmp_path / "index", schema())
    with again.writer() as writer:
        writer.add_document(id="e", text="alfa e")
    assert everything(open_array_index(tmp_path / "index", schema())) == ["a", "c", "e"]


def test_an_index_of_another_schema_is_refused(tmp_path: Path) -> None:
    """So is a report index."""
    with open_array_index(tmp_path / "index", schema()).writer() as writer:
        writer.add_document(id="a")
    with pytest.raises(IndexOutdated, match="another schema"):
        open_array_index(tmp_path / "index", fields.Schema(text=fields.TEXT(stored=True)))
