"""Every block of code of the documentation runs, in the order of its page, and prints what the
page shows below it.

A page is read over the bundled reports: they are in `reports`, their index in `index`. After a
change of what commands print, --write-transcripts takes down anew what the pages show.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

import search
from corpus import SAMPLES
from tests.terminal.running import BAOGAO, on_a_terminal

from .pages import DOCS, PAGES, Block, blocks

if TYPE_CHECKING:
    from pathlib import Path

TESTED_APART = {"query-language", "formats"}
NOT_RUN = {"index": 2, "tutorial": 1, "guides/terms": 1, "guides/following": 3}
"""How many blocks of a page are marked as those that no test can run, with the reason."""

FROM_NOTHING = {"tutorial"}
"""Pages that begin without an index."""

_LEFT_OUT = "…\n"
_TODAY = "2026-03-02"
_BETWEEN = "\x1e"
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\].*?(?:\x1b\\|\x07)")
_PROGRESS = re.compile(r"(?:\r[^\r\n]*)+\n")
"""How far it is: a line that is written over, and over again."""

READ = [page for page in PAGES if page.name.split(".")[0] not in TESTED_APART]
each_read = pytest.mark.parametrize("page", READ, ids=lambda page: str(page.relative_to(DOCS)))


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folder that pages are read in, and a copy of it as it is at the beginning of each."""
    folder = tmp_path_factory.mktemp("reader").resolve()
    home, copy = folder / "home", folder / "copy"
    shutil.copytree(SAMPLES, home / "reports")
    summary = search.build_index(home / "index", [home / "reports"])
    assert not summary.failed
    shutil.copytree(home, copy)
    return home, copy


@pytest.fixture
def home(kept: tuple[Path, Path]) -> Path:
    """The folder that a page is read in, as it is at the beginning."""
    home, copy = kept
    shutil.rmtree(home)
    shutil.copytree(copy, home)
    return home


@each_read
def test_the_blocks_of_a_page_print_what_it_shows(
    request: pytest.FixtureRequest, home: Path, page: Path
) -> None:
    text = page.read_text("utf-8")
    name, language, _ = page.name.split(".")
    if name in FROM_NOTHING:
        shutil.rmtree(home / "index")
    for block in blocks(text):
        if block.is_run:
            shown = _RUN[block.language](block, home, language)
            if not _agree(block.shown, shown):
                if request.config.getoption("--write-transcripts"):
                    text = text.replace(block.whole, block.showing(shown), 1)
                    page.write_text(text, "utf-8", newline="\n")
                else:
                    assert block.shown == shown


def _agree(said: str, shown: str) -> bool:
    """Whether it is what is shown, but for lines that a line of … stands for."""
    parts = map(re.escape, said.split(_LEFT_OUT))
    return bool(re.fullmatch("(?:.*\n)*?".join(parts), shown))


def _on_a_terminal(block: Block, home: Path, language: str) -> str:
    """What the commands of a block print on a terminal of 80 columns, each after itself."""
    script = "".join(
        f"{command}\nstatus=$?; printf '{_BETWEEN}%s{_BETWEEN}' $status; (exit $status)\n"
        for command in block.commands
    )
    environment = {
        "BAOGAO_INDEX": "index",
        "HOME": str(home),
        "LANGUAGE": language,
        "LC_ALL": "C.UTF-8",
        "NO_COLOR": "1",
        "PAGER": "cat",
        "PATH": f"{BAOGAO.parent}:/usr/bin:/bin",
        "TERM": "dumb",
        "TZ": "UTC",
    }
    _, printed = on_a_terminal(["sh", "-c", script], (80, 24), "", home, environment)
    printed = _PROGRESS.sub("", _ESCAPES.sub("", printed).replace("\r\n", "\n"))
    printed = printed.replace(str(home), "/home/reader")
    printed = printed.replace(date.today().isoformat(), _TODAY)  # noqa: DTZ011 (as shown)
    *told, rest = printed.split(_BETWEEN)
    assert rest == ""
    for command, status, following in zip(
        block.commands, told[1::2], [*block.commands[1:], ""], strict=True
    ):
        assert status == "0" or following == "echo $?", (command, status, told)
    return "".join(
        f"{block.typed(command)}{output}"
        for command, output in zip(block.commands, told[::2], strict=True)
    )


def _as_program(block: Block, home: Path, _: str) -> str:
    """What a program prints."""
    ended = subprocess.run(
        [sys.executable, "-X", "utf8", "-W", "error", "-c", block.content],
        cwd=home, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    assert ended.stderr == ""
    return ended.stdout


_RUN = {"console": _on_a_terminal, "python": _as_program}


@each_read
def test_a_block_is_run_or_says_why_not(page: Path) -> None:
    found = blocks(page.read_text("utf-8"))
    assert {block.language for block in found} <= set(_RUN)
    assert sum(not block.is_run for block in found) == NOT_RUN.get(
        str(page.relative_to(DOCS)).split(".")[0], 0
    )


@each_read
def test_the_blocks_are_those_of_the_other_language(page: Path) -> None:
    def typed(page: Path) -> list[object]:
        return [
            [command.partition("#")[0] for command in block.commands] or block.code
            for block in blocks(page.read_text("utf-8"))
        ]

    assert typed(page) == typed(page.with_name(page.name.replace(".zh.", ".en.")))
