"""Facets: an answer by year, region, issuer and kind, held against a reading of its hits."""

from __future__ import annotations

import os
import pickle
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, get_args
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from search import Facet, FacetValue, Grouping

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from search import Hit

FIELDS: tuple[Grouping, ...] = get_args(Grouping)
QUERIES = ["改革", "营商环境 OR 就业", "-改革", "文种:通知", '"，"', "饕餮貔貅"]


@pytest.fixture(scope="module", autouse=True)
def _no_waiting_for_the_disk() -> Iterator[None]:
    with patch.object(os, "fsync"):
        yield


def counted(hits: list[Hit], by: Grouping) -> dict[int | str | None, tuple[int, int]]:
    """What a facet has to say: value → paragraphs and reports."""
    paragraphs = Counter(getattr(hit.report, by) or None for hit in hits)
    reports = Counter(getattr(report, by) or None for report in {hit.report for hit in hits})
    return {value: (count, reports[value]) for value, count in paragraphs.items()}


def told(facet: Facet) -> dict[int | str | None, tuple[int, int]]:
    values = [*facet.values, *([facet.unknown] if facet.unknown.paragraphs else [])]
    assert len({one.value for one in values}) == len(values)
    return {one.value: (one.paragraphs, one.reports) for one in values}


def check(index: search.Index, query: str) -> None:
    """Hold the facets of a query against its hits."""
    hits = list(index.search(query, limit=None))
    found = index.facets(query)
    assert (found.paragraphs, found.reports) == (len(hits), len({hit.report.id for hit in hits}))
    for facet, by in zip(found.facets, FIELDS, strict=True):
        assert facet.by == by
        assert told(facet) == counted(hits, by)
        every = [*facet.values, facet.unknown]
        assert sum(one.paragraphs for one in every) == found.paragraphs
        assert sum(one.reports for one in every) == found.reports


@pytest.mark.parametrize("query", QUERIES)
def test_facets_count_the_hits(samples: search.Index, query: str) -> None:
    check(samples, query)


@pytest.mark.parametrize("query", ["改革", "营商环境", "-改革"])
def test_facets_count_the_hits_among_real_reports(real_index: search.Index, query: str) -> None:
    check(real_index, query)


def test_years_are_in_order_and_other_values_with_the_most_paragraphs_first(
    samples: search.Index,
) -> None:
    found = samples.facets("改革")
    years = [one.value for one in found["year"].values]
    assert len(years) > 1
    assert years == sorted(years, key=str)
    for by in ("region", "issuer", "kind"):
        counts = [one.paragraphs for one in found[by].values]
        assert len(counts) > 1
        assert counts == sorted(counts, reverse=True)


def test_only_what_is_asked_for_is_counted(samples: search.Index) -> None:
    found = samples.facets("改革", by=["kind", "kind"])
    assert [facet.by for facet in found.facets] == ["kind"]
    with pytest.raises(KeyError):
        found["year"]


def test_filters_literal_and_expand_are_those_of_a_search(samples: search.Index) -> None:
    asking: tuple[dict[str, Any], ...] = (
        {"filters": ["年份:2017..2020"]},
        {"literal": True},
        {"expand": False},
    )
    for options in asking:
        found = samples.facets("放管服", **options)
        assert found.paragraphs == samples.search("放管服", limit=0, **options).total


def test_a_field_that_cannot_be_counted_by_is_refused(samples: search.Index) -> None:
    with pytest.raises(ValueError, match="year, region, issuer, kind"):
        samples.facets("改革", by=["title"])  # type: ignore[list-item]


def test_facets_are_plain_data(samples: search.Index) -> None:
    found = samples.facets("改革", by=["kind"])
    assert pickle.loads(pickle.dumps(found)) == found
    (facet,) = found.to_dict()["facets"]
    assert facet["values"][0] == found["kind"].values[0].to_dict()
    assert facet["unknown"] == {"value": None, "paragraphs": 0, "reports": 0}


def test_an_index_without_years_has_none(build: Callable[[dict[str, str]], Path]) -> None:
    with search.open_index(build({"a.txt": "各位代表：\n\n深化改革。\n"})) as index:
        assert index.facets("改革")["year"].values == ()
        assert index.facets("改革")["year"].unknown == FacetValue(None, 1, 1)


KINDS = st.sampled_from(["通知", "意见", ""])
REPORTS = st.dictionaries(
    st.integers(0, 6),
    st.tuples(st.none() | st.integers(2001, 2006), KINDS, st.lists(st.sampled_from("甲乙丙"))),
    max_size=6,
)


def write(folder: Path, number: int, year: int | None, kind: str, words: list[str]) -> None:
    """Write a report; one without words has a single paragraph."""
    front = [f"title: 第{'一二三四五六七八'[number]}号文件", *([f"year: {year}"] if year else [])]
    front += [f"kind: {kind}"] if kind else []
    text = "\n\n".join(["开头。", *(f"{word}事。" for word in words)])
    path = folder / f"{number}.md"
    path.write_text("\n".join(["---", *front, "---", "", text, ""]), "utf-8")


@given(st.lists(REPORTS, min_size=1, max_size=4))
def test_facets_are_right_whatever_was_added_changed_and_removed(
    states: list[dict[int, tuple[int | None, str, list[str]]]],
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "reports"
        folder.mkdir()
        stays = {7: (2003, "通知", ["甲", "丙"])}
        for state in states:
            for path in folder.iterdir():
                path.unlink()
            for number, written in {**state, **stays}.items():
                write(folder, number, *written)
            search.build_index(Path(name) / "index", [folder])
            with search.open_index(Path(name) / "index") as index:
                for query in ("甲", "-甲", "甲 OR 乙", "开头 OR 事"):
                    check(index, query)
