"""What a format is given and what it gives back: the shapes that every format shares.

A format knows how bytes are laid out, not what a report is: it hands over lines,
the labelled values its markup carries, and how far its line breaks can be trusted.
Paragraphs, headings and metadata are made of them later, alike for every format.

A container holds reports: an archive its files, a table its rows, a mail its text and
what is attached. It hands over members, which are read as if they stood alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from corpus.limits import Budget
from corpus.model import MEMBER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpus.errors import UnreadableReport


@dataclass(frozen=True, slots=True)
class Source:
    """What a format reads.

    Attributes:
        name: where the bytes come from, as the caller gave it; names errors.
        data: the bytes.
        encoding: the character encoding the caller insists on, or None.
        columns: what the columns of a table are, by the caller's word: name of the
            column to a label that `corpus.labels` knows.
        budget: what may be spent on it; what is unpacked of it is counted there.
    """

    name: str
    data: bytes
    encoding: str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    budget: Budget = field(default_factory=lambda: Budget(""))

    def within(self, name: str, data: bytes = b"") -> Source:
        """Give what lies in this source, by its address there; "" for the source itself."""
        return replace(self, name=f"{self.name}{MEMBER}{name}" if name else self.name, data=data)


class Breaks(Enum):
    """What the end of a line means in a draft."""

    MEANT = "every line is a paragraph"
    FOLDED = "lines that do not stand apart flow together"
    UNKNOWN = "the lines themselves must show it"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a draft; after unwrapping, one paragraph.

    Attributes:
        text: its characters, indentation included.
        level: heading level given by markup, 1 the outermost; 0 for none.
        strong: whether markup sets the whole line in bold.
        apart: whether a blank line or markup parts it from the line before.
        page: the page it begins on, counted from 1; 0 where there are none.
    """

    text: str
    level: int = 0
    strong: bool = False
    apart: bool = False
    page: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format makes of its bytes.

    Attributes:
        lines: the text in reading order, page furniture included.
        breaks: what the line ends mean.
        encoding: the character encoding it was decoded from, lower case; "" for a
            format that is not text.
        title: the title that markup states, or "".
        fields: labelled values that markup states, label to value, such as
            {"发文字号": "国发〔2019〕5号"}; unknown labels do no harm.
        flaws: what of the source is not in the lines or not as published, a sentence
            each: "it breaks off: the last 3 of 7 pages are missing".
    """

    lines: tuple[Line, ...]
    breaks: Breaks
    encoding: str
    title: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    flaws: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """One of what a container holds.

    Attributes:
        name: its address within the container, such as "附件/方案.docx" or "17" for a
            row; "" for what is the container's own text.
        content: its bytes, to be read by the format that they are of, or its draft.
    """

    name: str
    content: bytes | Draft


class Format(Protocol):
    """A file format that reports come in."""

    @property
    def name(self) -> str:
        """What `Report.format` says, such as "html"."""

    @property
    def suffixes(self) -> frozenset[str]:
        """The file name suffixes it claims, lower case, with the dot."""

    @property
    def signed(self) -> bool:
        """Whether its files bear its mark: then `claims` decides, whatever the suffix."""

    def claims(self, data: bytes) -> bool:
        """Whether bytes are plainly of this format."""

    def read(self, source: Source) -> Draft:
        """Turn bytes into a draft.

        Raises:
            UnreadableReport: the bytes are not what this format can read.
        """


@runtime_checkable
class Container(Protocol):
    """A file format that holds several reports."""

    @property
    def name(self) -> str:
        """What `Report.format` says of the drafts it makes itself, such as "csv"."""

    @property
    def suffixes(self) -> frozenset[str]:
        """The file name suffixes it claims, lower case, with the dot."""

    @property
    def signed(self) -> bool:
        """Whether its files bear its mark: then `claims` decides, whatever the suffix."""

    def claims(self, data: bytes) -> bool:
        """Whether bytes are plainly of this format."""

    def members(self, source: Source) -> Iterator[Member | UnreadableReport]:
        """Give what it holds, one after the other, and an error for each that cannot be.

        Raises:
            UnreadableReport: the container itself cannot be read.
        """
