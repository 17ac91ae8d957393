"""What a document says of itself, and nothing it does not say."""

from __future__ import annotations

import html
import re
import time
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from corpus import Report, read_bytes, read_report

if TYPE_CHECKING:
    from pathlib import Path

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
        "——2021 年 2 月 3 日在云溪市第三届人民代表大会第一次会议上",
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
        ("云溪市人民政府关于发展民宿的意见（征求意见稿）", "意见"),
        ("云溪市人民政府专题会议纪要", "纪要"),
        ("云溪市人民政府令", "命令"),
        ("云溪市人民政府令第12号", "命令"),
        ("云溪市税务局关于申报期限的公告（2023年第3号）", "公告"),
        ("云溪市人民政府关于批准规划的请示", "请示"),
        ("云溪市人民政府关于检查情况的通报", "通报"),
        ("云溪市人民政府关于提请审议《云溪市养犬管理条例（草案）》的议案", "议案"),
        ("云溪市人民政府关于防汛工作的报告", "报告"),
        ("云溪市第三届人民代表大会第一次会议关于政府工作报告的决议", "决议"),
        ("云溪市人民政府关于落实《政府工作报告》重点工作分工的通知", "通知"),
        ("云溪市人民政府关于报送法治政府建设情况的通知", "通知"),
        ("云溪市人民政府关于2021年度法治政府建设情况的报告", "法治政府建设报告"),
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
        ("云政发【2021】15号", "云政发〔2021〕15号"),
        ("云政发［２０２１］１５号", "云政发〔2021〕15号"),
        ("云政发 〔 2021 〕 15 号", "云政发〔2021〕15号"),
        ("云政发〔2021〕第5号", "云政发〔2021〕5号"),
        ("云发改投资2〔2021〕15号", "云发改投资2〔2021〕15号"),
        ("发文字号：云政发〔2021〕15号", "云政发〔2021〕15号"),
        ("云政〔2021〕15号        签发人：王某某", "云政〔2021〕15号"),
        ("中华人民共和国主席令第八十三号", "中华人民共和国主席令第83号"),
        ("云溪市税务局公告2021年第3号", "云溪市税务局公告2021年第3号"),
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
        "2019 年 8 月 1 日 施行",
    )
    text = "\n\n".join(("# 云溪市养犬管理条例", *head, "第一条 为了规范养犬，制定本条例。"))
    assert read_bytes(text.encode(), "r.md").report.written == date(2019, 6, 7)


@pytest.mark.parametrize("mark", [" ", "\n"])
def test_all_amendments_of_a_law_may_stand_in_one_bracket_as_long_as_it_may_be(mark: str) -> None:
    history = mark.join(
        (
            "（2001年3月5日云溪市第一届人民代表大会常务委员会第三次会议通过",
            "根据2010年4月6日云溪市第三届人民代表大会常务委员会第八次会议《关于修改〈云溪市养犬管理条例〉"
            "的决定》第一次修正",
            "2019年6月7日云溪市第五届人民代表大会常务委员会第四次会议修订 2020年1月1日起施行）",
        )
    )
    found = report("云溪市养犬管理条例", history, "第一条 为了规范养犬，制定本条例。")
    assert (found.title, found.written) == ("云溪市养犬管理条例", date(2019, 6, 7))


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


@pytest.mark.parametrize("label", ["0", "17", "12017", "9" * 30])
def test_a_label_of_a_year_that_cannot_be_gives_none(label: str) -> None:
    lines = ("---", "title: 甲市关于防汛工作的通知", f"year: {label}", "---", "各镇人民政府：")
    assert report(*lines).year is None


@pytest.mark.parametrize("day", ["2021年13月45日", "2021-02-30", "〇〇年〇月〇日"])
def test_a_day_that_no_calendar_knows_is_no_date(day: str) -> None:
    assert report("---", f"date: {day}", "---", name="r.md").published is None


def test_a_bare_number_is_that_of_the_series_named_above_it() -> None:
    decree = report("云溪市人民政府令", "第 12 号", "《云溪市养犬办法》已经审议通过，现予公布。")
    assert (decree.title, decree.number) == ("云溪市人民政府令", "云溪市人民政府令第12号")
    lines = ("云溪市税务局公告", "2021年第3号", "云溪市税务局关于申报期限的公告")
    notice = report(*lines)
    assert (notice.title, notice.number) == (lines[2], "云溪市税务局公告2021年第3号")


@pytest.mark.parametrize(
    ("lines", "signatory"),
    [
        (("云政〔2021〕15号        签发人：王某某",), "王某某"),
        (("云政〔2021〕15号", "签发人：王某某"), "王某某"),
        (("云政〔2021〕15号　签发人：王某某　李某",), "王某某、李某"),
        (("云政〔2021〕15号　签发人：王某某、李某",), "王某某、李某"),
        (("签发人：王某某", "　　　　李某", "云政〔2021〕15号"), "王某某、李某"),
        (("云政〔2021〕15号　签发人：王　某",), "王某"),
        (("云政〔2021〕15号",), ""),
    ],
)
def test_who_signed_a_document_stands_beside_its_number(
    lines: tuple[str, ...], signatory: str
) -> None:
    found = report("云溪市人民政府文件", *lines, "云溪市人民政府关于防汛的请示", "省人民政府：")
    assert (found.signatory, found.number) == (signatory, "云政〔2021〕15号")
    assert (found.title, found.addressees) == ("云溪市人民政府关于防汛的请示", "省人民政府")


@pytest.mark.parametrize(
    "lines",
    [
        ("云溪市人民政府关于印发", "《云溪市河道管理办法》的通知"),
        ("云溪市人民政府", "关于印发《云溪市河道管理办法》的通知"),
        ("云溪市人民政府关于印发《云溪市", "河道管理办法》的通知"),
        ("云溪市人民政府关于", "印发《云溪市河道管理办法》", "的通知"),
    ],
)
def test_a_title_over_several_lines_is_one_title_and_one_paragraph(lines: tuple[str, ...]) -> None:
    head = ("云溪市人民政府文件", "云政发〔2021〕15号", *lines, "各有关单位：", BODY)
    reading = read_bytes("\n".join(head).encode(), "r.txt")
    title = "云溪市人民政府关于印发《云溪市河道管理办法》的通知"
    assert (reading.report.title, reading.report.kind) == (title, "通知")
    assert [p.text for p in reading.paragraphs] == [*head[:2], title, *head[-2:]]


def test_the_letterhead_is_no_title_where_a_title_follows_the_number() -> None:
    lines = ("云溪市人民政府专题会议纪要", "云府纪〔2021〕15号", "关于研究内涝治理的会议纪要")
    assert report(*lines).title == lines[2]


def test_several_issuers_are_all_named() -> None:
    lines = ("云溪市财政局　云溪市教育局", "关于印发补贴办法的通知", "云财〔2021〕15号", "各单位：")
    found = report(*lines)
    assert found.issuer == "云溪市财政局、云溪市教育局"
    assert found.title == "云溪市财政局 云溪市教育局关于印发补贴办法的通知"


@pytest.mark.parametrize(
    ("lines", "issuer"),
    [
        (
            ("云溪市人民政府办公室文件", "云政办发〔2021〕15号", "关于防汛的通知"),
            "云溪市人民政府办公室",
        ),
        (
            ("云溪市人民政府办公室（函）", "云政办函〔2021〕15号", "关于防汛的函"),
            "云溪市人民政府办公室",
        ),
        (("云溪市财政局文件", "云财〔2021〕15号", "关于防汛的通知"), "云溪市财政局"),
        (
            ("云溪市财政局", "云溪市教育局文件", "云财〔2021〕15号", "关于防汛的通知"),
            "云溪市财政局、云溪市教育局",
        ),
    ],
)
def test_the_letterhead_names_the_issuer_where_title_and_signature_do_not(
    lines: tuple[str, ...], issuer: str
) -> None:
    assert report(*lines, "各有关单位：").issuer == issuer


def test_the_signature_counts_more_than_the_letterhead() -> None:
    lines = ("云溪市人民政府文件", "云政发〔2021〕15号", "关于防汛的通知", "各有关单位：", BODY)
    assert report(*lines, "云溪市水利局　云溪市应急局", "2021年3月5日").issuer == (
        "云溪市水利局、云溪市应急局"
    )


@pytest.mark.parametrize(
    "line",
    [
        "抄送：市委各部门，市人大常委会办公室。",
        "现将有关事项通知如下：",
        "根据有关规定，现将名单予以公布：",
        "各位代表：",
        "主任、各位副主任、秘书长、各位委员：",
    ],
)
def test_what_ends_with_a_colon_is_not_always_an_addressee(line: str) -> None:
    assert report("云溪市人民政府关于防汛的通知", line).addressees == ""


@pytest.mark.parametrize(
    "day",
    [
        "2021年3月5日",
        "2021 年 3 月 5 日",
        "２０２１年３月５日",
        "二〇二一年三月五日",
        "二○二一年三月五日",
        "二０二一年三月五日",
        "（2021年3月5日）",
        "2021年3月5日（此件公开发布）",
        "云溪市人民政府 2021年3月5日",
    ],
)
def test_the_closing_date_is_read_however_it_is_set(day: str) -> None:
    lines = ("云溪市人民政府关于防汛的通知", "各有关单位：", BODY, "云溪市人民政府", day)
    assert report(*lines).written == date(2021, 3, 5)


@pytest.mark.parametrize(
    "imprint",
    ["云溪市人民政府办公室    2021年3月9日印发", "云溪市人民政府办公室\t２０２１年３月９日印发",
     "云溪市人民政府办公室2021 年 3 月 9 日 印发"],
)  # fmt: skip
def test_the_day_of_printing_is_not_the_day_of_writing(imprint: str) -> None:
    lines = ("云溪市人民政府关于防汛的通知", "各有关单位：", BODY, "云溪市人民政府", "2021年3月5日")
    found = report(*lines, "抄送：市委各部门。", imprint)
    assert (found.written, found.printed) == (date(2021, 3, 5), date(2021, 3, 9))


def test_a_sentence_about_printing_is_no_imprint() -> None:
    lines = (
        "云溪市人民政府关于防汛的通知",
        "各有关单位：",
        "办法已经2021年3月9日会议通过，现予印发。",
    )
    assert report(*lines).printed is None


@pytest.mark.parametrize(
    "lines",
    [
        ("附件：1. 责任分工表　2. 时间安排表",),
        ("附件：1.责任分工表", "2.时间安排表"),
        ("附件：1. 责任分工表；", "　　　2. 时间安排表。"),
        ("附 件：", "1．责任分工表", "2．时间安排表"),
        ("附件1：责任分工表", "附件2：时间安排表"),
    ],
)
def test_what_is_attached_is_named_without_its_numbers(lines: tuple[str, ...]) -> None:
    head = ("云溪市人民政府关于防汛的通知", "各有关单位：", BODY)
    text = "\n".join((*head, *lines, "云溪市人民政府", "2021年3月5日"))
    assert read_bytes(text.encode(), "r.txt").report.annexes == ("责任分工表", "时间安排表")


@pytest.mark.parametrize(
    ("line", "speaker"),
    [
        ("云溪市市长 王某某", "云溪市市长 王某某"),
        ("市长　王　某", "市长 王某"),
        ("（代市长　王某某）", "代市长 王某某"),
        ("自治区主席 艾某·吐某", "自治区主席 艾某·吐某"),
        ("王某某", "王某某"),
        ("市人民政府", ""),
    ],
)
def test_the_head_of_a_work_report_names_meeting_and_speaker(line: str, speaker: str) -> None:
    meeting = "——2021年2月3日在云溪市第三届人民代表大会第一次会议上"
    found = report("政府工作报告", meeting, line, "各位代表：")
    assert found.meeting == "云溪市第三届人民代表大会第一次会议"
    assert found.speaker == speaker


@pytest.mark.parametrize(
    ("lines", "covers", "delivered"),
    [
        (("2021年云溪市政府工作报告", "各位代表：", "一、2020年工作回顾"), 2020, 2021),
        (("2021年云溪市政府工作报告", "各位代表：", "一、过去五年工作回顾"), 2020, 2021),
        (("云溪市政府工作报告", "各位代表：", "一、2020年工作回顾"), 2020, None),
        (("云溪市政府工作报告", "各位代表："), None, None),
        (("云溪市2020年法治政府建设年度报告", "市人民政府：", BODY, "2021年3月5日"), 2020, None),
        (("云溪市2020年国民经济和社会发展统计公报", "2021年3月5日"), 2020, None),
        (("云溪市人民政府关于2020年预算的通知", "各有关单位："), None, None),
    ],
)
def test_a_yearly_report_covers_the_year_it_reports_on(
    lines: tuple[str, ...], covers: int | None, delivered: int | None
) -> None:
    found = report(*lines)
    assert (found.covers, found.delivered) == (covers, delivered)


def test_labels_count_more_than_the_text() -> None:
    title = "title: 云溪市人民政府关于防汛的请示"
    labels = (title, "签发人: 李某", "主送机关: 省水利厅", "印发日期: 2021-03-09")
    text = "\n".join(("---", *labels, "---", "签发人：王某某", "省人民政府：", BODY))
    found = read_bytes(text.encode(), "r.md").report
    assert (found.signatory, found.addressees, found.printed) == (
        "李某",
        "省水利厅",
        date(2021, 3, 9),
    )


@pytest.mark.parametrize("folder", ["reports/state-council-html", "messy/html"])
def test_a_page_of_the_state_council_is_what_its_own_table_says(
    real_data: Path, folder: str
) -> None:
    pages = sorted((real_data / folder).glob("0*.html"))
    assert len(pages) >= 8
    for path in pages:
        head, _, _ = path.read_text("utf-8").partition("UCAP-CONTENT")
        cells = [
            html.unescape(re.sub(r"<[^>]*>", "", cell)).strip()
            for cell in re.findall(r"<td[^>]*>(.*?)</td>", head, re.DOTALL)
        ]
        table = {re.sub(r"[\s：]", "", name): value for name, value in pairwise(cells)}
        found = read_report(path).report
        assert (found.title, found.number) == (table["标题"], table["发文字号"]), path.name
        assert (found.issuer, found.subject) == (table["发文机关"], table["主题分类"]), path.name
        assert f"{found.written:%Y年%m月%d日}" == table["成文日期"], path.name
        assert f"{found.published:%Y年%m月%d日}" == table["发布日期"], path.name


@pytest.mark.parametrize(
    "text",
    [
        "附件：1.\n" * 20_000,
        "签发人：\n" * 20_000,
        "云溪市人民政府\n" * 20_000,
        "一、2020年工作回顾\n" * 20_000,
        "附件：" + "1.、" * 100_000,
        "各" * 500_000 + "：",
        "云溪市财政局" * 100_000 + "关于",
        "2021年" * 100_000 + "印发",
    ],
    ids=range(8),
)
def test_hostile_text_takes_no_longer_than_its_length(text: str) -> None:
    started = time.process_time()
    read_bytes(text.encode(), "r.txt")
    assert time.process_time() - started < 10
