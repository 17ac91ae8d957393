"""Read reports: bytes to drafts, drafts to paragraphs, paragraphs to reports.

Most files are one report. An archive, a table or a mail holds several: they are given one
after the other, each as if it were a file of its own, called `PATH!/MEMBER`.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from corpus.errors import Reason, UnreadableReport
from corpus.finding import unreadable
from corpus.formats import UNREAD, choose
from corpus.formats.base import Container, Draft, Member, Source
from corpus.furniture import clear
from corpus.limits import Budget, Limits
from corpus.messages import Message
from corpus.metadata import describe, title_in
from corpus.model import Reading, Report, report_id
from corpus.sections import mark_sections
from corpus.signatures import recognise
from corpus.structure import outline
from corpus.wrapping import unwrap

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from corpus.formats.base import Format


READER_VERSION = 5
"""Raised whenever the rules of reading change ids, metadata, headings or pages: an index
built by another version reads its reports again."""

_OWN = frozenset({"text", "markdown"})
"""Formats that no library reads."""

_NO_COLUMNS: Mapping[str, str] = {}


def read_report(path: str | os.PathLike[str], *, encoding: str | None = None) -> Reading:
    """Read a file as one report.

    Args:
        path: the file.
        encoding: character encoding that it is in; found out when None.

    Returns:
        The report, whose source is the file's absolute path, and its paragraphs.

    Raises:
        UnreadableReport: the file could not be read as a report, whatever the cause; or
            it holds several: see `read_reports`.
    """
    # Path.absolute would keep "..", and one file would have two names.
    name = os.path.abspath(os.fspath(path))  # noqa: PTH100
    try:
        return _only(name, read_reports(path, encoding=encoding))
    except UnreadableReport as problem:
        if problem.source != name:
            raise
        raise UnreadableReport(os.fspath(path), problem.reason, problem.detail) from None


def read_reports(
    path: str | os.PathLike[str],
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] = _NO_COLUMNS,
    limits: Limits | None = None,
) -> Iterator[Reading | UnreadableReport]:
    """Read what reports a file holds: one, or as many as are in an archive or a table.

    Args:
        path: the file.
        encoding: character encoding that it is in; found out when None.
        columns: what columns of a table are: their names to labels of metadata.
        limits: what it may cost; time is for the caller to keep.

    Yields:
        Each report as soon as it is read, or why it cannot be. What is wrong with the
        file as a whole comes as the last.
    """
    name = os.path.abspath(os.fspath(path))  # noqa: PTH100 (see above)
    try:
        data = load_bytes(path, limits)
    except UnreadableReport as problem:
        yield UnreadableReport(name, problem.reason, problem.detail)
        return
    yield from read_members(data, name, encoding=encoding, columns=columns, limits=limits)


def read_bytes(data: bytes, source: str, *, encoding: str | None = None) -> Reading:
    """Read bytes as one report.

    Args:
        data: what the file holds.
        source: its path or name: the suffix may tell the format, the stem the title.
        encoding: character encoding that it is in; found out when None.

    Returns:
        The report, whose source is `source` as given, and its paragraphs.

    Raises:
        UnreadableReport: the bytes could not be read as a report, or hold several.
    """
    return _only(source, read_members(data, source, encoding=encoding))


def read_members(
    data: bytes,
    source: str,
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] = _NO_COLUMNS,
    limits: Limits | None = None,
) -> Iterator[Reading | UnreadableReport]:
    """Read what reports bytes hold, see `read_reports`."""
    limits = limits or Limits()
    if len(data) > limits.size:
        yield _too_large(source, len(data), limits)
        return
    budget = Budget(source, limits)
    yield from _members(Source(source, data, encoding, columns, budget))


def _only(source: str, readings: Iterator[Reading | UnreadableReport]) -> Reading:
    found = list(_first(readings, 2))
    if len(found) > 1:
        detail = Message("it holds more than one report; read them with read_reports")
        raise UnreadableReport(source, Reason.UNSUPPORTED, detail)
    if isinstance(found[0], UnreadableReport):
        raise found[0]
    return found[0]


def _first(
    readings: Iterator[Reading | UnreadableReport], count: int
) -> Iterator[Reading | UnreadableReport]:
    for _, reading in zip(range(count), readings):  # noqa: B905 -- no more than that many
        yield reading


def _members(source: Source) -> Iterator[Reading | UnreadableReport]:
    """Read a source, and if it is a container all that is in it."""
    try:
        form = choose(PurePath(source.name).suffix, source.data)
        _refuse(source, form)
        if isinstance(form, Container):
            yield from _contents(form, source)
        else:
            yield _assemble(form.name, form.read(source), source.name)
    except UnreadableReport as problem:
        if source.budget.depth and problem.source == source.budget.name:
            raise  # the file that all this lies in has cost what it may
        yield problem


def _contents(form: Container, source: Source) -> Iterator[Reading | UnreadableReport]:
    source.budget.enter()
    try:
        is_empty = True
        for member in form.members(source):
            is_empty = False
            source.budget.count_member()
            if isinstance(member, UnreadableReport):
                yield member
            else:
                yield from _member(form, member, source)
        if is_empty:
            raise UnreadableReport(source.name, Reason.EMPTY, Message("there is no report in it"))
    finally:
        source.budget.leave()


def _member(
    form: Container, member: Member, source: Source
) -> Iterator[Reading | UnreadableReport]:
    if isinstance(member.content, bytes):
        yield from _members(source.within(member.name, member.content))
        return
    try:
        yield _assemble(form.name, member.content, source.within(member.name).name)
    except UnreadableReport as problem:
        yield problem


def _assemble(form: str, draft: Draft, name: str) -> Reading:
    cleared = clear(draft.lines)
    labels = {**draft.fields, **{k: v for k, v in cleared.fields.items() if k not in draft.fields}}
    title = title_in(labels, draft.title, [line.text for line in cleared.lines])
    lines = unwrap(cleared.lines, draft.breaks, title)
    if not lines:
        raise UnreadableReport(name, Reason.EMPTY, Message("there is no paragraph of text in it"))
    texts = [line.text for line in lines]
    report = Report(
        id=report_id(texts),
        sources=(name,),
        format=form,
        encoding=draft.encoding,
        flaws=draft.flaws,
        **describe(labels, title, texts, name),
    )
    paragraphs = outline(lines, report.title)
    return Reading(report, mark_sections(paragraphs, report.kind, report.covers))


def _refuse(source: Source, form: Format | Container) -> None:
    if not source.data.strip():
        raise UnreadableReport(source.name, Reason.EMPTY, Message("there is nothing in it"))
    if form.signed:
        return
    binary, suffix = recognise(source.data), PurePath(source.name).suffix.lower()
    if binary:
        detail = Message("it is {binary}", binary=binary)
        raise UnreadableReport(source.name, Reason.UNSUPPORTED, detail)
    if suffix in UNREAD:
        detail = Message("no format reads {suffix}; save it as PDF or as text", suffix=suffix)
        raise UnreadableReport(source.name, Reason.UNSUPPORTED, detail)


def is_plain(data: bytes, source: str) -> bool:
    """Whether bytes are text that only this package's own code reads.

    What is not, a library reads that may hang or crash: that is done in another process.
    """
    return choose(PurePath(source).suffix, data).name in _OWN


def load_bytes(path: str | os.PathLike[str], limits: Limits | None = None) -> bytes:
    """Load what a file holds, for `read_bytes`.

    Raises:
        UnreadableReport: it is gone, forbidden, too large or not a regular file.
    """
    try:
        return _load(Path(path), limits or Limits())
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def _load(path: Path, limits: Limits) -> bytes:
    """Read a regular file, no more of it than is allowed.

    Opening a pipe or a device could block for ever, so neither is opened.
    """
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(state.st_mode):
        raise UnreadableReport(str(path), Reason.UNSUPPORTED, Message("not a regular file"))
    if state.st_size > limits.size:
        raise _too_large(str(path), state.st_size, limits)
    with path.open("rb") as file:
        return file.read(limits.size + 1)


def _too_large(source: str, size: int, limits: Limits) -> UnreadableReport:
    detail = Message(
        "{size:.0f} MiB, where {most} MiB are allowed; split it",
        size=size / 2**20,
        most=limits.size // 2**20,
    )
    return UnreadableReport(source, Reason.TOO_LARGE, detail)
