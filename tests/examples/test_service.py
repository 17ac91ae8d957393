"""The web service: hits, facets, pages and errors, over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import search

from .running import needs_service, serving

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from .running import Service

pytestmark = needs_service


@pytest.fixture(scope="module")
def service(samples_directory: Path) -> Iterator[Service]:
    """The service over the bundled reports."""
    with serving(samples_directory) as running:
        yield running


def test_hits_are_those_of_the_index_with_snippets_to_show(
    service: Service, samples: search.Index
) -> None:
    answer = service.get("/search", q="行政复议", limit=3, offset=1).json()
    results = samples.search("行政复议", limit=3, offset=1)
    assert answer["total"] == results.total
    assert answer["generation"] == samples.generation
    shown = [hit.pop("html") for hit in answer["hits"]]
    assert answer["hits"] == [hit.to_dict() for hit in results]
    assert shown == [search.rendering.to_html(hit.snippet()) for hit in results]
    assert all("<mark>行政复议</mark>" in html for html in shown)


def test_facets_count_all_hits_and_filters_apply_to_both(
    service: Service, samples: search.Index
) -> None:
    filters = ["year:2017..2019", "kind:法治政府建设报告"]
    answer = service.get("/search", q="行政复议", filter=filters).json()
    assert answer["total"] == samples.search("行政复议", filters=filters).total > 0
    facets = samples.facets("行政复议", ["year", "region", "kind"], filters=filters)
    assert answer["facets"] == facets.to_dict()["facets"]


def test_a_page_shows_hits_marked(service: Service) -> None:
    answer = service.get("/page", q="行政复议")
    assert answer.text.startswith("<!DOCTYPE html>")
    assert answer.text.count("<article") == 10
    assert "<mark>行政复议</mark>" in answer.text


def test_a_paragraph_comes_with_its_citation(service: Service, samples: search.Index) -> None:
    hit = samples.search("行政复议").hits[0]
    answer = service.get(f"/paragraphs/{hit.address}").json()
    assert answer.pop("citation") == search.cite(hit)
    assert answer == samples.get(hit.address).to_dict()


@pytest.mark.parametrize(
    ("path", "options", "status", "problem"),
    [
        ("/search", {"q": "(改革"}, 422, "character 1"),
        ("/search", {}, 422, "query"),
        ("/search", {"q": "改革", "filter": "省份:浙江"}, 422, "省份"),
        ("/paragraphs/ffffffffffff:1", {}, 404, "no such report"),
    ],
)
def test_what_cannot_be_answered_says_why(
    service: Service, path: str, options: dict[str, str], status: int, problem: str
) -> None:
    answer = service.get(path, **options)
    assert answer.status == status
    assert problem in answer.json()["problem"]


@pytest.mark.parametrize("options", [{"limit": 101}, {"offset": -1}])
def test_pages_that_cannot_be_are_refused(service: Service, options: dict[str, int]) -> None:
    assert service.get("/search", q="改革", **options).status == 422


def test_what_was_committed_is_in_the_next_answer(build: Callable[..., Path]) -> None:
    directory = build({"甲.txt": "关于防汛的通知\n\n做好防汛准备。\n"})
    reports = directory.parent / "reports"
    with serving(directory) as service:
        before = service.get("/search", q="防汛准备").json()
        (reports / "乙.txt").write_text("各区做好防汛准备。\n", "utf-8")
        search.build_index(directory, reports)
        after = service.get("/search", q="防汛准备").json()
    assert (before["total"], after["total"]) == (1, 2)
    assert after["generation"] == before["generation"] + 1
