"""Several objects and processes have one index, and each sees what is in force."""

from __future__ import annotations

import gc
import os
import shutil
import threading
from typing import TYPE_CHECKING, Any

import pytest
from whoosh import fields, query
from whoosh.index import LockError
from whoosh.writing import AsyncWriter

from indexer.engine import open_array_index
from indexer.errors import IndexCorrupt, IndexLocked, IndexOutdated
from indexer.generations import Generations

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.engine import ArrayIndex
    from indexer.generations import Manifest


@pytest.fixture(autouse=True)
def _without_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)


def schema() -> fields.Schema:
    return fields.Schema(id=fields.ID(stored=True, unique=True), text=fields.TEXT(stored=True))


def opened(directory: Path) -> ArrayIndex:
    return open_array_index(directory, schema())


def add(index: ArrayIndex, *names: str) -> None:
    with index.writer() as writer:
        for name in names:
            writer.add_document(id=name, text=f"alfa {name}")


def ids(index: ArrayIndex) -> list[str]:
    with index.searcher() as searcher:
        return [hit["id"] for hit in searcher.search(query.Every(), limit=None)]


def test_a_writer_works_on_what_is_in_force_not_on_what_was_opened(tmp_path: Path) -> None:
    """An index that was made anew under an open one keeps what that one would have deleted."""
    stale = opened(tmp_path / "index")
    add(stale, "old")
    shutil.rmtree(tmp_path / "index")
    add(opened(tmp_path / "index"), "precious")
    with stale.writer() as writer:
        assert writer.delete_by_term("id", "old") == 0
    assert ids(stale) == ids(opened(tmp_path / "index")) == ["precious"]


def test_a_writer_of_an_index_that_was_removed_begins_anew(tmp_path: Path) -> None:
    """Nothing of what was there comes back."""
    index = opened(tmp_path / "index")
    add(index, "old")
    shutil.rmtree(tmp_path / "index")
    assert ids(index) == []
    add(index, "new")
    assert ids(index) == ids(opened(tmp_path / "index")) == ["new"]
    assert index.latest_generation() == 1


def test_a_writer_that_cannot_begin_frees_the_lock(tmp_path: Path) -> None:
    """What was damaged since the index was opened is told, and what there is stays."""
    index = opened(tmp_path / "index")
    add(index, "a")
    manifest = tmp_path / "index" / "manifest.json"
    written = manifest.read_bytes()
    manifest.write_bytes(b"{}")
    with pytest.raises(IndexCorrupt):
        index.writer()
    manifest.write_bytes(written)
    add(opened(tmp_path / "index"), "b")
    assert ids(index) == ["a", "b"]


def test_an_open_index_sees_what_others_commit(tmp_path: Path) -> None:
    """In its next reader; a searcher knows that it is out of date, and keeps what it has."""
    writing, reading = opened(tmp_path / "index"), opened(tmp_path / "index")
    add(writing, "a")
    before = reading.searcher()
    assert (reading.doc_count(), reading.latest_generation(), before.up_to_date()) == (1, 1, True)
    add(writing, "b")
    assert (reading.doc_count(), reading.latest_generation(), before.up_to_date()) == (2, 2, False)
    writing.delete_by_term("id", "a")
    assert ids(reading) == ["b"]
    assert before.doc_count() == 1
    assert before.refresh().doc_count() == 1
    assert before.refresh().reader().generation() == 3


def test_segments_that_others_leave_as_they_are_are_kept(tmp_path: Path) -> None:
    """With all that is known of them."""
    writing, reading = opened(tmp_path / "index"), opened(tmp_path / "index")
    add(writing, "a")
    segment = reading.reader().segment()
    add(writing, "b")
    first, _ = reading.reader().leaf_readers()[0]
    assert first.segment() is segment


def test_who_opens_while_another_commits_looks_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A generation that goes while it is opened is no damage: the one after it is opened."""
    index, reading = opened(tmp_path / "index"), opened(tmp_path / "index")
    add(index, "a")
    read = Generations.manifest
    coming: list[str] = []

    def manifest_then_commit(self: Generations) -> Manifest:
        manifest = read(self)
        if coming:
            add(index, coming.pop())
        return manifest

    monkeypatch.setattr(Generations, "manifest", manifest_then_commit)
    coming.append("b")
    assert ids(opened(tmp_path / "index")) == ["a", "b"]
    coming.append("c")
    assert ids(reading) == ["a", "b", "c"]


def test_deletions_are_written_once_at_the_commit(tmp_path: Path) -> None:
    """However many there were, a segment has one file of them; what is cancelled has none."""
    index = opened(tmp_path / "index")
    names = [f"d{number}" for number in range(30)]
    add(index, *names[:20])
    add(index, *names[20:])
    committed = sorted(path.name for path in tmp_path.rglob("*.bin"))
    writer = index.writer()
    for name in names[:25]:
        writer.delete_by_term("id", name)
    assert writer.reader().doc_count() == 5
    assert sorted(path.name for path in tmp_path.rglob("*.bin")) == committed
    writer.cancel()
    assert ids(index) == ids(opened(tmp_path / "index")) == names
    with index.writer() as writer:
        for name in names[:25]:
            writer.delete_by_term("id", name)
    assert len(list(tmp_path.rglob("deletions-*.bin"))) == 2
    assert ids(index) == ids(opened(tmp_path / "index")) == names[25:]


def test_a_writer_that_is_dropped_frees_the_lock(tmp_path: Path) -> None:
    """And undoes what it did, as if it had been cancelled."""
    index = opened(tmp_path / "index")
    add(index, "a")
    writer = index.writer()
    writer.delete_by_term("id", "a")
    writer.add_document(id="b")
    del writer
    gc.collect()
    add(opened(tmp_path / "index"), "c")
    assert ids(index) == ["a", "c"]


def test_a_writer_may_end_in_another_thread_than_it_began_in(tmp_path: Path) -> None:
    """The lock is free then."""
    index = opened(tmp_path / "index")
    ending = threading.Thread(target=index.writer().commit)
    ending.start()
    ending.join()
    add(opened(tmp_path / "index"), "a")


def test_a_locked_index_is_so_to_whoosh_too(tmp_path: Path) -> None:
    """Its helper waits for the other writer and then writes; the error says how to wait."""
    index = opened(tmp_path / "index")
    writer = index.writer()
    with pytest.raises(LockError, match="wait=SECONDS") as locked:
        opened(tmp_path / "index").writer()
    assert isinstance(locked.value, IndexLocked)
    waiting = AsyncWriter(index, delay=0.01)
    waiting.add_document(id="b", text="bravo")
    waiting.commit()
    writer.add_document(id="a", text="alfa")
    writer.commit()
    waiting.join(10)
    assert ids(index) == ["a", "b"]


@pytest.mark.parametrize(
    "options", [{"merge": False}, {"merge": True}, {"optimize": False}, {"optimize": True}]
)
def test_commits_take_the_options_of_stock_whoosh(tmp_path: Path, options: dict[str, Any]) -> None:
    """They decide what becomes of segments, not of documents."""
    index = opened(tmp_path / "index")
    add(index, "a")
    writer = index.writer()
    writer.add_document(id="b")
    writer.commit(**options)
    assert ids(index) == ["a", "b"]
    assert index.reader().is_atomic() == (options == {"optimize": True})


def test_an_index_is_opened_with_the_schema_that_it_was_last_written_with(tmp_path: Path) -> None:
    """That is the one with the fields that were added; the error says what to do."""
    index = opened(tmp_path / "index")
    index.add_field("more", fields.NUMERIC())
    with pytest.raises(IndexOutdated, match="open it with that one") as refused:
        opened(tmp_path / "index")
    assert "baogao" not in str(refused.value)
    wider = schema()
    wider.add("more", fields.NUMERIC())
    with open_array_index(tmp_path / "index", wider).writer() as writer:
        writer.add_document(id="a", more=1)
    assert ids(index) == ["a"]
