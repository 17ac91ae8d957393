"""Listing what is kept by name beside an index: result sets, saved queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from .app import FOUND_NOTHING, put, say, warn
from .language import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from search.errors import SearchError
    from search.named_files import NamedFiles

Kept = TypeVar("Kept")


def put_kept(
    files: NamedFiles[Kept], lines: Callable[[Sequence[Kept]], Iterator[str]], nothing: str
) -> int:
    """List all files of a kind, and name those that are not what they should be.

    Args:
        files: of the kind.
        lines: writes those that could be read.
        nothing: what to say where there are none.

    Returns:
        The exit status.
    """
    found: list[Kept] = []
    problems: list[SearchError] = []
    for name in files.names():
        try:
            found.append(files.read(name))
        except files.problem as problem:
            problems.append(problem)
    put(lines(found))
    warn(*(f"baogao: {translated(problem.args[0])}" for problem in problems))
    if problems:
        return files.problem.exit_code
    if not found:
        say(nothing)
    return 0 if found else FOUND_NOTHING
