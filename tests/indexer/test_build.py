"""The incremental run: what is new goes in, what is gone goes out, nothing else is touched."""

from __future__ import annotations

import functools
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING
from unittest.mock import patch
from zipfile import ZipFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import search
from corpus import Reason
from indexer import IndexLocked, IndexMissing, IndexOutdated, build, draft
from indexer.generations import Generations
from indexer.workers import make_dictionary

from .notices import FLOOD, HEALTH, SCHOOL

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def directory(tmp_path: Path, folder: Path) -> Path:
    summary = search.build_index(tmp_path / "index", [folder])
    assert (summary.added, summary.reports) == (2, 2)
    return tmp_path / "index"


def total(directory: Path, query: str) -> int:
    with search.open_index(directory) as index:
        return index.search(query).total


def generation(directory: Path) -> int:
    return Generations(directory).manifest().generation


def test_a_run_with_nothing_new_reads_nothing_twice_and_commits_nothing(
    directory: Path, folder: Path
) -> None:
    before = generation(directory)
    summary = search.build_index(directory, [folder])
    assert (summary.unchanged, summary.added, summary.changed, summary.removed) == (2, 0, 0, 0)
    assert generation(directory) == before


def test_a_touched_file_with_the_same_bytes_is_unchanged(directory: Path, folder: Path) -> None:
    os.utime(folder / "flood.txt", (1, 1))
    assert search.build_index(directory, [folder]).unchanged == 2


def test_a_changed_file_is_followed_even_if_its_size_and_time_are_the_same(
    directory: Path, folder: Path
) -> None:
    path = folder / "flood.txt"
    before = path.stat()
    path.write_text(FLOOD.replace("巡查", "值守"), "utf-8")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    summary = search.build_index(directory, [folder])
    assert (summary.changed, summary.unchanged, summary.reports) == (1, 1, 2)
    assert (total(directory, "值守"), total(directory, "巡查")) == (1, 0)


def test_added_and_removed_files_are_followed(directory: Path, folder: Path) -> None:
    (folder / "school.txt").unlink()
    (folder / "health.txt").write_text(HEALTH, "utf-8")
    summary = search.build_index(directory, [folder])
    assert (summary.added, summary.removed, summary.unchanged) == (1, 1, 1)
    assert (total(directory, "医院"), total(directory, "招生")) == (1, 0)


def test_what_other_folders_hold_stays(directory: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "health.txt").write_text(HEALTH, "utf-8")
    summary = search.build_index(directory, [other])
    assert (summary.reports, summary.removed) == (3, 0)


def test_a_named_folder_that_is_gone_is_reported_and_takes_nothing_out(
    directory: Path, folder: Path
) -> None:
    shutil.rmtree(folder)
    summary = search.build_index(directory, [folder])
    assert [problem.reason for problem in summary.failed] == [Reason.VANISHED]
    assert (summary.removed, summary.reports) == (0, 2)


def test_what_is_below_a_path_is_forgotten_whether_it_is_there_or_not(
    directory: Path, folder: Path, tmp_path: Path
) -> None:
    moved = folder.rename(tmp_path / "moved")
    summary = search.build_index(directory, [folder, moved])
    assert (summary.gone, summary.unchanged, summary.reports) == (2, 0, 2)
    summary = search.forget_files(directory, folder)
    assert (summary.removed, summary.reports) == (2, 2)
    with search.open_index(directory) as index:
        assert {report.sources for report in index.reports()} == {
            (str(moved / name),) for name in ("flood.txt", "school.txt")
        }
    summary = search.forget_files(directory, [moved / "flood.txt"])
    assert (summary.removed, summary.reports) == (1, 1)
    assert (total(directory, "防汛"), total(directory, "招生")) == (0, 2)
    assert search.build_index(directory, moved).added == 1


def test_to_forget_takes_an_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        search.forget_files(tmp_path / "index", tmp_path)
    assert not (tmp_path / "index").exists()


def test_a_moved_file_keeps_its_address(directory: Path, folder: Path) -> None:
    with search.open_index(directory) as index:
        address = index.search("防汛责任").hits[0].address
    (folder / "archive").mkdir()
    (folder / "flood.txt").rename(folder / "archive" / "old.txt")
    search.build_index(directory, [folder])
    with search.open_index(directory) as index:
        passage = index.get(address)
        assert "防汛责任" in passage.text
        assert passage.report.sources == (str(folder / "archive" / "old.txt"),)


def test_the_same_text_at_two_places_is_one_report_with_two_sources(
    directory: Path, folder: Path
) -> None:
    (folder / "copy.txt").write_text(FLOOD, "utf-8")
    assert search.build_index(directory, [folder]).reports == 2
    with search.open_index(directory) as index:
        (hit,) = index.search('"防汛责任"')
        assert hit.report.sources == (str(folder / "copy.txt"), str(folder / "flood.txt"))
    (folder / "flood.txt").unlink()
    search.build_index(directory, [folder])
    with search.open_index(directory) as index:
        (hit,) = index.search('"防汛责任"')
        assert hit.report.sources == (str(folder / "copy.txt"),)


def put_beside_its_name(folder: Path, in_archive: str) -> None:
    """Put a text into an archive, and a file of the notice on health where its name points."""
    with ZipFile(folder / "a.zip", "w") as archive:
        archive.writestr("b.txt", in_archive)
    (folder / "a.zip!").mkdir()
    (folder / "a.zip!" / "b.txt").write_text(HEALTH, "utf-8")


@pytest.mark.parametrize("in_archive", [FLOOD, SCHOOL])
def test_a_file_named_as_the_member_of_an_archive_is_told_apart(
    tmp_path: Path, folder: Path, in_archive: str
) -> None:
    put_beside_its_name(folder, in_archive)
    search.build_index(tmp_path / "index", folder)
    with search.open_index(tmp_path / "index") as index:
        titles = {hit.report.title for hit in index.search("看病就医")}
    assert titles == {"关于做好卫生工作的通知"}
    shutil.rmtree(folder / "a.zip!")
    assert search.build_index(tmp_path / "index", folder).reports == 2
    assert total(tmp_path / "index", "看病就医") == 0
    assert total(tmp_path / "index", "防汛责任") == 1


def test_a_text_that_two_files_hold_under_one_name_stays_while_one_does(
    tmp_path: Path, folder: Path
) -> None:
    put_beside_its_name(folder, HEALTH)
    search.build_index(tmp_path / "index", folder)
    shutil.rmtree(folder / "a.zip!")
    search.build_index(tmp_path / "index", folder)
    assert total(tmp_path / "index", "看病就医") == 1
    (folder / "a.zip").unlink()
    search.build_index(tmp_path / "index", folder)
    assert total(tmp_path / "index", "看病就医") == 0


def test_two_files_that_exchange_their_texts_are_both_followed(
    directory: Path, folder: Path
) -> None:
    (folder / "flood.txt").write_text(SCHOOL, "utf-8")
    (folder / "school.txt").write_text(FLOOD, "utf-8")
    summary = search.build_index(directory, [folder])
    assert (summary.changed, summary.reports) == (2, 2)
    assert (total(directory, "防汛责任"), total(directory, "招生政策")) == (1, 1)


def test_what_cannot_be_read_is_named_with_its_reason_and_the_rest_is_indexed(
    directory: Path, folder: Path
) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\u3000\n", "utf-8")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 4)
    (folder / "broken.txt").symlink_to(folder / "nowhere")
    (folder / "notes.xyz").write_text("别的格式", "utf-8")
    (folder / "health.txt").write_text(HEALTH, "utf-8")
    summary = search.build_index(directory, [folder])
    reasons = {Path(problem.source).name: problem.reason for problem in summary.failed}
    assert reasons["empty.txt"] is Reason.EMPTY
    assert reasons["blank.txt"] is Reason.EMPTY
    assert reasons["picture.txt"] in {Reason.NOT_TEXT, Reason.UNSUPPORTED}
    assert reasons["broken.txt"] is Reason.VANISHED
    assert len(reasons) == 4
    assert (summary.added, summary.unchanged, summary.passed_over) == (1, 2, 1)


def test_a_file_of_another_encoding_than_was_told_is_named(tmp_path: Path, folder: Path) -> None:
    (folder / "gb.txt").write_bytes(HEALTH.encode("gb18030"))
    summary = search.build_index(tmp_path / "index", [folder], encoding="utf-8")
    assert [problem.reason for problem in summary.failed] == [Reason.NOT_TEXT]
    assert summary.added == 2
    assert search.build_index(tmp_path / "index", [folder]).failed == ()


def test_an_indexed_file_that_became_unreadable_keeps_what_was_indexed(
    directory: Path, folder: Path
) -> None:
    (folder / "flood.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    summary = search.build_index(directory, [folder])
    assert len(summary.failed) == 1
    assert summary.reports == 2
    assert total(directory, "防汛责任") == 1


def test_a_file_that_vanishes_during_the_run_is_reported_and_taken_out(
    directory: Path, folder: Path
) -> None:
    def delete_soon(progress: search.Progress) -> None:
        if progress.current.endswith("flood.txt"):
            (folder / "school.txt").unlink()

    summary = search.build_index(directory, [folder], on_progress=delete_soon)
    assert [problem.reason for problem in summary.failed] == [Reason.VANISHED]
    assert (summary.removed, summary.reports) == (1, 1)


def test_rebuilding_begins_anew_from_the_named_paths(directory: Path, folder: Path) -> None:
    summary = search.build_index(directory, [folder / "flood.txt"], rebuild=True)
    assert (summary.added, summary.reports) == (1, 1)
    assert total(directory, "招生") == 0


@pytest.mark.parametrize("sort", ["empty folder", "nothing that can be looked at"])
def test_rebuilding_from_nothing_leaves_the_index_as_it_is(
    directory: Path, tmp_path: Path, sort: str
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    if sort != "empty folder":
        (other / "loop.txt").symlink_to("loop.txt")
    before = generation(directory)
    summary = search.build_index(directory, other, rebuild=True)
    assert (summary.reports, summary.paragraphs) == (2, 4)
    assert (generation(directory), total(directory, "防汛责任")) == (before, 1)


def test_an_index_of_what_cannot_be_looked_at_can_be_built_on(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "loop.txt").symlink_to("loop.txt")
    assert search.build_index(tmp_path / "index", tmp_path / "loop.txt").reports == 0
    assert total(tmp_path / "index", "防汛") == 0
    assert search.check_index(tmp_path / "index").problems == ()
    assert search.build_index(tmp_path / "index", folder).reports == 2


def test_the_users_dictionary_stays_with_the_index(tmp_path: Path, folder: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("备足物资\n", "utf-8")
    directory = tmp_path / "index"
    search.build_index(directory, [folder], dictionary=words)
    (folder / "health.txt").write_text(HEALTH, "utf-8")
    assert search.build_index(directory, [folder]).added == 1
    assert search.build_index(directory, [folder], dictionary=words).unchanged == 3
    with search.open_index(directory) as index:
        (hit,) = index.search("备足物资")
        assert hit.text[slice(*hit.highlights[0])] == "备足物资"


def test_another_dictionary_asks_for_a_rebuild(
    directory: Path, folder: Path, tmp_path: Path
) -> None:
    words = tmp_path / "words.txt"
    words.write_text("备足物资\n", "utf-8")
    with pytest.raises(IndexOutdated, match="--rebuild"):
        search.build_index(directory, [folder], dictionary=words)
    search.build_index(directory, [folder], dictionary=words, rebuild=True)


def test_an_index_of_other_rules_is_refused_for_reading_and_for_writing(
    directory: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("draft", "snapshot"):
        monkeypatch.setattr(f"indexer.{module}.fingerprint", lambda _: "of other rules")
    with pytest.raises(IndexOutdated, match="--rebuild"):
        search.open_index(directory)
    with pytest.raises(IndexOutdated, match="--rebuild"):
        search.build_index(directory, [folder])
    assert search.build_index(directory, [folder], rebuild=True).added == 2
    assert total(directory, "防汛责任") == 1


def test_a_second_writer_is_told_who_holds_the_lock(directory: Path, folder: Path) -> None:
    with (
        Generations(directory).write(),
        pytest.raises(IndexLocked, match=f"process {os.getpid()} on "),
    ):
        search.build_index(directory, [folder])
    assert search.build_index(directory, [folder]).unchanged == 2


def test_an_index_inside_the_indexed_folder_does_not_index_itself(folder: Path) -> None:
    for added, unchanged in ((2, 0), (0, 2)):
        summary = search.build_index(folder / "index", [folder])
        assert (summary.added, summary.unchanged) == (added, unchanged)
        assert (summary.passed_over, summary.failed) == (0, ())


@pytest.mark.parametrize("way", ["folder by a link", "index by a link"])
def test_an_index_does_not_index_itself_by_whatever_links_it_is_reached(
    tmp_path: Path, folder: Path, way: str
) -> None:
    link = tmp_path / "link"
    link.symlink_to(folder)
    inside, named = (folder, link) if way == "folder by a link" else (link, folder)
    for added, unchanged in ((2, 0), (0, 2), (0, 2)):
        summary = search.build_index(inside / "index", named)
        assert (summary.added, summary.changed, summary.unchanged) == (added, 0, unchanged)
        assert (summary.passed_over, summary.failed) == (0, ())


def test_a_file_named_outright_is_followed_with_its_folder(directory: Path, folder: Path) -> None:
    named = [folder / "health.report", folder / ".hidden.txt"]
    for number, path in enumerate(named):
        path.write_text(HEALTH.replace("医院", f"医院{number}"), "utf-8")
    assert search.build_index(directory, named).added == 2
    summary = search.build_index(directory, folder)
    assert (summary.removed, summary.unchanged, summary.passed_over) == (0, 4, 0)
    named[0].write_text(HEALTH.replace("就医", "问诊"), "utf-8")
    assert search.build_index(directory, folder).changed == 1
    assert total(directory, "问诊") == 1
    named[0].unlink()
    assert search.build_index(directory, folder).removed == 1


def test_a_file_of_any_suffix_is_taken_in_if_it_is_named_beside_its_folder(
    tmp_path: Path, folder: Path
) -> None:
    (folder / "health.report").write_text(HEALTH, "utf-8")
    summary = search.build_index(tmp_path / "index", [folder, folder / "health.report"])
    assert (summary.added, summary.passed_over) == (3, 0)


def test_a_file_that_was_found_under_another_name_is_not_kept_twice(
    directory: Path, folder: Path, tmp_path: Path
) -> None:
    folder.rename(tmp_path / "moved")
    folder.symlink_to(tmp_path / "moved")
    summary = search.build_index(directory, [tmp_path / "moved", folder])
    assert (summary.reports, summary.removed) == (2, 2)
    with search.open_index(directory) as index:
        assert all(len(report.sources) == 1 for report in index.reports())


def test_a_file_has_one_name_however_the_way_to_it_is_written(
    directory: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    for way in (".", "../reports", folder / ".." / "reports", "flood.txt"):
        summary = search.build_index(directory, [way])
        assert (summary.added, summary.removed) == (0, 0)
    with search.open_index(directory) as index:
        assert all(len(report.sources) == 1 for report in index.reports())


def test_a_folder_that_cannot_be_looked_at_takes_nothing_out(
    directory: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "health.txt").write_text(HEALTH, "utf-8")
    assert search.build_index(directory, folder).reports == 3
    real = os.scandir

    def forbidden(path: Path) -> Iterator[os.DirEntry[str]]:
        if path == folder / "sub":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", forbidden)
    summary = search.build_index(directory, folder)
    assert [problem.reason for problem in summary.failed] == [Reason.PERMISSION]
    assert (summary.removed, summary.reports) == (0, 3)


def test_only_generations_of_the_index_are_ever_cleared_away(directory: Path, folder: Path) -> None:
    (directory / "gen-old").mkdir()
    (directory / "gen-old" / "keep.txt").write_text("珍贵", "utf-8")
    for text in (HEALTH, SCHOOL, FLOOD):
        (folder / "health.txt").write_text(text, "utf-8")
        search.build_index(directory, folder)
    assert (directory / "gen-old" / "keep.txt").exists()


def test_a_folder_of_other_files_is_not_made_an_index(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_bytes(b"")
    with pytest.raises(search.IndexingError, match="a folder of its own"):
        search.build_index(tmp_path / "mine", folder)


def test_one_path_may_be_given_by_itself(tmp_path: Path, folder: Path) -> None:
    assert search.build_index(tmp_path / "index", str(folder)).added == 2


def test_what_the_file_name_tells_follows_when_it_changes(tmp_path: Path) -> None:
    folder, directory = tmp_path / "reports", tmp_path / "index"
    folder.mkdir()
    (folder / "甲市2019年工作情况.txt").write_text("各位代表：\n\n要做好工作。\n", "utf-8")
    search.build_index(directory, folder)
    (folder / "甲市2019年工作情况.txt").rename(folder / "乙市2020年工作情况.txt")
    search.build_index(directory, folder)
    with search.open_index(directory) as index:
        assert [report.title for report in index.reports()] == ["乙市2020年工作情况"]
        assert index.search("乙市 工作").total == 1
        assert index.search("标题:甲市").total == 0


def test_metadata_follows_even_if_two_files_hold_the_text(tmp_path: Path) -> None:
    folder, directory = tmp_path / "reports", tmp_path / "index"
    folder.mkdir()
    for title in ("旧的通知", "新的通知"):
        for name in ("a.md", "b.md"):
            (folder / name).write_text(f"---\ntitle: {title}\n---\n\n要做好工作。\n", "utf-8")
        search.build_index(directory, folder)
    with search.open_index(directory) as index:
        assert [report.title for report in index.reports()] == ["新的通知"]


BODY = "我们坚持以人民为中心的发展思想，全面推进改革。"
SHAPES = {
    "plain": f"<p>总体情况</p><p>{BODY}</p><p>主要工作</p><p>{BODY}</p>",
    "headed": f"<h1>总体情况</h1><p>{BODY}</p><h1>主要工作</h1><p>{BODY}</p>",
    "half": f"<p>总体情况</p><p>{BODY}</p><h1>主要工作</h1><p>{BODY}</p>",
    "other": f"<h1>其他</h1><p>{BODY}</p>",
}


DICTIONARY = functools.cache(make_dictionary)
"""To make it for each index would take most of the time, and so would starting workers."""


def headings(directory: Path) -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """Of each report by its sources: the heading path of each paragraph."""
    with search.open_index(directory) as index:
        return {
            report.sources: [passage.heading for passage in index.paragraphs(report.id)]
            for report in index.reports()
        }


def put(path: Path, shape: str) -> None:
    if shape == "gone":
        path.unlink(missing_ok=True)
    else:
        page = f"<html><head><title>工作情况</title></head><body>{SHAPES[shape]}</body></html>"
        path.write_text(page, "utf-8")


@settings(max_examples=10)
@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from([*SHAPES, "gone"])),
        min_size=2,
        max_size=5,
    )
)
@example([("a", "plain"), ("a", "headed"), ("a", "half")])
@example([("a", "headed"), ("b", "plain"), ("a", "gone")])
@example([("b", "headed"), ("a", "plain"), ("b", "half")])
def test_following_files_one_by_one_gives_what_building_from_them_all_gives(
    steps: list[tuple[str, str]],
) -> None:
    with (
        TemporaryDirectory() as name,
        patch.object(draft, "make_dictionary", DICTIONARY),
        patch.object(build, "is_plain", return_value=True),
    ):
        folder, directory, fresh = (Path(name) / one for one in ("reports", "index", "fresh"))
        folder.mkdir()
        (folder / "z.txt").write_text(HEALTH, "utf-8")
        for file, shape in steps:
            put(folder / f"{file}.html", shape)
            search.build_index(directory, folder)
        search.build_index(fresh, folder)
        assert headings(directory) == headings(fresh)
        assert search.check_index(directory).problems == ()


def test_rebuilding_keeps_the_users_words(tmp_path: Path, folder: Path) -> None:
    words = tmp_path / "words.txt"
    words.write_text("备足物资\n", "utf-8")
    directory = tmp_path / "index"
    search.build_index(directory, folder, dictionary=words)
    search.build_index(directory, folder, rebuild=True)
    assert search.build_index(directory, folder, dictionary=words).unchanged == 2


def test_a_failure_does_not_keep_what_was_read(tmp_path: Path, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (problem,) = search.build_index(tmp_path / "index", folder).failed
    assert (problem.__traceback__, problem.__context__, problem.__cause__) == (None, None, None)


def test_progress_goes_from_nothing_to_all(directory: Path, folder: Path) -> None:
    seen: list[search.Progress] = []
    search.build_index(directory, [folder], on_progress=seen.append)
    assert seen[0].done == 0
    assert seen[-1].done == seen[-1].total > 0
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)


def test_a_directory_that_cannot_be_written_is_a_clear_error(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(search.IndexingError, match="cannot write the index"):
        search.build_index(tmp_path / "file" / "index", [folder])
