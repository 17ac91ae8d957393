"""Files that hold several reports: each is a report of its own, found by the file's name."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

import search
from corpus import Reason
from indexer.segments import SegmentSet

if TYPE_CHECKING:
    from pathlib import Path

    from indexer.cutting import CutReport

HEADER = "标题,日期,正文"
ROWS = [
    f"关于{subject}工作的通知,2021-03-0{day},各区要做好{subject}工作，落实各项责任。"
    for day, subject in enumerate(("防汛", "抗旱", "消防", "交通"), 1)
]


def written(path: Path, *rows: str) -> Path:
    path.write_text("\n".join((HEADER, *rows)) + "\n", "utf-8")
    return path


@pytest.fixture
def added(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The first paragraphs of the reports whose text is indexed from now on."""
    texts: list[str] = []
    real = SegmentSet.add

    def watched(segments: SegmentSet, cut: CutReport) -> None:
        texts.append(cut.texts[-1])
        real(segments, cut)

    monkeypatch.setattr(SegmentSet, "add", watched)
    return texts


def titles(directory: Path, query: str) -> list[str]:
    with search.open_index(directory) as index:
        return sorted({hit.report.title for hit in index.search(query)})


def test_every_row_of_a_table_is_a_report_of_its_own(tmp_path: Path) -> None:
    table = written(tmp_path / "notices.csv", *ROWS)
    summary = search.build_index(tmp_path / "index", table)
    assert (summary.added, summary.reports) == (1, 4)
    assert titles(tmp_path / "index", "抗旱") == ["关于抗旱工作的通知"]
    with search.open_index(tmp_path / "index") as index:
        (report,) = {hit.report for hit in index.search("消防")}
    assert report.sources == (f"{table}!/4",)
    assert str(report.published or report.written) == "2021-03-03"


def test_a_row_that_is_added_is_all_that_is_indexed_anew(tmp_path: Path, added: list[str]) -> None:
    table = written(tmp_path / "notices.csv", *ROWS[:3])
    search.build_index(tmp_path / "index", table)
    assert len(added) == 3
    added.clear()
    written(table, *ROWS[1:])
    summary = search.build_index(tmp_path / "index", table)
    assert len(added) == 1
    assert (summary.changed, summary.reports) == (1, 3)
    assert titles(tmp_path / "index", "防汛") == []
    assert titles(tmp_path / "index", "交通") == ["关于交通工作的通知"]


def test_the_same_report_in_two_members_is_one_with_two_sources(tmp_path: Path) -> None:
    archive = tmp_path / "notices.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name in ("甲/通知.txt", "乙/通知.txt"):
            file.writestr(name, "关于防汛工作的通知\n\n各区要落实防汛责任。\n")
    summary = search.build_index(tmp_path / "index", archive)
    assert summary.reports == 1
    with search.open_index(tmp_path / "index") as index:
        (report,) = index.reports()
    assert report.sources == (f"{archive}!/乙/通知.txt", f"{archive}!/甲/通知.txt")


def test_a_member_that_cannot_be_read_is_named_and_the_others_are_indexed(tmp_path: Path) -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as file:
        file.writestr("空.txt", b"")
        file.writestr("好.txt", "关于防汛工作的通知\n\n各区要落实防汛责任。\n")
    archive = tmp_path / "outer.zip"
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("inner.zip", inner.getvalue())
    summary = search.build_index(tmp_path / "index", archive)
    assert (summary.added, summary.reports) == (1, 1)
    (problem,) = summary.failed
    assert (problem.source, problem.reason) == (f"{archive}!/inner.zip!/空.txt", Reason.EMPTY)


def test_a_file_that_is_gone_takes_all_its_members_along(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    table = written(folder / "notices.csv", *ROWS)
    (folder / "other.txt").write_text("关于春耕的通知\n\n抓好春耕生产。\n", "utf-8")
    search.build_index(tmp_path / "index", folder)
    table.unlink()
    summary = search.build_index(tmp_path / "index", folder)
    assert (summary.removed, summary.reports) == (1, 1)


def test_columns_are_what_the_user_says_they_are(tmp_path: Path) -> None:
    table = tmp_path / "crawled.csv"
    table.write_text("甲,乙\n关于防汛工作的通知,各区要落实防汛责任，确保安全。\n", "utf-8")
    told = {"甲": "标题", "乙": "正文"}
    search.build_index(tmp_path / "index", table, columns=told)
    assert titles(tmp_path / "index", "责任") == ["关于防汛工作的通知"]
    unchanged = search.build_index(tmp_path / "index", table, columns=told)
    assert (unchanged.unchanged, unchanged.changed) == (1, 0)
