"""Chinese under a Chinese locale, English otherwise; both complete."""

from __future__ import annotations

import ast
import os
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from importlib import import_module
from string import Formatter
from typing import TYPE_CHECKING

import click
import pytest

from corpus import Reason, UnreadableReport
from corpus.messages import Message
from search import QueryError
from search.terminal.command import Command
from search.terminal.group import COMMANDS
from search.terminal.language import is_chinese, ngettext, translated
from tests import catalogs

from .conftest import Outcome

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Outcome]

CHINESE = {"LANGUAGE": "", "LC_ALL": "zh_CN.UTF-8"}
NAMES = ("baogao", "messages")
HAN = re.compile("[\u4e00-\u9fff]")

_LOCALES: tuple[tuple[dict[str, str], bool], ...] = (
    ({"LC_ALL": "zh_CN.UTF-8"}, True),
    ({"LC_ALL": "zh_TW.UTF-8"}, True),
    ({"LANG": "zh_HK"}, True),
    ({"LC_MESSAGES": "zh_CN.GB18030", "LANG": "en_US.UTF-8"}, True),
    ({"LC_ALL": "en_GB.UTF-8", "LANG": "zh_CN.UTF-8"}, False),
    ({"LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN:en"}, True),
    ({"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "en:zh_CN"}, False),
    ({"LC_ALL": "zh_CN.UTF-8", "LANGUAGE": "fr:zh"}, True),
    ({"LANG": "de_DE.UTF-8"}, False),
    ({"LANG": "C"}, False),
    ({}, False),
)


@pytest.mark.parametrize(("locale", "chinese"), _LOCALES)
def test_the_first_locale_that_is_set_decides(
    monkeypatch: pytest.MonkeyPatch, locale: dict[str, str], chinese: bool
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.setenv(name, locale.get(name, ""))
    assert is_chinese() is chinese
    assert ngettext("{count:,} report", "{count:,} reports", 1) == (
        "{count:,} 篇报告" if chinese else "{count:,} report"
    )


@pytest.mark.parametrize(("locale", "chinese"), _LOCALES)
def test_click_speaks_the_same_language(baogao: Run, locale: dict[str, str], chinese: bool) -> None:
    unset = dict.fromkeys(("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"), "")
    told = baogao("search", PYTHONIOENCODING="utf-8", **{**unset, **locale}).errors
    assert ("缺少参数" in told, "Missing argument" in told) == (chinese, not chinese)


@pytest.mark.parametrize("name", NAMES)
def test_every_message_has_a_translation_and_every_translation_a_message(name: str) -> None:
    catalog = catalogs.read(name)
    said = {text if isinstance(text, str) else text[0] for text in catalogs.catalogs()[name]}
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in catalog}
    assert said - known == set()
    assert list(catalogs.untranslated(catalog)) == []
    assert known - said - {""} == set()


def _places(text: str) -> set[tuple[str, ...]]:
    """The places in a message, {so:,} or %(so)s, with the way in which each is filled."""
    braces = {
        (name, spec or "", sign or "") for _, name, spec, sign in Formatter().parse(text) if name
    }
    return braces | set(re.findall(r"%\((\w+)\)(s)", text))


@pytest.mark.parametrize("name", NAMES)
def test_a_translation_has_the_places_of_its_message(name: str) -> None:
    for message in catalogs.read(name):
        if message.id:
            texts = [message.id] if isinstance(message.id, str) else list(message.id)
            string = catalogs.translations(message)[0]
            assert not string or _places(string) in map(_places, texts), message.id


@pytest.mark.parametrize("name", NAMES)
def test_what_is_compiled_is_what_is_written(name: str) -> None:
    compiled = (catalogs.FOLDER / f"{name}.mo").read_bytes()
    assert compiled == catalogs.as_mo(catalogs.read(name))


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_all_that_a_command_is_declared_with_is_in_the_catalog(name: str) -> None:
    command = import_module(f"search.terminal.commands.{name}_").command
    assert isinstance(command, Command)
    said = catalogs.catalogs()["baogao"]
    helps = [option.help for option in command.params if isinstance(option, click.Option)]
    meanings = [example.meaning for example in command.examples]
    assert {*helps, *meanings, command.help, COMMANDS[name]} <= set(said)


_OPENED = """
import sys
sys.addaudithook(lambda event, told: event == "open" and print(told[0], file=sys.stderr))
sys.argv[1:] = ["--help"]
from search.terminal import main
main()
"""


@pytest.mark.parametrize(("language", "reads"), [("en", False), ("zh", True)])
def test_english_reads_no_catalog(language: str, reads: bool) -> None:
    environment = {**os.environ, "LANGUAGE": language, "PYTHONIOENCODING": "utf-8"}
    ended = subprocess.run(
        [sys.executable, "-c", _OPENED], capture_output=True, check=True, env=environment
    )
    assert (str(catalogs.FOLDER) in ended.stderr.decode()) is reads


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (["search", "yaer:2016"], "没有“yaer”这个字段；您要用的是 year 吗？"),
        (["search", "(复议"], "检索式第 1 个字符：这个括号没有配对"),
        (["search", "year:2020..2016"], "范围的起止颠倒了：year 可写作"),
        (["search", "增长>6"], "数字须带可识别的单位，如 %、亿元、万人：请写成"),
        (["show", "ffff"], "ffff：没有这篇报告；可用 baogao list 列出全部报告"),
        (["search", "x", "--index", "/nowhere"], "/nowhere 中没有索引；请建立："),
        (["search", "x", "--synonyms", "/nowhere"], "/nowhere：No such file"),
        (["search", "--limt", "3", "x"], "--limit"),
        (["serach", "x"], "没有 serach 这个命令；您要用的是 search 吗？"),
        (["search", "xqzw"], "没有找到：xqzw"),
        (["search", "行政复议", "-n", "1"], "段，显示第 1 至 1 段"),
    ],
)
def test_what_goes_wrong_is_said_in_chinese(baogao: Run, line: list[str], told: str) -> None:
    assert told in baogao(*line, **CHINESE).errors


def test_a_file_that_cannot_be_read_is_explained_in_chinese_when_and_after_it_is_tried(
    baogao: Run, tmp_path: Path
) -> None:
    (tmp_path / "空.txt").write_text("")
    (tmp_path / "好.txt").write_text("关于改革的报告\n\n一、总体情况\n\n改革取得进展。", "utf-8")
    here = {**CHINESE, "BAOGAO_INDEX": str(tmp_path / "index")}
    tried = baogao("index", tmp_path, **here).errors
    assert "空.txt：没有内容：其中什么也没有" in tried
    assert "索引中现有 1 篇报告、" in tried
    assert "没有内容: 其中什么也没有" in baogao("list", "--failed", **here).output


_LIBRARY = [
    path
    for package in ("corpus", "indexer", "search")
    for path in sorted((catalogs.ROOT / package).rglob("*.py"))
    if "terminal" not in path.parts
]

_ERRORS = {
    "UnreadableReport": 2, "QueryError": 3, "BadValueError": 0, "TooMuchError": 1,
    "UnknownAddress": 1, "SynonymsError": 0, "DictionaryError": 0, "IndexingError": 1,
    "IndexCorrupt": 2, "IndexOutdated": 1, "damaged": 0, "BaogaoError": 0,
}  # fmt: skip
"""What makes an error, and which argument is what users are told."""


def _called(node: ast.Call) -> str:
    return getattr(node.func, "attr", "") or getattr(node.func, "id", "")


def test_no_error_of_the_library_is_of_text_that_cannot_be_translated() -> None:
    bare = [
        f"{path.name}:{node.lineno}"
        for path in _LIBRARY
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _called(node) in _ERRORS
        for argument in node.args[_ERRORS[_called(node)] :][:1]
        if isinstance(argument, ast.JoinedStr | ast.Constant)
    ]
    assert bare == []


_SAYING = {"say", "warn", "explain", "UsageError", "BadParameter", "ClickException"}
_WORDS = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")


def test_nothing_is_said_on_the_terminal_that_is_not_looked_up() -> None:
    bare = [
        f"{path.name}:{node.lineno}: {text.value!s}"
        for path in sorted((catalogs.ROOT / "search" / "terminal").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and _called(node) in _SAYING
        for argument in node.args
        if isinstance(argument, ast.JoinedStr | ast.Constant)
        for text in ast.walk(argument)
        if isinstance(text, ast.Constant) and _WORDS.search(str(text.value))
        if not str(text.value).startswith("$ baogao ")  # what to type is the same everywhere
    ]
    assert bare == []


def test_the_library_knows_no_language() -> None:
    knowing = [
        path.name
        for path in _LIBRARY
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in (getattr(node, "module", "") or "", *(alias.name for alias in node.names))
        if name.split(".")[0] in {"gettext", "locale"} or "terminal" in name.split(".")
    ]
    assert knowing == []


def test_a_message_is_its_english_text_and_survives_pickling() -> None:
    message = Message("{name}: at most {most:,}", name=Message("it"), most=1000)
    assert message == "it: at most 1,000"
    revived = pickle.loads(pickle.dumps(message))
    assert (revived, revived.template) == (message, message.template)
    assert isinstance(revived.arguments["name"], Message)


def test_braces_in_what_a_user_wrote_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "zh")
    error = UnreadableReport(
        "{0}.txt", Reason.EMPTY, Message("no format reads {suffix}", suffix="{x}")
    )
    assert str(error) == "{0}.txt: empty: no format reads {x}"
    assert translated(error.args[0]) == "{0}.txt：没有内容：不支持 {x} 格式"


def test_an_error_of_a_query_is_translated_with_all_that_is_in_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LANGUAGE", "zh")
    error = QueryError("a)", 1, 2, Message("this parenthesis was not opened"))
    assert str(error) == "query, character 2: this parenthesis was not opened"
    assert HAN.search(translated(error.args[0]))
    assert "parenthesis" not in translated(error.args[0])


@pytest.mark.parametrize(
    ("kept", "told"),
    [
        ("pages 1, 3-5 of 9 cannot be read", "共 9 页，第 1, 3-5 页读不了"),
        ("it holds more than 3,000 cells; split it", "单元格超过 3,000 个；请拆分"),
        (
            "its part a.xml is not read: it asks for a password; save it without",
            "部件 a.xml 没有读取：需要密码；请去掉密码后另存",
        ),
        ("something else: 改革", "something else: 改革"),
        ("", ""),
    ],
)
def test_what_was_kept_without_its_template_is_translated_too(
    monkeypatch: pytest.MonkeyPatch, kept: str, told: str
) -> None:
    assert translated(kept) == kept
    monkeypatch.setenv("LANGUAGE", "zh")
    assert translated(kept) == told
