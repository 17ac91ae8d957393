"""The segmenter: token for token what jieba cuts, without jieba."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer import Segmenter, fold
from indexer._jieba import version
from indexer.dictionary import Snapshot, load_frequencies, snapshot_bytes
from indexer.markov import cut
from indexer.segmenter import is_word
from tests.indexer.jieba_reference import (
    ANY_TEXT,
    all_real_texts,
    bundled_texts,
    searched,
    some_real_texts,
    tokenizer,
    with_beginnings,
)

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


@pytest.fixture(scope="module")
def frequencies() -> dict[str, int]:
    return load_frequencies()


@pytest.fixture(scope="module")
def segmenter(frequencies: dict[str, int]) -> Segmenter:
    return Segmenter.in_memory(frequencies)


@pytest.fixture(scope="module")
def over_snapshot(frequencies: dict[str, int]) -> Segmenter:
    return Segmenter.over(Snapshot.of(snapshot_bytes(frequencies)))


@pytest.fixture(scope="module")
def jieba(frequencies: dict[str, int]) -> Any:
    return tokenizer(frequencies)


def differences(segmenter: Segmenter, jieba: Any, texts: Iterable[str]) -> list[str]:
    """The texts that are cut otherwise than jieba cuts them."""
    return [
        text
        for text in texts
        if segmenter.words(text) != list(filter(is_word, jieba.cut(text)))
        or segmenter.index_words(text) != searched(jieba, text)
    ]


@given(text=ANY_TEXT)
def test_any_text_is_cut_as_jieba_cuts_it(segmenter: Segmenter, jieba: Any, text: str) -> None:
    assert not differences(segmenter, jieba, [text, fold(text)])


@given(
    words=st.dictionaries(st.text("甲乙a", min_size=1, max_size=3), st.integers(0, 1), min_size=5),
    text=st.text("甲乙a", max_size=100),
)
def test_paths_of_equal_probability_part_as_they_do_in_jieba(
    words: dict[str, int], text: str
) -> None:
    table = with_beginnings(words) | {"戊": 1}
    jieba = tokenizer(table)
    assert not differences(Segmenter.in_memory(table), jieba, [text])
    assert not differences(Segmenter.over(Snapshot.of(snapshot_bytes(table))), jieba, [text])


@given(st.text("的是不龘靐齉爨睪円咲妩溦澪", max_size=100))
def test_runs_that_no_dictionary_knows_are_cut_as_jieba_cuts_them(text: str) -> None:
    table = {"甲": 1, "乙": 2}
    assert not differences(Segmenter.in_memory(table), tokenizer(table), [text])


def test_the_bundled_reports_are_cut_as_jieba_cuts_them(
    segmenter: Segmenter, over_snapshot: Segmenter, jieba: Any
) -> None:
    texts = bundled_texts()
    assert not differences(segmenter, jieba, texts)
    assert not differences(over_snapshot, jieba, texts)


def test_paragraphs_of_real_reports_are_cut_as_jieba_cuts_them(
    segmenter: Segmenter, jieba: Any, real_data: Path
) -> None:
    assert not differences(segmenter, jieba, some_real_texts(real_data, seed=7))


@pytest.mark.slow
def test_every_real_paragraph_is_cut_as_jieba_cuts_it(
    segmenter: Segmenter, jieba: Any, real_data: Path
) -> None:
    assert not differences(segmenter, jieba, all_real_texts(real_data))
    questions = sorted((real_data / "eval").glob("*/*.jsonl"))
    assert questions
    for path in questions:
        texts = [
            fold(json.loads(line)["text"]) for line in path.read_text("utf-8").split("\n")[:-1]
        ]
        assert not differences(segmenter, jieba, texts)


def test_a_text_cut_again_gives_the_same_words(segmenter: Segmenter) -> None:
    text = fold("推进澜川市数字政府建设，" * 3 + "的" * 200)
    assert segmenter.index_words(text) == segmenter.index_words(text)


def test_what_comes_again_is_cut_once(
    frequencies: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The clauses of a formula that stands in many reports, in whatever sentence they do."""
    blocks: list[str] = []

    def counted(weigh: Any, least: float, block: str) -> Iterable[str]:
        blocks.append(block)
        return cut(weigh, least, block)

    monkeypatch.setattr("indexer.segmenter.cut", counted)
    segmenter = Segmenter.in_memory(frequencies)
    formula = "以上报告，请予审议，并请各位政协委员和其他列席人员提出意见"
    segmenter.index_words(formula)
    assert blocks == formula.split("，")
    segmenter.index_words(f"各位代表！{formula}。")
    assert blocks == [*formula.split("，"), "各位代表"]


def test_an_empty_text_has_no_words(segmenter: Segmenter) -> None:
    assert segmenter.words("") == segmenter.index_words(" \r\n，") == []


def test_a_dictionary_without_words_is_refused() -> None:
    with pytest.raises(ValueError, match="no words"):
        Segmenter.in_memory({})


def test_the_version_in_the_fingerprint_is_that_of_jieba(jieba: Any) -> None:
    assert version() == sys.modules["jieba"].__version__ == "0.42.1"


def test_jieba_is_not_imported_to_cut_and_nothing_is_said() -> None:
    program = (
        "import sys; from indexer import Segmenter; from indexer.dictionary import *;"
        "segmenter = Segmenter.in_memory(load_frequencies());"
        "assert segmenter.words('澜川市的发展'); fingerprint(b'');"
        "assert 'jieba' not in sys.modules"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
