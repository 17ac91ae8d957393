"""Real reports, read as their publishers meant them; they are no part of this repository."""

from __future__ import annotations

import html
import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from corpus import (
    READER_VERSION,
    Reading,
    UnreadableReport,
    find_files,
    read_bytes,
    read_report,
    read_reports,
)

_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
_DAY = re.compile(r"(\d{4})年0?(\d{1,2})月0?(\d{1,2})日")

FURNITURE = re.compile(
    r"(?:下载|打印|打印本页|全屏|收藏|加大|还原|减小|大|中|小|首页|关闭窗口)[:：]?$"
    r"|(?:分享|分享到|[>|×【】]|false)[:：]?$"
    r"|【?(?:字号|字体)|(?:来源|时间|日期|发表时间|阅读量)\s?[:：]"
    r"|(?:责任编辑|编辑|您的位置|当前位置)\s?[:：]"
    r"|https?://|相关(?:报道|文档|链接|附件)|扫一扫|Public domain|本作品是"
    r"|.{0,80}记者.{1,20}摄$|[0-9a-f]{32}"
)
DELIVERED = {
    "上海市": (2, 3), "云南省": (1, 28), "内蒙古自治区": (2, 4), "北京市": (1, 25),
    "吉林省": (1, 27), "四川省": (2, 3), "天津市": (1, 26), "宁夏回族自治区": (2, 3),
    "安徽省": (2, 5), "山东省": (1, 27), "山西省": (2, 2), "广东省": (1, 26),
    "广西壮族自治区": (2, 2), "新疆维吾尔自治区": (1, 27), "江苏省": (2, 3),
    "江西省": (1, 27), "河北省": (1, 26), "河南省": (1, 26), "浙江省": (1, 14),
    "海南省": (1, 27), "湖北省": (1, 27), "湖南省": (2, 3), "甘肃省": (1, 27),
    "福建省": (1, 27), "西藏自治区": (1, 31), "贵州省": (1, 27), "辽宁省": (1, 27),
    "重庆市": (1, 28), "陕西省": (1, 27), "青海省": (1, 27), "黑龙江省": (1, 31),
}  # fmt: skip


@pytest.fixture(scope="session")
def readings(real_data: Path) -> dict[Path, Reading]:
    """Every report of the collection, read once."""
    found = list(find_files([real_data / "reports"]))
    assert not [item for item in found if isinstance(item, UnreadableReport)]
    return {path: read_report(path) for path in found if isinstance(path, Path)}


def of_folder(readings: dict[Path, Reading], folder: str) -> dict[Path, Reading]:
    return {path: reading for path, reading in readings.items() if path.parent.name == folder}


def unseen(text: str) -> str:
    return _UNSEEN.sub("", text)


def test_every_report_is_read(readings: dict[Path, Reading]) -> None:
    assert len(readings) >= 120
    assert all(reading.report.title and reading.report.kind for reading in readings.values())
    assert len({reading.report.id for reading in readings.values()}) == len(readings)


def test_the_review_paragraph_of_cixi_stands_under_its_three_headings(
    readings: dict[Path, Reading],
) -> None:
    (reading,) = (r for path, r in readings.items() if path.name.startswith("慈溪市"))
    found = [p for p in reading.paragraphs if p.text.startswith("一是认真履行行政复议职责。")]
    assert [p.heading for p in found] == [
        (
            "一、主要工作和成效",
            "(四)深化机制改革,推动矛盾纠纷有效化解",
            "一是认真履行行政复议职责",
        )
    ]
    report = reading.report
    assert (report.title, report.year) == ("慈溪市2017年依法行政情况报告", 2017)
    assert (report.region, report.issuer) == ("慈溪市", "慈溪市人民政府")
    assert (report.kind, report.written) == ("法治政府建设报告", date(2017, 12, 11))


def test_provincial_reports_tell_title_year_region_issuer_and_dates(
    readings: dict[Path, Reading],
) -> None:
    provincial = of_folder(readings, "provincial")
    assert len(provincial) == 31
    seen = set()
    for path, reading in provincial.items():
        region, report = path.stem.split("_")[1], reading.report
        first, _, published = path.read_text(encoding="utf-8").split("\n")[:3]
        assert report.title == first
        assert (report.year, report.kind) == (2026, "政府工作报告")
        assert (report.region, report.issuer) == (region, f"{region}人民政府")
        assert report.written == date(2026, *DELIVERED[region])
        assert str(report.published) == published.removeprefix("日期：")
        seen.add(region)
    assert seen == set(DELIVERED)


def test_no_paragraph_of_a_report_is_page_furniture(readings: dict[Path, Reading]) -> None:
    found = [
        (path.name, paragraph.text)
        for path, reading in readings.items()
        for paragraph in reading.paragraphs
        if FURNITURE.match(paragraph.text)
    ]
    assert found == []


def test_what_provincial_reports_lose_is_furniture_and_nothing_else(
    readings: dict[Path, Reading],
) -> None:
    for path, reading in of_folder(readings, "provincial").items():
        text = path.read_text(encoding="utf-8")
        kept = unseen("".join(p.text for p in reading.paragraphs))
        position, lost = 0, []
        for line in map(unseen, text.split("\n")):
            if kept.startswith(line, position):
                position += len(line)
            else:
                lost.append(line)
        assert position == len(kept), f"{path.name}: paragraphs hold what the file does not"
        assert all(len(line) < 90 or "https://" in line for line in lost), path.name
        assert len(lost) < 40, path.name


def test_the_paragraphs_of_national_reports_are_their_text_without_frame(
    readings: dict[Path, Reading],
) -> None:
    national = of_folder(readings, "national")
    assert len(national) == 52
    for path, reading in national.items():
        title, _, body = path.read_text(encoding="utf-8").split("\n", 2)
        body = body[: body.index("本作品是中华人民共和国的")]
        assert unseen("".join(p.text for p in reading.paragraphs)) == unseen(title + body), (
            path.name
        )


def test_no_paragraph_of_a_national_report_is_torn(readings: dict[Path, Reading]) -> None:
    for path, reading in of_folder(readings, "national").items():
        for paragraph in reading.paragraphs:
            assert paragraph.text[0] not in "，。、；：》”）", (path.name, paragraph.text[:20])
            assert paragraph.text[-1] not in "、《“（", (path.name, paragraph.text[-20:])


def test_national_reports_are_of_the_state_council_and_their_year(
    readings: dict[Path, Reading],
) -> None:
    for path, reading in of_folder(readings, "national").items():
        report = reading.report
        assert (report.issuer, report.region, report.kind) == ("国务院", "", "政府工作报告")
        assert report.year == int(path.name[:4])
        assert report.written is None or report.written.year == report.year


def table_of(page: str) -> dict[str, str]:
    """Read the table of metadata by plain text means, independently of the reader."""
    head = page[: page.index("UCAP-CONTENT")]
    cells = [
        html.unescape(re.sub(r"<[^>]*>", "", cell)).strip()
        for cell in re.findall(r"<td[^>]*>(.*?)</td>", head, re.DOTALL)
    ]
    return {re.sub(r"[\s：]", "", label): value for label, value in zip(cells, cells[1:])}  # noqa: B905, RUF007


def day(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    return date(*map(int, match.groups())) if match else None


def test_state_council_pages_equal_their_own_tables(readings: dict[Path, Reading]) -> None:
    pages = of_folder(readings, "state-council-html")
    assert len(pages) == 38
    for path, reading in pages.items():
        table, report = table_of(path.read_text(encoding="utf-8")), reading.report
        assert report.title == table["标题"]
        assert report.number == table["发文字号"]
        assert report.issuer == table["发文机关"]
        assert report.subject == table["主题分类"]
        assert report.written == day(table["成文日期"])
        assert report.published == day(table["发布日期"])
        assert report.written
        assert report.published


def test_the_text_of_state_council_pages_is_their_article(readings: dict[Path, Reading]) -> None:
    for path, reading in of_folder(readings, "state-council-html").items():
        page = path.read_text(encoding="utf-8")
        article = page[page.index('id="UCAP-CONTENT"') :].partition(">")[2]
        article = (
            article[: article.index('<div id="div_div">')] if "div_div" in article else article
        )
        plain = unseen(html.unescape(re.sub(r"<!--.*?-->|<[^>]*>", "", article, flags=re.DOTALL)))
        text = unseen("".join(p.text for p in reading.paragraphs))
        assert plain.startswith(text), path.name
        assert len(plain) - len(text) < 30, path.name


def test_headings_are_paragraphs_and_paths_are_made_of_what_was_published(
    readings: dict[Path, Reading],
) -> None:
    for path, reading in readings.items():
        texts = [paragraph.text for paragraph in reading.paragraphs]
        for paragraph in reading.paragraphs:
            for heading in paragraph.heading:
                assert any(text.startswith(heading) for text in texts), (path.name, heading)


def test_most_paragraphs_of_a_long_report_stand_under_a_heading(
    readings: dict[Path, Reading],
) -> None:
    for path, reading in of_folder(readings, "provincial").items():
        headed = sum(bool(paragraph.heading) for paragraph in reading.paragraphs)
        assert headed >= 0.85 * len(reading.paragraphs), path.name


@pytest.mark.parametrize(
    ("folder", "encoding"),
    [("charset_Big5", "big5"), ("charset_GB2312", "gb18030"), ("charset_UTF-16BE", "utf-16-be")],
)
def test_real_files_of_every_encoding_are_told_apart(
    real_data: Path, folder: str, encoding: str
) -> None:
    for path in sorted((real_data / "messy" / folder).iterdir()):
        found = list(read_reports(path))
        assert {r.report.encoding for r in found if isinstance(r, Reading)} == {encoding}, path.name


def test_re_encoded_reports_read_as_the_same_reports(
    real_data: Path, readings: dict[Path, Reading]
) -> None:
    ids = {reading.report.id for reading in readings.values()}
    for path in sorted((real_data / "messy" / "derived_txt").iterdir()):
        assert read_report(path).report.id in ids, path.name


def test_awkward_files_are_read_or_refused_with_a_reason(real_data: Path) -> None:
    outcomes: Counter[str] = Counter()
    for path in sorted((real_data / "messy").rglob("*")):
        if path.is_file():
            try:
                read_report(path)
            except UnreadableReport as error:
                outcomes[error.reason.value] += 1
            else:
                outcomes["read"] += 1
    assert outcomes["read"] > 120


def test_laws_are_read_with_their_articles(real_data: Path) -> None:
    for path in sorted((real_data / "laws").rglob("*.md"))[::50]:
        reading = read_report(path)
        assert reading.report.title, path.name
        for paragraph in reading.paragraphs:
            number = re.match(r"第[一二三四五六七八九十百千]{1,6}条(?=\s)", paragraph.text)
            if number:
                assert paragraph.heading[-1] == number[0], (path.name, paragraph.text[:20])


def test_damaged_copies_of_real_files_never_raise_anything_else(real_data: Path) -> None:
    for path in sorted((real_data / "reports").rglob("*"))[::12]:
        data = path.read_bytes() if path.is_file() else b""
        for cut in (1, 3, 1_000, len(data) // 2, max(0, len(data) - 1)):
            for damaged in (data[:cut], data[cut:], data[:cut] + b"\xff\x00" + data[cut:]):
                try:
                    read_bytes(damaged, path.name)
                except UnreadableReport:
                    continue


def test_the_version_of_the_reader_is_a_positive_number() -> None:
    assert READER_VERSION >= 1
