"""The units of quantities: their names, and which can be compared.

Units of one kind are multiples of one another: 亿元 is compared with 元, 公里 with 米. But
百分点 are not %, and 公顷, 亩 and 平方米 stay apart, as they are not used for the same.

What is found is stored: when a unit is added, or other quantities are found, the version in
`generations.FORMAT` is raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_TABLE = """
    %!0-9a-z ‰=0.1 ‱=0.01 成!不为立员功果就本长效品交都套因色形绩=10
    百分点 个百分点
    元!化结旦首件论素老宵宇 元人民币 人民币
    美元
    欧元
    港元 港币
    日元
    英镑
    千克 公斤 kg!a-z 吨=1000 克!服=0.001 毫克=0.000001 斤=0.5 担!任保当负心架忧=50
    吨公里
    人公里
    微克/立方米 微克/m3
    米 公里=1000 千米=1000 km!a-z0-9=1000 厘米=0.01 cm!a-z0-9=0.01 毫米=0.001 海里=1852
    平方米 m2!a-z0-9 平方!根面 平方公里=1000000 平方千米=1000000 km2!a-z0-9=1000000
    亩
    公顷
    立方米 m3!a-z0-9 立方
    千瓦时 kwh!a-z 度!假过 兆瓦时=1000
    千瓦 kw!a-z 瓦!时解特斯=0.001 兆瓦=1000 mw!a-z=1000 吉瓦=1000000 gw!a-z=1000000
    千伏 kv!a-z
    分贝
    摄氏度 °c!a-z
    人!均才工力 人次 名!单录称义牌额 位!于置居列数
    户!籍均外型口主
    岁 周岁
    年 周年
    个月
    工作日 个工作日
    天!然津气 日
    小时 个小时 分钟=1/60
    标准箱 标箱
"""
"""A line for each kind, the first name being that of the kind; the place of a line is stored.

    NAME!CHARACTERS=FACTOR

The name is none where one of the characters follows, and so many of the first are in it.
"""

_COUNTED = """
    个 项 件 家 套 所 座 条!例件约款文龙理 辆 台!湾 艘 架!构 次 倍 份!额量 处!于理罚置分以在
    起!步来草点诉源到至飞降重 头 只 株 张 场!所地景面合馆 笔!者 种!植子
    部!分门队位署长委 批!准复发评次
    间!接 栋 层!次面级 门!户槛类
"""
"""Further kinds, each of one name."""

_FOLLOWED = {
    "日": "(?=以?内|之内|以上|以下)",
    "所": "(?!有|在|属|谓|需|得|长|致|以(?![上下内外]))",
    "次": "(?!性|产业|分配|序)",
    "年": "(?![代级度底末初份第]|[0-9一二三四五六七八九十]{1,3}月)",
}
"""What has to follow a name, where that is more than a character."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of quantities.

    Attributes:
        name: as it is written, folded.
        kind: its place in `KINDS`.
        factor: how many of the kind's first unit are in it.
        followed: a regular expression of what follows it.
    """

    name: str
    kind: int
    factor: Decimal
    followed: str


def _unit(entry: str, kind: int) -> Unit:
    rest, _, factor = entry.partition("=")
    name, _, stopped = rest.partition("!")
    above, _, below = (factor or "1").partition("/")
    followed = f"(?![{stopped}])" if stopped else _FOLLOWED.get(name, "")
    return Unit(name, kind, Decimal(above) / Decimal(below or 1), followed)


_LINES = [*filter(None, map(str.split, _TABLE.splitlines())), *([e] for e in _COUNTED.split())]

UNITS = {
    unit.name: unit
    for kind, line in enumerate(_LINES)
    for unit in (_unit(entry, kind) for entry in line)
}
"""All units by their names."""

KINDS = tuple(_unit(line[0], kind).name for kind, line in enumerate(_LINES))
"""The kinds by the names of their first units."""
