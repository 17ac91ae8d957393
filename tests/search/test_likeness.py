"""`similar:`: paragraphs near in wording to one, against comparing it with every other."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import search
from indexer import fold
from search.likeness import LEAST, RUN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

PARAGRAPHS = (
    "深化放管服改革，优化营商环境，激发市场主体活力。",
    "深化放管服改革，持续优化营商环境，激发市场主体活力。",
    "深化“放管服”改革，优化营商环境。",
    "激发市场主体活力，激发市场主体活力，激发市场主体活力。",
    "加强组织领导，压实工作责任。",
    "加强组织领导",
    "组织",
    "组织领导",
    "好",
    "ＡＢＣ工作组 会议",
    "abc工作组 会议纪要",
)


@pytest.fixture(scope="module")
def index(build: Callable[[dict[str, str]], Path]) -> Iterator[search.Index]:
    """Those paragraphs in three reports, one of which was taken out of a full index."""
    texts = {f"{number}.txt": "\n\n".join(PARAGRAPHS[number::2]) + "\n" for number in range(2)} | {
        "gone.txt": "\n\n".join(PARAGRAPHS[:4]) + "\n\n另一份。\n"
    }
    directory = build(texts)
    (directory.parent / "reports" / "gone.txt").unlink()
    search.build_index(directory, directory.parent / "reports")
    with search.open_index(directory) as opened:
        yield opened


def runs(text: str, size: int) -> list[str]:
    return [text[start : start + size] for start in range(len(text) - size + 1)]


def similarity(one: str, other: str) -> float:
    """The coefficient, as it is written."""
    size = min(RUN, len(one))
    own, others = set(runs(one, size)), runs(other, size)
    shared = len(own & set(others))
    return shared / (len(own) + len(others) - shared) if shared else 0.0


def expected(index: search.Index, address: str) -> dict[str, float]:
    own = fold(index.get(address).text)
    found = {
        passage.address: similarity(own, fold(passage.text))
        for report in index.reports()
        for passage in index.paragraphs(report.id)
        if passage.address != address
    }
    return {other: value for other, value in found.items() if value >= LEAST}


def found(index: search.Index, address: str) -> dict[str, float]:
    hits = index.search(f"similar:{address}", limit=None).hits
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    return {hit.address: hit.score for hit in hits}


def test_paragraphs_near_in_wording_are_found_by_their_similarity(index: search.Index) -> None:
    for report in index.reports():
        for passage in index.paragraphs(report.id):
            address = passage.address
            assert found(index, address) == pytest.approx(expected(index, address))


@pytest.mark.parametrize("seed", range(12))
def test_so_they_are_in_the_bundled_reports(samples: search.Index, seed: int) -> None:
    report = random.Random(seed).choice(samples.reports())
    passage = random.Random(seed).choice(samples.paragraphs(report.id))
    address = passage.address
    assert found(samples, address) == pytest.approx(expected(samples, address))


@settings(max_examples=25)
@given(st.lists(st.text("甲乙丙。", min_size=1, max_size=30), min_size=2, max_size=5))
def test_so_they_are_in_texts_that_repeat_themselves(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("texts")
    (folder / "a.txt").write_text("标题一行\n\n" + "\n\n".join(texts) + "\n", "utf-8")
    search.build_index(folder / "index", folder / "a.txt")
    with search.open_index(folder / "index") as index:
        (report,) = index.reports()
        for passage in index.paragraphs(report.id):
            address = passage.address
            assert found(index, address) == pytest.approx(expected(index, address))


def test_to_a_report_all_paragraphs_of_those_near_to_it_are_similar(tmp_path: Path) -> None:
    body = [f"第{number}条 各级机关应当依法办理第{number}类事项。" for number in range(60)]
    (tmp_path / "reports").mkdir()
    for name, lines in (
        ("a.txt", body), ("b.txt", [*body[:55], "附则。"]), ("c.txt", body[:40]),
        ("other.txt", ["关于防汛的通知", "请落实防汛责任。"]),
    ):  # fmt: skip
        (tmp_path / "reports" / name).write_text("\n\n".join(lines) + "\n", "utf-8")
    search.build_index(tmp_path / "index", tmp_path / "reports")
    with search.open_index(tmp_path / "index") as index:
        for report in index.reports():
            near = {one.report.id: one.similarity for one in index.near(report.id)}
            every = {
                passage.address: similarity
                for other, similarity in near.items()
                for passage in index.paragraphs(other)
            }
            assert found(index, report.id) == pytest.approx(every)
        assert len(index.near(index.search("附则").hits[0].report.id)) == 2


def test_likeness_goes_with_words_and_with_not(samples: search.Index) -> None:
    address = samples.search("现在，我代表市人民政府，向大会报告工作").hits[0].address
    near = set(found(samples, address))
    assert near
    words = {hit.address for hit in samples.search("审议", limit=None)}
    both = {hit.address for hit in samples.search(f"审议 相似:{address}", limit=None)}
    assert both == near & words
    without = {hit.address for hit in samples.search(f"审议 -相似:{address}", limit=None)}
    assert without == words - near
