"""Reading: the reports and paragraphs of an index as they stand there, and what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.addresses import document_at, row_of

from .opened import Opened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from corpus import Report
    from indexer import Failure, Snapshot
    from search.exporting import Edition
    from search.holdings import IndexStats, Near
    from search.outlining import Heading
    from search.results import Passage


class Reading(Opened):
    """An index as it is read."""

    def get(self, address: str) -> Passage:
        """The paragraph at an address.

        Args:
            address: `REPORT:N`; of the report's id its first four characters or more will do.

        Raises:
            UnknownAddress: there is no such paragraph, or more than one report begins so.
        """
        snapshot = self._snapshot
        return _passage(snapshot, document_at(address, snapshot))

    def around(self, passage: Passage, count: int) -> tuple[Passage, ...]:
        """A paragraph where it stands.

        Args:
            passage: which.
            count: how many paragraphs to give on either side, as far as there are.

        Returns:
            Them in order, the paragraph among them.

        Raises:
            UnknownAddress: its report is not in the index.
        """
        snapshot = self._snapshot
        documents = snapshot.documents_of(row_of(passage.report.id, snapshot.reports))
        near = documents[max(0, passage.paragraph - 1 - count) : passage.paragraph + count]
        return tuple(_passage(snapshot, document) for document in near)

    def paragraphs(self, report_id: str) -> tuple[Passage, ...]:
        """All paragraphs of a report, in order; see `report` for the id.

        Raises:
            UnknownAddress: there is no such report.
        """
        snapshot = self._snapshot
        documents = snapshot.documents_of(row_of(report_id, snapshot.reports))
        return tuple(_passage(snapshot, document) for document in documents)

    def outline(self, report_id: str) -> tuple[Heading, ...]:
        """The headings of a report, each with the address of the paragraph that it begins with.

        Raises:
            UnknownAddress: there is no such report.
        """
        from search.outlining import outline  # a search needs none

        return outline(self.paragraphs(report_id))

    def report(self, report_id: str) -> Report:
        """A report by its id, or the first four characters of it or more.

        Raises:
            UnknownAddress: there is no such report, or more than one begins so.
        """
        table = self._snapshot.reports
        return table.report(row_of(report_id, table))

    def reports(self) -> tuple[Report, ...]:
        """All reports, the oldest first, those without a date last."""
        from search.holdings import reports_of  # a search needs none of them all

        return reports_of(self._snapshot)

    def count(self, report: Report) -> int:
        """How many paragraphs a report has."""
        table = self._snapshot.reports
        return table.paragraphs(row_of(report.id, table))

    def near(self, report_id: str) -> tuple[Near, ...]:
        """The reports that say nearly the same as one; see `report` for its id.

        The same report from another site, or another version of a law. Reports with just
        the same text are one.

        Returns:
            Those that are similar by a half or more, the nearest first.

        Raises:
            UnknownAddress: there is no such report.
        """
        from search.holdings import Near  # a search needs none

        table = self._snapshot.reports
        found = table.near(row_of(report_id, table))
        return tuple(Near(report, similarity) for report, similarity in found)

    def failures(self) -> tuple[Failure, ...]:
        """The files that could not be read, and the members of files, each with the reason."""
        return self._snapshot.failures()

    def digests(self, sources: Iterable[str]) -> dict[str, str]:
        """The digests of files as they were when they were read: of bytes and way of reading.

        Args:
            sources: of reports of the index; for `PATH!/MEMBER` it is the digest of PATH.

        Returns:
            By path, in order.
        """
        from corpus import MEMBER

        paths = {source.partition(MEMBER)[0] for source in sources}
        found = self._snapshot.digests()
        return {path: found[path] for path in sorted(paths & found.keys())}

    def stats(self) -> IndexStats:
        """What the index holds."""
        from search.holdings import stats_of  # a search needs none

        return stats_of(self._snapshot)

    @property
    def edition(self) -> Edition:
        """Which commit of the index this is."""
        from search.exporting import Edition  # a search needs none

        manifest = self._snapshot.manifest
        return Edition(
            manifest.generation, manifest.fingerprint, manifest.analyzer, manifest.reader
        )


def _passage(snapshot: Snapshot, document: int) -> Passage:
    """The paragraph of a document number."""
    from search.hits import passage_of  # who completes a word reads none

    return passage_of(snapshot.paragraph(document))
