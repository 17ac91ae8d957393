"""What a document says of itself, and nothing it does not say."""

from __future__ import annotations

from datetime import date

import pytest

from corpus import Report, read_bytes

BODY = "全市上下团结一心，扎实推进各项工作，经济社会发展取得新的成效，各方面都有新的进步。" * 2


def report(*lines: str, name: str = "r.txt") -> Report:
    return read_bytes("\n".join((*lines, BODY)).encode(), name).report


def test_nothing_is_guessed() -> None:
    found = report("各位代表：")
    assert (found.title, found.kind, found.issuer, found.region, found.number) == ("",) * 5
    assert (found.written, found.published, found.year) == (None, None, None)


def test_a_work_report_tells_what_it_is() -> None:
    found = report(
        "2021年云溪市政府工作报告",
        "——2021年2月3日在云溪市第三届人民代表大会第一次会议上",
        "市长 王某某",
        "各位代表：",
        "现在，我代表市人民政府，向大会报告工作。",
    )
    assert found.title == "2021年云溪市政府工作报告"
    assert (found.kind, found.region, found.year) == ("政府工作报告", "云溪市", 2021)
    assert (found.issuer, found.written) == ("云溪市人民政府", date(2021, 2, 3))


@pytest.mark.parametrize(
    "line",
    [
        "——2021年2月3日在云溪市第三届人民代表大会第一次会议上",
        "——二〇二一年二月三日在云溪市三届人民代表大会第一次会议上",
        "（２０２１年２月３日在云溪市第三届人民代表大会第一次会议上）",
        "2021年2月3日在云溪市第三届人民代表大会第一次会议上 市长 王某某",
    ],
)
def test_the_meeting_line_gives_date_and_region(line: str) -> None:
    found = report("政府工作报告", line, "各位代表：")
    assert (found.written, found.region) == (date(2021, 2, 3), "云溪市")


@pytest.mark.parametrize(
    ("speech", "issuer"),
    [
        ("现在，我代表云溪市人民政府，向大会报告工作。", "云溪市人民政府"),
        ("现在，我代表市政府，向大会报告工作。", "云溪市人民政府"),
        ("现在，我代表省人民政府，向大会报告工作。", ""),
        ("现在，我代表国务院，向大会报告工作。", "国务院"),
    ],
)
def test_the_speaker_names_the_issuer(speech: str, issuer: str) -> None:
    meeting = "——2021年2月3日在云溪市第三届人民代表大会第一次会议上"
    assert report("政府工作报告", meeting, "各位代表：", speech).issuer == issuer


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("云溪市2021年政府工作报告", "政府工作报告"),
        ("云溪市2021年依法行政情况报告", "法治政府建设报告"),
        ("云溪市司法局2021年法治政府建设年度报告", "法治政府建设报告"),
        ("云溪市2021年国民经济和社会发展统计公报", "统计公报"),
        ("云溪市人民政府关于表彰先进的决定", "决定"),
        ("云溪市人民政府关于禁止焚烧秸秆的通告", "通告"),
        ("云溪市人民政府关于进一步做好就业工作的意见", "意见"),
        ("云溪市人民政府关于印发河道管理办法的通知", "通知"),
        ("云溪市人民政府关于同意设立产业园的批复", "批复"),
        ("云溪市人民政府关于征求意见的函", "函"),
        ("云溪市人民政府关于有关问题的复函", "函"),
        ("云溪市人民政府常务会议纪要", "纪要"),
        ("云溪市河道管理办法（试行）", "办法"),
        ("云溪市养犬管理条例", "条例"),
        ("云溪风光", ""),
    ],
)
def test_the_title_tells_the_kind(title: str, kind: str) -> None:
    assert report("---", f"标题: {title}", "---", name="r.md").kind == kind


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("云政发〔2021〕15号", "云政发〔2021〕15号"),
        ("云政办发[2021]15号", "云政办发〔2021〕15号"),
        ("云政发（２０２１）第015号", "云政发〔2021〕15号"),
        ("（云政函〔2021〕 7 号）", "云政函〔2021〕7号"),
        ("云溪市人民政府令第12号", "云溪市人民政府令第12号"),
        ("中华人民共和国国务院令 第12号", "国令第12号"),
        ("根据云政发〔2021〕15号", ""),
        ("2021年第15号", ""),
    ],
)
def test_the_number_of_the_head_is_put_in_canonical_form(line: str, number: str) -> None:
    assert report("云溪市人民政府关于防汛的通知", line, "各有关单位：").number == number


def test_a_number_that_the_text_only_mentions_is_not_its_own() -> None:
    assert report("各有关单位：", "云政发〔2021〕15号").number == ""


def test_a_page_is_what_its_table_says() -> None:
    cells = {
        "索 引 号：": "0001/2021-00015",
        "主题分类：": "水利\\防汛",
        "发文机关：": "云溪市人民政府",
        "成文日期：": "2021年03月05日",
        "标　　题：": "云溪市人民政府关于防汛工作的通知",
        "发文字号：": "云政发〔2021〕15号",
        "发布日期：": "2021年03月09日",
    }
    rows = "".join(f"<tr><td><b>{k}</b></td><td> {v} </td></tr>" for k, v in cells.items())
    markup = f"<html><title>云溪网</title><table>{rows}</table><p>{BODY}</p></html>"
    reading = read_bytes(markup.encode(), "r.html")
    found = reading.report
    assert (found.title, found.number) == ("云溪市人民政府关于防汛工作的通知", "云政发〔2021〕15号")
    assert (found.issuer, found.subject) == ("云溪市人民政府", "水利\\防汛")
    assert (found.written, found.published) == (date(2021, 3, 5), date(2021, 3, 9))
    assert [p.text for p in reading.paragraphs] == [BODY]


def test_the_signature_gives_the_date_where_nothing_else_does() -> None:
    lines = (
        "云溪市人民政府关于防汛的通知",
        "各有关单位：",
        BODY,
        "云溪市人民政府",
        "二〇二一年三月五日",
    )
    assert report(*lines).written == date(2021, 3, 5)


def test_a_law_is_of_the_date_it_was_last_amended() -> None:
    head = (
        "2001年3月5日 云溪市第一届人民代表大会常务委员会第三次会议通过",
        "2019年6月7日 云溪市第五届人民代表大会常务委员会第四次会议修正",
        "2019年8月1日 施行",
    )
    text = "\n\n".join(("# 云溪市养犬管理条例", *head, "第一条 为了规范养犬，制定本条例。"))
    assert read_bytes(text.encode(), "r.md").report.written == date(2019, 6, 7)


@pytest.mark.parametrize(
    ("title", "region"),
    [
        ("云溪市人民政府关于防汛的通知", "云溪市"),
        ("2021年云溪县政府工作报告", "云溪县"),
        ("云溪壮族自治区2021年政府工作报告", "云溪壮族自治区"),
        ("关于云溪市防汛工作的通知", ""),
        ("国务院关于云溪市城市总体规划的批复", ""),
        ("全市2021年政府工作报告", ""),
        ("我省政府工作报告", ""),
        ("中华人民共和国国务院政府工作报告", ""),
    ],
)
def test_a_region_is_named_only_where_it_is_certain(title: str, region: str) -> None:
    assert report("---", f"title: {title}", "---", name="r.md").region == region


def test_a_yearly_report_is_of_the_year_in_its_title() -> None:
    lines = ("云溪市2020年法治政府建设年度报告", "各有关单位：", BODY, "2021年3月5日")
    assert report(*lines).year == 2020


def test_another_document_is_of_the_year_it_was_written() -> None:
    lines = ("云溪市人民政府关于申办2030年运动会的通知", "各有关单位：", BODY, "2021年3月5日")
    assert report(*lines).year == 2021


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("/报告/云溪市2021年依法行政情况报告.txt", "云溪市2021年依法行政情况报告"),
        ("003_云溪市养犬管理条例(2019-06-07).txt", "云溪市养犬管理条例"),
        ("scan0001.txt", ""),
        ("报告.txt", ""),
    ],
)
def test_the_file_name_is_the_title_of_last_resort(name: str, title: str) -> None:
    assert report("各位代表：", name=name).title == title


def test_front_matter_counts_more_than_the_head() -> None:
    lines = ("---", "title: 甲市工作报告", "year: 2019", "---", "2021年乙市政府工作报告", "")
    found = report(*lines, name="r.md")
    assert (found.title, found.year) == ("甲市工作报告", 2019)


@pytest.mark.parametrize("day", ["2021年13月45日", "2021-02-30", "〇〇年〇月〇日"])
def test_a_day_that_no_calendar_knows_is_no_date(day: str) -> None:
    assert report("---", f"date: {day}", "---", name="r.md").published is None
