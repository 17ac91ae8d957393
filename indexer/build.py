"""Building an index, incrementally: reports in, committed generations out.

A run looks at every named file, reads those that are not as they were, takes in what has
other bytes, removes what is gone from the named folders, and commits. A file that cannot be
read is reported and passed over; what was indexed of it before stays. A long run commits
each time when a segment is full, so that little is lost when it is broken off: the next one
goes on from there. Building anew commits once: until then the old index stays in force.

What could not be read is noted with the file's contents, and tried again when they change,
or when it was the limits that kept it out and these do.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import Limits, Reason, UnreadableReport, find_files, is_plain, load_bytes

from .catalog import Failure, File
from .dictionary import Snapshot as Dictionary
from .dictionary import read_terms
from .draft import Draft
from .errors import IndexMissing
from .generations import Generations
from .segmenter import Segmenter
from .stamps import Stamp, stamp
from .summary import BuildSummary, Counts, Progress
from .taking import Columns, Taken, Task, digest, take, way
from .workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
            that reports came into the index. If nothing can be read, the old index stays.
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
    named = _absolute(paths)
    terms = None if dictionary is None else read_terms(Path(dictionary))
    generations = Generations(Path(directory), allow_shared=allow_shared)
    with generations.write(wait) as writing:
        if not rebuild:
            _refuse_unreadable(generations)
        draft = Draft(Path(directory), writing, terms, added or _today(), rebuild=rebuild)
        told = _Told(encoding, tuple(sorted((columns or {}).items())), limits or Limits())
        run = _Run(Path(directory), draft, told)
        run.follow(named, on_progress or (lambda _: None))
        return run.summary(*draft.finish())


def forget_files(
    directory: str | os.PathLike[str],
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    wait: float = 0,
    allow_shared: bool = False,
) -> BuildSummary:
    """Take files out of an index, whether they are still there or not.

    Args:
        directory: the index.
        paths: a file or folder, or several; what was indexed of it, and of all that lies
            below, is taken out. The next run over a folder takes in again what is there.
        wait: seconds to wait for another process that is writing the index; -1 for as
            long as it takes.
        allow_shared: whether the directory may be one that others can write.

    Raises:
        IndexMissing: there is no index.
        IndexLocked, IndexOutdated, IndexCorrupt, IndexExposed, IndexingError: see `build_index`.
    """
    generations = Generations(Path(directory), allow_shared=allow_shared)
    generations.manifest()
    with generations.write(wait) as writing:
        draft = Draft(Path(directory), writing, None, _today(), rebuild=False)
        run = _Run(Path(directory), draft, _Told(None, (), Limits()))
        run.forget(_absolute(paths))
        return run.summary(*draft.finish())


def _absolute(
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
) -> list[Path]:
    """Paths as the catalog has them."""
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    # Path.absolute would keep "..", and one file would have two names.
    return [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100


def _today() -> date:
    return datetime.now().astimezone().date()


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
    """One run of the builder: what it looks at, and what it has seen.

    Args:
        directory: of the index.
        draft: the next generation.
        told: what the run was told of its files.
    """

    def __init__(self, directory: Path, draft: Draft, told: _Told) -> None:
        self._own = _inside(os.path.realpath(directory))
        self._draft = draft
        self._files = draft.catalog.files
        self._told = told
        self._counts = Counts()
        self._folders: dict[str, str] = {}

    def follow(self, named: Sequence[Path], on_progress: Callable[[Progress], None]) -> None:
        """Go through the files: new and changed ones in, those that are gone out."""
        self._forget_unseen(named)
        read_as = way(self._told.encoding, self._told.columns)
        files = {path: stamp(path, read_as) for path in self._found(named)}
        total = sum(seen.size for seen in files.values())
        done, present = 0, set(files)
        new: list[Task] = []
        are_plain = True
        for path, seen in files.items():
            on_progress(Progress(done, total, path))
            if self._is_as_it_was(path, seen):
                done += seen.size
                continue
            try:
                data = load_bytes(path, self._told.limits)
            except UnreadableReport as problem:
                self._note_unseen(problem)
                if problem.reason is Reason.VANISHED:
                    present.discard(path)
                done += seen.size
                continue
            if self._is_known(path, self._digest(path, data)):
                self._draft.mark(path, seen.mark)
                done += seen.size
            else:
                new.append(self._told.task(path, seen.size))
                are_plain = are_plain and is_plain(data, path)
        for task, taken in zip(new, self._taken(new, are_plain=are_plain), strict=True):
            on_progress(Progress(done, total, task.path))
            self._put(task.path, taken, files[task.path].mark)
            if any(problem.reason is Reason.VANISHED for problem in taken.failures):
                present.discard(task.path)
            done += task.size
        on_progress(Progress(total, total, ""))
        self._drop_missing([path for path in named if path.is_dir()], present)
        self._renew()
        lost = [path for path in named if not os.path.lexists(path)]
        self._counts.gone = sum(_below(path, lost) for path in self._files) if lost else 0

    def forget(self, named: Sequence[Path]) -> None:
        """Take out the files at and below some paths."""
        for path in sorted(path for path in self._files if _below(path, named)):
            self._remove(path)
        self._renew()

    def _found(self, named: Sequence[Path]) -> list[str]:
        """The files that are to be in the index."""
        found: list[str] = []
        passed_over: set[str] = set()
        for one in find_files(named):
            if not isinstance(one, UnreadableReport):
                found.append(str(one))
            elif one.reason is Reason.UNSUPPORTED:
                passed_over.add(one.source)
            elif not self._is_own(one.source):
                self._note_unseen(one)
        found = [path for path in found if not self._is_own(path)]
        again = self._named_before(named, found)
        passed_over.difference_update(again)
        self._counts.passed_over += sum(not self._is_own(path) for path in passed_over)
        return found + again

    def _named_before(self, named: Sequence[Path], found: Sequence[str]) -> list[str]:
        """Files below the paths that the index has and a folder's walk does not look for.

        They were named outright once. What was found under another name now is not given.
        """
        others = sorted(
            path
            for path in self._files.keys() - set(found)
            if _below(path, named) and os.path.isfile(path) and not self._is_own(path)  # noqa: PTH113 (as below)
        )
        seen = set(map(os.path.realpath, found)) if others else set()
        return [path for path in others if os.path.realpath(path) not in seen]

    def _is_own(self, path: str) -> bool:
        """Whether a file is one of the index, by whatever links it is reached."""
        folder = os.path.dirname(path)  # noqa: PTH120 (of each file: Path takes ten times as long)
        if folder not in self._folders:
            self._folders[folder] = _inside(os.path.realpath(folder))
        return self._folders[folder].startswith(self._own)

    def _forget_unseen(self, named: Sequence[Path]) -> None:
        """Forget what could not be looked at the last time, where it is looked for again."""
        for path, file in list(self._files.items()):
            if not file.digest and not file.sources and _below(path, named):
                self._draft.remove(path)

    def _note_unseen(self, problem: UnreadableReport) -> None:
        """Note what cannot be looked at; what is known of it stays."""
        problem.__cause__ = problem.__context__ = None
        self._counts.failed.append(problem.with_traceback(None))
        if problem.reason is not Reason.VANISHED:
            before = self._files.get(problem.source, File(""))
            failed = File("", before.sources, (Failure.of(problem),))
            self._draft.catalog.put(problem.source, failed, {})

    def _is_as_it_was(self, path: str, seen: Stamp) -> bool:
        """Whether a file need not be read to know that it was read as it is."""
        known = self._files.get(path)
        if known is None or not seen.mark or known.mark != seen.mark:
            return False
        return seen.size <= self._told.limits.size and self._is_known(path, known.digest)

    def _digest(self, path: str, data: bytes) -> str:
        known = self._files.get(path)
        limits = self._told.limits if known is not None and known.is_limited else None
        return digest(data, self._told.encoding, self._told.columns, limits)

    def _is_known(self, path: str, checksum: str) -> bool:
        """Whether a file was read as it is."""
        known = self._files.get(path)
        if known is None or known.digest != checksum:
            return False
        self._counts.unchanged += bool(known.sources)
        self._counts.unread += bool(known.failures)
        return True

    def _taken(self, tasks: Sequence[Task], *, are_plain: bool) -> Iterator[Taken]:
        """Take files in: in this process if they are few and plain text, else by workers."""
        if not tasks:
            return
        if are_plain and sum(task.size for task in tasks) < _ALONE:
            segmenter = Segmenter.over(Dictionary.of(self._draft.dictionary()))
            yield from (take(task, segmenter) for task in tasks)
            return
        with Workers(self._draft.dictionary) as workers:
            yield from workers.take(tasks)

    def _put(self, path: str, taken: Taken, mark: str) -> None:
        """Put what a file holds into the index, and count it."""
        had_any = path in self._files and bool(self._files[path].sources)
        self._counts.failed += taken.failures
        if self._draft.put(path, taken, mark):
            self._counts.changed += had_any
            self._counts.added += not had_any

    def _drop_missing(self, folders: Sequence[Path], present: set[str]) -> None:
        """Take out what is gone; what could not be looked at may still be there."""
        unseen = {
            Path(problem.source)
            for problem in self._counts.failed
            if problem.reason is not Reason.VANISHED
        }
        for name in sorted(self._files.keys() - present):
            if _below(name, folders) and unseen.isdisjoint((Path(name), *Path(name).parents)):
                self._remove(name)

    def _remove(self, path: str) -> None:
        """Take a file out of the index, and count it."""
        self._counts.removed += bool(self._files[path].sources)
        self._draft.remove(path)

    def _renew(self) -> None:
        """Read files again whose headings a report is to have now that another file is gone.

        What was read in another way, or has changed since, is left to the run that names it.
        """
        read_as = way(self._told.encoding, self._told.columns)
        stamps = {path: stamp(path, read_as) for path in sorted(self._draft.catalog.outdated())}
        tasks = [self._told.task(path, seen.size) for path, seen in stamps.items()]
        for task, taken in zip(tasks, self._taken(tasks, are_plain=False), strict=True):
            if taken.digest == self._files[task.path].digest:
                self._draft.put(task.path, taken, stamps[task.path].mark)

    def summary(self, reports: int, paragraphs: int) -> BuildSummary:
        """What the run did.

        Args:
            reports: how many there are in the index now.
            paragraphs: how many there are in them.
        """
        counts = self._counts
        return BuildSummary(
            counts.added,
            counts.changed,
            counts.removed,
            counts.unchanged,
            tuple(counts.failed),
            counts.unread,
            counts.passed_over,
            counts.gone,
            reports,
            paragraphs,
        )


def _inside(folder: str | Path) -> str:
    """What the paths of all files in a folder begin with."""
    return os.path.normcase(os.path.join(folder, ""))  # noqa: PTH118 (the separator)


def _below(path: str, places: Sequence[Path]) -> bool:
    """Whether a path is one of some places, or lies in one."""
    return any(_inside(path).startswith(_inside(place)) for place in places)
