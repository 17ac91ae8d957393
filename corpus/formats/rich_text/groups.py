"""What a group of an RTF file holds, and what is set within it: RTF 1.9.1, "Destinations"."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING

from corpus.formats.office.flow import Flow
from corpus.formats.rich_text.words import SKIPPED, TRANSPARENT

if TYPE_CHECKING:
    from corpus.formats.office.stories import Story


class Role(Enum):
    """What the text of a group is."""

    TEXT = auto()
    LABEL = auto()
    FONT = auto()
    STYLE = auto()
    TITLE = auto()
    NOTHING = auto()
    SKIPPED = auto()


ROLES = {
    "listtext": Role.LABEL,
    "pntext": Role.LABEL,
    "fonttbl": Role.FONT,
    "stylesheet": Role.STYLE,
    "info": Role.NOTHING,
    "title": Role.TITLE,
    "object": Role.NOTHING,
    "result": Role.TEXT,
    "shpinst": Role.NOTHING,
    "do": Role.NOTHING,
    **dict.fromkeys(SKIPPED, Role.SKIPPED),
    **dict.fromkeys(TRANSPARENT, Role.TEXT),
}
"""What destinations hold. There is nothing of the text in what is NOTHING, but there may be
in groups within it."""

ASIDE = frozenset({"footnote", "shptxt", "dptxbxtext"})
"""Destinations whose text stands beside the paragraph that they are in."""


@dataclass(slots=True)
class Group:
    """What is set within a group.

    Attributes:
        role: what its text is.
        flow: where its text goes.
        opens_flow: whether that is its own.
        is_endnote: whether that comes at the end.
        font: the number of its font; None for the usual one.
        fallback: how many bytes follow a character for readers that do not know it.
        strong: whether it is bold.
        hidden: whether it is hidden.
        deleted: whether it was deleted.
        style: the number of the paragraph's style.
        outline: the paragraph's outline level, if it states one.
        in_table: whether the paragraph is in a table.
        depth: in how many, if it is.
    """

    role: Role = Role.TEXT
    flow: Flow = field(default_factory=Flow)
    opens_flow: bool = False
    is_endnote: bool = False
    font: int | None = None
    fallback: int = 1
    strong: bool = False
    hidden: bool = False
    deleted: bool = False
    style: int = 0
    outline: int | None = None
    in_table: bool = False
    depth: int = 1

    @property
    def is_shown(self) -> bool:
        """Whether its text is."""
        return not (self.hidden or self.deleted)

    @property
    def story(self) -> Story:
        """The story that its text goes to."""
        self.flow.go_to(self.depth if self.in_table else 0)
        return self.flow.story
