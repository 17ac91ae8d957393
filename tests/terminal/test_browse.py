"""`baogao browse`: its screens, and what its keys do."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.events import Paste
from textual.widgets import Input
from wcwidth import wcswidth

import search
from search.citing import cite
from search.terminal.browse import screen
from search.terminal.browse.chooser import Chooser
from search.terminal.browse.layout import HERE
from search.terminal.browse.scroller import Place

from .browsing import Visit, screen_after, visiting
from .expecting import terminal_of
from .running import BAOGAO
from .test_hostile_text import HAZARDS, hazards

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Outcome

    Build = Callable[[dict[str, str]], Path]

FOLDER = Path(__file__).with_name("screens")
WINDOWS = {"80x24": (80, 24), "120x40": (120, 40)}

SCREENS: dict[str, tuple[str, tuple[str, ...]]] = {
    "hits": ("行政复议", ()),
    "second-hit": ("行政复议", ("j", "enter")),
    "matches": ("优化 营商环境", ("n", "n")),
    "end": ("行政复议", ("enter", "G")),
    "outline": ("行政复议", ("o",)),
    "help": ("行政复议", ("?",)),
    "nothing": ("蘑菇木耳", ()),
    "mistake": ("(改革", ()),
    "empty": ("", ()),
}
"""What the reader is opened with, and the keys that are pressed then."""


def here(there: Visit) -> tuple[str, str]:
    """The address of the paragraph that the reader is at, and the match that it is at."""
    reader = there.app.reader
    assert reader.passage
    item = reader.passage.paragraph - 1
    assert any(place.item == item for place in reader.in_view())
    pieces = [piece for line in reader.lines_of(item) for piece in line]
    return reader.passage.address, "".join(one.text for one in pieces if one.style == HERE)


@pytest.mark.parametrize("window", WINDOWS)
@pytest.mark.parametrize("name", SCREENS)
def test_a_screen_looks_as_it_was_taken_down(
    request: pytest.FixtureRequest, samples: search.Index, name: str, window: str
) -> None:
    """Run with --write-transcripts to take down what is shown now."""
    shown = "".join(f"{line}\n" for line in screen_after(samples, *SCREENS[name], WINDOWS[window]))
    path = FOLDER / f"{name}.{window}.txt"
    if request.config.getoption("--write-transcripts"):
        path.write_text(shown, "utf-8", newline="\n")
    assert shown == path.read_bytes().decode("utf-8")


def test_every_screen_that_was_taken_down_is_looked_at_and_fits_its_window() -> None:
    expected = {f"{name}.{window}.txt" for name in SCREENS for window in WINDOWS}
    assert {path.name for path in FOLDER.iterdir()} == expected
    for path in FOLDER.iterdir():
        columns, rows = WINDOWS[path.name.split(".")[1]]
        lines = path.read_text("utf-8").splitlines()
        assert len(lines) == rows
        assert max(map(wcswidth, lines)) <= columns


def test_the_keys_for_matches_go_to_each_in_order_and_round(samples: search.Index) -> None:
    query = "行政复议"
    report = samples.search(query).hits[0].report
    expected = [
        (hit.address, hit.text[start:end])
        for hit in samples.hits_in(report.id, query)
        for start, end in hit.highlights
    ]
    assert len(expected) > 5

    async def act(there: Visit) -> None:
        start = expected.index(here(there))
        turned = expected[start:] + expected[:start]
        seen = [here(there)]
        for _ in expected:
            await there.press("n")
            seen.append(here(there))
        assert seen == [*turned, turned[0]]
        for one in reversed(turned):
            await there.press("p")
            assert here(there) == one

    visiting(samples, query, act)


def test_the_report_follows_the_cursor_in_the_list(samples: search.Index) -> None:
    hits = samples.search("行政复议").hits

    async def act(there: Visit) -> None:
        for hit in hits[:5]:
            assert here(there)[0] == hit.address
            await there.press("j")
        await there.press("g")
        assert here(there)[0] == hits[0].address

    visiting(samples, "行政复议", act)


def test_all_hits_come_when_the_cursor_goes_on(samples: search.Index) -> None:
    total = samples.search("年份:2015..").total
    assert total > 2 * screen.AT_ONCE

    async def act(there: Visit) -> None:
        assert there.app.hits.count == screen.AT_ONCE
        for _ in range(total // screen.AT_ONCE):
            await there.press("G")
        assert [hit.rank for hit in there.app.hits.items] == list(range(1, total + 1))

    visiting(samples, "年份:2015..", act)


def test_the_outline_leads_to_the_paragraph_of_a_heading(samples: search.Index) -> None:
    report = samples.search("行政复议").hits[0].report
    headings = samples.outline(report.id)

    async def act(there: Visit) -> None:
        await there.press("o", "g", "j", "j", "enter")
        assert here(there) == (headings[2].address, "")
        assert there.app.focused is there.app.reader
        await there.press("o")
        chooser = there.app.screen.query_one("#outline", Chooser)
        address = headings[2].address
        assert headings[chooser.cursor].address == address
        await there.press("escape")
        assert here(there) == (address, "")

    visiting(samples, "行政复议", act)


def test_the_citation_is_copied(samples: search.Index) -> None:
    hit = samples.search("行政复议").hits[1]

    async def act(there: Visit) -> None:
        await there.press("j", "y")
        assert there.app.clipboard == cite(hit)
        assert there.status.startswith("copied: ")

    visiting(samples, "行政复议", act)


def test_keys_go_from_pane_to_pane(samples: search.Index) -> None:
    async def act(there: Visit) -> None:
        for key, focused in (
            ("home", "hits"),
            ("enter", "report"),
            ("tab", "query"),
            ("tab", "hits"),
            ("slash", "query"),
            ("escape", "hits"),
        ):
            await there.press(key)
            assert there.app.focused
            assert there.app.focused.id == focused

    visiting(samples, "行政复议", act)


def test_in_the_query_keys_are_letters_and_elsewhere_q_leaves(samples: search.Index) -> None:
    async def act(there: Visit) -> None:
        await there.press("n", "q", "o")
        assert there.app.query_one(Input).value == "nqo"
        await there.press("escape", "q")
        assert not there.app.is_running

    visiting(samples, "", act)


def test_a_mistake_in_a_query_is_told_and_the_cursor_put_there(samples: search.Index) -> None:
    async def act(there: Visit) -> None:
        await there.write("改革 (就业")
        assert there.status == "query, character 4: this parenthesis is not closed"
        field = there.app.query_one(Input)
        assert (there.app.focused, field.cursor_position) == (field, 3)
        await there.press("end")
        await there.write(")")
        assert there.status.endswith("paragraphs found")

    visiting(samples, "", act)


def test_another_query_shows_other_hits(samples: search.Index) -> None:
    async def act(there: Visit) -> None:
        await there.press("slash", "ctrl+u")
        await there.write("zzzz")
        assert there.status == "nothing found for zzzz"
        assert (there.app.hits.count, there.app.reader.passage) == (0, None)
        await there.press("n", "o", "y", "enter", "j", "G")
        await there.press("slash", "ctrl+u")
        await there.write("7%")
        assert here(there)[0] == samples.search("7%").hits[0].address

    visiting(samples, "行政复议", act)


def test_line_by_line_a_report_is_seen_whole_and_once(samples: search.Index) -> None:
    async def act(there: Visit) -> None:
        reader = there.app.reader
        await there.press("enter", "g")
        seen = list(reader.in_view())
        end = Place(reader.count - 1, len(reader.lines_of(reader.count - 1)) - 1)
        while seen[-1] < end:
            reader.action_move(1)
            seen.append(list(reader.in_view())[-1])
        assert seen == [
            Place(item, line)
            for item in range(reader.count)
            for line in range(len(reader.lines_of(item)))
        ]
        await there.press("pageup", "space")
        assert list(reader.in_view())[-1] == seen[-1]

    visiting(samples, "7%", act)


def test_a_resized_window_stays_at_its_paragraph(samples: search.Index) -> None:
    async def act(there: Visit) -> None:
        await there.press("enter", *["space"] * 2)
        at = here(there)
        for size in ((120, 40), (60, 15), (30, 8), (80, 24)):
            await there.resize(*size)
            assert here(there) == at
            assert max(map(wcswidth, there.lines)) <= size[0]

    visiting(samples, "行政复议", act)


def test_of_a_large_report_only_what_is_seen_is_laid_out(build: Build) -> None:
    paragraphs = [f"第{number}段说明改革的进展情况。" * 10 for number in range(4000)]
    directory = build({"a.txt": "关于改革的报告\n\n" + "\n\n".join(paragraphs)})

    async def act(there: Visit) -> None:
        reader = there.app.reader
        assert reader.count > 4000
        for keys in (["n"], ["p", "p"], ["enter", "G"], ["g"], ["space", "up"]):
            reader._laid_out.clear()
            await there.press(*keys)
            assert 0 < len(reader._laid_out) < 50

    with search.open_index(directory) as index:
        visiting(index, "改革", act)


def test_nothing_of_a_report_drives_the_screen_or_is_markup(build: Build) -> None:
    markup = "[red]红[/red] [link=http://x]链[/link] [@click=app.quit]退[/] $primary [/]"
    text = f"关于{markup}的通知\n\n一、要求{markup}\n\n落实{markup}责任{HAZARDS}。\n"
    directory = build({"a.txt": text})

    async def act(there: Visit) -> None:
        app = there.app
        shown = ""
        for keys in (["enter", "g"], ["o"], ["escape", "y"]):
            await there.press(*keys)
            assert hazards("".join(there.lines)) == set()
            shown += "".join(there.lines)
        assert "[red]红[/red]" in shown.replace("│", "")
        for pane in (app.hits, app.reader):
            for y in range(pane.size.height):
                strip = pane.render_line(y)
                assert hazards(strip.text) == set()
                assert not any(one.style and (one.style.link or one.style.meta) for one in strip)

    with search.open_index(directory) as index:
        visiting(index, "责任", act, (120, 40))


def test_what_is_pasted_into_the_query_drives_nothing(samples: search.Index) -> None:
    async def act(there: Visit) -> None:
        there.app.post_message(Paste(f"改\t革{HAZARDS}\n"))
        await there.settle()
        field = there.app.query_one(Input)
        assert field.value.startswith("改 革]0;owned")
        assert hazards(field.value + field.render_line(0).text) == set()

    visiting(samples, "", act)


def environment(samples_directory: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    return {
        **kept, "BAOGAO_INDEX": str(samples_directory), "TERM": "xterm-256color",
        "LC_ALL": "C.UTF-8",
    }  # fmt: skip


def test_at_a_terminal_it_opens_and_leaves_the_screen_as_it_was(samples_directory: Path) -> None:
    here = environment(samples_directory)
    with terminal_of([BAOGAO, "browse", "行政复议"], here, (80, 24)) as terminal:
        terminal.expect("\x1b[?1049h")
        terminal.expect("paragraphs found")
        terminal.type("q")
        assert terminal.end() == 0
        assert terminal.shown.rindex("\x1b[?1049l") > terminal.shown.rindex("\x1b[?1049h")
        assert "Traceback" not in terminal.shown


def test_without_a_terminal_it_says_what_to_use(baogao: Callable[..., Outcome]) -> None:
    ended = baogao("browse", "改革")
    assert ended.status == 2
    assert "use: baogao search" in ended.errors
