"""The errors: one root, what to do, and the way between processes."""

from __future__ import annotations

import pickle
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import search.errors
from corpus import BaogaoError, Reason
from indexer.engine import SchemaDiffers, Unsupported, WriterLocked

if TYPE_CHECKING:
    from collections.abc import Iterator

DIRECTORY = Path("/some/where")

ERRORS = [
    search.UnreadableReport("a.txt", Reason.EMPTY, "there is nothing in it"),
    search.IndexingError(DIRECTORY, "it cannot be written"),
    search.IndexMissing(DIRECTORY),
    search.IndexLocked(DIRECTORY, "process 7 on host"),
    WriterLocked(DIRECTORY, "process 7 on host"),
    search.IndexCorrupt(DIRECTORY, DIRECTORY / "file", "it is missing"),
    search.IndexOutdated(DIRECTORY, "has layout 0"),
    SchemaDiffers(DIRECTORY),
    search.IndexExposed(DIRECTORY, DIRECTORY / "gen-000001"),
    Unsupported("positions are not kept"),
    search.DictionaryError("line 2"),
    search.SearchError("something"),
    search.QueryError("改革", 0, 2, "it means nothing"),
    search.SynonymsError("line 2"),
    search.ResultSetError("there is no result set a"),
    search.SavedQueryError("there is no saved query a"),
    search.UnknownAddress("a:1", "there is no such report"),
    search.IndexClosed(),
]


def kinds(root: type[BaogaoError]) -> Iterator[type[BaogaoError]]:
    """A kind of error and all below it, but for those that only commands raise."""
    yield root
    for kind in root.__subclasses__():
        if not kind.__module__.startswith("search.terminal."):
            yield from kinds(kind)


def drawn(tree: str) -> dict[str, str]:
    """Name of an error → the one that it stands under, as a tree is drawn."""
    above: list[tuple[int, str]] = []
    parents = {}
    for line in re.findall(r"^ *[│├└ ─]*\w+Error\b.*|^ *[│ ]*[├└]── .*", tree, re.MULTILINE):
        match = re.search(r"\w+", line)
        assert match
        above = [(depth, name) for depth, name in above if depth < match.start()]
        parents[match[0]] = above[-1][1] if above else ""
        above.append((match.start(), match[0]))
    return parents


def test_the_tree_of_errors_is_drawn_as_it_is() -> None:
    parents = drawn((search.errors.__doc__ or "").partition("\n\nAll but")[0])
    assert parents == {"BaogaoError": ""} | {
        type(error).__name__: type(error).__bases__[0].__name__ for error in ERRORS
    }


def test_every_kind_of_error_is_tried_here_and_exported() -> None:
    tried = {type(error) for error in ERRORS} | {BaogaoError}
    assert set(kinds(BaogaoError)) == tried
    searched = tried - {Unsupported, WriterLocked, SchemaDiffers}  # those of Whoosh's indexes
    assert all(getattr(search, kind.__name__) is kind for kind in searched)


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_survives_pickling(error: BaogaoError) -> None:
    copy = pickle.loads(pickle.dumps(error))
    assert type(copy) is type(error)
    assert str(copy) == str(error)
    assert vars(copy) == vars(error)


@pytest.mark.parametrize(
    "error", [e for e in ERRORS if isinstance(e, search.IndexCorrupt | search.IndexMissing)]
)
def test_the_cure_names_the_index_that_is_to_be_cured(error: BaogaoError) -> None:
    assert f"baogao index --index {DIRECTORY}" in str(error)
