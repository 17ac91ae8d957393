"""OpenDocument texts give what is shown: text, numbers, tables and notes."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import UnreadableReport, read_bytes
from corpus.errors import Reason
from corpus.formats.base import Draft, Source
from corpus.formats.odt import Odt

from .office_writing import flat_document, open_document
from .writing import zipped

BODY = "全市上下团结一心，各项事业取得新的进展。"


def draft(data: bytes) -> Draft:
    return Odt().read(Source("r.odt", data))


def lines(body: str, styles: str = "", automatic: str = "") -> list[str]:
    return [line.text for line in draft(open_document(body, styles, automatic)).lines]


def p(text: str, style: str = "") -> str:
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def h(text: str, level: int, more: str = "") -> str:
    return f'<text:h text:outline-level="{level}" {more}>{text}</text:h>'


def style(name: str, text: str = "", base: str = "", more: str = "", kind: str = "text") -> str:
    return (
        f'<style:style style:name="{name}" style:family="{kind}" style:parent-style-name="{base}" '
        f"{more}><style:text-properties {text}/></style:style>"
    )


def level(place: int, form: str, before: str = "", after: str = "", more: str = "") -> str:
    return (
        f'<text:list-level-style-number text:level="{place}" style:num-format="{form}" '
        f'style:num-prefix="{before}" style:num-suffix="{after}" {more}/>'
    )


def lists(*levels: str, name: str = "L") -> str:
    return f'<text:list-style style:name="{name}">{"".join(levels)}</text:list-style>'


def listed(*items: str, more: str = 'text:style-name="L"') -> str:
    inner = "".join(f"<text:list-item>{item}</text:list-item>" for item in items)
    return f"<text:list {more}>{inner}</text:list>"


CHINESE = lists(level(1, "一, 二, 三, ...", "第", "章"), level(2, "1", "（", "）"), level(3, ""))


def test_paragraphs_spans_and_links_are_text() -> None:
    body = p('全市<text:span text:style-name="T1">生产</text:span>总值<text:a>增长</text:a>。')
    assert lines(body) == ["全市生产总值增长。"]


def test_white_space_is_one_space_and_more_is_stated() -> None:
    body = p(' \n  per\n  capita <text:span> a</text:span><text:s text:c="2"/>b<text:tab/>c')
    assert lines(body) == ["per capita a  b\tc"]
    assert len(lines(p('a<text:s text:c="999999999"/>b'))[0]) < 200


def test_a_line_break_begins_a_line_and_in_a_heading_is_a_gap() -> None:
    assert lines(p("上<text:line-break/>下") + h("第一章<text:line-break/>总则", 1)) == [
        "上", "下", "第一章 总则"
    ]  # fmt: skip


def test_what_was_deleted_hidden_or_noted_in_the_margin_is_not_text() -> None:
    deleted = (
        f"<text:tracked-changes><text:deletion>{p('旧')}</text:deletion></text:tracked-changes>"
    )
    hidden = style("H", 'text:display="none"')
    body = (
        deleted
        + p(
            '新<text:span text:style-name="H">藏</text:span><office:annotation><text:p>批</text:p>'
        )[:-9]
        + "</office:annotation></text:p>"
        + f'<text:section text:display="none">{p("不显")}</text:section>'
        + f"<text:section>{p('显')}</text:section>"
    )
    assert lines(body, automatic=hidden) == ["新", "显"]


def test_headings_have_their_levels_and_the_title_is_styled_as_such() -> None:
    body = p("某市规划", "P1") + h("总则", 1) + h("目的", 2) + p(BODY)
    found = draft(open_document(body, automatic=style("P1", base="Title", kind="paragraph")))
    assert [(line.text, line.level) for line in found.lines] == [
        ("某市规划", 0), ("总则", 1), ("目的", 2), (BODY, 0)
    ]  # fmt: skip
    assert found.title == "某市规划"


def test_a_title_in_the_properties_counts_if_the_text_opens_with_it() -> None:
    meta = '<m:meta xmlns:m="x" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{}</dc:title></m:meta>'
    for stated, title in (("某市规划", "某市规划"), ("无标题", "")):
        files = {"meta.xml": meta.format(stated)}
        assert draft(open_document(p("某市") + p("规划"), files=files)).title == title


def test_bold_spans_make_a_bold_line() -> None:
    styles = style("B", 'fo:font-weight="bold"') + style("N", 'fo:font-weight="normal"', "B")
    body = "".join(p(f'<text:span text:style-name="{name}">字</text:span>') for name in "BNX")
    assert [line.strong for line in draft(open_document(body, styles)).lines] == [
        True,
        False,
        False,
    ]


# Numbers


def test_items_of_lists_are_numbered_as_the_reader_sees_them() -> None:
    body = listed(
        p("总则") + listed(p("甲") + p("续甲"), p("乙"), more=""),
        p("分则") + listed(p("丙"), more=""),
    )
    assert lines(body, CHINESE) == [
        "第一章 总则", "（1）甲", "续甲", "（2）乙", "第二章 分则", "（1）丙"
    ]  # fmt: skip


def test_a_list_goes_on_if_it_says_so_and_begins_anew_if_not() -> None:
    body = (
        listed(p("甲"), more='text:style-name="L" xml:id="a"')
        + listed(p("乙"), more='text:style-name="L" text:continue-numbering="true"')
        + listed(p("丙"))
        + listed(p("丁"), more='text:style-name="L" text:continue-list="a"')
    )
    assert lines(body, CHINESE) == ["第一章 甲", "第二章 乙", "第一章 丙", "第三章 丁"]


def test_an_item_may_state_its_number_or_have_none() -> None:
    body = (
        '<text:list text:style-name="L"><text:list-header><text:p>前言</text:p></text:list-header>'
        '<text:list-item text:start-value="5"><text:p>甲</text:p></text:list-item>'
        "<text:list-item><text:p>乙</text:p></text:list-item></text:list>"
    )
    assert lines(body, CHINESE) == ["前言", "第五章 甲", "第六章 乙"]


def test_a_number_may_show_those_above_it() -> None:
    styles = lists(level(1, "1", "", "."), level(2, "1", "", " ", 'text:display-levels="2"'))
    named = 'style:num-list-format="%1%-%2%)"'
    other = lists(level(1, "A"), level(2, "1", more=named), name="M")
    body = listed(p("甲") + listed(p("乙"), more=""))
    assert lines(body, styles) == ["1. 甲", "1.1  乙"]
    assert lines(body.replace('"L"', '"M"'), other) == ["A 甲", "A-1) 乙"]


def test_bullets_and_levels_without_a_format_set_nothing() -> None:
    bullet = '<text:list-level-style-bullet text:level="1" text:bullet-char="•"/>'
    assert lines(listed(p("甲")), lists(bullet)) == ["甲"]
    assert lines(listed(p("甲")), lists(level(1, ""))) == ["甲"]


def test_headings_outside_lists_are_numbered_by_the_outline() -> None:
    outline = (
        "<text:outline-style>"
        '<text:outline-level-style text:level="1" style:num-format="一, 二, 三, ..." '
        'style:num-suffix="、"/>'
        '<text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
    )
    body = h("甲", 1) + h("子", 2) + h("附", 1, 'text:is-list-header="true"') + h("乙", 1)
    body += h("丙", 1, 'text:restart-numbering="true" text:start-value="9"')
    assert lines(body, outline) == ["一、甲", "子", "附", "二、乙", "九、丙"]


# Tables, boxes, notes


def table(*rows: tuple[str, ...]) -> str:
    def cell(content: str) -> str:
        if not content:
            return "<table:covered-table-cell/>"
        inner = content if content.startswith("<") else p(content)
        return f"<table:table-cell>{inner}</table:table-cell>"

    return (
        "<table:table>"
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + "</table:table>"
    )


def test_a_table_is_read_row_by_row_and_a_merged_cell_once() -> None:
    head = f"<table:table-header-rows>{table(('区', '增长'))[13:-14]}</table:table-header-rows>"
    body = table(("东区", "5%"), ("", "3%")).replace("<table:table>", f"<table:table>{head}")
    reading = read_bytes(open_document(p("如下：") + body), "r.odt")
    assert [q.text for q in reading.paragraphs] == ["如下：", "区\t增长", "东区\t5%", "3%"]


def test_a_table_that_lays_out_the_page_gives_its_paragraphs() -> None:
    inner = table(("区", "增长"))
    assert lines(table(("栏", p(BODY * 12) + p("第二段。")))) == ["栏", BODY * 12, "第二段。"]
    assert lines(table(("左", p("上") + inner))) == ["左", "上", "区\t增长"]


def test_boxes_and_shapes_follow_the_paragraph_that_they_are_tied_to() -> None:
    text_box = f"<draw:text-box>{p('框中')}</draw:text-box>"
    box = f"<draw:frame>{text_box}<svg:desc>图</svg:desc></draw:frame>"
    shape = f"<draw:custom-shape>{p('形中')}</draw:custom-shape>"
    assert lines(p(f"前{box}{shape}后") + p("下一段")) == ["前后", "框中", "形中", "下一段"]


def test_footnotes_follow_their_paragraph_and_endnotes_the_text() -> None:
    def note(kind: str, text: str) -> str:
        return (
            f'<text:note text:note-class="{kind}"><text:note-citation>1</text:note-citation>'
            f"<text:note-body>{p(text)}</text:note-body></text:note>"
        )

    body = p(f"总值{note('footnote', '脚注。')}增长{note('endnote', '尾注。')}。") + p("下一段")
    assert lines(body) == ["总值增长。", "脚注。", "下一段", "尾注。"]


def test_an_index_is_text_and_its_template_is_not() -> None:
    body = (
        "<text:table-of-content><text:table-of-content-source><text:index-title-template>模板"
        f"</text:index-title-template></text:table-of-content-source><text:index-body>{p('总则<text:tab/>1')}"
        "</text:index-body></text:table-of-content>"
    )
    assert lines(body) == ["总则\t1"]


def test_of_annotated_characters_the_base_is_text() -> None:
    ruby = "<text:ruby-base>渔</text:ruby-base><text:ruby-text>yú</text:ruby-text>"
    assert lines(p(f"<text:ruby>{ruby}</text:ruby>业")) == ["渔业"]


# Packages


def test_a_flat_document_is_read_whatever_it_is_called() -> None:
    data = flat_document(h("总则", 1) + listed(p("甲")), CHINESE)
    reading = read_bytes(data, "r.xml")
    assert reading.report.format == "odt"
    assert [q.text for q in reading.paragraphs] == ["总则", "第一章 甲"]


def test_other_documents_of_the_kind_are_not_claimed() -> None:
    sheet = zipped(
        {"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, zipfile.ZIP_STORED
    )
    assert not Odt().claims(sheet)
    assert not Odt().claims("<office:document 文".encode())


def reason(data: bytes) -> Reason:
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data, "r.odt")
    assert caught.value.source == "r.odt"
    return caught.value.reason


def test_what_is_encrypted_broken_or_empty_is_named() -> None:
    manifest = (
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>'
        "<m:encryption-data/></m:file-entry></m:manifest>"
    )
    whole = open_document(p(BODY))
    assert reason(open_document("", files={"META-INF/manifest.xml": manifest})) is Reason.ENCRYPTED
    assert reason(open_document("", files={"content.xml": "<a"})) is Reason.DAMAGED
    assert reason(whole[: len(whole) // 2]) is Reason.DAMAGED
    assert reason(open_document("")) is Reason.EMPTY
    assert reason(open_document("<text:p/>", files={"Pictures/1.png": ""})) is Reason.SCAN


def test_styles_that_go_round_and_lists_without_measure_do_no_harm() -> None:
    styles = style("a", base="b", kind="paragraph") + style("b", base="a", kind="paragraph")
    styles += lists(
        level(1, "i", "x" * 500, more='text:start-value="99999999999999"'),
        level(99, "1"),
        level(2, "a", more='text:start-value="2147483647" text:display-levels="-1"'),
    )
    body = listed(p("甲", "a") + listed(p("乙"), more=""))
    assert all(len(line) < 80 for line in lines(body, styles))


def test_deep_nesting_is_read_or_refused() -> None:
    def nested(depth: int) -> str:
        return (
            "<text:list><text:list-item>" * depth
            + p("底")
            + "</text:list-item></text:list>" * depth
        )

    assert lines(nested(200)) == ["底"]
    assert reason(open_document(nested(300))) is Reason.DAMAGED


@pytest.mark.parametrize("part", ["<text:p/>", "<table:table-cell/>", "<text:list/>"])
def test_a_million_empty_elements_are_passed_over(part: str) -> None:
    assert lines(part * 1_000_000 + p("文。")) == ["文。"]


WHOLE = open_document(
    h("题", 1)
    + listed(p("文"))
    + table(("甲", "乙"))
    + p("<text:note><text:note-body/></text:note>"),
    CHINESE,
)


@given(st.data())
def test_damaged_documents_give_a_draft_or_our_error(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as package:
        parts: dict[str, str | bytes] = {name: package.read(name) for name in package.namelist()}
        name = data.draw(st.sampled_from(package.namelist()))
        part = bytearray(package.read(name))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(part)))
        length = data.draw(st.integers(0, 12))
        part[place : place + length] = data.draw(st.binary(max_size=12))
    parts[name] = bytes(part)
    for damaged in (zipped(parts), WHOLE[: data.draw(st.integers(4, 2000))]):
        try:
            assert isinstance(draft(damaged), Draft)
        except UnreadableReport:
            continue
