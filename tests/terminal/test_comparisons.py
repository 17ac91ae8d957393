"""`baogao compare` and `baogao similar`: what came and went, and changes marked in the text."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

import pytest
from wcwidth import wcswidth

import search

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from .conftest import Outcome

    Run = Callable[..., Outcome]
    Show = Callable[..., str]

ANSI = re.compile("\x1b\\[[0-9;]*m|\x1b\\]8;;.*?\x1b\\\\")
OLD = """\
深入推进简政放权，加强事中事后监管，优化政务服务。

城镇新增就业十二万人，居民收入稳步增长。

修建水库三座，疏浚河道。
"""
NEW = """\
深入推进简政放权，创新事中事后监管，优化政务服务。

城镇新增就业十二万人，居民收入稳步增长。

开通地铁二号线，票价两元。
"""


@pytest.fixture(scope="module")
def two(build: Callable[..., Path]) -> Path:
    return build({"old.md": OLD, "new.md": NEW})


@pytest.fixture(scope="module")
def ids(two: Path) -> tuple[str, str]:
    with search.open_index(two) as index:
        old, new = (index.search(word).hits[0].report.id for word in ("水库", "地铁"))
    return old, new


@pytest.fixture(scope="module")
def years(samples: search.Index) -> tuple[str, str]:
    reports = [one for one in samples.reports() if one.kind == "政府工作报告"]
    before, after = (next(one for one in reports if one.year == year) for year in (2016, 2017))
    return before.id, after.id


def test_changes_stand_in_the_text(baogao: Run, two: Path, ids: tuple[str, str]) -> None:
    old, new = ids
    shown = baogao("compare", *ids, "--paragraphs", "--index", two)
    _, _, *lines = shown.output.splitlines()
    assert [line for line in lines if line] == [
        "1 paragraph kept as it was",
        "1 paragraph reworded",
        f"{old}:1 → {new}:1 ≈ 77%",
        "深入推进简政放权，[-加强-]{+创新+}事中事后监管，优化政务服务。",
        "1 new paragraph",
        f"+ {new}:3 开通地铁二号线，票价两元。",
        "1 paragraph gone",
        f"− {old}:3 修建水库三座，疏浚河道。",
    ]
    assert shown.status == 0


def test_changes_are_coloured_on_a_terminal(
    terminal: Show, two: Path, ids: tuple[str, str]
) -> None:
    shown = terminal(80, "compare", *ids, "--index", two)
    assert "，\x1b[9;31m加强\x1b[0m\x1b[4;32m创新\x1b[0m事中" in shown
    assert "[-" not in shown


def test_texts_with_little_in_common_stand_below_one_another(
    baogao: Run, build: Callable[..., Path]
) -> None:
    directory = build({
        "a.txt": "坚持稳中求进工作总基调，粮食生产再获丰收，农民收入增加。\n",
        "b.txt": "坚持稳中求进工作总基调，工业企业利润回升，城市面貌一新。\n",
    })  # fmt: skip
    shown = baogao("compare", "粮食", "工业", "--paragraphs", "--index", directory).output
    assert "− 坚持稳中求进工作总基调，[-粮食生产再获丰收，农民收入增加-]。" in shown
    assert "+ 坚持稳中求进工作总基调，{+工业企业利润回升，城市面貌一新+}。" in shown


@pytest.mark.parametrize("columns", [24, 40, 80, 120])
@pytest.mark.parametrize(
    "line", ["compare A B", "compare 年份:2018 年份:2021 --words", "similar 5391ac510e5a:5"]
)
def test_no_line_is_wider_than_the_terminal(
    terminal: Show, years: tuple[str, str], line: str, columns: int
) -> None:
    words = [dict(zip("AB", years, strict=True)).get(word, word) for word in line.split()]
    lines = ANSI.sub("", terminal(columns, *words)).splitlines()
    assert lines
    assert [line for line in lines if wcswidth(line) > columns] == []


def test_phrases_are_those_of_the_api(
    baogao: Run, samples: search.Index, years: tuple[str, str]
) -> None:
    words = samples.compare(*years, parts=["words"], limit=3).words
    assert words
    shown = baogao("compare", *years, "--words", "-n", "3").output
    tables = [block.splitlines() for block in shown.split("\n\n")[1:]]
    kinds = {"came": words.came, "went": words.went, "grew": words.grew, "shrank": words.shrank}
    expected = {kind: phrases for kind, phrases in kinds.items() if phrases}
    assert expected
    assert [table[0].split()[-1] for table in tables] == list(expected)
    for table, phrases in zip(tables, expected.values(), strict=True):
        assert [line.split() for line in table[1:]] == [
            [
                f"{one.keyness:,.1f}", str(one.before), str(one.after),
                f"{one.rate_before:.2f}", f"{one.rate_after:.2f}", one.text,
            ]
            for one in phrases
        ]  # fmt: skip


def test_a_comparison_as_data_is_that_of_the_api(
    baogao: Run, samples: search.Index, years: tuple[str, str]
) -> None:
    expected = samples.compare(*years, limit=5).to_dict()
    shown = baogao("compare", *years, "-n", "5", "--format", "json").output
    assert json.loads(shown) == {"version": 1, **json.loads(json.dumps(expected))}
    words = baogao("compare", *years, "-n", "5", "--words", "--format", "json").output
    assert json.loads(words)["paragraphs"] is None
    assert json.loads(words)["words"] == json.loads(shown)["words"]


def test_what_has_no_paragraphs_is_told_by_the_exit_status(baogao: Run) -> None:
    shown = baogao("compare", "这句话哪里也没有", "年份:2017")
    assert shown.status == 1
    assert shown.errors == "nothing found for 这句话哪里也没有\n"
    assert baogao("compare", "年份:abc", "年份:2017").status == 2


def test_a_year_by_itself_is_told_to_be_taken_for_a_word(baogao: Run) -> None:
    told = baogao("compare", "2018", "年份:2021").errors
    assert "2018 was looked for as a word; the reports of that year are year:2018" in told
    assert "year:" not in baogao("compare", "年份:2018", "年份:2021").errors


def test_similar_paragraphs_show_what_is_worded_otherwise(
    baogao: Run, two: Path, ids: tuple[str, str]
) -> None:
    old, new = ids
    shown = baogao("similar", f"{old}:1", "--index", two)
    address, text = shown.output.splitlines()
    assert re.fullmatch(rf"≈ \d\d% {new}:1 .+", address)
    assert text == "深入推进简政放权，[-加强-]{+创新+}事中事后监管，优化政务服务。"
    record = json.loads(baogao("similar", f"{old}:1", "--index", two, "--format", "json").output)
    assert record["passage"]["address"] == f"{old}:1"
    assert [one["passage"]["address"] for one in record["similar"]] == [f"{new}:1"]


def test_what_is_like_nothing_is_told_by_the_exit_status(
    baogao: Run, two: Path, ids: tuple[str, str]
) -> None:
    shown = baogao("similar", f"{ids[0]}:3", "--index", two)
    assert (shown.status, shown.output) == (1, "")
    assert shown.errors == f"nothing is worded like {ids[0]}:3\n"
    assert baogao("similar", "abcdef:1").status == 2


def test_similar_reports_are_those_that_say_nearly_the_same(
    baogao: Run, build: Callable[..., Path]
) -> None:
    text = "\n".join(f"第{number}项工作已经按期完成，成效明显。\n" for number in range(30))
    directory = build({"a.md": text, "b.md": text + "\n另有一项工作正在推进。\n"})
    with search.open_index(directory) as index:
        report = index.reports()[0]
        (near,) = index.near(report.id)
    shown = baogao("similar", report.id, "--index", directory)
    assert shown.status == 0
    assert shown.output.startswith(f"≈ {near.similarity:.0%} {near.report.id} ")
    record = json.loads(
        baogao("similar", report.id, "--index", directory, "--format", "json").output
    )
    assert record["report"]["id"] == report.id
    assert [one["id"] for one in record["near"]] == [near.report.id]


@pytest.mark.parametrize("form", ["text", "json"])
def test_hostile_text_is_shown_and_not_obeyed(
    baogao: Run, terminal: Show, build: Callable[..., Path], form: str
) -> None:
    hostile = "各区要\x1b[2J\u202e落实\x9b责任\u200b，加强监管，优化服务。"
    directory = build({"a.md": f"{hostile}\n", "b.md": hostile.replace("加强", "\x1b]创新") + "\n"})
    with search.open_index(directory) as index:
        address = index.search("加强").hits[0].address
    for line in (("similar", address), ("compare", "加强", "创新", "--paragraphs")):
        shown = baogao(*line, "--index", directory, "--format", form)
        assert shown.status == 0
        assert "创新" in shown.output
        seen = shown.output + terminal(80, *line, "--index", directory, NO_COLOR="1")
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u202e]", seen)
