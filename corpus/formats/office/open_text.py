"""The text of an OpenDocument text as it is shown: OASIS ODF 1.3 part 3.

What was deleted is kept apart from the text (text:tracked-changes) and is not read.
Footnotes follow the paragraph that refers to them, and endnotes the text. A paragraph
within a paragraph stands in a text box or another shape, and comes after it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.formats.office.looks import PLAIN, Look, Looks
from corpus.formats.office.open_lists import Lists
from corpus.formats.office.stories import Story
from corpus.formats.office.walking import Listener, whole_number

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from corpus.formats.base import Line

    Attributes = dict[str, str]

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
NAMESPACES = {
    f"{_OASIS}:office:1.0": "office",
    f"{_OASIS}:text:1.0": "text",
    f"{_OASIS}:table:1.0": "table",
    f"{_OASIS}:drawing:1.0": "draw",
    f"{_OASIS}:style:1.0": "style",
    f"{_OASIS}:svg-compatible:1.0": "svg",
}
"""Namespaces of the text and their prefixes."""

_SKIPPED = frozenset(
    """
    office:annotation office:binary-data office:event-listeners office:forms
    office:master-styles office:meta office:scripts office:settings office:font-face-decls
    text:tracked-changes text:note-citation text:ruby-text text:table-of-content-source
    text:illustration-index-source text:table-index-source text:object-index-source
    text:user-index-source text:alphabetical-index-source text:bibliography-source
    draw:object draw:object-ole draw:image draw:plugin draw:applet svg:title svg:desc
    """.split()  # noqa: SIM905 -- a list of words reads best as one
)
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_SPACES = 100
_BOLD = frozenset({"bold", "600", "700", "800", "900"})
_TITLE = "title"
_DEEPEST_HEADING = 10


@dataclass(slots=True)
class _Place:
    """Where text goes at present.

    Attributes:
        story: the story.
        looks: how the open paragraph looks, and each span that is open in it.
        level: the heading level of the paragraph.
        label: what numbers it, and the gap between.
        spaced: whether white space would be one too many.
        is_title: whether it is styled as the document's title.
        covered: whether it is a cell that another is merged over.
    """

    story: Story = field(default_factory=Story)
    looks: list[Look] = field(default_factory=list)
    level: int = 0
    label: tuple[str, str] = ("", "")
    spaced: bool = True
    is_title: bool = False
    covered: bool = False


class OpenText:
    """The text of a document, made as its parts come by: styles first, the content last."""

    def __init__(self) -> None:
        self.title = ""
        """The first paragraph that is styled as the document's title, or ""."""
        self._looks = Looks()
        self._titles = {f"paragraph:{_TITLE}"}
        self._lists = Lists()
        self._places = [_Place()]
        self._rows: list[list[Story]] = []
        self._nested: list[bool] = []
        self._in_endnote = False
        self._endnotes: list[Line] = []

    def finish(self) -> tuple[Line, ...]:
        """Give the lines, when the content has come by."""
        return (*self._here.story.finish(), *self._endnotes)

    @property
    def styles(self) -> Listener:
        """Who is to be told of the part that only defines styles."""
        return Listener(
            whole={
                "style:style": self._define,
                "text:list-style": self._lists.define,
                "text:outline-style": self._lists.define,
            },
            skipped=_SKIPPED,
        )

    @property
    def listener(self) -> Listener:
        """Who is to be told of the content."""
        return Listener(
            enter={
                "text:p": lambda at: self._paragraph(at, 0),
                "text:h": self._heading,
                "text:span": self._span,
                "text:s": self._spaces,
                "text:tab": lambda _: self._write("\t"),
                "text:line-break": lambda _: self._break(),
                "text:list": self._lists.enter,
                "text:list-item": self._lists.item,
                "text:section": lambda at: at.get("display") == "none",
                "text:hidden-text": lambda at: at.get("is-hidden") == "true",
                "text:hidden-paragraph": lambda at: at.get("is-hidden") == "true",
                "text:note": self._note,
                "text:note-body": lambda _: self._places.append(_Place()),
                "draw:text-box": lambda _: self._places.append(_Place()),
                "table:table": self._table,
                "table:table-row": lambda _: self._rows.append([]),
                "table:table-cell": lambda _: self._places.append(_Place()),
                "table:covered-table-cell": lambda _: self._places.append(_Place(covered=True)),
            },
            leave={
                "text:p": self._paragraph_ends,
                "text:h": self._paragraph_ends,
                "text:span": self._span_ends,
                "text:list": self._lists.leave,
                "text:note-body": self._note_ends,
                "draw:text-box": self._box_ends,
                "table:table-row": self._row_ends,
                "table:table-cell": self._cell_ends,
                "table:covered-table-cell": self._cell_ends,
            },
            whole=self.styles.whole,
            skipped=_SKIPPED,
            text=self._text,
        )

    @property
    def _here(self) -> _Place:
        return self._places[-1]

    def _define(self, element: Element) -> None:
        family = element.get("family", "")
        style = f"{family}:{element.get('name', '')}"
        base = f"{family}:{element.get('parent-style-name', '')}"
        run = element.find("text-properties")
        strong = hidden = None
        if run is not None:
            weight, display = run.get("font-weight"), run.get("display")
            strong = None if weight is None else weight in _BOLD
            hidden = None if display is None else display == "none"
        look = Look(list_id=element.get("list-style-name"), strong=strong, hidden=hidden)
        self._looks.define(style, base, look)
        if base.lower() in self._titles:
            self._titles.add(style.lower())

    def _heading(self, attributes: Attributes) -> None:
        level = whole_number(attributes.get("outline-level"), least=1, most=_DEEPEST_HEADING) or 1
        self._paragraph(attributes, level)

    def _paragraph(self, attributes: Attributes, level: int) -> None:
        nested = bool(self._here.looks)
        self._nested.append(nested)
        if nested:
            self._places.append(_Place())
        here = self._here
        here.story.end_paragraph()
        style = f"paragraph:{attributes.get('style-name', '')}"
        look = self._looks.look(style)
        here.looks.append(look)
        here.level, here.spaced = level, True
        here.is_title = style.lower() in self._titles
        if level and not self._lists.is_open:
            here.label = self._lists.outline_label(level, attributes)
        else:
            here.label = self._lists.label(look.list_id)

    def _paragraph_ends(self) -> None:
        here = self._here
        here.looks.clear()
        here.story.label(*here.label)
        text = here.story.end_paragraph(here.level)
        if here.is_title and not self.title:
            self.title = text.strip()
        if self._nested.pop():
            self._box_ends()

    def _span(self, attributes: Attributes) -> None:
        here = self._here
        own = self._looks.look(f"text:{attributes.get('style-name', '')}")
        here.looks.append(own.over(here.looks[-1] if here.looks else PLAIN))

    def _span_ends(self) -> None:
        if self._here.looks:
            self._here.looks.pop()

    def _text(self, text: str) -> None:
        """Take text in; white space in the XML is one space, or none (part 3, 6.1.2)."""
        here = self._here
        if not here.looks:
            return
        text = _SPACE.sub(" ", text)
        if here.spaced:
            text = text.lstrip(" ")
        if text:
            self._write(text)
            here.spaced = text.endswith(" ")

    def _write(self, text: str) -> None:
        here = self._here
        if here.looks and not here.looks[-1].hidden:
            here.story.write(text, strong=here.looks[-1].strong is True)
            here.spaced = False

    def _spaces(self, attributes: Attributes) -> None:
        count = whole_number(attributes.get("c"), least=1, most=_MOST_SPACES) or 1
        self._write(" " * count)

    def _break(self) -> None:
        here = self._here
        if here.level:
            self._write("\n")
        else:
            here.story.label(*here.label)
            here.label = ("", "")
            here.story.end_line()
        here.spaced = True

    def _note(self, attributes: Attributes) -> None:
        self._in_endnote = attributes.get("note-class") == "endnote"

    def _note_ends(self) -> None:
        if self._in_endnote:
            self._endnotes.extend(self._end_story())
        else:
            self._box_ends()

    def _box_ends(self) -> None:
        lines = self._end_story()
        self._here.story.put_aside(lines)

    def _end_story(self) -> Iterator[Line]:
        return self._places.pop().story.finish()

    def _table(self, attributes: Attributes) -> None:  # noqa: ARG002 -- one of a table
        self._here.story.end_paragraph()
        self._here.story.has_table = True

    def _cell_ends(self) -> None:
        place = self._places.pop()
        place.story.end_paragraph()
        if self._rows:
            self._rows[-1].append(Story() if place.covered else place.story)

    def _row_ends(self) -> None:
        self._here.story.add_row(self._rows.pop())
