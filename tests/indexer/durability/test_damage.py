"""Damage to any file of an index is told by the file's name, or does not touch an answer."""

from __future__ import annotations

import os
import shutil
from contextlib import contextmanager
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

import search
from indexer import IndexCorrupt, IndexOutdated
from indexer.generations import FORMAT, Generations

from .support import ALL, answers, fill, report, spread

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILES = ("manifest.json", "catalog", "deletions", "dictionary", "reports", "segment", "terms")
TRUNCATIONS = 120
FLIPS = 500
SOME = 40

Answers = list[Any]


def make(place: Path, *, years: int) -> Path:
    """An index of two segments, one with deletions, and of the user's words."""
    place.mkdir()
    (place / "words.txt").write_text("备足物资 7\n防汛准备\n" * 200, "utf-8")
    texts: dict[str, str | None] = {
        f"{number}.txt": report(number + years, paragraphs=25, year=2018 + number % 4)
        for number in range(8)
    }
    fill(place / "reports", texts)
    directory = place / "index"
    search.build_index(directory, place / "reports", dictionary=place / "words.txt")
    fill(place / "reports", {"3.txt": None, "new.txt": report(90 + years)})
    search.build_index(directory, place / "reports")
    manifest = Generations(directory).manifest()
    assert [segment.deleted > 0 for segment in manifest.segments] == [True, False]
    return directory


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("damage") / "original", years=0)


def test_files_of_every_kind_are_damaged(original: Path) -> None:
    assert {path for kind in FILES for path in files(original, kind)} == set(files(original))


@pytest.fixture(scope="module")
def expected(original: Path) -> Answers:
    return answers(original)


@pytest.fixture
def directory(original: Path, tmp_path: Path) -> Path:
    shutil.copytree(original, tmp_path / "index")
    return tmp_path / "index"


def files(directory: Path, kind: str = "") -> list[Path]:
    """The files of an index; those of a kind if one is named."""
    folder = Generations(directory).folder(Generations(directory).manifest().generation)
    every = [directory / "manifest.json", *sorted(folder.iterdir())]
    found = [path for path in every if path.name.startswith(kind)]
    assert found
    return found


def judge(directory: Path, path: Path, expected: Answers) -> None:
    """See that a damaged file is named or touches no answer, and that a check names it."""
    try:
        assert answers(directory) == expected
    except IndexCorrupt as error:
        assert error.file == path
    except IndexOutdated:
        assert path.name == "manifest.json"
    assert path in named_by_check(directory)


def build(directory: Path) -> None:
    search.build_index(directory, [])


def named_by_check(directory: Path) -> list[Path]:
    """The damaged files that a check names."""
    try:
        return [problem.file for problem in search.check_index(directory).problems]
    except IndexCorrupt as error:
        return [error.file]
    except IndexOutdated:
        return [directory / "manifest.json"]


@contextmanager
def restored(path: Path) -> Iterator[bytes]:
    """What a file holds, and holds again afterwards."""
    data = path.read_bytes()
    yield data
    path.write_bytes(data)


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("points", [SOME // 2, ALL])
def test_a_file_that_is_cut_short_is_named(
    directory: Path, expected: Answers, kind: str, points: int
) -> None:
    for path in files(directory, kind):
        with restored(path) as data:
            size = len(data)
            at_the_end = range(size - min(points, SOME), size)
            evenly = spread(range(at_the_end.start), min(points, TRUNCATIONS - SOME))
            lengths = sorted({*evenly, *at_the_end}, reverse=True)
            assert len(lengths) == min(size, TRUNCATIONS, 2 * points)
            for length in lengths:
                os.truncate(path, length)
                # What only a writer reads is noticed by a writer.
                use = build if kind == "catalog" else search.open_index
                with pytest.raises(IndexCorrupt) as caught:
                    use(directory)
                assert caught.value.file == path
                assert named_by_check(directory) == [path]
    assert answers(directory) == expected


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("points", [SOME, pytest.param(FLIPS, marks=pytest.mark.slow)])
def test_a_flipped_bit_is_told_by_the_name_of_its_file_or_touches_no_answer(
    directory: Path, expected: Answers, kind: str, points: int
) -> None:
    random = Random(points)
    for path in files(directory, kind):
        with restored(path) as data, path.open("r+b", buffering=0) as file:
            for _ in range(points):
                place = random.randrange(len(data))
                os.pwrite(file.fileno(), bytes([data[place] ^ 1 << random.randrange(8)]), place)
                judge(directory, path, expected)
                os.pwrite(file.fileno(), data[place : place + 1], place)
    assert answers(directory) == expected


@pytest.mark.parametrize("damage", ["missing", "empty", "longer", "of zeros"])
def test_a_file_that_is_missing_or_another_is_named(
    directory: Path, expected: Answers, damage: str
) -> None:
    _, *paths = files(directory)
    for path in paths:
        with restored(path) as data:
            if damage == "missing":
                path.unlink()
            else:
                other = {"empty": b"", "longer": data + b"x", "of zeros": bytes(len(data))}
                path.write_bytes(other[damage])
            judge(directory, path, expected)
    assert answers(directory) == expected


@pytest.mark.parametrize("origin", ["another index", "an older generation"])
def test_a_file_that_was_swapped_for_one_of_the_same_name_is_named(
    original: Path, tmp_path: Path, origin: str
) -> None:
    place = tmp_path / "place"
    directory = make(place, years=100)
    if origin == "an older generation":
        donor = tmp_path / "older"
        shutil.copytree(directory, donor)
        fill(place / "reports", {"newer.txt": report(95)})
        search.build_index(directory, place / "reports")
    else:
        donor = original
    expected = answers(directory)
    swapped = []
    others = {path.name: path.read_bytes() for path in files(donor)}
    for path in files(directory)[1:]:
        with restored(path) as data:
            if others.get(path.name, data) != data:
                path.write_bytes(others[path.name])
                judge(directory, path, expected)
                swapped.append(path.name)
    assert {"catalog.bin", "reports.bin"} <= set(swapped)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        "{}",
        f'{{"format": {FORMAT}}}',
        "\x00",
        "[" * 100_000,
        f'{{"format": {FORMAT}, "manifest": 1}}',
    ],
    ids=repr,
)
def test_a_manifest_that_is_none_is_named_and_rebuilding_cures_it(
    directory: Path, text: str
) -> None:
    manifest = directory / "manifest.json"
    manifest.write_text(text, "utf-8")
    with pytest.raises(IndexCorrupt, match="--rebuild") as caught:
        search.open_index(directory)
    assert caught.value.file == manifest
    reports = directory.parent / "reports"
    fill(reports, {"a.txt": report(1)})
    with pytest.raises(IndexCorrupt, match="--rebuild"):
        search.build_index(directory, reports)
    assert search.build_index(directory, reports, rebuild=True).added == 1
    assert search.check_index(directory).problems == ()


@pytest.mark.parametrize("layout", [f"{FORMAT - 1}", f"{FORMAT + 1}", f'"{FORMAT}"', "null"])
def test_an_index_of_another_layout_is_refused_and_kept_until_it_is_built_anew(
    directory: Path, expected: Answers, layout: str
) -> None:
    manifest = directory / "manifest.json"
    reports = directory.parent / "reports"
    fill(reports, {"a.txt": report(1)})
    with restored(manifest) as data:
        other = data.replace(f'"format": {FORMAT}'.encode(), f'"format": {layout}'.encode())
        assert other != data
        manifest.write_bytes(other)
        for refused in (search.open_index, search.check_index):
            with pytest.raises(IndexOutdated, match="--rebuild"):
                refused(directory)
        with pytest.raises(IndexOutdated, match="--rebuild"):
            search.build_index(directory, reports)
    assert answers(directory) == expected
