"""The command line as a user meets it: real processes, pipes and terminals."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from wcwidth import wcswidth

from corpus import SAMPLES

from .conftest import Outcome
from .running import BAOGAO

if TYPE_CHECKING:
    from pathlib import Path

    import search

Run = Callable[..., Outcome]
Show = Callable[..., str]

ANSI = re.compile("\x1b\\[[0-9;]*m")


@pytest.fixture(scope="session")
def address(samples: search.Index) -> str:
    return samples.search("行政复议").hits[0].address


@pytest.mark.parametrize("columns", [24, 40, 80, 120])
@pytest.mark.parametrize(
    "line", ["search 行政复议", "search 营商环境 放管服", "show ADDRESS", "list"]
)
def test_no_line_is_wider_than_the_terminal(
    terminal: Show, address: str, line: str, columns: int
) -> None:
    arguments = line.replace("ADDRESS", address).split()
    lines = ANSI.sub("", terminal(columns, *arguments)).splitlines()
    assert lines
    assert [line for line in lines if wcswidth(line) > columns] == []


def test_matches_are_coloured_on_a_terminal_only(terminal: Show, baogao: Run) -> None:
    assert "\x1b[1;31m行政复议\x1b[0m" in terminal(80, "search", "行政复议")
    assert "\x1b" not in terminal(80, "search", "行政复议", NO_COLOR="1")
    assert "\x1b" not in terminal(80, "search", "行政复议", TERM="dumb")
    assert "\x1b" not in baogao("search", "行政复议").output


def test_exit_status_is_0_for_hits_1_for_none_and_2_for_an_error(
    baogao: Run, tmp_path: Path
) -> None:
    assert baogao("search", "行政复议").status == 0
    assert baogao("search", "饕餮貔貅").status == 1
    assert baogao("search", "year:abc").status == 2
    assert baogao("search", "改革", "--index", tmp_path).status == 2
    assert baogao("show", "abcdef:1").status == 2
    assert baogao("search").status == 2
    assert baogao("nonsense").status == 2


@pytest.mark.parametrize("command", ["index", "search", "show", "list", "stats", "demo"])
def test_help_names_every_command_and_each_has_help_of_its_own(baogao: Run, command: str) -> None:
    assert re.search(rf"^  {command} +[A-Z]", baogao("--help").output, re.MULTILINE)
    assert f"Usage: baogao {command}" in baogao(command, "--help").output


def test_data_goes_to_stdout_and_all_else_to_stderr(baogao: Run) -> None:
    found = baogao("search", "-n", "1", "行政复议")
    assert "行政复议" in found.output
    assert "found" not in found.output
    assert re.search(r"\d+ paragraphs found, 1 to 1 shown", found.errors)
    mistake = baogao("search", "year:abc")
    assert mistake.output == ""
    assert "  year:abc\n       ^^^\n" in mistake.errors


def test_json_is_one_object_of_the_documented_shape(baogao: Run, samples: search.Index) -> None:
    found: dict[str, Any] = json.loads(
        baogao("search", "--format", "json", "-n", "2", "行政复议").output
    )
    results = samples.search("行政复议", limit=2)
    assert set(found) == {
        "version", "query", "total", "hits", "reports", "groups", "missing", "relaxed",
    }  # fmt: skip
    assert (found["version"], found["query"], found["total"]) == (1, "行政复议", results.total)
    first, hit = found["hits"][0], results.hits[0]
    assert list(first) == [
        "rank", "score", "address", "report", "heading", "section", "paragraph", "page", "text",
            "highlights", "title_highlights", "heading_highlights", "duplicates",
    ]  # fmt: skip
    assert set(first["report"]) == {
        "id", "title", "kind", "issuer", "region", "province", "number", "subject", "signatory",
        "addressees", "annexes", "meeting", "speaker", "date", "written", "published", "printed",
        "added", "year", "covers", "delivered", "url", "format", "encoding", "flaws", "sources",
    }  # fmt: skip
    assert first["highlights"] == [list(span) for span in hit.highlights]
    assert all(first["text"][a:b] == "行政复议" for a, b in first["highlights"])
    assert (first["address"], first["heading"]) == (hit.address, list(hit.heading))


def test_jsonl_and_csv_hold_the_same_hits_as_json(baogao: Run) -> None:
    words = ("search", "-n", "5", "营商环境", "--format")
    hits = json.loads(baogao(*words, "json").output)["hits"]
    assert [json.loads(line) for line in baogao(*words, "jsonl").output.splitlines()] == hits
    rows = list(csv.DictReader(io.StringIO(baogao(*words, "csv").output)))
    assert [row["address"] for row in rows] == [hit["address"] for hit in hits]
    assert [row["text"] for row in rows] == [hit["text"] for hit in hits]
    assert [row["title"] for row in rows] == [hit["report"]["title"] for hit in hits]


def test_csv_is_as_rfc_4180_has_it(baogao: Run) -> None:
    """Lines end with CR LF, and all have as many fields."""
    output = baogao("search", "改革", "-n", "500", "--format", "csv").output
    assert output.endswith("\r\n")
    assert "\n" not in output.replace("\r\n", "")
    rows = list(csv.reader(io.StringIO(output, newline=""), strict=True))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert len(rows) > 1


def test_limit_and_offset_page_through_one_ranking(baogao: Run) -> None:
    whole = json.loads(baogao("search", "-n", "6", "改革", "--format", "json").output)["hits"]
    part = json.loads(
        baogao("search", "-n", "3", "--offset", "3", "改革", "--format", "json").output
    )["hits"]
    assert part == whole[3:]
    beyond = baogao("search", "--offset", "100000", "改革")
    assert (beyond.status, beyond.output) == (0, "")


def test_sort_by_date_gives_the_newest_first(baogao: Run) -> None:
    found = baogao("search", "--sort", "newest", "-n", "30", "改革", "--format", "jsonl").output
    dates = [json.loads(line)["report"]["date"] for line in found.splitlines()]
    assert dates == sorted(dates, reverse=True)


@pytest.mark.parametrize("text", ["“放管服”改革", "产值1,234.5亿元", "国办发〔2017〕24号"])
def test_literal_takes_the_whole_query_as_it_is(baogao: Run, text: str) -> None:
    hits = json.loads(baogao("search", "--literal", text, "--format", "json").output)["hits"]
    assert hits
    assert all(text in hit["text"] for hit in hits)


def test_a_word_may_be_excluded_without_quotes_for_the_shell(baogao: Run) -> None:
    apart = baogao("search", "行政复议", "-改革", "--format", "json")
    together = baogao("search", "行政复议 -改革", "--format", "json")
    assert apart.output == together.output
    assert json.loads(apart.output)["total"] > 0


def test_show_gives_the_paragraph_with_its_neighbours(
    baogao: Run, samples: search.Index, address: str
) -> None:
    chosen = samples.get(address)
    around = json.loads(baogao("show", address, "-C", "1", "--format", "json").output)
    ordinals = [paragraph["paragraph"] for paragraph in around["paragraphs"]]
    assert ordinals == [chosen.paragraph - 1, chosen.paragraph, chosen.paragraph + 1]
    report = chosen.report.id
    whole = json.loads(baogao("show", report, "--format", "json").output)["paragraphs"]
    assert [p["text"] for p in whole] == [p.text for p in samples.paragraphs(report)]
    assert chosen.text in baogao("show", f"{report[:6]}:{chosen.paragraph}").output


def test_list_names_every_report_and_stats_counts_them(baogao: Run) -> None:
    listed = json.loads(baogao("list", "--format", "json").output)["reports"]
    assert len(listed) == len(list(SAMPLES.iterdir()))
    stats = json.loads(baogao("stats", "--format", "json").output)
    assert stats["reports"] == len(listed)
    assert stats["paragraphs"] == sum(report["paragraphs"] for report in listed)
    assert sum(stats["years"].values()) == len(listed)
    for line in baogao("list").output.splitlines():
        assert re.match(r"[0-9a-f]{12}  20\d\d-\d\d-\d\d  +\d+  \S+ +\S", line)


def test_a_closed_pipe_is_no_error(samples_directory: Path) -> None:
    process = subprocess.Popen(
        [BAOGAO, "search", "-n", "5000", "改革 OR 发展 OR 的", "--index", samples_directory],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    errors = process.stderr.read()
    process.stderr.close()
    assert process.wait(timeout=60) == 0
    assert b"Traceback" not in errors
    assert b"rror" not in errors


@pytest.mark.parametrize(
    ("redirection", "status"),
    [
        ("search 行政复议 >&-", 0),
        ("search 行政复议 >/dev/full", 2),
        ("search --format json 行政复议 >/dev/full", 2),
        ("--help >/dev/full", 2),
        ("search 行政复议 2>&- >/dev/null", 0),
        ("search 行政复议 2>/dev/full >/dev/null", 0),
        ("search year:abc 2>&-", 2),
        ("search 饕餮貔貅 2>/dev/full", 1),
    ],
)
def test_output_that_cannot_be_written_ends_without_a_traceback(
    samples_directory: Path, redirection: str, status: int
) -> None:
    ended = subprocess.run(
        ["sh", "-c", f"exec {BAOGAO} {redirection}"],
        env={**os.environ, "BAOGAO_INDEX": str(samples_directory)},
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert b"Traceback" not in ended.stderr
    assert b"Exception" not in ended.stderr
    assert ended.returncode == status


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "latin-1", "utf-8"])
def test_json_is_json_in_every_encoding_of_the_output(
    baogao: Run, tmp_path: Path, encoding: str
) -> None:
    (tmp_path / "a.txt").write_text("关于绿地的通知\n\n绿地面积5km²，© 2019，𠮷林。\n", "utf-8")
    assert baogao("index", tmp_path / "a.txt", "--index", tmp_path / "index").status == 0
    ended = subprocess.run(
        [BAOGAO, "search", "--index", tmp_path / "index", "--format", "json", "绿地面积"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
        timeout=60,
    )
    (hit,) = json.loads(ended.stdout.decode(encoding))["hits"]
    assert hit["text"] == "绿地面积5km²，© 2019，𠮷林。"


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "utf-8"])
def test_html_is_whole_in_every_encoding_of_the_output(
    samples_directory: Path, samples: search.Index, encoding: str
) -> None:
    ended = subprocess.run(
        [BAOGAO, "search", "行政复议", "--index", samples_directory, "--format", "html"],
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=True,
        timeout=60,
    )
    written = unescape(ended.stdout.decode("ascii" if encoding != "utf-8" else encoding))
    for hit in samples.search("行政复议"):
        assert hit.report.title in re.sub("</?mark>", "", written)


def test_a_value_that_a_spreadsheet_would_run_is_quoted_in_csv(baogao: Run, tmp_path: Path) -> None:
    formula = '=HYPERLINK("http://nowhere","改革")'
    (tmp_path / "a.txt").write_text(f"关于改革的通知\n\n{formula}\n", "utf-8")
    assert baogao("index", tmp_path / "a.txt", "--index", tmp_path / "index").status == 0
    done = baogao("search", "hyperlink", "--index", tmp_path / "index", "--format", "csv")
    (row,) = csv.DictReader(io.StringIO(done.output))
    assert row["text"] == f"'{formula}"


def test_the_place_of_a_mistake_is_shown_under_wide_characters(terminal: Show) -> None:
    shown = terminal(80, "search", "　改革　nofield:优化")
    assert "  　改革　nofield:优化\n" + " " * 10 + "^" * 8 + "\n" in shown


def test_a_list_leaves_room_for_titles_on_a_narrow_terminal(terminal: Show) -> None:
    for columns, characters in ((80, 15), (60, 12), (40, 4)):
        lines = terminal(columns, "list").splitlines()
        title = max(lines, key=len)[-characters:].strip("…")
        assert len(title.encode()) > len(title)


def test_index_names_what_it_cannot_read_and_counts_everything(baogao: Run, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text("关于防汛的通知\n\n各区要落实责任。\n", "utf-8")
    (folder / "empty.txt").write_bytes(b"")
    (folder / "evil\x1b[2J.txt").write_bytes(b"")
    done = baogao("index", folder, "--index", tmp_path / "index")
    assert done.status == 0
    assert done.output == ""
    assert "empty.txt: empty: " in done.errors
    assert "files: 1 added, 2 could not be read (empty 2)" in done.errors
    assert "the index holds 1 report," in done.errors
    assert "\x1b" not in done.errors
    again = baogao("index", folder, "--index", tmp_path / "index", "--quiet")
    assert (again.status, again.errors) == (0, "")
    told = baogao("index", folder, "--index", tmp_path / "index").errors
    assert "files: 1 unchanged, 2 could not be read before and have not changed" in told


def test_index_fails_only_if_nothing_could_be_indexed(baogao: Run, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "empty.txt").write_bytes(b"")
    assert baogao("index", folder, "--index", tmp_path / "index").status == 2
    assert baogao("index", tmp_path / "nowhere", "--index", tmp_path / "index").status == 2


def test_what_is_gone_with_its_folder_is_named_and_can_be_forgotten(
    baogao: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "flood.txt").write_text("关于防汛的通知\n\n要落实防汛责任。\n", "utf-8")
    there = {"BAOGAO_INDEX": str(tmp_path / "index")}
    assert baogao("index", folder, **there).status == 0
    moved = folder.rename(tmp_path / "moved")
    ended = baogao("index", folder, **there)
    assert (ended.status, baogao("search", "防汛", **there).status) == (2, 0)
    assert "1 file that is not there stays" in ended.errors
    assert "baogao index --forget PATH" in ended.errors
    assert baogao("index", "--forget", moved, **there).status == 2
    assert baogao("index", "--forget", "--rebuild", folder, **there).status == 2
    ended = baogao("index", "--forget", folder, **there)
    assert (ended.status, baogao("search", "防汛", **there).status) == (0, 1)
    assert "1 removed" in ended.errors


def test_progress_shows_on_a_terminal_only(terminal: Show, baogao: Run, tmp_path: Path) -> None:
    assert "indexing" in terminal(
        80, "index", SAMPLES / "2024-work-report.md", "--index", tmp_path / "a"
    )
    assert (
        "indexing"
        not in baogao("index", SAMPLES / "2024-work-report.md", "--index", tmp_path / "b").errors
    )


def test_the_demo_indexes_and_searches_the_bundled_reports(baogao: Run, tmp_path: Path) -> None:
    shown = baogao("demo", XDG_CACHE_HOME=str(tmp_path))
    assert shown.status == 0
    assert "行政复议" in shown.output
    assert "$ baogao search" in shown.errors
    (manifest,) = tmp_path.rglob("manifest.json")
    manifest.write_text("{", "utf-8")
    again = baogao("demo", XDG_CACHE_HOME=str(tmp_path))
    assert (again.status, again.output) == (0, shown.output)


def test_list_failed_names_what_could_not_be_read_and_why(baogao: Run, tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "good.txt").write_text("关于防汛的通知\n\n各区要落实责任。\n", "utf-8")
    (folder / "evil\x1b[2J.txt").write_bytes(b"")
    index = ("--index", tmp_path / "index")
    baogao("index", folder, *index)
    listed = baogao("list", "--failed", *index)
    assert listed.status == 0
    assert "empty: there is nothing in it" in listed.output
    assert "\x1b" not in listed.output
    data = json.loads(baogao("list", "--failed", "--format", "json", *index).output)
    (failure,) = data["failures"]
    assert failure["reason"] == "empty"
    assert failure["source"] == str(folder / "evil\x1b[2J.txt")
    line = json.loads(baogao("list", "--failed", "--format", "jsonl", *index).output)
    assert line == failure
    rows = baogao("list", "--failed", "--format", "csv", *index).output.splitlines()
    assert rows[0] == "source,reason,detail"
    assert len(rows) == 2
    (folder / "evil\x1b[2J.txt").unlink()
    baogao("index", folder, *index)
    assert baogao("list", "--failed", *index).status == 1


def test_columns_of_tables_are_told_by_map(baogao: Run, tmp_path: Path) -> None:
    table = tmp_path / "crawled.csv"
    table.write_text("甲,乙\n关于防汛的通知,各区要落实防汛责任，确保安全。\n", "utf-8")
    index = ("--index", tmp_path / "index")
    assert baogao("index", table, "--map", "甲=标题", "--map", "乙=正文", *index).status == 0
    found = json.loads(baogao("search", "责任", "--format", "json", *index).output)
    assert found["hits"][0]["report"]["title"] == "关于防汛的通知"


@pytest.mark.parametrize("told", ["甲", "=标题", "甲=", "甲=没有的"])
def test_a_map_that_says_nothing_is_an_error(baogao: Run, tmp_path: Path, told: str) -> None:
    done = baogao("index", tmp_path, "--map", told, "--index", tmp_path / "index")
    assert done.status == 2
    assert "--map" in done.errors


def test_show_names_reports_that_are_nearly_the_same(baogao: Run, tmp_path: Path) -> None:
    body = "\n\n".join(f"第{number}项工作要抓紧抓实，责任到人，按时完成。" for number in range(40))
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text(f"甲市2020年政府工作报告\n\n{body}\n", "utf-8")
    (folder / "copy.txt").write_text(f"甲市2020年政府工作报告\n\n{body}\n\n转自他处。\n", "utf-8")
    index = ("--index", tmp_path / "index")
    baogao("index", folder, *index)
    reports = json.loads(baogao("list", "--format", "json", *index).output)["reports"]
    first, second = (report["id"] for report in reports)
    assert f"% {second} 甲市2020年政府工作报告" in baogao("show", first, *index).output
    shown = json.loads(baogao("show", first, "--format", "json", *index).output)
    assert [near["id"] for near in shown["near"]] == [second]
