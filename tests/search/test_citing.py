"""Citations: what they say, and that no report can say more through them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import search
from search.citing import Style, cite
from search.rendering import is_hazard
from search.results import Passage

REPORT = search.Report(
    id="0123456789ab",
    sources=("/reports/notice.pdf",),
    title="关于深化改革的通知",
    kind="通知",
    issuer="国务院办公厅",
    number="国办发〔2017〕24号",
    written=date(2017, 3, 1),
)
PASSAGE = Passage(
    "0123456789ab:12", REPORT, 12, ("一、总体要求", "（二）基本原则。"), "坚持依法行政。", "", 3
)

TEXTS = st.text(
    st.one_of(
        st.sampled_from("\\{}[]()<>*_`#|~$&%^@:=!-+\"'.\n\r\x1b\u202e\u200b 1改"), st.characters()
    )
)


def with_title(title: str) -> Passage:
    return replace(PASSAGE, report=replace(REPORT, title=title))


def test_gbt_7714_has_body_title_number_type_date_page_and_paragraph() -> None:
    assert cite(PASSAGE) == (
        "国务院办公厅. 关于深化改革的通知: 国办发〔2017〕24号[Z]. "
        "2017-03-01: 3, 第12段, 一、总体要求 › （二）基本原则."
    )


@pytest.mark.parametrize(
    ("kind", "sign"),
    [("政府工作报告", "R"), ("统计公报", "R"), ("报告", "R"), ("通知", "Z"), ("", "Z")],
)
def test_the_type_is_that_of_the_kind_of_report(kind: str, sign: str) -> None:
    assert f"[{sign}]. " in cite(replace(PASSAGE, report=replace(REPORT, kind=kind)))


def test_more_than_three_bodies_are_cut_short() -> None:
    for issuer, named in (
        ("甲局、乙局、丙局", "甲局, 乙局, 丙局. "),
        ("甲局、乙局、丙局、丁局", "甲局, 乙局, 丙局, 等. "),
    ):
        cited = cite(replace(PASSAGE, report=replace(REPORT, issuer=issuer)))
        assert cited.startswith(named)


def test_what_is_not_known_is_left_out() -> None:
    bare = Passage(
        "0123456789ab:1", search.Report("0123456789ab", ("/a/b.txt",)), 1, (), "文", "", 0
    )
    assert cite(bare) == "b.txt[Z]. 第1段."
    assert cite(bare, "markdown") == "《b\\.txt》，第1段（`0123456789ab:1`）"
    assert cite(bare, "bibtex") == (
        "@misc{0123456789ab-1,\n  title       = {{b.txt}},\n  note        = {第1段},\n}"
    )


def test_bibtex_has_the_fields_of_a_report_or_of_another_document() -> None:
    notice = cite(PASSAGE, "bibtex")
    assert notice.startswith("@misc{0123456789ab-12,\n")
    assert re.findall(r"^  (\w+) +=", notice, re.MULTILINE) == [
        "author", "title", "number", "date", "year", "pages", "note",
    ]  # fmt: skip
    report = cite(replace(PASSAGE, report=replace(REPORT, kind="政府工作报告")), "bibtex")
    assert report.startswith("@techreport{")
    assert "  institution = {国务院办公厅},\n" in report


def test_markdown_is_one_line_for_notes() -> None:
    assert cite(PASSAGE, "markdown") == (
        "国务院办公厅：《关于深化改革的通知》（国办发〔2017〕24号），2017-03-01，"
        "一、总体要求 › （二）基本原则，第12段（`0123456789ab:12`）"
    )


def test_a_style_that_there_is_not_is_refused() -> None:
    with pytest.raises(ValueError, match="gbt7714, markdown, bibtex"):
        cite(PASSAGE, "apa")  # type: ignore[arg-type]


@pytest.mark.parametrize("style", get_args(Style))
@given(title=TEXTS)
def test_a_citation_shows_control_and_invisible_characters_by_name(
    style: Style, title: str
) -> None:
    cited = cite(with_title(title), style)
    assert not any(map(is_hazard, cited.replace("\n", "")))
    assert cited.count("\n") == cite(PASSAGE, style).count("\n")


@given(TEXTS)
def test_no_title_opens_or_closes_a_field_of_bibtex(title: str) -> None:
    entry = cite(with_title(title), "bibtex")
    depth = 0
    for line in entry.split("\n")[1:-1]:
        assert depth == 0
        depth += line.count("{") - line.count("}")
    value = re.search(r"^  title       = \{\{(.*)\}\},$", entry, re.MULTILINE)
    assert value
    plain = re.sub(
        r"\\text(backslash|braceleft|braceright|asciitilde|asciicircum)\{\}", "", value[1]
    )
    assert re.findall(r"(?<!\\)[$&#%_]|[{}~^]", plain) == []


@given(TEXTS)
def test_no_title_makes_structure_in_markdown(title: str) -> None:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = parser.parse(cite(with_title(title), "markdown"))
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    assert {token.type for token in tokens[1].children or []} <= {"text", "code_inline"}
