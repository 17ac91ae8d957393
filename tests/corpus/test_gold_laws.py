"""Sixteen real laws, each as a Word document and as PDF: their text, and the paths to each article.

What is expected is taken from the text of the law by plain means, independently of the readers.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import pytest

from corpus import Reading, read_report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_UNSEEN = re.compile("[\\s\u200b-\u200f\u2060\ufeff]+")
_NUMBER = "第[一二三四五六七八九十百千零]{1,8}"
_DIVISION = re.compile(f"{_NUMBER}(编|分编|章|节)(?=\\s)")
_ARTICLE = re.compile(f"{_NUMBER}条(?:之[一二三四五六七八九十]+)?(?=\\s)")
_LEVELS = ("编", "分编", "章", "节")
_LAWS = 16
_LEAST = 0.999

AMENDED = {
    "专利法": "2008-12-27", "公务员法": "2018-12-29", "刑事诉讼法": "2018-10-26",
    "劳动合同法": "2012-12-28", "反垄断法": "2007-08-30", "商标法": "2019-04-23",
    "国徽法": "2020-10-17", "妇女权益保障法": "2022-10-30", "未成年人保护法": "2020-10-17",
    "民法典": "2020-05-28", "消费者权益保护法": "2013-10-25", "税收征收管理法": "2001-04-28",
    "行政处罚法": "2021-01-22", "行政许可法": "2003-08-27", "证券法": "2019-12-28",
    "银行业监督管理法": "2003-12-27",
}  # fmt: skip
"""The day on which each was adopted or last amended, as its head says."""


@pytest.fixture(scope="module")
def laws(real_data: Path) -> dict[str, dict[str, Reading]]:
    """The laws as they are read, by suffix and name."""
    messy = real_data / "messy"
    names = sorted(path.stem for path in (messy / "gold").glob("*.txt"))
    return {
        suffix: {name: read_report(messy / suffix / f"{name}.{suffix}") for name in names}
        for suffix in ("docx", "pdf")
    }


def shown(text: str) -> str:
    """Give the characters of a text; the marks of a heading that the gold text left over aside."""
    return _UNSEEN.sub("", text).lstrip("＃")


def in_order(text: str, expected: str) -> int:
    """Count the characters of a text that stand in another in their order, by sentences first."""
    ours, theirs = text.split("。"), expected.split("。")
    count = 0
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        left, right = "。".join(ours[a:b]), "。".join(theirs[c:d])
        if kind == "equal":
            count += len(right) + 1
        else:
            matcher = SequenceMatcher(None, left, right, autojunk=False)
            count += sum(block.size for block in matcher.get_matching_blocks())
    return min(count, len(expected))


def paths(text: str) -> Iterator[tuple[str, ...]]:
    """Give the path to every article of a law: the divisions above it, and its number."""
    above: dict[str, str] = {}
    for line in map(str.strip, text.splitlines()):
        division = _DIVISION.match(line)
        level = "编" if shown(line) == "附则" else division[1] if division else ""
        article = _ARTICLE.match(line)
        if level:
            above = {kind: above[kind] for kind in _LEVELS[: _LEVELS.index(level)] if kind in above}
            above[level] = shown(line)
        elif article:
            yield (*above.values(), article[0])


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_a_law_is_read_character_by_character_in_order(
    laws: dict[str, dict[str, Reading]], suffix: str, real_data: Path
) -> None:
    assert len(laws[suffix]) == _LAWS
    for name, reading in laws[suffix].items():
        expected = shown((real_data / "messy" / "gold" / f"{name}.txt").read_text("utf-8"))
        text = shown("".join(paragraph.text for paragraph in reading.paragraphs))
        assert in_order(text, expected) >= _LEAST * max(len(expected), len(text)), name
        assert reading.report.title == name
        assert not reading.report.flaws


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_every_article_of_a_law_stands_under_its_part_chapter_and_section(
    laws: dict[str, dict[str, Reading]], suffix: str, real_data: Path
) -> None:
    for name, reading in laws[suffix].items():
        found = [
            tuple(map(shown, paragraph.heading))
            for paragraph in reading.paragraphs
            if _ARTICLE.match(paragraph.text)
        ]
        expected = list(paths((real_data / "messy" / "gold" / f"{name}.txt").read_text("utf-8")))
        assert found == expected, name


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_a_law_is_of_the_day_on_which_it_was_last_amended(
    laws: dict[str, dict[str, Reading]], suffix: str
) -> None:
    dates = {
        name.removeprefix("中华人民共和国"): str(reading.report.written)
        for name, reading in laws[suffix].items()
    }
    assert dates == AMENDED
