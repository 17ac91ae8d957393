"""What official documents are called, numbered, and issued by: tables and patterns."""

from __future__ import annotations

import re
import unicodedata

from corpus.characters import squeeze
from corpus.numerals import number
from corpus.regions import LEVELS

KINDS: tuple[tuple[str, str], ...] = (
    (r"政府工作(?:的)?报告$", "政府工作报告"),
    (r"(?:依法行政|法治政府(?:建设)?).{0,12}(?:报告|情况)$", "法治政府建设报告"),
    (r"统计公报$", "统计公报"),
    *((f"{kind}$", kind) for kind in (
        "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报",
        "报告", "请示", "批复", "议案", "纪要",
    )),
    (r"复?函$", "函"),
    (r"(?<=.)令$", "命令"),
    *((f"{kind}$", kind) for kind in (
        "答复", "解释", "修正案", "条例", "实施细则", "细则", "办法", "规则", "规定",
        "规程", "规划", "纲要", "方案", "预案", "计划", "要点", "章程", "宪法",
    )),
    (r"法(?:典)?$", "法律"),
)  # fmt: skip
"""Pattern of a title, and the kind it tells: yearly reports first, then the fifteen
kinds of GB/T 9704-2012 (section 7.3.1 names them by reference), then what is issued
under them."""

YEARLY = frozenset({"政府工作报告", "法治政府建设报告", "统计公报"})
"""Kinds that are of the year their title names, whenever they were delivered."""

_TITLE_TAIL = re.compile(
    r"\s?[（(][^（()）]{1,24}[)）]$|(?<=令|告)\s?(?:\d{4}年)?第.{1,8}号$|[—_\-|].{0,40}网.{0,10}$"
)
_MOST_TAILS = 3
_LONGEST_TITLE = 300

_SERIAL = r"[\d〇○零一二三四五六七八九十百]{1,6}"
_NUMBER = re.compile(
    r"\(?(?P<agency>[\u4e00-\u9fffA-Za-z0-9]{1,20}?)[〔\[(【﹝〖{<《「]第?(?P<year>\d{4})年?"
    r"[〕\])】﹞〗}>》」]第?(?P<serial>\d{1,5})号\)?"
)
_DECREE = re.compile(
    rf"\(?(?P<agency>[\u4e00-\u9fff]{{1,30}}?(?:令|公告|通告))\(?"
    rf"(?P<year>\d{{4}}年)?第?(?P<serial>{_SERIAL})号\)?"
)
_BARE = re.compile(rf"\(?(?P<year>\d{{4}}年)?第(?P<serial>{_SERIAL})号\)?")
_AGENCY_WORDS = re.compile("根据|按照|依据|关于|印发|公布|通知|规定")
_NUMBER_LABEL = re.compile("(?:发文字号|文件编号|文号|字号)[:：]")
_LONGEST_NUMBER = 80

_BODIES = (
    "人民政府|政府|国务院|办公厅|办公室|委员会|常务委员会|局|厅|部|院|署|会|会议|委|办|法院|检察院"
    "|银行|公司|军区|军分区|总队|支队|调查队|中心|指挥部|小组"
)
_ISSUERS_IN_TITLE = re.compile(
    rf"(?:\d{{4}}年)?(?P<issuers>[\u4e00-\u9fff、\s]{{2,120}}?(?:{_BODIES}))"
    "(?=关于|公告|通告|令$|印发|转发|批转)"
)
_BETWEEN_ISSUERS = re.compile(r"[、\s]+")
_PLACE = re.compile(rf"[\u4e00-\u9fff]{{2,8}}?(?:{LEVELS})")
_SIGNATORY = re.compile(rf"[\u4e00-\u9fff]{{2,40}}(?:{_BODIES})$")
_GOVERNMENT = re.compile(
    r"(?<!人民)(?:代表|受)(?!大会)(?P<issuer>(?:中华人民共和国)?国务院|中央人民政府"
    rf"|(?:[\u4e00-\u9fff]{{2,11}}?(?:{LEVELS})|{LEVELS})(?:人民)?政府)"
)
_HEAD_GOVERNMENT = re.compile(rf"(?P<issuer>(?:{LEVELS})人民政府)$")
_STATE_COUNCIL = re.compile(r"(?:\d{4}年)?(?:中华人民共和国)?国务院(?=政府工作报告)")
_GENERIC = re.compile(rf"(?P<level>{LEVELS})(?:人民)?政府$")


def kind_of(title: str) -> str:
    """Give the kind of document that a title tells, or ""."""
    bare = title.strip()
    if len(bare) > _LONGEST_TITLE:
        return ""
    for _ in range(_MOST_TAILS):
        bare = _TITLE_TAIL.sub("", bare)
    bare = bare.rstrip("》”」")
    return next((kind for pattern, kind in KINDS if re.search(pattern, bare)), "")


def number_of(text: str, letterhead: str = "") -> str:
    """Give the document number that a line is, or "".

    Args:
        text: the line.
        letterhead: what the line above it says to be numbered (某市人民政府令), or "".

    Returns:
        In canonical form: 国办发〔2017〕24号, 国令第707号, 某市人民政府公告2023年第3号.
    """
    if len(text) > _LONGEST_NUMBER:
        return ""
    plain = _NUMBER_LABEL.sub("", squeeze(unicodedata.normalize("NFKC", text)), count=1)
    match = _NUMBER.fullmatch(plain)
    if match is not None and not _AGENCY_WORDS.search(match["agency"]):
        return f"{match['agency']}〔{match['year']}〕{int(match['serial'])}号"
    match = _DECREE.fullmatch(plain)
    if match is not None and not _AGENCY_WORDS.search(match["agency"]):
        return _of_series(match["agency"], match)
    match = _BARE.fullmatch(plain)
    if match is not None and letterhead.endswith(("令", "公告", "通告")):
        return _of_series(squeeze(letterhead), match)
    return ""


def _of_series(series: str, match: re.Match[str]) -> str:
    name = series.replace("中华人民共和国国务院令", "国令")
    return f"{name}{match['year'] or ''}第{number(match['serial'])}号"


def issuer_in_title(title: str) -> str:
    """Give the body that a title names as its author (某市人民政府关于…), or "".

    Several are joined by 、.
    """
    if _STATE_COUNCIL.match(title):
        return "国务院"
    match = _ISSUERS_IN_TITLE.match(title[:_LONGEST_TITLE])
    return "、".join(_issuers(match["issuers"])) if match is not None else ""


def bodies_in(line: str) -> tuple[str, ...]:
    """Give the bodies that a line names, if it names nothing else; or none."""
    names = _issuers(line.strip())
    return names if names and all(map(_SIGNATORY.match, names)) else ()


def _issuers(text: str) -> tuple[str, ...]:
    """Part bodies: by what stands between them, or where the place comes that the first names."""
    place = _PLACE.match(text)
    if place is not None:
        text = re.sub(f"(?<=[局厅委会办室部院署府])(?={place[0]})", " ", text)
    return tuple(filter(None, _BETWEEN_ISSUERS.split(text)))


def issuer_in_text(text: str, region: str) -> str:
    """Give the government that a speaker says to speak for, or a head line names.

    A government that is named by its level only (我代表省人民政府) is that of the
    report's own region, if that is of this level; this is the one derivation made.
    """
    match = _GOVERNMENT.search(text) or _HEAD_GOVERNMENT.match(text)
    if match is None:
        return ""
    named = match["issuer"].removeprefix("中华人民共和国")
    generic = _GENERIC.match(named)
    if generic is None:
        return named
    return f"{region}人民政府" if region.endswith(generic["level"]) else ""
