"""Results are plain data: they go through JSON and pickle, whatever made them."""

from __future__ import annotations

import dataclasses
import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest

import search

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = {"Limits"}
"""What is given to the module, and not given back."""

RECORDS = [
    name
    for name in search.__all__
    if dataclasses.is_dataclass(getattr(search, name)) and name not in SETTINGS
]


@pytest.fixture(scope="module")
def results(samples: search.Index) -> search.Results:
    return samples.search("行政复议 OR 标题:规划", limit=None)


def examples(index: search.Index) -> list[Any]:
    """Results of every kind that an index gives."""
    results = index.search("行政复议", limit=5)
    hit = results.hits[0]
    account = index.account("行政复一 年份:1900")
    return [
        results, hit, hit.snippet(30), hit.report, index.get(hit.address), index.stats(), account,
        *account.parts, *account.proposals, *index.suggest("行政"), *index.near(hit.report.id),
        index.explain("行政复议 年份:2017..", [hit]),
    ]  # fmt: skip


@pytest.mark.parametrize("name", RECORDS)
def test_every_public_record_has_a_plain_form(name: str) -> None:
    record = getattr(search, name)
    assert callable(record.to_dict)
    assert record.__dataclass_params__.frozen


def test_results_go_through_json(samples: search.Index) -> None:
    for example in examples(samples):
        record = example.to_dict()
        again = json.loads(json.dumps(record))
        assert {name: again[name] for name in record if name != "years"} == {
            name: value for name, value in record.items() if name != "years"
        }


def test_results_go_through_pickle_of_every_protocol(samples: search.Index) -> None:
    for example in examples(samples):
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            assert pickle.loads(pickle.dumps(example, protocol)) == example


def test_the_plain_form_of_a_hit_has_all_that_the_hit_has(results: search.Results) -> None:
    for hit in results:
        record = hit.to_dict()
        assert set(record) == {field.name for field in dataclasses.fields(hit)}
        assert [record["text"][start:end] for start, end in record["highlights"]] == [
            hit.text[start:end] for start, end in hit.highlights
        ]
        assert len(record["heading_highlights"]) == len(record["heading"]) == len(hit.heading)


def test_what_is_not_known_of_a_report_is_none(build: Callable[..., Path]) -> None:
    with search.open_index(build({"a.txt": "各区要落实责任。\n"})) as index:
        (report,) = index.reports()
    record = report.to_dict()
    assert record["title"] is record["issuer"] is record["date"] is record["number"] is None
    assert record["sources"] == list(report.sources)
    assert "" not in record.values()
