"""Tables whose rows are reports, and tables that are documents: delimited text."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Reading, Reason, UnreadableReport, read_members
from corpus.formats.base import Draft, Source
from corpus.formats.delimited import Delimited
from corpus.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

TEXT = "全市上下团结一心，各项事业取得新的进展。"


def read(
    data: str | bytes, name: str = "r.csv", columns: Mapping[str, str] | None = None
) -> list[Reading | UnreadableReport]:
    data = data if isinstance(data, bytes) else data.encode()
    return list(read_members(data, name, columns=columns or {}))


def readings(data: str | bytes, columns: Mapping[str, str] | None = None) -> list[Reading]:
    found = read(data, columns=columns)
    assert all(isinstance(item, Reading) for item in found), found
    return [item for item in found if isinstance(item, Reading)]


def texts(data: str | bytes, columns: Mapping[str, str] | None = None) -> list[list[str]]:
    return [[p.text for p in item.paragraphs] for item in readings(data, columns)]


def refused(data: str | bytes, columns: Mapping[str, str] | None = None) -> UnreadableReport:
    (problem,) = read(data, columns=columns)
    assert isinstance(problem, UnreadableReport)
    return problem


def lines(data: str) -> list[str]:
    """The lines of a table that is a document, as the container gives them."""
    (member,) = Delimited().members(Source("r.csv", data.encode()))
    assert not isinstance(member, UnreadableReport)
    assert isinstance(member.content, Draft)
    return [line.text for line in member.content.lines]


def test_each_row_of_a_table_with_a_column_of_texts_is_a_report() -> None:
    found = readings(
        "标题,机关,文号,地区,发布日期,正文\n"
        f"关于防汛的通知,临河市水务局,临水〔2020〕3号,临河市,2020/3/4 10:00,{TEXT}\n"
        f"关于抗旱的意见,,,,,{TEXT}\n"
    )
    report = found[0].report
    assert report.sources == ("r.csv!/2",)
    assert (report.title, report.issuer, report.number, report.region) == (
        "关于防汛的通知",
        "临河市水务局",
        "临水〔2020〕3号",
        "临河市",
    )
    assert str(report.published) == "2020-03-04"
    assert (report.format, report.encoding) == ("csv", "utf-8")
    assert found[1].report.sources == ("r.csv!/3",)


@pytest.mark.parametrize(
    ("header", "value", "day"),
    [
        ("date", "20200304", "2020-03-04"),
        ("publish_date", "1583280000", "2020-03-04"),
        ("time", "1583280000000", "2020-03-04"),
        ("日期", "2020年3月4日", "2020-03-04"),
        ("日期", "12", "None"),
        ("日期", "99999999", "None"),
    ],
)
def test_dates_are_read_as_programs_write_them(header: str, value: str, day: str) -> None:
    (found,) = readings(f"content,{header}\n{TEXT},{value}\n")
    assert str(found.report.published) == day


def test_the_title_heads_a_text_that_does_not_have_it() -> None:
    assert texts(f"title,text\n防汛,{TEXT}\n抗旱,抗旱　\n抗旱,\n") == [
        ["防汛", TEXT],
        ["抗旱"],
        ["抗旱"],
    ]


def test_a_row_with_neither_title_nor_text_is_the_cells_it_has() -> None:
    assert texts(f"正文,备注,数量\n{TEXT},,\n,合计,3\n,,\n \n")[1:] == [["合计\t3"]]


def test_the_header_may_stand_below_a_heading_of_the_table() -> None:
    (found,) = readings(f"某市文件汇总表,,\n\n序号,题目,正文\n1,防汛,{TEXT}\n")
    assert found.report.sources == ("r.csv!/4",)
    assert found.report.title == "防汛"


@pytest.mark.parametrize("label", ["机关", "发文机关", "issuer", "agency"])
def test_what_a_column_is_told_to_be_may_be_said_by_any_usual_name(label: str) -> None:
    (reading,) = readings(f"甲,正文\n临河市水务局,{TEXT}\n", {"甲": label})
    assert reading.report.issuer == "临河市水务局"


@pytest.mark.parametrize("name", ["url", "URL", "链接", "原文链接", "source_url"])
def test_the_address_that_a_report_was_published_at_is_kept(name: str) -> None:
    url = "https://example.org/防汛.html?id=1"
    (reading,) = readings(f"标题,{name},正文\n关于防汛的通知,{url},{TEXT}\n")
    assert reading.report.url == url
    (reading,) = readings(f"标题,{name},正文\n关于防汛的通知,javascript:alert(1),{TEXT}\n")
    assert reading.report.url == ""


def test_columns_are_what_the_caller_says() -> None:
    table = f"标题,甲,内容,乙\n旧题,新题,{TEXT}一,{TEXT}二\n"
    (found,) = readings(table, {"甲": "标题", "乙": "正文"})
    assert found.report.title == "新题"
    assert [p.text for p in found.paragraphs] == ["新题", TEXT + "二"]


def test_texts_of_several_columns_are_one_text_if_the_caller_says_so() -> None:
    table = f"问题,答复\n{TEXT}一,{TEXT}二\n"
    assert texts(table, {"问题": "正文", "答复": "正文"}) == [[TEXT + "一", TEXT + "二"]]


def test_a_column_that_is_not_there_is_an_error_that_lists_those_that_are() -> None:
    problem = refused(f"甲,乙\n{TEXT},1\n", {"丙": "正文"})
    assert problem.reason is Reason.UNSUPPORTED
    assert "'丙'" in problem.detail
    assert "甲、乙" in problem.detail


def test_a_table_of_which_no_column_is_said_to_be_the_text_is_an_error() -> None:
    assert "正文" in refused(f"甲,乙\n{TEXT},1\n", {"乙": "日期"}).detail


def test_a_label_that_nothing_has_is_an_error_that_lists_some() -> None:
    assert "正文" in refused(f"甲,乙\n{TEXT},1\n", {"甲": "正闻"}).detail


def test_a_table_without_a_column_of_texts_is_a_document_a_line_a_row() -> None:
    (found,) = readings("某市主要指标\n指标,2019,2020\n产值,1.5,2\n")
    assert found.report.sources == ("r.csv",)
    assert [p.text for p in found.paragraphs] == [
        "某市主要指标",
        "指标\t2019\t2020",
        "产值\t1.5\t2",
    ]


def test_a_table_whose_texts_are_a_few_characters_each_is_a_document() -> None:
    table = "序号,内容,单位\n1,修路,交通局\n2,植树,林业局\n"
    assert texts(table) == [["序号\t内容\t单位", "1\t修路\t交通局", "2\t植树\t林业局"]]
    assert len(readings(table, {"内容": "正文"})) == 2


def test_a_few_rows_of_text_among_many_that_refer_elsewhere_are_reports() -> None:
    table = "标题,正文\n" + f"甲,{TEXT}\n" + "乙,见附件\n" * 9
    assert len(readings(table)) == 10


def test_markup_in_a_cell_is_read_as_a_web_page() -> None:
    table = '标题,正文\n防汛,"<p>第一段。</p><p>第二<b>段</b>。<br>第三段。</p>"\n'
    assert texts(table) == [["防汛", "第一段。", "第二段。", "第三段。"]]


def test_markup_that_cannot_be_read_is_an_error_of_its_row_alone() -> None:
    deep = "<div>" * 3_000 + "</div>"
    problem, found = read(f"正文\n{deep}\n{TEXT}\n")
    assert isinstance(problem, UnreadableReport)
    assert (problem.source, problem.reason) == ("r.csv!/2", Reason.DAMAGED)
    assert isinstance(found, Reading)


def test_lines_of_a_cell_are_paragraphs() -> None:
    table = f'标题,正文\n防汛,"各有关单位：\r\n{TEXT}\n{TEXT}"\n'
    assert texts(table) == [["防汛", "各有关单位：", TEXT, TEXT]]


def test_a_line_break_in_a_cell_of_a_document_is_no_break_of_the_line() -> None:
    assert lines('"同比\n增长","GDP\ngrowth","2019\n2020"\n') == ["同比增长\tGDP growth\t2019 2020"]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_the_delimiter_is_found_out(delimiter: str) -> None:
    rows = [["标题", "正文", "备注"], ["防汛", "一,二;三|四\t五。", "x"], ["抗旱", TEXT, ""]]
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    titles = [found.report.title for found in readings(buffer.getvalue())]
    assert titles == ["防汛", "抗旱"]


def test_the_delimiter_may_be_said_in_the_first_line() -> None:
    assert lines("sep=;\n甲,乙;丙\n") == ["甲,乙\t丙"]


def test_commas_that_were_not_quoted_stay_in_the_text() -> None:
    (found,) = readings("标题,正文,日期\n甲,今年,我们加强,防汛。,2020-01-02,,\n")
    assert [p.text for p in found.paragraphs] == ["甲", "今年,我们加强,防汛。"]
    assert str(found.report.published) == "2020-01-02"


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8-sig", "utf-16"])
def test_tables_are_read_in_the_encodings_that_excel_saves(encoding: str) -> None:
    (found,) = readings(f"标题\t正文\n防汛\t{TEXT * 5}\n".encode(encoding))
    assert found.report.title == "防汛"


def test_a_stray_nul_does_not_end_a_table() -> None:
    data = f"标题,正文\n防\0汛,{TEXT * 20}\n".encode()
    assert texts(data)[0][1] == TEXT * 20


def test_a_mark_that_is_never_closed_swallows_nothing() -> None:
    table = '标题,正文\n防汛,"没有结束。\n抗旱,"都有。"了\n排涝,还有。\n'
    assert texts(table) == [
        ["防汛", '"没有结束。'],
        ["抗旱", '"都有。"了'],
        ["排涝", "还有。"],
    ]


def test_marks_within_a_quoted_cell_need_not_be_doubled() -> None:
    assert lines('甲,"他说"好"吗",乙\n') == ['甲\t他说"好"吗\t乙']


def test_formulas_are_text() -> None:
    assert lines("=1+1,=HYPERLINK(A1)\n") == ["=1+1\t=HYPERLINK(A1)"]


@pytest.mark.parametrize("seed", ['"', '""', '"a""\n', ',"', '"\n', ",", "\n", "\r", '"a",'])
def test_one_sign_over_and_over_is_read_in_the_end(seed: str) -> None:
    read(f"标题,正文\n{seed * (300_000 // len(seed))}", columns={"正文": "正文"})


def test_a_million_empty_cells_behind_a_row_are_left_out() -> None:
    assert texts(f"标题,正文\n甲,{TEXT}{',' * 1_000_000}\n") == [["甲", TEXT]]


def test_a_cell_of_thirty_mebibytes_is_read() -> None:
    (found,) = readings(f'标题,正文\n防汛,"{TEXT * 500_000}"\n')
    assert sum(len(p.text) for p in found.paragraphs) == len(TEXT) * 500_000 + 2


def test_more_rows_than_allowed_end_the_file_after_those_that_are() -> None:
    table = "正文\n" + f"{TEXT}\n" * 4
    found = list(read_members(table.encode(), "r.csv", limits=Limits(members=3)))
    assert [type(item) for item in found] == [Reading, Reading, Reading, UnreadableReport]
    assert isinstance(found[-1], UnreadableReport)
    assert (found[-1].source, found[-1].reason) == ("r.csv", Reason.TOO_LARGE)


def test_more_cells_than_a_table_has_are_refused() -> None:
    assert refused("," * 5_000_000 + "甲\n").reason is Reason.TOO_LARGE


def test_an_empty_table_is_empty() -> None:
    assert refused(",,\n,,\n").reason is Reason.EMPTY


cells = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cf"]), min_size=1)
rows = st.lists(st.lists(cells, min_size=2, max_size=5), min_size=1, max_size=8)


@given(rows=rows, delimiter=st.sampled_from(",\t;|"))
def test_rows_written_with_the_csv_module_come_back_cell_by_cell(
    rows: list[list[str]], delimiter: str
) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(rows)
    assert lines(f"sep={delimiter}\n{buffer.getvalue()}") == ["\t".join(row) for row in rows]


@given(texts=st.lists(st.text(st.sampled_from('甲a",;\n\r|\t '), max_size=30), min_size=1))
def test_quoted_cells_come_back_whatever_is_in_them(texts: list[str]) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL).writerows(
        [["正文", "号"], *([t, "x"] for t in texts)]
    )
    found = Delimited().members(
        Source("r.csv", buffer.getvalue().encode(), columns={"正文": "正文"})
    )
    drafts = [member.content for member in found if not isinstance(member, UnreadableReport)]
    kept = [
        "".join(line.text for line in draft.lines) for draft in drafts if isinstance(draft, Draft)
    ]
    bare = [text for text in texts if text.strip()]
    assert [text for text in map(_unseen, kept) if text != "x"] == list(map(_unseen, bare))


def _unseen(text: str) -> str:
    return "".join(text.split())
