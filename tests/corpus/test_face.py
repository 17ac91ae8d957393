"""The public face of the package, and what it promises whatever the input."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

import corpus
from corpus import Reason, UnreadableReport, read_bytes, read_report

NOTICE = "关于做好防汛工作的通知\n各有关单位：\n汛期将至，现就有关事项通知如下。\n"


def test_every_exported_name_exists_and_is_documented() -> None:
    assert sorted(corpus.__all__) == list(dict.fromkeys(sorted(corpus.__all__)))
    for name in corpus.__all__:
        assert hasattr(corpus, name)
        assert getattr(corpus, name).__doc__


def test_importing_the_package_loads_neither_the_parser_nor_the_detector() -> None:
    check = (
        "import sys, corpus;"
        "late = {'selectolax', 'charset_normalizer'} & set(sys.modules);"
        "sys.exit(','.join(late) or 0)"
    )
    subprocess.run([sys.executable, "-c", check], check=True, cwd=Path(corpus.__file__).parents[1])


def test_a_report_knows_its_absolute_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "通知.txt").write_text(NOTICE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert read_report("通知.txt").report.sources == (str(tmp_path / "通知.txt"),)


def test_the_same_text_has_the_same_id_whatever_its_name_and_encoding() -> None:
    ids = {
        read_bytes(NOTICE.encode(encoding), name).report.id
        for encoding, name in [("utf-8", "a.txt"), ("gb18030", "b/c.txt"), ("utf-16", "d.txt")]
    }
    assert len(ids) == 1


def test_loading_and_reading_apart_give_what_reading_gives(tmp_path: Path) -> None:
    path = tmp_path / "通知.txt"
    path.write_text(NOTICE, encoding="utf-8")
    apart = read_bytes(corpus.load_bytes(path), str(path))
    assert apart == read_report(path)


def test_ordinals_count_from_one() -> None:
    reading = read_bytes(NOTICE.encode(), "通知.txt")
    assert [paragraph.ordinal for paragraph in reading.paragraphs] == [1, 2, 3]


UNREADABLE = [
    pytest.param(b"", Reason.EMPTY, id="nothing"),
    pytest.param(" \n\u3000\n".encode(), Reason.EMPTY, id="white space only"),
    pytest.param("\u200b\n".encode(), Reason.EMPTY, id="zero-width characters only"),
    pytest.param("下载\n打印\n".encode(), Reason.EMPTY, id="furniture only"),
    pytest.param(b"\x00\x01\x02\x03" * 99, Reason.NOT_TEXT, id="binary"),
    pytest.param(b"%PDF-1.7\n%\xe2\xe3", Reason.DAMAGED, id="the beginning of a PDF"),
    pytest.param(b"PK\x03\x04 word/document.xml", Reason.UNSUPPORTED, id="a Word document"),
    pytest.param(
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Reason.DAMAGED, id="that of an old Word document"
    ),
    pytest.param(b"\x89PNG\r\n\x1a\n", Reason.UNSUPPORTED, id="an image"),
]


@pytest.mark.parametrize(("data", "reason"), UNREADABLE)
def test_what_is_no_report_is_refused_with_its_reason(data: bytes, reason: Reason) -> None:
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data, "附件.txt")
    assert caught.value.reason is reason
    assert caught.value.source == "附件.txt"
    assert caught.value.detail


def test_a_refused_file_is_called_what_it_is() -> None:
    with pytest.raises(UnreadableReport, match="Word document"):
        read_bytes(b"PK\x03\x04 word/document.xml", "报告.txt")


def test_a_missing_file_is_reported_as_vanished(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport) as caught:
        read_report(tmp_path / "没有.txt")
    assert caught.value.reason is Reason.VANISHED
    assert caught.value.source == str(tmp_path / "没有.txt")


@pytest.mark.parametrize("name", ["a\0b.txt", "x" * 5_000])
def test_a_name_no_file_can_have_is_reported_not_raised(name: str) -> None:
    with pytest.raises(UnreadableReport):
        read_report(name)


def test_a_folder_is_not_read(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReport, match="folder"):
        read_report(tmp_path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    with pytest.raises(UnreadableReport, match="regular file"):
        read_report(tmp_path / "pipe.txt")


def test_a_forbidden_file_is_reported(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "机密.txt"
    path.write_text(NOTICE, encoding="utf-8")

    def forbidden(_path: Path, _mode: str) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", forbidden)  # no mode of a file keeps root out
    with pytest.raises(UnreadableReport) as caught:
        read_report(path)
    assert caught.value.reason is Reason.PERMISSION


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "大.txt"
    with path.open("wb") as file:
        file.truncate(corpus.Limits().size + 1)
    with pytest.raises(UnreadableReport) as caught:
        read_report(path)
    assert caught.value.reason is Reason.TOO_LARGE


def test_an_error_survives_the_way_between_processes() -> None:
    error = UnreadableReport("甲.txt", Reason.EMPTY, "there is nothing in it")
    copy = pickle.loads(pickle.dumps(error))
    assert (copy.source, copy.reason, copy.detail) == (error.source, error.reason, error.detail)
    assert str(copy) == str(error)
