"""Keywords in context and collocates, against a reading of every paragraph."""

from __future__ import annotations

import json
from collections import Counter
from itertools import pairwise
from math import log, log2, sqrt
from typing import TYPE_CHECKING, get_args

import pytest

import search
from indexer import fold
from search.analysis.collocates import Measure
from search.analysis.kwic import KwicOrder
from search.analysis.tokens import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from search import Index, KwicLine, Passage

    Span = tuple[int, int]
    Row = tuple[str, str, str, str]

WIDTH = 12
LITERAL = ("改革", "“放管服”", "行政复议", "，", "11", "5%", "gdp", "ＧＤＰ", "。全面", "改革 ")
ENDS = "。!?"


@pytest.fixture(scope="module", params=["samples", "real_index"])
def index(request: pytest.FixtureRequest) -> Index:
    found: Index = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def passages(index: Index) -> list[Passage]:
    return [one for report in index.reports() for one in index.paragraphs(report.id)]


def places(text: str, string: str) -> list[Span]:
    """Where a string stands in a text, found character by character; what overlaps is one."""
    owners = [place for place, character in enumerate(text) for _ in fold(character)]
    folded, wanted = "".join(map(fold, text)), fold(string)
    found: list[Span] = []
    for start in range(len(folded) - len(wanted) + 1):
        if folded[start : start + len(wanted)] == wanted:
            span = owners[start], owners[start + len(wanted) - 1] + 1
            if found and span[0] < found[-1][1]:
                span = found.pop()[0], span[1]
            found.append(span)
    return found


def rows(lines: Sequence[KwicLine]) -> list[Row]:
    return [(line.address, line.left, line.match, line.right) for line in lines]


@pytest.mark.parametrize("string", LITERAL)
def test_lines_are_those_of_a_scan_of_all_texts(
    index: Index, passages: list[Passage], string: str
) -> None:
    expected = [
        (one.address, one.text[max(0, start - WIDTH) : start], one.text[start:end],
         one.text[end : end + WIDTH])
        for one in passages
        for start, end in (places(one.text, string) if fold(string[0]) in fold(one.text) else ())
    ]  # fmt: skip
    found = index.kwic(string, width=WIDTH, literal=True, limit=None)
    assert sorted(rows(found.lines)) == sorted(expected)
    assert found.total == len(found) == len(expected)


def test_the_scan_finds_something(samples: Index) -> None:
    assert [samples.kwic(string, literal=True).total > 0 for string in LITERAL].count(True) > 5


@pytest.mark.parametrize("sort", get_args(KwicOrder))
def test_lines_are_in_order(samples: Index, sort: KwicOrder) -> None:
    key: dict[str, Callable[[KwicLine], object]] = {
        "left": lambda line: (line.left[::-1], line.right),
        "right": lambda line: (line.right, line.left[::-1]),
        "date": lambda line: -line.report.period[1].toordinal() if line.report.period else 0,
        "report": lambda line: line.report.title,
    }
    found = samples.kwic("改革", sort=sort, limit=None).lines
    keys: list[object] = [
        tuple(map(fold, one)) if isinstance(one, tuple) else one for one in map(key[sort], found)
    ]
    assert keys == sorted(keys)  # type: ignore[type-var]
    assert len(set(map(str, keys))) > 1
    same = [
        (one.address, other.address)
        for (one, left), (other, right) in pairwise(zip(found, keys, strict=True))
        if left == right and one.report.id == other.report.id
    ]
    ordinals = [tuple(int(address.partition(":")[2]) for address in pair) for pair in same]
    assert all(first <= second for first, second in ordinals)


def test_all_orders_have_the_same_lines(samples: Index) -> None:
    orders = [
        sorted(rows(samples.kwic("深化 改革", sort=sort, limit=None).lines))
        for sort in get_args(KwicOrder)
    ]
    assert orders[0]
    assert all(order == orders[0] for order in orders)


def test_lines_are_what_hits_highlight(samples: Index) -> None:
    query = "营商环境 年份:2018..2020 -疫情"
    hits = samples.search(query, limit=None).hits
    expected = [(hit.address, hit.text[start:end]) for hit in hits for start, end in hit.highlights]
    found = samples.kwic(query, limit=None)
    assert sorted((line.address, line.match) for line in found) == sorted(expected)
    assert expected


def test_a_limit_leaves_the_total_as_it_is(samples: Index) -> None:
    everything = samples.kwic("改革", limit=None)
    some = samples.kwic("改革", limit=3)
    assert some.lines == everything.lines[:3]
    assert some.total == everything.total == len(everything)


def test_occurrences_that_overlap_are_one_line(build: Callable[..., Path]) -> None:
    with search.open_index(build({"a.txt": "河水滔滔滔滔而去。"})) as index:
        (line,) = index.kwic("滔滔", literal=True).lines
        assert (line.left, line.match, line.right) == ("河水", "滔滔滔滔", "而去。")


def test_conditions_alone_have_no_lines(samples: Index) -> None:
    assert samples.search("年份:2017", limit=0).total
    assert samples.kwic("年份:2017").total == 0
    assert samples.collocates("年份:2017") == ()


def test_lines_are_plain_data(samples: Index) -> None:
    found = samples.kwic("改革", limit=2)
    record = json.loads(json.dumps(found.to_dict()))
    assert record["total"] == found.total
    assert [line["match"] for line in record["lines"]] == ["改革", "改革"]
    assert record["lines"][0]["report"]["id"] == found.lines[0].report.id
    assert found.lines[0].date == found.lines[0].report.date


@pytest.mark.parametrize(
    "options", [{"width": -1}, {"limit": -1}, {"sort": "up"}], ids=["width", "limit", "sort"]
)
def test_lines_that_cannot_be_are_refused(samples: Index, options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        samples.kwic("改革", **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "options", [{"window": -1}, {"limit": -1}, {"measure": "luck"}], ids=["window", "limit", "by"]
)
def test_collocates_that_cannot_be_are_refused(samples: Index, options: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(options))):
        samples.collocates("改革", **options)  # type: ignore[arg-type]


def expected_collocates(
    index: Index, passages: list[Passage], string: str, window: int
) -> dict[str, dict[str, float]]:
    """The collocates of a string, by plain loops over all paragraphs."""
    segmenter = index._snapshot.segmenter
    corpus: Counter[str] = Counter()
    near: Counter[str] = Counter()
    sides: dict[str, Counter[str]] = {"before": Counter(), "after": Counter()}
    by_itself: set[str] = set()
    matches = 0
    for one in passages:
        folded = fold(one.text)
        indexed = segmenter.index_words(folded)
        corpus.update(indexed)
        spans = places(folded, string) if fold(string) in folded else []
        matches += len(spans)
        if not spans:
            continue
        words = _words(folded, segmenter.words(folded), indexed)
        free = [
            word
            for word in words
            if all(word[1] >= end or word[1] + len(word[0]) <= start for start, end in spans)
        ]
        at: dict[str, set[int]] = {"before": set(), "after": set()}
        for start, end in spans:
            left = [place for place, word in enumerate(free) if word[1] < start]
            right = [place for place, word in enumerate(free) if word[1] >= end]
            at["before"] |= {
                place for place in left[-window:]
                if not any(sign in folded[free[place][1] : start] for sign in ENDS)
            }  # fmt: skip
            at["after"] |= {
                place for place in right[:window]
                if not any(sign in folded[end : free[place][1]] for sign in ENDS)
            }  # fmt: skip
        for place in at["before"] | at["after"]:
            by_itself.add(free[place][0])
            near.update(free[place][2])
        for side, found in at.items():
            for place in found:
                sides[side].update(free[place][2])
    total, size = sum(corpus.values()), sum(near.values())
    expected = {}
    for word in by_itself:
        o, c = near[word], corpus[word]
        e = size * c / total
        is_number = all(character.isnumeric() or not character.isalpha() for character in word)
        if o < 3 or o <= e or word in FUNCTION_WORDS or is_number:
            continue
        cells = [
            (o, e),
            (size - o, size * (total - c) / total),
            (c - o, (total - size) * c / total),
            (total - size - c + o, (total - size) * (total - c) / total),
        ]
        expected[word] = {
            "together": o,
            "before": sides["before"][word],
            "after": sides["after"][word],
            "count": c,
            "expected": e,
            "g2": 2 * sum(seen * log(seen / awaited) for seen, awaited in cells if seen),
            "mi": log2(o / e),
            "t": (o - e) / sqrt(o),
            "log_dice": 14 + log2(2 * o / (matches + c)),
        }
    return expected


def _words(
    folded: str, words: Sequence[str], indexed: Sequence[str]
) -> list[tuple[str, int, list[str]]]:
    """The words of a text, each with its place and with what is indexed of it."""
    rest = iter(indexed)
    found, end = [], 0
    for word in words:
        start = folded.index(word, end)
        end = start + len(word)
        within = []
        for part in rest:
            within.append(part)
            if part == word:
                break
        found.append((word, start, within))
    return found


@pytest.mark.parametrize(("string", "window"), [("改革", 5), ("营商环境", 2), ("展", 3)])
def test_collocates_are_those_of_a_reading_of_all_texts(
    index: Index, passages: list[Passage], string: str, window: int
) -> None:
    expected = expected_collocates(index, passages, string, window)
    found = index.collocates(string, window=window, literal=True, limit=None)
    assert {one.word for one in found} == set(expected)
    assert len(found) > 3
    for one in found:
        told = {name: getattr(one, name) for name in expected[one.word]}
        assert told == pytest.approx(expected[one.word], abs=1e-6)


@pytest.mark.parametrize("measure", get_args(Measure))
def test_collocates_are_in_the_order_of_the_measure(samples: Index, measure: Measure) -> None:
    found = samples.collocates("改革", measure=measure, limit=None)
    values = [getattr(one, measure) for one in found]
    assert values == sorted(values, reverse=True)
    assert samples.collocates("改革", measure=measure, limit=2) == found[:2]


def test_collocates_stay_within_the_sentence(build: Callable[..., Path]) -> None:
    text = "苹果丰收。今年粮食增产，农民增收。明年苹果。\n" * 3
    with search.open_index(build({"a.txt": text})) as index:
        assert {one.word for one in index.collocates("农民")} == {"粮食", "增产", "增收", "今年"}


def test_neither_function_words_nor_numbers_are_collocates(samples: Index) -> None:
    words = {one.word for one in samples.collocates("增长", window=10, limit=None)}
    assert words
    assert not words & FUNCTION_WORDS
    assert not [word for word in words if word.replace(".", "").isdigit()]
