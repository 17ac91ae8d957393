"""`baogao kwic`: lines with the match in one column by the cells of the terminal; collocates."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import search

    from .conftest import Outcome

    Run = Callable[..., Outcome]
    Show = Callable[..., str]

ANSI = re.compile("\x1b\\[[0-9;]*m")
MATCH = "\x1b[1;31m"
COLUMNS = (40, 80, 120)

MIXED = """\
ＧＤＰ全角与GDP半角，改革ｶﾀｶﾅ与カタカナ一道推进，abc改革défg，🚀火箭改革🛰卫星。

a改革b

深化改革，改革，再改革；e\u0301改革e\u0301，\u200b改革\u202e颠倒\x1b[2J清屏，한글改革한글。

改革开放以来，党和国家的各项事业取得了历史性成就，发生了历史性变革，人民生活显著改善。
"""


@pytest.fixture(scope="module")
def mixed(build: Callable[..., Path]) -> Path:
    return build({"mixed.txt": MIXED})


def column(line: str) -> int:
    """The cell in which the match of a line begins."""
    before, sign, _ = line.partition(MATCH)
    assert sign, line
    return wcswidth(ANSI.sub("", before))


@pytest.mark.parametrize("sort", ["left", "right", "date", "report"])
@pytest.mark.parametrize("columns", COLUMNS)
def test_matches_stand_in_one_column(terminal: Show, columns: int, sort: str) -> None:
    lines = [
        line
        for line in terminal(columns, "kwic", "改革", "--sort", sort, "-n", "60").splitlines()
        if MATCH in line
    ]
    assert len(lines) == 60
    assert len({column(line) for line in lines}) == 1


@pytest.mark.parametrize("width", ["0", "3", "20", "200"])
@pytest.mark.parametrize("columns", [24, *COLUMNS])
def test_matches_stand_in_one_column_whatever_their_text(
    terminal: Show, mixed: Path, columns: int, width: str
) -> None:
    shown = terminal(columns, "kwic", "改革", "--width", width, "--index", mixed)
    lines = [line for line in shown.splitlines() if MATCH in line]
    assert len(lines) == 11
    assert len({column(line) for line in lines}) == 1
    assert [line for line in lines if not 0 <= wcswidth(ANSI.sub("", line)) <= columns] == []
    assert "\x1b[2J" not in shown


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize(
    "line",
    [
        "kwic 改革",
        "kwic 改革 --width 200",
        "kwic 人民政府关于进一步优化营商环境 --literal",
        "kwic 改革 --collocates",
        "kwic 改革 --collocates --measure log_dice",
    ],
)
def test_no_line_is_wider_than_the_terminal(terminal: Show, line: str, columns: int) -> None:
    lines = ANSI.sub("", terminal(columns, *line.split())).splitlines()
    assert len(lines) > 1
    assert [line for line in lines if wcswidth(line) > columns] == []


def test_lines_in_a_pipe_are_those_of_the_api(baogao: Run, samples: search.Index) -> None:
    found = samples.kwic("改革", width=8, limit=5)
    shown = baogao("kwic", "改革", "--width", "8", "-n", "5")
    for text, line in zip(shown.output.splitlines(), found.lines, strict=True):
        parts = re.fullmatch(r"(\S+)  ([\d-]*) *  \s*(.*?)  (改革)(?:  (.*))?", text)
        assert parts, text
        address, day, left, match, right = parts.groups("")
        assert (address, left.strip(), match, right) == (
            line.address, line.left.strip(), line.match, line.right.rstrip(),
        )  # fmt: skip
        assert day == (str(line.date) if line.date else str(line.report.year))
    assert shown.errors == f"{found.total:,} places, 5 shown\n"
    assert shown.status == 0


def test_lines_as_data_are_those_of_the_api(baogao: Run, samples: search.Index) -> None:
    found = samples.kwic("改革", limit=3, sort="left")
    arguments = ("kwic", "改革", "-n", "3", "--sort", "left")
    record = json.loads(baogao(*arguments, "--format", "json").output)
    assert record == {"version": 1, **found.to_dict()}
    rows = list(csv.DictReader(io.StringIO(baogao(*arguments, "--format", "csv").output)))
    assert [(row["address"], row["left"], row["match"], row["right"]) for row in rows] == [
        (line.address, line.left, line.match, line.right) for line in found.lines
    ]


def test_collocates_as_data_are_those_of_the_api(baogao: Run, samples: search.Index) -> None:
    found = samples.collocates("改革", window=3, measure="t", limit=4)
    arguments = ("kwic", "改革", "--collocates", "--window", "3", "--measure", "t", "-n", "4")
    record = json.loads(baogao(*arguments, "--format", "json").output)
    expected = [one.to_dict() for one in found]
    assert record == {"version": 1, "query": "改革", "collocates": expected}
    rows = csv.DictReader(io.StringIO(baogao(*arguments, "--format", "csv").output))
    assert [float(row["t"]) for row in rows] == [one.t for one in found]
    lines = baogao(*arguments).output.splitlines()
    assert lines[0].split() == [
        "word",
        "near",
        "before",
        "after",
        "in",
        "all",
        "G²",
        "MI",
        "t",
        "logDice",
    ]
    assert [line.split()[0] for line in lines[1:]] == [one.word for one in found]


def test_a_narrow_window_has_one_measure(terminal: Show) -> None:
    shown = terminal(40, "kwic", "改革", "--collocates", "--measure", "mi")
    assert shown.splitlines()[0].split() == ["word", "near", "in", "all", "MI"]


@pytest.mark.parametrize("extra", [(), ("--collocates",)])
def test_nothing_found_is_told_by_the_exit_status(baogao: Run, extra: tuple[str, ...]) -> None:
    shown = baogao("kwic", "这句话哪里也没有", *extra)
    assert (shown.status, shown.output) == (1, "")
    assert "这句话哪里也没有" in shown.errors


@pytest.mark.parametrize(
    ("line", "option"),
    [
        ("kwic 改革 --window 3", "--window"),
        ("kwic 改革 --measure t", "--measure"),
        ("kwic 改革 --collocates --width 3", "--width"),
        ("kwic 改革 --collocates --sort left", "--sort"),
    ],
)
def test_no_option_is_left_out_in_silence(baogao: Run, line: str, option: str) -> None:
    shown = baogao(*line.split())
    assert shown.status == 2
    assert option in shown.errors
