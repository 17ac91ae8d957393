"""Input made to hurt: it ends in a reading or in our error, and it ends."""

from __future__ import annotations

import pytest

from corpus import Reason, UnreadableReport, read_bytes

SIZE = 300_000

SEEDS = [
    "（", "(", "一)", "（一", "1.", "第一", "一、", " ", "\u3000", "\t", "\n", "。", "，",
    "“", "【", "》", "——", "①", "各位", "来源：", "记者", "2026年", "日在", "https://",
    "<", "<!--", "<p", "&#", "[", "[a](", "**", "|", "# ", "=\n", "---\n", "> ", "九",
    "a b", "\u200b", "\x00", ".", "…", "目录\n", "目录 ..1\n",
]  # fmt: skip


@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
@pytest.mark.parametrize("seed", SEEDS, ids=repr)
def test_one_sign_over_and_over_is_read_or_refused(seed: str, suffix: str) -> None:
    data = (seed * (SIZE // len(seed.encode()))).encode()
    try:
        reading = read_bytes(data, f"r{suffix}")
    except UnreadableReport:
        return
    assert all(paragraph.text for paragraph in reading.paragraphs)


@pytest.mark.parametrize("tag", ["div", "ul><li", "table><tr><td", "span", "b", "section", "font"])
def test_elements_nested_without_end_are_refused_or_read(tag: str) -> None:
    data = (f"<{tag}>" * 100_000 + "报告").encode()
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data, "r.html")
    assert caught.value.reason is Reason.DAMAGED


@pytest.mark.parametrize("tag", ["p", "br", "/div", "td", "li"])
def test_elements_that_end_by_themselves_may_be_many(tag: str) -> None:
    data = (f"<{tag}>" * 50_000 + "<p>报告").encode()
    assert read_bytes(data, "r.html").paragraphs[-1].text == "报告"


@pytest.mark.parametrize(
    "markup",
    [
        "<p>报告",
        "<html><body><p>报告</p",
        "<p>报告</div></span></table>",
        "<table><p>报告",
        "<p a='>报告</p><p>'>报告",
        "</p>报告<!-- ",
        "<p>&#0;&#xD800;&#x110000;&bogus;报告",
    ],
)
def test_malformed_markup_still_gives_its_text(markup: str) -> None:
    assert "报告" in read_bytes(markup.encode(), "r.html").paragraphs[-1].text


def test_a_million_characters_on_one_line_are_parted() -> None:
    sentence = "全市生产总值比上年增长百分之六。"
    reading = read_bytes((sentence * 60_000).encode(), "r.txt")
    assert max(len(paragraph.text) for paragraph in reading.paragraphs) < 400


def test_many_short_lines_of_one_paragraph_are_joined() -> None:
    reading = read_bytes(("字\n" * 100_000 + "完。").encode(), "r.md")
    assert len(reading.paragraphs[0].text) == 100_002
