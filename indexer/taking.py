"""Taking a file in: read, and cut into what is indexed of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus import (
    READER_VERSION,
    Limits,
    Reading,
    Reason,
    UnreadableReport,
    load_bytes,
    read_members,
)

from .cutting import CutReport, cut_report

if TYPE_CHECKING:
    from corpus import Report

    from .segmenter import Segmenter

Columns = tuple[tuple[str, str], ...]
"""Names of columns of a table, each with the label of what is in it."""


@dataclass(frozen=True, slots=True)
class Task:
    """A file to take in.

    Attributes:
        path: of the file.
        size: its bytes.
        encoding: how to decode it, instead of finding out.
        columns: what the columns of a table are, instead of finding out.
        limits: what it may cost.
    """

    path: str
    size: int = 0
    encoding: str | None = None
    columns: Columns = ()
    limits: Limits = field(default_factory=Limits)


@dataclass(frozen=True, slots=True)
class TakenReport:
    """A report that was taken in.

    Attributes:
        source: the file's path, or `PATH!/MEMBER` for what lies in it.
        report: what it is.
        cut: its paragraphs, ready to be indexed.
    """

    source: str
    report: Report
    cut: CutReport


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a file.

    Attributes:
        digest: see `digest`; empty for a file that is to be tried again, whatever it holds.
        reports: what it holds.
        failures: why it, or some of what lies in it, could not be read.
    """

    digest: str
    reports: tuple[TakenReport, ...] = ()
    failures: tuple[UnreadableReport, ...] = ()


def way(encoding: str | None, columns: Columns = ()) -> str:
    """What decides how bytes are read: what was told, and the version of the rules."""
    return f"{READER_VERSION}:{encoding or ''}:{columns or ''}:"


def digest(
    data: bytes, encoding: str | None, columns: Columns = (), limits: Limits | None = None
) -> str:
    """Of a file's bytes and the way they are read.

    Args:
        data: the bytes.
        encoding: how they are decoded, if it was told.
        columns: what the columns are, if it was told.
        limits: because of which not all was read; with others it may be.
    """
    read_as = way(encoding, columns) + (f"{limits}:" if limits else "")
    checksum = hashlib.sha256(read_as.encode("utf-8", "surrogatepass"))
    checksum.update(data)
    return checksum.hexdigest()


def take(task: Task, segmenter: Segmenter) -> Taken:
    """Read a file and cut what is in it; or say why that cannot be.

    A fault of ours over one file is told like one of the file: it must not end a run. As it
    may pass, the file has no digest, so that the next run tries again.
    """
    try:
        data = load_bytes(task.path, task.limits)
    except UnreadableReport as problem:
        return Taken("", failures=(_bare(problem),))
    reports: list[TakenReport] = []
    failures: list[UnreadableReport] = []
    try:
        for reading in read_members(
            data,
            task.path,
            encoding=task.encoding,
            columns=dict(task.columns),
            limits=task.limits,
        ):
            if isinstance(reading, UnreadableReport):
                failures.append(_bare(reading))
            else:
                reports.append(_cut(reading, segmenter))
    except MemoryError:
        detail = "reading it takes more memory than it may; split it"
        failures.append(UnreadableReport(task.path, Reason.TOO_LARGE, detail))
    except Exception as error:  # noqa: BLE001 (see above)
        detail = f"reading it failed, please report this: {error!r}"
        failures.append(UnreadableReport(task.path, Reason.DAMAGED, detail))
        return Taken("", tuple(reports), tuple(failures))
    is_limited = any(problem.reason.is_of_limits for problem in failures)
    checksum = digest(data, task.encoding, task.columns, task.limits if is_limited else None)
    return Taken(checksum, tuple(reports), tuple(failures))


def too_slow(task: Task, detail: str) -> Taken:
    """What became of a file that took too long to read."""
    try:
        data = load_bytes(task.path, task.limits)
    except UnreadableReport as gone:
        return Taken("", failures=(_bare(gone),))
    problem = UnreadableReport(task.path, Reason.TOO_SLOW, detail)
    return Taken(digest(data, task.encoding, task.columns, task.limits), failures=(problem,))


def _cut(reading: Reading, segmenter: Segmenter) -> TakenReport:
    report = reading.report
    cut = cut_report(report.id, reading.paragraphs, segmenter)
    return TakenReport(report.sources[0], report, cut)


def _bare(problem: UnreadableReport) -> UnreadableReport:
    """A failure without the frames of its traceback and all that they hold."""
    problem.__cause__ = problem.__context__ = None
    return problem.with_traceback(None)
