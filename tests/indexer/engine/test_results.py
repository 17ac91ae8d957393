"""Results are sorted, grouped, filtered and counted as Whoosh does it."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh import query, scoring, sorting
from whoosh.collectors import TimeLimitCollector
from whoosh.reading import TermNotFound
from whoosh.searching import Results, Searcher

from indexer.engine import VectorCollector
from indexer.engine.ranking import ByScore
from indexer.engine.vectors import Vector, constant

from .support import Twin, plain, scores

if TYPE_CHECKING:
    from indexer.engine.evaluation import Evaluation

ALFA = query.Term("text", "alfa")
MANY = query.Or([query.Prefix("text", "a"), query.Term("text", "echo")])


@pytest.fixture(scope="module")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Twin:
    return Twin.random(tmp_path_factory.mktemp("twin"), 6)


def numbers(results: Results) -> list[int]:
    return [number for number, _ in results.items()]


def never_stepped(*_: Any) -> None:
    pytest.fail("stepped through by a collector of Whoosh")


@pytest.fixture
def in_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fails a test that falls back on Whoosh's collectors."""
    monkeypatch.setattr(Searcher, "search", never_stepped)


ORDERS: dict[str, Any] = {
    "number": "rank",
    "text": "tag",
    "moment": "day",
    "two": ["tag", "rank"],
    "descending": sorting.FieldFacet("rank", reverse=True),
    "descending text": [sorting.FieldFacet("tag", reverse=True), "day"],
    "score within": [sorting.FieldFacet("tag"), sorting.ScoreFacet()],
    "several in one": sorting.MultiFacet(["day", sorting.FieldFacet("rank", reverse=True)]),
    "no column": "id",
    "a function": sorting.FunctionFacet(lambda _searcher, number: -number),
}


@pytest.mark.parametrize("reverse", [False, True])
@pytest.mark.parametrize("order", ORDERS)
def test_sorted_results_come_as_whoosh_sorts_them(twin: Twin, order: str, reverse: bool) -> None:
    """All documents, and the first of them, are in the same order."""
    # Scores of several terms are added up in another order, and may differ in the last digit.
    wanted = ALFA if "score" in order else MANY
    options = {"sortedby": ORDERS[order], "reverse": reverse}
    with twin.ours.searcher() as ours, twin.stock.searcher() as stock:
        expected = numbers(stock.search(wanted, limit=None, **options))
        assert numbers(ours.search(wanted, limit=None, **options)) == expected
        first = ours.search(wanted, limit=5, **options)
        assert numbers(first) == expected[:5]
        assert len(first) == len(expected)


@pytest.mark.parametrize("order", [name for name in ORDERS if not name.startswith(("no", "a "))])
def test_columns_are_sorted_in_arrays(twin: Twin, order: str, in_arrays: None) -> None:
    """No collector of Whoosh is needed to sort by columns and scores."""
    with twin.ours.searcher() as searcher:
        assert len(searcher.search(MANY, sortedby=ORDERS[order]))


def test_results_are_reversed(twin: Twin) -> None:
    """The last come first, and only as many as are wanted."""
    with twin.ours.searcher() as ours, twin.stock.searcher() as stock:
        expected = numbers(stock.search(ALFA, limit=None, reverse=True))
        assert numbers(ours.search(ALFA, limit=4, reverse=True)) == expected[:4]


MAPS = [sorting.OrderedList, sorting.UnorderedList, sorting.Count, sorting.Best]


@pytest.mark.parametrize("maptype", MAPS)
@pytest.mark.parametrize("groupedby", ["tag", ["tag", "rank"], sorting.FieldFacet("day"), "id"])
def test_groups_are_those_of_whoosh(twin: Twin, groupedby: Any, maptype: type) -> None:
    """All documents are grouped, however few results are wanted."""

    def unordered(groups: dict[str, Any]) -> dict[str, Any]:
        plainly = maptype is not sorting.UnorderedList
        return groups if plainly else {name: set(group) for name, group in groups.items()}

    options = {"groupedby": groupedby, "maptype": maptype}
    with twin.ours.searcher() as ours, twin.stock.searcher() as stock:
        found, expected = ours.search(MANY, limit=3, **options), stock.search(MANY, **options)
        assert sorted(found.facet_names()) == sorted(expected.facet_names())
        for name in expected.facet_names():
            assert unordered(found.groups(name)) == unordered(expected.groups(name))
        assert found.scored_length() == 3


def test_columns_are_grouped_in_arrays(twin: Twin, in_arrays: None) -> None:
    """No collector of Whoosh is needed to group by columns."""
    with twin.ours.searcher() as searcher:
        assert searcher.search(MANY, groupedby=["tag", "rank"]).groups("tag")


CHOICES: dict[str, Any] = {
    "query": lambda _searcher: query.NumericRange("rank", 20, 200),
    "numbers": lambda _searcher: {0, 3, 26, 30, 31, 65, 9999},
    "results": lambda searcher: searcher.search(query.Term("text", "echo")),
    "page": lambda searcher: searcher.search_page(query.Term("text", "echo"), 1),
}


@pytest.mark.parametrize("choice", CHOICES)
@pytest.mark.parametrize("option", ["filter", "mask"])
def test_filtered_results_are_those_of_whoosh(twin: Twin, option: str, choice: str) -> None:
    """What is allowed and what is masked may be told in any way that Whoosh knows."""
    with twin.ours.searcher() as ours, twin.stock.searcher() as stock:
        found = ours.search(MANY, limit=None, **{option: CHOICES[choice](ours)})
        expected = stock.search(MANY, limit=None, **{option: CHOICES[choice](stock)})
        assert scores(found) == pytest.approx(scores(expected))
        assert len(found) == len(expected)


def test_an_empty_filter_leaves_nothing(twin: Twin) -> None:
    """Whoosh takes one that is empty for none; here it holds."""
    with twin.ours.searcher() as searcher:
        nothing = searcher.search(query.Term("text", "zulu"))
        assert not searcher.search(MANY, filter=nothing)
        assert not searcher.search(MANY, filter=set())
        assert not searcher.search(MANY, filter=set(), terms=True)
        assert len(searcher.search(MANY, mask=set())) == len(searcher.search(MANY))


def test_results_without_scores_come_in_order(twin: Twin) -> None:
    """They are the first documents."""
    with twin.ours.searcher() as searcher:
        found = searcher.search(MANY, scored=False, limit=6)
        assert [number for number, score in found.items() if score is None] == sorted(found.docs())[
            :6
        ]


def test_results_know_all_about_themselves(twin: Twin, in_arrays: None) -> None:
    """Their length is exact and costs nothing, whatever the limit; hits have their fields."""
    with twin.ours.searcher() as searcher:
        found = searcher.search(MANY, limit=2)
        everything = searcher.search(MANY, limit=None)
        assert found.has_exact_length()
        assert len(found) == len(everything) == everything.scored_length() > 2
        assert found.docs() == everything.docs() == set(numbers(everything))
        assert list(found.items()) == list(everything.items())[:2]
        assert found[0]["id"] == found.fields(0)["id"] == everything[0].fields()["id"]
        assert found[0].docnum in found
        assert searcher.search_page(MANY, 2, pagelen=2)[0].docnum == everything[2].docnum
        assert searcher.document(id=found[0]["id"]) == found[0].fields()
        assert "alfa" in searcher.search(ALFA)[0].highlights("text")


def test_recorded_terms_are_those_of_whoosh(twin: Twin) -> None:
    """Which terms matched is told by the matchers, as ever."""
    wanted = query.Or([ALFA, query.Term("title", "golf"), query.Term("text", "zulu")])
    with twin.ours.searcher() as ours, twin.stock.searcher() as stock:
        found, expected = (
            searcher.search(wanted, terms=True, limit=None) for searcher in (ours, stock)
        )
        assert found.matched_terms() == expected.matched_terms()
        assert {hit.docnum: sorted(hit.matched_terms()) for hit in found} == {
            hit.docnum: sorted(hit.matched_terms()) for hit in expected
        }


def test_collapsed_results_are_those_of_whoosh(twin: Twin) -> None:
    """What only Whoosh's collectors do, they do."""
    with twin.ours.searcher() as ours, twin.stock.searcher() as stock:
        options = {"collapse": "tag", "limit": None}
        assert scores(ours.search(ALFA, **options)) == pytest.approx(
            scores(stock.search(ALFA, **options))
        )


def test_other_collectors_run(twin: Twin) -> None:
    """A searcher takes collectors of Whoosh, and any searcher of our segments takes ours."""
    with twin.ours.searcher() as searcher:
        limited = TimeLimitCollector(searcher.collector(limit=None), 10, use_alarm=False)
        searcher.search_with_collector(MANY, limited)
        ours = VectorCollector(limit=None)
        Searcher(twin.ours.reader()).search_with_collector(MANY, ours)
        assert scores(ours.results()) == pytest.approx(scores(limited.results()))


class Even(query.Query):  # type: ignore[misc]
    """Every other document: a query of somebody else's."""

    def vector(self, evaluation: Evaluation, *, scored: bool) -> Vector:
        return evaluation.alive(constant(np.arange(0, evaluation.size, 2), 3.0))


def test_a_query_may_be_evaluated_in_its_own_way(twin: Twin) -> None:
    """One that is not Whoosh's, alone or within others, needs no matcher."""
    with twin.ours.searcher() as searcher:
        even = searcher.search(Even(), limit=None)
        assert {score for _, score in even.items()} == {3.0}
        alfa = scores(searcher.search(ALFA, limit=None))
        both = scores(searcher.search(query.And([Even(), ALFA]), limit=None))
        assert both == pytest.approx(
            {number: alfa[number] + 3 for number in even.docs() & alfa.keys()}
        )


class Halved(scoring.BM25F):  # type: ignore[misc]
    """A weighting with a last word."""

    use_final = True

    def final(self, searcher: Searcher, docnum: int, score: float) -> float:
        return score / 2


def test_a_weighting_has_the_last_word(twin: Twin) -> None:
    """Final scores are those of Whoosh."""
    with twin.ours.searcher(weighting=Halved()) as searcher:
        expected = scores(plain(twin.stock, ALFA, weighting=Halved()))
        assert scores(searcher.search(ALFA, limit=None)) == pytest.approx(expected)


def test_words_are_suggested_as_by_whoosh(twin: Twin) -> None:
    """The terms near a word, and the documents like another."""
    with twin.ours.searcher() as ours, twin.stock.searcher() as stock:
        assert ours.suggest("text", "alfas") == stock.suggest("text", "alfas")
        assert ours.key_terms([1, 2], "text") == stock.key_terms([1, 2], "text")


@pytest.mark.parametrize("options", [{"limit": 0}, {"limit": 10, "unheard_of": 1}])
def test_wrong_options_are_those_of_whoosh(twin: Twin, options: dict[str, int]) -> None:
    """They are errors."""
    with twin.ours.searcher() as searcher, pytest.raises((ValueError, TypeError)):
        searcher.search(ALFA, **options)


@given(
    st.lists(st.integers(0, 6), min_size=1, max_size=400),
    st.integers(1, 40),
)
def test_the_best_are_the_first_of_all(ranks: list[int], limit: int) -> None:
    """However many scores are equal, the first are those of all results sorted."""
    found = Vector(np.arange(len(ranks)), np.array(ranks, np.float64))
    everything = ByScore().places(found, None).tolist()
    assert ByScore().places(found, limit).tolist() == everything[:limit]
    assert everything == sorted(range(len(ranks)), key=lambda at: (-ranks[at], at))


def test_the_best_of_very_many() -> None:
    """The same of so many that the scores are dealt into large groups."""
    random = Random(7)
    scored = np.array([random.choice([random.random(), 0.5, 0.99]) for _ in range(5003)])
    found = Vector(np.arange(len(scored)), scored)
    for limit in (1, 10, 100, 2000, 6000):
        expected = sorted(range(len(scored)), key=lambda at: (-scored[at], at))[:limit]
        assert ByScore().places(found, limit).tolist() == expected


@pytest.mark.parametrize("scored", [False, True])
def test_a_prefix_in_a_field_that_there_is_not_is_told_as_by_whoosh(
    twin: Twin, scored: bool
) -> None:
    """It is a term that is not found."""
    for index in (twin.ours, twin.stock):
        with index.searcher() as searcher, pytest.raises(TermNotFound):
            searcher.search(query.Prefix("nope", "a"), scored=scored)
