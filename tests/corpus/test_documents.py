"""Twenty official documents say the same of themselves in every format they come in."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus import Reading, Report, read_bytes, read_members
from corpus.characters import squeeze
from tests.fixtures.layout import plain, read_parts

FIXTURES = Path(__file__).parents[1] / "fixtures"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FIXTURES / "documents.json").read_text("utf-8"))
FIELDS = (
    "title", "kind", "issuer", "region", "province", "number", "subject", "signatory",
    "addressees", "annexes", "meeting", "speaker", "written", "published", "printed", "year",
    "covers", "delivered",
)  # fmt: skip
FORMATS = ("docx", "doc", "pdf", "ofd")


def told(report: Report) -> dict[str, Any]:
    """Give what a report says of itself, as documents.json has it; white space in titles aside."""
    values = asdict(report)
    found = {name: values[name] for name in FIELDS if values[name]}
    for name, value in found.items():
        if isinstance(value, date):
            found[name] = str(value)
    return {**found, "title": squeeze(report.title), "annexes": list(report.annexes)}


def expected(name: str) -> dict[str, Any]:
    """Give what a document says of itself."""
    known = EXPECTED[name]
    return {"annexes": [], **known, "title": squeeze(known["title"])}


def text_of(name: str) -> str:
    return plain(read_parts(FIXTURES / "texts" / f"{name}.txt"))


def readings(path: Path) -> list[Reading]:
    found = list(read_members(path.read_bytes(), path.name))
    assert all(isinstance(item, Reading) for item in found), found
    return [item for item in found if isinstance(item, Reading)]


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("suffix", FORMATS)
def test_every_field_of_a_document_is_read_whatever_its_format(name: str, suffix: str) -> None:
    (reading,) = readings(FIXTURES / "documents" / f"{name}.{suffix}")
    assert told(reading.report) == expected(name)


@pytest.mark.parametrize("name", EXPECTED)
@pytest.mark.parametrize("suffix", FORMATS)
def test_the_text_of_a_document_is_all_there_and_in_order(name: str, suffix: str) -> None:
    (reading,) = readings(FIXTURES / "documents" / f"{name}.{suffix}")
    found = squeeze("".join(paragraph.text for paragraph in reading.paragraphs))
    assert found == squeeze(text_of(name))


@pytest.mark.parametrize("name", EXPECTED)
def test_every_field_of_a_document_is_read_from_plain_text(name: str) -> None:
    assert told(read_bytes(text_of(name).encode(), "r.txt").report) == expected(name)


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_parts_of_a_work_report_are_told_apart_in_every_format(suffix: str) -> None:
    (reading,) = readings(FIXTURES / "documents" / f"16-work-report.{suffix}")
    sections = {p.heading[0][:6]: p.section for p in reading.paragraphs if p.is_heading}
    assert sections == {
        "一、2024": "回顾",
        "二、2025": "计划",
        "三、2025": "计划",
        "四、加强政府": "计划",
    }
    problems = [p.text for p in reading.paragraphs if p.section == "问题"]
    assert len(problems) == 1
    assert problems[0].startswith("同时，我们也清醒地看到")


@pytest.mark.parametrize(
    ("file", "names"),
    [
        ("01-notice.gb18030.txt", ["01-notice"]),
        ("04-opinion.odt", ["04-opinion"]),
        ("06-letter.rtf", ["06-letter"]),
        ("10-circular.wps", ["10-circular"]),
        ("10-circular.eml", ["10-circular", "09-reply"]),
        ("11-announcement.html", ["11-announcement"]),
        ("12-public-notice.mht", ["12-public-notice"]),
        ("16-work-report.md", ["16-work-report"]),
        ("feed.xml", ["11-announcement", "12-public-notice"]),
        ("archive.zip", ["06-letter", "15-bill", "12-public-notice"]),
    ],
)
def test_every_field_is_read_from_every_other_format(file: str, names: list[str]) -> None:
    found = [told(reading.report) for reading in readings(FIXTURES / "others" / file)]
    if file.endswith(".eml"):
        assert found[0].pop("published") == "2020-04-13"  # the day on which it was sent
    assert found == list(map(expected, names))


@pytest.mark.parametrize("suffix", ["csv", "tsv", "xlsx", "xls", "ods", "jsonl"])
def test_a_row_of_a_table_is_the_document_that_its_columns_say(suffix: str) -> None:
    found = readings(FIXTURES / "others" / f"table.{suffix}")
    fields = ("title", "number", "issuer", "written", "kind", "year")
    for reading, name in zip(found, ("05-decision", "09-reply", "10-circular"), strict=True):
        known, wanted = told(reading.report), expected(name)
        assert {field: known[field] for field in fields} == {
            field: wanted[field] for field in fields
        }
