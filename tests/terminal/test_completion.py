"""Completion, by the shells themselves where they are installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from search.terminal.completing import SHELLS
from search.terminal.group import COMMANDS

from .conftest import Outcome
from .running import BAOGAO, on_a_terminal

if TYPE_CHECKING:
    from pathlib import Path

    import search

Run = Callable[..., Outcome]
Complete = Callable[[str], list[str]]


def _environment(index: Path) -> dict[str, str]:
    path = os.pathsep.join([str(BAOGAO.parent), os.environ["PATH"]])
    return {**os.environ, "PATH": path, "BAOGAO_INDEX": str(index), "TERM": "dumb",
            "PYTHONIOENCODING": "utf-8", "LC_ALL": "C.UTF-8"}  # fmt: skip


def _shell(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


@pytest.fixture
def scripts(baogao: Run, tmp_path: Path) -> Path:
    """A folder with the script for every shell."""
    for shell in SHELLS:
        (tmp_path / shell).write_text(baogao("completion", shell).output, "utf-8")
    return tmp_path


_BASH = """
source {script}
read -ra COMP_WORDS <<< "$1"
if [[ "$1" == *" " ]]; then COMP_WORDS+=(""); fi
COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1))
_baogao_completion baogao
printf '%s\\n' "${{COMPREPLY[@]}}"
"""
_FISH = 'source {script}; complete --do-complete "$argv[1]"'


@pytest.fixture(params=["bash", "fish"])
def complete(request: pytest.FixtureRequest, scripts: Path, samples_directory: Path) -> Complete:
    """What a shell proposes for a line that ends where the cursor is."""
    name: str = request.param
    shell = _shell(name)
    code = {"bash": _BASH, "fish": _FISH}[name].format(script=scripts / name)
    between = ["bash"] if name == "bash" else []

    def proposals(line: str) -> list[str]:
        ended = subprocess.run(
            [shell, "-c", code, *between, line], capture_output=True, check=True, timeout=60,
            env={**_environment(samples_directory), "HOME": str(scripts)},
        )  # fmt: skip
        assert ended.stderr == b""
        return [one.split("\t")[0] for one in ended.stdout.decode().splitlines() if one]

    return proposals


def test_commands_are_completed(complete: Complete) -> None:
    assert set(complete("baogao ")) >= set(COMMANDS)
    assert complete("baogao sea") == ["search"]


def test_options_and_their_values_are_completed(complete: Complete) -> None:
    assert complete("baogao search --lit") == ["--literal"]
    assert set(complete("baogao list --format ")) == {"text", "json", "jsonl", "csv"}
    assert complete("baogao search --color al") == ["always"]


def test_reports_are_completed_by_their_ids(complete: Complete, samples: search.Index) -> None:
    ids = [report.id for report in samples.reports()]
    assert sorted(complete("baogao show ")) == sorted(ids)
    assert complete(f"baogao show {ids[3][:6]}") == [ids[3]]


def test_fields_and_words_of_the_index_are_completed(complete: Complete) -> None:
    assert complete("baogao search yea") == ["year:"]
    assert {"机关:", "机构改革落实到位"} <= set(complete("baogao search 机"))
    assert "营商环境" in complete("baogao search 营商")


def test_values_of_fields_are_completed(complete: Complete) -> None:
    assert "文种:政府工作报告" in complete("baogao search 文种:政")
    assert complete("baogao search --kind 政") == ["政府工作报告"]


def test_bash_which_ends_words_at_colons_gets_the_value_alone(
    baogao: Run, samples_directory: Path
) -> None:
    asked = {"_BAOGAO_COMPLETE": "bash_complete", "COMP_WORDS": "baogao search kind : 政"}
    assert baogao(COMP_CWORD="4", **asked).output == "plain,政府工作报告\n"


def test_where_there_is_no_index_there_are_still_fields(baogao: Run) -> None:
    asked = {"_BAOGAO_COMPLETE": "fish_complete", "BAOGAO_INDEX": "/nowhere"}
    fields = baogao(COMP_WORDS="baogao search da", COMP_CWORD="da", **asked)
    assert "plain,date:" in fields.output
    reports = baogao(COMP_WORDS="baogao show 1", COMP_CWORD="1", **asked)
    assert (reports.status, reports.output.strip(), reports.errors) == (0, "", "")


_TYPED = {
    "bash": "PS1='> '; source {script}\nbaogao sta\t\nexit\n",
    "zsh": "autoload -U compinit; compinit -u; source {script}\nbaogao sta\t\nexit\n",
}
_PLAIN = {"bash": ["--norc", "-i"], "zsh": ["-f", "-i"]}


@pytest.mark.parametrize("name", ["bash", "zsh"])
def test_a_tab_completes_what_is_typed(name: str, scripts: Path, samples_directory: Path) -> None:
    status, shown = on_a_terminal(
        [_shell(name), *_PLAIN[name]], (100, 24), _TYPED[name].format(script=scripts / name),
        scripts, {**_environment(samples_directory), "HOME": str(scripts)},
    )  # fmt: skip
    assert status == 0
    assert "paragraphs" in shown


def test_the_script_of_no_other_shell_is_known(baogao: Run) -> None:
    assert baogao("completion", "csh").status == 2
