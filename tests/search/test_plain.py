"""Results are plain data: they go through JSON and pickle, whatever made them."""

from __future__ import annotations

import dataclasses
import json
import pickle
from typing import TYPE_CHECKING, Any

import pytest

import search
from corpus import SAMPLES
from corpus.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SETTINGS = {"Limits"}
"""What is given to the module, and not given back."""

COPIED = next(SAMPLES.glob("**/*.txt"))

RECORDS = [
    name
    for name in search.__all__
    if dataclasses.is_dataclass(getattr(search, name)) and name not in SETTINGS
]


@pytest.fixture(scope="module")
def results(samples: search.Index) -> search.Results:
    return samples.search("行政复议 OR 标题:规划", limit=None)


@pytest.fixture(scope="module")
def examples(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    """Results of every kind that there is."""
    place = tmp_path_factory.mktemp("plain")
    (place / "空.txt").write_text("", "utf-8")
    (place / "抄件.txt").write_text(f"{COPIED.read_text('utf-8')}\n抄送各区。\n", "utf-8")
    progress: list[search.Progress] = []
    summary = search.build_index(place / "index", [SAMPLES, place], on_progress=progress.append)
    with search.open_index(place / "index") as index:
        results = index.search("行政复议", limit=5, per_report=2)
        hit = results.hits[0]
        (similar, *_) = filter(None, (index.similar(one.address) for one in results))
        (near, *_) = filter(None, (index.near(report.id) for report in index.reports()))
        return [
            summary, progress[-1], search.check_index(place / "index"), results, hit.snippet(30),
            index.get(hit.address), index.stats(), near, index.account("行政复一 年份:1900"),
            index.suggest("行政"), index.explain("行政复议 营商环境", [hit]), index.edition,
            index.facets("行政复议"), index.trend(["行政复议"]), index.kwic("行政复议", limit=3),
            index.collocates("行政复议", limit=3), similar,
            index.compare("year:2017", "year:2018", limit=3), index.outline(hit.report.id),
            index.failures(), index.keep("复议", results), search.export(index, "行政复议"),
            index.save("复议", "行政复议"), index.new("复议"),
        ]  # fmt: skip


def kinds(value: object) -> set[str]:
    """The kinds of records in a result, itself and those within it."""
    found = {type(value).__name__}
    if dataclasses.is_dataclass(value):
        within = [getattr(value, field.name) for field in dataclasses.fields(value)]
    else:
        within = list(value) if isinstance(value, tuple) else []
    return found.union(*map(kinds, within))


def test_every_public_record_is_tried_here(examples: list[Any]) -> None:
    assert set(RECORDS) - kinds(tuple(examples)) == set()


@pytest.mark.parametrize("name", RECORDS)
def test_every_public_record_has_a_plain_form(name: str) -> None:
    record = getattr(search, name)
    assert callable(record.to_dict)
    assert record.__dataclass_params__.frozen


def test_results_go_through_json(examples: list[Any]) -> None:
    for example in examples:
        record = plain(example)
        again = json.loads(json.dumps(record))
        if isinstance(example, search.IndexStats):  # whose years are keys, which JSON has as text
            del record["years"], again["years"]
        assert again == record


def test_results_go_through_pickle_of_every_protocol(examples: list[Any]) -> None:
    for example in examples:
        for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
            copy = pickle.loads(pickle.dumps(example, protocol))
            assert type(copy) is type(example)
            assert plain(copy) == plain(example)


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
