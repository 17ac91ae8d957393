"""Taking a file in: read, and cut into what is indexed of it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus import READER_VERSION, Reason, UnreadableReport, load_bytes, read_bytes

from .cutting import CutReport, cut_report

if TYPE_CHECKING:
    from corpus import Report

    from .segmenter import Segmenter


@dataclass(frozen=True, slots=True)
class Task:
    """A file to take in.

    Attributes:
        path: of the file.
        encoding: how to decode it, instead of finding out.
    """

    path: str
    encoding: str | None


@dataclass(frozen=True, slots=True)
class Taken:
    """A file that was taken in.

    Attributes:
        digest: see `digest`.
        report: what it holds.
        cut: its paragraphs, ready to be indexed.
    """

    digest: str
    report: Report
    cut: CutReport


def digest(data: bytes, encoding: str | None) -> str:
    """What decides how a file is read: its bytes, the override, the version of the rules."""
    checksum = hashlib.sha256(f"{READER_VERSION}:{encoding or ''}:".encode())
    checksum.update(data)
    return checksum.hexdigest()


def take(task: Task, segmenter: Segmenter) -> Taken | UnreadableReport:
    """Read a file and cut it, or say why that cannot be.

    A fault of ours over one file is told like one of the file: it must not end a run.
    """
    try:
        return _taken(task, segmenter)
    except UnreadableReport as problem:
        return problem
    except Exception as error:  # noqa: BLE001 (see above)
        detail = f"reading it failed, please report this: {error!r}"
        return UnreadableReport(task.path, Reason.DAMAGED, detail)


def _taken(task: Task, segmenter: Segmenter) -> Taken:
    data = load_bytes(task.path)
    reading = read_bytes(data, task.path, encoding=task.encoding)
    return Taken(
        digest(data, task.encoding),
        reading.report,
        cut_report(reading.report.id, reading.paragraphs, segmenter),
    )
