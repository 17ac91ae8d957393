"""The catalog: every file that was read, and the reports that they make.

It is what a writer needs to know of the index: which files it holds, by their contents,
what each of them says of its reports, and what could not be read. Readers use the table of
reports (`indexer.reports`) that is made from it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus import Reason
from corpus.messages import Message
from corpus.plain import Plain

from .folding import fold
from .plain import from_json, plain, report_of, to_json
from .reports import SEPARATOR, VALUES
from .similarity import SKETCH_BYTES, link
from .storage.checked import smallest, write_arrays
from .storage.record_arrays import RecordsWriter
from .storage.records import Records

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from corpus import Report, UnreadableReport

    from .storage.checked import Arrays, CheckedFile, StoredFile

_RECORDS = "files"


@dataclass(frozen=True, slots=True)
class Source:
    """A report as one source has it.

    Attributes:
        report: what the source said of it; without sources.
        paragraphs: how many paragraphs it has.
        structure: see `CutReport.structure`; the same text may have another in another file.
    """

    report: Report
    paragraphs: int
    structure: int


@dataclass(frozen=True, slots=True)
class Failure(Plain):
    """A file that could not be read, or something in it.

    Attributes:
        source: the file's path, or `PATH!/MEMBER` for what lies in it.
        reason: why, of a closed list.
        detail: what was found and what to do.
    """

    source: str
    reason: Reason
    detail: str

    @classmethod
    def of(cls, problem: UnreadableReport) -> Failure:
        """What an error says."""
        return cls(problem.source, problem.reason, problem.detail)


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was when it was last read.

    Attributes:
        digest: of its bytes and of the way it was read; the same digest gives the same
            reports. Empty for one that is to be tried again.
        sources: what it holds: its path, or `PATH!/MEMBER` for what lies in it → report.
        failures: what could not be read.
        mark: how it looks from outside when it has this digest, see `stamps`.
    """

    digest: str
    sources: Mapping[str, Source] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()
    mark: str = field(default="", compare=False)

    @property
    def is_limited(self) -> bool:
        """Whether something was not read for what it would cost."""
        return any(failure.reason.is_of_limits for failure in self.failures)


@dataclass(frozen=True, slots=True)
class Change:
    """What putting a file into a catalog changed.

    Attributes:
        added: ids of reports that are new: their paragraphs are to be indexed.
        lost: ids of reports that have lost their last source: theirs are to be removed.
        renewed: ids of reports whose first source is now in the file and has other headings
            or pages than are indexed: their paragraphs are to be exchanged.
    """

    added: frozenset[str]
    lost: frozenset[str]
    renewed: frozenset[str]


@dataclass(slots=True)
class Catalog:
    """The table of files, and the reports that they make; a writer changes its own copy.

    Sources with the same text are one report. What is known of it is what the first of
    them says, in the order of their names; so are its headings and pages.

    Attributes:
        files: absolute path → file.
        paragraphs: id of a report → number of its paragraphs.
        sketches: id of a report → its sketch, see `similarity`.
        structures: id of a report → the structure that is indexed.
        added: id of a report → the day it came into the index, if it is known. One that was
            taken out keeps its day until the catalog is written: it may only be moved.
        today: the day of those that come now.
    """

    files: dict[str, File] = field(default_factory=dict)
    paragraphs: dict[str, int] = field(default_factory=dict)
    sketches: dict[str, bytes] = field(default_factory=dict)
    structures: dict[str, int] = field(default_factory=dict)
    added: dict[str, date | None] = field(default_factory=dict)
    today: date | None = None
    _holders: dict[str, dict[tuple[str, str], Source]] = field(default_factory=dict)
    _stored: dict[str, bytes] = field(default_factory=dict)  # of files as they were read

    def put(self, path: str, file: File, sketches: Mapping[str, bytes]) -> Change:
        """Note what a file holds, in place of what it held before.

        Args:
            path: the file's.
            file: what was read.
            sketches: id → sketch, of all reports in it that are not in the catalog yet.
        """
        before = self.files.pop(path, _NONE)
        self.files[path] = file
        self._stored.pop(path, None)
        return self._exchange(path, before.sources, file.sources, sketches)

    def mark(self, path: str, mark: str) -> None:
        """Note how a file that has not changed looks from outside now."""
        self.files[path] = replace(self.files[path], mark=mark)
        self._stored.pop(path, None)

    def remove(self, path: str) -> Change:
        """Forget a file."""
        self._stored.pop(path, None)
        return self._exchange(path, self.files.pop(path).sources, {}, {})

    @property
    def totals(self) -> tuple[int, int]:
        """How many reports there are, and paragraphs in them."""
        return len(self.paragraphs), sum(self.paragraphs.values())

    def outdated(self) -> set[str]:
        """Files to read again: a report's first source has other headings than are indexed.

        So it is when the source that was the first is gone.
        """
        return {
            place[1]
            for report_id, holders in self._holders.items()
            if holders[place := min(holders)].structure != self.structures[report_id]
        }

    def failures(self) -> Iterator[Failure]:
        """What could not be read, in the order of the files."""
        for path in sorted(self.files):
            yield from self.files[path].failures

    def _exchange(
        self,
        path: str,
        old: Mapping[str, Source],
        new: Mapping[str, Source],
        sketches: Mapping[str, bytes],
    ) -> Change:
        touched = frozenset(source.report.id for source in (*old.values(), *new.values()))
        # Sets and the keys of all reports are not compared: that would go through all.
        added = frozenset(one for one in touched if one not in self._holders)
        for report_id in added:
            self._holders[report_id] = {}
            self.sketches[report_id] = sketches[report_id]
            self.added.setdefault(report_id, self.today)
        for name, source in old.items():
            del self._holders[source.report.id][name, path]
        for name, source in new.items():
            self._holders[source.report.id][name, path] = source
            self.paragraphs[source.report.id] = source.paragraphs
        lost, renewed = set(), set()
        for report_id in touched:
            holders = self._holders[report_id]
            if not holders:
                lost.add(report_id)
                del self._holders[report_id], self.paragraphs[report_id]
                del self.sketches[report_id], self.structures[report_id]
                continue
            first = min(holders)
            structure = holders[first].structure
            if first[1] == path and structure != self.structures.get(report_id):
                self.structures[report_id] = structure
                renewed.add(report_id)
        return Change(added, frozenset(lost), frozenset(renewed - added))

    def said_of(self, report_id: str) -> tuple[Report, tuple[str, ...]]:
        """What is known of a report, but for the day it came in, and its sources in order."""
        holders = self._holders[report_id]
        ordered = sorted(holders)
        return holders[ordered[0]].report, tuple(dict.fromkeys(name for name, _ in ordered))

    def _note_added(self, days: Sequence[int]) -> None:
        """Note of every report, by id, the day it came into the index, as an ordinal or 0."""
        for report_id, day in zip(sorted(self.paragraphs), days, strict=True):
            self.added[report_id] = date.fromordinal(day) if day else None

    def write(self, path: Path) -> StoredFile:
        """Write the catalog, a record of JSON a file, and by id what is kept of reports."""
        writer = RecordsWriter()
        writer.add(
            self._stored.get(name) or to_json([name, *_as_json(file)])
            for name, file in self.files.items()
        )
        ids = sorted(self.paragraphs)
        of_reports: Arrays = {
            "sketches": b"".join(self.sketches[report_id] for report_id in ids),
            "structures": np.array([self.structures[report_id] for report_id in ids], np.uint64),
            "added": _ordinals(self.added[report_id] for report_id in ids),
        }
        return write_arrays(path, {**writer.arrays(_RECORDS), **of_reports})

    @classmethod
    def read(cls, file: CheckedFile) -> Catalog:
        """Read a catalog back from what `write` wrote.

        Raises:
            IndexCorrupt: it is not a catalog.
        """
        catalog = cls()
        sketches = _Sketches()
        try:
            for record in Records(file, _RECORDS):
                path, *values = from_json(record)
                catalog.put(str(path), _file_of(*values), sketches)
                catalog._stored[str(path)] = record
            stored = file.column("sketches")
            known = stored.bytes(0, len(stored))
            if len(known) != len(catalog.paragraphs) * SKETCH_BYTES:
                raise file.damaged(Message("reports and their sketches differ in number"))
            for place, report_id in enumerate(sorted(catalog.paragraphs)):
                start = place * SKETCH_BYTES
                catalog.sketches[report_id] = known[start : start + SKETCH_BYTES]
            structures = file.column("structures").all().tolist()
            catalog.structures = dict(zip(sorted(catalog.paragraphs), structures, strict=True))
            catalog._note_added(file.column("added").all().tolist())
        except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
            raise file.damaged(Message("is not a catalog")) from error
        return catalog


_NONE = File("")


class _Sketches(dict[str, bytes]):
    """Stands for sketches that are read later."""

    def __missing__(self, report_id: str) -> bytes:
        return b""


def _as_json(file: File) -> tuple[object, ...]:
    sources = [
        [name, source.paragraphs, source.structure, plain(source.report)]
        for name, source in file.sources.items()
    ]
    failures = [[failure.source, failure.reason.value, failure.detail] for failure in file.failures]
    return file.digest, sources, failures, file.mark


def _file_of(
    digest: str, sources: list[list[Any]], failures: list[list[str]], mark: str = ""
) -> File:
    return File(
        str(digest),
        {
            str(name): Source(report_of(report), int(paragraphs), int(structure))
            for name, paragraphs, structure, report in sources
        },
        tuple(
            Failure(str(source), Reason(reason), str(detail)) for source, reason, detail in failures
        ),
        str(mark),
    )


def write_reports(path: Path, catalog: Catalog) -> StoredFile:
    """Write the table of a catalog's reports."""
    ids = sorted(catalog.paragraphs)
    said = [catalog.said_of(report_id) for report_id in ids]
    reports = [report for report, _ in said]
    added = [catalog.added[report_id] for report_id in ids]
    titles = [_utf8(fold(report.title)).replace(SEPARATOR, b" ") for report in reports]
    days = [report.period or (None, None) for report in reports]
    records = RecordsWriter()
    records.add(
        to_json(plain(report, sources=sources, added=day))
        for (report, sources), day in zip(said, added, strict=True)
    )
    arrays: Arrays = {
        "ids": _utf8("".join(ids)),
        "paragraphs": smallest([catalog.paragraphs[report_id] for report_id in ids]),
        "years": smallest([report.year or 0 for report in reports]),
        "first_days": _ordinals(first for first, _ in days),
        "last_days": _ordinals(last for _, last in days),
        "added": _ordinals(added),
        "titles": SEPARATOR.join(titles),
        "title_ends": smallest(np.cumsum([0, *(len(title) + 1 for title in titles)])),
        **records.arrays("reports"),
    }
    links = link([catalog.sketches[report_id] for report_id in ids])
    arrays["near_starts"] = smallest(np.searchsorted(links.first, np.arange(len(reports) + 1)))
    arrays["near"] = smallest(links.second)
    arrays["near_percent"] = links.percent
    for name in VALUES:
        arrays.update(_coded(name, [getattr(report, name) for report in reports]))
    return write_arrays(path, arrays)


def _ordinals(days: Iterable[date | None]) -> NDArray[Any]:
    """Days as a column of ordinals, 0 for one that is not known."""
    return smallest([day.toordinal() if day else 0 for day in days])


def _coded(name: str, values: Sequence[str]) -> Arrays:
    """A column of texts: the different ones, and of every row which one it has."""
    different = sorted(set(values))
    numbers = {value: number for number, value in enumerate(different)}
    vocabulary = RecordsWriter()
    vocabulary.add(map(_utf8, different))
    return {
        f"{name}.codes": smallest([numbers[value] for value in values]),
        **vocabulary.arrays(name),
    }


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")
