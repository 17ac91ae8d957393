"""Building an index, incrementally: reports in, committed generations out.

A run looks at the bytes of every named file, takes in those that are new, removes what
is gone from the named folders, and commits. A file that cannot be read is reported and
passed over; what was indexed of it before stays. A long run commits each time when a
segment is full, so that little is lost when it is broken off: the next one goes on from
there. Building anew commits once: until then the old index stays in force.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import READER_VERSION, Reason, UnreadableReport, find_files, load_bytes

from .catalog import Catalog, write_reports
from .dictionary import Snapshot as Dictionary
from .dictionary import fingerprint, parse_terms
from .errors import DictionaryError, IndexingError, IndexMissing, IndexOutdated
from .generations import Generations
from .segmenter import Segmenter
from .segments import SegmentSet
from .snapshot import CATALOG_FILE, DICTIONARY_FILE, REPORTS_FILE, USER_TERMS_FILE
from .storage.checked import write_arrays
from .taking import Taken, Task, digest, take
from .workers import Workers, make_dictionary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from .writing import Writing

_ALONE = 1 << 18
"""Bytes of files below which no worker is started: that takes as long as reading them."""


@dataclass(frozen=True, slots=True)
class Progress:
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
class BuildSummary:
    """What a run did.

    Attributes:
        added: files read for the first time.
        changed: files whose contents had changed.
        removed: files that are gone and were taken out.
        unchanged: files that were indexed already.
        failed: files that could not be read, each with its reason.
        passed_over: files in the folders that are of no known format.
        reports: reports in the index after the run.
        paragraphs: paragraphs in the index after the run.
    """

    added: int
    changed: int
    removed: int
    unchanged: int
    failed: tuple[UnreadableReport, ...]
    passed_over: int
    reports: int
    paragraphs: int


@dataclass(slots=True)
class _Counts:
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0
    passed_over: int = 0
    failed: list[UnreadableReport] = field(default_factory=list)

    @property
    def any_change(self) -> bool:
        return bool(self.added or self.changed or self.removed)


def build_index(  # noqa: PLR0913 (options, by keyword)
    directory: str | os.PathLike[str],
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    dictionary: str | os.PathLike[str] | None = None,
    rebuild: bool = False,
    wait: float = 0,
    allow_shared: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> BuildSummary:
    """Bring an index in step with files and folders.

    Args:
        directory: the index; made if it is not there.
        paths: a file or folder, or several. Folders are walked; indexed files that are
            gone from such a folder are taken out of the index.
        encoding: how to decode every file of this run, instead of finding out.
        dictionary: the user's own words, in jieba's format; they stay with the index.
        rebuild: begin anew, from these paths only; the user's words are kept.
        wait: seconds to wait for another process that is writing the index; -1 for as
            long as it takes.
        allow_shared: whether the directory may be one that others can write.
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
    terms = None if dictionary is None else _read_terms(Path(dictionary))
    generations = Generations(Path(directory), allow_shared=allow_shared)
    with generations.write(wait) as writing:
        if not rebuild:
            _refuse_unreadable(generations)
        run = _Run(Path(directory), writing, terms, rebuild=rebuild)
        run.follow(named, encoding, on_progress or (lambda _: None))
        return run.finish()


def _refuse_unreadable(generations: Generations) -> None:
    """Leave an index alone that cannot be read, unless it is to be built anew."""
    try:
        generations.manifest()
    except IndexMissing:
        return


class _Run:
    """One run of the builder: what it has seen, and the new generation as far as it is."""

    def __init__(
        self, directory: Path, writing: Writing, terms: bytes | None, *, rebuild: bool
    ) -> None:
        self._directory = Path(os.path.abspath(directory))  # noqa: PTH100 (see above)
        self._writing = writing
        self._rebuild = rebuild
        self._counts = _Counts()
        self._catalog = Catalog()
        self._terms = self._kept_terms() if terms is None else terms
        if rebuild:
            writing.begin_anew()
        elif writing.base is not None:
            self._check_rules(writing.base.analyzer, terms)
            self._catalog = Catalog.read(writing.open(CATALOG_FILE))
        self._is_new = rebuild or writing.base is None
        self._segments = SegmentSet(writing)

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

    def _check_rules(self, analyzer: str, terms: bytes | None) -> None:
        if terms is not None and terms != self._kept_terms():
            raise IndexOutdated(self._directory, "was built with another user dictionary")
        if analyzer != fingerprint(self._terms):
            raise IndexOutdated(self._directory, "was segmented by another version's rules")

    def follow(
        self, named: Sequence[Path], encoding: str | None, on_progress: Callable[[Progress], None]
    ) -> None:
        """Go through the files: new and changed ones in, those that are gone out."""
        files: list[tuple[Path, int]] = []
        for found in find_files(named):
            if isinstance(found, UnreadableReport):
                self._pass_over(found)
            elif not found.is_relative_to(self._directory):
                files.append((found, _size(found)))
        total = sum(size for _, size in files)
        done, present = 0, set()
        new: list[tuple[Path, int]] = []
        for path, size in files:
            on_progress(Progress(done, total, str(path)))
            try:
                if self._is_known(path, encoding):
                    self._counts.unchanged += 1
                    present.add(path)
                    done += size
                else:
                    new.append((path, size))
            except UnreadableReport as problem:
                self._fail(problem)
                done += size
        for (path, size), taken in zip(new, self._taken(new, encoding), strict=True):
            on_progress(Progress(done, total, str(path)))
            if isinstance(taken, UnreadableReport):
                self._fail(taken)
            else:
                self._put(str(path), taken)
                present.add(path)
            done += size
        on_progress(Progress(total, total, ""))
        self._drop_missing([path for path in named if path.is_dir()], present)

    def _pass_over(self, problem: UnreadableReport) -> None:
        if Path(problem.source).is_relative_to(self._directory):
            return
        if problem.reason is Reason.UNSUPPORTED:
            self._counts.passed_over += 1
        else:
            self._fail(problem)

    def _fail(self, problem: UnreadableReport) -> None:
        """Keep a failure, but not the frames of its traceback and all that they hold."""
        problem.__cause__ = problem.__context__ = None
        self._counts.failed.append(problem.with_traceback(None))

    def _is_known(self, path: Path, encoding: str | None) -> bool:
        """Whether a file is indexed as it is.

        Raises:
            UnreadableReport: it cannot be looked at.
        """
        known = self._catalog.sources.get(str(path))
        return known is not None and known.digest == digest(load_bytes(path), encoding)

    def _taken(
        self, files: Sequence[tuple[Path, int]], encoding: str | None
    ) -> Iterator[Taken | UnreadableReport]:
        """Take files in, in this process if they are few, else by workers."""
        if not files:
            return
        data = self._dictionary()
        tasks = (Task(str(path), encoding) for path, _ in files)
        if sum(size for _, size in files) < _ALONE:
            segmenter = Segmenter.over(Dictionary.of(data))
            yield from (take(task, segmenter) for task in tasks)
            return
        with Workers(data) as workers:
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

    def _put(self, source: str, taken: Taken) -> None:
        """Put what was taken in into the index."""
        if source in self._catalog.sources:
            self._detach(source)
            self._counts.changed += 1
        else:
            self._counts.added += 1
        if self._catalog.attach(source, taken.digest, taken.report, len(taken.cut.texts)):
            self._segments.add(taken.cut)
        if self._segments.is_full:
            self._segments.flush()
            if not self._rebuild:
                self._commit()

    def _drop_missing(self, folders: Sequence[Path], present: set[Path]) -> None:
        """Take out what is gone; what could not be looked at may still be there."""
        unseen = {
            Path(problem.source)
            for problem in self._counts.failed
            if problem.reason is not Reason.VANISHED
        }
        for source in list(self._catalog.sources):
            path = Path(source)
            places = {path, *path.parents}
            if path not in present and not places.isdisjoint(folders) and places.isdisjoint(unseen):
                self._detach(source)
                self._counts.removed += 1

    def _detach(self, source: str) -> None:
        orphan = self._catalog.detach(source)
        if orphan is not None:
            self._segments.remove(orphan)

    def finish(self) -> BuildSummary:
        """Commit what changed, if anything did."""
        counts, catalog = self._counts, self._catalog
        if counts.any_change:
            self._segments.flush()
            self._segments.compact()
            self._commit()
        return BuildSummary(
            counts.added,
            counts.changed,
            counts.removed,
            counts.unchanged,
            tuple(counts.failed),
            counts.passed_over,
            reports=len(catalog.reports),
            paragraphs=sum(catalog.paragraphs.values()),
        )

    def _commit(self) -> None:
        """Commit what is written, once it is sure that every paragraph is there."""
        written, expected = self._segments.living, sum(self._catalog.paragraphs.values())
        if written != expected:
            raise IndexingError(
                self._directory,
                f"{written} paragraphs were written where {expected} were read; "
                f"nothing was committed, please report this",
            )
        writing, catalog = self._writing, self._catalog
        writing.add(CATALOG_FILE, catalog.write(writing.path(CATALOG_FILE)))
        writing.add(REPORTS_FILE, write_reports(writing.path(REPORTS_FILE), catalog))
        writing.commit(fingerprint(self._terms), READER_VERSION)


def _read_terms(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DictionaryError(f"{path}: {error.strerror}") from error
    parse_terms(data, str(path))
    return data


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
