"""Reading reports: files to reports, paragraphs, heading paths and metadata.

    for found in find_files(["reports/"]):
        if isinstance(found, UnreadableReport): ...
        reading = read_report(found)

What a report is stands in `corpus.model`, what can go wrong in `corpus.errors`; the
modules beside them are private to this package.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.lazily import lazily

if TYPE_CHECKING:
    from corpus.bundled import SAMPLES
    from corpus.errors import BaogaoError, Reason, UnreadableReport
    from corpus.finding import find_files
    from corpus.limits import Limits
    from corpus.model import MEMBER, Paragraph, Reading, Report, report_id
    from corpus.reading import (
        READER_VERSION,
        is_plain,
        load_bytes,
        read_bytes,
        read_members,
        read_report,
        read_reports,
    )
else:  # to type checkers, any name would be there
    __getattr__ = lazily(
        __name__,
        {
            ".bundled": ("SAMPLES",),
            ".errors": ("BaogaoError", "Reason", "UnreadableReport"),
            ".finding": ("find_files",),
            ".model": ("MEMBER", "Paragraph", "Reading", "Report", "report_id"),
            ".limits": ("Limits",),
            ".reading": (
                "READER_VERSION",
                "is_plain",
                "load_bytes",
                "read_bytes",
                "read_members",
                "read_report",
                "read_reports",
            ),
        },
    )

__all__ = [
    "MEMBER",
    "READER_VERSION",
    "SAMPLES",
    "BaogaoError",
    "Limits",
    "Paragraph",
    "Reading",
    "Reason",
    "Report",
    "UnreadableReport",
    "find_files",
    "is_plain",
    "load_bytes",
    "read_bytes",
    "read_members",
    "read_report",
    "read_reports",
    "report_id",
]
