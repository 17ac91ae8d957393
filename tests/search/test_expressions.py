"""Regular expressions: what they find, what they show, and that none of them can hurt."""

from __future__ import annotations

import re
import tempfile
from itertools import chain
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
import re2
from hypothesis import HealthCheck, Phase, example, given, reject, settings
from hypothesis import strategies as st

import search
from indexer import compaction, fold
from search import allowance
from search.query.expressions import BadExpressionError, read_expression

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Build

TEXTS = (
    "第十二条 对违法行为处二百元罚款，情节严重的处五百元罚款。",
    "ＧＤＰ增长6.5%（按可比价格计算），比2016年高0.2个百分点。",
    "全年新增就业12/15万人；第三产业[服务业]占比提高。",
    "國民經濟和社會發展第十三个五年规划纲要",
)


@pytest.fixture(scope="module")
def index(build: Build) -> Iterator[search.Index]:
    with search.open_index(build({"report.txt": "\n\n".join(TEXTS)})) as opened:
        yield opened


def shown(index: search.Index, query: str) -> list[str]:
    hits = sorted(index.search(query, limit=None), key=lambda hit: hit.paragraph)
    return [hit.text[start:end] for hit in hits for start, end in hit.highlights]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (r"re:/第[一二三四五六七八九十]+条/", ["第十二条"]),
        (r"re:/处.百元罚款/", ["处二百元罚款", "处五百元罚款"]),
        (r"re:/处(二|五)百元/", ["处二百元", "处五百元"]),
        (r"re:/gdp|服务业/", ["ＧＤＰ", "服务业"]),
        (r"re:/ＧＤＰ增长\d+\.\d%/", ["ＧＤＰ增长6.5%"]),
        (r"re:/（[^）]+）/", ["（按可比价格计算）"]),
        (r"re:/\d+\/\d+/", ["12/15"]),
        (r"re:/\[服务业\]/", ["[服务业]"]),
        (r"re:/国民(经济)?和社会/", ["國民經濟和社會"]),
        (r"re:/國民經濟/", ["國民經濟"]),
        (r"re:/\p{Han}{3}规划/", ["个五年规划"]),
        (r"re:/增长\W?\w/", ["增长6"]),
        (r"re:/\w+建设/", []),
        (r"re:/\w+罚款/", ["对违法行为处二百元罚款", "情节严重的处五百元罚款"]),
        (r"re:/[一-龥]+規劃/", ["國民經濟和社會發展第十三个五年规划"]),
        (r"re:/[Ａ-Ｚ]+/", ["ＧＤＰ"]),
        (r"re:/[^國]民/", []),
        (r"re:/[國国]民/", ["國民"]),
        (r"re:/(?i)GDP/", ["ＧＤＰ"]),
        (r"re:/(?P<甲>就业)(?:12|13)/", ["就业12"]),
        (r"re:/\Q[服务业]\E/", ["[服务业]"]),
        (r"re:/纲要$|^國民/", ["國民", "纲要"]),
        (r"re:/新增x*就业/", ["新增就业"]),
        ("RE：／新增就业／", ["新增就业"]),
        (r"re:/罚款/ -情节", []),
        (r"-re:/\d/ 国民", ["國民"]),
        (r"re:/处.百元/ /句 情节", ["处二百元", "情节", "处五百元"]),
    ],
)
def test_what_an_expression_matches_is_found_and_shown(
    index: search.Index, query: str, found: list[str]
) -> None:
    assert shown(index, query) == found


def test_what_matches_nothing_but_emptiness_finds_nothing(index: search.Index) -> None:
    assert index.search("re:/x*/").total == 0


@pytest.mark.parametrize(
    ("query", "place", "problem"),
    [
        ("re:/罚款", "re:/罚款", "not closed"),
        ("改革 re:/[罚/", "[", "bracket of the expression is not closed"),
        ("re:/处[[:alpha:]/", "[", "bracket of the expression is not closed"),
        ("re:/(处(罚)款/", "(", "parenthesis of the expression is not closed"),
        ("re:/处罚)款/", ")", "parenthesis of the expression was not opened"),
        ("re:/处(*罚)/", "*", "nothing for"),
        ("re:/a*处+?罚+*/", "*", "repeats a repetition"),
        ("re:/处{2}罚{1001}/", "{1001}", "1,000 times"),
        ("re:/((((罚{1,99}){1,99}){1,99}){1,99})/", "{1,99}", "1,000 times"),
        ("re:/[罚-处]/", "[罚-处]", "no such range"),
        (r"re:/处\p{汉}/", r"\p{汉}", "no such range or class"),
        (r"re:/(罚)\1/", r"\1", "no meaning"),
        ("re:/处(?!罚)款/", "(?!", "stands around a match"),
        (r"re:/处[罚\W]/", r"\W", r"write \[\^\\w\]"),
        (r"re:/\pL{1000}/", r"\pL{1000}", "too large"),
        ("re:/.{1000}{0}/", "{0}", "repeats a repetition"),
        (r"re:/[\w年]{500}/", r"[\w年]{500}", "too large"),
        ("re:/" + "罚" * 201 + "/", "re:/" + "罚" * 201 + "/", "at most 200"),
        ("title:re:/罚/", "re:/罚/", "not in a field"),
    ],
)
def test_what_is_no_expression_is_told_with_its_place(
    index: search.Index, query: str, place: str, problem: str
) -> None:
    with pytest.raises(search.QueryError, match=problem) as raised:
        index.search(query)
    assert query[raised.value.start : raised.value.end] == place


def test_of_signs_that_come_again_the_wrong_one_is_named() -> None:
    with pytest.raises(BadExpressionError) as raised:
        read_expression("a*b**c**")
    assert (raised.value.start, raised.value.end) == (4, 5)


HOSTILE = [
    r"(x+x+)+y", r"(处*)*罚", r".{0,500}处.{0,499}", r".*.*.*.*.*.*罚x", r"(?s:.*)x|.",
    r"(处?){300}x", r"((((((((((处?)?)?)?)?)?)?)?)?)?)?", r"\pL{40}", r"[\w处]{100}款",
    "(" * 99 + "处" + ")" * 99,
    r"(处|罚|款|百|元){0,199}x", r"\pL{999}", r"(?:\pL|\pN|\pS){333}x", "((处.){9}){9}" * 9,
]  # fmt: skip


@pytest.mark.parametrize("expression", HOSTILE)
def test_a_hostile_expression_is_answered_or_refused_in_time(
    build: Build, monkeypatch: pytest.MonkeyPatch, expression: str
) -> None:
    monkeypatch.setattr(allowance, "MAX_SECONDS", 0.5)
    text = "\n\n".join(["# 关于处罚的通知", *["处罚款百元" * 400, "处" * 2000] * 5])
    with search.open_index(build({"hostile.md": text})) as opened:
        began = process_time()
        try:
            opened.search(f"re:/{expression}/")
        except search.QueryError as error:
            assert error.start == 0 or error.query[error.start : error.end] in expression
        assert process_time() - began < 3


ATOMS = st.one_of(
    st.sampled_from("甲乙丙aA1"),
    st.sampled_from(
        [
            ".",
            r"\d",
            r"\w",
            "[甲乙]",
            "[^甲]",
            "[a-c1]",
            "[甲a]",
            "^",
            "$",
            r"\b",
            "國",
            "①",
            "[①㈠甲]",
        ]
    ),
)
REPEATS = st.sampled_from(["", "", "", "?", "*", "+", "{2}", "{1,2}", "{0}", "{5}", "{2,}", "+?"])


def larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Sequences, ways and repetitions."""
    return st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda ways: f"({'|'.join(ways)})"),
        st.tuples(inner, REPEATS).map(lambda part: f"(?:{part[0]}){part[1]}"),
    )


REPEATED = st.tuples(ATOMS, REPEATS).map("".join)
EXPRESSIONS = st.recursive(REPEATED, larger, max_leaves=8)
SIGNS = st.sampled_from([
    *"甲乙a1()[]{}|*+?.^$\\-:,", "(?:", "(?i)", "(?P<n>", "[^", "\\Q", "\\E", "\\pL",
    "\\W", "\\x41",     "[:alpha:]", "{1,2}", "㈠", "\u200b", "Ω", "α-ω", "ꭰ", "Ꭰ",
])  # fmt: skip
SOUP = st.lists(SIGNS, max_size=12).map("".join)
TEXT = st.text("甲乙丙a1A國国。(Ωω一ꭰ", min_size=1, max_size=10).map(lambda text: f"办{text}")


def read_by_force(texts: dict[str, str], expression: str) -> dict[str, list[tuple[int, int]]]:
    """The matches in every text, without our reader of expressions."""
    options = re2.Options()
    options.log_errors = False
    program = re2.compile(expression, options)
    found = {}
    for address, text in texts.items():
        spans = [match.span() for match in program.finditer(text)]
        found[address] = [(start, end) for start, end in spans if start < end]
    return {address: spans for address, spans in found.items() if spans}


def plain(expression: str) -> str:
    r"""What is folded in an expression of `ATOMS`, and \w with ideographs, written out."""
    written = {
        "A": "a",
        "國": "国",
        "[①㈠甲]": r"(?:[1甲]|\(一\))",
        "①": "1",
        r"\w": r"[\w\p{Han}]",
    }
    for typed, meant in written.items():
        expression = expression.replace(typed, meant)
    return expression


@settings(
    max_examples=20,
    phases=set(Phase) - {Phase.shrink},  # it would build hundreds of indexes
    suppress_health_check=list(HealthCheck),
)
@given(st.lists(TEXT, min_size=9, max_size=30), st.lists(EXPRESSIONS, min_size=40, max_size=60))
def test_any_expression_finds_what_reading_every_paragraph_does(
    texts: list[str], expressions: list[str]
) -> None:
    with tempfile.TemporaryDirectory() as name, patch.object(compaction, "LARGEST", 0):
        folder, directory = Path(name) / "reports", Path(name) / "index"
        folder.mkdir()
        for number in range(3):
            report = "\n\n".join([f"# 关于{number}的通知", *texts[number::3]])
            (folder / f"{number}.md").write_text(report, "utf-8")
            search.build_index(directory, [folder])
        (folder / "1.md").unlink()
        search.build_index(directory, [folder])
        with search.open_index(directory) as index:
            folded = {
                passage.address: fold(passage.text)
                for report in index.reports()
                for passage in index.paragraphs(report.id)
            }
            for expression in expressions:
                results = index.search(f"re:/{expression}/", limit=None)
                expected = read_by_force(folded, plain(expression))
                assert {hit.address for hit in results} == expected.keys(), expression
                for hit in results:
                    shown = set(chain.from_iterable(range(*span) for span in hit.highlights))
                    spans = expected[hit.address]
                    assert shown == set(chain.from_iterable(range(*span) for span in spans))


@given(SOUP, st.lists(TEXT, max_size=5))
@example("(?i)[ꭰ-ꭲ]甲", ["办Ꭰ甲"])
@example("(?i)[À-Ö]甲", ["办Æ甲"])
@example("[㈠]甲", ["办㈠甲"])
@example("[]", ["办]甲"])
@example("[]甲]乙", ["办]乙"])
@example("[^]", ["办]甲"])
def test_what_has_to_stand_in_a_match_stands_in_every_match(
    expression: str, texts: list[str]
) -> None:
    try:
        read = read_expression(expression)
    except BadExpressionError as error:
        assert 0 <= error.start <= error.end <= len(expression)
        return
    for match in chain.from_iterable(map(read.program.finditer, map(fold, texts))):
        for strings in read.required:
            assert any(string in match[0] for string in strings)


@given(EXPRESSIONS, st.data())
def test_what_has_to_stand_in_a_match_stands_in_whatever_is_made_to_match(
    expression: str, data: st.DataObject
) -> None:
    read = read_expression(expression)
    try:
        pattern = re.compile(plain(expression).replace(r"\p{Han}", "一-龥"))
    except re.error:  # RE2 repeats what takes no room, too
        reject()
    made = data.draw(st.from_regex(pattern))
    for match in read.program.finditer(fold(made)):
        for strings in read.required:
            assert any(string in match[0] for string in strings)


@pytest.mark.parametrize(
    ("expression", "required"),
    [
        ("营商环境", [{"营商环境"}]),
        ("复议机[关构]", [{"复议机关", "复议机构"}]),
        ("(简政|放管)服", [{"简政服", "放管服"}]),
        ("第.+条", [{"第"}, {"条"}]),
        ("新增x*就业", [{"新增"}, {"就业"}]),
        ("(新增)+就业?", [{"新增"}, {"新增就", "新增就业"}]),
        ("(罚款){2,}", [{"罚款罚款"}]),
        ("甲.|乙.", [{"甲", "乙"}]),
        (r"\d年", [{f"{digit}年" for digit in range(10)}]),
        (".*", []),
        ("甲?", []),
        ("甲|", []),
    ],
)
def test_what_has_to_stand_in_a_match_is_known_from_the_expression(
    expression: str, required: list[set[str]]
) -> None:
    assert sorted(map(sorted, read_expression(expression).required)) == sorted(
        map(sorted, required)
    )


def test_what_is_rarest_is_looked_for_and_few_texts_are_read(build: Build) -> None:
    paragraphs = [f"第{number}段有很多文字。" for number in range(500)]
    text = "\n\n".join(["# 通知", *paragraphs, "罕见之事在此文字。"])
    with (
        search.open_index(build({"a.md": text})) as opened,
        patch("search.scanning.fold", side_effect=fold) as reading,
    ):
        assert opened.search("re:/罕.之事.*文字/").total == 1
        assert reading.call_count == 1
