"""The head of a document: what stands above its text, in the order of GB/T 9704-2012.

Above the red line stand the name that the document is issued under (发文机关标志), its
number (发文字号) and, if it goes upwards, who signed it (签发人); below it the title, and
the bodies it is addressed to (主送机关). The head of a work report says instead when and
where it was delivered, and by whom. Pages put the same lines in other orders, so a line
is told by what it looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE, ends_sentence, squeeze
from corpus.numbering import mark_of
from corpus.numerals import DATE, find_date, is_date
from corpus.official import bodies_in, kind_of, number_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

_MOST_LINES = 24
_LONGEST_LINE = 100
_LONGEST_SENTENCE = 40
_LONGEST_TITLE = 160
_MOST_TITLE_LINES = 6
_MOST_SIGNERS = 4
_LONGEST_NAME = 4

_VOCATIVE = re.compile("各位|同志们|主任、|主席、")
_COLON = re.compile("[：:]$")
_ADDRESSEES = re.compile(r"[^。；：:]{2,300}[：:]$")
_NO_ADDRESSEES = re.compile(
    "如下|下列|以下|下面|抄[送报]|附件|签发人|联系人|来源|予以|决定|现[将就]|根据|按照|依照"
    "|^(?:注|为|经|因|由于|鉴于|随着|截至|[一二三四五六七八九十]是)|(?:工作|公布|说明)[：:]$"
)

_MEETING = re.compile(
    r"[—―–（(\-\s]*(?P<date>[^。，]{6,18}?日)\s?在\s?(?P<meeting>[^。]{4,60}?[会會](?:[议議])?)上"
    r"(?P<rest>.{0,40})$"
)
_ADOPTED = re.compile(
    r"[（(]?(?P<date>\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)\s?.*(?:通过|公布|发布|批准|修订|修正|颁布)"
)
_IN_FORCE = re.compile(r"\s?(?:起|施行|实施)")
_HISTORY = re.compile(r"[（(]\s?\d{4}\s?年")
_SPEAKER = re.compile(
    r"(?P<office>[^。，：]{0,30}?(?:总理|省长|市长|县长|区长|州长|盟长|旗长|镇长|乡长|主席|行政长官"
    r"|院长|检察长|主任|专员|部长|厅长|局长))[\s：:]*(?P<name>[\u4e00-\u9fff·\s]{2,24})?$"
)
_NAME = re.compile(r"[\u4e00-\u9fff](?:\s{0,4}[\u4e00-\u9fff·]){1,14}$")
_SIGNED = re.compile(r"签\s?发\s?人\s?[：:]\s?(?P<names>[\u4e00-\u9fff·\s、，]{0,60})$")

_MASTHEAD = re.compile(r"[\u4e00-\u9fff、\s]{2,60}(?:文\s?件|[（(]函[)）])$")
_MARKING = re.compile(
    r"(?:№|No\.?)?\s?\d{6}$|(?:绝密|机密|秘密)(?:★.{0,8})?$|特\s?急$|加\s?急$|平\s?急$|特\s?提$"
    r"|紧急程度|密级|份号"
)
_CLAUSE = re.compile("[，；]")
_TITLE_GOES_ON = ("关于", "印发", "转发", "批转", "公布", "发布", "《", "的")
_TITLE_STARTED = re.compile("关于|印发|转发|批转")
_WANTS_MORE = re.compile("(?:印发|转发|批转)(?!.*(?:通知|函|公告|通告|决定|命令|令)$)")
_PLACE_AND_YEAR = re.compile(r"(?:\d{4}年(?:度)?)?[\u4e00-\u9fff]{2,12}(?:\d{4}年(?:度)?)?$")
_YEARLY_ALONE = re.compile("政府工作报告$|依法行政|法治政府建设|国民经济和社会发展")


@dataclass(frozen=True)
class Head:
    """What stands above the text of a document.

    Attributes:
        texts: the lines of the document, all or the first of them; paragraphs will do.
    """

    texts: Sequence[str]

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines above the addressee, the first heading, or the first sentence."""
        lines: list[str] = []
        for text in self.texts[:_MOST_LINES]:
            if len(text) > _LONGEST_LINE or _COLON.search(text) or mark_of(text):
                break
            if ends_sentence(text) and len(text) > _LONGEST_SENTENCE:
                break
            lines.append(text.strip(INVISIBLE))
        return tuple(lines)

    @cached_property
    def mastheads(self) -> tuple[str, ...]:
        """The lines above the number: the name that the document is issued under."""
        place = next((i for i, line in enumerate(self.lines) if _is_numbered(line)), None)
        above = self.lines[:place] if place is not None else ()
        return tuple(line for line in above if line and not _MARKING.match(line))

    @cached_property
    def number(self) -> str:
        """The document number, in canonical form, or ""."""
        above = ""
        for line in self.lines:
            number = number_of(_SIGNED.sub("", line), above)
            if number:
                return number
            above = line
        return ""

    @cached_property
    def signatory(self) -> str:
        """Who signed it (签发人), several joined by 、, or ""."""
        for place, line in enumerate(self.texts[:_MOST_LINES]):
            match = _SIGNED.search(line[:_LONGEST_LINE])
            if match is not None:
                lines = [match["names"], *self._names_below(place)]
                return "、".join(name for names in lines for name in _names(names))
        return ""

    def _names_below(self, place: int) -> Iterator[str]:
        """Give the lines of nothing but names below a signer: one more signer each."""
        for line in self.texts[place + 1 : place + 1 + _MOST_SIGNERS]:
            bare = line.strip(INVISIBLE)
            if _NAME.match(bare) is None or len(squeeze(bare)) > _LONGEST_NAME or kind_of(bare):
                return
            yield bare

    @cached_property
    def title(self) -> str:
        """The title, its lines joined, or ""."""
        runs = list(self._runs())
        below = [run for after_number, run in runs if after_number]
        above = [run for after_number, run in runs if not after_number]
        return next(filter(None, map(_title_in, [*below, *above])), "")

    def _runs(self) -> Iterator[tuple[bool, list[str]]]:
        """Give the lines that may be a title, those that follow one another together.

        With each goes whether it stands below the number: if several look like a title
        the one there is, because above it the document may be named by its kind alone.
        """
        run: list[str] = []
        below = False
        for line in self.lines:
            if _is_numbered(line) or not _may_be_title(line):
                yield below, run
                run = []
                below = below or _is_numbered(line)
            else:
                run.append(line)
        yield below, run

    @cached_property
    def addressees(self) -> str:
        """The bodies it is addressed to, as printed, or ""."""
        following = self.texts[len(self.lines) : len(self.lines) + 1]
        text = following[0].strip(INVISIBLE) if following else ""
        if _ADDRESSEES.match(text) is None or _VOCATIVE.search(text) or _NO_ADDRESSEES.search(text):
            return ""
        return "" if mark_of(text) else text[:-1].rstrip(INVISIBLE)

    @cached_property
    def _delivery(self) -> tuple[int, re.Match[str]] | None:
        matches = ((place, _MEETING.match(line)) for place, line in enumerate(self.lines))
        return next(((place, match) for place, match in matches if match is not None), None)

    @property
    def meeting(self) -> str:
        """The meeting that a report was delivered at, or ""."""
        return squeeze(self._delivery[1]["meeting"]) if self._delivery is not None else ""

    @property
    def delivered(self) -> date | None:
        """The day it was delivered."""
        return find_date(self._delivery[1]["date"]) if self._delivery is not None else None

    @property
    def adopted(self) -> date | None:
        """The last date of a law's head: it is the version that this text is."""
        adopted = filter(_ADOPTED.match, (*self.lines, self._history))
        return max((day for text in adopted for day in _days(text)), default=None)

    @property
    def _history(self) -> str:
        """What stands in brackets below the title of a law: its adoption, and all amendments.

        It is one paragraph, as long as it may be, or several lines.
        """
        lines = iter(self.texts[:_MOST_LINES])
        history = next(filter(_HISTORY.match, lines), "")
        while history and not history.endswith(("）", ")")):
            following = next(lines, "")
            history = following and history + following
        return history

    @cached_property
    def speaker(self) -> str:
        """Who delivered it: office and name, parted by a space, or ""."""
        if self._delivery is None:
            return ""
        place, match = self._delivery
        below = (line.strip("（）()") for line in self.lines[place + 1 :])
        return _speaker([match["rest"].strip("）) 　"), *below])


def _days(text: str) -> Iterator[date]:
    """Give the days that a law's head names, but not that from which on it is in force."""
    for match in DATE.finditer(text):
        day = find_date(match[0])
        if day is not None and not _IN_FORCE.match(text, match.end()):
            yield day


def _is_numbered(line: str) -> bool:
    """Whether a line is a document number, be it a bare one that wants the line above it."""
    return bool(number_of(_SIGNED.sub("", line), "令"))


def _names(text: str) -> list[str]:
    """Part names that stand in one line; 王　某 is one name, set wide."""
    parts = re.split(r"[\s、，,]+", text.strip(INVISIBLE))
    if len(parts) > 1 and all(len(part) == 1 for part in parts):
        return ["".join(parts)]
    return [part for part in parts if part]


def _speaker(lines: list[str]) -> str:
    office = ""
    for line in lines:
        match = _SPEAKER.match(line)
        if match is not None and match["name"]:
            return f"{squeeze(match['office'])} {squeeze(match['name'])}"
        if match is not None:
            office = squeeze(match["office"])
        elif _NAME.match(line) and not (kind_of(line) or bodies_in(line)):
            return f"{office} {squeeze(line)}".strip()
    return office


def _may_be_title(line: str) -> bool:
    return bool(line) and not (
        _MARKING.match(line)
        or _MASTHEAD.match(line)
        or _MEETING.match(line)
        or _ADOPTED.match(line)
        or _SIGNED.search(line)
        or is_date(squeeze(line).strip("（）()"))
        or ends_sentence(line)
        or _CLAUSE.search(line)
        or len(line) > _LONGEST_TITLE
    )


def _title_in(run: list[str]) -> str:
    """Give the title that lines hold: the first that tells a kind, with what belongs to it."""
    end = next((place for place, line in enumerate(run) if kind_of(line)), None)
    if end is None:
        return ""
    start = end
    while start > 0 and end - start < _MOST_TITLE_LINES and _leads(run[start - 1], run[start]):
        start -= 1
    title = _joined(run[start : end + 1])
    for line in run[end + 1 : end + 1 + _MOST_TITLE_LINES]:
        if not _is_open(title, line):
            break
        title = _joined([title, line])
    return title if len(title) <= _LONGEST_TITLE else ""


def _leads(line: str, following: str) -> bool:
    """Whether a line is the part of a title before the next one."""
    if kind_of(line):
        return False
    if following.startswith(_TITLE_GOES_ON) or _TITLE_STARTED.search(line):
        return True
    if bodies_in(line):
        return bool(bodies_in(following))
    alone = _YEARLY_ALONE.match(following) is not None
    return alone and _PLACE_AND_YEAR.match(line) is not None


def _is_open(title: str, following: str) -> bool:
    """Whether a title wants the next line: a bracket is open, or what it sends out is not named."""
    torn = title.count("《") > title.count("》") or title.count("（") > title.count("）")
    wanting = _WANTS_MORE.search(title) is not None and bool(kind_of(following))
    return torn or wanting or following.startswith("的")


def _joined(lines: list[str]) -> str:
    """Put lines together; the names of two bodies stay apart."""
    title = ""
    for line in lines:
        apart = " " if title and bodies_in(title) and bodies_in(line) else ""
        title += apart + line
    return re.sub(r"\s+", " ", title)
