"""Amounts, shares, counts and ordinals: 120亿元, 6.5%, 35条, 第三十五条.

The same number of the same thing is written in digits or words and by several scales. What
it counts stays as it was typed, so 6.5% is not 6.5个百分点; and so do its decimals, for
6.50 says more than 6.5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .found import Equivalent, Form, Kind, equivalent
from .numerals import DIGITS, SCALE, WORDS, Number, all_in_words, figures, in_digits, read

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_SHARES = {"%": "百分之", "‰": "千分之"}

_DAYS = ("月", "日", "号", "时", "世纪", "季度", "等", "级")
"""What is counted without 两."""

_MEASURES = """
    元 美元 欧元 港元 日元 英镑 人民币 元人民币 人 人次 名 位 户 口 岁 个 个月 个小时 个工作日
    个百分点 百分点 吨 吨标准煤 标准煤 千克 公斤 克 斤 公里 千米 米 厘米 毫米 平方公里 平方千米
    平方米 立方米 平方 立方 亩 公顷 千瓦 千瓦时 兆瓦 度 项 件 家 条 款 章 节 篇 册 卷 部 种 类
    批 期 届 次 轮 步 年 年度 周年 天 工作日 小时 分钟 秒 倍 座 套 辆 台 艘 架 所 处 起 宗 份 张
    幅 只 头 根 棵 株 栋 幢 间 片 块 场 笔 门 层 路 线 支 队 组 班 对 点 例 单 瓶 袋 箱 标准箱
    床 床位 村 乡 镇 县 市 省 区 国 省份 城市 国家 方面
"""
_MEASURE = "|".join(sorted({*_MEASURES.split(), *_DAYS}, key=len, reverse=True))

_BARE_DIGITS = 3
"""A whole number that counts nothing has so many digits, or it is part of too many names
(二十大, 三十六计)."""

_YEAR = re.compile("(?:19|20)[0-9]{2}")
"""A bare number that may be a year."""

_PATTERN = re.compile(
    rf"(?P<share>百分之|千分之)(?:(?P<all>(?<=百分之)百)|(?P<of>{WORDS}|{DIGITS}))"
    rf"|(?<![a-z\d.,])(?P<percent>{DIGITS})(?P<sign>[%‰])"
    rf"|(?P<ordinal>第)?(?:(?<![a-z\d.,十百千万亿])(?P<digits>{DIGITS}(?:{SCALE})?)"
    rf"(?![a-z]|[.,]?\d)|(?P<words>{WORDS}))(?P<measure>{_MEASURE})?",
    re.ASCII,
)


def find_numbers(folded: str, is_cut: Callable[[int], bool]) -> Iterator[Equivalent]:
    """Find the numbers in a folded text: none begins or ends within a word."""
    for match in _PATTERN.finditer(folded):
        typed, forms = _share(match) if match["share"] or match["sign"] else _count(match, is_cut)
        start, end = match.start(), match.start() + len(typed)
        if forms is not None and _stands_alone(folded, start, end, is_cut):
            yield equivalent(start, typed, Kind.NUMBER, forms)


def _stands_alone(folded: str, start: int, end: int, is_cut: Callable[[int], bool]) -> bool:
    """Whether no word goes on where a number in words begins or ends."""
    begins = folded[start].isascii() or is_cut(start)
    return end > start and begins and (folded[end - 1].isascii() or is_cut(end))


def _share(match: re.Match[str]) -> tuple[str, Iterator[Form] | None]:
    number = Number("100") if match["all"] else read(match["of"] or match["percent"])
    sign = match["sign"] or next(s for s, words in _SHARES.items() if words == match["share"])
    return match[0], _shares(number, sign) if number and not number.scale else None


def _shares(number: Number, sign: str) -> Iterator[Form]:
    """The ways to write a share."""
    for digits in _plain(number):
        yield Form(f"{digits}{sign}")
        yield Form(f"{digits} {sign}")
        yield Form(f"{_SHARES[sign]}{digits}")
    for words in all_in_words(number):
        if words[-1] not in "万亿":
            yield Form(f"{_SHARES[sign]}{words}")
    if sign == "%" and number.digits == "100":
        yield Form("百分之百")


def _plain(number: Number) -> Iterator[str]:
    """A number in digits, by no scale."""
    return (digits for digits, word in in_digits(number) if not word)


def _count(
    match: re.Match[str], is_cut: Callable[[int], bool]
) -> tuple[str, Iterator[Form] | None]:
    """What was matched of a number and its measure, and the ways to write it."""
    numeral = match["digits"] or match["words"]
    ordinal, measure = match["ordinal"] or "", match["measure"] or ""
    if measure and not is_cut(match.end()):
        measure = ""
    number = read(numeral)
    if number is None or (measure in _DAYS and "两" in numeral):
        return numeral, None
    if not (ordinal or measure) and len(number.at(0)) < _BARE_DIGITS:
        return numeral, None
    return ordinal + numeral + measure, _counts(number, ordinal, measure)


def _counts(number: Number, ordinal: str, measure: str) -> Iterator[Form]:
    """The ways to write a number of something."""
    for digits, scale in in_digits(number):
        yield Form(f"{ordinal}{digits}{scale}{measure}")
        if scale or measure:
            yield Form(f"{ordinal}{digits} {scale}{measure}")
    if not (ordinal or number.scale or measure) and _YEAR.fullmatch(number.digits):
        yield from map(Form, figures(int(number.digits)))
    is_pair = number.at(0) == "2" and not ordinal and measure not in _DAYS
    for words in ["两"] if is_pair else all_in_words(number):
        yield Form(f"{ordinal}{words}{measure}")
