"""The text of a Word document as Word shows it: ECMA-376 part 1, 17.

What was deleted, hidden, or is the code of a field is not shown; what was inserted is.
Footnotes follow the paragraph that refers to them, and endnotes the text; the marks that
refer to them would tear sentences and are left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from typing import TYPE_CHECKING

from corpus.characters import joint
from corpus.formats.office.looks import PLAIN, Look
from corpus.formats.office.stories import Story
from corpus.formats.office.walking import Listener
from corpus.formats.office.word_styles import is_on, look_of
from corpus.formats.office.word_symbols import symbol

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from xml.etree.ElementTree import Element

    from corpus.formats.base import Line
    from corpus.formats.office.word_numbering import Numbering
    from corpus.formats.office.word_styles import Styles

    Attributes = dict[str, str]

NAMESPACES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
}
"""Namespaces of the text and their prefixes, transitional and strict alike."""

_SKIPPED = frozenset(
    """
    w:del w:moveFrom w:instrText w:delText w:delInstrText w:rt w:sectPr w:sdtPr w:tblPr
    w:tblGrid w:tblPrEx
    """.split()  # noqa: SIM905 -- a list of words reads best as one
)
_NO_NOTES = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_FOOTNOTE, _ENDNOTE = "footnote", "endnote"
_SPACES = str.maketrans("\t\r\n", "   ")


@dataclass(slots=True)
class _Place:
    """Where text goes at present: a story, with the paragraph, run and fields open in it.

    Attributes:
        story: the story.
        style: the paragraph's style.
        look: how the paragraph looks, its style counted in.
        goes_on: whether the paragraph before it has no end that is shown.
        ends_hidden: whether its own end is not shown.
        ends_deleted: whether its own end was deleted.
        labelled: whether its number is set.
        strong: whether the run is bold.
        hidden: whether the run is hidden.
        fields: for every open field, whether what comes is its code.
        codes: how many of those are.
        covered: whether it is a cell that another is merged over, or that was deleted.
    """

    story: Story = field(default_factory=Story)
    style: str = ""
    look: Look = PLAIN
    goes_on: bool = False
    ends_hidden: bool = False
    ends_deleted: bool = False
    labelled: bool = False
    strong: bool = False
    hidden: bool = False
    fields: list[bool] = field(default_factory=list)
    codes: int = 0
    covered: bool = False


@dataclass(slots=True)
class _Row:
    cells: list[Story] = field(default_factory=list)
    hidden: bool = False


class WordText:
    """The text of a document, made as its parts come by: notes first, the body last.

    Args:
        styles: its styles.
        numbering: its lists.
        embedded: gives the lines of a part that is embedded in the text, by its id.
    """

    def __init__(
        self, styles: Styles, numbering: Numbering, embedded: Callable[[str], Iterable[Line]]
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._embedded = embedded
        self._notes: dict[tuple[str, str], tuple[Line, ...]] = {}
        self._endnotes: list[Line] = []
        self._places = [_Place()]
        self._rows: list[_Row] = []
        self._choices: list[bool] = []
        self._note = ("", "")
        self._takes_text = False
        self._title: list[str] = []
        self._in_title = False

    @property
    def title(self) -> str:
        """The first paragraphs that are styled as the document's title, or ""."""
        return reduce(lambda left, right: left + joint(left, right) + right, self._title, "")

    def finish(self) -> tuple[Line, ...]:
        """Give the lines, when the body has come by."""
        self._end_stray()
        return (*self._here.story.finish(), *self._endnotes)

    @property
    def listener(self) -> Listener:
        """Who is to be told of the text and of the notes."""
        return Listener(
            enter={
                "w:p": self._paragraph,
                "w:r": self._run,
                "m:r": self._run,
                "w:t": self._text_begins,
                "m:t": self._text_begins,
                "w:tab": lambda _: self._write("\t"),
                "w:ptab": lambda _: self._write("\t"),
                "w:br": lambda _: self._break(),
                "w:cr": lambda _: self._break(),
                "w:noBreakHyphen": lambda _: self._write("-"),
                "w:sym": lambda at: self._write(symbol(at.get("font", ""), at.get("char", ""))),
                "w:fldChar": self._field,
                "w:tbl": self._table,
                "w:tr": lambda _: self._rows.append(_Row()),
                "w:tc": lambda _: self._places.append(_Place()),
                "w:txbxContent": lambda _: self._places.append(_Place()),
                "w:footnote": lambda at: self._note_begins(_FOOTNOTE, at),
                "w:endnote": lambda at: self._note_begins(_ENDNOTE, at),
                "w:footnoteReference": lambda at: self._refer(_FOOTNOTE, at),
                "w:endnoteReference": lambda at: self._refer(_ENDNOTE, at),
                "w:altChunk": self._embed,
                "mc:AlternateContent": lambda _: self._choices.append(False),
                "mc:Choice": lambda _: self._is_taken(),
                "mc:Fallback": lambda _: self._is_taken(),
                "v:textpath": self._word_art,
            },
            leave={
                "w:p": self._paragraph_ends,
                "w:t": self._text_ends,
                "m:t": self._text_ends,
                "w:tr": self._row_ends,
                "w:tc": self._cell_ends,
                "w:txbxContent": self._box_ends,
                "w:footnote": self._note_ends,
                "w:endnote": self._note_ends,
                "mc:AlternateContent": self._alternatives_end,
            },
            whole={
                "w:pPr": self._set_paragraph,
                "w:rPr": self._set_run,
                "w:trPr": self._set_row,
                "w:tcPr": self._set_cell,
            },
            skipped=_SKIPPED,
            text=self._text,
        )

    @property
    def _here(self) -> _Place:
        return self._places[-1]

    def _paragraph(self, attributes: Attributes) -> None:  # noqa: ARG002 -- one of a table
        here = self._here
        if not here.goes_on:
            self._end_stray()
        here.goes_on = here.ends_hidden = here.ends_deleted = here.labelled = False
        self._restyle(here, self._styles.default, PLAIN)

    def _restyle(self, here: _Place, style: str, own: Look) -> None:
        here.style = style
        here.look = own.over(self._styles.look(style))
        here.strong, here.hidden = here.look.strong is True, here.look.hidden is True

    def _set_paragraph(self, properties: Element) -> None:
        here, named, mark = self._here, properties.find("pStyle"), properties.find("rPr")
        style = self._styles.default if named is None else named.get("val", "")
        self._restyle(here, style, look_of(properties, None))
        here.ends_hidden = mark is not None and is_on(mark, "vanish") is True
        here.ends_deleted = mark is not None and any(
            mark.find(change) is not None for change in ("del", "moveFrom")
        )

    def _run(self, attributes: Attributes) -> None:  # noqa: ARG002 -- one of a table
        here = self._here
        here.strong, here.hidden = here.look.strong is True, here.look.hidden is True

    def _set_run(self, properties: Element) -> None:
        here, style = self._here, properties.find("rStyle")
        look = look_of(None, properties)
        if style is not None:
            look = look.over(self._styles.look(style.get("val", "")))
        look = look.over(here.look)
        here.strong, here.hidden = look.strong is True, look.hidden is True

    def _text_begins(self, attributes: Attributes) -> None:  # noqa: ARG002 -- one of a table
        self._takes_text = True

    def _text(self, text: str) -> None:
        if self._takes_text:
            self._write(text.translate(_SPACES))

    def _text_ends(self) -> None:
        self._takes_text = False

    def _write(self, text: str) -> None:
        here = self._here
        if not here.hidden and not here.codes:
            here.story.write(text, strong=here.strong)

    def _break(self) -> None:
        """Begin a line within a paragraph."""
        if self._here.look.level:
            self._write("\n")
        elif not self._here.hidden and not self._here.codes:
            self._end_line()

    def _field(self, attributes: Attributes) -> None:
        here, what = self._here, attributes.get("fldCharType")
        if what == "begin":
            here.fields.append(True)
            here.codes += 1
        elif what == "separate" and here.fields:
            here.codes -= here.fields[-1]
            here.fields[-1] = False
        elif what == "end" and here.fields:
            here.codes -= here.fields.pop()

    def _paragraph_ends(self) -> None:
        here = self._here
        # Nearly every code ends in its own paragraph; one that never ends must hide no more.
        here.fields.clear()
        here.codes = 0
        if here.ends_deleted:
            here.goes_on = True
        elif here.ends_hidden:
            here.goes_on = True
            if here.story.is_begun:
                self._label()
        else:
            self._end_paragraph()

    def _end_line(self) -> None:
        self._label()
        self._note_title(self._here.story.end_line(self._here.look.level or 0))

    def _end_paragraph(self) -> None:
        self._label()
        self._note_title(self._here.story.end_paragraph(self._here.look.level or 0))

    def _end_stray(self) -> None:
        """End what stands outside a paragraph, or before one that its end was taken from."""
        self._here.goes_on = False
        self._here.story.end_paragraph()

    def _label(self) -> None:
        """Set the number before the paragraph, once."""
        here = self._here
        list_id = here.look.list_id
        if not here.labelled and list_id is not None:
            place = here.look.list_level
            if place is None:
                place = self._numbering.level_of(list_id, here.style)
            here.story.label(*self._numbering.label(list_id, place))
        here.labelled = True

    def _note_title(self, text: str) -> None:
        if not text:
            return
        is_title = self._styles.is_title(self._here.style)
        if is_title and (self._in_title or not self._title):
            self._title.append(text.strip())
        self._in_title = is_title

    def _table(self, attributes: Attributes) -> None:  # noqa: ARG002 -- one of a table
        self._end_stray()
        self._here.story.has_table = True

    def _set_row(self, properties: Element) -> None:
        deleted = properties.find("del") is not None
        if self._rows:
            self._rows[-1].hidden = deleted or is_on(properties, "hidden") is True

    def _set_cell(self, properties: Element) -> None:
        merges = (properties.find(merge) for merge in ("vMerge", "hMerge"))
        goes_on = any(
            merge is not None and merge.get("val", "continue") == "continue" for merge in merges
        )
        self._here.covered = goes_on or properties.find("cellDel") is not None

    def _cell_ends(self) -> None:
        self._end_stray()
        place = self._places.pop()
        story = Story() if place.covered else place.story
        if self._rows:
            self._rows[-1].cells.append(story)

    def _row_ends(self) -> None:
        row = self._rows.pop()
        if not row.hidden:
            self._here.story.add_row(row.cells)

    def _box_ends(self) -> None:
        self._end_stray()
        story = self._places.pop().story
        self._here.story.put_aside(story.finish())

    def _word_art(self, attributes: Attributes) -> None:
        art = Story()
        art.write(attributes.get("string", ""))
        self._here.story.put_aside(art.finish())

    def _note_begins(self, kind: str, attributes: Attributes) -> bool | None:
        if attributes.get("type") in _NO_NOTES:
            return True
        self._note = (kind, attributes.get("id", ""))
        self._places.append(_Place())
        return None

    def _note_ends(self) -> None:
        self._end_stray()
        self._notes[self._note] = tuple(self._places.pop().story.finish())

    def _refer(self, kind: str, attributes: Attributes) -> None:
        # Once only: nothing refers to a note twice, unless it means to make much of little.
        lines = self._notes.pop((kind, attributes.get("id", "")), ())
        if kind == _FOOTNOTE:
            self._here.story.put_aside(lines)
        else:
            self._endnotes.extend(lines)

    def _embed(self, attributes: Attributes) -> None:
        self._here.story.take_in(self._embedded(attributes.get("id", "")))

    def _alternatives_end(self) -> None:
        self._choices.pop()

    def _is_taken(self) -> bool:
        """Whether another of some alternatives is taken already; else this one now is."""
        if not self._choices or self._choices[-1]:
            return bool(self._choices)
        self._choices[-1] = True
        return False
