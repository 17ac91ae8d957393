"""Building an index, incrementally: reports in, committed generations out.

A run looks at every named file, reads those that are not as they were, takes in what has
other bytes, removes what is gone from the named folders, and commits. A file that cannot be
read is reported and passed over; what was indexed of it before stays. A long run commits
each time when a segment is full, so that little is lost when it is broken off: the next one
goes on from there. Building anew commits once: until then the old index stays in force.

What could not be read is noted with the file's contents, and tried again when they change.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import (
    READER_VERSION,
    Limits,
    Reason,
    UnreadableReport,
    find_files,
    is_plain,
    load_bytes,
)
from corpus.messages import Message

from .catalog import Catalog, Change, Failure, File, Source, write_reports
from .dictionary import Snapshot as Dictionary
from .dictionary import fingerprint, read_terms
from .errors import IndexingError, IndexMissing, IndexOutdated
from .generations import Generations
from .segmenter import Segmenter
from .segments import SegmentSet
from .snapshot import CATALOG_FILE, DICTIONARY_FILE, REPORTS_FILE, USER_TERMS_FILE
from .stamps import Stamp, stamp
from .storage.checked import write_arrays
from .summary import BuildSummary, Counts, Progress
from .taking import Columns, Taken, Task, digest, take, way
from .workers import Workers, make_dictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from .writing import Writing

_ALONE = 1 << 18
"""Bytes of files below which no worker is started: that takes as long as reading them."""


def build_index(  # noqa: PLR0913 (options, by keyword)
    directory: str | os.PathLike[str],
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    columns: Mapping[str, str] | None = None,
    dictionary: str | os.PathLike[str] | None = None,
    limits: Limits | None = None,
    rebuild: bool = False,
    wait: float = 0,
    allow_shared: bool = False,
    added: date | None = None,
    on_progress: Callable[[Progress], None] | None = None,
) -> BuildSummary:
    """Bring an index in step with files and folders.

    Args:
        directory: the index; made if it is not there.
        paths: a file or folder, or several. Folders are walked; indexed files that are
            gone from such a folder are taken out of the index.
        encoding: how to decode every file of this run, instead of finding out.
        columns: what the columns of tables are, instead of finding out: their names, each
            with a label such as 标题, 正文, 日期.
        dictionary: the user's own words, in jieba's format; they stay with the index.
        limits: what one file may cost.
        rebuild: begin anew, from these paths only; the user's words are kept, and the days
            that reports came into the index.
        wait: seconds to wait for another process that is writing the index; -1 for as
            long as it takes.
        allow_shared: whether the directory may be one that others can write.
        added: the day to note for the reports that are new; today if it is not told.
        on_progress: called before each file, and before the last commit.

    Raises:
        IndexLocked: another process is writing the index.
        IndexOutdated: the index was built by other rules or with another dictionary.
        IndexCorrupt: the index is damaged.
        IndexExposed: others can write the index.
        IndexingError: the index could not be written; the one in force is unchanged.
        DictionaryError: the user's dictionary cannot be read.
    """
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    # Path.absolute would keep "..", and one file would have two names.
    named = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100
    terms = None if dictionary is None else read_terms(Path(dictionary))
    generations = Generations(Path(directory), allow_shared=allow_shared)
    with generations.write(wait) as writing:
        if not rebuild:
            _refuse_unreadable(generations)
        today = added or datetime.now().astimezone().date()
        run = _Run(Path(directory), writing, terms, today, rebuild=rebuild)
        told = _Told(encoding, tuple(sorted((columns or {}).items())), limits or Limits())
        run.follow(named, told, on_progress or (lambda _: None))
        return run.finish()


def _refuse_unreadable(generations: Generations) -> None:
    """Leave an index alone that cannot be read, unless it is to be built anew."""
    try:
        generations.manifest()
    except IndexMissing:
        return


@dataclass(frozen=True, slots=True)
class _Told:
    """What a run was told of its files."""

    encoding: str | None
    columns: Columns
    limits: Limits

    def task(self, path: str, size: int) -> Task:
        return Task(path, size, self.encoding, self.columns, self.limits)


class _Run:
    """One run of the builder: what it has seen, and the new generation as far as it is."""

    def __init__(
        self,
        directory: Path,
        writing: Writing,
        terms: bytes | None,
        today: date,
        *,
        rebuild: bool,
    ) -> None:
        self._directory = Path(os.path.abspath(directory))  # noqa: PTH100 (see above)
        self._writing = writing
        self._rebuild = rebuild
        self._counts = Counts()
        self._catalog = Catalog()
        self._terms = self._kept_terms() if terms is None else terms
        if rebuild:
            self._catalog.added = self._days_before()
            writing.begin_anew()
        elif writing.base is not None:
            self._check_rules(writing.base.analyzer, terms)
            self._catalog = Catalog.read(writing.open(CATALOG_FILE))
        self._catalog.today = today
        self._files_before = dict(self._catalog.files)
        self._is_new = rebuild or writing.base is None
        self._segments = SegmentSet(writing)
        self._has_marked = False

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

    def _days_before(self) -> dict[str, date | None]:
        """The days that reports came into the index that is there, if it can still be read."""
        if self._writing.base is not None:
            with suppress(IndexingError):
                return Catalog.read(self._writing.open(CATALOG_FILE)).added
        return {}

    def _check_rules(self, analyzer: str, terms: bytes | None) -> None:
        if terms is not None and terms != self._kept_terms():
            raise IndexOutdated(self._directory, Message("was built with another user dictionary"))
        if analyzer != fingerprint(self._terms):
            raise IndexOutdated(
                self._directory, Message("was segmented by another version's rules")
            )

    def follow(
        self, named: Sequence[Path], told: _Told, on_progress: Callable[[Progress], None]
    ) -> None:
        """Go through the files: new and changed ones in, those that are gone out."""
        self._forget_unseen(named)
        read_as = way(told.encoding, told.columns)
        files = {path: stamp(path, read_as) for path in self._found(named)}
        total = sum(seen.size for seen in files.values())
        done, present = 0, set(files)
        new: list[Task] = []
        are_plain = True
        for path, seen in files.items():
            on_progress(Progress(done, total, path))
            if self._is_as_it_was(path, seen, told.limits):
                done += seen.size
                continue
            try:
                data = load_bytes(path, told.limits)
            except UnreadableReport as problem:
                self._note_unseen(problem)
                if problem.reason is Reason.VANISHED:
                    present.discard(path)
                done += seen.size
                continue
            if self._is_known(path, digest(data, told.encoding, told.columns)):
                self._mark(path, seen)
                done += seen.size
            else:
                new.append(told.task(path, seen.size))
                are_plain = are_plain and is_plain(data, path)
        for task, taken in zip(new, self._taken(new, are_plain=are_plain), strict=True):
            on_progress(Progress(done, total, task.path))
            self._put(task.path, taken, files[task.path].mark)
            if any(problem.reason is Reason.VANISHED for problem in taken.failures):
                present.discard(task.path)
            done += task.size
        on_progress(Progress(total, total, ""))
        self._drop_missing([path for path in named if path.is_dir()], present)

    def _found(self, named: Sequence[Path]) -> Iterator[str]:
        """The files that are to be in the index."""
        own = os.path.normcase(os.path.join(self._directory, ""))  # noqa: PTH118 (the separator)
        for found in find_files(named):
            if isinstance(found, UnreadableReport):
                self._pass_over(found)
            elif not os.path.normcase(found).startswith(own):
                yield str(found)

    def _forget_unseen(self, named: Sequence[Path]) -> None:
        """Forget what could not be looked at the last time, where it is looked for again."""
        for path, file in list(self._catalog.files.items()):
            if not file.digest and not file.sources and _below(path, named):
                self._catalog.remove(path)

    def _pass_over(self, problem: UnreadableReport) -> None:
        if Path(problem.source).is_relative_to(self._directory):
            return
        if problem.reason is Reason.UNSUPPORTED:
            self._counts.passed_over += 1
        else:
            self._note_unseen(problem)

    def _note_unseen(self, problem: UnreadableReport) -> None:
        """Note what cannot be looked at; what is known of it stays."""
        problem.__cause__ = problem.__context__ = None
        self._counts.failed.append(problem.with_traceback(None))
        if problem.reason is not Reason.VANISHED:
            before = self._catalog.files.get(problem.source, File(""))
            self._catalog.put(problem.source, File("", before.sources, (Failure.of(problem),)), {})

    def _is_as_it_was(self, path: str, seen: Stamp, limits: Limits) -> bool:
        """Whether a file need not be read to know that it was read as it is."""
        known = self._catalog.files.get(path)
        if known is None or not seen.mark or known.mark != seen.mark or seen.size > limits.size:
            return False
        return self._is_known(path, known.digest)

    def _is_known(self, path: str, checksum: str) -> bool:
        """Whether a file was read as it is."""
        known = self._catalog.files.get(path)
        if known is None or known.digest != checksum:
            return False
        self._counts.unchanged += bool(known.sources)
        self._counts.unread += bool(known.failures)
        return True

    def _mark(self, path: str, seen: Stamp) -> None:
        """Note how a file that is as it was looks now, so that it need not be read again."""
        if seen.mark:
            self._catalog.mark(path, seen.mark)
            self._has_marked = True

    def _taken(self, tasks: Sequence[Task], *, are_plain: bool) -> Iterator[Taken]:
        """Take files in: in this process if they are few and plain text, else by workers."""
        if not tasks:
            return
        if are_plain and sum(task.size for task in tasks) < _ALONE:
            segmenter = Segmenter.over(Dictionary.of(self._dictionary()))
            yield from (take(task, segmenter) for task in tasks)
            return
        with Workers(self._dictionary) as workers:
            yield from workers.take(tasks)

    def _dictionary(self) -> bytes:
        """The dictionary to cut with; made for a new index."""
        if self._is_new:
            for name, column, data in (
                (DICTIONARY_FILE, "dictionary", make_dictionary(self._terms)),
                (USER_TERMS_FILE, "terms", self._terms),
            ):
                self._writing.add(name, write_arrays(self._writing.path(name), {column: data}))
        stored = self._writing.open(DICTIONARY_FILE).column("dictionary")
        return stored.bytes(0, len(stored))

    def _put(self, path: str, taken: Taken, mark: str) -> None:
        """Put what a file holds into the index; what could not be read anew stays as it was."""
        before = self._catalog.files.get(path, File(""))
        unread = {problem.source for problem in taken.failures}
        stays = {
            name: source
            for name, source in before.sources.items()
            if name in unread or path in unread
        }
        read = {
            one.source: Source(replace(one.report, sources=()), len(one.cut.texts))
            for one in taken.reports
        }
        failures = tuple(map(Failure.of, taken.failures))
        file = File(taken.digest, {**stays, **read}, failures, mark if taken.digest else "")
        sketches = {one.report.id: one.cut.sketch for one in taken.reports}
        self._exchange(self._catalog.put(path, file, sketches), taken)
        self._counts.failed += taken.failures
        if read:
            self._counts.changed += bool(before.sources)
            self._counts.added += not before.sources
        if self._segments.is_full:
            self._segments.flush()
            if not self._rebuild:
                self._commit()

    def _exchange(self, change: Change, taken: Taken) -> None:
        """Have the segments follow the catalog."""
        for report_id in change.lost:
            self._segments.remove(report_id)
        cuts = {one.report.id: one.cut for one in taken.reports}
        for report_id, cut in cuts.items():
            if report_id in change.added:
                self._segments.add(cut)

    def _drop_missing(self, folders: Sequence[Path], present: set[str]) -> None:
        """Take out what is gone; what could not be looked at may still be there."""
        unseen = {
            Path(problem.source)
            for problem in self._counts.failed
            if problem.reason is not Reason.VANISHED
        }
        for name in sorted(self._catalog.files.keys() - present):
            file, path = self._catalog.files[name], Path(name)
            places = {path, *path.parents}
            if not places.isdisjoint(folders) and places.isdisjoint(unseen):
                self._exchange(self._catalog.remove(name), Taken(""))
                self._counts.removed += bool(file.sources)

    def finish(self) -> BuildSummary:
        """Commit what changed, if anything did."""
        counts, catalog = self._counts, self._catalog
        if catalog.files != self._files_before:
            self._segments.flush()
            self._segments.compact()
            self._commit()
        elif self._has_marked:
            self._commit_catalog()
        return BuildSummary(
            counts.added,
            counts.changed,
            counts.removed,
            counts.unchanged,
            tuple(counts.failed),
            counts.unread,
            counts.passed_over,
            reports=len(catalog.paragraphs),
            paragraphs=sum(catalog.paragraphs.values()),
        )

    def _commit(self) -> None:
        """Commit what is written, once it is sure that every paragraph is there."""
        written, expected = self._segments.living, sum(self._catalog.paragraphs.values())
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
        path = self._writing.path(REPORTS_FILE)
        self._writing.add(REPORTS_FILE, write_reports(path, self._catalog))
        self._commit_catalog()

    def _commit_catalog(self) -> None:
        path = self._writing.path(CATALOG_FILE)
        self._writing.add(CATALOG_FILE, self._catalog.write(path))
        self._writing.commit(fingerprint(self._terms), READER_VERSION)


def _below(path: str, places: Sequence[Path]) -> bool:
    return not {Path(path), *Path(path).parents}.isdisjoint(places)
