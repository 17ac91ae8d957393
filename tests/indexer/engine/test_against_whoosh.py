"""Any query finds what Whoosh finds in an index of its own, with the same scores."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from whoosh import query, scoring
from whoosh.qparser import FuzzyTermPlugin, QueryParser
from whoosh.searching import Searcher

from tests.generated import examples

from .support import FAULTS, Scores, Twin, plain, repaired, scores, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from whoosh.searching import Results


@pytest.fixture(autouse=True)
def _without_faults(request: pytest.FixtureRequest) -> Iterator[None]:
    with repaired(() if "as_it_comes" in request.fixturenames else tuple(FAULTS)):
        yield


@pytest.fixture
def as_it_comes() -> None:
    """Whoosh with its faults, for a test that asks for this."""


@pytest.fixture(scope="module", params=[1, 2, 3])
def twin(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Twin:
    return Twin.random(tmp_path_factory.mktemp("twin"), request.param)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    """So large that Whoosh evaluates unions in another way."""
    return Twin.random(tmp_path_factory.mktemp("large"), 4, sizes=(5200, 30))


def assert_same(found: Results, expected: Scores, limit: int | None, wanted: query.Query) -> None:
    assert len(found) == len(expected), wanted
    assert set(found.docs()) == set(expected), wanted
    best = sorted(expected.values(), reverse=True)[:limit]
    assert [score for _, score in found.items()] == pytest.approx(best, rel=1e-4), wanted
    for number, score in found.items():
        assert score == pytest.approx(expected[number], rel=1e-4), wanted


def check(twin: Twin, wanted: query.Query, weighting: scoring.WeightingModel) -> None:
    expected = scores(plain(twin.stock, wanted, weighting=weighting))
    assert_same(plain(twin.ours, wanted, weighting=weighting), expected, None, wanted)
    with twin.ours.searcher(weighting=weighting) as searcher:
        for limit in (10, None):
            assert_same(searcher.search(wanted, limit=limit), expected, limit, wanted)


WEIGHTINGS = [
    scoring.BM25F(),
    scoring.BM25F(B=0.4, K1=2.0, title_B=0.9),
    scoring.TF_IDF(),
    scoring.Frequency(),
    scoring.PL2(),
]


@pytest.mark.parametrize("seed", range(5))
def test_random_queries_find_what_whoosh_finds(twin: Twin, seed: int) -> None:
    """Random trees find the same documents with the same scores."""
    random = Random(seed)
    for _ in range(20):
        check(twin, tree(random), WEIGHTINGS[0])


SEEDS, TREES = range(1000, 1050), 40
"""Of so many seeds so many trees each: 2,000, asked of every twin."""

KINDS = {
    *(query.Term, query.Phrase, query.Prefix, query.Wildcard, query.Regex, query.FuzzyTerm),
    *(query.TermRange, query.NumericRange, query.DateRange, query.Variations, query.Every),
    *(query.And, query.Or, query.DisjunctionMax, query.Not, query.AndMaybe, query.AndNot),
    *(query.Require, query.ConstantScoreQuery),
}


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
def test_many_more_random_queries(twin: Twin, seed: int) -> None:
    """The same of many more trees and all weightings."""
    random = Random(seed)
    for _ in range(TREES):
        check(twin, tree(random), random.choice(WEIGHTINGS[:4]))


def test_random_queries_are_of_every_kind() -> None:
    """The trees differ; every kind stands in many, by itself and in others, and boosted."""
    trees = [tree(random) for random in map(Random, SEEDS) for _ in range(TREES)]
    assert len(trees) == 2000
    assert len(set(map(repr, trees))) > 1500
    kinds = [{type(part) for part in parts(each)} for each in trees]
    assert all(sum(kind in each for each in kinds) > 100 for kind in KINDS)
    assert sum(len(each) > 5 for each in kinds) > 500
    boosted = [any(getattr(part, "boost", 1) != 1 for part in parts(each)) for each in trees]
    assert sum(boosted) > 1000


def parts(wanted: query.Query) -> Iterator[query.Query]:
    """A query and all that it is made of."""
    yield wanted
    for child in wanted.children():
        yield from parts(child)


@given(st.randoms(use_true_random=False))
@settings(examples(25), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_is_found_that_differs(twin: Twin, random: Random) -> None:
    """The same of trees that are sought for a difference."""
    check(twin, tree(random), WEIGHTINGS[0])


@pytest.mark.parametrize("weighting", WEIGHTINGS, ids=lambda each: type(each).__name__)
def test_every_weighting_scores_as_whoosh_does(
    twin: Twin, weighting: scoring.WeightingModel
) -> None:
    """Weightings that are known by formula and those that are not give the same scores."""
    for wanted in (
        query.Term("text", "alfa"),
        query.Or([query.Term("text", "alfa"), query.Term("title", "golf", boost=2.0)]),
        query.And([query.Prefix("text", "al"), query.Term("text", "echo")]),
        query.Phrase("text", ["alfa", "bravo"], slop=4),
    ):
        check(twin, wanted, weighting)


def test_in_a_large_segment_expansions_are_scored_as_there(large: Twin) -> None:
    """Where Whoosh scores each term of a pattern, so do we."""
    random = Random(0)
    for _ in range(12):
        check(large, tree(random, 2), WEIGHTINGS[0])
    for pattern in (query.Prefix("text", "a", boost=2.0), query.Wildcard("text", "*l*")):
        check(large, pattern, WEIGHTINGS[0])


@pytest.mark.parametrize("wanted", [query.Term("text", "alfa"), query.Prefix("text", "d")], ids=str)
def test_none_of_the_best_is_passed_over(large: Twin, wanted: query.Query) -> None:
    """Stepping through the postings too, the first ten are the first of all."""
    everything = list(plain(large.ours, wanted).items())
    first = Searcher(large.ours.reader()).search(wanted, limit=10)
    assert list(first.items()) == everything[:10]


QUERY_STRINGS = [
    "alfa bravo OR echo",
    'title:golf AND NOT "alfa bravo"~3',
    "al* -tag:red^2 delta?",
    "rank:[10 TO 200] alpha~2",
    "day:20200110 OR day:[20200115 to 20200120]",
    "id:d3 OR text:[alfa TO bravo}",
    "*",
]


@pytest.mark.parametrize("string", QUERY_STRINGS)
def test_what_is_typed_finds_what_whoosh_finds(twin: Twin, string: str) -> None:
    """The query parser, given our index's schema, makes queries that run."""
    parser = QueryParser("text", twin.ours.schema, plugins=None)
    parser.add_plugin(FuzzyTermPlugin())
    check(twin, parser.parse(string), WEIGHTINGS[0])


_A, _B, _C = (query.Term("text", word) for word in ("alfa", "bravo", "echo"))
_MANY = query.Prefix("text", "a")

FAULTY: dict[str, query.Query] = dict(
    zip(
        FAULTS,
        [
            query.And([_C, query.AndMaybe(_A, _B)]),
            query.AndNot(_A, _B),
            query.Not(_A),
            query.AndMaybe(query.Every(), query.AndNot(_MANY, _B)),
            query.DisjunctionMax([_A, _B]),
            query.Require(_A, _B),
        ],
        strict=True,
    )
)


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_of_whoosh_is_one(
    fault: str, tmp_path_factory: pytest.TempPathFactory, as_it_comes: None
) -> None:
    """Each fault that is left out changes what Whoosh itself answers."""
    differs = 0
    for seed in range(12):
        twin = Twin.random(tmp_path_factory.mktemp("faulty"), seed)
        with repaired([name for name in FAULTS if name != fault]):
            wrong = scores(plain(twin.stock, FAULTY[fault]))
        with repaired():
            differs += wrong != scores(plain(twin.stock, FAULTY[fault]))
    assert differs
