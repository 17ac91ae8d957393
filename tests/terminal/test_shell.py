"""`baogao shell`: what lines do to a dialogue, and the dialogue at a terminal."""

from __future__ import annotations

import os
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from wcwidth import wcswidth

import search
from search.citing import cite
from search.terminal.render import Page
from search.terminal.shell.prompt import Words
from search.terminal.shell.session import step
from search.terminal.shell.showing import bar_text, prompt_text
from search.terminal.shell.state import Desk, Session, Turn, Window
from search.terminal.vocabulary import Vocabulary

from .expecting import terminal_of
from .running import BAOGAO
from .test_hostile_text import HAZARDS, UNSEEN, hazards

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Build = Callable[[dict[str, str]], Path]

WINDOWS = {"80x24": (80, 24), "120x40": (120, 40)}


def desk(index: search.Index, columns: int = 80, lines: int = 24) -> Desk:
    return Desk(index, Window(Page(columns, colour=False), lines))


def after(index: search.Index, *lines: str, size: tuple[int, int] = (80, 24)) -> Turn:
    """What the last of some lines has led to."""
    turn = Turn(Session(), ())
    for line in lines:
        turn = step(turn.session, line, desk(index, *size))
    return turn


def text(turn: Turn) -> str:
    return "\n".join(turn.lines)


def addresses(index: search.Index, query: str) -> set[str]:
    return {hit.address for hit in index.search(query, limit=None)}


def total(turn: Turn) -> int:
    assert turn.session.results
    return turn.session.results.total


# Queries and conditions


def test_words_are_searched_for(samples: search.Index) -> None:
    turn = after(samples, "行政复议")
    found = samples.search("行政复议")
    assert turn.session.results
    assert turn.session.results.hits == found.hits[: len(turn.session.results)]
    assert found.hits[0].address in text(turn)
    assert f"{found.total} paragraphs found" in text(turn)


@pytest.mark.parametrize("query", ["改革", "改革 OR 就业", "行政复议 -诉讼", '"改革"'])
@pytest.mark.parametrize("condition", ["年份:2017..2020", "年份:2018 OR 年份:2021", "-文种:通知"])
def test_a_condition_leaves_of_the_hits_those_that_fulfil_it(
    samples: search.Index, query: str, condition: str
) -> None:
    turn = after(samples, query, f"+{condition}")
    kept = addresses(samples, query) & addresses(samples, condition)
    assert addresses(samples, turn.session.asked) == kept
    assert total(turn) == len(kept)


def test_of_a_plain_question_a_condition_leaves_those_that_fulfil_it(
    samples: search.Index,
) -> None:
    question = "如何优化营商环境？"
    turn = after(samples, question, "+年份:2018..")
    assert total(turn) == len(addresses(samples, question) & addresses(samples, "年份:2018.."))


def test_conditions_are_removed_by_their_number(samples: search.Index) -> None:
    lines = ("改革", "+年份:2018..", "+试点", "+文种:通知")
    turn = after(samples, *lines, "-2")
    assert turn.session.conditions == ("年份:2018..", "文种:通知")
    assert total(turn) == total(after(samples, *lines[:2], lines[3]))
    assert after(samples, *lines, "clear").session.asked == "改革"


def test_conditions_hold_for_the_next_query_and_stand_in_the_prompt(samples: search.Index) -> None:
    session = after(samples, "改革", "+年份:2018..", "就业").session
    assert (session.query, session.conditions) == ("就业", ("年份:2018..",))
    assert prompt_text(session, 80) == "baogao 1:年份:2018..> "


def test_a_condition_that_is_not_there_is_not_removed(samples: search.Index) -> None:
    before = after(samples, "改革", "+试点")
    turn = step(before.session, "-2", desk(samples))
    assert turn.session == before.session
    assert "there is no condition 2" in text(turn)


def test_hits_are_put_in_another_order(samples: search.Index) -> None:
    turn = after(samples, "改革", "sort oldest")
    oldest = samples.search("改革", sort="oldest").hits
    assert turn.session.results
    assert turn.session.results.hits == oldest[: len(turn.session.results)]
    assert "one of relevance, newest, oldest, report" in text(after(samples, "改革", "sort x"))


def test_of_what_finds_nothing_is_told_what_may_have_been_meant(samples: search.Index) -> None:
    assert "nothing found for nxt\ndid you mean :next?" in text(after(samples, "nxt"))
    assert "0 by itself" in text(after(samples, "蘑菇木耳 改革"))


# Pages of hits


@pytest.mark.parametrize("size", WINDOWS.values(), ids=WINDOWS)
def test_leafing_shows_every_hit_once_and_back_again(
    samples: search.Index, size: tuple[int, int]
) -> None:
    turn = after(samples, "行政复议", size=size)
    pages = [turn.session]
    while (turn := step(turn.session, "", desk(samples, *size))).session != pages[-1]:
        pages.append(turn.session)
    assert text(turn) == "these are the last hits"
    shown = [hit for page in pages if page.results for hit in page.results]
    assert shown == list(samples.search("行政复议", limit=None))
    for page in reversed(pages[:-1]):
        turn = step(turn.session, "prev", desk(samples, *size))
        assert turn.session == page
    assert "these are the first hits" in text(step(turn.session, "prev", desk(samples, *size)))


@pytest.mark.parametrize("size", WINDOWS.values(), ids=WINDOWS)
@pytest.mark.parametrize("lines", [("改革",), ("改革", ""), ("改革", "2"), ("改革", "2", "more")])
def test_a_page_fits_the_window(
    samples: search.Index, size: tuple[int, int], lines: tuple[str, ...]
) -> None:
    columns, rows = size
    shown = after(samples, *lines, size=size).lines
    assert len(shown) < rows - 1
    assert max(map(wcswidth, shown)) <= columns


# Reading


def test_a_hit_is_opened_by_its_number(samples: search.Index) -> None:
    turn = after(samples, "行政复议", "7")
    hit = samples.search("行政复议").hits[6]
    assert turn.session.reading
    assert turn.session.reading.chosen == hit
    assert f"▶{hit.paragraph:>4} {hit.text[:10]}" in text(turn)


def test_the_whole_report_can_be_read_on_and_back(samples: search.Index) -> None:
    for line, end in (("more", "the report ends here"), ("back", "the report begins here")):
        turn = after(samples, "行政复议", "1")
        seen: list[int] = []
        while end not in text(turn):
            assert turn.session.reading
            numbers = [one.paragraph for one in turn.session.reading.shown]
            seen = [*seen, *numbers] if line == "more" else [*numbers, *seen]
            turn = step(turn.session, line, desk(samples))
        assert turn.session.reading
        count = turn.session.reading.count
        first, last = (seen[0], count) if line == "more" else (1, seen[-1])
        assert seen == list(range(first, last + 1))


def test_an_empty_line_goes_on_with_what_is_on_show(samples: search.Index) -> None:
    assert "type words to search for" in text(after(samples, ""))
    assert after(samples, "改革", "") == after(samples, "改革", "next")
    assert after(samples, "改革", "1", "") == after(samples, "改革", "1", "more")


def test_matches_are_marked_in_the_report(samples: search.Index) -> None:
    colour = Desk(samples, Window(Page(80, colour=True), 24))
    session = step(Session(), "行政复议", colour).session
    assert "\x1b[1;31m" in text(step(session, "1", colour))


def test_paragraphs_are_opened_by_address_and_by_number(samples: search.Index) -> None:
    for lines in (["0dc2ad5c8a86:22"], ["0dc2：22"], ["0dc2:3", ":22"], ["0dc2:3", "：22"]):
        reading = after(samples, *lines).session.reading
        assert reading
        assert reading.chosen == samples.get("0dc2:22")


def test_the_outline_of_the_report_is_shown(samples: search.Index) -> None:
    headings = samples.outline("0dc2")
    shown = after(samples, "0dc2:22", "outline").lines
    assert [line.split()[0] for line in shown if line[:1] != " "] == [
        heading.address for heading in headings
    ]


def test_citations_are_those_of_the_command(samples: search.Index) -> None:
    hits = samples.search("行政复议").hits
    assert text(after(samples, "行政复议", "cite 2")) == cite(hits[1])
    assert text(after(samples, "行政复议", "1", "cite bibtex")) == cite(hits[0], "bibtex")
    assert text(after(samples, "cite 0dc2:22 markdown")) == cite(samples.get("0dc2:22"), "markdown")
    assert "write: cite" in text(after(samples, "cite 1 2"))


# What is wrong


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("(改革", "this parenthesis is not closed\n  (改革\n  ^"),
        ("+年代:2017", "there is no field 年代"),
        ("+", "a condition follows the +"),
        ("99999", "hits go up to"),
        ("more", "no report is open"),
        ("ffff:1", "there is no such report"),
        (":nxet", "there is no command :nxet\ndid you mean :next?"),
        (":xyz", "there is no command :xyz"),
    ],
)
def test_what_is_wrong_is_told_and_changes_nothing(
    samples: search.Index, line: str, told: str
) -> None:
    before = after(samples, "改革", "+试点").session
    turn = step(before, line, desk(samples))
    assert told in text(turn)
    assert turn.session == before


def test_before_there_are_hits_lines_that_need_them_say_so(samples: search.Index) -> None:
    for line in ("next", "prev", "hits", "cite 1"):
        assert "there are no hits yet" in text(after(samples, line))
    assert after(samples, "2017").session.query == "2017"


def test_commands_go_with_and_without_a_colon_and_a_quoted_word_is_a_query(
    samples: search.Index,
) -> None:
    assert text(after(samples, ":help")) == text(after(samples, "HELP")) != ""
    assert after(samples, "：quit").session.is_over
    assert after(samples, '"help"').session.query == '"help"'


SIGNS = "改革12:：+-＋()\"'? \x1b\u202enextmor,。"


@settings(max_examples=60)
@given(lines=st.lists(st.text(st.sampled_from(SIGNS)), max_size=4))
def test_whatever_is_typed_is_answered_safely(samples: search.Index, lines: list[str]) -> None:
    turn = after(samples, *lines)
    for line in (*turn.lines, prompt_text(turn.session, 80), bar_text(turn.session, 80)):
        assert 0 <= wcswidth(line) <= 80
        assert line.replace("\u3000", " ").isprintable()  # reports have wide spaces


def test_nothing_hostile_of_a_report_is_shown(build: Build) -> None:
    report = f"关于{HAZARDS}的通知\n\n一、{UNSEEN}<b>要求\n\n落实{HAZARDS}责任。\n"
    directory = build({"a.txt": report})
    with search.open_index(directory) as index:
        for lines in (["责任"], ["责任", "1"], ["责任", "1", "outline"], ["责任", "cite 1"]):
            shown = text(after(index, *lines)).replace("\n", "")
            assert re.search("owned|要求", shown)
            assert hazards(shown) == set()


# Completion


def completed(samples: search.Index, typed: str) -> list[str]:
    """What a line may be after one of the completions that are proposed."""
    found = Words(Vocabulary(samples)).get_completions(Document(typed), CompleteEvent())
    return [typed[: len(typed) + one.start_position] + one.text for one in found]


def test_fields_values_words_and_commands_are_completed(samples: search.Index) -> None:
    assert completed(samples, "改革 yea") == ["改革 year:"]
    assert completed(samples, "+部分：") == ["+部分：回顾", "+部分：问题", "+部分：计划"]
    years = sorted({report.year for report in samples.reports() if report.year}, reverse=True)
    assert completed(samples, "year:") == [f"year:{year}" for year in years]
    assert "(改革 营商环境" in completed(samples, "(改革 营商")
    assert "-title:营商环境" in completed(samples, "-title:营商")
    assert ":outline" in completed(samples, ":o")
    assert completed(samples, "") == []


def test_values_are_those_of_the_reports_the_most_frequent_first(samples: search.Index) -> None:
    kinds = [kind for kind in samples.stats().kinds if kind]
    assert completed(samples, "文种:") == [f"文种:{kind}" for kind in kinds]


# As a process


def environment(samples_directory: Path, home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    ours = {
        "BAOGAO_INDEX": str(samples_directory), "HOME": str(home), "TERM": "xterm-256color",
        "XDG_STATE_HOME": str(home / "state"), "PAGER": "cat", "LC_ALL": "C.UTF-8",
    }  # fmt: skip
    return {**kept, **ours}


def test_lines_from_a_pipe_are_answered_one_after_another(
    samples_directory: Path, tmp_path: Path
) -> None:
    ended = subprocess.run(
        [BAOGAO, "shell"], input="行政复议\n(\n+年份:2018..\n:quit\n改革\n", text=True,
        capture_output=True, check=False, timeout=120, encoding="utf-8",
        env=environment(samples_directory, tmp_path),
    )  # fmt: skip
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.count("paragraphs found") == 2
    assert "\x1b" not in ended.stdout


def test_at_a_terminal_lines_are_cancelled_kept_and_brought_back(
    samples_directory: Path, tmp_path: Path
) -> None:
    here = environment(samples_directory, tmp_path)
    with terminal_of([BAOGAO, "shell"], here, (80, 24)) as terminal:
        terminal.expect("baogao>")
        terminal.type("行政复议\r")
        terminal.expect("paragraphs found")
        terminal.expect("baogao>")
        terminal.type("这一行不要\x03")
        terminal.expect("baogao>")
        terminal.type("(\r")
        terminal.expect("something is missing at the end")
        terminal.expect("baogao>")
        terminal.type("+year:2018..\r")
        terminal.expect("baogao 1:year:2018..>")
        terminal.type("放\u202e管")
        terminal.expect("管")
        assert "\u202e" not in terminal.shown
        terminal.type("\x03")
        terminal.expect("baogao 1:year:2018..>")
        assert terminal.end_by("\x04") == 0
    path = tmp_path / "state" / "baogao" / "shell-history"
    kept = re.findall(r"^\+(.*)", path.read_text("utf-8"), re.MULTILINE)
    assert kept == ["行政复议", "(", "+year:2018.."]
    assert path.stat().st_mode & 0o77 == 0
    with terminal_of([BAOGAO, "shell"], here, (80, 24)) as terminal:
        terminal.expect("baogao>")
        terminal.type("\x1b[A\x1b[A\x1b[A")
        terminal.expect("行政复议")
        terminal.type("\r")
        terminal.expect("paragraphs found")
        terminal.type(":quit\r")
        assert terminal.end() == 0


_WITHOUT = """
import sys
sys.modules[sys.argv[1]] = None
sys.argv[1:] = sys.argv[2:]
from search.terminal import main
main()
"""


@pytest.mark.parametrize(
    ("command", "library"), [("shell", "prompt_toolkit"), ("browse", "textual")]
)
def test_a_library_that_is_not_installed_is_told_with_the_command_that_installs_it(
    samples_directory: Path, tmp_path: Path, command: str, library: str
) -> None:
    arguments = [str(BAOGAO.with_name("python")), "-c", _WITHOUT, library, command]
    with terminal_of(arguments, environment(samples_directory, tmp_path), (120, 24)) as terminal:
        assert terminal.end() == 2
        assert f"this command needs {library}" in terminal.shown
        assert "pip install 'baogao[interactive]'" in terminal.shown
