"""The engines that are compared: a table, and a module for each.

To add one: a module with a class `Adapter` derived from `Engine`, and a row here.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .base import Engine


@dataclass(frozen=True)
class Row:
    """One engine of the comparison.

    Attributes:
        title: what it is called in the tables.
        module: the module of this package that has its adapter.
        distributions: what it is made of, to say the versions.
        ours: whether the others are compared with it.
        index: the name of the engine whose index it searches, if it builds none.
        console: how its own command is begun that searches, instead of `cold.py`.
    """

    title: str
    module: str
    distributions: tuple[str, ...] = ("jieba",)
    ours: bool = False
    index: str | None = None
    console: tuple[str, ...] | None = None

    def load(self) -> Engine:
        """Import the adapter and what it needs, and make one.

        Raises:
            ModuleNotFoundError: the engine is not installed.
        """
        engine: Engine = import_module(f"{__name__}.{self.module}").Adapter()
        return engine


ENGINES = {
    "whoosh": Row("Whoosh", "whoosh", ("Whoosh", "jieba")),
    "fts5": Row("FTS5", "fts5"),
    "tantivy": Row("tantivy", "tantivy", ("tantivy", "jieba")),
    "bm25s": Row("bm25s", "bm25s", ("bm25s", "numpy", "jieba")),
    "baogao": Row(
        "baogao", "baogao", ("baogao",), ours=True, console=("baogao", "search", "--index")
    ),
    "engine": Row("its engine", "engine", ("baogao", "Whoosh"), ours=True, index="baogao"),
}
"""Name on the command line → engine, in the order of the tables."""
