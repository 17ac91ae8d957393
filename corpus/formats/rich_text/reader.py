"""Lines from the words of an RTF file: RTF 1.9.1, "Document text".

A group's settings end with it. What was deleted or hidden, pictures, headers and the codes
of fields are not shown. The numbers of lists are, as the writer set them (listtext).
Footnotes and text boxes follow the paragraph that they are in, endnotes the text.
"""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from typing import TYPE_CHECKING

from corpus.characters import joint
from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Breaks, Draft
from corpus.formats.office.flow import Flow
from corpus.formats.office.halves import whole
from corpus.formats.office.stories import opens_with
from corpus.formats.office.word_symbols import symbol
from corpus.formats.rich_text.charsets import WESTERN, Font, codec_of, decode
from corpus.formats.rich_text.definitions import Definitions, Style
from corpus.formats.rich_text.groups import ASIDE, ROLES, Group, Role
from corpus.formats.rich_text.tokens import BYTES, CLOSE, OPEN, tokens
from corpus.formats.rich_text.words import BREAKS, CHARACTERS, CODE_PAGES, SWITCHES
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from corpus.formats.base import Line, Source

_DEEPEST = 1_000
"""Groups within groups; writers reach some dozens."""

_OWN = range(0xE000, 0xF900)
_OF_SYMBOLS = 0xF000
_UNIT = 1 << 16
_UNICODE = range(0x20, 0x11_0000)
_LOST = "\ufffd"


class Reader:
    """Reads one file, once.

    Args:
        source: its bytes; names errors.
    """

    def __init__(self, source: Source) -> None:
        self._source = source
        self._defined = Definitions()
        self._usual = WESTERN
        self._usual_font: int | None = None
        self._groups: list[Group] = []
        self._here = Group()
        self._bytes = bytearray()
        self._text: list[str] = []
        self._left = 0
        self._starred = False
        self._label: list[str] = []
        self._endnotes: list[Line] = []
        self._info: list[str] = []
        self._title: list[str] = []
        self._in_title = False
        self._lost = 0
        self._words: dict[str, Callable[[int | None], None]] = {
            "par": self._paragraph_ends,
            "\r": self._paragraph_ends,
            "\n": self._paragraph_ends,
            "sect": self._paragraph_ends,
            "cell": lambda _: self._cell_ends(1),
            "nestcell": lambda _: self._cell_ends(max(2, self._here.depth)),
            "row": lambda _: self._row_ends(1),
            "nestrow": lambda _: self._row_ends(max(2, self._here.depth)),
            "pard": self._reset_paragraph,
            "plain": self._reset_characters,
            "f": self._set_font,
            "deff": self._set_usual_font,
            "uc": self._set_fallback,
            "s": self._set_style,
            "outlinelevel": self._set_outline,
            "itap": self._set_depth,
            "ansicpg": self._set_code_page,
            "ftnalt": self._make_endnote,
        }

    def read(self) -> Draft:
        """Read the file.

        Raises:
            UnreadableReport: its groups are nested deeper than those of a document.
        """
        closed = self._read()
        while self._groups:
            self._close()
        lines = (*self._here.flow.finish(), *self._endnotes)
        flaws = []
        if not closed:
            flaws.append(Message("it breaks off before its end"))
        if self._lost:
            flaws.append(Message("{count:,} of its characters are damaged", count=self._lost))
        return Draft(lines, Breaks.MEANT, "", self._title_of(lines), flaws=tuple(flaws))

    def _title_of(self, lines: Sequence[Line]) -> str:
        """Give the first paragraphs that are styled as the title, or the title stated of the file.

        The latter may be that of the document that this one was made from, so it counts only
        if the text opens with it.
        """
        stated = "".join(self._info)
        styled = reduce(lambda left, right: left + joint(left, right) + right, self._title, "")
        return styled or (stated if opens_with(lines, stated) else "")

    def _read(self) -> bool:
        """Read to the end of the outermost group; whether there is one."""
        skipped = 0
        for word, value, data in tokens(self._source.data):
            if skipped:
                skipped += (word == OPEN) - (word == CLOSE)
                if not skipped:
                    self._close()
            elif word == BYTES:
                self._take(data)
            elif word == "u":
                self._unicode(value)
            elif word == CLOSE:
                self._close()
                if not self._groups:
                    return True
            else:
                self._word(word, value)
                skipped = int(self._here.role is Role.SKIPPED)
        return False

    def _word(self, word: str, value: int | None) -> None:
        self._left = 0
        if word in CHARACTERS:
            self._say(CHARACTERS[word])
            return
        self._flush()
        starred, self._starred = self._starred, word == "*"
        if word == OPEN:
            self._open()
        elif word in ASIDE:
            self._step_aside()
        elif word in ROLES or (starred and word not in self._words):
            self._here.role = ROLES.get(word, Role.SKIPPED)
        elif self._here.role is Role.FONT:
            self._defined.font_word(word, value)
        elif self._here.role is Role.STYLE:
            self._defined.style_word(word, value)
        else:
            self._obey(word, value)

    def _obey(self, word: str, value: int | None) -> None:
        if word in SWITCHES:
            setattr(self._here, SWITCHES[word], value != 0)
        elif word in CODE_PAGES:
            self._usual = CODE_PAGES[word]
        elif word in BREAKS:
            self._break()
        elif word in self._words:
            self._words[word](value)

    def _open(self) -> None:
        if len(self._groups) >= _DEEPEST:
            detail = Message("its groups are nested more than {most} deep", most=_DEEPEST)
            raise UnreadableReport(self._source.name, Reason.DAMAGED, detail)
        self._groups.append(self._here)
        self._here = replace(self._here, opens_flow=False)
        if self._here.role is Role.STYLE:
            self._defined.style_begins()

    def _close(self) -> None:
        self._flush()
        self._left, self._starred = 0, False
        if not self._groups:
            return
        ended, self._here = self._here, self._groups.pop()
        if ended.opens_flow:
            self._put_aside(ended)
        if ended.role is Role.LABEL and self._here.role is Role.TEXT:
            self._set_label()

    def _take(self, data: bytes) -> None:
        """Take in bytes of text, less those for readers that do not know Unicode."""
        dropped = min(self._left, len(data))
        self._left -= dropped
        self._bytes += data[dropped:]

    def _unicode(self, value: int | None) -> None:
        code = (value or 0) + (_UNIT if (value or 0) < 0 else 0)
        font = self._current_font
        if font.has_symbols and code in _OWN:
            self._say(symbol(font.name, f"{code:x}"))
        elif code in _UNICODE:
            self._say(chr(code))
        self._left = self._here.fallback

    def _say(self, text: str) -> None:
        self._decode()
        self._text.append(text)

    def _decode(self) -> None:
        if not self._bytes:
            return
        font, data = self._current_font, bytes(self._bytes)
        self._bytes.clear()
        if font.has_symbols and self._here.role is not Role.FONT:
            text = "".join(symbol(font.name, f"{_OF_SYMBOLS + code:x}") for code in data)
        else:
            text = decode(data, font, self._usual)
            self._lost += text.count(_LOST)
        self._text.append(text)

    def _flush(self) -> None:
        """Put what was taken in where it belongs."""
        self._decode()
        if not self._text:
            return
        here, text = self._here, whole("".join(self._text))
        self._text.clear()
        if here.role is Role.TEXT and here.is_shown:
            here.story.write(text, strong=here.strong)
        elif here.role is Role.LABEL:
            self._label.append(text)
        elif here.role is Role.TITLE:
            self._info.append(text)
        elif here.role is Role.FONT:
            self._defined.font_text(text)
        elif here.role is Role.STYLE:
            self._defined.style_text(text)

    @property
    def _current_font(self) -> Font:
        number = self._usual_font if self._here.font is None else self._here.font
        return self._defined.fonts.get(number) or Font()

    def _set_label(self) -> None:
        text = "".join(self._label)
        self._label.clear()
        if not any(map(str.isalnum, text)) or not self._here.is_shown:
            return
        story, gap = self._here.story, " " if text[-1:].isspace() else ""
        if story.is_begun:
            story.write(text.strip() + gap)
        else:
            story.label(text.strip(), gap)

    def _step_aside(self) -> None:
        """Begin a text of its own beside the paragraph: a note, a text box."""
        here = self._here
        here.role = Role.TEXT if here.is_shown else Role.SKIPPED
        here.flow, here.opens_flow, here.is_endnote = Flow(), True, False
        here.in_table, here.depth = False, 1

    def _put_aside(self, ended: Group) -> None:
        lines = ended.flow.finish()
        if ended.is_endnote:
            self._endnotes.extend(lines)
        else:
            self._here.story.put_aside(lines)

    def _make_endnote(self, value: int | None) -> None:  # noqa: ARG002 -- one of a table
        self._here.is_endnote = self._here.opens_flow

    def _break(self) -> None:
        """Begin a line within a paragraph."""
        here = self._here
        if here.role is not Role.TEXT or not here.is_shown:
            return
        level = self._style.level(here.outline)
        if level:
            here.story.write("\n")
        else:
            self._note_title(here.story.end_line())

    def _paragraph_ends(self, value: int | None = None) -> None:  # noqa: ARG002 -- see above
        here = self._here
        if here.role is Role.TEXT and here.is_shown:
            self._note_title(here.story.end_paragraph(self._style.level(here.outline)))

    def _cell_ends(self, depth: int) -> None:
        here = self._here
        if not here.in_table and not here.flow.is_in_table:
            here.story.write("\t")  # a row of which only the marks were written
            return
        here.flow.go_to(depth)
        self._note_title(here.flow.story.end_paragraph(self._style.level(here.outline)))
        here.flow.end_cell()

    def _row_ends(self, depth: int) -> None:
        here = self._here
        if here.flow.is_in_table:
            here.flow.go_to(depth)
            here.flow.end_row()
        else:
            here.story.end_paragraph()

    @property
    def _style(self) -> Style:
        return self._defined.styles.get(self._here.style) or Style()

    def _note_title(self, text: str) -> None:
        if not text:
            return
        is_title = self._style.is_title
        if is_title and (self._in_title or not self._title):
            self._title.append(text.strip())
        self._in_title = is_title

    def _reset_paragraph(self, value: int | None) -> None:  # noqa: ARG002 -- see above
        here = self._here
        here.style, here.outline, here.in_table, here.depth = 0, None, False, 1

    def _reset_characters(self, value: int | None) -> None:  # noqa: ARG002 -- see above
        here = self._here
        here.font, here.strong, here.hidden, here.deleted = None, False, False, False

    def _set_font(self, value: int | None) -> None:
        self._here.font = value

    def _set_usual_font(self, value: int | None) -> None:
        self._usual_font = value

    def _set_fallback(self, value: int | None) -> None:
        self._here.fallback = max(0, 1 if value is None else value)

    def _set_style(self, value: int | None) -> None:
        self._here.style = value or 0

    def _set_outline(self, value: int | None) -> None:
        self._here.outline = value

    def _set_depth(self, value: int | None) -> None:
        self._here.depth = max(1, value or 0)
        self._here.in_table = self._here.in_table or self._here.depth > 1

    def _set_code_page(self, value: int | None) -> None:
        self._usual = codec_of(value or 0)
