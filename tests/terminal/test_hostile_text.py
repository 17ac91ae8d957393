"""Text from reports drives nothing: in every format, from titles, paragraphs and file names."""

from __future__ import annotations

import csv
import io
import json
import re
import unicodedata
from collections.abc import Callable
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from markdown_it import MarkdownIt

import search
from search.terminal.render import Page, link_to

from .conftest import Outcome

if TYPE_CHECKING:
    from pathlib import Path

Run = Callable[..., Outcome]
Show = Callable[..., str]

ESCAPES = "\x1b]0;owned\x07\x1b]52;c;b3duZWQ=\x07\x1b]8;;http://x.y\x1b\\\x9b2J\x1b[2J\x08\x7f"
UNSEEN = "\u202e颠倒\u202c\u2066\u2069\u200f\u061c\u200b\u2060\u00ad\u2028\u2029\U000e0041"
MARKUP = "</p><script>document.title='owned'</script><img src=x onerror=alert(1)> [a](b) **c** `d`"
HAZARDS = ESCAPES + UNSEEN + MARKUP

SHOWN = {
    "search": ("search", "责任"),
    "search -C": ("search", "责任", "-C", "3"),
    "search --compact": ("search", "责任", "--compact"),
    "list": ("list",),
    "show": ("show", "REPORT"),
    "show --outline": ("show", "REPORT", "--outline"),
    "kwic": ("kwic", "责任"),
    "compare": ("compare", "REPORT", "标题:通知"),
    "compare --paragraphs": ("compare", "责任", "REPORT", "--paragraphs"),
    "cite": ("cite", "REPORT:3"),
    "cite --style markdown": ("cite", "REPORT:3", "--style", "markdown"),
    "cite --style bibtex": ("cite", "REPORT:3", "--style", "bibtex"),
}
FORMS = ("json", "jsonl", "csv", "md", "html")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of an index in which everything is hostile that can be."""
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "reports").mkdir()
    name = "关于" + HAZARDS.replace("/", "∕")[:60] + ".txt"
    heading, paragraph = f"一、{UNSEEN}<b>要求", f"各区要{HAZARDS}落实责任。"
    text = "\n\n".join([f"关于{HAZARDS}工作的通知", heading, paragraph, "=1+1责任。\n"])
    (folder / "reports" / name).write_text(text, "utf-8")
    assert not search.build_index(folder / "index", [folder / "reports"]).failed
    return folder / "index"


@pytest.fixture(scope="module")
def report(hostile: Path) -> str:
    with search.open_index(hostile) as index:
        return index.reports()[0].id


def hazards(text: str) -> set[str]:
    """What of a text is not shown as what it is."""
    return {
        character
        for character in text.replace("\r\n", "\n")
        if character != "\n" and unicodedata.category(character) in {"Cc", "Cf", "Zl", "Zp", "Cs"}
    }


def arguments(line: tuple[str, ...], report: str) -> list[str]:
    return [word.replace("REPORT", report) for word in line]


@pytest.mark.parametrize("line", SHOWN.values(), ids=SHOWN)
def test_nothing_hostile_comes_through_to_a_terminal(
    terminal: Show, baogao: Run, hostile: Path, report: str, line: tuple[str, ...]
) -> None:
    words = arguments(line, report)
    assert hazards(terminal(80, *words, "--index", hostile, NO_COLOR="1")) == set()
    piped = baogao(*words, "--index", hostile)
    assert piped.status == 0
    assert hazards(piped.output + piped.errors) == set()


def test_colours_and_links_are_ours_only(terminal: Show, hostile: Path) -> None:
    shown = terminal(80, "search", "责任", "--index", hostile)
    ours = re.compile(r"\x1b\[[0-9;]+m|\x1b\]8;;(file://[!-~]+)?\x1b\\")
    assert "owned" in shown
    assert hazards(ours.sub("", shown)) == set()
    assert len(re.findall("\x1b\\]8;;file:", shown)) == len(re.findall("\x1b\\]8;;\x1b", shown)) > 0


@pytest.mark.parametrize("form", FORMS)
def test_nothing_hostile_comes_through_in_a_format(baogao: Run, hostile: Path, form: str) -> None:
    done = baogao("search", "责任", "--index", hostile, "--format", form)
    assert done.status == 0
    assert "owned" in done.output
    assert hazards(done.output) == set()


@pytest.mark.parametrize(
    "line", [("list",), ("show", "REPORT"), ("show", "REPORT", "--outline")], ids=" ".join
)
def test_json_has_hostile_text_as_it_is_behind_escapes(
    baogao: Run, hostile: Path, report: str, line: tuple[str, ...]
) -> None:
    done = baogao(*arguments(line, report), "--index", hostile, "--format", "json")
    assert hazards(done.output) == set()
    again = json.dumps(json.loads(done.output))
    with search.open_index(hostile) as index:
        assert json.dumps(index.report(report).title)[1:-1] in again


def test_json_loses_nothing(baogao: Run, hostile: Path) -> None:
    done = baogao("search", "责任", "--index", hostile, "--format", "json")
    with search.open_index(hostile) as index:
        texts = [hit.text for hit in index.search("责任")]
    assert [hit["text"] for hit in json.loads(done.output)["hits"]] == texts


def test_an_export_has_hostile_text_behind_escapes(
    baogao: Run, hostile: Path, tmp_path: Path
) -> None:
    path = tmp_path / "found.json"
    assert baogao("export", "责任", "--index", hostile, "--output", path).status == 0
    assert hazards(path.read_text("utf-8")) == set()
    assert "\u202e颠倒" in json.loads(path.read_text("utf-8"))["hits"][0]["report"]["title"]


def test_a_query_is_told_of_without_its_hazards(baogao: Run, hostile: Path) -> None:
    done = baogao("search", f"没有{ESCAPES}{UNSEEN}", "--literal", "--index", hostile)
    assert done.status == 1
    assert hazards(done.errors) == set()


def test_no_value_of_csv_is_a_formula(baogao: Run, hostile: Path) -> None:
    done = baogao("search", "责任", "--index", hostile, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.output)))
    assert "'=1+1责任。" in {row["text"] for row in rows}
    assert [
        v for row in rows for v in row.values() if v[:1] in set("=+-@＝＋－＠") and v != "-"
    ] == []


class Elements(HTMLParser):
    """The elements of a page, and their text."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: dict[str, int] = {}
        self.names: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements[tag] = self.elements.get(tag, 0) + 1
        self.names |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def test_html_has_our_elements_only(baogao: Run, hostile: Path) -> None:
    page = Elements()
    page.feed(baogao("search", "责任", "-C", "2", "--index", hostile, "--format", "html").output)
    assert set(page.elements) == {
        "html", "head", "meta", "title", "style", "body", "h1", "h2", "p", "article", "mark",
        "code", "bdi",
    }  # fmt: skip
    assert page.names == {"lang", "charset", "http-equiv", "content", "name", "dir", "id", "class"}
    assert "<script>document.title='owned'</script>" in page.text


def test_markdown_has_our_structure_only(baogao: Run, hostile: Path) -> None:
    done = baogao("search", "责任", "-C", "2", "--index", hostile, "--format", "md")
    tokens: list[Any] = []
    for token in MarkdownIt("commonmark", {"html": True}).enable("table").parse(done.output):
        tokens += [token, *(token.children or [])]
    assert {token.type for token in tokens} <= {
        "html_block", "heading_open", "heading_close", "inline", "text", "paragraph_open",
        "paragraph_close", "html_inline", "code_inline", "blockquote_open", "blockquote_close",
    }  # fmt: skip
    raw = {token.content for token in tokens if token.type.startswith("html")}
    assert raw == {"<mark>", "</mark>", "<!-- baogao-version: 1 -->\n"}


def test_a_link_leads_to_the_file_whatever_its_name(hostile: Path) -> None:
    with search.open_index(hostile) as index:
        (report,) = index.reports()
    target = link_to(report, 3)
    assert target.isascii()
    assert target.isprintable()
    assert target.startswith("file://")
    assert Page(80, colour=False).links is False
