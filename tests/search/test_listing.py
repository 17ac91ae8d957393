"""Orders of hits, and hits by report: against sorting all of them in Python."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, get_args

import pytest

import search

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

QUERIES = ["改革", "营商环境 OR 就业", "年份:2015..2020", "-改革 地区:望江", "饕餮貔貅"]


def last_day(hit: search.Hit) -> date | None:
    return hit.report.period[1] if hit.report.period else None


def first_day(hit: search.Hit) -> date | None:
    return hit.report.period[0] if hit.report.period else None


KEYS: dict[str, Callable[[search.Hit], Any]] = {
    "relevance": lambda hit: -hit.score,
    "newest": lambda hit: (-(last_day(hit) or date.min).toordinal(), -hit.score),
    "oldest": lambda hit: ((first_day(hit) or date.max).toordinal(), -hit.score),
    "report": lambda hit: (last_day(hit) or date.max, hit.report.id, hit.paragraph),
}


@pytest.mark.parametrize("sort", get_args(search.Sort))
@pytest.mark.parametrize("query", QUERIES)
def test_hits_come_in_the_order_that_is_asked_for(
    samples: search.Index, query: str, sort: search.Sort
) -> None:
    every = samples.search(query, limit=None, sort=sort)
    assert [hit.rank for hit in every] == list(range(1, every.total + 1))
    keys = list(map(KEYS[sort], every))
    assert keys == sorted(keys)
    plain = samples.search(query, limit=None)
    assert {hit.address: hit.score for hit in every} == {hit.address: hit.score for hit in plain}
    for offset in (0, 3, 7):
        page = samples.search(query, limit=5, offset=offset, sort=sort)
        assert page.hits == every.hits[offset : offset + 5]


@pytest.mark.parametrize("sort", get_args(search.Sort))
@pytest.mark.parametrize("per_report", [0, 1, 3])
@pytest.mark.parametrize("query", QUERIES)
def test_hits_by_report_are_the_first_of_each(
    samples: search.Index, query: str, per_report: int, sort: search.Sort
) -> None:
    """Reports in the order of their first hits, each with its number of hits."""
    every = samples.search(query, limit=None, sort=sort)
    by_report: dict[str, list[search.Hit]] = {}
    for hit in every:
        by_report.setdefault(hit.report.id, []).append(hit)
    expected = [
        search.Group(hits[0].report, len(hits), tuple(hits[:per_report]))
        for hits in by_report.values()
    ]
    assert every.reports == len(expected)
    assert every.groups == ()
    results = samples.search(query, limit=None, sort=sort, per_report=per_report)
    assert results.groups == tuple(expected)
    assert results.hits == tuple(hit for group in expected for hit in group.hits)
    assert (results.total, results.reports) == (every.total, every.reports)
    page = samples.search(query, limit=2, offset=1, sort=sort, per_report=per_report)
    assert page.groups == tuple(expected[1:3])


def test_a_report_without_a_date_comes_last_in_every_order_by_date(
    build: Callable[[dict[str, str]], Any],
) -> None:
    texts = {
        "a.txt": "请落实防汛责任。\n",
        "b.md": "---\ntitle: 防汛通知\ndate: 2019-05-01\n---\n\n请落实防汛责任。\n\n防汛。\n",
        "c.md": "---\ntitle: 防汛方案\ndate: 2021-05-01\n---\n\n请落实防汛任务。\n\n防汛。\n",
    }
    with search.open_index(build(texts)) as index:
        for sort, titles in (
            ("newest", ["防汛方案", "防汛通知", ""]),
            ("oldest", ["防汛通知", "防汛方案", ""]),
            ("report", ["防汛通知", "防汛方案", ""]),
        ):
            hits = index.search("防汛", limit=None, sort=sort)  # type: ignore[arg-type]
            assert [title for title, _ in groupby(hit.report.title for hit in hits)] == titles


@pytest.mark.parametrize("options", [{"per_report": -1}, {"per_report": 1, "collapse": True}])
def test_what_cannot_be_is_refused(samples: search.Index, options: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="0 or more|not collapsed"):
        samples.search("改革", **options)


def test_groups_as_plain_data_name_their_hits(samples: search.Index) -> None:
    results = samples.search("改革", per_report=2, limit=3)
    record = results.to_dict()
    addresses = [address for group in record["groups"] for address in group["hits"]]
    assert addresses == [hit["address"] for hit in record["hits"]]
