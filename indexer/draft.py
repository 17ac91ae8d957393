"""The next generation of an index, while a run makes it: what goes in, what goes out, commits.

It begins as the one in force, or anew. The catalog and the segments change together, and each
commit is sure that every paragraph is there.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus import READER_VERSION
from corpus.messages import Message

from .catalog import Catalog, Change, Failure, File, Source, write_reports
from .dictionary import fingerprint
from .errors import IndexingError, IndexOutdated
from .segments import SegmentSet
from .snapshot import CATALOG_FILE, DICTIONARY_FILE, REPORTS_FILE, USER_TERMS_FILE
from .storage.checked import write_arrays
from .taking import Taken
from .workers import make_dictionary

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from .writing import Writing


class Draft:
    """The next generation, as far as it is.

    Args:
        directory: of the index.
        writing: the right to write it.
        terms: the user's own words; None for those that the index has.
        today: the day to note for the reports that are new.
        rebuild: begin anew.

    Raises:
        IndexOutdated: the index was built by other rules or with other words.
        IndexCorrupt: the index is damaged.
    """

    def __init__(
        self,
        directory: Path,
        writing: Writing,
        terms: bytes | None,
        today: date,
        *,
        rebuild: bool,
    ) -> None:
        self._directory = directory
        self._writing = writing
        self._rebuild = rebuild
        self._replaces_one = rebuild and writing.base is not None
        self.catalog = Catalog()
        self._terms = self._kept_terms() if terms is None else terms
        self._totals = (0, 0)
        if rebuild:
            before = self._before()
            self.catalog.added = before.added
            self._totals = before.totals
            writing.begin_anew()
        elif writing.base is not None:
            self._check_rules(writing.base.analyzer, terms)
            self.catalog = Catalog.read(writing.open(CATALOG_FILE))
        self.catalog.today = today
        self._files_before = dict(self.catalog.files)
        self._lacks_dictionary = rebuild or writing.base is None
        self._segments = SegmentSet(writing)
        self._has_marked = self._has_renewed = False

    def _kept_terms(self) -> bytes:
        """The user's words of the index that is there, if they can still be read."""
        if self._writing.base is None:
            return b""
        try:
            column = self._writing.open(USER_TERMS_FILE).column("terms")
            return column.bytes(0, len(column))
        except IndexingError:
            if self._rebuild:
                return b""
            raise

    def _before(self) -> Catalog:
        """The catalog of the index that is there, if it can still be read."""
        if self._writing.base is not None:
            with suppress(IndexingError):
                return Catalog.read(self._writing.open(CATALOG_FILE))
        return Catalog()

    def _check_rules(self, analyzer: str, terms: bytes | None) -> None:
        if terms is not None and terms != self._kept_terms():
            raise IndexOutdated(self._directory, Message("was built with another user dictionary"))
        if analyzer != fingerprint(self._terms):
            raise IndexOutdated(
                self._directory, Message("was segmented by another version's rules")
            )

    def dictionary(self) -> bytes:
        """The dictionary to cut with; made for a new index."""
        self._add_dictionary()
        stored = self._writing.open(DICTIONARY_FILE).column("dictionary")
        return stored.bytes(0, len(stored))

    def _add_dictionary(self) -> None:
        if not self._lacks_dictionary:
            return
        for name, column, data in (
            (DICTIONARY_FILE, "dictionary", make_dictionary(self._terms)),
            (USER_TERMS_FILE, "terms", self._terms),
        ):
            self._writing.add(name, write_arrays(self._writing.path(name), {column: data}))
        self._lacks_dictionary = False

    def mark(self, path: str, mark: str) -> None:
        """Note how a file that is as it was looks now, so that it need not be read again."""
        if mark and not self.catalog.files[path].is_limited:
            self.catalog.mark(path, mark)
            self._has_marked = True

    def put(self, path: str, taken: Taken, mark: str) -> bool:
        """Put in what a file holds; what of it could not be read anew stays as it was.

        Returns:
            Whether anything of it could be read.
        """
        before = self.catalog.files.get(path, File(""))
        unread = {problem.source for problem in taken.failures}
        stays = {
            name: source
            for name, source in before.sources.items()
            if name in unread or path in unread
        }
        read = {
            one.source: Source(
                replace(one.report, sources=()), len(one.cut.texts), one.cut.structure
            )
            for one in taken.reports
        }
        failures = tuple(map(Failure.of, taken.failures))
        file = File(taken.digest, {**stays, **read}, failures)
        if taken.digest and not file.is_limited:
            file = replace(file, mark=mark)
        sketches = {one.report.id: one.cut.sketch for one in taken.reports}
        self._exchange(self.catalog.put(path, file, sketches), taken)
        if self._segments.is_full:
            self._segments.flush()
            if not self._rebuild:
                self._commit()
        return bool(read)

    def remove(self, path: str) -> None:
        """Take out what a file held."""
        self._exchange(self.catalog.remove(path), Taken(""))

    def _exchange(self, change: Change, taken: Taken) -> None:
        """Have the segments follow the catalog."""
        for report_id in change.lost | change.renewed:
            self._segments.remove(report_id)
        self._has_renewed |= bool(change.renewed)
        # Of members with the same text the first by name is the one that is indexed.
        by_name = sorted(taken.reports, key=lambda one: one.source, reverse=True)
        cuts = {one.report.id: one.cut for one in by_name}
        for report_id, cut in cuts.items():
            if report_id in change.added or report_id in change.renewed:
                self._segments.add(cut)

    def finish(self) -> tuple[int, int]:
        """Commit what changed, if anything did; an index is not replaced by one of nothing.

        Returns:
            How many reports and paragraphs are in force.
        """
        if self._replaces_one and not self.catalog.paragraphs:
            return self._totals
        if self._has_renewed or self.catalog.files != self._files_before:
            self._segments.flush()
            self._segments.compact()
            self._commit()
        elif self._has_marked:
            self._commit_catalog()
        return self.catalog.totals

    def _commit(self) -> None:
        """Commit what is written, once it is sure that every paragraph is there."""
        written, expected = self._segments.living, self.catalog.totals[1]
        if written != expected:
            raise IndexingError(
                self._directory,
                Message(
                    "{written} paragraphs were written where {expected} were read; "
                    "nothing was committed, please report this",
                    written=written,
                    expected=expected,
                ),
            )
        self._add_dictionary()
        path = self._writing.path(REPORTS_FILE)
        self._writing.add(REPORTS_FILE, write_reports(path, self.catalog))
        self._commit_catalog()

    def _commit_catalog(self) -> None:
        path = self._writing.path(CATALOG_FILE)
        self._writing.add(CATALOG_FILE, self.catalog.write(path))
        self._writing.commit(fingerprint(self._terms), READER_VERSION)
