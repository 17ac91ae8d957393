"""Workbooks: their sheets, what cells show, and what is made to fill the memory."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Reading, Reason, UnreadableReport, read_members
from corpus.limits import Limits

from .writing import Sheets, sheet_of, xlsx, zipped

TEXT = "全市上下团结一心，各项事业取得新的进展。"
OTHERS = Path(__file__).parents[1] / "fixtures" / "others"


def read(data: bytes, name: str = "r.xlsx") -> list[Reading | UnreadableReport]:
    return list(read_members(data, name))


def readings(data: bytes, name: str = "r.xlsx") -> list[Reading]:
    found = read(data, name)
    assert all(isinstance(item, Reading) for item in found), found
    return [item for item in found if isinstance(item, Reading)]


def texts(sheets: Sheets, *, hidden: tuple[str, ...] = (), merged: str = "") -> list[list[str]]:
    found = readings(xlsx(sheets, hidden=hidden, merged=merged))
    return [[p.text for p in item.paragraphs] for item in found]


def refused(data: bytes, name: str = "r.xlsx") -> UnreadableReport:
    (problem,) = read(data, name)
    assert isinstance(problem, UnreadableReport)
    return problem


def with_sheet(content: str, **parts: str) -> bytes:
    """A workbook whose one sheet has this content, and with other parts of these names."""
    data = xlsx({"表": [["甲"]]})
    return repacked(data, {"xl/worksheets/sheet1.xml": sheet_of(content), **parts})


def repacked(data: bytes, parts: dict[str, str]) -> bytes:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as package:
        kept = {name: package.read(name) for name in package.namelist()}
    return zipped({**kept, **parts})


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
def test_rows_of_every_kind_of_workbook_are_reports(suffix: str) -> None:
    found = readings((OTHERS / f"table.{suffix}").read_bytes(), f"r.{suffix}")
    same = list(read_members((OTHERS / "table.csv").read_bytes(), "r.csv"))
    for item, other in zip(found, same, strict=True):
        assert isinstance(other, Reading)
        assert item.report.id == other.report.id
        assert item.report.number == other.report.number
        assert item.report.written == other.report.written
    assert found[0].report.sources == (f"r.{suffix}!/table/2",)
    assert found[0].report.format == "spreadsheet"
    assert found[0].report.encoding == ""


@pytest.mark.parametrize("name", ["r.txt", "r.xls", "r"])
def test_a_workbook_is_known_by_its_contents(name: str) -> None:
    (found,) = readings(xlsx({"表": [["正文"], [TEXT]]}), name)
    assert found.report.format == "spreadsheet"


def test_sheets_of_texts_and_sheets_that_are_documents_are_told_apart() -> None:
    found = readings(
        xlsx({"文": [["正文"], [TEXT]], "数": [["产值", 3]], "空": [], "注": [["注"]]})
    )
    assert [item.report.sources[0] for item in found] == ["r.xlsx!/文/2", "r.xlsx"]
    assert [p.text for p in found[1].paragraphs] == ["数", "产值\t3", "注", "注"]
    assert found[1].paragraphs[1].heading == ("数",)


def test_cells_show_what_excel_shows() -> None:
    row: list[str | float | bool] = [3.5, 12.0, 0.1 + 0.2, -42916, True, 1e15, "甲\n乙"]
    assert texts({"表": [row]}) == [["3.5\t12\t0.3\t2017-06-30\tTRUE\t1E+15\t甲乙"]]


def test_what_is_merged_downwards_holds_for_each_row() -> None:
    rows = [
        ["机关", "标题", "正文"],
        ["临河市水务局", "防汛", TEXT],
        ["", "抗旱", TEXT],
        ["", "", ""],
    ]
    found = readings(xlsx({"表": rows}, merged="A2:A4"))
    assert [item.report.issuer for item in found] == ["临河市水务局"] * 2


def test_hidden_sheets_are_left_out_and_said_to_be() -> None:
    (found,) = readings(xlsx({"见": [["产值", 3]], "隐": [["草稿"]]}, hidden=["隐"]))
    assert [p.text for p in found.paragraphs] == ["产值\t3"]
    assert found.report.flaws == ("hidden sheets were not read: 隐",)


def test_columns_may_be_named_in_any_sheet() -> None:
    data = xlsx({"说明": [["说明文字"]], "表": [["甲", "乙"], ["防汛", TEXT]]})
    found = list(read_members(data, "r.xlsx", columns={"甲": "标题", "乙": "正文"}))
    assert isinstance(found[0], Reading)
    assert found[0].report.title == "防汛"
    problem = next(iter(read_members(data, "r.xlsx", columns={"丙": "标题"})))
    assert isinstance(problem, UnreadableReport)
    assert "说明文字、甲、乙" in problem.detail


def test_saved_values_of_formulas_are_read() -> None:
    cells = '<row><c t="str"><f>A9</f><v>合计</v></c><c><f>SUM(B1:B9)</f><v>45</v></c></row>'
    (found,) = readings(with_sheet(f"<sheetData>{cells}</sheetData>"))
    assert [p.text for p in found.paragraphs] == ["合计\t45"]


def test_two_cells_at_opposite_corners_are_refused() -> None:
    far = '<c r="A1"><v>1</v></c></row><row><c r="XFD1048576"><v>1</v></c>'
    problem = refused(with_sheet(f"<sheetData><row>{far}</row></sheetData>"))
    assert problem.reason is Reason.TOO_LARGE


def test_empty_cells_far_away_are_no_cells() -> None:
    far = '<c r="A1"><v>1</v></c></row><row><c r="XFD1048576" s="1"/>'
    assert readings(with_sheet(f"<sheetData><row>{far}</row></sheetData>"))


def test_a_long_text_that_many_cells_share_is_counted_for_each() -> None:
    shared = {"xl/sharedStrings.xml": f"<sst><si><t>{'甲' * 2**18}</t></si></sst>"}
    cells = '<row><c t="s"><v>0</v></c></row>' * 2_000
    problem = refused(with_sheet(f"<sheetData>{cells}</sheetData>", **shared))
    assert problem.reason is Reason.TOO_LARGE


@pytest.mark.parametrize("repeated", ["columns", "rows"])
def test_cells_that_are_repeated_are_counted_each(repeated: str) -> None:
    cell = f'<t:table-cell t:number-columns-repeated="{{}}"><x>{"甲" * 99}</x></t:table-cell>'
    columns, rows = (9_000_000, 1) if repeated == "columns" else (1, 9_000_000)
    content = (
        '<d xmlns:t="table"><t:table t:name="a">'
        f'<t:table-row t:number-rows-repeated="{rows}">{cell.format(columns)}</t:table-row>'
        "</t:table></d>"
    )
    mimetype = "application/vnd.oasis.opendocument.spreadsheet"
    data = zipped({"mimetype": mimetype, "content.xml": content}, 0)
    assert refused(data, "r.ods").reason is Reason.TOO_LARGE


def test_bytes_are_counted_while_a_workbook_is_unpacked() -> None:
    data = with_sheet(" " * 2**24)
    (problem,) = read_members(data, "r.xlsx", limits=Limits(unpacked=2**22))
    assert isinstance(problem, UnreadableReport)
    assert problem.reason is Reason.TOO_LARGE


def test_a_document_type_is_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "甲">]><worksheet><sheetData/></worksheet>'
    data = repacked(xlsx({"表": [["甲"]]}), {"xl/worksheets/sheet1.xml": bomb})
    assert refused(data).reason is Reason.DAMAGED


def test_a_sheet_that_hides_from_the_count_is_refused() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="s1" Target="media/image.bin" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>'
        "</Relationships>"
    )
    data = repacked(xlsx({"表": [["甲"]]}), {"xl/_rels/workbook.xml.rels": relations})
    assert refused(data).reason is Reason.DAMAGED


def test_a_workbook_with_a_password_is_said_to_have_one() -> None:
    data = (OTHERS / "table.xls").read_bytes()
    user = b"\x5c\x00\x70\x00"  # a record that is turned into that of the password
    assert user in data
    problem = refused(data.replace(user, b"\x2f\x00\x70\x00", 1), "r.xls")
    assert problem.reason is Reason.ENCRYPTED


def changed(record: bytes, offset: int, value: bytes) -> bytes:
    """The workbook of the old kind, with other bytes in the last record that begins so."""
    data = (OTHERS / "table.xls").read_bytes()
    at = data.rindex(record) + 4 + offset
    return data[:at] + value + data[at + len(value) :]


def test_what_an_old_workbook_says_of_the_size_of_its_sheets_is_not_believed() -> None:
    assert len(readings(changed(b"\x00\x02\x0e\x00", 4, b"\xff\xff\xff\xff"), "r.xls")) == 3


def test_two_cells_at_opposite_corners_of_an_old_sheet_are_refused() -> None:
    problem = refused(changed(b"\xfd\x00\x0a\x00", 0, b"\xff\xff\xff\x00"), "r.xls")
    assert problem.reason is Reason.TOO_LARGE


def test_an_old_workbook_that_is_said_to_hold_endless_texts_is_damaged() -> None:
    problem = refused(changed(b"\xfc\x00", 4, b"\xff\xff\xff\x7f"), "r.xls")
    assert problem.reason is Reason.DAMAGED


@pytest.mark.parametrize("suffix", ["xlsx", "xls", "ods"])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_workbook_that_breaks_off_is_damaged(suffix: str, share: float) -> None:
    data = (OTHERS / f"table.{suffix}").read_bytes()
    problem = refused(data[: int(len(data) * share)], f"r.{suffix}")
    # The directory of an old workbook may lie in what is missing: it could be anything.
    assert problem.reason is Reason.DAMAGED or suffix == "xls"


def test_an_empty_workbook_is_empty() -> None:
    assert refused(xlsx({"表": []})).reason is Reason.EMPTY


def test_a_web_page_that_is_called_xls_is_read_as_a_web_page() -> None:
    table = "<html><table><tr><td>指标</td><td>值</td></tr></table></html>"
    (found,) = readings(table.encode(), "r.xls")
    assert found.report.format == "html"
