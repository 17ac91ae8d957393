"""jieba itself, to compare with, and texts on which it is compared."""

from __future__ import annotations

import random
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from corpus import SAMPLES, UnreadableReport, find_files, read_report
from indexer import fold
from indexer.dictionary import add_prefixes
from indexer.segmenter import is_word

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SIZE_OF_SAMPLE = 3000

COMMON = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工"
    "市政府经济发展建设改革开放人民代表大会社会主义法治营商环境优化提升推进"
)
ANY_TEXT = st.lists(
    st.one_of(
        st.text(COMMON, max_size=12),
        st.text("一鿕鿖〇㐀𠀀龘靐齉爨鱻麤一二三", max_size=4),
        st.from_regex(r"[a-zA-Z0-9+#&._%\-]{0,8}", fullmatch=True),
        st.sampled_from(["中华人民共和国", "优化营商环境", "12.5%", "c++", "at&t", "3.14.15%%"]),
        st.sampled_from([" ", "\r\n", "\r", "\n", "\t", "\u3000", "\x85", "，", "。", "·", "ω"]),
        st.text(max_size=4),
    ),
    max_size=8,
).map("".join)


def tokenizer(frequencies: dict[str, int]) -> Any:
    """jieba's own tokenizer over a dictionary of ours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    made = jieba.Tokenizer()
    made.FREQ, made.total, made.initialized = frequencies, sum(frequencies.values()), True
    return made


def with_beginnings(words: dict[str, int]) -> dict[str, int]:
    """A dictionary of these words, with all that they begin with."""
    table = dict(words)
    add_prefixes(table, words)
    return table


def searched(jieba: Any, text: str) -> list[str]:
    """The words that jieba finds in its search mode, without signs and spaces."""
    return list(filter(is_word, jieba.cut_for_search(text)))


def bundled_texts() -> list[str]:
    """The folded paragraphs of the bundled reports."""
    texts = list(paragraphs(find_files([SAMPLES])))
    assert len(texts) > 100
    return texts


def some_real_texts(real_data: Path, seed: int) -> list[str]:
    """Some folded paragraphs of forty real reports and laws, chosen by chance."""
    paths = list(find_files([real_data / "laws", real_data / "reports"]))
    texts = list(paragraphs(random.Random(seed).sample(paths, 40)))[:SIZE_OF_SAMPLE]
    assert len(texts) == SIZE_OF_SAMPLE
    return texts


def all_real_texts(real_data: Path) -> Iterator[str]:
    """All folded paragraphs of the real reports, laws and awkward files."""
    return paragraphs(find_files([real_data / name for name in ("laws", "reports", "messy")]))


def paragraphs(paths: Iterable[Path | UnreadableReport]) -> Iterator[str]:
    """The folded paragraphs of those of the files that can be read."""
    for path in paths:
        try:
            reading = read_report(path) if isinstance(path, Path) else None
        except UnreadableReport:
            continue
        for paragraph in reading.paragraphs if reading else ():
            yield fold(paragraph.text)
