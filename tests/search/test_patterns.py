"""Patterns: a string with one character astray, a string with gaps, the beginning of a word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from indexer import compaction
from search import QueryError
from search.patterns import matches

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Build

TEXT = """\
# 关于各项工作的通知

优化营商环境。

优化营商坏境，再优化营环境。

优化营商大环境，优化营环商境。

优化营商很大环境。

行政复议与行政诉讼，行使复议权。

申请复议！行政机关，政行。

甲方写 party 与 art，Art2020，乙方写 ab?de。

全年经济增长 6.9%，上年 16.9%。
"""


@pytest.fixture(scope="module")
def index(build: Build) -> Iterator[search.Index]:
    with search.open_index(build({"a.md": TEXT})) as opened:
        yield opened


def found(index: search.Index, query: str) -> list[list[str]]:
    """What is highlighted in each hit, in the order of the text."""
    hits = sorted(index.search(query, limit=None), key=lambda hit: hit.paragraph)
    return [[hit.text[start:end] for start, end in hit.highlights] for hit in hits]


@pytest.mark.parametrize(
    ("query", "highlights"),
    [
        ("营商环境~", [["营商环境"], ["营商坏境", "营环境"], ["营商大环境", "营环商境"]]),
        ("营商环境~1", [["营商环境"], ["营商坏境", "营环境"], ["营商大环境", "营环商境"]]),
        ("営商环镜～", []),
        ("營商環境～", [["营商环境"], ["营商坏境", "营环境"], ["营商大环境", "营环商境"]]),
        ("ab?de~", [["ab?de"]]),
        ("xb?d?~", []),
        ("营?环境", [["营商环境"]]),
        ("行？复议", [["行政复议", "行使复议"]]),
        ("复议?行政", [["复议与行政"], ["复议！行政"]]),
        ("优化??环境", [["优化营商环境"]]),
        ("行政*", [["行政复议", "行政诉讼"], ["行政"]]),
        ("*复议", [["行政复议", "复议"], ["复议"]]),
        ("6.9*", [["6.9%"]]),
        ("art*", [["art", "Art2020"]]),
    ],
)
def test_a_pattern_stands_for_just_this(
    index: search.Index, query: str, highlights: list[list[str]]
) -> None:
    assert found(index, query) == highlights


@pytest.mark.parametrize("string", ["营商环境", "ab", "甲甲乙", "a.b*c"])
def test_one_edit_is_one_character_other_within_missing_or_swapped(
    build: Build, string: str
) -> None:
    others = "营商环境甲乙ab.*c，"
    size = len(string)
    near = {string}
    near |= {string[:at] + one + string[at + 1 :] for at in range(size) for one in others}
    near |= {string[:at] + one + string[at:] for at in range(1, size) for one in others}
    if size > 2:
        near |= {string[:at] + string[at + 1 :] for at in range(size)}
    for at in range(size - 1):
        near.add(string[:at] + string[at + 1] + string[at] + string[at + 2 :])
    paragraphs = sorted(one for one in near if re.search(r"\w", one))
    text = "\n\n".join(["# 通知", *(f"今有【{one}】其事" for one in paragraphs), "今有【】其事"])
    with search.open_index(build({"a.md": text})) as index:
        hits = {hit.text for hit in index.search(f"{string}~", limit=None)}
        assert hits == {f"今有【{one}】其事" for one in paragraphs}


def test_a_star_completes_to_the_same_words_however_the_index_is_parted(tmp_path: Path) -> None:
    """生产 is a word of the first report alone; in the second it stands across two."""
    folder = tmp_path / "reports"
    folder.mkdir()
    texts = ["# 甲通知\n\n生产工作。\n", "# 乙通知\n\n研究生产生的想法。\n"]
    with patch.object(compaction, "LARGEST", 0):
        for number, text in enumerate(texts):
            (folder / f"{number}.md").write_text(text, "utf-8")
            search.build_index(tmp_path / "parted", [folder])
    search.build_index(tmp_path / "whole", [folder])
    with (
        search.open_index(tmp_path / "parted") as parted,
        search.open_index(tmp_path / "whole") as whole,
    ):
        assert found(parted, "生产*") == found(whole, "生产*") == [["生产"], ["生产"]]


def test_a_word_that_only_deleted_reports_have_is_none_of_the_index(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "0.md").write_text("# 甲通知\n\n生产工作。\n", "utf-8")
    (folder / "1.md").write_text("# 乙通知\n\n研究生产生的想法。\n" + "\n\n其他。" * 9, "utf-8")
    search.build_index(tmp_path / "index", [folder])
    with search.open_index(tmp_path / "index") as index:
        assert len(found(index, "生产*")) == 2
    (folder / "0.md").unlink()
    search.build_index(tmp_path / "index", [folder])
    with search.open_index(tmp_path / "index") as index:
        assert found(index, "生产*") == []


def test_more_words_than_are_looked_for_are_refused_at_the_pattern(build: Build) -> None:
    text = "# 通知\n\n" + "，".join(f"x{number}" for number in range(300)) + "\n"
    with search.open_index(build({"a.md": text})) as index:
        with pytest.raises(QueryError, match="more than 200 words") as caught:
            index.search("通知 /句 x*")
        assert (caught.value.start, caught.value.end) == (6, 8)
        assert index.search("x29*").total == 1


GLOBS = st.text("甲a?*", max_size=8)


@given(GLOBS, st.text("甲a?*", max_size=10))
def test_a_star_is_any_number_of_characters_and_a_question_mark_is_one(
    pattern: str, word: str
) -> None:
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    assert matches(word, pattern) == bool(re.fullmatch(expression, word, re.DOTALL))


def test_a_pattern_of_many_stars_takes_no_longer_than_others() -> None:
    assert not matches("a" * 3000, "*a" * 20 + "b")
