"""The errors of an index: each says which one, what is wrong and what to do.

The tree that they stand in is drawn in `search/errors.py`.
"""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

from corpus import BaogaoError
from corpus.messages import Message

if TYPE_CHECKING:
    from pathlib import Path


def _command(directory: Path) -> str:
    return f"baogao index --index {shlex.quote(str(directory))}"


class IndexingError(BaogaoError):
    """Root of the errors of building, opening and reading an index.

    Attributes:
        directory: the index in question.
    """

    def __init__(self, directory: Path, message: str) -> None:
        super().__init__(message)
        self.directory = directory


class IndexMissing(IndexingError):
    """There is no index in the directory."""

    def __init__(self, directory: Path) -> None:
        super().__init__(
            directory,
            Message(
                "no index in {directory}; make one with: {command} FOLDER",
                directory=directory,
                command=_command(directory),
            ),
        )


class IndexLocked(IndexingError):
    """Another process is writing the index.

    Attributes:
        holder: who holds the lock, as far as its note tells: "process 4711 on host".
    """

    def __init__(self, directory: Path, holder: str) -> None:
        super().__init__(
            directory,
            Message(
                "{holder} is writing the index in {directory}; "
                "try again when it is done, or wait for it with --wait",
                holder=holder,
                directory=directory,
            ),
        )
        self.holder = holder


class IndexCorrupt(IndexingError):
    """A file of the index is missing, cut short, or not what was written.

    Attributes:
        file: the damaged file.
    """

    def __init__(self, directory: Path, file: Path, problem: str) -> None:
        super().__init__(
            directory,
            Message(
                "damaged index: {file}: {problem}; build it again with: {command} --rebuild FOLDER",
                file=file,
                problem=problem,
                command=_command(directory),
            ),
        )
        self.file = file


class IndexOutdated(IndexingError):
    """The index was built by other rules or with another dictionary than are asked of it."""

    def __init__(self, directory: Path, difference: str) -> None:
        super().__init__(
            directory,
            Message(
                "the index in {directory} {difference}; "
                "build it again with: {command} --rebuild FOLDER",
                directory=directory,
                difference=difference,
                command=_command(directory),
            ),
        )


class IndexExposed(IndexingError):
    """Others can write the index's files, and could change them while they are read."""

    def __init__(self, directory: Path, folder: Path) -> None:
        super().__init__(
            directory,
            Message(
                "others can write {folder}; make it yours alone with: "
                "chmod go-w {quoted} (or say that you trust them: --allow-shared)",
                folder=folder,
                quoted=shlex.quote(str(folder)),
            ),
        )


class DictionaryError(BaogaoError):
    """A user dictionary that is not a jieba word list."""
