"""Administrative divisions: which one a title, an issuer or a meeting names, and its province.

That a place is named is told by where its name stands, so a division that no table knows
is found as well. The table of data/divisions.txt (read when it is first asked) says which
province a division lies in; of a name that several provinces have, what else the document
names decides, or nothing does.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

LEVELS = "省|自治区|特别行政区|自治州|自治县|自治旗|地区|市|县|区|州|盟|旗"
_REGION = rf"[\u4e00-\u9fff]{{2,20}}?(?:{LEVELS})"
_NO_REGION = re.compile(
    "国务院|中央|全国|国家|关于|人民|政府|各|全省|全市|我|本|该|等|和|市场|社区|园区|开发区|景区"
)

_YEAR = r"(?:\d{4}年(?:度)?)?"
_OFFICE = "局|厅|委员会|委|办公室|办|院|署|支队|总队|中心|公司|军分区"
_CONTEXTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_YEAR}(?P<region>{_REGION})"
        r"(?=\d{4}年|人民政府|政府|国民经济|依法行政|法治政府|人民代表大会|人大|关于|"
        r"委员会|办公[厅室]|第[一二三四五六七八九十百]+届|$)",
        rf"(?P<region>{_REGION})(?=[\u4e00-\u9fff]{{1,14}}?(?:{_OFFICE})"
        r"(?:文件|公告|通告|令|关于|印发|转发|\d{4}年|[、\s]|$))",
        rf"[—―（(\-\s]*[^。，]{{0,20}}?日\s?在\s?(?P<region>{_REGION})(?=第?[一二三四五六七八九十百]+届)",
    )
)
"""Where the name of a region is certain: opening a title or an issuer's name, and in
the line that says at which assembly a report was delivered."""

_SHORT = re.compile("(?:省|市|(?:壮族|回族|维吾尔)?自治区|特别行政区)$")
_SHORT_CONTEXT = re.compile(rf"{_YEAR}(?P<short>[\u4e00-\u9fff]{{2,3}})(?=\d{{4}}年|政府工作报告)")
_LONGEST_NAME = 20
_LONGEST_TEXT = 300


def region_of(text: str) -> str:
    """Give the administrative division that a title, issuer or meeting line names, or "".

    It is given by its own name, without the province before it: 慈溪市 of 浙江省慈溪市.
    """
    for context in _CONTEXTS:
        match = context.match(text)
        if match is not None and not _NO_REGION.search(match["region"]):
            return _parted(match["region"])[1]
    match = _SHORT_CONTEXT.match(text)
    return _full_names().get(match["short"], "") if match is not None else ""


def province_of(region: str, texts: Iterable[str]) -> str:
    """Give the province-level division that a region lies in, or "" if that is not certain.

    Args:
        region: the region by its own name.
        texts: title, head and signature of the document; a province before the region's
            name (浙江省慈溪市) is believed, and of the provinces that have a region of this
            name the only one that the texts speak of is taken.
    """
    if not region or region in _divisions():
        return region
    nearby = [text[:_LONGEST_TEXT] for text in texts]
    for text in nearby:
        for match in re.finditer(re.escape(region), text):
            stated = _ending_in_province(text[: match.start()])
            if stated:
                return stated
    possible = _homes(region)
    if len(possible) > 1:
        spoken_of = {home for text in nearby for home in _provinces_in(text)}
        possible = possible & spoken_of
    return next(iter(possible)) if len(possible) == 1 else ""


def _parted(name: str) -> tuple[str, str]:
    """Part a name into the province before it, or "", and the rest."""
    for province, inside in _divisions().items():
        if name.startswith(province) and name != province:
            return province, name[len(province) :]
        short = _SHORT.sub("", province)
        if name.startswith(short) and name[len(short) :] in inside and name not in inside:
            return province, name[len(short) :]
    return "", name


def _ending_in_province(text: str) -> str:
    return next((name for name in _divisions() if text.endswith((name, _SHORT.sub("", name)))), "")


def _homes(region: str) -> frozenset[str]:
    """Give the provinces that a region may lie in: its own, or that of the city it names first."""
    homes = _provinces().get(region, frozenset())
    for end in range(2, len(region) - 1):
        outer = _provinces().get(region[:end], frozenset())
        if len(outer) == 1:
            return outer
    return homes


def _provinces_in(text: str) -> Iterator[str]:
    """Give the provinces that a text names, or names a division of that only one has."""
    for name in _divisions():
        if name in text:
            yield name
    for level in re.finditer(LEVELS, text):
        for start in range(max(0, level.end() - _LONGEST_NAME), level.end() - 1):
            homes = _provinces().get(text[start : level.end()], frozenset())
            if len(homes) == 1:
                yield from homes


@cache
def _divisions() -> Mapping[str, frozenset[str]]:
    """Read the table: each province-level division with the names of what lies in it."""
    table = (resources.files("corpus") / "data" / "divisions.txt").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return {province: frozenset(names.split()) for province, names in rows}


@cache
def _provinces() -> Mapping[str, frozenset[str]]:
    """Turn the table round: each name with the province-level divisions that have it."""
    found: dict[str, set[str]] = {}
    for province, names in _divisions().items():
        for name in names:
            found.setdefault(name, set()).add(province)
    return {name: frozenset(homes) for name, homes in found.items()}


@cache
def _full_names() -> Mapping[str, str]:
    """Give province-level divisions by their short names: 广西 to 广西壮族自治区."""
    return {_SHORT.sub("", name): name for name in _divisions()}
