"""An index whose files others can write is refused, unless it is said that they may."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

import search
from indexer import IndexExposed
from indexer.generations import Generations

from .support import baogao, fill, report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    fill(tmp_path / "reports", {"0.txt": report(0)})
    search.build_index(tmp_path / "index", tmp_path / "reports")
    return tmp_path / "index"


@pytest.fixture(params=["the index", "its generation"])
def folder(request: pytest.FixtureRequest, directory: Path) -> Path:
    generations = Generations(directory)
    return directory if request.param == "the index" else generations.folder(1)


def build(directory: Path, **options: Any) -> None:
    search.build_index(directory, directory.parent / "reports", **options)


@pytest.mark.parametrize("mode", [0o775, 0o757, 0o777], ids=oct)
@pytest.mark.parametrize("use", [search.open_index, search.check_index, build])
def test_an_index_that_others_can_write_is_refused_unless_they_are_trusted(
    directory: Path, folder: Path, use: Callable[..., Any], mode: int
) -> None:
    folder.chmod(mode)
    with pytest.raises(IndexExposed, match="chmod go-w .*--allow-shared") as caught:
        use(directory)
    assert str(folder) in str(caught.value)
    use(directory, allow_shared=True)
    folder.chmod(0o755)
    use(directory)


@pytest.mark.parametrize("command", [["check"], ["list"], ["search", "防汛"], ["index", "reports"]])
def test_the_command_line_can_say_that_others_are_trusted(
    directory: Path, command: list[str]
) -> None:
    directory.chmod(0o777)
    arguments = [*command, "--index", str(directory)]
    refused = baogao(directory.parent, *arguments)
    assert refused.returncode == 2
    assert "others can write" in refused.stderr
    assert baogao(directory.parent, *arguments, "--allow-shared").returncode == 0
    assert baogao(directory.parent, *arguments, BAOGAO_ALLOW_SHARED="1").returncode == 0


def test_an_index_is_made_so_that_others_cannot_write_it(tmp_path: Path) -> None:
    fill(tmp_path / "reports", {"0.txt": report(0)})
    mask = os.umask(0)
    try:
        search.build_index(tmp_path / "place" / "index", tmp_path / "reports")
    finally:
        os.umask(mask)
    for path in (tmp_path / "place" / "index").rglob("*"):
        assert not path.stat().st_mode & 0o022 or path.name.startswith("lock"), path
    search.open_index(tmp_path / "place" / "index").close()
