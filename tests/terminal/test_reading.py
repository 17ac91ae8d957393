"""What is made for reading: hits in a line or in their place, outlines, pages of a pager."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

from corpus import SAMPLES

from .conftest import Outcome
from .running import BAOGAO, on_a_terminal

if TYPE_CHECKING:
    import search

Run = Callable[..., Outcome]
Show = Callable[..., str]

ESCAPES = re.compile(r"\x1b\[[0-9;]*m|\x1b\]8;[^\x1b]*\x1b\\")
LINK = re.compile(r"\x1b\]8;;(file:[^\x1b]+)\x1b\\(.*?)\x1b\]8;;\x1b\\")


def lines(shown: str) -> list[str]:
    return ESCAPES.sub("", shown).splitlines()


@pytest.mark.parametrize("columns", [40, 60, 80, 120, 200])
@pytest.mark.parametrize(
    "line",
    [
        "search 行政复议 -n 30 --compact", "search 行政复议 -n 5 -C 2", "show 0dc2 --outline",
        "search 农业 -n 30 --compact", "search GDP OR ＧＤＰ -n 3 --compact",
    ],
)  # fmt: skip
def test_no_line_is_wider_than_the_window(terminal: Show, line: str, columns: int) -> None:
    shown = lines(terminal(columns, *line.split()))
    assert len(shown) > 2
    assert [text for text in shown if wcswidth(text) > columns] == []


def test_compact_gives_a_hit_a_line(terminal: Show, baogao: Run, samples: search.Index) -> None:
    hits = samples.search("行政复议", limit=20).hits
    for columns in (40, 80, 120):
        *shown, summary = lines(terminal(columns, "search", "行政复议", "-n", "20", "--compact"))
        assert len(shown) == len(hits)
        assert "paragraphs found" in summary
        for hit, text in zip(hits, shown, strict=True):
            assert text.split()[:2] == [str(hit.rank), hit.address]
    piped = baogao("search", "行政复议", "-n", "20", "--compact").output.splitlines()
    for hit, text in zip(hits, piped, strict=True):
        assert hit.report.title in text
        assert hit.snippet().text in text


def test_compact_shows_the_match_where_there_is_room(terminal: Show) -> None:
    shown = terminal(80, "search", "行政复议", "-n", "20", "--compact")
    *hits, _ = shown.splitlines()
    assert [text for text in hits if "\x1b[1;31m行政复议\x1b[0m" not in text] == []


def test_context_gives_the_paragraphs_on_either_side(
    baogao: Run, terminal: Show, samples: search.Index
) -> None:
    (hit,) = samples.search("行政复议", limit=1)
    output = baogao("search", "行政复议", "-n", "1", "-C", "2").output
    paragraphs = samples.paragraphs(hit.report.id)
    for near in paragraphs[hit.paragraph - 3 : hit.paragraph + 2]:
        assert f"{near.address} {near.text}\n" in output
    assert paragraphs[hit.paragraph + 2].text not in output
    coloured = terminal(80, "search", "行政复议", "-n", "1", "-C", "2")
    assert f"\x1b[2m{paragraphs[hit.paragraph].address}\x1b[0m" in coloured
    assert f"\x1b[36m{hit.address}\x1b[0m" in coloured


def test_context_ends_with_the_report(samples: search.Index) -> None:
    (report, *_) = samples.reports()
    paragraphs = samples.paragraphs(report.id)
    for passage in (paragraphs[0], paragraphs[1], paragraphs[-1]):
        expected = [one for one in paragraphs if abs(one.paragraph - passage.paragraph) <= 2]
        assert list(samples.around(passage, 2)) == expected
    assert samples.around(paragraphs[3], 0) == (paragraphs[3],)


def test_json_has_the_paragraphs_before_and_after(baogao: Run, samples: search.Index) -> None:
    words = ("search", "行政复议", "-n", "3", "-C", "1", "--format")
    hits = json.loads(baogao(*words, "json").output)["hits"]
    for hit in hits:
        around = samples.around(samples.get(hit["address"]), 1)
        assert [one["text"] for one in [*hit["before"], hit, *hit["after"]]] == [
            one.text for one in around
        ]
    assert [json.loads(line) for line in baogao(*words, "jsonl").output.splitlines()] == hits


@pytest.mark.parametrize(
    "options",
    [("--compact", "-C", "1"), ("--compact", "--format", "json"), ("-C", "1", "--format", "csv")],
)
def test_options_that_cannot_both_be_are_refused(baogao: Run, options: tuple[str, ...]) -> None:
    assert baogao("search", "行政复议", *options).status == 2


def test_a_title_leads_to_its_file_on_a_terminal_only(
    terminal: Show, baogao: Run, samples: search.Index
) -> None:
    (hit,) = samples.search("行政复议", limit=1)
    shown = terminal(80, "search", "行政复议", "-n", "1")
    ((target, title),) = LINK.findall(shown)
    path = Path(hit.report.sources[0])
    assert target == path.as_uri().replace("file://", f"file://{os.uname().nodename}", 1)
    assert ESCAPES.sub("", title) == hit.report.title
    for elsewhere in (
        baogao("search", "行政复议", "-n", "1").output,
        terminal(80, "search", "行政复议", "-n", "1", NO_COLOR="1"),
        terminal(80, "search", "行政复议", "-n", "1", TERM="linux"),
    ):
        assert "\x1b]8" not in elsewhere


def test_a_link_to_a_pdf_opens_it_at_the_page(terminal: Show, tmp_path: Path, baogao: Run) -> None:
    pdf = Path(__file__).parents[1] / "fixtures" / "documents" / "01-notice.pdf"
    index = ("--index", tmp_path / "index")
    assert baogao("index", pdf, *index).status == 0
    (hit,) = json.loads(baogao("search", "通知", "-n", "1", *index, "--format", "json").output)[
        "hits"
    ]
    (target,) = {to for to, _ in LINK.findall(terminal(80, "search", "通知", "-n", "1", *index))}
    assert target.endswith(f"/01-notice.pdf#page={hit['page']}")


def test_the_outline_has_every_heading_once_with_its_first_paragraph(
    baogao: Run, samples: search.Index
) -> None:
    for report in samples.reports():
        outline = samples.outline(report.id)
        paragraphs = {passage.address: passage for passage in samples.paragraphs(report.id)}
        paths = list(dict.fromkeys(passage.heading for passage in paragraphs.values()))
        for heading in outline:
            assert paragraphs[heading.address].heading[heading.level] == heading.text
        assert {path[-1] for path in paths if path} <= {heading.text for heading in outline}
        assert len(outline) >= len({path for path in paths if path})
    shown = baogao("show", report.id, "--outline").output
    for heading in outline:
        assert re.search(
            rf"^{heading.address} +{' ' * 2 * heading.level}{re.escape(heading.text)}$", shown, re.M
        )
    record = json.loads(baogao("show", report.id, "--outline", "--format", "json").output)
    assert record["outline"] == [heading.to_dict() for heading in outline]


def paged(
    tmp_path: Path, index: Path, *arguments: str, pager: str = "", rows: int = 24
) -> tuple[str, str]:
    """What a terminal shows, and what went through a pager."""
    copy = tmp_path / "paged"
    script = tmp_path / "pager"
    script.write_text(f'#!/bin/sh\necho "LESS=$LESS" >"{copy}"\ncat >>"{copy}"\n', "utf-8")
    script.chmod(0o755)
    environment = {
        **os.environ, "BAOGAO_INDEX": str(index), "PAGER": pager or str(script), "TERM": "xterm",
    }  # fmt: skip
    environment.pop("NO_COLOR", None)
    environment.pop("LESS", None)
    _, shown = on_a_terminal([BAOGAO, *arguments], (80, rows), "", SAMPLES, environment)
    return shown, copy.read_text("utf-8") if copy.exists() else ""


def test_what_is_longer_than_the_window_goes_through_the_pager(
    tmp_path: Path, samples_directory: Path, terminal: Show
) -> None:
    shown, through = paged(tmp_path, samples_directory, "search", "行政复议")
    assert "34 paragraphs found" in shown
    assert "\x1b[1;31m" not in shown
    assert through.startswith("LESS=FRX\n")
    *whole, _ = lines(terminal(80, "search", "行政复议"))
    assert lines(through)[1:] == whole
    assert "\x1b[1;31m" in through


def test_what_fits_the_window_is_not_paged(tmp_path: Path, samples_directory: Path) -> None:
    shown, through = paged(tmp_path, samples_directory, "search", "行政复议", "-n", "1")
    assert "行政复议" in shown
    assert through == ""
    shown, through = paged(tmp_path, samples_directory, "search", "行政复议", rows=500)
    assert through == ""


@pytest.mark.parametrize("option", ["--no-pager", "--no-input"])
def test_paging_can_be_switched_off(tmp_path: Path, samples_directory: Path, option: str) -> None:
    shown, through = paged(tmp_path, samples_directory, "search", "行政复议", option)
    assert "行政复议" in shown
    assert through == ""


@pytest.mark.parametrize("pager", ["no-such-pager", " "])
def test_without_a_pager_all_is_shown(tmp_path: Path, samples_directory: Path, pager: str) -> None:
    shown, _ = paged(tmp_path, samples_directory, "search", "行政复议", pager=pager)
    assert shown.count("行政复议") > 10


def test_a_pager_that_is_left_early_is_no_error(tmp_path: Path, samples_directory: Path) -> None:
    shown, _ = paged(
        tmp_path, samples_directory, "search", "-n", "5000", "的 OR 改革", pager="head -n 2"
    )
    assert "paragraphs found" in shown
    assert "Traceback" not in shown
    assert "rror" not in shown


@pytest.mark.parametrize(
    ("arguments", "needed", "late"),
    [
        (
            "--help",
            "search.terminal.group",
            "json numpy indexer search.index search.terminal.render",
        ),
        ("search 行政复议 -n 3", "search.results", "indexer.units search.holdings csv shutil"),
        ("suggest 行政", "numpy", "indexer.segmenter search.query search.results csv shutil"),
    ],
)
def test_a_command_imports_nothing_that_it_does_not_need(
    samples_directory: Path, arguments: str, needed: str, late: str
) -> None:
    """To read formats, to page and to write pages takes longer to import than a search."""
    ended = subprocess.run(
        [sys.executable, "-X", "importtime", BAOGAO, *arguments.split()],
        env={**os.environ, "BAOGAO_INDEX": str(samples_directory)},
        capture_output=True,
        check=True,
        timeout=60,
    )
    imported = set(re.findall(r"\| +([\w.]+)$", ended.stderr.decode(), re.MULTILINE))
    assert needed in imported
    never = {"corpus.formats", "numpy.ma", "subprocess", "html", "jieba", "importlib.metadata"}
    assert imported & {*never, *late.split()} == set()
