"""Tables: rows that are reports, or a table that is itself a document.

The first row that names a column of texts is the header, and each row below it is a
report: its text, and its other cells as labelled values. A table without such a column,
or whose texts are a few characters each, is a document, a line a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corpus.characters import INVISIBLE, ends_sentence, squeeze
from corpus.decoding import UNDECODED
from corpus.errors import Reason, UnreadableReport
from corpus.formats.base import Breaks, Draft, Line, Member, Source
from corpus.formats.html import Html
from corpus.formats.text import lines_of
from corpus.labels import column, meaning
from corpus.messages import Message

if TYPE_CHECKING:
    from collections.abc import Iterable

Rows = Sequence[tuple[str, Sequence[str]]]
"""The rows that hold anything: the address of each, and its cells."""

_TEXT = "text"
_IGNORED = "-"
_HEADER_WITHIN = 20
_LONGEST_NAME = 40
_PROSE = 40
_PROSE_SHARE = 0.1
"""Share of texts that read as such from which on rows are reports. In a list of tasks
under 内容 hardly one does; of pages that were saved many may say no more than 见附件."""

_HEAD = 10
_MARKUP = re.compile(
    r"</(?:p|div|span|table|tr|td|li|ul|ol|h[1-6]|a|b|strong|font|section|article|body|html)>"
    r"|<br ?/?>",
    re.IGNORECASE,
)
_BREAK = re.compile("[\t\r\n\v\f\x1c-\x1e\x85\u2028\u2029]+")
_WIDE = re.compile("[\u3000-\u9fff\uff00-\uffef]")
_DIGITS = re.compile(r"(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)")
_SECONDS = re.compile(r"(?P<seconds>[1-9]\d{8,9})(?:\d{3})?")
_DATES = frozenset({"written", "published"})


@dataclass(frozen=True, slots=True)
class Table:
    """A table, or one sheet of a workbook.

    Attributes:
        rows: its rows, the header among them.
        name: of the sheet; "" if there are no sheets.
        encoding: the character encoding it was decoded from, or "".
        joint: what parts the cells in its file: a row with more cells than columns has
            it within its text.
        keyed: whether its first row is known to name the columns.
        flaws: what of it could not be decoded; of rows, those that show it have it.
    """

    rows: Rows
    name: str = ""
    encoding: str = ""
    joint: str = "\t"
    keyed: bool = False
    flaws: tuple[str, ...] = ()


def members(
    source: Source, tables: Sequence[Table], flaws: tuple[str, ...] = ()
) -> Iterator[Member | UnreadableReport]:
    """Give the reports that tables hold: rows of each, then one of what is no such table.

    Args:
        source: where the tables come from; its `columns` say what columns are.
        tables: all of its tables.
        flaws: what of the source is not in the tables.

    Raises:
        UnreadableReport: `source.columns` names what there is not.
    """
    _refuse_unknown(source)
    found = [_columns_of(table, source.columns) for table in tables]
    if source.columns:
        _refuse_missing(source, tables, found)
    plain: list[Table] = []
    for table, columns in zip(tables, found, strict=True):
        if columns is None:
            plain.append(table)
        else:
            yield from columns.members(source, table)
    lines = tuple(_lines(plain))
    if lines:
        undecoded = (flaw for table in plain for flaw in table.flaws)
        draft = Draft(lines, Breaks.MEANT, plain[0].encoding, flaws=(*flaws, *undecoded))
        yield Member("", draft)


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table whose rows are reports.

    Attributes:
        start: place of the first row below the header.
        width: how many there are.
        labels: for each the label of its values, "" for the text.
    """

    start: int
    width: int
    labels: tuple[str, ...]

    @property
    def texts(self) -> tuple[int, ...]:
        """The places of the columns of texts."""
        return tuple(place for place, label in enumerate(self.labels) if not label)

    def members(self, source: Source, table: Table) -> Iterator[Member | UnreadableReport]:
        """Give a member for each row."""
        for address, cells in table.rows[self.start :]:
            name = f"{table.name}/{address}" if table.name else address
            try:
                draft = self._draft(source.within(name), self.cells(cells, table.joint))
            except UnreadableReport as problem:
                yield problem
            else:
                flaws = table.flaws if any(UNDECODED in cell for cell in cells) else ()
                yield Member(name, replace(draft, encoding=table.encoding, flaws=flaws))

    def cells(self, cells: Sequence[str], joint: str) -> Sequence[str]:
        """Give a row's cells, one a column: too many come of a text that was not quoted."""
        end = len(cells)
        while end > self.width and not cells[end - 1].strip(INVISIBLE):
            end -= 1
        surplus, cells = end - self.width, cells[:end]
        if surplus <= 0:
            return cells
        at = self.texts[0]
        return [*cells[:at], joint.join(cells[at : at + surplus + 1]), *cells[at + surplus + 1 :]]

    def _draft(self, source: Source, cells: Sequence[str]) -> Draft:
        """Make a draft of a row, headed by its title unless the text is."""
        fields: dict[str, str] = {}
        lines: list[Line] = []
        breaks = Breaks.UNKNOWN
        for label, cell in zip(self.labels, cells, strict=False):
            value = cell.strip(INVISIBLE)
            if label and value:
                fields.setdefault(label, _dated(label, _on_one_line(value)))
            elif _MARKUP.search(value):
                lines.extend(_read_markup(source, value))
                breaks = Breaks.MEANT
            else:
                lines.extend(lines_of(value))
        title = next((fields[label] for label in fields if column(label) == "title"), "")
        head = squeeze("".join(line.text for line in lines[:_HEAD]))
        if title and squeeze(title) not in head:
            # That the title stands apart must not show how the text breaks its lines.
            lines[:1] = [Line(title, level=1), *(replace(line, apart=False) for line in lines[:1])]
        if not lines:
            lines.extend(_line(cells))
        return Draft(tuple(lines), breaks, "", fields=fields)


def _read_markup(source: Source, cell: str) -> tuple[Line, ...]:
    return Html().read(replace(source, data=cell.encode(), encoding="utf-8")).lines


def _dated(label: str, value: str) -> str:
    """Write a date as one: 20170630, and seconds or milliseconds since 1970."""
    if column(label) not in _DATES:
        return value
    digits = _DIGITS.fullmatch(value)
    if digits is not None:
        return "-".join(digits.group("year", "month", "day"))
    seconds = _SECONDS.fullmatch(value)
    if seconds is not None:
        return _day_in_china(int(seconds["seconds"]))
    return value


def _day_in_china(seconds: int) -> str:
    from datetime import datetime, timedelta, timezone

    return datetime.fromtimestamp(seconds, timezone(timedelta(hours=8))).date().isoformat()


def _columns_of(table: Table, told: Mapping[str, str]) -> _Columns | None:
    """Give the columns of a table whose rows are reports; None for another table."""
    place, header = _header(table, told)
    if header is None:
        return None
    names = list(header)
    while names and not names[-1].strip(INVISIBLE):
        names.pop()
    labels = tuple(_labels(names, told))
    columns = _Columns(place + 1, len(names), labels)
    if "" not in labels:
        return None
    if "" not in map(_told_label, told.values()) and not _holds_prose(columns, table):
        return None
    return columns


def _header(table: Table, told: Mapping[str, str]) -> tuple[int, Sequence[str] | None]:
    """Give the first row that names columns, and its place."""
    wanted = {squeeze(name) for name in told}
    for place, (_, cells) in enumerate(table.rows[: 1 if table.keyed else _HEADER_WITHIN]):
        if any(len(cell) > _LONGEST_NAME for cell in cells) and not table.keyed:
            continue
        if any(column(cell) == _TEXT or squeeze(cell) in wanted for cell in cells if cell):
            return place, cells
    return 0, None


def _labels(names: Sequence[str], told: Mapping[str, str]) -> Iterator[str]:
    """Give each column's label: what the caller says, else what its name says."""
    said = {squeeze(name): label for name, label in told.items()}
    taken = {column(label) for label in said.values()}
    for name in names:
        label = said.get(squeeze(name))
        known = column(name)
        if label is not None:
            yield _told_label(label)
        elif known in taken:
            yield _IGNORED
        elif known == _TEXT:
            yield ""
        else:
            yield name if meaning(name) else known or name or _IGNORED


def _told_label(label: str) -> str:
    """Give the label for what the caller says; what only columns are called so gets its field's."""
    known = column(label)
    return "" if known == _TEXT else label if meaning(label) else known or label


def _holds_prose(columns: _Columns, table: Table) -> bool:
    """Whether texts of the table read as texts, and not as words in a list."""
    filled = prose = 0
    for _, row in table.rows[columns.start :]:
        cells = columns.cells(row, table.joint)
        texts = [cells[at].strip(INVISIBLE) for at in columns.texts if at < len(cells)]
        filled += any(texts)
        prose += any(map(_is_prose, texts))
    return prose > 0 and prose >= _PROSE_SHARE * filled


def _is_prose(text: str) -> bool:
    return (
        len(text) >= _PROSE
        or "\n" in text
        or ends_sentence(text)
        or _MARKUP.search(text) is not None
    )


def _refuse_unknown(source: Source) -> None:
    for label in source.columns.values():
        if not column(label):
            detail = Message(
                "no value is labelled {label!r}; use 正文, 标题, 发布日期, 成文日期, "
                "发文机关, 发文字号, 地区, 年份",
                label=label,
            )
            raise UnreadableReport(source.name, Reason.UNSUPPORTED, detail)


def _refuse_missing(
    source: Source, tables: Sequence[Table], found: Sequence[_Columns | None]
) -> None:
    """Refuse tables that lack a column the caller named, or one of texts."""
    headers = [_header(table, source.columns)[1] or _first(table) for table in tables]
    names = [name.strip(INVISIBLE) for header in headers for name in header]
    there = "、".join(dict.fromkeys(filter(None, names))) or "none"
    known = set(map(squeeze, names))
    for name in source.columns:
        if squeeze(name) not in known:
            detail = Message(
                "it has no column {name!r}; its columns are: {there}", name=name, there=there
            )
            raise UnreadableReport(source.name, Reason.UNSUPPORTED, detail)
    if not any(found):
        detail = Message(
            "say which of its columns is the text (正文); they are: {there}", there=there
        )
        raise UnreadableReport(source.name, Reason.UNSUPPORTED, detail)


def _first(table: Table) -> Sequence[str]:
    return table.rows[0][1] if table.rows else ()


def _lines(tables: Sequence[Table]) -> Iterator[Line]:
    """Give a line for each row, under the names of their sheets if there are several."""
    filled = [table for table in tables if table.rows]
    for table in filled:
        if len(filled) > 1 and squeeze(table.name):
            yield Line(table.name, level=1, apart=True)
        for _, cells in table.rows:
            yield from _line(cells)


def _line(cells: Iterable[str]) -> Iterator[Line]:
    text = "\t".join(map(_on_one_line, cells)).rstrip(INVISIBLE)
    if squeeze(text):
        yield Line(text, apart=True)


def _on_one_line(cell: str) -> str:
    """Put a cell on one line: a space where it broke, but none within Chinese."""
    if _BREAK.search(cell) is None:
        return cell.strip(INVISIBLE)
    pieces = [piece for piece in (part.strip(INVISIBLE) for part in _BREAK.split(cell)) if piece]
    joined = pieces[:1]
    for piece in pieces[1:]:
        wide = _WIDE.match(joined[-1][-1]) and _WIDE.match(piece)
        joined += [piece] if wide else [" ", piece]
    return "".join(joined)
