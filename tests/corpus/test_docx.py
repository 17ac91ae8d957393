"""Word documents give what Word shows: text, numbers, tables, notes, and what is embedded."""

from __future__ import annotations

import io
import re
import tracemalloc
import zipfile
from base64 import b64encode
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Reading, UnreadableReport, read_bytes, read_members, read_report
from corpus.errors import Reason
from corpus.formats.base import Draft, Source
from corpus.formats.docx import Docx
from corpus.formats.office.counting import written
from corpus.limits import Budget, Limits
from corpus.numerals import number

from .office_writing import numbered, paragraph, table, word
from .writing import zipped

if TYPE_CHECKING:
    from pathlib import Path

BODY = "全市上下团结一心，各项事业取得新的进展。"
_ARTICLE = re.compile("第[一二三四五六七八九十百千零]+条")
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")


def draft(data: bytes) -> Draft:
    return Docx().read(Source("r.docx", data))


def lines(body: str, **parts: str) -> list[str]:
    return [line.text for line in draft(word(body, parts)).lines]


def read(body: str, **parts: str) -> Reading:
    return read_bytes(word(body, parts), "r.docx")


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def style(key: str, name: str, content: str = "", base: str = "", kind: str = "paragraph") -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{key}"><w:name w:val="{name}"/>{based}{content}'
        "</w:style>"
    )


def level(place: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def definition(key: int, *levels: str) -> str:
    return f'<w:abstractNum w:abstractNumId="{key}">{"".join(levels)}</w:abstractNum>'


def instance(key: int, of: int, overrides: str = "") -> str:
    return f'<w:num w:numId="{key}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def labels(numbering: str, *places: tuple[int, int]) -> list[str]:
    """Give what is set before paragraphs, each of a list and a level."""
    body = "".join(numbered("文", *place) for place in places)
    return [text.removesuffix("文") for text in lines(body, numbering=numbering)]


# What is text


def test_what_is_inserted_is_text_and_what_is_deleted_is_not() -> None:
    body = (
        f"<w:p>{run('增长')}<w:del>{run('三')}<w:r><w:delText>四</w:delText></w:r></w:del>"
        f"<w:ins>{run('五成')}</w:ins><w:moveFrom>{run('甲')}</w:moveFrom>"
        f"<w:moveTo>{run('。')}</w:moveTo></w:p>"
    )
    assert lines(body) == ["增长五成。"]


def test_a_paragraph_whose_end_is_deleted_goes_on_in_the_next() -> None:
    body = f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('前半，')}</w:p>{paragraph('后半。')}"
    assert lines(body) == ["前半，后半。"]


def test_hidden_text_is_not_text() -> None:
    shown = run("的", '<w:vanish w:val="0"/>')
    named = run("藏", '<w:rStyle w:val="h"/>')
    body = f"<w:p>{run('看得见')}{run('看不见', '<w:vanish/>')}{shown}</w:p><w:p>{named}</w:p>"
    hidden = style("h", "藏", "<w:rPr><w:vanish/></w:rPr>", kind="character")
    assert lines(body, styles=hidden) == ["看得见的"]


def test_the_result_of_a_field_is_text_and_its_code_is_not() -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    code = "<w:r><w:instrText>REF x</w:instrText></w:r>"
    nested = mark("begin") + code + mark("separate") + run("内") + mark("end")
    body = (
        f"<w:p>{run('见')}{mark('begin')}{code}{nested}{mark('separate')}{run('表3')}{mark('end')}"
        f'<w:fldSimple w:instr="PAGE">{run("，第5页")}</w:fldSimple>{run("。")}</w:p>'
    )
    assert lines(body) == ["见表3，第5页。"]


def test_a_field_that_never_ends_hides_no_more_than_its_paragraph() -> None:
    body = f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{run("码")}</w:p>{paragraph("文。")}'
    assert lines(body) == ["文。"]


def test_links_smart_tags_and_content_controls_are_text() -> None:
    body = (
        f"<w:sdt><w:sdtPr><w:alias w:val='甲'/></w:sdtPr><w:sdtContent><w:p>"
        f"<w:hyperlink>{run('链接')}</w:hyperlink><w:smartTag>{run('标记')}</w:smartTag>"
        f"<w:sdt><w:sdtContent>{run('控件')}</w:sdtContent></w:sdt></w:p></w:sdtContent></w:sdt>"
    )
    assert lines(body) == ["链接标记控件"]


def test_a_line_break_begins_a_line_and_not_a_paragraph() -> None:
    body = f"<w:p>{run('上')}<w:r><w:br/></w:r>{run('下')}</w:p>{paragraph('另')}"
    found = draft(word(body)).lines
    assert [(line.text, line.apart) for line in found] == [
        ("上", True),
        ("下", False),
        ("另", True),
    ]


def test_tabs_hyphens_and_symbols_are_characters() -> None:
    body = (
        f"<w:p>{run('甲')}<w:r><w:tab/></w:r>{run('乙')}<w:r><w:noBreakHyphen/></w:r>{run('丙')}"
        '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings 2" w:char="00A3"/>'
        '<w:sym w:font="Symbol" w:char="F062"/><w:sym w:font="宋体" w:char="25CB"/>'
        '<w:sym w:font="Wingdings" w:char="F04A"/><w:sym w:font="x" w:char="zz"/></w:r></w:p>'
    )
    assert lines(body) == ["甲\t乙-丙☑□β○"]


def test_of_annotated_characters_the_base_is_text() -> None:
    ruby = f"<w:rt>{run('yú')}</w:rt><w:rubyBase>{run('渔')}</w:rubyBase>"
    assert lines(f"<w:p><w:r><w:ruby>{ruby}</w:ruby></w:r></w:p>") == ["渔"]


def test_a_text_box_stands_once_behind_the_paragraph_that_it_is_tied_to() -> None:
    box = f"<w:txbxContent>{paragraph('框中一')}{paragraph('框中二')}</w:txbxContent>"
    body = (
        f"<w:p>{run('前')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r>{run('后')}</w:p>"
        f"{paragraph('下一段')}"
    )
    assert lines(body) == ["前后", "框中一", "框中二", "下一段"]


def test_a_fallback_is_text_where_there_is_nothing_else() -> None:
    art = '<v:shape><v:textpath string="某市人民政府文件"/></v:shape>'
    body = f"<w:p><mc:AlternateContent><mc:Fallback>{art}</mc:Fallback></mc:AlternateContent></w:p>"
    assert lines(body) == ["某市人民政府文件"]


def test_footnotes_follow_their_paragraph_and_endnotes_the_text() -> None:
    def note(kind: str, key: int, text: str) -> str:
        return f'<w:{kind} w:id="{key}">{paragraph(text)}</w:{kind}>'

    def reference(kind: str, key: int) -> str:
        return f'<w:r><w:{kind}Reference w:id="{key}"/></w:r>'

    body = (
        f"<w:p>{run('总值')}{reference('footnote', 2)}{run('增长')}{reference('endnote', 2)}</w:p>"
        f"<w:p>{run('再引')}{reference('footnote', 2)}</w:p>"
    )
    separator = f'<w:footnote w:type="separator" w:id="0">{paragraph("——")}</w:footnote>'
    footnotes = separator + note("footnote", 2, "按不变价。") + note("footnote", 3, "无人引。")
    assert lines(body, footnotes=footnotes, endnotes=note("endnote", 2, "据统计局。")) == [
        "总值增长", "按不变价。", "再引", "据统计局。"
    ]  # fmt: skip


# Headings and titles


def test_styles_give_levels_by_their_outline_their_names_and_what_they_are_based_on() -> None:
    outline = '<w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
    styles = "".join((
        style("1", "heading 1"), style("2", "标题 2"), style("a", "我的三级", outline),
        style("b", "三级变体", base="a"), style("c", "甲", base="d"), style("d", "乙", base="c"),
    ))  # fmt: skip
    body = "".join(paragraph(f"节{key}", key) for key in ("1", "2", "a", "b", "c", "无"))
    own = '<w:outlineLvl w:val="0"/>'
    body += paragraph("自定", "b", own) + paragraph("正文", "1", '<w:outlineLvl w:val="9"/>')
    assert [line.level for line in draft(word(body, {"styles": styles})).lines] == [
        1, 2, 3, 3, 0, 0, 1, 0
    ]  # fmt: skip


def test_a_heading_over_two_lines_is_one_and_a_text_styled_as_heading_is_not() -> None:
    styles = style("1", "heading 1")
    named = '<w:pPr><w:pStyle w:val="1"/></w:pPr>'
    feed = "<w:r><w:br/></w:r>"
    body = f"<w:p>{named}{run('第一章')}{feed}{run('总则')}</w:p>"
    body += f"<w:p>{named}{run('语句')}{feed}{run(BODY * 3)}{feed}{run(BODY * 3)}</w:p>"
    found = draft(word(body, {"styles": styles})).lines
    assert [(line.text, line.level) for line in found] == [
        ("第一章 总则", 1), ("语句", 1), (BODY * 3, 0), (BODY * 3, 0)
    ]  # fmt: skip


def test_headings_by_style_give_the_path() -> None:
    styles = style("1", "heading 1") + style("2", "heading 2")
    body = "".join((
        paragraph("工作回顾", "1"), paragraph("经济", "2"), paragraph(BODY),
        paragraph("下步打算", "1"), paragraph(BODY),
    ))  # fmt: skip
    found = read(body, styles=styles).paragraphs
    assert [p.heading for p in found if not p.is_heading] == [("工作回顾", "经济"), ("下步打算",)]


def test_a_paragraph_is_bold_by_its_runs_or_its_style() -> None:
    styles = style("s", "粗", "<w:rPr><w:b/></w:rPr>")
    plain = run("细", '<w:b w:val="false"/>')
    body = (
        f"<w:p>{run('粗', '<w:b/>')}</w:p><w:p>{run('粗', '<w:b/>')}{run('细')}</w:p>"
        f"{paragraph('粗', 's')}<w:p><w:pPr><w:pStyle w:val='s'/></w:pPr>"
        f"{plain}</w:p>"
    )
    assert [line.strong for line in draft(word(body, {"styles": styles})).lines] == [
        True, False, True, False
    ]  # fmt: skip


def test_paragraphs_styled_as_title_are_the_title() -> None:
    body = paragraph("关于印发某市管理办法", "t") + paragraph("的通知", "t") + paragraph(BODY)
    report = read(body, styles=style("t", "Title")).report
    assert report.title == "关于印发某市管理办法的通知"


@pytest.mark.parametrize(
    ("stated", "title"), [("某市水资源公报", "某市水资源公报"), ("模板标题", "")]
)
def test_a_title_in_the_properties_counts_if_the_text_opens_with_it(
    stated: str, title: str
) -> None:
    core = (
        '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/'
        'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{stated}</dc:title></c:coreProperties>"
    )
    body = paragraph("某市") + paragraph("水资源公报") + paragraph(BODY)
    relations = {"a": ("officeDocument", "word/document.xml"), "b": ("core-properties", "core.xml")}
    data = repacked(word(body), {"_rels/.rels": relationships(relations), "core.xml": core})
    assert draft(data).title == title


# Numbers


@pytest.mark.parametrize(
    ("form", "numbers", "shown"),
    [
        ("decimal", (1, 10), "1 10"),
        ("decimalZero", (1, 10), "01 10"),
        ("decimalFullWidth", (1, 10), "１ １０"),
        ("chineseCounting", (1, 10, 11, 20, 21, 99), "一 十 十一 二十 二十一 九十九"),
        ("chineseCounting", (100, 101), "一〇〇 一〇一"),
        (
            "chineseCountingThousand",
            (10, 19, 100, 101, 110, 111, 1001, 1010, 1100, 10_001, 10_010, 11_000, 110_000),
            "十 十九 一百 一百零一 一百一十 一百一十一 一千零一 一千零一十 一千一百 一万零一 "
            "一万零一十 一万一千 一十一万",
        ),
        ("japaneseCounting", (1, 10, 21, 100, 111), "一 十 二十一 百 百十一"),
        ("ideographDigital", (1, 10, 21), "一 一〇 二一"),
        ("chineseLegalSimplified", (1, 10, 25), "壹 壹拾 贰拾伍"),
        ("ideographTraditional", (1, 10, 11), "甲 癸 11"),
        ("decimalEnclosedCircle", (1, 20, 21), "① ⑳ 21"),
        ("decimalEnclosedCircleChinese", (3,), "③"),
        ("decimalEnclosedParen", (2,), "⑵"),
        ("upperRoman", (1, 4, 9, 14, 2026), "I IV IX XIV MMXXVI"),
        ("lowerRoman", (3,), "iii"),
        ("upperLetter", (1, 26, 27, 28), "A Z AA BB"),
        ("lowerLetter", (2,), "b"),
        ("ordinal", (1, 2, 3, 4, 11, 12, 21), "1st 2nd 3rd 4th 11th 12th 21st"),
        ("unheard", (7,), "7"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_the_list_says(
    form: str, numbers: tuple[int, ...], shown: str
) -> None:
    assert " ".join(written(value, form) for value in numbers) == shown


@given(st.integers(1, 9_999))
def test_numbers_in_words_are_read_back_as_themselves(value: int) -> None:
    assert number(written(value, "chineseCountingThousand")) == value
    assert number(written(value, "ideographDigital")) == value


@given(st.integers(0, 2**40), st.text(max_size=30))
def test_any_number_is_written_briefly(value: int, form: str) -> None:
    assert len(written(value, form)) <= 40


def test_chapters_articles_and_items_are_numbered_as_the_reader_sees_them() -> None:
    numbering = definition(
        0,
        level(0, "第%1章", "chineseCountingThousand"),
        level(1, "第%2条", "chineseCountingThousand", more='<w:lvlRestart w:val="0"/>'),
        level(2, "（%3）", "chineseCounting"),
    ) + instance(1, 0)
    places = [(1, 0), (1, 1), (1, 2), (1, 2), (1, 1), (1, 2), (1, 0), (1, 1)]
    assert labels(numbering, *places) == [
        "第一章 ", "第一条 ", "（一）", "（二）", "第二条 ", "（一）", "第二章 ", "第三条 "
    ]  # fmt: skip


def test_a_number_may_name_those_above_it_and_be_all_in_digits() -> None:
    numbering = definition(
        0,
        level(0, "%1、", "chineseCounting"),
        level(1, "%1.%2", more="<w:isLgl/><w:suff w:val='space'/>"),
        level(2, "%1.%2.%3.", "lowerLetter", more="<w:suff w:val='nothing'/>"),
    ) + instance(1, 0)
    places = [(1, 0), (1, 1), (1, 2), (1, 0), (1, 2)]
    assert labels(numbering, *places) == ["一、", "1.1 ", "一.1.a.", "二、", "二.1.a."]


def test_instances_count_on_together_unless_one_overrides_the_start() -> None:
    numbering = definition(0, level(0, "%1."), level(1, "%2)")) + "".join(
        (
            instance(1, 0),
            instance(2, 0),
            instance(
                3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'
            ),
            instance(
                4, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "附%1", start=3)}</w:lvlOverride>'
            ),
        )
    )
    places = [(1, 0), (2, 0), (3, 0), (3, 0), (1, 0), (4, 0)]
    assert labels(numbering, *places) == ["1. ", "2. ", "5. ", "6. ", "7. ", "附8 "]


def test_a_level_that_is_passed_over_counts_as_begun() -> None:
    numbering = definition(0, level(0, "%1."), level(1, "%1.%2")) + instance(1, 0)
    assert labels(numbering, (1, 1), (1, 0), (1, 1)) == ["1.1 ", "2. ", "2.1 "]


def test_bullets_and_lists_that_are_not_there_set_nothing() -> None:
    numbering = definition(0, level(0, "\uf0b7", "bullet")) + instance(1, 0) + instance(2, 9)
    assert labels(numbering, (1, 0), (2, 0), (3, 0), (1, 5)) == ["", "", "", ""]


def test_a_style_numbers_its_paragraphs_at_the_level_that_goes_with_it() -> None:
    numbering = definition(
        0,
        level(0, "第%1章", "chineseCounting", more='<w:pStyle w:val="1"/>'),
        level(1, "%1.%2", more='<w:pStyle w:val="2"/>'),
    ) + instance(1, 0)
    listed = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
    styles = style("1", "heading 1", listed) + style("2", "heading 2", base="1")
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = paragraph("总则", "1") + paragraph("目的", "2") + paragraph("附录", "1", none)
    assert lines(body, styles=styles, numbering=numbering) == ["第一章 总则", "一.1 目的", "附录"]


def test_a_definition_may_be_that_of_a_numbering_style() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="1"><w:numStyleLink w:val="L"/></w:abstractNum>'
        f'<w:abstractNum w:abstractNumId="2"><w:styleLink w:val="L"/>{level(0, "%1)")}'
        "</w:abstractNum>"
    )
    assert labels(numbering + instance(1, 1) + instance(2, 2), (1, 0), (2, 0)) == ["1) ", "2) "]


def test_an_empty_numbered_cell_holds_its_number() -> None:
    numbering = definition(0, level(0, "%1")) + instance(1, 0)
    body = table([["序号", "项目"], [numbered("", 1), "防汛"], [numbered("", 1), "抗旱"]])
    assert read(body, numbering=numbering).paragraphs[2].text == "2\t抗旱"


# Tables


def test_a_table_is_read_row_by_row() -> None:
    body = paragraph("如下：") + table([["区", "增长"], ["东区", paragraph("5") + paragraph("%")]])
    assert lines(body) == ["如下：", "区\t增长", "东区\t5 %"]


def test_a_cell_that_others_are_merged_into_stands_once() -> None:
    def cell(text: str, merge: str) -> str:
        return f"<w:tcPr>{merge}</w:tcPr>{paragraph(text)}"

    body = table([
        [cell("东区", '<w:vMerge w:val="restart"/>'), "工业", "5"],
        [cell("东区", "<w:vMerge/>"), "农业", "3"],
        [cell("合计", '<w:gridSpan w:val="2"/>'), "8"],
    ])  # fmt: skip
    assert [p.text for p in read(body).paragraphs] == ["东区\t工业\t5", "农业\t3", "合计\t8"]


def test_a_row_that_was_deleted_is_not_text() -> None:
    gone = f"<w:tr><w:trPr><w:del/></w:trPr><w:tc>{paragraph('旧')}</w:tc></w:tr>"
    body = table([["甲", "乙"]]).replace("</w:tbl>", gone + "</w:tbl>")
    assert lines(body) == ["甲\t乙"]


def test_a_table_that_lays_out_the_page_is_no_table_of_data() -> None:
    body = table([["栏目", paragraph(BODY * 12) + paragraph("第二段。")], [paragraph("单格")]])
    assert lines(body) == ["栏目", BODY * 12, "第二段。", "单格"]


def test_a_table_within_a_cell_is_read_row_by_row() -> None:
    inner = table([["区", "增长"], ["东区", "5%"]])
    body = table([[paragraph("左"), paragraph("上") + inner + paragraph("下")]])
    assert lines(body) == ["左", "上", "区\t增长", "东区\t5%", "下"]


def test_a_note_to_a_cell_follows_its_row() -> None:
    cell = f"<w:p>{run('5%')}<w:r><w:footnoteReference w:id='1'/></w:r></w:p>"
    note = f'<w:footnote w:id="1">{paragraph("初步核算。")}</w:footnote>'
    assert lines(table([[cell, "东区"]]), footnotes=note) == ["5%\t东区", "初步核算。"]


# Packages


def repacked(data: bytes, changes: dict[str, str | bytes | None]) -> bytes:
    """Give a package with other parts in place of its own, or without them."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts: dict[str, str | bytes | None] = {n: package.read(n) for n in package.namelist()}
    return zipped({n: part for n, part in {**parts, **changes}.items() if part is not None})


def relationships(named: dict[str, tuple[str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{k}" Type="x/{t}" Target="{p}"/>' for k, (t, p) in named.items()
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{listed}</Relationships>'


def test_documents_of_the_strict_kind_are_read() -> None:
    numbering = definition(0, level(0, "%1、", "chineseCounting")) + instance(1, 0)
    data = word(numbered("要求", 1), {"numbering": numbering}, strict=True)
    assert [p.text for p in read_bytes(data, "r.docx").paragraphs] == ["一、要求"]


@pytest.mark.parametrize("main", ["document.xml", "文/正文.xml", "word/document2.xml"])
def test_the_text_is_where_the_package_says(main: str) -> None:
    styles = style("1", "heading 1")
    data = word(paragraph("甲", "1"), {"styles": styles}, main=main)
    assert [(line.text, line.level) for line in draft(data).lines] == [("甲", 1)]


def test_part_names_know_no_case_and_backslashes_are_slashes() -> None:
    with zipfile.ZipFile(io.BytesIO(word(paragraph("甲")))) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts["Word\\Document.XML"] = parts.pop("word/document.xml")
    assert [line.text for line in draft(zipped(parts)).lines] == ["甲"]


@pytest.mark.parametrize(
    "kind",
    [
        "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml",
        "application/vnd.ms-word.document.macroEnabled.main+xml",
        "application/vnd.ms-word.template.macroEnabledTemplate.main+xml",
    ],
)
def test_templates_and_documents_with_macros_are_read_whatever_they_are_called(kind: str) -> None:
    data = word(paragraph("正文。"))
    types = "[Content_Types].xml"
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        stated = package.read(types).decode()
    other = re.sub(r'ContentType="[^"]*"', f'ContentType="{kind}"', stated)
    assert read_bytes(repacked(data, {types: other}), "r.doc").report.format == "docx"


def test_an_archive_of_documents_is_no_document() -> None:
    inner = word(paragraph("正文。"))
    assert not Docx().claims(zipped({"甲.docx": inner}, zipfile.ZIP_STORED))


# What is embedded


def page(body: str) -> str:
    return f"<html><body>{body}</body></html>"


def mail(content: str, encoding: str = "8bit", kind: str = "text/html") -> bytes:
    return (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n boundary="--=x"\r\n\r\n'
        "----=x\r\nContent-Type: image/png\r\n\r\n....\r\n"
        f"----=x\r\nContent-Type: {kind}; charset=utf-8\r\n"
        f"Content-Transfer-Encoding: {encoding}\r\n\r\n{content}\r\n----=x--\r\n"
    ).encode()


def embedding(content: bytes, kind: str, name: str = "word/part.bin") -> bytes:
    chunk = '<w:altChunk r:id="c"/>'
    return word(
        paragraph("前。") + chunk + paragraph("后。"),
        kinds={name: kind},
        relations={"c": ("aFChunk", f"/{name}")},
        files={name: content},
    )


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (page("<h2>章</h2><p>文。</p>").encode(), "text/html"),
        (page("<h2>章</h2><p>文。</p>").encode("gb18030"), "application/xhtml+xml"),
        (mail(page("<h2>章</h2><p>文。</p>")), "message/rfc822"),
        (mail(page("<h2>=E7=AB=A0</h2><p>=\r\n文。</p>"), "quoted-printable"), "multipart/related"),
        (mail(b64encode("<h2>章</h2><p>文。</p>".encode()).decode(), "base64"), "message/rfc822"),
    ],
)
def test_an_embedded_page_is_read_in_its_place(content: bytes, kind: str) -> None:
    found = draft(embedding(content, kind))
    assert [(line.text, line.level) for line in found.lines] == [
        ("前。", 0), ("章", 2), ("文。", 0), ("后。", 0)
    ]  # fmt: skip
    assert not found.flaws


def test_embedded_text_and_documents_are_read_in_their_place() -> None:
    inner = word(paragraph("内。"))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    for content, stated in (("内。".encode(), "text/plain; charset=utf-8"), (inner, kind)):
        assert [line.text for line in draft(embedding(content, stated)).lines] == [
            "前。",
            "内。",
            "后。",
        ]


@pytest.mark.parametrize(
    ("content", "kind", "says"),
    [
        (b"\x89PNG\r\n", "image/png", "image/png"),
        (b"no mail", "message/rfc822", "web archive"),
        (mail("文", kind="text/plain"), "message/rfc822", "web archive"),
    ],
)
def test_what_cannot_be_read_of_it_is_a_flaw(content: bytes, kind: str, says: str) -> None:
    found = draft(embedding(content, kind))
    assert [line.text for line in found.lines] == ["前。", "后。"]
    assert says in found.flaws[0]


def test_a_part_that_embeds_itself_ends() -> None:
    data = embedding(b"", "application/xml", "word/document.xml")
    with pytest.raises(UnreadableReport):
        draft(data)
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = word(
        paragraph("文。") + '<w:altChunk r:id="c"/>' * 3,
        relations={"c": ("aFChunk", "document.xml")},
        kinds={"word/document.xml": types},
    )
    assert [line.text for line in draft(data).lines] == ["文。"]


def test_documents_within_documents_are_read_as_deep_as_archives() -> None:
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    data = word(paragraph("底。"))
    for _ in range(6):
        data = embedding(data, kind)
    (problem,) = read_members(data, "r.docx")
    assert isinstance(problem, UnreadableReport)
    assert problem.reason is Reason.TOO_LARGE


# What is hostile


def reason(data: bytes, name: str = "r.docx") -> Reason:
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data, name)
    assert caught.value.source == name
    return caught.value.reason


def test_what_is_missing_or_broken_is_named() -> None:
    whole = word(paragraph(BODY), {"styles": style("1", "heading 1")})
    assert reason(repacked(whole, {"word/document.xml": None})) is Reason.DAMAGED
    assert reason(repacked(whole, {"word/document.xml": "<w:document"})) is Reason.DAMAGED
    assert reason(repacked(whole, {"word/styles.xml": "<!DOCTYPE x><x/>"})) is Reason.DAMAGED
    assert reason(whole[: len(whole) // 2]) is Reason.DAMAGED
    assert reason(word("")) is Reason.EMPTY
    assert reason(word("<w:p/>", files={"word/media/image1.png": b"."})) is Reason.SCAN


def test_a_document_without_styles_lists_or_types_is_read() -> None:
    numbering = definition(0, level(0, "%1")) + instance(1, 0)
    whole = word(numbered("文。", 1), {"numbering": numbering})
    bare = repacked(whole, {"word/numbering.xml": None, "_rels/.rels": None})
    assert [line.text for line in draft(bare).lines] == ["文。"]


def test_absurd_numbers_do_no_harm() -> None:
    most = 2**31
    numbering = definition(
        0,
        level(0, "%1" * 300, "lowerRoman", start=most),
        level(1, "%2", "lowerLetter", start=10**12),
        level(10**9, "%3"),
        level(2, "%9%8%7", "chineseCounting", start=-5),
    ) + instance(1, 0)
    assert all(len(label) <= 70 for label in labels(numbering, (1, 0), (1, 1), (1, 2), (1, -1)))
    wild = '<w:numPr><w:ilvl w:val="９9x"/><w:numId w:val=""/></w:numPr><w:outlineLvl w:val="-7"/>'
    assert lines(paragraph("文", properties=wild), numbering=numbering) == ["文"]


def test_styles_based_on_one_another_in_a_long_chain_are_resolved() -> None:
    last = 20_000
    chain = "".join(style(f"s{i}", f"样式{i}", base=f"s{i + 1}") for i in range(last))
    chain += style(f"s{last}", "heading 4")
    assert draft(word(paragraph("节", "s0"), {"styles": chain})).lines[0].level == 4


def test_deep_nesting_is_read_or_refused() -> None:
    def nested(depth: int) -> str:
        opening = "<w:tbl><w:tr><w:tc>"
        closing = "</w:tc></w:tr></w:tbl>"
        return opening * depth + paragraph("底") + closing * depth

    assert lines(nested(150)) == ["底"]
    assert reason(word(nested(400))) is Reason.DAMAGED


@pytest.mark.parametrize("part", ["<w:p/>", "<w:tc/>", "<w:br/>"])
def test_a_million_empty_elements_are_passed_over(part: str) -> None:
    assert lines(part * 1_000_000 + paragraph("文。")) == ["文。"]


def test_empty_paragraphs_take_no_memory() -> None:
    data = word("<w:p/>" * 300_000 + paragraph("文。"))
    tracemalloc.start()
    assert [line.text for line in draft(data).lines] == ["文。"]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 10 * 2**20


def test_what_unpacks_to_too_much_is_refused() -> None:
    data = word(paragraph("文" * 400_000))
    source = Source("r.docx", data, budget=Budget("r.docx", Limits(unpacked=2**20)))
    with pytest.raises(UnreadableReport) as caught:
        Docx().read(source)
    assert caught.value.reason is Reason.TOO_LARGE


WHOLE = word(
    paragraph("题", "1") + numbered("文", 1) + table([["甲", "乙"]]) + '<w:altChunk r:id="c"/>',
    {
        "styles": style("1", "heading 1"),
        "numbering": definition(0, level(0, "%1")) + instance(1, 0),
        "footnotes": f'<w:footnote w:id="1">{paragraph("注")}</w:footnote>',
    },
    relations={"c": ("aFChunk", "a.mht")},
    kinds={"word/a.mht": "message/rfc822"},
    files={"word/a.mht": mail(page("<p>页</p>"))},
)


@given(st.data())
def test_damaged_documents_give_a_draft_or_our_error(data: st.DataObject) -> None:
    with zipfile.ZipFile(io.BytesIO(WHOLE)) as package:
        name = data.draw(st.sampled_from(package.namelist()))
        part = bytearray(package.read(name))
    for _ in range(data.draw(st.integers(1, 4))):
        place = data.draw(st.integers(0, len(part)))
        length = data.draw(st.integers(0, 12))
        part[place : place + length] = data.draw(st.binary(max_size=12))
    for damaged in (repacked(WHOLE, {name: bytes(part)}), WHOLE[: data.draw(st.integers(4, 3000))]):
        try:
            assert isinstance(draft(damaged), Draft)
        except UnreadableReport:
            continue


# Real documents


def test_real_word_documents_are_read_with_numbers_boxes_and_notes(real_data: Path) -> None:
    folder = real_data / "messy" / "docx"
    texts = {p.stem: [q.text for q in read_report(p).paragraphs] for p in folder.iterdir()}
    assert len(texts) == 24
    assert "第二章 论文内容要求" in texts["Template"]
    assert "2.12 作者简介" in texts["Template"]
    assert "https://github.com/WBigNose/BUAAThesis" in texts["Template"]
    flow = texts["研究生毕业暨学位申请审核流程图_20200411"]
    assert flow.count("学生提交毕业申请") == 1
    assert "3.4. 服务器错误——5xx" in texts["政策信息发布平台共性需求"]
    notice = read_report(folder / "示例公文_通知.docx").report
    assert (notice.title, notice.number) == ("关于加快推进数字化转型的通知", "国办发〔2026〕15号")
