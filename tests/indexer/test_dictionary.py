"""The dictionary: the policy terms, the user's words, and the snapshot that queries read."""

from __future__ import annotations

import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import DictionaryError, Segmenter
from indexer.batches import BatchSegmenter
from indexer.dictionary import (
    Snapshot,
    _least_frequency,
    bundled_path,
    bundled_snapshot,
    fingerprint,
    load_frequencies,
    make_frequencies,
    parse_terms,
    policy_terms,
    snapshot_bytes,
    write_snapshot,
)

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="module")
def frequencies() -> dict[str, int]:
    return load_frequencies("澜川江畔 \n测试专名乙 3 n\n".encode())


@pytest.fixture(scope="module")
def segmenter(frequencies: dict[str, int]) -> Segmenter:
    return Segmenter.in_memory(frequencies)


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


def test_a_snapshot_in_a_file_cuts_as_the_dictionary_does(
    frequencies: dict[str, int], segmenter: Segmenter, tmp_path: Path
) -> None:
    write_snapshot(tmp_path / "dictionary.bin", frequencies)
    text = "澜川江畔公园建设，扎实推进六稳六保工作。"
    assert Segmenter.for_queries(tmp_path / "dictionary.bin").words(text) == segmenter.words(text)


def test_a_snapshot_gives_the_whole_dictionary_back_from_less_than_3_megabytes(
    frequencies: dict[str, int],
) -> None:
    data = snapshot_bytes(frequencies)
    assert len(data) < 3_000_000
    assert Snapshot.of(data).frequencies() == frequencies


@given(st.dictionaries(st.text("甲乙丙𠀀a ", min_size=1, max_size=6), st.integers(0, 2**40)))
def test_a_snapshot_answers_as_the_table_it_was_made_from(table: dict[str, int]) -> None:
    snapshot = Snapshot.of(snapshot_bytes(table))
    assert {word: snapshot[word] for word in table} == table
    assert dict(snapshot) == snapshot.frequencies() == table
    assert (len(snapshot), snapshot.total) == (len(table), sum(table.values()))
    assert "丁" not in snapshot
    assert all(word + "丁" not in snapshot for word in table)


def test_a_snapshot_reads_little_of_its_file_to_look_a_word_up(
    frequencies: dict[str, int],
) -> None:
    data = snapshot_bytes(frequencies)
    lengths: list[int] = []

    def read(offset: int, length: int) -> bytes:
        lengths.append(length)
        return data[offset : offset + length]

    snapshot = Snapshot(len(data), read)
    assert sum(lengths) < 100
    assert snapshot["改革"] == frequencies["改革"]
    assert sum(lengths) < len(data) // 40


def test_a_snapshot_cut_short_or_grown_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dictionary.bin"
    write_snapshot(path, {"改革": 3, "改": 0})
    data = path.read_bytes()
    for damaged in (*(data[:size] for size in range(len(data))), data + b"\0"):
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match=r"dictionary|empty"):
            Snapshot.open(path)


@pytest.mark.parametrize("change", [1, 0x80, 0xFF])
def test_a_snapshot_that_is_damaged_anywhere_raises_nothing_but_value_errors(change: int) -> None:
    table = {
        f"{chr(number)}{end}": number
        for number in range(0x4E00, 0x4F00)
        for end in ("", "甲", "乙")
    }
    data = snapshot_bytes(table)
    for place in range(len(data)):
        damaged = bytearray(data)
        damaged[place] ^= change
        with suppress(ValueError):
            snapshot = Snapshot.of(bytes(damaged))
            snapshot.get("一甲")
            snapshot.get("\U0010ffff")
            snapshot.frequencies()
        with suppress(ValueError):
            BatchSegmenter(Snapshot.of(bytes(damaged)))


@pytest.mark.parametrize("word", ["改\n革", "\ud800"])
def test_a_word_that_a_snapshot_cannot_hold_is_refused(word: str) -> None:
    with pytest.raises(ValueError, match="line break|surrogates"):
        snapshot_bytes({word: 1})


@given(st.lists(st.text("改革开放a1+·䶮 ", min_size=1, max_size=12), max_size=4))
def test_a_term_gets_the_frequency_that_jieba_suggests(
    frequencies: dict[str, int], terms: list[str]
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    reference = jieba.Tokenizer()
    reference.FREQ, reference.total = frequencies, sum(frequencies.values())
    reference.initialized = True
    for term in terms:
        suggested = _least_frequency(frequencies, reference.total, term)
        assert suggested == reference.suggest_freq(term)


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


def test_the_bundled_table_is_what_the_word_lists_make() -> None:
    """If not, run `python -m indexer.data.make_dictionary`."""
    bundled = bundled_snapshot()
    assert bundled is not None
    assert Snapshot.of(bundled).frequencies() == make_frequencies()
    assert [path.name for path in bundled_path().parent.glob("*.bin")] == [bundled_path().name]


def test_without_a_bundled_table_the_word_lists_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """As with another version of jieba: the words are the same, it only takes longer."""
    terms = "行政复议听证 20 n\n平安慈溪\n".encode()
    expected = load_frequencies(terms)
    monkeypatch.setattr("indexer.dictionary.bundled_path", lambda: tmp_path / "none.bin")
    assert load_frequencies(terms) == expected
