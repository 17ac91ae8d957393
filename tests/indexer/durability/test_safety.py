"""What stands in an index directory is data: nothing in it is ever executed."""

from __future__ import annotations

import ast
import os
import pickle
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import corpus
import indexer
import search
from indexer import open_report_index

from .support import answers, fill, report

if TYPE_CHECKING:
    from types import ModuleType

EXECUTE = {"pickle", "marshal", "shelve", "dill", "code", "runpy"}
"""Modules that execute what they read."""

PROCESSES = Path("workers.py")
"""Pickles what it sends through pipes of its own making."""


class Payload:
    """Unpickled, it leaves a mark."""

    def __init__(self, mark: Path) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[object, tuple[str, int]]:
        return os.mkdir, (str(self._mark), 0o755)


def test_a_pickle_that_was_planted_in_an_index_is_never_executed(tmp_path: Path) -> None:
    original, mark = tmp_path / "original", tmp_path / "mark"
    fill(tmp_path / "reports", {f"{number}.txt": report(number) for number in range(3)})
    search.build_index(original, tmp_path / "reports")
    planted = pickle.dumps(Payload(mark))
    inside = [path.relative_to(original) for path in original.rglob("*") if path.is_file()]
    beside = [Path("_MAIN_1.toc"), Path("MAIN_1.seg"), Path("lock.json"), Path("manifest.json.new")]
    for name in (*inside, *beside):
        for rebuild in (False, True):
            directory = tmp_path / "index"
            shutil.copytree(original, directory)
            (directory / name).write_bytes(planted)
            for use in (answers, search.check_index, open_report_index):
                with suppress(search.IndexingError):
                    use(directory)
            with suppress(search.IndexingError):
                search.build_index(directory, tmp_path / "reports", rebuild=rebuild)
            shutil.rmtree(directory)
    assert not mark.exists()
    pickle.loads(planted)
    assert mark.exists()


def executes(node: ast.AST) -> bool:
    """Whether a piece of a program brings in what executes data."""
    if isinstance(node, ast.Import):
        return any(alias.name.partition(".")[0] in EXECUTE for alias in node.names)
    if isinstance(node, ast.ImportFrom):
        return not node.level and (node.module or "").partition(".")[0] in EXECUTE
    if isinstance(node, ast.Name):
        return node.id in {"eval", "exec", "__import__"}
    return isinstance(node, ast.keyword) and node.arg == "allow_pickle"


@pytest.mark.parametrize("package", [corpus, indexer, search], ids=lambda package: package.__name__)
def test_no_module_that_reads_an_index_can_execute_what_it_reads(package: ModuleType) -> None:
    folder = Path(package.__path__[0])
    able = set()
    for path in set(folder.rglob("*.py")) - set(folder.glob("data/make_*.py")):
        nodes = ast.walk(ast.parse(path.read_text("utf-8")))
        if any(map(executes, nodes)):
            able.add(path.relative_to(folder))
    assert able == ({PROCESSES} if package is indexer else set())
