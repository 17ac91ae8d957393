"""Segmentation in arrays: the words of many texts at once are those that jieba cuts in each."""

from __future__ import annotations

import random
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Segmenter, fold
from indexer.batches import BatchSegmenter
from indexer.dictionary import Snapshot, load_frequencies, snapshot_bytes
from tests.indexer.jieba_reference import (
    ANY_TEXT,
    COMMON,
    all_real_texts,
    bundled_texts,
    searched,
    some_real_texts,
    tokenizer,
    with_beginnings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

AT_ONCE = 300


def over(table: dict[str, int]) -> BatchSegmenter:
    return BatchSegmenter(Snapshot.of(snapshot_bytes(table)))


@pytest.fixture(scope="module")
def frequencies() -> dict[str, int]:
    return load_frequencies()


@pytest.fixture(scope="module")
def segmenter(frequencies: dict[str, int]) -> BatchSegmenter:
    return over(frequencies)


@pytest.fixture(scope="module")
def jieba(frequencies: dict[str, int]) -> Any:
    return tokenizer(frequencies)


def cut(segmenter: Segmenter, texts: Sequence[str]) -> list[list[str]]:
    """The words of each text."""
    words, tokens, counts = segmenter.index_texts(texts)
    ends = list(accumulate(counts.tolist(), initial=0))
    assert (len(counts), ends[-1]) == (len(texts), len(tokens))
    found = [words[token] for token in tokens.tolist()]
    return [found[start:end] for start, end in pairwise(ends)]


def differences(segmenter: Segmenter, jieba: Any, texts: Iterable[str]) -> list[str]:
    """The texts that are cut otherwise than jieba cuts them, some hundred at once."""
    texts = list(texts)
    return [
        text
        for start in range(0, len(texts), AT_ONCE)
        for text, words in zip(
            texts[start : start + AT_ONCE],
            cut(segmenter, texts[start : start + AT_ONCE]),
            strict=True,
        )
        if words != searched(jieba, text)
    ]


@given(st.lists(ANY_TEXT, max_size=6))
def test_any_texts_are_cut_as_jieba_cuts_each(
    segmenter: BatchSegmenter, jieba: Any, texts: list[str]
) -> None:
    assert not differences(segmenter, jieba, [*texts, *map(fold, texts)])


@given(
    words=st.dictionaries(st.text("甲乙a", min_size=1, max_size=3), st.integers(0, 1), min_size=5),
    texts=st.lists(st.text("甲乙a，", max_size=100), max_size=5),
)
def test_paths_of_equal_probability_part_as_they_do_in_jieba(
    words: dict[str, int], texts: list[str]
) -> None:
    table = with_beginnings(words) | {"戊": 1}
    assert not differences(over(table), tokenizer(table), texts)


@given(
    words=st.dictionaries(
        st.text("甲乙", min_size=1, max_size=3)
        | st.integers(14, 40).flatmap(lambda size: st.text("甲乙", min_size=size, max_size=size)),
        st.integers(0, 2**40),
        min_size=1,
        max_size=8,
    ),
    data=st.data(),
)
def test_words_of_any_length_and_frequency_are_found(words: dict[str, int], data: Any) -> None:
    """Also such as are longer than arrays go, beside others that are not."""
    pieces = st.sampled_from(sorted(words)) | st.text("甲乙丙", max_size=3) | st.just("，")
    texts = data.draw(st.lists(st.lists(pieces, max_size=8).map("".join), max_size=4))
    table = with_beginnings(words) | {"戊": 1}
    assert not differences(over(table), tokenizer(table), texts)


@given(st.lists(st.text("的是不龘靐齉爨睪円咲妩溦澪〇㐀𠀀", max_size=100), max_size=4))
def test_runs_that_no_dictionary_knows_are_cut_as_jieba_cuts_them(texts: list[str]) -> None:
    table = {"甲": 1, "乙": 2}
    assert not differences(over(table), tokenizer(table), texts)


@pytest.mark.parametrize("size", [63, 64, 65, 66, 5000])
def test_a_long_block_is_cut_as_a_short_one_beside_it(
    segmenter: BatchSegmenter, jieba: Any, size: int
) -> None:
    long = "".join(random.Random(size).choices(COMMON, k=size))
    texts = ["推进数字政府建设", long, f"优化，{long[::-1]}。提升", "1.5" * size, ""]
    assert not differences(segmenter, jieba, texts)
    assert cut(segmenter, [long]) == [searched(jieba, long)]


def test_words_of_the_user_are_cut_as_jieba_cuts_them() -> None:
    """Those that change a frequency, hold letters and signs, or are a sentence long."""
    sentence = "澜川市人民政府关于推进数字政府建设的若干意见"
    table = load_frequencies(f"发展 0\n澜川 99999\nc++17\n{sentence}\n的一\n〇\n".encode())
    texts = [
        f"按照{sentence}的要求",
        sentence[:-1],
        "澜川市的发展,c++17与c++1的一切〇一〇",
        sentence * 4,
    ]
    assert not differences(over(table), tokenizer(table), texts)


def test_more_texts_than_are_cut_at_once_are_cut_as_jieba_cuts_them(
    segmenter: BatchSegmenter, jieba: Any
) -> None:
    """Of other words each, so that no block comes again."""
    chance = random.Random(3)
    texts = ["，".join("".join(chance.choices(COMMON, k=20)) for _ in range(80)) for _ in range(40)]
    for text, words in zip(texts, cut(segmenter, texts), strict=True):
        assert words == searched(jieba, text)


def test_empty_texts_and_signs_alone_have_no_words(segmenter: BatchSegmenter) -> None:
    assert cut(segmenter, []) == []
    assert cut(segmenter, ["", "，。 \r\n", "++", "改革", ""]) == [[], [], [], ["改革"], []]


@given(st.lists(ANY_TEXT, max_size=6))
def test_words_are_numbered_as_they_come(segmenter: BatchSegmenter, texts: list[str]) -> None:
    """So that what is indexed does not depend on how it was cut."""
    words, tokens, _ = segmenter.index_texts(texts)
    assert len({*words}) == len(words)
    assert list(dict.fromkeys(tokens.tolist())) == list(range(len(words)))
    assert words == Segmenter.index_texts(segmenter, texts).words


def test_a_single_text_is_cut_as_jieba_cuts_it(segmenter: BatchSegmenter, jieba: Any) -> None:
    text = "推进澜川市数字政府建设，优化营商环境。"
    assert segmenter.index_words(text) == searched(jieba, text)


def test_a_dictionary_without_words_is_refused() -> None:
    for table in ({}, {"改革": 0, "改": 0}):
        with pytest.raises(ValueError, match="no words"):
            over(table)


@pytest.mark.parametrize("pages", [[], ["改\n\n"], ["改\nx\n"], ["\n3\n"], [f"改\n{9**30}\n"]])
def test_a_dictionary_of_other_than_words_and_numbers_is_refused(
    monkeypatch: pytest.MonkeyPatch, pages: list[str]
) -> None:
    """Whose checksums are right all the same."""
    monkeypatch.setattr(Snapshot, "pages", lambda _: iter(pages))
    with pytest.raises(ValueError, match="damaged"):
        over({"改": 3})


def test_the_bundled_reports_are_cut_as_jieba_cuts_them(
    segmenter: BatchSegmenter, jieba: Any
) -> None:
    assert not differences(segmenter, jieba, bundled_texts())


def test_paragraphs_of_real_reports_are_cut_as_jieba_cuts_them(
    segmenter: BatchSegmenter, jieba: Any, real_data: Path
) -> None:
    assert not differences(segmenter, jieba, some_real_texts(real_data, seed=11))


@pytest.mark.slow
def test_every_real_paragraph_is_cut_as_jieba_cuts_it(
    segmenter: BatchSegmenter, jieba: Any, real_data: Path
) -> None:
    assert not differences(segmenter, jieba, all_real_texts(real_data))
