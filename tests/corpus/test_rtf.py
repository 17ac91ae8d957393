"""Rich text: what of it is text, how it is decoded, and what becomes of damage."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Reading, Reason, UnreadableReport, read_bytes, read_report
from corpus.formats.base import Draft, Source
from corpus.formats.rtf import Rtf

from .writing_rtf import FONTS, escaped, rtf

if TYPE_CHECKING:
    from pathlib import Path

LINE = "全市经济平稳运行。"


def draft(data: bytes) -> Draft:
    return Rtf().read(Source("r.rtf", data))


def texts(body: str, **options: object) -> list[str]:
    return [line.text for line in draft(rtf(body, **options)).lines]  # type: ignore[arg-type]


letters = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)


@given(text=letters)
def test_characters_written_by_number_are_those_characters(text: str) -> None:
    units = text.encode("utf-16-le", "surrogatepass")
    numbers = (
        int.from_bytes(units[n : n + 2], "little", signed=True) for n in range(0, len(units), 2)
    )
    assert texts("".join(rf"\u{number}?" for number in numbers) + r"\par") == [text]


@given(text=letters.filter(lambda text: text.isprintable()))
def test_characters_written_in_bytes_of_a_code_page_are_those_characters(text: str) -> None:
    assert texts(escaped(text) + r"\par") == [text]


def test_bytes_are_decoded_as_the_font_says_that_they_are_set_in() -> None:
    traditional = escaped("臺灣", "big5")
    assert texts(rf"中{{\f2 {traditional}}}文\f0 caf\'e9\par") == ["中臺灣文café"]


def test_a_font_for_western_text_does_not_hinder_chinese() -> None:
    assert texts(rf"\f0 {escaped('中文')}\'93a\'94\par") == ["中文“a”"]
    assert texts(rf"\f0 {escaped('中文')}\par", code_page=1252) == ["ÖÐÎÄ"]


def test_a_character_of_two_bytes_may_be_half_escaped_or_raw() -> None:
    assert "乗".encode("gb18030") == b"\x81\x5c"
    assert "丂".encode("gb18030") == b"\x81@"
    assert texts(r"\'81@\'81\\\'81\'5c" + "\r\n" + r"\'d6" + "\n" + r"\'d0\par") == ["丂乗乗中"]
    raw = rtf("RAW\\par").replace(b"RAW", "中文{\\b 粗}".encode("gb18030"))
    assert [line.text for line in draft(raw).lines] == ["中文粗"]


def test_what_follows_for_readers_without_unicode_is_left_out() -> None:
    assert texts(r"\uc2\u20013\'d6\'d0\u25991\'ce\'c4x\uc0\u20214y\par") == ["中文x件y"]
    assert texts(r"{\uc3\u20013 abc}\u25991?d\par") == ["中文d"]
    assert texts(r"\uc2\u20013 a\par b\par") == ["中", "b"]


def test_characters_that_make_no_sense_are_a_flaw() -> None:
    result = draft(rtf(rf"{LINE}\'ff\par \'ff\par"))
    assert [line.text for line in result.lines] == [f"{LINE}\ufffd", "\ufffd"]
    assert result.flaws == ("2 of its characters are damaged",)


def test_what_is_hidden_deleted_or_no_text_is_not_shown() -> None:
    body = (
        r"{\header 页眉\par}{\footerr 页脚\par}{\*\generator 某某;}{\info{\author 某}}"
        r"{\pict\wmetafile8 0123abcd}{\object{\*\objdata 01}{\result 对象}}{\*\unknown 不明}"
        r"全市{\v 隐藏}{\deleted 删除}\v 又\v0 平稳。{\bkmkstart a}\par"
    )
    assert texts(body) == ["对象全市平稳。"]


def test_binary_data_are_passed_over_whatever_is_in_them() -> None:
    data = rtf("前BINARY后\\par").replace(b"BINARY", rb"{\pict\bin7 }}}{\{\}")
    assert [line.text for line in draft(data).lines] == ["前后"]


def test_of_a_field_its_result_is_shown_and_not_its_code() -> None:
    body = r'见{\field{\*\fldinst HYPERLINK "http://a"}{\fldrslt {\ul 附件}}}。\par'
    assert texts(body) == ["见附件。"]


def test_breaks_and_words_for_characters() -> None:
    body = r"一行\line 二行\page 三页\par 连\_字\-符\~完\emdash\bullet\tab\{\}\\\par"
    assert texts(body) == ["一行", "二行", "三页", "连-字符\xa0完—•\t{}\\"]


def test_a_row_of_a_table_is_one_line_with_tabs() -> None:
    row = r"\trowd\cellx1\cellx2\cellx3\pard\intbl {}\cell {}\cell {}\cell\row"
    body = row.format("区", "增长", "") + row.format(r"东\par 区", "", "5%") + r"\pard 完。\par"
    assert texts(r"各区：\par" + body) == ["各区：", "区\t增长\t", "东 区\t\t5%", "完。"]


def test_a_table_within_a_cell_has_rows_of_its_own() -> None:
    inner = r"\pard\intbl\itap2 甲\nestcell 1\nestcell{\*\nesttableprops\trowd\nestrow}"
    body = inner + r"{\nonesttables\par}\pard\intbl 外\cell\row\pard 完。\par"
    assert texts(body) == ["甲\t1", "外", "完。"]


def test_cells_without_a_table_around_them_are_parted_all_the_same() -> None:
    assert texts(r"区\cell 增长\row 完。\par") == ["区\t增长", "完。"]


def test_headings_are_those_of_styles_and_of_outline_levels() -> None:
    styles = (
        r"{\stylesheet{\ql Normal;}{\s1\b heading 2;}{\s2 " + escaped("标题") + ";}"
        r"{\s3\outlinelevel0 own;}{\*\cs4 heading 1;}}"
    )
    body = (
        r"\s2 年度报告\par\pard\s1 工作回顾\par\pard\s3 总体\par"
        r"\pard\outlinelevel4 要点\line 二\par\pard\s1\outlinelevel9 正文。\par"
        r"\pard{\b 加粗}一半\par"
    )
    result = draft(rtf(body, head=FONTS + styles))
    assert [line.level for line in result.lines] == [0, 2, 1, 5, 0, 0]
    assert [line.text for line in result.lines][3] == "要点 二"
    assert result.title == "年度报告"


def test_a_line_that_is_bold_throughout_is_strong() -> None:
    lines = draft(rtf(r"{\b 加粗\par}\b 又\b0\par 不\b 全\plain\par")).lines
    assert [line.strong for line in lines] == [True, True, False]


def test_a_title_of_the_properties_counts_only_if_the_text_opens_with_it() -> None:
    body = r"{\info{\title 年度{\b 报告}}}年度报告\par " + LINE + r"\par"
    assert draft(rtf(body)).title == "年度报告"
    assert draft(rtf(body.replace("年度报告", "别的"))).title == ""


def test_the_numbers_of_lists_stand_as_they_were_set() -> None:
    numbered = r"{\listtext\pard\plain\f1 一、\tab}回顾\par{\listtext 1.\tab}项\par"
    body = r"{\pntext\f3\'b7\tab}点\par" + numbered
    assert texts(body) == ["点", "一、回顾", "1. 项"]


def test_notes_and_text_boxes_follow_their_paragraph_and_endnotes_the_text() -> None:
    body = (
        r"有脚注{\super\chftn{\footnote\pard\plain\f1 {\super\chftn} 脚注。\par}}的句子。\par"
        r"有尾注{\footnote\ftnalt 尾注。}的句子{\shp{\*\shpinst{\sp{\sn x}{\sv 1}}"
        r"{\shptxt\pard 框。\par}}{\shprslt 图}}。\par 末段。\par"
    )
    assert [text.strip() for text in texts(body)] == [
        "有脚注的句子。", "脚注。", "有尾注的句子。", "框。", "末段。", "尾注。"
    ]  # fmt: skip


def test_symbols_of_fonts_are_the_characters_that_they_show() -> None:
    assert texts(r"{\f3\'fe}是{\f3\u-3928 ?}否\par") == ["☑是□否"]


def test_the_text_of_formulas_is_shown_and_not_how_it_is_set() -> None:
    body = r"设{\mmath{\*\moMath{\mf{\mfPr{\mtype bar}}{\mnum{\mr x}}{\mden{\mr 2}}}}}。\par"
    assert texts(body) == ["设x2。"]


def test_a_file_is_read_whatever_it_is_called() -> None:
    for name in ("r.rtf", "r.doc", "r.txt", "r"):
        assert read_bytes(b"\xef\xbb\xbf\r\n" + rtf(LINE), name).report.format == "rtf"


def test_what_follows_the_end_is_no_text() -> None:
    assert [line.text for line in draft(rtf(LINE) + b"\0\0junk}{").lines] == [LINE]


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes() -> None:
    data = rtf(LINE + r"\par 民生改善。{\pict\bin999999999 ")
    result = draft(data[:-1])
    assert [line.text for line in result.lines] == [LINE, "民生改善。"]
    assert result.flaws == ("it breaks off before its end",)


def read_or_refused(data: bytes) -> None:
    try:
        assert isinstance(read_bytes(data, "r.rtf"), Reading)
    except UnreadableReport:
        return


def test_a_file_cut_off_anywhere_is_read_or_refused() -> None:
    data = rtf(
        r"{\info{\title 甲}}{\listtext 一、}回{\footnote 注\par}顾\intbl 格\cell\row\u20013?\par"
    )
    for length in range(len(data)):
        read_or_refused(data[:length])


WORDS = r"""
    { } {{ }} \* \par \pard \plain \intbl \cell \row \nestcell \nestrow \itap2 \itap-1 \itap99
    \u20013 \u-1 \u55357 \u \uc0 \uc9 \uc-1 \'d6 \'d \' \bin \bin3 \bin-1 \f1 \f3 \f9 \v \v0
    \deleted \s1 \outlinelevel0 \outlinelevel-1 \line \page \fonttbl \fcharset136 \stylesheet
    \listtext \pntext \footnote \ftnalt \shptxt \info \title \pict \object \result \deff1
    \ansicpg950 \ansicpg1 \ansicpg \mac \~ \ a 中 ; \fldrslt
    """


@given(st.lists(st.sampled_from(WORDS.split()), max_size=60))
def test_any_order_of_words_is_read_or_refused(order: list[str]) -> None:
    read_or_refused(rtf("".join(order)))


@pytest.mark.parametrize("brace", ["{", r"{\b ", r"{\footnote x", r"{\*\shpinst{\shptxt "])
def test_groups_nested_without_end_are_damaged(brace: str) -> None:
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(rtf(brace * 100_000), "r.rtf")
    assert caught.value.reason is Reason.DAMAGED


@pytest.mark.parametrize(
    "piece",
    ["{}", "}", r"\par ", r"\*", r"\u20013", r"\uc99999999999 ", r"\bin99999999999 ", r"\'d6",
     r"{\listtext 1.}", r"{\f3\'6f}", r"\intbl\cell ", r"\intbl\itap99 \nestcell ", r"\line ",
     r"\outlinelevel0\line ", r" {\v\par}", "{\\fonttbl{\\f1 a;}}", "\\" + "a" * 50, "\n"],
)  # fmt: skip
def test_one_word_over_and_over_is_read_or_refused(piece: str) -> None:
    read_or_refused(rtf(piece * (100_000 // len(piece))))


def test_the_real_file_shows_what_its_writer_set(real_data: Path) -> None:
    (path,) = (real_data / "messy" / "rtf").glob("*.rtf")
    reading = read_report(path)
    found = [paragraph.text for paragraph in reading.paragraphs]
    assert (reading.report.format, reading.report.flaws) == ("rtf", ())
    assert "AUTH_EMPLOYEE\t3" in found
    assert any("机构" in text for text in found)
    for text in found:
        assert "MERGEFIELD" not in text
        assert "\ufffd" not in text


def test_damaged_copies_of_the_real_file_are_read_or_refused(real_data: Path) -> None:
    (path,) = (real_data / "messy" / "rtf").glob("*.rtf")
    data = path.read_bytes()[:200_000]
    for cut in range(1, len(data), len(data) // 10):
        for damaged in (data[:cut], data[:cut] + b"}{\\" + data[cut + 500 :]):
            read_or_refused(damaged)
