"""What official documents are called, numbered, and issued by: tables and patterns."""

from __future__ import annotations

import re
import unicodedata

KINDS: tuple[tuple[str, str], ...] = (
    (r"政府工作报告", "政府工作报告"),
    (r"(?:依法行政|法治政府(?:建设)?).{0,12}(?:报告|情况)", "法治政府建设报告"),
    (r"统计公报", "统计公报"),
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
kinds of GB/T 9704-2012, then what is issued under them."""

YEARLY = frozenset({"政府工作报告", "法治政府建设报告", "统计公报"})
"""Kinds that are of the year their title names, whenever they were delivered."""

_TITLE_TAIL = re.compile(
    r"\s?[（(](?:试行|暂行|草案|摘要|节选|全文|修订|[一二三四五六七八九十]{1,3}"
    r"|\d{4}年.{0,12}|\d{4}-\d{2}-\d{2})[)）]$"
)

_NUMBER = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{1,12}?)[〔\[［(（【﹝]\s?(?P<year>\d{4})\s?[〕\]］)）】﹞]"
    r"\s?第?\s?(?P<serial>\d{1,5})\s?号"
)
_DECREE = re.compile(r"(?P<agency>[\u4e00-\u9fff]{1,20}?令)\s?第?\s?(?P<serial>\d{1,5})\s?号")
_AGENCY_WORDS = re.compile("根据|按照|依据|关于|印发|公布|通知|规定")

_LEVELS = "省|自治区|特别行政区|自治州|自治县|自治旗|地区|市|县|区|州|盟|旗"
_REGION = rf"[\u4e00-\u9fff]{{2,11}}?(?:{_LEVELS})"
_NO_REGION = re.compile("国务院|中央|全国|关于|人民|政府|各|全省|全市|我|本|该|等|和")

_REGION_CONTEXTS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:\d{{4}}年(?:度)?)?(?P<region>{_REGION})"
        r"(?=\d{4}年|人民政府|政府|国民经济|依法行政|法治政府|人民代表大会|人大|关于|"
        r"统计局|财政局|司法局|委员会|办公[厅室]|$)",
        rf"[—―（(\-\s]*\S{{0,20}}?日在(?P<region>{_REGION})(?=第?[一二三四五六七八九十百]+届)",
    )
)
"""Where the name of a region is certain: opening a title or an issuer's name, and in
the line that says at which assembly a report was delivered."""

_BODIES = "人民政府|政府|国务院|办公厅|办公室|委员会|常务委员会|局|厅|部|院|署|会"
_ISSUER_IN_TITLE = re.compile(
    rf"(?:\d{{4}}年)?(?P<issuer>[\u4e00-\u9fff、]{{2,30}}?(?:{_BODIES}))(?=关于|公告|令$|印发|转发)"
)
_SIGNATORY = re.compile(rf"[\u4e00-\u9fff、]{{2,30}}(?:{_BODIES})$")
_GOVERNMENT = re.compile(
    r"(?<!人民)(?:代表|受)(?!大会)(?P<issuer>(?:中华人民共和国)?国务院|中央人民政府"
    rf"|(?:[\u4e00-\u9fff]{{2,11}}?(?:{_LEVELS})|{_LEVELS})(?:人民)?政府)"
)
_HEAD_GOVERNMENT = re.compile(rf"(?P<issuer>(?:{_LEVELS})人民政府)$")
_STATE_COUNCIL = re.compile(r"(?:\d{4}年)?(?:中华人民共和国)?国务院(?=政府工作报告)")
_GENERIC = re.compile(rf"(?P<level>{_LEVELS})(?:人民)?政府$")


def kind_of(title: str) -> str:
    """Give the kind of document that a title tells, or ""."""
    bare = _TITLE_TAIL.sub("", title.strip())
    return next((kind for pattern, kind in KINDS if re.search(pattern, bare)), "")


def number_of(text: str) -> str:
    """Give the document number that a line is, or "".

    Returns:
        In canonical form: 国办发〔2017〕24号, 国令第707号.
    """
    plain = unicodedata.normalize("NFKC", text).strip().strip("()")
    match = _NUMBER.fullmatch(plain) or _NUMBER.fullmatch(f"{plain})")
    if match is not None and not _AGENCY_WORDS.search(match["agency"]):
        return f"{match['agency']}〔{match['year']}〕{int(match['serial'])}号"
    match = _DECREE.fullmatch(plain)
    if match is not None and not _AGENCY_WORDS.search(match["agency"]):
        return (
            f"{match['agency'].replace('中华人民共和国国务院令', '国令')}第{int(match['serial'])}号"
        )
    return ""


def region_of(text: str) -> str:
    """Give the administrative division that a title, issuer or meeting line names, or ""."""
    for context in _REGION_CONTEXTS:
        match = context.match(text)
        if match is not None and not _NO_REGION.search(match["region"]):
            return match["region"]
    return ""


def issuer_in_title(title: str) -> str:
    """Give the body that a title names as its author (某市人民政府关于…), or ""."""
    if _STATE_COUNCIL.match(title):
        return "国务院"
    match = _ISSUER_IN_TITLE.match(title)
    return match["issuer"] if match is not None else ""


def issuer_in_signature(line: str) -> str:
    """Give the body that a line above the closing date is, or ""."""
    return line if _SIGNATORY.match(line) else ""


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
