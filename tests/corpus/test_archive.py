"""Zip archives: the files in them, their names, and what is made to do harm."""

from __future__ import annotations

import io
import struct
import tracemalloc
import warnings
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Reading, Reason, UnreadableReport, read_members
from corpus.limits import Limits

from .writing import xlsx, zipped

TEXT = "全市上下团结一心，各项事业取得新的进展。"


def read(data: bytes, limits: Limits | None = None) -> list[Reading | UnreadableReport]:
    return list(read_members(data, "a.zip", limits=limits))


def names(data: bytes) -> list[str]:
    """The names of the members, less that of the archive."""
    found = read(data)
    assert all(isinstance(item, Reading) for item in found), found
    sources = [item.report.sources[0] for item in found if isinstance(item, Reading)]
    assert all(source.startswith("a.zip!/") for source in sources)
    return [source.removeprefix("a.zip!/") for source in sources]


def refused(data: bytes) -> UnreadableReport:
    (problem,) = read(data)
    assert isinstance(problem, UnreadableReport)
    return problem


def unflagged(name: bytes) -> bytes:
    """An archive of one text whose name is stored as bytes of no stated encoding."""
    data = zipped({"x" * len(name): TEXT})
    return data.replace(b"x" * len(name), name)


def test_files_are_read_in_the_order_of_their_names_each_as_what_it_is() -> None:
    found = read(zipped({"乙.md": f"# 题\n\n{TEXT}", "甲/丙.html": f"<p>{TEXT}", "a.txt": TEXT}))
    readings = [item for item in found if isinstance(item, Reading)]
    assert [(item.report.sources[0], item.report.format) for item in readings] == [
        ("a.zip!/a.txt", "text"),
        ("a.zip!/乙.md", "markdown"),
        ("a.zip!/甲/丙.html", "html"),
    ]


def test_folders_and_what_systems_leave_behind_are_passed_over() -> None:
    left = {
        "夹/": "",
        "夹.txt/": "",
        "图.png": "\x89PNG",
        "无后缀": TEXT,
        ".hidden.txt": TEXT,
        ".git/a.txt": TEXT,
        "__MACOSX/._a.txt": TEXT,
        "夹/Thumbs.db": TEXT,
        "夹/~$稿.txt": TEXT,
    }
    assert names(zipped({**left, "夹/a.txt": TEXT})) == ["夹/a.txt"]
    assert refused(zipped(left)).reason is Reason.EMPTY


def test_a_file_that_is_known_and_cannot_be_read_is_named() -> None:
    problem, reading = read(zipped({"a.txt": b"\x00\x01\x02" * 99, "b.txt": TEXT}))
    assert isinstance(problem, UnreadableReport)
    assert (problem.source, problem.reason) == ("a.zip!/a.txt", Reason.NOT_TEXT)
    assert isinstance(reading, Reading)


def test_an_archive_of_another_kind_is_named_and_not_passed_over() -> None:
    problem = refused(zipped({"旧.rar": b"Rar!\x1a\x07\x00"}))
    assert (problem.source, problem.reason) == ("a.zip!/旧.rar", Reason.UNSUPPORTED)


@pytest.mark.parametrize(
    ("stored", "name"),
    [
        ("报告/年度总结.txt".encode("gb18030"), "报告/年度总结.txt"),
        ("年度总结.txt".encode(), "年度总结.txt"),
        ("朱镕基同志讲话.txt".encode("gb18030"), "朱镕基同志讲话.txt"),
        ("r\u00e9sum\u00e9.txt".encode("cp437"), "r\u00e9sum\u00e9.txt"),
        ("\u00fcber\u00f6.txt".encode("cp437"), "\u00fcber\u00f6.txt"),
        ("报告\\总结.txt".encode("gb18030"), "报告/总结.txt"),
    ],
)
def test_names_are_read_in_the_encoding_of_the_packer(stored: bytes, name: str) -> None:
    assert names(unflagged(stored)) == [name]


@pytest.mark.parametrize(
    ("stored", "name"),
    [
        ("../../etc/a.txt", "etc/a.txt"),
        ("/etc/a.txt", "etc/a.txt"),
        ("C:\\Windows\\a.txt", "Windows/a.txt"),
        ("a/./b//../a.txt", "a/b/a.txt"),
        ("甲\x1b[31m\r\n\t.txt", "甲[31m.txt"),
        ("..\\..\\a.txt", "a.txt"),
    ],
)
def test_names_that_climb_or_command_are_only_names(stored: str, name: str) -> None:
    assert names(zipped({stored: TEXT})) == [name]


def test_files_of_one_name_get_names_of_their_own() -> None:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as package:
        warnings.simplefilter("ignore")
        for name in ["a.txt", "a.txt", "a (2).txt", "./a.txt", "b/a.txt"]:
            package.writestr(name, TEXT)
    assert sorted(names(buffer.getvalue())) == [
        "a (2) (2).txt", "a (2).txt", "a (3).txt", "a.txt", "b/a.txt"
    ]  # fmt: skip


def test_each_encrypted_file_is_said_to_be() -> None:
    data = bytearray(zipped({"a.txt": TEXT, "b.txt": TEXT, "c.md": TEXT}))
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = -1
        for _ in range(2):
            at = data.index(mark, at + 1)
            data[at + flags] |= 1
    found = read(bytes(data))
    problems = [item for item in found if isinstance(item, UnreadableReport)]
    assert [(item.source, item.reason) for item in problems] == [
        ("a.zip!/a.txt", Reason.ENCRYPTED),
        ("a.zip!/b.txt", Reason.ENCRYPTED),
    ]
    assert isinstance(found[2], Reading)


def test_archives_in_archives_are_read() -> None:
    inner = zipped({"深.txt": TEXT, "表.csv": f"标题,正文\n防汛,{TEXT}\n"})
    assert names(zipped({"夹/内.zip": inner})) == ["夹/内.zip!/深.txt", "夹/内.zip!/表.csv!/2"]


def test_ten_archives_in_each_other_are_too_many() -> None:
    data = zipped({"深.txt": TEXT})
    for _ in range(10):
        data = zipped({"内.zip": data, "旁.txt": TEXT})
    problem = read(data)[-1]
    assert isinstance(problem, UnreadableReport)
    assert (problem.source, problem.reason) == ("a.zip", Reason.TOO_LARGE)


def test_documents_that_are_zip_files_are_no_archives() -> None:
    data = xlsx({"表": [["标题", "正文"], ["防汛", TEXT]]})
    (found,) = read(data)
    assert isinstance(found, Reading)
    assert found.report.format == "spreadsheet"
    assert names(zipped({"表.xlsx": data})) == ["表.xlsx!/表/2"]
    other = refused(zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}))
    assert other.reason is Reason.UNSUPPORTED
    assert "PowerPoint" in other.detail


def test_an_archive_of_workbooks_that_were_not_compressed_is_an_archive() -> None:
    data = zipped({"表.xlsx": xlsx({"表": [["正文"], [TEXT]]})}, zipfile.ZIP_STORED)
    assert names(data) == ["表.xlsx!/表/2"]


def test_a_gibibyte_of_spaces_is_refused_before_it_is_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        with package.open("a.txt", "w") as entry:
            for _ in range(1024):
                entry.write(b" " * 2**20)
        package.writestr("b.txt", TEXT)
    data = buffer.getvalue()
    tracemalloc.start()
    problem, reading = read(data)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(problem, UnreadableReport)
    assert (problem.source, problem.reason) == ("a.zip!/a.txt", Reason.TOO_LARGE)
    assert isinstance(reading, Reading)
    assert peak < 2**24


def test_a_size_that_is_understated_gains_nothing() -> None:
    data = bytearray(zipped({"a.txt": b" " * 2**27}))
    central = data.index(b"PK\x01\x02")
    data[central + 24 : central + 28] = struct.pack("<I", 10)
    assert refused(bytes(data)).reason in {Reason.DAMAGED, Reason.TOO_LARGE}


def test_many_files_that_are_large_together_are_too_large() -> None:
    page = "<p>" + " " * 2**22 + TEXT
    found = read(zipped({f"{i}.html": page for i in range(5)}), Limits(unpacked=2**24))
    assert isinstance(found[-1], UnreadableReport)
    assert (found[-1].source, found[-1].reason) == ("a.zip", Reason.TOO_LARGE)
    assert len(found) < 6


def test_entries_that_lie_over_each_other_cost_no_more_than_is_allowed() -> None:
    # After D. Fifield, A better zip bomb (2019): all entries share one kernel of data.
    kernel = zipped({"0.html": "<p>" + " " * 2**24 + TEXT})
    start = kernel.index(b"PK\x01\x02")
    entry, end = kernel[start : kernel.index(b"PK\x05\x06")], kernel[kernel.index(b"PK\x05\x06") :]
    count = 50_000
    directory = b"".join(
        entry.replace(b"0.html", b"%06d.html" % i)[:28]
        + struct.pack("<H", 11)
        + entry[30:46]
        + b"%06d.html" % i
        for i in range(count)
    )
    tail = bytearray(end)
    tail[8:16] = struct.pack("<HHI", count, count, len(directory))
    found = read(kernel[:start] + directory + bytes(tail), Limits(unpacked=2**26))
    assert isinstance(found[-1], UnreadableReport)


def test_more_members_than_allowed_end_the_archive() -> None:
    found = read(zipped({f"{i}.txt": TEXT for i in range(5)}), Limits(members=3))
    assert len(found) == 4
    assert isinstance(found[-1], UnreadableReport)
    assert found[-1].reason is Reason.TOO_LARGE


@pytest.mark.parametrize("cut", [30, 60, -1, -10, -30])
def test_an_archive_that_breaks_off_is_damaged(cut: int) -> None:
    assert refused(zipped({"a.txt": TEXT * 9})[:cut]).reason is Reason.DAMAGED


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_damage_within_a_file_is_an_error_of_that_file(method: int) -> None:
    data = bytearray(zipped({"a.txt": TEXT * 50, "b.md": TEXT}, method))
    data[60:90] = bytes(30)
    found = read(bytes(data))
    assert isinstance(found[0], UnreadableReport)
    assert (found[0].source, found[0].reason) == ("a.zip!/a.txt", Reason.DAMAGED)
    assert isinstance(found[1], Reading)


@given(st.data())
def test_any_damage_gives_readings_or_our_errors(data: st.DataObject) -> None:
    archive = bytearray(zipped({"a.txt": TEXT, "b/c.zip": zipped({"d.md": TEXT})}))
    for _ in range(data.draw(st.integers(1, 4))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    for item in read_members(bytes(archive), "a.zip"):
        assert isinstance(item, Reading | UnreadableReport)
        source = item.source if isinstance(item, UnreadableReport) else item.report.sources[0]
        assert source.startswith("a.zip")
