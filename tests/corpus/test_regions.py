"""Which administrative division a document names, and which province that lies in."""

from __future__ import annotations

import subprocess
import sys

import pytest

from corpus import Report, read_bytes

BODY = "全市上下团结一心，扎实推进各项工作，经济社会发展取得新的成效，各方面都有新的进步。" * 2


def report(*lines: str) -> Report:
    return read_bytes("\n".join((*lines, BODY)).encode(), "r.txt").report


@pytest.mark.parametrize(
    ("title", "region", "province"),
    [
        ("慈溪市2017年依法行政情况报告", "慈溪市", "浙江省"),
        ("浙江省慈溪市人民政府关于防汛的通知", "慈溪市", "浙江省"),
        ("浙江慈溪市人民政府关于防汛的通知", "慈溪市", "浙江省"),
        ("2026年浙江省政府工作报告", "浙江省", "浙江省"),
        ("广西壮族自治区2026年政府工作报告", "广西壮族自治区", "广西壮族自治区"),
        ("广西2026年政府工作报告", "广西壮族自治区", "广西壮族自治区"),
        ("吉林省吉林市2020年政府工作报告", "吉林市", "吉林省"),
        ("吉林市人民政府关于防汛的通知", "吉林市", "吉林省"),
        ("北京市朝阳区人民政府关于防汛的通知", "朝阳区", "北京市"),
        ("南京市鼓楼区人民政府关于防汛的通知", "南京市鼓楼区", "江苏省"),
        ("萧山县人民政府关于防汛的通知", "萧山县", "浙江省"),
        ("延边朝鲜族自治州人民政府关于防汛的通知", "延边朝鲜族自治州", "吉林省"),
        ("慈溪市自然资源和规划局关于地名的公告", "慈溪市", "浙江省"),
        ("慈溪市财政局 慈溪市教育局关于补贴的通知", "慈溪市", "浙江省"),
    ],
)
def test_a_region_goes_by_its_own_name_and_its_province_with_it(
    title: str, region: str, province: str
) -> None:
    found = report(title, "各有关单位：")
    assert (found.region, found.province) == (region, province)


@pytest.mark.parametrize("name", ["鼓楼区", "朝阳区", "市中区"])
def test_of_a_name_that_several_provinces_have_none_is_guessed(name: str) -> None:
    found = report(f"{name}人民政府关于防汛的通知", "各有关单位：")
    assert (found.region, found.province) == (name, "")


@pytest.mark.parametrize(
    ("addressee", "province"),
    [
        ("南京市人民政府：", "江苏省"),
        ("福建省人民政府：", "福建省"),
        ("福州市人民政府：", "福建省"),
        ("浙江省人民政府：", ""),
        ("南京市人民政府、福州市人民政府：", ""),
    ],
)
def test_what_else_the_document_names_decides_between_provinces(
    addressee: str, province: str
) -> None:
    assert report("鼓楼区人民政府关于防汛的请示", addressee).province == province


@pytest.mark.parametrize(
    ("title", "region", "province"),
    [
        ("澜川市人民政府关于防汛的通知", "澜川市", ""),
        ("望江区2018年法治政府建设年度报告", "望江区", ""),
        ("浙江省澜川市人民政府关于防汛的通知", "澜川市", "浙江省"),
    ],
)
def test_a_region_that_no_table_knows_is_found_as_well(
    title: str, region: str, province: str
) -> None:
    found = report(title, "各有关单位：")
    assert (found.region, found.province) == (region, province)


@pytest.mark.parametrize(
    "title",
    [
        "国家市场监督管理总局关于防汛的通知",
        "国务院关于浙江省慈溪市城市规划的批复",
        "市财政局关于防汛的通知",
        "关于慈溪市防汛工作的通知",
        "澜川经济开发区管理委员会关于防汛的通知",
    ],
)
def test_what_only_looks_like_a_region_or_is_only_spoken_of_is_none(title: str) -> None:
    found = report(title, "各有关单位：")
    assert (found.region, found.province) == ("", "")


def test_the_letterhead_names_the_region_where_the_title_does_not() -> None:
    lines = ("慈溪市人民政府文件", "慈政发〔2021〕5号", "关于做好防汛工作的通知", "各有关单位：")
    found = report(*lines)
    assert (found.region, found.province, found.issuer) == ("慈溪市", "浙江省", "慈溪市人民政府")


def test_the_table_is_read_when_it_is_first_asked_for() -> None:
    asked = "import corpus.reading, corpus.regions as r; print(r._divisions.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
