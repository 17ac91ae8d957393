"""Which files are found below the paths a user names."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from corpus import Reason, UnreadableReport, find_files, read_report

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a/2.md", "a/1.html", "c.TXT", ".hidden.txt", ".git/x.txt", "photo.jpg"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("报告", encoding="utf-8")
    return tmp_path


def found(*paths: Path) -> list[str]:
    base = paths[0] if paths[0].is_dir() else paths[0].parent
    return [str(p.relative_to(base)) for p in find_files(paths) if isinstance(p, Path)]


def passed(*paths: Path) -> list[UnreadableReport]:
    return [item for item in find_files(paths) if isinstance(item, UnreadableReport)]


def test_files_are_found_in_the_order_of_their_names_without_hidden_ones(folder: Path) -> None:
    assert found(folder) == ["a/1.html", "a/2.md", "b.txt", "c.TXT"]


def test_files_of_unknown_suffix_are_given_as_errors_to_count(folder: Path) -> None:
    (error,) = passed(folder)
    assert error.reason is Reason.UNSUPPORTED
    assert error.source.endswith("photo.jpg")


def test_documents_that_no_format_reads_are_given_to_be_refused_by_name(folder: Path) -> None:
    for name in ("旧.rar", "汇报.pptx", "公文.CEB"):
        (folder / name).write_bytes(b"\x00\x01\x02" * 99)
    assert {"旧.rar", "汇报.pptx", "公文.CEB"} <= set(found(folder))
    for name in ("旧.rar", "汇报.pptx", "公文.CEB"):
        with pytest.raises(UnreadableReport, match="no format reads") as caught:
            read_report(folder / name)
        assert caught.value.reason is Reason.UNSUPPORTED


def test_a_file_named_outright_is_given_whatever_its_suffix(folder: Path) -> None:
    assert found(folder / "photo.jpg") == ["photo.jpg"]
    assert found(folder / ".hidden.txt") == [".hidden.txt"]
    assert "photo.jpg" in found(folder, folder / "photo.jpg")


def test_a_file_is_given_once_however_often_it_is_named(folder: Path) -> None:
    expected = ["b.txt", "a/1.html", "a/2.md", "c.TXT"]
    assert found(folder, folder / "b.txt", folder / "a") == expected


def test_a_missing_path_is_reported_and_the_rest_is_found(folder: Path) -> None:
    gone, there = find_files([folder / "没有", folder / "b.txt"])
    assert isinstance(gone, UnreadableReport)
    assert gone.reason is Reason.VANISHED
    assert there == folder / "b.txt"


def test_a_loop_of_symbolic_links_is_walked_once(folder: Path) -> None:
    (folder / "a" / "loop").symlink_to(folder)
    (folder / "self").symlink_to("self")
    assert found(folder) == ["a/1.html", "a/2.md", "b.txt", "c.TXT"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_reported_and_never_given(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    assert "pipe.txt" not in found(folder)
    assert any(error.source.endswith("pipe.txt") for error in passed(folder))


def test_a_forbidden_folder_is_reported(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = os.scandir

    def forbidden(path: Path) -> Iterator[os.DirEntry[str]]:
        if path.name == "a":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", forbidden)  # no mode of a folder keeps root out
    assert passed(folder)[0].reason is Reason.PERMISSION
    assert found(folder) == ["b.txt", "c.TXT"]
