"""The paragraphs that every engine is given, and the files that they came from."""

from __future__ import annotations

import pickle
import shutil
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from corpus import Reading


class Paragraph(NamedTuple):
    """One paragraph, with what is known of its report."""

    id: str
    report: str
    year: int | None
    date: date | None
    kind: str
    text: str


@dataclass(frozen=True)
class Material:
    """What is indexed.

    Attributes:
        folder: the reports as files; it holds nothing else.
        records: their paragraphs, read, as a stream of pickles.
        reports: how many reports.
        count: how many paragraphs.
        characters: of the texts of all paragraphs.
        size: of the texts of all paragraphs, in bytes of UTF-8.
    """

    folder: Path
    records: Path
    reports: int
    count: int
    characters: int
    size: int

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs one by one, so that no engine has to hold them all."""
        with self.records.open("rb") as file:
            for _ in range(self.count):
                yield pickle.load(file)


def choose(
    data: Path, least: int, work: Path, further: int = 0
) -> tuple[Material, list[tuple[Path, Path]]]:
    """Take the first reports, in the order of their files, until there are enough paragraphs.

    The files are copied, under their own names. A report that was taken already from
    another file is passed over.

    Args:
        data: the folder of reports.
        least: how many paragraphs to take at the least, if there are as many.
        work: the folder in which copies and records are put.
        further: how many of the reports that follow to copy besides.

    Returns:
        What was taken, and the reports that follow: where each copy is, and where it
        would have to be to belong to what was taken.
    """
    folder = work / "reports"
    readings = _readings(data)
    reports = count = characters = size = 0
    with (work / "records").open("wb") as file:
        for path, reading in readings:
            _copy(path, folder / path.relative_to(data))
            for paragraph in _paragraphs(reading):
                pickle.dump(paragraph, file)
                characters += len(paragraph.text)
                size += len(paragraph.text.encode())
            reports += 1
            count += len(reading.paragraphs)
            if count >= least:
                break
    following = [path.relative_to(data) for path, _ in islice(readings, further)]
    for path in following:
        _copy(data / path, work / "further" / path)
    material = Material(folder, work / "records", reports, count, characters, size)
    return material, [(work / "further" / path, folder / path) for path in following]


def _readings(data: Path) -> Iterator[tuple[Path, Reading]]:
    """Every report that can be read, once."""
    from corpus import UnreadableReport, find_files, read_report

    seen: set[str] = set()
    for found in find_files([data]):
        try:
            if isinstance(found, UnreadableReport):
                continue
            reading = read_report(found)
        except UnreadableReport:
            continue
        if reading.report.id not in seen:
            seen.add(reading.report.id)
            yield found, reading


def _paragraphs(reading: Reading) -> Iterator[Paragraph]:
    report = reading.report
    for paragraph in reading.paragraphs:
        name = f"{report.id}:{paragraph.ordinal}"
        yield Paragraph(name, report.id, report.year, report.date, report.kind, paragraph.text)


def _copy(path: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(path, target)
