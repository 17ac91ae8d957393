"""The dictionary: the policy terms, the user's words, and the snapshot that queries read."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import SAMPLES, read_report
from indexer import DictionaryError, Segmenter, fold
from indexer.dictionary import (
    Snapshot,
    fingerprint,
    load_frequencies,
    parse_terms,
    policy_terms,
    write_snapshot,
)


@pytest.fixture(scope="module")
def frequencies() -> dict[str, int]:
    return load_frequencies("澜川江畔 \n测试专名乙 3 n\n".encode())


@pytest.fixture(scope="module")
def segmenter(frequencies: dict[str, int]) -> Segmenter:
    return Segmenter.for_indexing(frequencies)


def test_there_are_at_least_500_policy_terms_each_once() -> None:
    terms = [term for term, _ in parse_terms(policy_terms(), "policy.txt")]
    assert len(terms) >= 500
    assert len(terms) == len(set(terms))


def test_every_policy_term_is_one_word(segmenter: Segmenter) -> None:
    terms = [term for term, _ in parse_terms(policy_terms(), "policy.txt")]
    assert [term for term in terms if segmenter.words(term) != [term]] == []


@pytest.mark.parametrize(
    "word", ["六稳六保", "碳中和", "一网通办", "专精特新", "十三五", "最多跑一次"]
)
def test_words_of_policy_stay_whole_in_a_sentence(segmenter: Segmenter, word: str) -> None:
    assert word in segmenter.words(f"扎实推进{word}工作，")


def test_the_users_words_stay_whole(segmenter: Segmenter) -> None:
    assert "澜川江畔" in segmenter.words("建设澜川江畔公园")


def test_signs_are_no_words_and_nothing_else_is_left_out(segmenter: Segmenter) -> None:
    assert "".join(segmenter.words("增长6.9%，（约）GDP。")) == "增长6.9%约GDP"


def test_a_snapshot_cuts_every_bundled_report_as_the_dictionary_does(
    frequencies: dict[str, int], segmenter: Segmenter, tmp_path: Path
) -> None:
    write_snapshot(tmp_path / "dictionary.bin", frequencies)
    snapshot = Segmenter.for_queries(tmp_path / "dictionary.bin")
    for path in sorted(SAMPLES.iterdir()):
        for paragraph in read_report(path).paragraphs:
            text = fold(paragraph.text)
            assert list(snapshot.index_words(text)) == list(segmenter.index_words(text))


@given(st.dictionaries(st.text("甲乙丙a", min_size=1, max_size=4), st.integers(1, 2**32 - 1)))
def test_a_snapshot_answers_as_the_table_it_was_made_from(words: dict[str, int]) -> None:
    table = dict(words)
    for word in words:
        for end in range(1, len(word)):
            table.setdefault(word[:end], 0)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dictionary.bin"
        write_snapshot(path, table)
        snapshot = Snapshot(path)
        assert {word: snapshot[word] for word in table} == table
        assert dict(snapshot) == words
        assert "丁" not in snapshot
        assert all(word + "丁" not in snapshot for word in words)


def test_a_snapshot_cut_short_is_refused(frequencies: dict[str, int], tmp_path: Path) -> None:
    path = tmp_path / "dictionary.bin"
    write_snapshot(path, {"改革": 3, "改": 0})
    data = path.read_bytes()
    for size in range(1, len(data)):
        path.write_bytes(data[:size])
        with pytest.raises(ValueError, match=r"dictionary|cut short"):
            Snapshot(path)


@pytest.mark.parametrize("line", ["改革 很 多 字", "改革 3 n 多"])
def test_a_line_that_is_no_entry_is_named(line: str) -> None:
    with pytest.raises(DictionaryError, match="我的.txt, line 2"):
        parse_terms(f"# 注释\n{line}\n".encode(), "我的.txt")


def test_a_dictionary_that_is_not_utf8_is_refused_with_the_place() -> None:
    with pytest.raises(DictionaryError, match="byte 0"):
        parse_terms("改革".encode("gb18030"), "我的.txt")


def test_the_fingerprint_tells_users_dictionaries_apart() -> None:
    assert fingerprint(b"") == fingerprint(b"")
    assert fingerprint(b"") != fingerprint("改革".encode())
