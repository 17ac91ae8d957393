"""Read one report: bytes to draft, draft to paragraphs, paragraphs to a report."""

from __future__ import annotations

import os
import stat
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from corpus.errors import Reason, UnreadableReport
from corpus.finding import unreadable
from corpus.formats import choose
from corpus.formats.base import Source
from corpus.furniture import clear
from corpus.metadata import describe, title_in
from corpus.model import Reading, Report, report_id
from corpus.signatures import recognise
from corpus.structure import outline
from corpus.wrapping import unwrap

if TYPE_CHECKING:
    from corpus.formats.base import Format

READER_VERSION = 1
"""Raised whenever the rules of reading change ids or metadata: an index built by
another version reads its reports again."""

MAX_BYTES = 64 * 2**20
"""Size above which a file is refused unread. The longest report known is below 1 MiB."""


def read_report(path: str | os.PathLike[str], *, encoding: str | None = None) -> Reading:
    """Read a file as a report.

    Args:
        path: the file.
        encoding: character encoding that it is in; found out when None.

    Returns:
        The report, whose source is the file's absolute path, and its paragraphs.

    Raises:
        UnreadableReport: the file could not be read as a report, whatever the cause.
    """
    name = os.fspath(path)
    reading = read_bytes(load_bytes(path), name, encoding=encoding)
    # Path.absolute would keep "..", and one file would have two names.
    located = replace(reading.report, sources=(os.path.abspath(name),))  # noqa: PTH100
    return Reading(located, reading.paragraphs)


def read_bytes(data: bytes, source: str, *, encoding: str | None = None) -> Reading:
    """Read bytes as a report.

    Args:
        data: what the file holds.
        source: its path or name: the suffix may tell the format, the stem the title.
        encoding: character encoding that it is in; found out when None.

    Returns:
        The report, whose source is `source` as given, and its paragraphs.

    Raises:
        UnreadableReport: the bytes could not be read as a report.
    """
    _refuse(data, source)
    form = choose(PurePath(source).suffix, data)
    return _assemble(form, Source(source, data, encoding))


def _assemble(form: Format, source: Source) -> Reading:
    draft = form.read(source)
    cleared = clear(draft.lines)
    labels = {**draft.fields, **{k: v for k, v in cleared.fields.items() if k not in draft.fields}}
    lines = unwrap(cleared.lines, draft.breaks, title_in(labels, draft.title))
    if not lines:
        raise UnreadableReport(source.name, Reason.EMPTY, "there is no paragraph of text in it")
    texts = [line.text for line in lines]
    known = describe(labels, draft.title, texts, source.name)
    report = Report(
        id=report_id(texts),
        sources=(source.name,),
        format=form.name,
        encoding=draft.encoding,
        **known,
    )
    return Reading(report, outline(lines, report.title))


def _refuse(data: bytes, source: str) -> None:
    if len(data) > MAX_BYTES:
        raise UnreadableReport(source, Reason.TOO_LARGE, _too_large(len(data)))
    if not data.strip():
        raise UnreadableReport(source, Reason.EMPTY, "there is nothing in it")
    binary = recognise(data)
    if binary:
        raise UnreadableReport(source, Reason.UNSUPPORTED, f"it is {binary}")


def load_bytes(path: str | os.PathLike[str]) -> bytes:
    """Load what a file holds, for `read_bytes`.

    Raises:
        UnreadableReport: it is gone, forbidden, too large or not a regular file.
    """
    try:
        return _load(Path(path))
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from error


def _load(path: Path) -> bytes:
    """Read a regular file, no more of it than is allowed.

    Opening a pipe or a device could block for ever, so neither is opened.
    """
    state = path.stat()
    if stat.S_ISDIR(state.st_mode):
        raise IsADirectoryError
    if not stat.S_ISREG(state.st_mode):
        raise UnreadableReport(str(path), Reason.UNSUPPORTED, "not a regular file")
    if state.st_size > MAX_BYTES:
        raise UnreadableReport(str(path), Reason.TOO_LARGE, _too_large(state.st_size))
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def _too_large(size: int) -> str:
    return f"{size / 2**20:.0f} MiB, where {MAX_BYTES // 2**20} MiB are allowed; split it"
