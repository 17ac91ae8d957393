"""Near-duplicates: how alike reports are, and that those that are alike are linked."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import search
from indexer.similarity import SKETCH_BYTES, fingerprint, link, sketch
from tests.generated import examples

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LETTERS = [chr(code) for code in range(0x4E00, 0x4E00 + 800)]


def text(seed: int, size: int) -> str:
    return "".join(random.Random(seed).choices(LETTERS, k=size))


def shingles(letters: str) -> set[str]:
    return {letters[start : start + 5] for start in range(len(letters) - 4)}


def likeness(one: str, other: str) -> float:
    """The coefficient itself."""
    return len(shingles(one) & shingles(other)) / len(shingles(one) | shingles(other))


def links(texts: Sequence[str]) -> dict[tuple[int, int], float]:
    found = link(list(map(sketch, texts)))
    rows = zip(found.first.tolist(), found.second.tolist(), found.percent.tolist(), strict=True)
    return {(first, second): percent / 100 for first, second, percent in rows}


def test_texts_that_share_a_part_are_linked_by_how_large_it_is() -> None:
    """Within four standard errors, both ways, and those that share little are not."""
    common = text(0, 3000)
    texts = [common + text(number + 1, 300 * number) for number in range(0, 12, 2)]
    found = links(texts)
    for first, one in enumerate(texts):
        for second, other in enumerate(texts):
            expected = likeness(one, other)
            if first != second and expected > 0.66:
                assert found[first, second] == pytest.approx(expected, abs=0.16)
                assert found[first, second] == found[second, first]
    assert links([text(1, 2000), text(2, 2000)]) == {}


def test_signs_and_spaces_make_no_difference() -> None:
    one = text(3, 500)
    assert sketch(one) == sketch("，\n ".join(one[start : start + 7] for start in range(0, 500, 7)))


@examples(60)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_has_a_sketch_and_the_same_text_the_same(one: str, other: str) -> None:
    assert len(sketch(one)) == SKETCH_BYTES
    assert sketch(one + other) == sketch(one + other)
    if len(list(filter(str.isalnum, one))) >= 5:
        assert links([one, other, one])[0, 2] == 1.0
    else:
        assert (0, 0) not in links([one, other, one])


def test_many_that_are_the_same_are_each_linked_to_some() -> None:
    same = text(5, 400)
    found = links([same] * 100)
    assert {first for first, _ in found} == set(range(100))
    assert set(found.values()) == {1.0}


def test_no_reports_have_no_links() -> None:
    assert links([]) == {}


def test_a_reader_is_told_which_reports_are_nearly_the_same(tmp_path: Path) -> None:
    """Another site's copy with a note of its own, but not another report."""
    body = "\n\n".join(text(number, 200) + "。" for number in range(9))
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "one.txt").write_text(f"甲市2020年政府工作报告\n\n{body}\n", "utf-8")
    (folder / "copy.txt").write_text(f"甲市2020年政府工作报告\n\n{body}\n\n来自他处。\n", "utf-8")
    (folder / "other.txt").write_text(f"乙市2020年政府工作报告\n\n{text(50, 900)}\n", "utf-8")
    search.build_index(tmp_path / "index", folder)
    with search.open_index(tmp_path / "index") as index:
        by_name = {report.sources[0].rsplit("/", 1)[1]: report for report in index.reports()}
        (near,) = index.near(by_name["one.txt"].id)
        assert near.report == by_name["copy.txt"]
        assert 0.9 < near.similarity <= 1.0
        assert [one.report for one in index.near(by_name["copy.txt"].id)] == [by_name["one.txt"]]
        assert index.near(by_name["other.txt"].id) == ()


def test_the_same_text_has_one_fingerprint_wherever_its_lines_break() -> None:
    texts = ["深化“放管服”改革。", "深化放管服改革。", "增长6.5%。", "增长65%。", ""]
    assert len({fingerprint(one) for one in texts}) == len(texts)
    assert fingerprint("深化 改革。") == fingerprint("深化\n改革。") == fingerprint("深化改革。")
