"""Quantities: what is one, what it is worth, and what is kept of it with a segment."""

from __future__ import annotations

import tempfile
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import Paragraph
from indexer import IndexCorrupt, Segmenter, fold
from indexer.cutting import cut_report
from indexer.gathering import SegmentGatherer, merge_segments
from indexer.paragraphs import ParagraphSegment
from indexer.quantities import find_quantities
from indexer.quantity_arrays import Quantities
from indexer.storage.checked import CheckedFile
from indexer.storage.segment import write_deletions
from indexer.units import KINDS, UNITS
from tests.generated import examples

SEGMENTER = Segmenter.in_memory({"增长": 9})

Found = list[tuple[str, float, str]]
"""Of each quantity its characters, its value and its kind."""
Kept = list[tuple[float, ...]]
"""Of each quantity its start, length, value and kind."""


def quantities(text: str) -> Found:
    folded = fold(text)
    return [
        (folded[start : start + length], value, KINDS[kind])
        for start, length, value, kind in find_quantities(folded)
    ]


@pytest.mark.parametrize(
    ("text", "value", "kind"),
    [
        ("6%", 6, "%"),
        ("6.5%", 6.5, "%"),
        ("6 %", 6, "%"),
        ("0%", 0, "%"),
        ("百分之六", 6, "%"),
        ("百分之六点五", 6.5, "%"),
        ("百分之零点五", 0.5, "%"),
        ("百分之二十三", 23, "%"),
        ("百分之一百二十", 120, "%"),
        ("百分之百", 100, "%"),
        ("百分之6.5", 6.5, "%"),
        ("5‰", 0.5, "%"),
        ("千分之五", 0.5, "%"),
        ("万分之五", 0.05, "%"),
        ("三成", 30, "%"),
        ("九成", 90, "%"),
        ("0.3个百分点", 0.3, "百分点"),
        ("1.2百分点", 1.2, "百分点"),
        ("一点五个百分点", 1.5, "百分点"),
        ("100元", 100, "元"),
        ("1,234.5元", 1234.5, "元"),
        ("1,234,567元", 1_234_567, "元"),
        ("1,234.5 万元", 12_345_000, "元"),
        ("1.2亿元", 120_000_000, "元"),
        ("3.2万亿元", 3.2e12, "元"),
        ("5千万元", 50_000_000, "元"),
        ("3百万元", 3_000_000, "元"),
        ("60199.45亿元", 6_019_945_000_000, "元"),
        ("一百二十亿元", 12_000_000_000, "元"),
        ("两千三百元", 2300, "元"),
        ("二十四亿五千六百万元", 2_456_000_000, "元"),
        ("一千零五十元", 1050, "元"),
        ("三万零五百元", 30_500, "元"),
        ("一万亿元", 1e12, "元"),
        ("十万元", 100_000, "元"),
        ("二点五亿元", 250_000_000, "元"),
        ("百亿元", 1e10, "元"),
        ("千亿元", 1e11, "元"),
        ("万亿元", 1e12, "元"),
        ("百万元", 1e6, "元"),
        ("100多亿元", 1e10, "元"),
        ("三百多万元", 3e6, "元"),
        ("四亿零七百多万元", 407e6, "元"),
        ("10万元人民币", 1e5, "元"),
        ("100万人民币", 1e6, "元"),
        ("2890多亿美元", 2.89e11, "美元"),
        ("5亿欧元", 5e8, "欧元"),
        ("300万港元", 3e6, "港元"),
        ("300万港币", 3e6, "港元"),
        ("500万吨", 5e9, "千克"),
        ("3公斤", 3, "千克"),
        ("3千克", 3, "千克"),
        ("3 kg", 3, "千克"),
        ("50克", 0.05, "千克"),
        ("1.3万亿斤", 6.5e11, "千克"),
        ("2.5亿吨标准煤", 2.5e11, "千克"),
        ("60.9万公里", 6.09e8, "米"),
        ("3千米", 3000, "米"),
        ("3km", 3000, "米"),
        ("1.75米", 1.75, "米"),
        ("200.0cm", 2, "米"),
        ("30厘米", 0.3, "米"),
        ("12海里", 22_224, "米"),
        ("4000万亩", 4e7, "亩"),
        ("66.7万公顷", 667_000, "公顷"),
        ("250平方米", 250, "平方米"),
        ("250㎡", 250, "平方米"),
        ("960万平方公里", 9.6e12, "平方米"),
        ("3km²", 3_000_000, "平方米"),
        ("130亿立方米", 1.3e10, "立方米"),
        ("30m³", 30, "立方米"),
        ("1亿千瓦时", 1e8, "千瓦时"),
        ("500度", 500, "千瓦时"),
        ("100kWh", 100, "千瓦时"),
        ("800万千瓦", 8e6, "千瓦"),
        ("50兆瓦", 50_000, "千瓦"),
        ("1000千伏", 1000, "千伏"),
        ("35微克/立方米", 35, "微克/立方米"),
        ("1.5℃", 1.5, "摄氏度"),
        ("20摄氏度", 20, "摄氏度"),
        ("2.5万户", 25_000, "户"),
        ("一百二十万人", 1_200_000, "人"),
        ("14亿人口", 1.4e9, "人"),
        ("1.8亿人次", 1.8e8, "人"),
        ("57.6万名", 576_000, "人"),
        ("五十七亿人公里", 5.7e9, "人公里"),
        ("3000亿吨公里", 3e11, "吨公里"),
        ("1000余家", 1000, "家"),
        ("100 多家", 100, "家"),
        ("十多个", 10, "个"),
        ("7 个", 7, "个"),
        ("③个", 3, "个"),
        ("416项", 416, "项"),
        ("28部", 28, "部"),
        ("15件", 15, "件"),
        ("772万套", 7_720_000, "套"),
        ("534所", 534, "所"),
        ("3所以上", 3, "所"),
        ("46座", 46, "座"),
        ("35条", 35, "条"),
        ("2813.8万辆", 28_138_000, "辆"),
        ("5台", 5, "台"),
        ("3次", 3, "次"),
        ("三点三倍", 3.3, "倍"),
        ("1倍", 1, "倍"),
        ("60岁", 60, "岁"),
        ("十八周岁", 18, "岁"),
        ("3年", 3, "年"),
        ("三十年", 30, "年"),
        ("75周年", 75, "年"),
        ("十余年", 10, "年"),
        ("六个月", 6, "个月"),
        ("五个工作日", 5, "工作日"),
        ("325天", 325, "天"),
        ("三十日内", 30, "天"),
        ("15日以内", 15, "天"),
        ("24小时", 24, "小时"),
        ("30分钟", 0.5, "小时"),
        ("两个小时", 2, "小时"),
        ("６％", 6, "%"),
        ("１２０亿元", 1.2e10, "元"),
        ("五萬畝", 50_000, "亩"),
    ],
)
def test_a_number_with_its_unit_is_one_quantity(text: str, value: float, kind: str) -> None:
    ((_, found_value, found_kind),) = quantities(f"达到{text}。")
    assert found_value == pytest.approx(value, rel=1e-12)
    assert found_kind == kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("增长6%左右", [("6%", 6, "%")]),
        ("增长超过6%", [("6%", 6, "%")]),
        ("增长6%以上", [("6%", 6, "%")]),
        ("增长6%-7%", [("6%", 6, "%"), ("7%", 7, "%")]),
        ("增长6% - 7%", [("6%", 6, "%"), ("7%", 7, "%")]),
        ("增长6% -7%", [("6%", 6, "%"), ("7%", 7, "%")]),
        ("增长6%—7%", [("6%", 6, "%"), ("7%", 7, "%")]),
        ("增长6—7%", [("6", 6, "%"), ("7%", 7, "%")]),
        ("增长６～７％", [("6", 6, "%"), ("7%", 7, "%")]),
        ("增长3%至5%", [("3%", 3, "%"), ("5%", 5, "%")]),
        ("百分之五到百分之十", [("百分之五", 5, "%"), ("百分之十", 10, "%")]),
        ("百分之五至十", [("百分之五", 5, "%"), ("十", 10, "%")]),
        ("百分之五至十年", [("百分之五", 5, "%"), ("十年", 10, "年")]),
        ("3至5年", [("3", 3, "年"), ("5年", 5, "年")]),
        ("三到五个月", [("三", 3, "个月"), ("五个月", 5, "个月")]),
        ("3—5万元", [("3", 30_000, "元"), ("5万元", 50_000, "元")]),
        ("三至五万元", [("三", 30_000, "元"), ("五万元", 50_000, "元")]),
        ("5000—1万元", [("5000", 5000, "元"), ("1万元", 10_000, "元")]),
        ("800万至1000万元", [("800万", 8e6, "元"), ("1000万元", 1e7, "元")]),
        ("一万元以上十万元以下", [("一万元", 1e4, "元"), ("十万元", 1e5, "元")]),
        ("5亿元-10亿元", [("5亿元", 5e8, "元"), ("10亿元", 1e9, "元")]),
        ("为-3.2%", [("-3.2%", -3.2, "%")]),
        ("为－3.2%", [("-3.2%", -3.2, "%")]),
        ("为−3.2%，-4%", [("−3.2%", -3.2, "%"), ("-4%", -4, "%")]),
        ("-3%", [("-3%", -3, "%")]),
        ("下降3%", [("3%", 3, "%")]),
        ("A-3个", [("3个", 3, "个")]),
        ("10个，20个、30 个", [("10个", 10, "个"), ("20个", 20, "个"), ("30 个", 30, "个")]),
        ("分别增长10.6%、10.3%", [("10.6%", 10.6, "%"), ("10.3%", 10.3, "%")]),
        ("六个县的七十三万人", [("六个", 6, "个"), ("七十三万人", 730_000, "人")]),
        ("第一个五年计划", [("五年", 5, "年")]),
        ("3个月15天", [("3个月", 3, "个月"), ("15天", 15, "天")]),
        ("人均40元提高到45元", [("40元", 40, "元"), ("45元", 45, "元")]),
        ("总数100个", [("100个", 100, "个")]),
        ("2017年投资3亿元", [("3亿元", 3e8, "元")]),
        ("按时速350公里设计", [("350公里", 350_000, "米")]),
        ("一九五八年增产一倍", [("一倍", 1, "倍")]),
        ("自收到之日起三十日内", [("三十日", 30, "天")]),
        ("1月1日起15日内", [("15日", 15, "天")]),
        ("同一个部门的两个人", [("两个", 2, "个")]),
    ],
)
def test_a_text_holds_these_quantities_and_no_other(text: str, found: Found) -> None:
    here = quantities(text)
    assert [one[::2] for one in here] == [one[::2] for one in found]
    assert [one[1] for one in here] == pytest.approx([one[1] for one in found])


NONE = """
2017年 2017年3月5日 2016—2020年 2016至2020年 二〇一七年 一九五四年 17年3月 90年代
三年级 2017年度 6月30日 6月28日至30日内 每月15日 10:30 3.14 第35条 第三十五条
第三、四、五条 第三条至五条 第3-5条 第三次会议 第一个 国发〔2017〕24号 国办发(2017)24号
几十亿元 数百家 上百年 三五年 七八个 十五六个 十几个 一百五个 三三个 万元 万元GDP
个百分点 百姓 百家 千方百计 统一个 唯一件 同一人 每一个 这一次 进一步 一起 一批 一部分
一度 一种 一张 一成不变 2017成为 20成 城乡二元结构 1,2,3,4% 1.2.3% 1/3个 A4个 G20个
12345678901234567个 5%b5 三次产业 10平方面 3 3万 3.5亿 电话010-12345678 三角 二者 十分
3元化 五条例 １２：３０ 百分之 百分点 分之六 一些 〇个
"""


@pytest.mark.parametrize("text", NONE.split())
def test_what_only_looks_like_a_quantity_is_none(text: str) -> None:
    assert quantities(text) == []


def test_every_unit_is_found_behind_a_number() -> None:
    for name, unit in UNITS.items():
        ((text, value, kind),) = quantities(f"达到8{name}{'内' * (name == '日')}")
        assert (text, kind) == (f"8{name}", KINDS[unit.kind])
        assert value == pytest.approx(float(8 * unit.factor))


def test_units_are_of_different_names_and_their_kinds_go_in_a_byte() -> None:
    assert len(set(KINDS)) == len(KINDS) < 256
    assert all(fold(name) == name and unit.factor > 0 for name, unit in UNITS.items())


REPEATED = """
1 1, 1. 1- 一 一点 百万 百分之 百分之五至 第一、 十多万 5-5 1万亿 -1% 、一个 三十日
一百二十三万四千- 至到 1至 1个 月1日 9999999999999999 1,111 十亿十万
"""


@pytest.mark.parametrize("piece", REPEATED.split())
def test_a_million_characters_of_numbers_that_go_on_are_read(piece: str) -> None:
    text = piece * (1_000_000 // len(piece))  # what is quadratic would take days
    ends = [start + length for start, length, _, _ in find_quantities(text)]
    assert ends == sorted(ends)


PIECES = st.sampled_from([
    "增长", "6%", "3—5%", "1,234亿元", "-3%", "三成", "百分之七", "2017年", "三年", "第三、",
    "四条", "1", "0", ",", ".", "-", "至", "百", "十", "万", "个", "元", "㎡", "\n", "",
])  # fmt: skip
TEXTS = st.lists(st.lists(PIECES, max_size=12).map("".join), min_size=1, max_size=5)


def kept(found: Quantities) -> Kept:
    columns = found.starts, found.lengths, found.values, found.kinds
    return list(zip(*(column.tolist() for column in columns), strict=True))


def found_in(texts: list[str]) -> Kept:
    """The quantities of texts, each read by itself."""
    found: Kept = []
    base = 0
    for text in map(fold, texts):
        found += [(base + start, *rest) for start, *rest in find_quantities(text)]
        base += len(text)
    return found


@given(TEXTS)
def test_no_quantity_goes_on_from_one_text_to_the_next(texts: list[str]) -> None:
    folded = [fold(text) for text in texts]
    assert kept(Quantities.of("".join(folded), list(map(len, folded)))) == found_in(texts)


@given(TEXTS)
@example(["百分之七万万万"])
def test_quantities_are_unpacked_as_they_were_packed(texts: list[str]) -> None:
    folded = fold("".join(texts))
    found = Quantities.of(folded, [len(folded)])
    assert kept(Quantities.unpacked(found.packed(), len(folded))) == kept(found)


def packed(*rows: tuple[int, int, float, int]) -> bytes:
    starts, lengths, values, kinds = zip(*rows, strict=True)
    return Quantities(
        np.array(starts), np.array(lengths, "u1"), np.array(values), np.array(kinds, "u1")
    ).packed()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no such thing",
        zlib.compress(b"\xff" * 27),
        zlib.compress(b"\xff" * 28),
        zlib.compress(bytes(1 << 20)),
        packed((2, 2, 6.0, 0))[:-1],
        packed((9, 2, 6.0, 0)),
        packed((2, 3, 6.0, 0), (4, 2, 6.0, 0)),
        packed((4, 2, 6.0, 0), (2, 2, 6.0, 0)),
        packed((2, 2, float("nan"), 0)),
        packed((2, 2, 6.0, len(KINDS))),
    ],
)
def test_what_are_no_quantities_of_a_text_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="its quantities"):
        Quantities.unpacked(data, 10)


Segmented = list[tuple[list[list[str]], set[int]]]
"""Of each segment the paragraphs of its reports, and the numbers of those that are deleted."""


@st.composite
def segmented(draw: st.DrawFn) -> Segmented:
    made = []
    for _ in range(draw(st.integers(1, 3))):
        reports = draw(st.lists(TEXTS, min_size=1, max_size=3))
        made.append((reports, draw(st.sets(st.sampled_from(range(len(reports)))))))
    return made


@examples(60)
@given(segmented())
def test_merging_keeps_the_quantities_of_what_is_left(segments: Segmented) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        opened, left = [], []
        for number, (reports, deleted) in enumerate(segments):
            opened.append(segment_of(folder, number, reports, deleted))
            assert kept(opened[-1].quantities) == found_in(
                [text for texts in reports for text in texts]
            )
            for place, texts in enumerate(reports):
                left += texts if place not in deleted else []
        path = folder / "merged.bin"
        stored, _ = merge_segments(path, opened)
        merged = ParagraphSegment(CheckedFile(path, folder, stored))
        merged.check()
        assert kept(merged.quantities) == found_in(left)


def segment_of(
    folder: Path, number: int, reports: list[list[str]], deleted: set[int]
) -> ParagraphSegment:
    gatherer = SegmentGatherer()
    for place, texts in enumerate(reports):
        paragraphs = [Paragraph(ordinal, text) for ordinal, text in enumerate(texts, 1)]
        gatherer.add(cut_report(f"{number}{place:011x}", paragraphs, SEGMENTER))
    path = folder / f"{number}.bin"
    file = CheckedFile(path, folder, gatherer.write(path))
    ends = np.cumsum([0, *map(len, reports)])
    gone = np.concatenate(
        [np.zeros(0, int), *(np.arange(ends[place], ends[place + 1]) for place in sorted(deleted))]
    )
    deletions = folder / f"{number}-deleted.bin"
    return ParagraphSegment(file, CheckedFile(deletions, folder, write_deletions(deletions, gone)))


def test_a_segment_whose_quantities_are_not_those_of_its_texts_is_damaged(tmp_path: Path) -> None:
    gatherer = SegmentGatherer()
    gatherer.add(cut_report("0" * 12, [Paragraph(1, "增长6%")], SEGMENTER))
    gatherer._quantities = [Quantities.of("增长百分之六", [6])]
    path = tmp_path / "segment.bin"
    segment = ParagraphSegment(CheckedFile(path, tmp_path, gatherer.write(path)))
    with pytest.raises(IndexCorrupt, match="its quantities"):
        segment.check()
