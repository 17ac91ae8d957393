"""The literal guarantee: what stands in a paragraph is found, and nothing else is.

The index of the real reports takes a minute to make, so what else is asked of it is here too.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import search
from indexer import fold
from search import Passage, quote

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SEED = 20171211


def passages(index: search.Index) -> list[Passage]:
    return [passage for report in index.reports() for passage in index.paragraphs(report.id)]


def random_strings(texts: list[str], count: int) -> list[str]:
    """Strings of 2 to 12 characters as they stand in the texts, signs and digits included."""
    chance = random.Random(SEED)
    found: list[str] = []
    while len(found) < count:
        text = chance.choice(texts)
        start = chance.randrange(len(text))
        piece = text[start : start + chance.randint(2, 12)]
        if len(piece) > 1 and fold(piece):
            found.append(piece)
    return found


def absent_strings(texts: list[str], count: int) -> list[str]:
    """Strings made of two that stand in the texts, which stand nowhere together."""
    folded = "\n".join(map(fold, texts))
    pieces = iter(random_strings(texts, 20 * count))
    joined = (left[:3] + right[:3] for left, right in zip(pieces, pieces, strict=True))
    absent = [string for string in joined if fold(string) not in folded]
    assert len(absent) >= count
    return absent[:count]


def check_guarantee(index: search.Index, found: int, absent: int) -> None:
    """Compare answers with a plain search through all folded paragraphs."""
    everything = passages(index)
    folded = [(passage.address, fold(passage.text)) for passage in everything]
    texts = [passage.text for passage in everything if len(passage.text) > 1]
    for string in random_strings(texts, found):
        expected = {address for address, text in folded if fold(string) in text}
        assert expected
        for results in (
            index.search(quote(string), limit=None),
            index.search(string, literal=True, limit=None),
        ):
            assert {hit.address for hit in results} == expected, string
            assert results.total == len(expected)
            for hit in results:
                assert hit.highlights
                assert all(fold(string) in fold(hit.text[a:b]) for a, b in hit.highlights)
    for string in absent_strings(texts, absent):
        assert index.search(quote(string)).total == 0, string
        assert index.search(string, literal=True).total == 0, string


def test_every_string_of_the_bundled_reports_is_found_where_it_stands(
    samples: search.Index,
) -> None:
    check_guarantee(samples, 150, 60)


def test_500_strings_of_real_reports_are_found_and_200_that_are_absent_are_not(
    real_index: search.Index,
) -> None:
    check_guarantee(real_index, 500, 200)


def test_the_duty_of_reconsideration_comes_first_in_the_report_of_cixi(
    real_index: search.Index,
) -> None:
    hit = real_index.search("行政复议").hits[0]
    assert hit.report.region == "慈溪市"
    assert hit.heading == (
        "一、主要工作和成效",
        "(四)深化机制改革,推动矛盾纠纷有效化解",
        "一是认真履行行政复议职责",
    )


PARAGRAPHS = st.lists(
    st.text(st.sampled_from("甲乙丙aA１1.,，“”\u200b①㎡經经 -"), min_size=1, max_size=12).filter(
        lambda text: text.strip() == text and text.strip("\u200b")
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(PARAGRAPHS, st.lists(st.text("甲乙丙a1.,，“”①m經经 -", min_size=1, max_size=4), max_size=20))
def test_answers_are_those_of_a_plain_search_through_the_text(
    build: Callable[[dict[str, str]], Path], paragraphs: list[str], strings: list[str]
) -> None:
    body = "\n\n".join(f"一是做好{text}工作。" for text in paragraphs)
    with search.open_index(build({"a.txt": f"关于工作的通知\n\n{body}\n"})) as index:
        folded = [(passage.address, fold(passage.text)) for passage in passages(index)]
        for string in [*strings, *paragraphs]:
            expected = {address for address, text in folded if fold(string) in text}
            results = index.search(string, literal=True, limit=None)
            assert {hit.address for hit in results} == expected, string
