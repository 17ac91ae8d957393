"""The documentation: the same in both languages, its links lead somewhere, and it is a site
that needs nothing but itself."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import pytest
from selectolax.lexbor import LexborHTMLParser

import search
from search.terminal.group import COMMANDS

from .pages import DOCS, FENCED, LANGUAGES, PAGES, code_in, headings, tables

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
_LINK = re.compile(r"(?<!!)\[[^\]\n]*\]\(([^)\s]+)\)")

every_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))


def _links(text: str) -> list[str]:
    return _LINK.findall(re.sub(r"`[^`\n]+`", "", FENCED.sub("", text)))


def _in_language(page: Path, language: str) -> Path:
    return page.with_name(f"{page.name.split('.')[0]}.{language}.md")


@every_page
def test_a_page_is_there_in_the_other_language_and_links_to_it(page: Path) -> None:
    own = page.name.split(".")[1]
    (other,) = (_in_language(page, language) for language in LANGUAGES if language != own)
    assert other.is_file()
    assert _links(page.read_text("utf-8"))[0] == other.name


@every_page
def test_a_page_has_the_headings_links_and_blocks_of_the_other_language(page: Path) -> None:
    def structure(page: Path) -> tuple[object, ...]:
        text = page.read_text("utf-8")
        links = [link.split("#")[0].replace(".zh.", ".en.") for link in _links(text)]
        blocks = [block.partition("\n")[0] for block in FENCED.findall(text)]
        return [level for level, _ in headings(text)], sorted(links), blocks

    assert structure(page) == structure(_in_language(page, "en"))


@every_page
def test_a_link_leads_to_a_page_of_its_language_and_to_a_heading(page: Path) -> None:
    for link in _links(page.read_text("utf-8"))[1:]:
        parts = urlsplit(link)
        if parts.scheme:
            continue
        target = page.parent / parts.path if parts.path else page
        assert target.is_file(), link
        if target.suffix == ".md":
            assert target.suffixes == page.suffixes, link
            found = {_anchor(heading) for _, heading in headings(target.read_text("utf-8"))}
            assert unquote(parts.fragment) in {"", *found}, link


def _anchor(heading: str) -> str:
    """Where a heading is, on the site and where the repository is shown."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_public_name_has_its_place_in_the_reference(language: str) -> None:
    text = (DOCS / f"api.{language}.md").read_text("utf-8")
    assert sorted(re.findall(r"^::: search\.(\w+)$", text, re.MULTILINE)) == search.__all__


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_test_that_a_promise_names_is_there(language: str) -> None:
    promised = [
        code_in(row[1])[0]
        for table in tables((DOCS / f"promises.{language}.md").read_text("utf-8"))
        for row in table.rows
    ]
    assert len(promised) > 10
    assert [name for name in promised if not (ROOT / name).is_file()] == []


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the site is built to."""
    if find_spec("mkdocs") is None:
        pytest.skip("the extra docs is not installed")
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", folder],
        cwd=ROOT, capture_output=True, check=False, timeout=300,
    )  # fmt: skip
    assert built.returncode == 0, built.stderr.decode()
    return folder


def _parsed(site: Path) -> Iterator[tuple[Path, LexborHTMLParser]]:
    for path in sorted(site.rglob("*.html")):
        if path.name != "404.html":  # its links are from the root of a server
            yield path, LexborHTMLParser(path.read_text("utf-8"))


def test_the_site_has_every_page(site: Path) -> None:
    expected = {
        (site / ("zh" if page.suffixes[0] == ".zh" else "") / page.relative_to(DOCS))
        .with_suffix("").with_suffix(".html")
        for page in PAGES
    }  # fmt: skip
    assert {path for path, _ in _parsed(site)} == expected


def test_every_link_of_the_site_leads_to_a_file_and_a_place_in_it(site: Path) -> None:
    pages = dict(_parsed(site))
    places = {
        path: {node.attributes["id"] for node in page.css("[id]")} for path, page in pages.items()
    }
    for path, page in pages.items():
        for node in page.css("a[href], link[href], script[src], img[src]"):
            link = urlsplit(node.attributes.get("href") or node.attributes.get("src") or "")
            if link.scheme:
                continue
            target = (path.parent / unquote(link.path)).resolve() if link.path else path
            assert target.is_file(), (path.name, link)
            if link.fragment and target in places:
                assert {unquote(link.fragment)} <= places[target], (path, link)


def test_the_site_loads_nothing_from_the_network(site: Path) -> None:
    for path, page in _parsed(site):
        for node in page.css("link[href], script[src], img[src], iframe[src]"):
            source = node.attributes.get("href") or node.attributes.get("src") or ""
            assert not urlsplit(source).netloc, (path, source)


def test_the_site_has_every_command_in_both_languages(site: Path) -> None:
    english, chinese = (site / name / "commands.html" for name in ("", "zh"))
    for path in (english, chinese):
        page = LexborHTMLParser(path.read_text("utf-8"))
        assert set(COMMANDS) <= {node.attributes["id"] for node in page.css("h2[id]")}
    assert "best first" in english.read_text("utf-8")
    assert "最相关的在前" in chinese.read_text("utf-8")


def test_the_site_has_every_public_method_of_an_index(site: Path) -> None:
    page = LexborHTMLParser((site / "api.html").read_text("utf-8"))
    found = {node.attributes["id"] for node in page.css("[id]")}
    names = [name for name in dir(search.Index) if not name.startswith("_")]
    assert [name for name in names if f"search.Index.{name}" not in found] == []


def test_the_site_can_be_searched_for_chinese_words(site: Path) -> None:
    """The words are cut when it is built, by what the search of a page splits at."""
    script = (site / "search" / "search_index.js").read_text("utf-8")
    entries = json.loads(script.partition("=")[2])["docs"]
    assert "检索\u200b语言" in [entry["title"] for entry in entries]
