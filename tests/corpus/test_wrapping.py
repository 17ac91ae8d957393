"""From lines to paragraphs, without losing or inventing a character."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from corpus import UnreadableReport, read_bytes

LONG = "全市上下团结一心，扎实推进各项工作，经济社会发展取得新的成效，各方面都有新的进步。" * 2


def texts(text: str, name: str = "r.txt") -> list[str]:
    return [p.text for p in read_bytes(text.encode(), name).paragraphs]


def test_one_paragraph_a_line_stays_so() -> None:
    lines = [LONG, "一、成效", LONG, LONG]
    assert texts("\n".join(lines)) == lines


def test_lines_broken_at_links_are_joined_where_blank_lines_part_paragraphs() -> None:
    text = "\n\n".join(
        [
            "各位代表：",
            LONG,
            "——\n对外开放\n深入推进。全年新增企业一千家。",
            LONG,
            "实施《\n规划纲要\n》。",
            LONG,
        ]
    )
    assert texts(text)[2] == "——对外开放深入推进。全年新增企业一千家。"
    assert texts(text)[4] == "实施《规划纲要》。"


def test_a_line_of_zero_width_characters_breaks_no_sentence() -> None:
    text = "\n\n".join([LONG, "总量达到74.4\n\u200b\n万亿元。", LONG, LONG])
    assert texts(text)[1] == "总量达到74.4万亿元。"


def test_lines_cut_at_a_fixed_width_are_joined() -> None:
    whole = "全市生产总值比上年增长百分之六点五而财政收入比上年增长百分之八点一并且物价保持基本稳定"
    lines = [whole[i : i + 20] for i in range(0, len(whole), 20)]
    text = "\n".join(["\u3000\u3000" + lines[0], *lines[1:]] * 3)
    assert texts(text) == [whole] * 3


def test_latin_words_are_joined_by_a_space_and_chinese_by_none() -> None:
    text = "\n\n".join([LONG, "支持\nopen\nsource\n社区，PM\n2.5下降。", *[LONG] * 5])
    assert texts(text)[1] == "支持open source社区，PM2.5下降。"


def test_a_torn_bracket_or_comma_is_joined_even_with_one_paragraph_a_line() -> None:
    text = "\n".join([LONG, "（\n三\n）深化改革", LONG, "第一，\n坚持以人为本。", LONG])
    assert texts(text) == [LONG, "（三）深化改革", LONG, "第一，坚持以人为本。", LONG]


def test_a_numbered_heading_is_not_run_together_with_its_neighbours() -> None:
    text = "\n\n".join([LONG, f"{LONG}\n（一）加强领导。\n明确责任分工。", LONG, LONG])
    assert texts(text)[1:4] == [LONG, "（一）加强领导。", "明确责任分工。"]


def test_an_addressee_is_a_paragraph_of_its_own() -> None:
    assert texts("\n\n".join(["各位代表：\n现在报告工作。", LONG, LONG]))[0] == "各位代表："


def test_the_meeting_line_is_whole() -> None:
    text = f"工作报告\n——2021年2月3日在某市第三届\n人民代表大会第一次会议上\n各位代表：\n{LONG}"
    assert texts(text)[1] == "——2021年2月3日在某市第三届人民代表大会第一次会议上"


def test_a_title_set_over_several_lines_is_one_paragraph() -> None:
    markup = (
        "<head><title>某市人民政府关于加强河道管理工作的通知</title></head>"
        f"<p>某市人民政府关于加强</p><p>河道 管理<br>工作的通知</p><p>{LONG}</p>"
    )
    assert texts(markup, "r.html") == ["某市人民政府关于加强河道 管理工作的通知", LONG]


def test_what_a_law_says_of_its_adoption_is_not_part_of_its_title() -> None:
    history = "（2001年3月5日云溪市第一届人民代表大会常务委员会通过 " + "修正 " * 20 + "）"
    body = "\n\n".join(f"第{number}条 为了规范养犬，制定本条例。" for number in "一二三四五六")
    assert texts(f"云溪市养犬管理条例\n{history}\n\n{body}")[:2] == ["云溪市养犬管理条例", history]


def test_a_text_without_breaks_is_parted_at_sentence_ends() -> None:
    sentence = "全市生产总值比上年增长百分之六，城镇新增就业十二万人。"
    parts = texts(sentence * 60)
    assert "".join(parts) == sentence * 60
    assert len(parts) > 3
    assert all(part.endswith("。") and len(part) <= 330 for part in parts)


def test_numbered_sentences_of_such_a_text_begin_paragraphs() -> None:
    sentence = "全市生产总值比上年增长百分之六，城镇新增就业十二万人。"
    parts = texts(sentence * 30 + "（二）改善民生。" + sentence * 30)
    assert any(part.startswith("（二）改善民生。") for part in parts)


def test_a_long_paragraph_among_others_stays_whole() -> None:
    long = "推进重点项目建设，完善配套政策措施。" * 100
    assert long in texts("\n".join([long, *[LONG] * 9]))


def test_control_characters_are_removed_and_tabs_kept() -> None:
    assert texts("甲\x01\x7f乙\x1b[31m\t丙") == ["甲乙[31m\t丙"]


def test_zero_width_characters_are_kept_inside_and_dropped_at_the_ends() -> None:
    assert texts("\u200b\u3000报\u200d告\ufeff ") == ["报\u200d告"]


PIECES = st.sampled_from(
    [
        "全市生产总值增长百分之六", "民生得到改善。", "一、经济", "（二）民生", "1.", "①",
        "一是", "第一，", "（", "）", "《", "》", "，", "：", "；", "！", "——",
        "各位代表：", "plain words", "2025", "\t", " ", "\u3000\u3000", "\u200b", LONG,
    ]
)  # fmt: skip
LINES = st.lists(st.lists(PIECES, max_size=4).map("".join), min_size=1, max_size=30)
_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")


@given(lines=LINES, end=st.sampled_from(["\n", "\r\n", "\n\n", "\r"]))
def test_the_paragraphs_together_are_the_text(lines: list[str], end: str) -> None:
    """Among these pieces none is furniture, so that nothing may go."""
    text = "起始行没有标点\n" + LONG + end + end.join(lines) + end + LONG
    joined = "".join(texts(text))
    assert _UNSEEN.sub("", joined) == _UNSEEN.sub("", text)


@given(text=st.text(max_size=200))
def test_paragraphs_have_no_space_around_them_no_line_feed_and_no_control_characters(
    text: str,
) -> None:
    try:
        parts = texts(text)
    except (UnreadableReport, UnicodeEncodeError):
        return
    for part in parts:
        assert part == part.strip()
        assert part
        assert not re.search(r"[\x00-\x08\n\r\v\f\x0e-\x1f\x7f-\x9f\u2028\u2029]", part)


@given(lines=st.lists(st.text(alphabet="甲乙丙。，（一）、1 a", max_size=12), max_size=30))
def test_reading_what_was_read_changes_nothing_more(lines: list[str]) -> None:
    """Reading is stable: paragraphs, written one a line, read as themselves."""
    try:
        once = texts("\n".join([LONG, *lines, LONG, LONG]))
    except UnreadableReport:
        return
    again = texts("\n".join(once))
    assert _UNSEEN.sub("", "".join(again)) == _UNSEEN.sub("", "".join(once))
