"""Rendering: whatever a text holds comes out as text, with the right places marked."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import search
from search.rendering import (
    html_page,
    is_hazard,
    markdown_page,
    neutralise,
    to_ansi,
    to_html,
    to_markdown,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SIGNS = "\\`*_{}[]()<>#+-.!|~$&:@^=\"'%/ \n\t\r\x1b\x9b\u202e\u200b\u2028"
WORDS = ("改革", "1", "www.", "http://a.b", "a@b.cd", "&lt;", "<b>", "    ", "---", "1. ", "<!--")
TEXTS = st.lists(st.one_of(st.sampled_from(SIGNS), st.sampled_from(WORDS), st.characters())).map(
    "".join
)
SPANS = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=5)

PARSER = MarkdownIt("commonmark", {"html": True, "linkify": True}).enable(
    ["table", "strikethrough", "linkify"]
)


class Read(HTMLParser):
    """What a browser makes of a fragment: the text, and what of it is in `<mark>`."""

    def __init__(self, fragment: str) -> None:
        super().__init__()
        self.text = self.marked = ""
        self.tags: list[str] = []
        self._depth = 0
        self.feed(fragment)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert attrs == []
        self.tags.append(tag)
        self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        self._depth -= 1

    def handle_data(self, data: str) -> None:
        self.text += data
        self.marked += data * bool(self._depth)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)


def expected(text: str, spans: list[tuple[int, int]]) -> str:
    """The characters of a text that are in any span."""
    inside = {place for start, end in spans for place in range(start, min(end, len(text)))}
    return neutralise("".join(text[place] for place in sorted(inside)))


@given(TEXTS, SPANS)
def test_html_is_the_text_with_the_spans_in_mark(text: str, spans: list[tuple[int, int]]) -> None:
    read = Read(to_html(text, spans))
    assert read.text == neutralise(text)
    assert read.marked == expected(text, spans)
    assert set(read.tags) <= {"mark"}


@given(TEXTS, SPANS)
def test_ansi_is_the_text_with_the_spans_coloured(text: str, spans: list[tuple[int, int]]) -> None:
    shown = to_ansi(text, spans)
    parts = re.split("\x1b\\[(?:1;31|0)m", shown)
    assert "".join(parts) == neutralise(text)
    assert "".join(parts[1::2]) == expected(text, spans)


@given(TEXTS, SPANS)
def test_markdown_is_the_text_with_the_spans_in_mark(
    text: str, spans: list[tuple[int, int]]
) -> None:
    written = to_markdown(text, spans)
    assert "\n" not in written
    tokens = PARSER.parse(written)
    if not neutralise(text).strip():
        return
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special", "html_inline"}
    read = Read(PARSER.renderInline(written))
    assert read.text == neutralise(text)
    assert read.marked == expected(text, spans)


@given(TEXTS)
def test_what_is_neutral_has_no_hazard_and_stays_as_it_is(text: str) -> None:
    neutral = neutralise(text)
    assert not any(map(is_hazard, neutral))
    assert neutralise(neutral) == neutral
    assert neutral == text or any(map(is_hazard, text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[2J", "␛[2J"), ("a\tb", "a b"), ("\x7f", "␡"), ("\x9b", "<U+009B>"),
        ("\u202e", "<U+202E>"), ("\u200b", "<U+200B>"), ("\U000e0041", "<U+E0041>"),
        ("\ud800", "<U+D800>"), ("\u2028", "<U+2028>"), ("　改革", "　改革"),
    ],
)  # fmt: skip
def test_a_hazard_is_shown_by_name(text: str, shown: str) -> None:
    assert neutralise(text) == shown


def test_a_hit_a_snippet_and_a_paragraph_are_shown_by_their_own_highlights(
    samples: search.Index,
) -> None:
    (hit,) = samples.search("行政复议", limit=1)
    assert to_html(hit).count("<mark>行政复议</mark>") == len(hit.highlights)
    snippet = hit.snippet(30)
    assert to_markdown(snippet).count("<mark>") == len(snippet.highlights) > 0
    assert to_ansi(samples.get(hit.address)) == hit.text
    assert to_html(hit, ()) == hit.text


def test_rendering_is_a_part_of_search_that_is_imported_when_it_is_asked_for() -> None:
    assert search.rendering.to_html("<") == "&lt;"
    for name in search.rendering.__all__:
        assert getattr(search.rendering, name) is not None


def test_pages_name_the_paragraphs_that_a_hit_stands_for(build: Callable[..., Path]) -> None:
    same = "各区要压实防汛责任，确保群众生命财产安全，严格落实值班值守制度。"
    texts = {f"{year}.txt": f"{year}年防汛工作的通知\n\n{same}\n" for year in (2018, 2019, 2020)}
    with search.open_index(build(texts)) as index:
        (hit,) = (results := index.search("压实防汛责任", collapse=True))
    assert len(hit.duplicates) == 2
    addresses = (hit.address, *hit.duplicates)
    assert " ≡ ".join(f"`{address}`" for address in addresses) in markdown_page(results)
    assert " ≡ ".join(f"<code>{address}</code>" for address in addresses) in html_page(results)
