"""`Index.hits_in`: what a query finds in one report."""

from __future__ import annotations

import pytest

import search


@pytest.mark.parametrize("query", ["改革", "年份:2017..2020 (就业 OR 创业)", "行政复议 -诉讼"])
def test_the_hits_in_each_report_are_those_of_the_search(samples: search.Index, query: str) -> None:
    found = samples.search(query, limit=None).hits
    assert found
    for report in samples.reports():
        expected = [hit for hit in found if hit.report == report]
        expected.sort(key=lambda hit: hit.paragraph)
        assert list(samples.hits_in(report.id, query)) == expected


def test_a_report_that_is_not_there_and_a_query_that_is_none_are_errors(
    samples: search.Index,
) -> None:
    with pytest.raises(search.UnknownAddress):
        samples.hits_in("ffff", "改革")
    with pytest.raises(search.QueryError):
        samples.hits_in(samples.reports()[0].id, "(改革")
