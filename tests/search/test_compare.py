"""Comparing reports: keyness against a brute-force count, alignment of reworded paragraphs."""

from __future__ import annotations

import json
import re
from collections import Counter
from math import log
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from indexer import fold
from search.analysis.alignment import align
from search.analysis.keyness import LEAST, LONGEST, SIGNIFICANT
from search.analysis.rewording import Edit, edits
from search.analysis.tokens import FUNCTION_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from indexer import Segmenter
    from search import Index, KeyPhrase

    Counts = Counter[tuple[str, ...]]

REWORDED = 30


@pytest.fixture(scope="module", params=["samples", "real_index"])
def index(request: pytest.FixtureRequest) -> Index:
    found: Index = request.getfixturevalue(request.param)
    return found


@pytest.fixture(scope="module")
def years(index: Index) -> tuple[str, str]:
    """The work reports of 2016 and 2017: the national ones, if they are there."""
    reports = [one for one in index.reports() if one.kind == "政府工作报告"]
    national = [one for one in reports if "国务院" in one.title] or reports
    before, after = (next(one for one in national if one.year == year) for year in (2016, 2017))
    return before.id, after.id


def texts(index: Index, report: str) -> list[str]:
    return [fold(one.text) for one in index.paragraphs(report)]


def runs(text: str, segmenter: Segmenter) -> list[list[str]]:
    """The words of a text, in runs with nothing between them."""
    found: list[list[str]] = [[]]
    for chunk in re.split(r"(\s+)", text):
        end = 0
        for word in segmenter.words(chunk):
            start = chunk.index(word, end)
            if start > end:
                found.append([])
            found[-1].append(word)
            end = start + len(word)
        found.append([])
    return found


def phrases(paragraphs: Sequence[str], segmenter: Segmenter) -> tuple[Counts, int]:
    """Every phrase of some paragraphs, counted, and how many words there are."""
    counts: Counts = Counter()
    words = 0
    for text in paragraphs:
        for run in runs(text, segmenter):
            words += len(run)
            for size in range(1, LONGEST + 1):
                counts.update(tuple(run[at : at + size]) for at in range(len(run) - size + 1))
    return counts, words


def may_bound(word: str) -> bool:
    return word not in FUNCTION_WORDS and not all(
        character.isnumeric() or not character.isalpha() for character in word
    )


def expected_phrases(
    index: Index, before: str, after: str
) -> dict[str, list[tuple[str, int, int, float]]]:
    """What came, went, grew and shrank: the phrase, its counts and its log-likelihood."""
    segmenter = index._snapshot.segmenter
    (one, one_size), (other, other_size) = (
        phrases(texts(index, report), segmenter) for report in (before, after)
    )
    shown = {
        phrase
        for phrase in one.keys() | other.keys()
        if one[phrase] + other[phrase] >= LEAST
        and may_bound(phrase[0])
        and may_bound(phrase[-1])
        and len("".join(phrase)) > 1
    }
    covered = {
        phrase[start:end]
        for phrase in shown
        for start in range(len(phrase))
        for end in range(start + 1, len(phrase) + 1)
        if end - start < len(phrase)
        and (one[phrase[start:end]], other[phrase[start:end]]) == (one[phrase], other[phrase])
    }
    kinds: dict[str, list[tuple[str, int, int, float]]] = {
        "came": [], "went": [], "grew": [], "shrank": [],
    }  # fmt: skip
    for phrase in shown - covered:
        a, b = one[phrase], other[phrase]
        e1 = one_size * (a + b) / (one_size + other_size)
        e2 = other_size * (a + b) / (one_size + other_size)
        keyness = 2 * ((a * log(a / e1) if a else 0) + (b * log(b / e2) if b else 0))
        if keyness >= SIGNIFICANT:
            kind = "came" if not a else "went" if not b else "grew" if b > e2 else "shrank"
            kinds[kind].append(("".join(phrase), a, b, keyness))
    for rows in kinds.values():
        rows.sort(key=lambda row: (-round(row[3], 9), -len(row[0]), row[0]))
    return kinds


def told(found: Sequence[KeyPhrase]) -> list[tuple[str, int, int]]:
    return [(one.text, one.before, one.after) for one in found]


def test_phrases_are_those_of_a_brute_force_log_likelihood(
    index: Index, years: tuple[str, str]
) -> None:
    expected = expected_phrases(index, *years)
    words = index.compare(*years, parts=["words"], limit=20).words
    assert words
    for kind, rows in expected.items():
        found: Sequence[KeyPhrase] = getattr(words, kind)
        assert told(found) == [row[:3] for row in rows[:20]], kind
        assert [one.keyness for one in found] == pytest.approx([row[3] for row in rows[:20]])
    assert len(words.came) > 2
    assert len(words.went) > 2


def test_rates_are_per_ten_thousand_words(index: Index, years: tuple[str, str]) -> None:
    words = index.compare(*years, parts=["words"], limit=None).words
    assert words
    segmenter = index._snapshot.segmenter
    sizes = [sum(len(segmenter.words(text)) for text in texts(index, year)) for year in years]
    assert [words.words_before, words.words_after] == sizes
    for one in (*words.came, *words.went, *words.grew, *words.shrank):
        assert one.rate_before == pytest.approx(10_000 * one.before / sizes[0])
        assert one.rate_after == pytest.approx(10_000 * one.after / sizes[1])


def test_no_phrase_goes_over_a_sign(build: Callable[..., Path]) -> None:
    directory = build({
        "a.md": "# 旧\n\n" + "今年粮食丰收。\n\n" * 5,
        "b.md": "# 新\n\n" + "加快绿色，发展经济。绿色发展。\n\n" * 5,
    })  # fmt: skip
    with search.open_index(directory) as index:
        old, new = (one.id for one in sorted(index.reports(), key=lambda one: one.title)[::-1])
        words = index.compare(old, new).words
        assert words
        came = [one.text for one in words.came]
        assert "绿色发展" in came
        assert "发展经济" in came
        assert not [text for text in came if "色发展经" in text]


def test_a_phrase_within_one_longer_phrase_is_left_out(build: Callable[..., Path]) -> None:
    directory = build({
        "a.txt": "今年粮食丰收。\n" * 5,
        "b.txt": "坚持稳中求进工作总基调。\n" * 5,
    })  # fmt: skip
    with search.open_index(directory) as index:
        ids = {index.paragraphs(one.id)[0].text[:2]: one.id for one in index.reports()}
        words = index.compare(ids["今年"], ids["坚持"]).words
        assert words
        assert [one.text for one in words.came] == ["坚持稳中求进工作总基调"]
        assert [one.text for one in words.went] == ["今年粮食丰收"]


def reworded(text: str, random: Random) -> str:
    """A paragraph with some of its characters and clauses dropped, replaced or swapped."""
    clauses = re.split("(?<=[，。；])", text)
    if len(clauses) > 3:
        at = random.randrange(len(clauses) - 2)
        if random.random() < 0.5:
            clauses[at], clauses[at + 1] = clauses[at + 1], clauses[at]
        else:
            del clauses[at]
    characters = list("".join(clauses))
    for _ in range(max(2, len(characters) // 15)):
        at = random.randrange(len(characters) - 1)
        change = random.choice(["drop", "replace", "swap"])
        if change == "drop":
            del characters[at]
        elif change == "replace":
            characters[at] = random.choice("新高稳进实强好优")
        else:
            characters[at : at + 2] = characters[at : at + 2][::-1]
    return "".join(characters)


@pytest.mark.parametrize("seed", range(5))
def test_reworded_paragraphs_find_their_partners(
    index: Index, years: tuple[str, str], seed: int
) -> None:
    random = Random(seed)
    before, others = (texts(index, year) for year in years)
    long = [place for place, text in enumerate(before) if len(text) >= REWORDED]
    chosen = random.sample(long, min(REWORDED, len(long)))
    changed = [(place, reworded(before[place], random)) for place in chosen]
    assert all(text != before[place] for place, text in changed)
    # What became of them in the next year's report may be nearer than what the script makes.
    nearer = {match.after for match in align(before, others) if match.before in chosen}
    rest = [text for place, text in enumerate(others) if place not in nearer]
    mixed = [*changed, *((None, text) for text in rest)]
    random.shuffle(mixed)
    partners = {match.after: match.before for match in align(before, [text for _, text in mixed])}
    found = [partners.get(at) == place for at, (place, _) in enumerate(mixed) if place is not None]
    assert found == [True] * len(chosen)


def test_paragraphs_are_paired_one_to_one(index: Index, years: tuple[str, str]) -> None:
    paragraphs = index.compare(*years, parts=["paragraphs"]).paragraphs
    assert paragraphs
    before = [pair.before for pair in paragraphs.pairs] + list(paragraphs.removed)
    after = [pair.after for pair in paragraphs.pairs] + list(paragraphs.added)
    assert sorted(one.address for one in before) == sorted(
        one.address for one in index.paragraphs(years[0])
    )
    assert sorted(one.address for one in after) == sorted(
        one.address for one in index.paragraphs(years[1])
    )
    ordinals = [pair.after.paragraph for pair in paragraphs.pairs]
    assert ordinals == sorted(ordinals)
    assert paragraphs.pairs
    assert all(0.15 <= pair.similarity <= 1 for pair in paragraphs.pairs)


def test_the_same_paragraphs_are_paired_in_order_without_changes(samples: Index) -> None:
    report = samples.reports()[0].id
    paragraphs = samples.compare(report, report).paragraphs
    assert paragraphs
    assert [pair.before for pair in paragraphs.pairs] == list(samples.paragraphs(report))
    assert all(pair.before == pair.after and not pair.edits for pair in paragraphs.pairs)
    assert paragraphs.added == paragraphs.removed == ()


def is_change(before: str, after: str, changes: Sequence[Edit]) -> bool:
    """Whether changes lead from one text to the other: what is around them is the same."""
    old = new = 0
    for edit in changes:
        if edit.before[0] < old or edit.after[0] < new:
            return False
        if fold(before[old : edit.before[0]]) != fold(after[new : edit.after[0]]):
            return False
        if edit.before == (old, old) and edit.after == (new, new):
            return False
        old, new = edit.before[1], edit.after[1]
    return fold(before[old:]) == fold(after[new:])


def test_edits_lead_from_one_paragraph_to_the_other(index: Index, years: tuple[str, str]) -> None:
    paragraphs = index.compare(*years).paragraphs
    assert paragraphs
    for pair in paragraphs.pairs:
        assert is_change(pair.before.text, pair.after.text, pair.edits)
        assert bool(pair.edits) == (fold(pair.before.text) != fold(pair.after.text))


@given(st.text("增长发展6.5%，。①ﬃ㎡ Ａ\u200b的"), st.text("增长发展6.5%，。①ﬃ㎡ Ａ\u200b的"))
def test_edits_lead_from_any_text_to_any_other(samples: Index, before: str, after: str) -> None:
    changes = edits(before, after, samples._snapshot.segmenter)
    assert is_change(before, after, changes)


def test_wording_is_compared_word_by_word(samples: Index) -> None:
    before, after = (
        "国内生产总值增长6.5%左右，城镇新增就业。",
        "国内生产总值增长6.6%左右，新增就业。",
    )
    changes = [
        (before[slice(*edit.before)], after[slice(*edit.after)])
        for edit in edits(before, after, samples._snapshot.segmenter)
    ]
    assert changes == [("6.5%", "6.6%"), ("城镇新增就业", "新增就业")]


def test_long_paragraphs_are_compared_clause_by_clause(samples: Index) -> None:
    random = Random(1)
    clauses = ["".join(random.choices("政府工作报告经济社会发展改革开放", k=8)) for _ in range(900)]
    before = "，".join(clauses) + "。"
    clauses[450] = "这一句是新的"
    after = "，".join(clauses) + "。"
    (edit,) = edits(before, after, samples._snapshot.segmenter)
    assert after[slice(*edit.after)] == "这一句是新的，"
    assert edit.before == (450 * 9, 451 * 9)


def test_what_is_too_long_to_compare_is_one_change(samples: Index) -> None:
    before, after = "甲，" * 1100 + "乙", "丙，" * 1100 + "乙"
    changes = edits(before, after, samples._snapshot.segmenter)
    assert is_change(before, after, changes)
    assert len(changes) == 1


def test_queries_are_compared_as_what_they_find(samples: Index) -> None:
    comparison = samples.compare("年份:2016", "年份:2017 文种:政府工作报告")
    (report,) = [one for one in samples.reports() if one.year == 2017 and "工作报告" in one.kind]
    assert comparison.after.paragraphs == samples.count(report)
    assert comparison.after.report is None
    assert comparison.before.paragraphs == samples.search("年份:2016", limit=0).total


def test_the_beginning_of_an_id_names_a_report(samples: Index) -> None:
    report = samples.reports()[0]
    comparison = samples.compare(report.id[:4].upper(), f" {report.id} ")
    assert comparison.before.report == comparison.after.report == report
    assert samples.compare("abcd", "ffff").before.report is None


def test_nothing_is_compared_with_nothing(samples: Index) -> None:
    comparison = samples.compare("饕餮貔貅", "年份:2017")
    assert comparison.before.paragraphs == 0
    assert comparison.words
    assert comparison.words.came == comparison.words.went == ()
    assert comparison.paragraphs
    assert comparison.paragraphs.pairs == ()
    assert len(comparison.paragraphs.added) == comparison.after.paragraphs


def test_parts_that_are_not_asked_for_are_left_out(samples: Index) -> None:
    comparison = samples.compare("年份:2016", "年份:2017", parts=["words"])
    assert comparison.words
    assert comparison.paragraphs is None
    assert json.loads(json.dumps(comparison.to_dict()))["paragraphs"] is None


def test_a_comparison_that_cannot_be_is_refused(samples: Index) -> None:
    with pytest.raises(ValueError, match="parts"):
        samples.compare("年份:2016", "年份:2017", parts=["titles"])  # type: ignore[list-item]
    with pytest.raises(ValueError, match="limit"):
        samples.compare("年份:2016", "年份:2017", limit=-1)
    with pytest.raises(search.QueryError):
        samples.compare("年份:abc", "年份:2017")
