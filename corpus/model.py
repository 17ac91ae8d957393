"""What a report is: the records that every later layer passes on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.plain import Plain, known, plain

if TYPE_CHECKING:
    from collections.abc import Iterable

Day = date
"""The type under a name of its own: within `Report`, `date` is a property."""

MEMBER = "!/"
"""What stands between a file and what lies in it, in the name of a source."""

ID_LENGTH = 12
"""Hexadecimal digits of a report's id: 48 bits, one chance in 50,000 of any clash among 100,000."""


class Paragraph(NamedTuple):
    """One paragraph of a report: the unit that is indexed, ranked and shown.

    Attributes:
        ordinal: its place in the report, counted from 1.
        text: as published, line wraps undone, without leading or trailing space.
        heading: the heading path above it, outermost first; for a heading line and
            for a paragraph that opens with a run-in heading it ends with that heading.
        section: what a work report does here, by its headings: 回顾 (it reviews), 问题
            (it names problems) or 计划 (it plans); "" elsewhere and in other documents.
        page: the page of the source that it begins on, counted from 1; 0 if there are none.
    """

    ordinal: int
    text: str
    heading: tuple[str, ...] = ()
    section: str = ""
    page: int = 0

    @property
    def is_heading(self) -> bool:
        """Whether the whole paragraph is a heading line."""
        return bool(self.heading) and self.heading[-1] == self.text


@dataclass(frozen=True, slots=True)
class Report(Plain):
    """What is known of a report. What its text does not say is empty, never guessed.

    Attributes:
        id: hash of its text, see `report_id`; the same text at two places is one report.
        sources: where it was read from: absolute paths; for what lies in an archive or a
            table `PATH!/MEMBER`.
        title: 标题.
        kind: 文种 or class of report: 政府工作报告, 法治政府建设报告, 统计公报, 通知, 意见 …
        issuer: 发文机关, the body that issued it.
        region: the administrative division it speaks of, such as 慈溪市.
        province: the province-level division that lies in, such as 浙江省.
        number: 发文字号 in canonical form, such as 国办发〔2017〕24号.
        subject: 主题分类, as the issuer classified it.
        signatory: 签发人, who signed a document that goes upwards.
        addressees: 主送机关, the bodies it is addressed to, as printed.
        annexes: 附件, the names of what it says to be attached.
        meeting: the meeting it was delivered at, as its head names it.
        speaker: who delivered it there, office and name as its head gives them.
        written: 成文日期, the date it was written or delivered.
        published: 发布日期, the date it was published.
        printed: 印发日期, the date it was printed.
        year: the year it belongs to.
        covers: the year that a yearly report reports on.
        delivered: the year that a work report was delivered in.
        url: where it was published, as its table, its feed or the page that was saved says.
        format: the format it was read as: text, markdown, html …
        encoding: the character encoding it was decoded from; "" if it was none.
        flaws: what of its source could not be read as it stands, a sentence each.
        added: the day it came into the index; None for one that was just read.
    """

    id: str
    sources: tuple[str, ...] = ()
    title: str = ""
    kind: str = ""
    issuer: str = ""
    region: str = ""
    province: str = ""
    number: str = ""
    subject: str = ""
    signatory: str = ""
    addressees: str = ""
    annexes: tuple[str, ...] = ()
    meeting: str = ""
    speaker: str = ""
    written: date | None = None
    published: date | None = None
    printed: date | None = None
    year: int | None = None
    covers: int | None = None
    delivered: int | None = None
    url: str = ""
    format: str = ""
    encoding: str = ""
    flaws: tuple[str, ...] = ()
    added: date | None = None

    @property
    def date(self) -> date | None:
        """The date to sort and show by: written, else published."""
        return self.written or self.published

    @property
    def period(self) -> tuple[Day, Day] | None:
        """The first and last day that it may be of: its date, else all of its year."""
        if self.date:
            return self.date, self.date
        if self.year and MINYEAR <= self.year <= MAXYEAR:
            return Day(self.year, 1, 1), Day(self.year, 12, 31)
        return None

    def to_dict(self) -> dict[str, Any]:
        """What is known of it by name, its `date` too; None where its text does not say."""
        return {**known(Plain.to_dict(self)), "date": plain(self.date)}


class Reading(NamedTuple):
    """What reading one source gives: the report and its paragraphs in order."""

    report: Report
    paragraphs: tuple[Paragraph, ...]


def report_id(texts: Iterable[str]) -> str:
    """Hash the paragraphs' texts, in order, into a report's id.

    Only the text counts: a moved or renamed file keeps its addresses, and so does
    one whose metadata is read better by a later version.

    Returns:
        `ID_LENGTH` lower-case hexadecimal digits of the SHA-256 over the texts,
        each ended by a line feed, in UTF-8.
    """
    import hashlib  # not for those who only hold reports: it takes as long as this module

    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8", "surrogatepass") + b"\n")
    return digest.hexdigest()[:ID_LENGTH]
