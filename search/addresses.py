"""Addresses: what is at `REPORT:N`, and which report an id or its beginning names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corpus.messages import Message
from indexer import fold

from .errors import UnknownAddress

if TYPE_CHECKING:
    from indexer import ReportTable, Snapshot

SHORTEST_PREFIX = 4
"""Characters of an id that name a report at the least."""


def row_of(report_id: str, reports: ReportTable) -> int:
    """The row of a report.

    Args:
        report_id: its id, or the first four characters of it or more.
        reports: the table.

    Raises:
        UnknownAddress: there is no such report, or more than one begins so.
    """
    prefix = report_id.lower()
    rows = reports.rows_beginning(prefix)
    if len(prefix) < SHORTEST_PREFIX or not rows:
        raise UnknownAddress(
            report_id, Message("there is no such report; list them with: baogao list")
        )
    if len(rows) > 1:
        found = ", ".join(reports.report(row).id for row in rows)
        raise UnknownAddress(report_id, Message("reports that begin so: {found}", found=found))
    return rows[0]


def document_at(address: str, snapshot: Snapshot) -> int:
    """The document number of the paragraph at an address.

    Raises:
        UnknownAddress: there is no such paragraph, or more than one report begins so.
    """
    report_id, _, ordinal = fold(address).strip().partition(":")
    row = row_of(report_id, snapshot.reports)
    documents = snapshot.documents_of(row)
    for number, document in enumerate(documents, 1):
        if str(number) == ordinal.lstrip("0"):
            return document
    known = snapshot.reports.report(row).id
    raise UnknownAddress(
        address,
        Message(
            "this report has paragraphs {known}:1 to {known}:{last}",
            known=known,
            last=len(documents),
        ),
    )
