"""Files that are as they were written, and do not say what they should: who tells, and what."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from whoosh.query import Every

import search
from indexer import IndexCorrupt, open_report_index
from indexer.generations import Generations
from indexer.plain import from_json, to_json
from indexer.storage.checked import CheckedFile, smallest
from indexer.storage.record_arrays import RecordsWriter
from indexer.storage.records import Records

from .support import answers, contents, fill, replace, report, rewrite

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

REPORTS = 3
DEEP = b"[" * 100_000

Arrays = dict[str, Any]


class Values(dict[str, Any]):
    """What a manifest is to hold in place of a named tuple."""

    def _asdict(self) -> dict[str, Any]:
        return self


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("misleading")
    fill(place / "reports", {f"{number}.txt": report(number) for number in range(REPORTS)})
    search.build_index(place / "index", place / "reports")
    return place / "index"


@pytest.fixture
def directory(original: Path, tmp_path: Path) -> Path:
    shutil.copytree(original, tmp_path / "index")
    return tmp_path / "index"


def rewritten(directory: Path, name: str, change: Callable[[Path, Arrays], Arrays]) -> Path:
    """Change arrays of a file as if they had been written so; gives its path."""
    (path,) = directory.glob(f"gen-*/{name}")
    arrays, properties = contents(path)
    return replace(directory, name, {**arrays, **change(path, arrays)}, properties)


def records(*every: bytes, name: str = "reports") -> Arrays:
    writer = RecordsWriter()
    writer.add(every)
    return writer.arrays(name)


def told_otherwise(**told: Any) -> Callable[[Path, Arrays], Arrays]:
    """Have the first record of a report say something else; None for no more of it."""

    def change(path: Path, _: Arrays) -> Arrays:
        first, *others = Records(CheckedFile(path, path.parent), "reports")
        values = {**from_json(first), **told}
        kept = {name: value for name, value in values.items() if value is not None}
        return records(to_json(kept), *others)

    return change


def columns(**values: Any) -> Callable[[Path, Arrays], Arrays]:
    """Put other values into columns; of one number, the first value."""

    def change(_: Path, arrays: Arrays) -> Arrays:
        named = {name.replace("_codes", ".codes"): value for name, value in values.items()}
        return {
            name: smallest([value, *arrays[name].tolist()[1:]] if isinstance(value, int) else value)
            for name, value in named.items()
        }

    return change


TABLES: dict[str, Callable[[Path, Arrays], Arrays]] = {
    "a record of nothing": lambda *_: records(*[b"{}"] * REPORTS),
    "a record that is no object": lambda *_: records(*[b"7"] * REPORTS),
    "a record without end": lambda *_: records(*[DEEP] * REPORTS),
    "a record of another report": told_otherwise(id="0" * 12),
    "a title that is a number": told_otherwise(title=7),
    "annexes that are one text": told_otherwise(annexes="附件"),
    "annexes that are no texts": told_otherwise(annexes=[7]),
    "a year that is a text": told_otherwise(year="2020"),
    "a day that is none": told_otherwise(written="2020-02-30"),
    "another kind than its column says": told_otherwise(kind="公报"),
    "another year than its column says": told_otherwise(year=1999),
    "another day of adding than its column says": told_otherwise(added="1999-01-01"),
    "titles that end off": columns(title_ends=[0, 1, 2, 500]),
    "titles that begin off": columns(title_ends=1),
    "titles that end within others": lambda _, arrays: {
        "title_ends": smallest([0, 1, 2, arrays["title_ends"][-1]])
    },
    "titles that are no texts": lambda _, arrays: {
        "titles": np.where(arrays["titles"] == ord("\n"), arrays["titles"], 0xFF).astype(np.uint8)
    },
    "no years": columns(years=[]),
    "a year that there is not": columns(years=2**60),
    "other years": columns(years=1999),
    "days that there are not": columns(first_days=4_000_000_000, last_days=4_000_000_000),
    "days that end before they begin": columns(first_days=2, last_days=1),
    "days that do not end": columns(first_days=2, last_days=0),
    "days of adding that there are not": columns(added=4_000_000_000),
    "links that fall": columns(near_starts=[9, 1, 1, 1]),
    "links that are too few": columns(near_starts=[0]),
    "links that are not there": columns(near_starts=[0, 0, 0, 7]),
    "a link to itself that is too near": columns(
        near_starts=[0, 1, 1, 1], near=[0], near_percent=[101]
    ),
    "links from near to far and back": columns(
        near_starts=[0, 2, 2, 2], near=[1, 2], near_percent=[80, 90]
    ),
    "links to no report": columns(near_starts=[0, 1, 1, 1], near=[3], near_percent=[90]),
    "kinds that there are not": columns(kind_codes=77),
    "paragraphs that there are not": columns(paragraphs=77),
    "paragraphs of too many reports": columns(paragraphs=[1] * (REPORTS + 1)),
    "reports in another order": lambda _, arrays: {"ids": arrays["ids"][::-1]},
}


@pytest.mark.parametrize("change", TABLES.values(), ids=TABLES)
def test_a_check_names_a_table_of_reports_whose_parts_do_not_agree(
    directory: Path, change: Callable[[Path, Arrays], Arrays]
) -> None:
    """Though every byte is as it was written, and it can be opened."""
    path = rewritten(directory, "reports.bin", change)
    search.open_index(directory).close()
    assert [problem.file for problem in search.check_index(directory).problems] == [path]


def test_a_check_finds_nothing_wrong_with_a_table_of_no_reports(
    original: Path, directory: Path
) -> None:
    """Nor with one of several: what is checked is what is written."""
    assert search.check_index(original).problems == ()
    assert search.forget_files(directory, original.parent).reports == 0
    assert search.check_index(directory).problems == ()


@pytest.mark.parametrize("changed", [{"documents": 77}, {"deleted": 1}])
def test_a_check_names_a_manifest_that_miscounts_a_segment(
    directory: Path, changed: dict[str, Any]
) -> None:
    """Both of its paragraphs and of those it has lost."""
    manifest = Generations(directory).manifest()
    (segment,) = manifest.segments
    rewrite(directory, manifest._replace(segments=(segment._replace(**changed),)))
    (problem,) = search.check_index(directory).problems
    assert problem.file == directory / "manifest.json"


@pytest.mark.parametrize(
    "changed",
    [
        {"documents": "x"},
        {"documents": -1},
        {"documents": 1e999},
        {"documents": True},
        {"deleted": "x"},
        {"deleted": 10**6},
        {"file": ["a"]},
        {"file": None},
        {"deletions": {}},
        {"more": 1},
    ],
    ids=repr,
)
def test_a_manifest_whose_segments_are_none_is_refused_by_readers_and_writers(
    directory: Path, changed: dict[str, Any]
) -> None:
    """When it is read, and by its name."""
    manifest = Generations(directory).manifest()
    (segment,) = manifest.segments
    values = {**segment._asdict(), **changed}
    rewrite(directory, manifest._replace(segments=(Values(values),)))  # type: ignore[arg-type]
    refused(directory, directory / "manifest.json")


@pytest.mark.parametrize(
    "changed",
    [
        {"generation": "1"},
        {"generation": -1},
        {"analyzer": 7},
        {"reader": 1e999},
        {"files": {"reports.bin": Values({"size": 1e999, "checksum": 0})}},
    ],
    ids=repr,
)
def test_a_manifest_of_other_types_is_refused_by_readers_and_writers(
    directory: Path, changed: dict[str, Any]
) -> None:
    """When it is read, and by its name."""
    rewrite(directory, Generations(directory).manifest()._replace(**changed))
    refused(directory, directory / "manifest.json")


def refused(directory: Path, file: Path) -> None:
    """See that nobody opens an index, for the fault of a file."""
    for use in (search.open_index, search.check_index, lambda index: search.build_index(index, [])):
        with pytest.raises(IndexCorrupt) as caught:
            use(directory)
        assert caught.value.file == file


@pytest.mark.parametrize(
    "case", ["a record of nothing", "a record without end", "a title that is a number"]
)
def test_a_search_names_a_table_whose_records_are_no_reports(directory: Path, case: str) -> None:
    """IndexCorrupt when a hit is shown, whatever the record is instead."""
    path = rewritten(directory, "reports.bin", TABLES[case])
    with pytest.raises(IndexCorrupt, match="no report") as caught:
        answers(directory)
    assert caught.value.file == path


@pytest.mark.parametrize(
    "record",
    [DEEP, b'["a", "", [["a", Infinity, {"id": "a"}]], []]', b'["a", "", [["a", 1, {}]], []]'],
    ids=["without end", "infinite", "of no report"],
)
def test_a_catalog_whose_records_are_none_is_named_by_all_who_read_it(
    directory: Path, record: bytes
) -> None:
    """By failures, check and build alike."""

    def change(path: Path, _: Arrays) -> Arrays:
        _first, *others = Records(CheckedFile(path, path.parent), "files")
        return records(record, *others, name="files")

    path = rewritten(directory, "catalog.bin", change)
    (problem,) = search.check_index(directory).problems
    assert problem.file == path
    none = "is not a catalog"
    with (
        search.open_index(directory) as index,
        pytest.raises(IndexCorrupt, match=none) as by_reader,
    ):
        index.failures()
    with pytest.raises(IndexCorrupt, match=none) as by_writer:
        search.build_index(directory, [])
    assert by_reader.value.file == by_writer.value.file == path


def test_days_that_there_are_not_are_an_error_of_ours_in_whoosh_too(directory: Path) -> None:
    """IndexCorrupt names the table of reports when the field of days is asked for."""
    path = rewritten(directory, "reports.bin", TABLES["days that there are not"])
    with open_report_index(directory).searcher() as searcher, pytest.raises(IndexCorrupt) as caught:
        searcher.search(Every("date"), limit=None)
    assert caught.value.file == path
