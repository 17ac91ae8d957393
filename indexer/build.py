"""Building an index, incrementally: reports in, one committed generation out.

A run reads every named file's bytes, parses only those whose bytes are new, removes
what is gone from the named folders, and commits once. A file that cannot be read is
reported and passed over; what was indexed of it before stays.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from corpus import READER_VERSION, Reason, UnreadableReport, find_files, load_bytes, read_bytes

from .catalog import Catalog
from .dictionary import fingerprint, load_frequencies, parse_terms, write_snapshot
from .errors import DictionaryError, IndexCorrupt, IndexingError, IndexMissing, IndexOutdated
from .generations import Generations, Manifest, Transaction
from .paragraphs import ParagraphWriter, WhooshParagraphWriter, open_paragraphs
from .segmenter import Segmenter
from .snapshot import CATALOG_FILE, DICTIONARY_FILE, USER_TERMS_FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


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


def build_index(
    directory: str | os.PathLike[str],
    paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
    *,
    encoding: str | None = None,
    dictionary: str | os.PathLike[str] | None = None,
    rebuild: bool = False,
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
        on_progress: called before each file, and before the commit.

    Raises:
        IndexLocked: another process is writing the index.
        IndexOutdated: the index was built by other rules or with another dictionary.
        IndexCorrupt: the index is damaged.
        IndexingError: the index could not be written; the one in force is unchanged.
        DictionaryError: the user's dictionary cannot be read.
    """
    if isinstance(paths, str | os.PathLike):
        paths = [paths]
    # Path.absolute would keep "..", and one file would have two names.
    named = [Path(os.path.abspath(path)) for path in paths]  # noqa: PTH100
    terms = None if dictionary is None else _read_terms(Path(dictionary))
    generations = Generations(Path(directory))
    with generations.write() as transaction:
        base = None if rebuild else _base(generations)
        if rebuild and terms is None:
            terms = _kept_terms(generations)
        run = _Run(generations, transaction, base, terms)
        try:
            run.follow(named, encoding, on_progress or (lambda _: None))
            return run.finish()
        except BaseException:
            run.abandon()
            raise


class _Run:
    """One run of the builder: what it has seen, and the new generation as far as it is."""

    def __init__(
        self,
        generations: Generations,
        transaction: Transaction,
        base: Manifest | None,
        terms: bytes | None,
    ) -> None:
        self._directory = Path(os.path.abspath(generations.directory))  # noqa: PTH100 (see above)
        self._transaction = transaction
        self._base = base
        self._counts = _Counts()
        self._catalog = Catalog()
        self._terms = terms or b""
        self._open_writer: ParagraphWriter | None = None
        if base is not None:
            folder = generations.check_sizes(base)
            self._terms = generations.verified(base, USER_TERMS_FILE)
            self._check_rules(base, terms)
            try:
                self._catalog = Catalog.read(generations.verified(base, CATALOG_FILE))
            except ValueError as error:
                path = folder / CATALOG_FILE
                raise IndexCorrupt(self._directory, path, str(error)) from error

    def _check_rules(self, base: Manifest, terms: bytes | None) -> None:
        if terms is not None and terms != self._terms:
            raise IndexOutdated(self._directory, "was built with another user dictionary")
        if base.analyzer != fingerprint(self._terms):
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
        total, done = sum(size for _, size in files), 0
        present: set[Path] = set()
        for path, size in files:
            on_progress(Progress(done, total, str(path)))
            try:
                self._take(path, encoding)
                present.add(path)
            except UnreadableReport as problem:
                self._fail(problem)
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

    def _take(self, path: Path, encoding: str | None) -> None:
        """Index one file, unless it is known by its bytes."""
        source = str(path)
        data = load_bytes(path)
        digest = _digest(data, encoding)
        known = self._catalog.sources.get(source)
        if known and known.digest == digest:
            self._counts.unchanged += 1
            return
        reading = read_bytes(data, source, encoding=encoding)
        if known:
            self._detach(source)
            self._counts.changed += 1
        else:
            self._counts.added += 1
        if self._catalog.attach(source, digest, reading.report, len(reading.paragraphs)):
            self._writer.add(reading.report.id, reading.paragraphs)

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
            self._writer.remove(orphan)

    @property
    def _writer(self) -> ParagraphWriter:
        """The writer, made when the first paragraph changes: it takes a second to load."""
        if self._open_writer is None:
            frequencies = load_frequencies(self._terms)
            self._segmenter = Segmenter.for_indexing(frequencies)
            folder = self._transaction.folder
            if self._base is None:
                write_snapshot(folder / DICTIONARY_FILE, frequencies)
                (folder / USER_TERMS_FILE).write_bytes(self._terms)
            else:
                self._inherit(self._base)
            self._open_writer = WhooshParagraphWriter(
                folder, self._segmenter, fresh=self._base is None
            )
        return self._open_writer

    def _inherit(self, base: Manifest) -> None:
        """Take over everything but the catalog, which is written anew."""
        self._transaction.inherit([name for name in base.files if name != CATALOG_FILE])

    def finish(self) -> BuildSummary:
        """Commit what changed, if anything did."""
        counts, catalog = self._counts, self._catalog
        if counts.any_change:
            folder = self._transaction.folder
            if self._open_writer is not None:
                self._open_writer.finish()
                self._check_count(folder)
            else:
                assert self._base is not None
                self._inherit(self._base)
            catalog.write(folder / CATALOG_FILE)
            self._transaction.commit(fingerprint(self._terms), READER_VERSION)
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

    def abandon(self) -> None:
        """Close the files of a run that will not be committed."""
        if self._open_writer is not None:
            self._open_writer.cancel()

    def _check_count(self, folder: Path) -> None:
        """Make sure, before the commit, that every paragraph is there that should be."""
        index = open_paragraphs(folder, self._segmenter)
        written, expected = index.doc_count(), sum(self._catalog.paragraphs.values())
        index.close()
        if written != expected:
            raise IndexingError(
                self._directory,
                f"{written} paragraphs were written where {expected} were read; "
                f"nothing was committed, please report this",
            )


def _base(generations: Generations) -> Manifest | None:
    try:
        return generations.manifest()
    except IndexMissing:
        return None


def _kept_terms(generations: Generations) -> bytes | None:
    """The user's words of the index that is built again, if they can still be read."""
    try:
        return generations.verified(generations.manifest(), USER_TERMS_FILE)
    except IndexingError:
        return None


def _read_terms(path: Path) -> bytes:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DictionaryError(f"{path}: {error.strerror}") from error
    parse_terms(data, str(path))
    return data


def _digest(data: bytes, encoding: str | None) -> str:
    """What decides how a file is read: its bytes, the override, the version of the rules."""
    digest = hashlib.sha256(f"{READER_VERSION}:{encoding or ''}:".encode())
    digest.update(data)
    return digest.hexdigest()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
