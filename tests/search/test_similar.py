"""Paragraphs that are near in wording to one, against a reading of every paragraph."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import search
from indexer import fold
from search.likeness import LEAST, RUN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from search import Index, Passage


@pytest.fixture(scope="module", params=["samples", "real_index"])
def index(request: pytest.FixtureRequest) -> Index:
    found: Index = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def passages(index: Index) -> list[Passage]:
    return [one for report in index.reports() for one in index.paragraphs(report.id)]


def expected(text: str, others: Iterable[Passage]) -> dict[str, float]:
    """The similarity of every paragraph that is near to a text, by its runs of characters."""
    folded = fold(text)
    size = min(RUN, len(folded))
    own = {folded[start : start + size] for start in range(len(folded) - size + 1)}
    found = {}
    for other in others:
        theirs = fold(other.text)
        runs = [theirs[start : start + size] for start in range(len(theirs) - size + 1)]
        shared = len(own & set(runs))
        similarity = shared / (len(own) + max(len(runs), shared) - shared)
        if shared and similarity >= LEAST:
            found[other.address] = similarity
    return found


def test_similar_paragraphs_are_those_of_a_reading_of_all(
    index: Index, passages: list[Passage]
) -> None:
    some = [one for one in passages if len(one.text) > RUN]
    for one in some[:: len(some) // 12]:
        others = [other for other in passages if other.address != one.address]
        near = index.similar(one.address, limit=None)
        told = {other.passage.address: other.similarity for other in near}
        assert told == pytest.approx(expected(one.text, others))
        values = [other.similarity for other in near]
        assert values == sorted(values, reverse=True)
        assert index.similar(one.address, limit=2) == near[:2]


def test_the_query_language_finds_the_same(samples: Index) -> None:
    address = samples.search("“放管服”改革").hits[0].address
    near = {one.passage.address for one in samples.similar(address, limit=None)}
    found = {hit.address for hit in samples.search(f"similar:{address}", limit=None)}
    assert near == found


def test_a_similar_paragraph_tells_what_is_worded_otherwise(build: Callable[..., Path]) -> None:
    texts = {
        "a.txt": "深入推进简政放权，加强事中事后监管，优化政务服务。",
        "b.txt": "深入推进简政放权，加强事前事后监管，优化政务服务！",
    }
    with search.open_index(build(texts)) as index:
        hit = index.search("事中", literal=True).hits[0]
        (near,) = index.similar(hit.address)
        assert near.similarity > 0.5
        changes = [
            (hit.text[slice(*edit.before)], near.passage.text[slice(*edit.after)])
            for edit in near.edits
        ]
        assert changes == [("事中事后", "事前事后"), ("。", "！")]
        assert json.loads(json.dumps(near.to_dict()))["passage"]["text"] == near.passage.text


def test_what_cannot_be_similar_is_refused(samples: Index) -> None:
    with pytest.raises(search.UnknownAddress):
        samples.similar("abcdef:1")
    with pytest.raises(ValueError, match="limit"):
        samples.similar("0dc2ad5c8a86:22", limit=-1)
