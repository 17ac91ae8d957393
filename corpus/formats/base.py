"""What a format is given and what it gives back: the shapes that every format shares.

A format knows how bytes are laid out, not what a report is: it hands over lines,
the labelled values its markup carries, and how far its line breaks can be trusted.
Paragraphs, headings and metadata are made of them later, alike for every format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Source:
    """What a format reads.

    Attributes:
        name: where the bytes come from, as the caller gave it; names errors.
        data: the bytes.
        encoding: the character encoding the caller insists on, or None.
    """

    name: str
    data: bytes
    encoding: str | None = None


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
    """

    text: str
    level: int = 0
    strong: bool = False
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Draft:
    """What a format makes of its bytes.

    Attributes:
        lines: the text in reading order, page furniture included.
        breaks: what the line ends mean.
        encoding: the character encoding it was decoded from, lower case.
        title: the title that markup states, or "".
        fields: labelled values that markup states, label to value, such as
            {"发文字号": "国发〔2019〕5号"}; unknown labels do no harm.
    """

    lines: tuple[Line, ...]
    breaks: Breaks
    encoding: str
    title: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)


class Format(Protocol):
    """A file format that reports come in."""

    @property
    def name(self) -> str:
        """What `Report.format` says, such as "html"."""

    @property
    def suffixes(self) -> frozenset[str]:
        """The file name suffixes it claims, lower case, with the dot."""

    def claims(self, data: bytes) -> bool:
        """Whether bytes of an unknown or plain suffix are plainly of this format."""

    def read(self, source: Source) -> Draft:
        """Turn bytes into a draft.

        Raises:
            UnreadableReport: the bytes are not what this format can read.
        """
