"""Conditions on what a paragraph does in its report, and on where the report is from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

REPORT = """2024年慈溪市政府工作报告

——2024年1月10日在慈溪市第十八届人民代表大会第三次会议上

各位代表：

现在，我代表市人民政府向大会报告工作。

一、2023年工作回顾

过去一年，营商环境持续优化，就业形势总体稳定。

二、存在的困难和问题

营商环境仍有短板，就业压力较大。

三、2024年工作安排

持续优化营商环境，千方百计扩大就业。
"""
NOTICE = """成都市人民政府关于优化营商环境的通知

各区（市）县政府：

请认真落实。
"""


@pytest.fixture(scope="module")
def index(build: Callable[[dict[str, str]], Path]) -> Iterator[search.Index]:
    with search.open_index(build({"report.txt": REPORT, "notice.txt": NOTICE})) as opened:
        yield opened


@pytest.mark.parametrize(
    ("section", "text"),
    [
        ("回顾", "过去一年，营商环境持续优化，就业形势总体稳定。"),
        ("问题", "营商环境仍有短板，就业压力较大。"),
        ("计划", "持续优化营商环境，千方百计扩大就业。"),
    ],
)
def test_a_word_is_found_in_the_section_that_is_asked_for(
    index: search.Index, section: str, text: str
) -> None:
    (hit,) = index.search(f"营商环境 部分:{section} 就业")
    assert (hit.text, hit.section) == (text, section)


def test_what_is_in_no_section_is_in_none(index: search.Index) -> None:
    every = index.search("部分:回顾 OR 部分:问题 OR 部分:计划", limit=None)
    rest = index.search("-部分:回顾 -部分:问题 -部分:计划", limit=None)
    assert {hit.section for hit in rest} == {""}
    assert every.total + rest.total == index.stats().paragraphs


@pytest.mark.parametrize(
    ("region", "titles"),
    [
        ("慈溪", {"2024年慈溪市政府工作报告"}),
        ("浙江", {"2024年慈溪市政府工作报告"}),
        ("四川省", {"成都市人民政府关于优化营商环境的通知"}),
        ("云南", set()),
    ],
)
def test_a_region_is_found_by_its_province_too(
    index: search.Index, region: str, titles: set[str]
) -> None:
    found = index.search(f"地区:{region}", limit=None)
    assert {hit.report.title for hit in found} == titles
