"""What was not synced may be lost with the power: what is left is the old index or the new one."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

import pytest

from .support import ALL, Scenario, moments, state

if TYPE_CHECKING:
    from pathlib import Path

    from .operations import Operation

Survives = Callable[[bool], bool]
"""Of a name that was changed and not synced, whether the change is found when the power is back.

Told is whether the name was there before and stands for another file now.
"""


@dataclass(eq=False)
class File:
    """A file as it is, and as far as it is safe."""

    data: bytes = b""
    safe: bytes = b""

    def sync(self) -> None:
        self.safe = self.data


@dataclass(eq=False)
class Folder:
    """A folder's entries as they are, and as far as they are safe."""

    entries: dict[str, File | Folder] = field(default_factory=dict)
    safe: dict[str, File | Folder] = field(default_factory=dict)

    def sync(self) -> None:
        self.safe = dict(self.entries)

    @classmethod
    def load(cls, path: Path) -> Folder:
        """A folder that is on the disk."""
        folder = cls()
        for child in path.iterdir():
            data = b"" if child.is_dir() else child.read_bytes()
            folder.entries[child.name] = cls.load(child) if child.is_dir() else File(data, data)
        folder.sync()
        return folder


class Disk:
    """A folder on a disk that is changed by operations, and loses its power.

    Args:
        root: the folder as it is before.
    """

    def __init__(self, root: Path) -> None:
        self._path = root
        self._root = Folder.load(root)

    def do(self, operation: Operation) -> None:
        """Do what a process does."""
        entries, name = self._place(operation.path)
        if operation.kind == "open":
            file = entries.setdefault(name, File())
            if operation.flags & os.O_TRUNC and isinstance(file, File):
                file.data = b""
        elif operation.kind == "write":
            file = entries[name]
            assert isinstance(file, File)
            file.data += operation.data
        elif operation.kind == "fsync":
            (entries[name] if name else self._root).sync()
        elif operation.kind == "mkdir":
            entries[name] = Folder()
        elif operation.kind in {"unlink", "rmdir"}:
            del entries[name]
        else:
            targets, other = self._place(operation.target)
            targets[other] = entries[name]
            if operation.kind == "replace":
                del entries[name]

    def _place(self, path: Path) -> tuple[dict[str, File | Folder], str]:
        folder = self._root
        *parents, name = path.relative_to(self._path).parts or ("",)
        for parent in parents:
            inner = folder.entries[parent]
            assert isinstance(inner, Folder)
            folder = inner
        return folder.entries, name

    def found(self, survives: Survives, path: Path) -> None:
        """Write what is found when the power is back to a folder that is not there yet."""
        self._write(self._root, survives, path)

    def _write(self, folder: Folder, survives: Survives, path: Path) -> None:
        path.mkdir(parents=True)
        for name in {**folder.safe, **folder.entries}:
            is_replaced = name in folder.safe and name in folder.entries
            entries = folder.entries if survives(is_replaced) else folder.safe
            entry = entries.get(name)
            if isinstance(entry, Folder):
                self._write(entry, survives, path / name)
            elif isinstance(entry, File):
                (path / name).write_bytes(entry.safe)


def nothing(is_replaced: bool) -> bool:
    return False


def every_name(is_replaced: bool) -> bool:
    return True


def replaced_names(is_replaced: bool) -> bool:
    return is_replaced


def some_names(is_replaced: bool, random: Random = Random(5)) -> bool:  # noqa: B008 (one for all)
    return random.random() < 0.5


@pytest.mark.parametrize("survives", [nothing, every_name, replaced_names, some_names])
@pytest.mark.parametrize("points", [3, ALL])
def test_a_loss_of_power_leaves_the_old_index_or_the_new_one(
    scenario: Scenario, tmp_path: Path, points: int, survives: Survives
) -> None:
    root = tmp_path / "before"
    root.mkdir()
    operations = scenario.operations(root / "index")
    scenario.copy(root / "index")
    chosen = {moment + 1 for moment in moments(operations, points)}
    disk = Disk(root)
    for number, operation in enumerate(operations, 1):
        disk.do(operation)
        if number in chosen:
            found = tmp_path / str(number)
            disk.found(survives, found)
            assert scenario.is_unharmed(found / "index"), f"lost at operation {number}"


def test_what_a_run_says_is_done_is_not_lost_with_the_power(
    scenario: Scenario, tmp_path: Path
) -> None:
    root = tmp_path / "before"
    root.mkdir()
    operations = scenario.operations(root / "index")
    scenario.copy(root / "index")
    disk = Disk(root)
    for operation in operations:
        disk.do(operation)
    disk.found(nothing, tmp_path / "found")
    assert state(tmp_path / "found" / "index") == scenario.after
