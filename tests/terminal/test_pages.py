"""The page of a paragraph is told wherever it is shown, so that it can be found on paper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import search

from .browsing import screen_after

if TYPE_CHECKING:
    from collections.abc import Callable

    from .conftest import Outcome

DOCUMENT = Path(__file__).parents[1] / "fixtures" / "documents" / "16-work-report.pdf"
FOUND = "规划收官之年"
"""What stands on the second page of it."""


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("pages") / "index"
    search.build_index(directory, DOCUMENT)
    return directory


def test_a_hit_of_a_document_with_pages_tells_its_page(
    baogao: Callable[..., Outcome], directory: Path
) -> None:
    index = {"BAOGAO_INDEX": str(directory)}
    (hit,) = json.loads(baogao("search", FOUND, "--format", "json", **index).output)["hits"]
    assert hit["page"] == 2
    assert f"{hit['address']} · page 2\n" in baogao("search", FOUND, **index).output
    assert f"{hit['address']} · 第 2 页\n" in baogao("search", FOUND, LANGUAGE="zh", **index).output


def test_a_report_that_is_shown_tells_where_each_page_begins(
    baogao: Callable[..., Outcome], directory: Path
) -> None:
    with search.open_index(directory) as index:
        (hit,) = index.search(FOUND)
        pages = sorted({one.page for one in index.paragraphs(hit.report.id)})
    shown = baogao("show", hit.report.id, BAOGAO_INDEX=str(directory)).output.splitlines()
    assert [line.strip() for line in shown if line.startswith("      page ")] == [
        f"page {page}" for page in pages
    ]
    around = baogao("show", hit.address, "-C", "0", BAOGAO_INDEX=str(directory)).output
    assert around.splitlines()[-2].strip() == "page 2"


def test_the_reader_tells_the_page_that_it_is_at(directory: Path) -> None:
    with search.open_index(directory) as index:
        assert "page 2 · match 1 of 1" in "\n".join(screen_after(index, FOUND, (), (120, 40)))
