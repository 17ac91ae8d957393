"""Help: examples first, each of which runs; no line too wide; proposals for what is mistyped."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest
from wcwidth import wcswidth

from corpus import SAMPLES
from search.terminal import commands
from search.terminal.command import Command, Example
from search.terminal.formatting import wrapped
from search.terminal.group import COMMANDS, FIRST_STEPS

from .conftest import Outcome
from .running import BAOGAO

Run = Callable[..., Outcome]

LANGUAGES = {"en": ("Examples:", "Usage:"), "zh": ("示例：", "用法：")}


def _command(name: str) -> Command:
    command = import_module(f"search.terminal.commands.{name}_").command
    assert isinstance(command, Command)
    return command


EXAMPLES = [
    *FIRST_STEPS,
    *(example for name in COMMANDS for example in _command(name).examples),
]


def test_every_module_of_a_command_is_in_the_table_and_the_other_way_round() -> None:
    folder = Path(commands.__file__).parent
    assert {f"{name}_.py" for name in COMMANDS} == {path.name for path in folder.glob("*_.py")} - {
        "__init__.py"
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("columns", [80, 120])
@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_begins_with_examples_and_fits_the_window(
    baogao: Run, name: str, columns: int, language: str
) -> None:
    shown = baogao(
        *name.split(), "--help",
        LANGUAGE=language, COLUMNS=str(columns), PYTHONIOENCODING="utf-8",
    )  # fmt: skip
    lines = shown.output.splitlines()
    examples, usage = LANGUAGES[language]
    assert shown.status == 0
    assert lines[0] == examples
    assert lines[1].startswith("  baogao ")
    assert any(line.startswith(f"{usage}") for line in lines)
    assert [line for line in lines if wcswidth(line) > columns] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example_of_its_own(name: str) -> None:
    examples = _command(name).examples
    assert examples
    assert {shlex.split(example.line)[0] for example in examples} == {name}


@pytest.fixture
def desk(samples_directory: Path, tmp_path: Path) -> Path:
    """A folder with the bundled reports, files that the examples name, and an index."""
    folder = tmp_path / "reports"
    shutil.copytree(SAMPLES, folder)
    shutil.copytree(samples_directory, tmp_path / "index")
    (folder / "words.txt").write_text("最多跑一次 3\n", "utf-8")
    (folder / "queries.txt").write_text("行政复议\n", "utf-8")
    (folder / "table.csv").write_text("标题,内容\n关于改革的报告,改革取得进展。\n", "utf-8")
    return folder


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.line)
def test_every_example_in_the_help_does_what_is_said(desk: Path, example: Example) -> None:
    with subprocess.Popen(
        ["bash", "-c", f"exec baogao {example.line}"],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=desk,
        env={**os.environ, "BAOGAO_INDEX": str(desk.parent / "index"), **_home(desk.parent),
             "PATH": os.pathsep.join([str(BAOGAO.parent), os.environ["PATH"]])},
    ) as process:  # fmt: skip
        assert process.stderr
        said = []
        for line in process.stderr:
            said.append(line)
            if b"Ctrl-C ends it" in line:
                process.send_signal(signal.SIGINT)
        assert process.wait(120) == example.status, b"".join(said).decode()


def _home(folder: Path) -> dict[str, str]:
    """A home of its own for a command, so that it finds and leaves nothing in the user's."""
    kinds = ("DATA", "CACHE", "STATE", "CONFIG")
    return {"HOME": str(folder), **{f"XDG_{kind}_HOME": str(folder / kind) for kind in kinds}}


@pytest.mark.parametrize(
    ("line", "proposal"),
    [
        (["serach", "改革"], "there is no command serach; did you mean search?"),
        (["lst"], "there is no command lst; did you mean list?"),
        (["search", "--limt", "3", "改革"], "--limit"),
        (["list", "--fialed"], "--failed"),
        (["search", "yaer:2016"], "there is no field yaer; did you mean year?"),
        (["search", "机构:国务院"], "there is no field 机构; did you mean 机关?"),
        (["search", "年分:2017"], "there is no field 年分; did you mean 年份, 部分?"),
    ],
)
def test_what_is_mistyped_gets_a_proposal(baogao: Run, line: list[str], proposal: str) -> None:
    ended = baogao(*line)
    assert ended.status == 2
    assert proposal in ended.errors


def test_what_is_like_nothing_gets_no_proposal(baogao: Run) -> None:
    assert "did you mean" not in baogao("xxxxxx").errors
    assert "the fields are title/标题," in baogao("search", "xxxxxx:1").errors


def test_a_query_may_begin_with_a_minus_and_hold_two_after_double_dash(baogao: Run) -> None:
    assert baogao("search", "改革", "-试点").status == 0
    assert "query, character" in baogao("search", "--", "--limt").errors


def test_what_goes_wrong_with_the_command_line_cannot_drive_the_terminal(
    terminal: Callable[..., str],
) -> None:
    for line in (["sea\x1b]0;x\x07rch"], ["list", "--\x1b[2J"], ["search", "-n", "\x1b[2J", "a"]):
        assert "\x1b" not in terminal(80, *line)


def test_exit_status_says_how_it_ended(baogao: Run, samples_directory: Path) -> None:
    assert baogao("search", "行政复议").status == 0
    assert baogao("search", "xqzw").status == 1
    assert baogao("search", "(").status == 2
    assert baogao("search").status == 2
    assert baogao("nothing").status == 2
    assert baogao("search", "a", "--index", "/nowhere").status == 2


def test_an_interrupted_command_ends_with_130(desk: Path) -> None:
    fifo = desk.parent / "words.txt"
    os.mkfifo(fifo)
    process = subprocess.Popen(
        [BAOGAO, "search", "改革", "--synonyms", str(fifo)],
        env={**os.environ, "BAOGAO_INDEX": str(desk.parent / "index")}, stderr=subprocess.PIPE,
    )  # fmt: skip
    with fifo.open("wb"):  # it is opened when the command waits for what is in it
        process.send_signal(signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.decode() == "\nbaogao: interrupted\n"


@pytest.mark.parametrize("place", ["before", "after"])
def test_options_of_every_command_stand_before_or_after_its_name(baogao: Run, place: str) -> None:
    def run(option: str) -> Outcome:
        names = [option, "search"] if place == "before" else ["search", option]
        return baogao(*names, "行政复议", "-n", "1")

    plain = baogao("search", "行政复议", "-n", "1")
    assert plain.errors
    assert run("-q") == Outcome(0, plain.output, "")
    assert run("--verbose").errors.startswith("index: ")
    assert _is_timed(run("-v").errors)
    assert run("--no-input") == plain
    assert "\x1b[" in run("--color=always").output
    assert run("--color=never").output == plain.output


def _is_timed(text: str) -> bool:
    """Whether the last line says how long it took."""
    return text.splitlines()[-1].endswith(" seconds")


def test_quiet_still_says_what_goes_wrong(baogao: Run) -> None:
    assert "no index in" in baogao("-q", "search", "a", "--index", "/nowhere").errors


@pytest.mark.parametrize(
    ("environment", "piped", "shown"),
    [
        ({}, False, True),
        ({"NO_COLOR": "1"}, False, False),
        ({"NO_COLOR": ""}, False, True),
        ({"TERM": "dumb"}, False, False),
        ({"FORCE_COLOR": "1"}, True, True),
        ({"CLICOLOR_FORCE": "1"}, True, True),
        ({"CLICOLOR_FORCE": "0"}, True, False),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, True, False),
    ],
)
def test_colour_goes_by_the_environment(
    baogao: Run, terminal: Callable[..., str], environment: dict[str, str], piped: bool, shown: bool
) -> None:
    line = ["search", "行政复议", "-n", "1"]
    text = baogao(*line, **environment).output if piped else terminal(80, *line, **environment)
    assert ("\x1b[" in text) is shown


def test_the_option_counts_more_than_the_environment(
    baogao: Run, terminal: Callable[..., str]
) -> None:
    line = ["search", "行政复议", "-n", "1", "--color"]
    assert "\x1b[" in baogao(*line, "always", NO_COLOR="1").output
    assert "\x1b[" not in terminal(80, *line, "never", FORCE_COLOR="1")


@pytest.mark.parametrize("cells", [10, 11, 24, 80])
def test_text_is_wrapped_by_cells_and_nothing_of_it_is_lost(cells: int) -> None:
    text = "为 PATHS 中的报告建立索引：\n可以是文件（含全部内容）。\n\nRun it again\nto follow."
    lines = list(wrapped(text, cells))
    assert max(map(wcswidth, lines)) <= cells
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert "" in lines


def test_between_chinese_signs_a_line_break_is_no_space() -> None:
    assert list(wrapped("检索段落\n并显示", 80)) == ["检索段落并显示"]
    assert list(wrapped("检索\nQUERY 一次\nor twice", 80)) == ["检索 QUERY 一次 or twice"]


def test_the_exit_statuses_are_in_the_help(baogao: Run) -> None:
    told = " ".join(baogao("--help").output.split())
    for status in ("0 something", "1 nothing", "2 an error", "130 interrupted"):
        assert status in told
