"""What a work report does where: it reviews (回顾), names problems (问题), plans (计划).

The headings say so. The nearest heading outwards that tells decides; one that names two of
these tells nothing, so that what stands under it is decided by the headings within. A
heading that names a time and no more (2026年重点工作) goes by whether that time is reported
on or to come. Problems are often no section of their own: a review ends by turning to them
(同时，我们也清醒地看到……), and from there to its end it speaks of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.characters import squeeze
from corpus.numbering import mark_of
from corpus.numerals import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from corpus.model import Paragraph

REVIEW, PROBLEMS, PLAN = "回顾", "问题", "计划"

REPORTS = frozenset({"政府工作报告", "法治政府建设报告"})
"""Kinds of documents that review and plan."""

_WORDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        REVIEW,
        re.compile(
            "回顾|总结|成就|成绩|成效|进展|情况(?:$|和|与|及|、|的)|主要做法|过去.{0,2}年"
            "|[一三五]年来|上一?年度?|去年"
        ),
    ),
    (
        PROBLEMS,
        re.compile(
            "(?:存在|面临)的?(?:主要|突出)?(?:的)?(?:问题|困难|不足|挑战|短板|薄弱环节|差距)"
            "|(?:问题|困难|不足|挑战|短板|差距)(?:和|与|及|、)(?:问题|困难|不足|挑战|短板|差距|原因)"
            "|^(?:主要|突出)?(?:问题|不足)$|不足之处|薄弱环节"
        ),
    ),
    (
        PLAN,
        re.compile(
            "总体(?:要求|思路|部署|安排)|(?:主要|预期|发展|奋斗|工作|总体)目标|(?:目标|主要|重点|重大"
            "|基本|工作|总|建设)任务|(?:主要|工作)(?:部署|安排|打算|思路|计划|建议)|部署|打算"
            "|的建议|政策取向|主要考虑|(?:指导|基本)方针|(?:战略|重大)(?:举措|措施)|努力方向"
            "|改进措施|前景|展望|下一?步|下一?阶段|下一?年度?|今后|未来|今年|明年|开好局|奋力谱写"
            "|规划《?纲要.{0,8}的?说明"
        ),
    ),
)
"""What a section does, and the words of a heading that say so."""

_ENDED = re.compile("取得|(?:完成|落实|执行)情况")
"""Words that make the tasks of a heading those of the past."""

_UNCLEAR = re.compile("形势")
_OTHER = re.compile("外交|国际|统一|对外政策|^附|名词|注释|^关于")
_DEMANDS = re.compile(
    "全力|全面|大力|努力|着力|奋力|继续|进一步|切实|持续|深入|深化|积极|千方百计|认真|加强|加快|推进"
    "|促进|坚持|发展|改善|维护|巩固|保持|扩大|提升|提高|建设|做好|搞好|确保|实施|贯彻|抓紧|从严|把|以"
    "|为|不断|坚定|统筹|充分|争取"
)
"""How a part begins that demands something: after a review it is of the plan."""

_FILLING = re.compile(
    "我[省市区县]|全[省市区县国]|区|年度?|度|时期|期间|工作|政府|法治|依法行政|法制|建设|经济社会|经济和社会"
    "|国民经济|发展|主要|重点|各项|关于|对|的|和|与|及|其|以及|、|，|任务|情况|原因|存在|五年|“|”"
)
"""What else a heading within a section may say if it is to change what is said."""

_YEAR = re.compile(r"(?<!\d)(?P<year>\d{4}|[〇零○一二三四五六七八九]{4})(?=年|[—\-－至])")
_PERIOD = re.compile(
    '(?P<open>[“"])?(?P<count>十?[一二三四五六七八九]|十)五(?(open)[”"]|(?=时期|期间|规划|计划))'
)
_PERIOD_ZERO = 1955
"""The year that the zeroth five-year plan would have ended with; the fourteenth did in 2025."""

_LONGEST_HEADING = 80

_ADMITS = re.compile(
    "(?P<plainly>(?:也|还|更)要?清醒地?(?:看到|认识到))|(?:清醒|应当|应该|必须|也要|更要|我们也|我们还)地?(?:看到|认识到|意识到|认识|正视)"
    "|(?=(?:问题|不足|困难)也?不容忽视)"
)
_FACES = re.compile("(?P<but>但.{0,12})?(?:还|仍|仍然|依然|也|尚)(?:存在|面临|有)")
_TURNS = re.compile(r"各位代表|同志们|回顾|总结|过去|今年|[一三五]年来|\d{4}年")
"""How a paragraph begins that turns from the problems to something else."""

_TROUBLES = re.compile("问题|困难|不足|挑战|矛盾|短板|弱项|缺点|差距")
_OPENING = 110
_LISTS = re.compile("主要是|主要表现|突出的?(?:是|问题)|[：:]|一是")
_REVIEWED = re.compile(r"(?P<year>\d{4})年[^。；，\d]{0,12}?(?:回顾|总结)")
_LONGEST_REVIEWED = 40


def mark_sections(
    paragraphs: Sequence[Paragraph], kind: str, covers: int | None
) -> tuple[Paragraph, ...]:
    """Say of each paragraph of a work report what the report does there.

    Args:
        paragraphs: of the whole report.
        kind: the kind of document; others than `REPORTS` stay as they are.
        covers: the year it reports on, if that is known.
    """
    if kind not in REPORTS:
        return tuple(paragraphs)
    reader = _Reader(covers)
    return tuple(
        paragraph._replace(section=section) if section else paragraph
        for paragraph, section in zip(paragraphs, reader.sections(paragraphs), strict=True)
    )


def year_reviewed(texts: Iterable[str]) -> int | None:
    """Give the year that a heading says to look back on (一、2025年工作回顾), or None."""
    for text in texts:
        if len(text) <= _LONGEST_REVIEWED:
            match = _REVIEWED.search(text)
            if match is not None:
                return number(match["year"])
    return None


class _Reader:
    """Reads a report from its first paragraph to its last, keeping the part it is in."""

    def __init__(self, covers: int | None) -> None:
        self._covers = covers
        self._part = ""
        self._of_part = ""
        self._before: frozenset[str] = frozenset()
        self._admitted = False

    def sections(self, paragraphs: Sequence[Paragraph]) -> Iterator[str]:
        """Give the section of each paragraph in order."""
        for paragraph in paragraphs:
            if not paragraph.heading:
                self._admitted = False
                yield ""
                continue
            if paragraph.heading[0] != self._part:
                self._enter(paragraph.heading[0])
            section = self._within(paragraph.heading[1:]) or self._of_part
            yield PROBLEMS if self._admits(paragraph, section) else section

    def _admits(self, paragraph: Paragraph, section: str) -> bool:
        """Whether a review speaks of problems here: it turns to them, or has and goes on."""
        reviews = section == REVIEW or (not section and REVIEW in self._before)
        if not reviews or paragraph.is_heading:
            self._admitted = False
        elif _turns_to_problems(paragraph.text):
            self._admitted = True
        elif section != REVIEW or _TURNS.match(paragraph.text):
            self._admitted = False
        return self._admitted

    def _enter(self, heading: str) -> None:
        """Judge the part that a heading opens, by its words and by the parts before it."""
        self._part, self._admitted = heading, False
        told = self._told(heading)
        if told:
            self._before = told
            self._of_part = next(iter(told)) if len(told) == 1 else ""
            return
        bare = _bare(heading)
        goes_on = PLAN in self._before or (REVIEW in self._before and _DEMANDS.match(bare))
        plans = goes_on and not (_OTHER.search(bare) or _OTHER.match(heading))
        self._of_part = PLAN if plans else ""
        self._before = frozenset({self._of_part} if plans else ())

    def _within(self, headings: Sequence[str]) -> str:
        """Give what the innermost heading tells that says nothing else besides."""
        for heading in reversed(headings):
            told = self._told(heading)
            if len(told) == 1 and not _rest(heading):
                return next(iter(told))
        return ""

    def _told(self, heading: str) -> frozenset[str]:
        """Give the sections that a heading names, by its words or else by its times."""
        bare = _bare(heading)
        if not bare or len(bare) > _LONGEST_HEADING or _UNCLEAR.search(bare):
            return frozenset()
        told = {section for section, words in _WORDS if words.search(bare)}
        if PLAN in told and _ENDED.search(bare):
            told -= {PLAN}
            told.add(REVIEW)
        if told or "报告" in bare:
            return frozenset(told)
        return frozenset(self._by_time(bare))

    def _by_time(self, bare: str) -> Iterator[str]:
        if self._covers is None:
            return
        ends = [number(match["year"]) for match in _YEAR.finditer(bare)]
        ends += [_PERIOD_ZERO + 5 * number(match["count"]) for match in _PERIOD.finditer(bare)]
        for end in ends:
            yield REVIEW if end <= self._covers else PLAN


def _bare(heading: str) -> str:
    """Give a heading without its number and white space."""
    mark = mark_of(heading)
    return squeeze(heading[len(mark.text) :] if mark is not None else heading).rstrip("。：:")


def _rest(heading: str) -> str:
    """Give what a heading says besides naming a section and a time."""
    rest = _bare(heading)
    for _, words in _WORDS:
        rest = words.sub("", rest)
    return _FILLING.sub("", _YEAR.sub("", _PERIOD.sub("", rest)))


def _turns_to_problems(text: str) -> bool:
    opening = text[:_OPENING]
    admission = _ADMITS.search(opening)
    if admission is not None:
        plainly = admission["plainly"] is not None
        return plainly or _TROUBLES.search(opening, admission.end()) is not None
    facing = _FACES.search(opening)
    if facing is None or _TROUBLES.search(opening, facing.end()) is None:
        return False
    return facing["but"] is not None or _LISTS.search(opening, facing.end()) is not None
