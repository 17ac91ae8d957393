"""The process of one engine: it imports the engine, then does what it is told over a pipe."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from .engines import ENGINES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from multiprocessing.connection import Connection
    from pathlib import Path

    from .engines.base import Engine
    from .material import Material
    from .queries import Arguments


@dataclass(frozen=True)
class Answered:
    """One query that was answered.

    Attributes:
        seconds: what it took, until the texts of the first hits were there.
        total: how many paragraphs it found, if the engine says so.
        ids: the first hits.
    """

    seconds: float
    total: int | None
    ids: tuple[str, ...]


def serve(name: str, connection: Connection) -> None:
    """Be the process of an engine until None is received.

    What is sent first is the name of the module that is not installed, or None when the
    engine is ready; after that, for each command, its outcome or an account of its failure.
    """
    try:
        commands = _Commands(ENGINES[name].load())
    except ModuleNotFoundError as error:
        connection.send(error.name)
        return
    connection.send(None)
    for command, *arguments in iter(connection.recv, None):
        try:
            connection.send((getattr(commands, command)(*arguments), None))
        except Exception:  # noqa: BLE001 -- it is told where it is waited for
            connection.send((None, traceback.format_exc()))


class _Commands:
    """What the process of an engine can be told to do."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def build(self, material: Material, directory: Path) -> float:
        """Build an index; give the seconds it took."""
        start = perf_counter()
        self._engine.build(material, directory)
        return perf_counter() - start

    def open(self, directory: Path) -> None:
        """Open an index."""
        self._engine.open(directory)

    def nearly(self) -> tuple[str, ...]:
        """The methods whose answers are only near to what is asked for."""
        return self._engine.nearly

    def answer(self, method: str, queries: Sequence[Arguments]) -> list[Answered] | None:
        """Answer queries one after the other; None if the engine cannot answer such."""
        try:
            return [self._answer(method, arguments) for arguments in queries]
        except NotImplementedError:
            return None

    def _answer(self, method: str, arguments: Arguments) -> Answered:
        start = perf_counter()
        found = getattr(self._engine, method)(*arguments)
        seconds = perf_counter() - start
        return Answered(seconds, found.total, tuple(name for name, _ in found.hits))
