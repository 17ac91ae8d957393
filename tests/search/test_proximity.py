"""What stands near what: against a reading of every paragraph, and by single examples."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

import search
from indexer import compaction
from search import QueryError
from search.query import parse

from .meaning import meaning
from .oracle import Oracle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Build

QUERIES = (Path(__file__).with_name("near_queries.txt")).read_text("utf-8").splitlines()

TEXT = """\
# 关于各项工作的通知

各科室：

## 一、总体要求

坚持农村教育优先。改善办学条件，加强农村建设！

加强监督？教育为本。

## 二、保障措施

优化营商环境，推进监督。

落实责任。
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
        ("农村 /句 优先", [["农村", "优先"]]),
        ("农村 /句 条件", [["条件", "农村"]]),
        ("优先 /句 条件", []),
        ("优先 /段 条件", [["优先", "条件"]]),
        ("条件 /段 优先", [["优先", "条件"]]),
        ("条件 >段 优先", []),
        ("优先 /段 监督", []),
        ("优先 /节 监督", [["优先"], ["监督"]]),
        ("监督 >节 优先", []),
        ("优先 /节 营商", []),
        ("加强 /句 为本", []),
        ("坚持 /4 优先", [["坚持", "优先"]]),
        ("坚持 /3 优先", []),
        ("优先 /4 坚持", [["坚持", "优先"]]),
        ("优先 >4 坚持", []),
        ("农村教育 /0 优先", [["农村教育", "优先"]]),
        ("农村 /0 村教", [["农村教"]]),
        ("农村 >0 村教", []),
        ("加强 /句 (建设 OR 监督)", [["加强", "建设"], ["加强", "监督"]]),
        ("(优先 条件) /节 监督", [["优先", "条件"], ["监督"]]),
        ("(优先 监督) /节 教育", []),
        ("农村 >句 教育 >句 优先", [["农村", "教育", "优先"]]),
        ("农村 /句 教育 /4 坚持", [["坚持", "农村", "教育"]]),
        ('"优先。改善" /段 坚持', [["坚持", "优先。改善"]]),
        ('"优先。改善" /句 坚持', []),
    ],
)
def test_a_distance_holds_by_its_unit_and_its_order(
    index: search.Index, query: str, highlights: list[list[str]]
) -> None:
    assert found(index, query) == highlights


@pytest.mark.parametrize(
    ("other", "query"),
    [
        ("农村 ／句 优先", "农村 /句 优先"),
        ("农村 /s 优先", "农村 /句 优先"),
        ("农村 ／Ｓ 优先", "农村 /句 优先"),
        ("农村 /節 优先", "农村 /节 优先"),
        ("农村 >p 优先", "农村 >段 优先"),
        ("农村 ＞h 优先", "农村 >节 优先"),
        ("农村 ＞５ 优先", "农村 >5 优先"),
        ("(农村 /句 优先) /10 坚持", "农村 /句 优先 /10 坚持"),
    ],
)
def test_signs_may_be_full_width_or_latin_and_chains_go_from_the_left(
    other: str, query: str
) -> None:
    assert meaning(parse(other)) == meaning(parse(query))


def test_a_heading_line_stands_in_the_section_that_it_opens(index: search.Index) -> None:
    assert found(index, "总体 >节 优先") == [["总体"], ["优先"]]
    assert found(index, "保障 /节 责任") == [["保障"], ["责任"]]
    assert found(index, "总体 /节 责任") == []


def test_a_section_ends_with_its_report(build: Build) -> None:
    texts = {"a.md": "# 通知\n\n甲方在此。\n", "b.md": "# 通知\n\n乙方在此。\n"}
    with search.open_index(build(texts)) as index:
        assert index.search("在此 /节 通知").total == 4
        assert index.search("甲方 /节 乙方").total == 0


def test_words_within_a_chain_are_as_far_apart_as_their_own_match(build: Build) -> None:
    text = "# 通知\n\n甲方乙方丙方，" + "中间还有许多别的话" * 3 + "丁方。" + "甲方在后"
    with search.open_index(build({"a.md": text})) as index:
        assert found(index, "((甲方 /段 乙方) /段 丙方) /句 丁方") == [
            ["甲方", "乙方", "丙方", "丁方"]
        ]
        assert found(index, "(甲方 乙方 丙方) /句 丁方") == [["甲方", "乙方", "丙方", "丁方"]]


def test_a_word_written_twice_is_a_run_of_itself(build: Build) -> None:
    text = "# 通知\n\n经济经济工作。\n\n经济，工作。\n"
    with search.open_index(build({"a.md": text})) as index:
        assert found(index, "经济经济 /句 工作") == [["经济经济", "工作"]]


def test_too_many_pairs_are_refused_at_the_sign_that_asks_for_them(build: Build) -> None:
    text = "# 通知\n\n" + "甲方乙方" * 3000
    with search.open_index(build({"a.md": text})) as index:
        assert index.search("甲方 /段 乙方").total == 1
        with pytest.raises(QueryError, match="too many places") as caught:
            index.search("甲方 /段 乙方 /2 丙方")
        assert (caught.value.start, caught.value.end) == (9, 11)


def same_as_read(index: search.Index, oracle: Oracle, query: str) -> None:
    """Compare the hits of a query and their highlights with those of a plain reading."""
    results = index.search(query, limit=None, relax=False)
    assert {hit.address: hit.highlights for hit in results} == oracle.answer(parse(query)), query
    assert results.total == len(results)


@pytest.fixture(scope="module")
def real_oracle(real_index: search.Index) -> Oracle:
    return Oracle(real_index)


def test_queries_of_words_that_stand_near_answer_on_real_reports_as_a_reading_does(
    real_index: search.Index, real_oracle: Oracle
) -> None:
    for query in QUERIES[::5]:
        same_as_read(real_index, real_oracle, query)


@pytest.mark.slow
def test_300_queries_answer_on_real_reports_as_a_reading_does(
    real_index: search.Index, real_oracle: Oracle
) -> None:
    assert len(QUERIES) >= 300
    for query in QUERIES:
        same_as_read(real_index, real_oracle, query)


LETTERS = "甲乙经經政aAＡ1１23.，。！？?!~ "
SHORT = st.text("甲乙经政a1", min_size=1, max_size=3)
LEAVES = st.one_of(
    SHORT,
    SHORT,
    st.text("甲乙經政Ａ1。，?a", min_size=1, max_size=3).map('"{}"'.format),
    st.text("甲乙经政a1?", min_size=2, max_size=4).map("{}~".format),
    st.text("甲乙经a?", min_size=2, max_size=4),
    st.tuples(SHORT, SHORT).map("{0[0]}?{0[1]}".format),
    SHORT.map("{}*".format),
    SHORT.map("*{}".format),
)
SIGNS = st.sampled_from(["/句", ">句", "/段", ">p", "/节", "＞节", "/0", "/2", ">1", "＞９"])


def near(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Chains and groups of operands."""
    chain = st.tuples(inner, SIGNS, inner, SIGNS, inner).map(" ".join)
    pair = st.tuples(inner, SIGNS, inner).map(" ".join)
    both, either = (st.tuples(inner, inner).map(join.join) for join in (" ", " OR "))
    return st.one_of(pair, chain, both, either).map("({})".format)


OPERANDS = st.recursive(LEAVES, near, max_leaves=6)
WHOLE = st.recursive(
    OPERANDS,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map("({0[0]} {0[1]})".format),
        st.tuples(inner, inner).map("({0[0]} OR {0[1]})".format),
        st.tuples(inner, inner).map("({0[0]} -{0[1]})".format),
    ),
    max_leaves=3,
)
PARAGRAPHS = st.lists(
    st.tuples(
        st.sampled_from(["", "", "", "## 一、甲乙\n\n", "## 二、经政a1\n\n", "### 乙\n\n"]),
        st.text(LETTERS, min_size=1, max_size=14),
    ).map("办".join),
    min_size=1,
    max_size=6,
)


def write(folder: Path, name: str, paragraphs: list[str]) -> None:
    text = "\n\n".join([f"# 关于{name}的通知", *paragraphs])
    (folder / f"{name}.md").write_text(text, "utf-8")


@settings(
    max_examples=20,
    phases=set(Phase) - {Phase.shrink},  # it would build hundreds of indexes
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(PARAGRAPHS, min_size=4, max_size=5), st.lists(WHOLE, min_size=40, max_size=60))
def test_any_query_over_several_segments_and_deletions_answers_as_a_reading_does(
    reports: list[list[str]], queries: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name, patch.object(compaction, "LARGEST", 0):
        folder, directory = Path(name) / "reports", Path(name) / "index"
        folder.mkdir()
        batches = [reports[:3], *([report] for report in reports[3:])]
        for number, batch in enumerate(batches):
            for place, report in enumerate(batch):
                write(folder, f"{number}{place}", report)
            search.build_index(directory, [folder])
        (folder / "01.md").unlink()
        search.build_index(directory, [folder])
        with search.open_index(directory) as index:
            oracle = Oracle(index)
            for query in queries:
                try:
                    parse(query)
                except QueryError:
                    continue
                same_as_read(index, oracle, query)
