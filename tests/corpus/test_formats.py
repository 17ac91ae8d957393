"""The contract that every format meets, and what is particular to Markdown and HTML."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Reading, UnreadableReport, read_bytes, read_members
from corpus.formats import FORMATS, SUFFIXES, choose
from corpus.formats.base import Container, Draft, Format, Source

from .office_writing import open_document, paragraph, word
from .writing import xlsx, zipped
from .writing_doc import word97
from .writing_pages import ofd, pages_of, pdf
from .writing_rtf import rtf

LINES = ("关于加强河道管理的通知", "各有关单位：", "现将有关事项通知如下。", "请认真贯彻执行。")
WRITTEN: dict[str, str | bytes] = {
    "text": "\n".join(LINES),
    "markdown": f"# {LINES[0]}\n\n" + "\n\n".join(LINES[1:]),
    "html": f"<html><body><h1>{LINES[0]}</h1>"
    + "".join(f"<p>{line}</p>" for line in LINES[1:])
    + "</body></html>",
    "csv": f'标题,正文\n{LINES[0]},"' + "\n".join(LINES[1:]) + '"\n',
    "json": json.dumps([{"标题": LINES[0], "正文": LINES[1:]}], ensure_ascii=False),
    "pdf": pdf(pages_of(LINES)),
    "ofd": ofd(pages_of(LINES)),
    "odt": open_document("".join(f"<text:p>{line}</text:p>" for line in LINES)),
    "doc": word97([f"{line}\r" for line in LINES]),
    "rtf": rtf("".join(f"{line}\\par\n" for line in LINES)),
    "docx": word("".join(map(paragraph, LINES))),
    "spreadsheet": xlsx({"表": [["标题", "正文"], [LINES[0], "\n".join(LINES[1:])]]}),
    "mail": f"MIME-Version: 1.0\nSubject: {LINES[0]}\nContent-Type: text/html; charset=utf-8\n\n"
    + "".join(f"<p>{line}</p>" for line in LINES),
    "xml": f'<?xml version="1.0"?><rss><channel><item><title>{LINES[0]}</title><description>'
    + "".join(f"&lt;p&gt;{line}&lt;/p&gt;" for line in LINES[1:])
    + "</description></item></channel></rss>",
    "zip": zipped({"河道.md": f"# {LINES[0]}\n\n" + "\n\n".join(LINES[1:])}),
}
"""The same document in every format; a new format adds its own way of writing it."""

INNER = {"zip": "markdown"}
"""What an archive's one file is."""

SINGLE = [form for form in FORMATS if not isinstance(form, Container)]
TEXTS = [form for form in SINGLE if isinstance(WRITTEN.get(form.name), str)]

each = pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.name)
each_format = pytest.mark.parametrize("form", SINGLE, ids=lambda form: form.name)
each_text = pytest.mark.parametrize("form", TEXTS, ids=lambda form: form.name)


def written(form: Format | Container, encoding: str = "utf-8") -> bytes:
    content = WRITTEN[form.name]
    return content if isinstance(content, bytes) else content.encode(encoding)


@each
def test_a_format_has_a_lower_case_name_and_suffixes_of_its_own(form: Format | Container) -> None:
    assert form.name == form.name.lower()
    assert all(suffix == suffix.lower() and suffix.startswith(".") for suffix in form.suffixes)
    others = [other.suffixes for other in FORMATS if other is not form]
    assert form.suffixes.isdisjoint(frozenset().union(*others))


@each
def test_a_format_is_found_by_its_suffixes_in_any_case(form: Format | Container) -> None:
    data = written(form)
    for suffix in form.suffixes:
        assert suffix in SUFFIXES
        assert choose(suffix.upper(), data) is form


@each_format
def test_a_format_gives_the_lines_that_a_reader_sees(form: Format) -> None:
    draft = form.read(Source("r", written(form)))
    assert tuple(line.text for line in draft.lines) == LINES


@each
def test_the_same_document_reads_alike_in_every_format(form: Format | Container) -> None:
    reading = read_bytes(written(form), f"r{min(form.suffixes)}")
    assert tuple(p.text for p in reading.paragraphs) == LINES
    assert reading.report.title == LINES[0]
    assert reading.report.format == INNER.get(form.name, form.name)


@each_text
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_format_records_the_encoding(form: Format, encoding: str) -> None:
    draft = form.read(Source("r", written(form, encoding)))
    assert draft.encoding == encoding
    assert tuple(line.text for line in draft.lines) == LINES


@each
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_any_bytes_give_readings_or_our_errors(form: Format | Container, data: bytes) -> None:
    for reading in read_members(data, f"r{min(form.suffixes)}"):
        assert isinstance(reading, Reading | UnreadableReport)


@each_format
@given(data=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_a_format_gives_a_draft_or_our_error_for_any_bytes(form: Format, data: bytes) -> None:
    try:
        draft = form.read(Source("r", data))
    except UnreadableReport:
        return
    assert isinstance(draft, Draft)
    assert all(line.text.strip() and line.level >= 0 for line in draft.lines)


def test_unknown_suffixes_are_read_as_text() -> None:
    assert read_bytes("报告".encode(), "r.unknown").report.format == "text"


def test_a_web_page_that_is_called_txt_is_read_as_a_web_page() -> None:
    data = b"\n<!DOCTYPE html><html><p>" + "正文。".encode()
    reading = read_bytes(data, "r.txt")
    assert (reading.report.format, reading.paragraphs[0].text) == ("html", "正文。")


def texts(markup: str, suffix: str = ".html") -> list[str]:
    return [p.text for p in read_bytes(markup.encode(), f"r{suffix}").paragraphs]


def test_scripts_styles_navigation_and_comments_are_no_text() -> None:
    markup = (
        "<html><head><title>站名</title><style>p{}</style></head><body><nav>首页 概况</nav>"
        "<script>var a = '脚本';</script><!-- 注释 --><p>正文<!-- 注 -->一段。</p>"
        "<footer>版权所有</footer></body></html>"
    )
    assert texts(markup) == ["正文一段。"]


def test_elements_within_a_line_do_not_break_it() -> None:
    assert texts("<p>全市<b>生产总值</b>达到<a href='#'>一千</a>亿元。</p>") == [
        "全市生产总值达到一千亿元。"
    ]


def test_line_feeds_in_markup_are_not_text_between_chinese_characters() -> None:
    assert texts("<p>全市生产\n    总值，per\ncapita。</p>") == ["全市生产总值，per capita。"]


def test_line_feeds_in_preformatted_text_are_meant() -> None:
    markup = "<pre><code>第一条 为了保护专利权，\n制定本法。\n第二条 本法所称。</code></pre>"
    assert texts(markup) == ["第一条 为了保护专利权，制定本法。", "第二条 本法所称。"]
    assert texts("<pre>甲段\n\n乙段</pre><p>丙\n段</p>") == ["甲段", "乙段", "丙段"]


def test_a_row_of_a_table_is_one_paragraph_with_tabs() -> None:
    rows = "<tr><th>区</th><th>增长</th></tr><tr><td>东区</td><td>5%</td></tr>"
    markup = f"<p>各区情况如下。</p><table>{rows}</table>"
    assert texts(markup) == ["各区情况如下。", "区\t增长", "东区\t5%"]


def test_a_table_that_lays_out_the_page_is_not_a_table_of_data() -> None:
    body = "全市上下团结一心，各项事业取得新的进展。" * 12
    markup = f"<table><tr><td>栏目</td><td><p>{body}</p><p>第二段。</p></td></tr></table>"
    assert texts(markup) == ["栏目", body, "第二段。"]


def test_the_container_of_the_article_is_preferred_to_the_page_around_it() -> None:
    markup = "<div>推荐阅读：别的新闻</div><div class='TRS_Editor'><p>正文一段。</p></div>"
    assert texts(markup) == ["正文一段。"]


def test_what_frames_a_page_is_no_text_unless_it_holds_a_sentence() -> None:
    markup = (
        '<div class="top-nav"><ul><li>首页</li><li>政务公开</li></ul></div><p>正文一段。</p>'
        '<div id="footer">某市人民政府主办</div><div class="bottom">以上情况，特此报告。</div>'
    )
    assert texts(markup) == ["正文一段。", "以上情况，特此报告。"]


def test_a_page_is_titled_by_its_one_heading_of_the_first_order() -> None:
    markup = "<title>河道管理办法-某市水务局</title><h1>河道管理办法</h1><p>正文。</p>"
    assert read_bytes(markup.encode(), "r.html").report.title == "河道管理办法"
    markup = "<title>河道管理办法_某市水务局</title><p>正文。</p>"
    assert read_bytes(markup.encode(), "r.html").report.title == "河道管理办法"


def test_a_heading_above_the_container_of_the_article_is_text() -> None:
    markup = "<title>管理办法</title><h1>管理办法</h1><article><p>正文一段。</p></article>"
    assert texts(markup) == ["管理办法", "正文一段。"]


def test_headings_of_web_pages_give_the_path_by_their_level() -> None:
    markup = "<h2>工作回顾</h2><h3>经济</h3><p>稳中有进。</p><h2>下步打算</h2><p>继续努力。</p>"
    reading = read_bytes(markup.encode(), "r.html")
    assert [p.heading for p in reading.paragraphs if not p.is_heading] == [
        ("工作回顾", "经济"),
        ("下步打算",),
    ]


def test_front_matter_is_metadata_and_not_text() -> None:
    markup = (
        '---\ntitle: "河道管理办法"\n发文字号: 云政发[2021]3号\ndate: 2021-05-06\n---\n\n正文。\n'
    )
    reading = read_bytes(markup.encode(), "r.md")
    assert [p.text for p in reading.paragraphs] == ["正文。"]
    assert (reading.report.title, reading.report.number) == ("河道管理办法", "云政发〔2021〕3号")
    assert str(reading.report.published) == "2021-05-06"


def test_markdown_without_an_end_to_its_front_matter_is_text() -> None:
    assert texts("---\n标题：甲\n\n正文。\n", ".md") == ["标题：甲", "正文。"]


def test_headings_of_both_kinds_are_read_from_markdown() -> None:
    markup = "# 年度报告\n\n回顾\n====\n\n经济\n----\n\n稳中有进。\n\n### 工业 ###\n\n增长。\n"
    reading = read_bytes(markup.encode(), "r.md")
    assert [p.text for p in reading.paragraphs] == [
        "年度报告", "回顾", "经济", "稳中有进。", "工业", "增长。"
    ]  # fmt: skip
    assert reading.paragraphs[-1].heading == ("回顾", "经济", "工业")


def test_lines_of_a_markdown_paragraph_flow_together() -> None:
    assert texts("全市生产总值\n保持增长。\n\n民生改善。\n", ".md") == [
        "全市生产总值保持增长。",
        "民生改善。",
    ]


def test_the_items_of_a_markdown_list_are_paragraphs() -> None:
    assert texts("要做好：\n\n- 防汛\n- 抗旱\n", ".md") == ["要做好：", "防汛", "抗旱"]


def test_markup_within_a_markdown_line_is_taken_off() -> None:
    assert texts("全市**重点**工作见[附表](a.html)。\n", ".md") == ["全市重点工作见附表。"]


def test_comments_in_markdown_are_no_text() -> None:
    assert texts("甲段。\n\n<!-- 注\n释 -->\n\n乙段。\n", ".md") == ["甲段。", "乙段。"]


def test_a_markdown_line_of_nothing_but_its_sign_parts_paragraphs() -> None:
    assert texts("> 甲段\n>\n> 乙段\n", ".md") == ["甲段", "乙段"]
