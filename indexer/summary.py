"""What a run of the builder tells: how far it is, and at the end what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.plain import Plain

if TYPE_CHECKING:
    from corpus import UnreadableReport


@dataclass(frozen=True, slots=True)
class Progress(Plain):
    """How far a run is.

    Attributes:
        done: bytes of the files that are dealt with.
        total: bytes of all files.
        current: the file that comes next; empty at the end, while the index is written.
    """

    done: int
    total: int
    current: str


@dataclass(frozen=True, slots=True)
class BuildSummary(Plain):
    """What a run did.

    Attributes:
        added: files read for the first time.
        changed: files whose contents had changed.
        removed: files that are gone and were taken out.
        unchanged: files that were indexed already.
        failed: what could not be read, each with its reason: files, and members of files.
        unread: files that could not be read before, or not all of what is in them, and that
            have not changed: they were not tried again.
        passed_over: files in the folders that are of no known format.
        gone: indexed files at or below named paths where there is nothing any more, be it
            that they were moved or that a disk is away: they stay until they are forgotten.
        reports: reports in the index after the run.
        paragraphs: paragraphs in the index after the run.
    """

    added: int
    changed: int
    removed: int
    unchanged: int
    failed: tuple[UnreadableReport, ...]
    unread: int
    passed_over: int
    gone: int
    reports: int
    paragraphs: int


@dataclass(slots=True)
class Counts:
    """What was counted so far; see `BuildSummary`."""

    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    unread: int = 0
    passed_over: int = 0
    gone: int = 0
    failed: list[UnreadableReport] = field(default_factory=list)
