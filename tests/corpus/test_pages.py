"""What pages show, as paragraphs: lines, order, frames and wraps, told by geometry alone."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import read_report
from corpus.formats.pages import Char, Page, Size, lines_of

from .writing_pages import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    SIZE,
    STEP,
    TOP,
    WIDTH,
    Words,
    pages_of,
    width_of,
)

if TYPE_CHECKING:
    from corpus.formats.base import Line

BODY = (
    "全市上下深入贯彻落实党中央、国务院决策部署，坚持稳中求进工作总基调，统筹推进疫情防控和经济社会发展，"
    "地区生产总值增长百分之六点五，一般公共预算收入增长百分之七点二，城乡居民收入稳步提高。"
)
MORE = "坚持以人民为中心的发展思想，持续增进民生福祉，全年民生支出占一般公共预算支出的八成以上。"


def chars_of(words: Words, number: int = 0) -> list[Char]:
    """Place the characters of words one after the other."""
    chars, x = [], words.x
    for char in words.text:
        width = width_of(char, words.size)
        chars.append(
            Char(char, x, x + width, words.y + number, words.size, strong=words.font == "F2")
        )
        x += width
    return chars


def lines(*pages: list[Words]) -> list[Line]:
    size = Size(WIDTH, HEIGHT)
    return list(
        lines_of(
            Page(number, size, tuple(char for words in page for char in chars_of(words)))
            for number, page in enumerate(pages, start=1)
        )
    )


def texts(*pages: list[Words]) -> list[str]:
    return [line.text for line in lines(*pages)]


def page_of(chars: list[Char]) -> list[str]:
    return [line.text for line in lines_of([Page(1, Size(WIDTH, HEIGHT), tuple(chars))])]


@pytest.mark.parametrize("indent", [0, 2])
def test_wrapped_lines_are_one_paragraph_whether_it_is_set_in_or_not(indent: int) -> None:
    paragraphs = ["工作报告", BODY, MORE, BODY]
    assert texts(*pages_of(paragraphs, indent)) == paragraphs


def test_a_paragraph_that_goes_over_to_the_next_page_is_one_and_of_the_page_it_begins_on() -> None:
    found = lines(*pages_of([BODY] * 12))
    assert [line.text for line in found] == [BODY] * 12
    assert {line.page for line in found} == {1, 2}
    assert found[0].page == 1


def test_short_lines_are_paragraphs_of_their_own() -> None:
    names = ["张建国", "李晓华", "王志强", "赵丽娟", "孙浩然", "周文博", "吴晓燕"]
    assert texts([Words(name, LEFT, TOP + i * STEP) for i, name in enumerate(names)]) == names


def test_what_stands_apart_begins_a_paragraph_though_the_line_above_is_full() -> None:
    (page,) = pages_of([BODY.replace("，", "、")], 0)
    below = [replace(words, y=words.y + len(page) * STEP + STEP) for words in page]
    assert len(texts([*page, *below])) == 2


def frame(number: int, head: str = "某某市人民政府公报") -> list[Words]:
    return [
        Words(head, 240, 40, 9),
        Words(f"— {number} —", 280 if number % 2 else 120, 810, 10),
    ]


def test_running_heads_and_page_numbers_are_no_text() -> None:
    pages = pages_of([BODY] * 30)
    framed = [[*frame(number), *page] for number, page in enumerate(pages, start=1)]
    assert len(framed) >= 4
    assert texts(*framed) == [BODY] * 30


def test_heads_that_change_by_nothing_but_the_page_number_are_no_text() -> None:
    pages = pages_of([BODY] * 30)
    framed = [
        [*frame(number, f"第3期 总第45期 第{number}页"), *page]
        for number, page in enumerate(pages, start=1)
    ]
    assert texts(*framed) == [BODY] * 30


@pytest.mark.parametrize("text", ["— 1 —", "- 1 -", "第1页 共9页", "1/9", "－1－"])
def test_a_page_number_is_no_text_even_on_a_page_alone(text: str) -> None:
    (page,) = pages_of([BODY])
    assert texts([*page, Words(text, 280, 810, 10)]) == [BODY]


def test_lines_that_are_alike_at_different_places_are_text() -> None:
    pages = [[Words("特此公告。", LEFT, TOP + 90 * number)] for number in range(4)]
    assert texts(*pages) == ["特此公告。"] * 4


def test_numbers_that_do_not_count_pages_are_text() -> None:
    pages = [
        [Words(f"{value}", LEFT, TOP), Words(BODY[:20], LEFT, TOP + STEP)] for value in (7, 2, 30)
    ]
    assert [text for text in texts(*pages) if text.isdecimal()] == ["7", "2", "30"]


def test_pages_of_nothing_but_the_same_words_are_text() -> None:
    assert texts(*[[Words("空白表格", LEFT, TOP)]] * 3) == ["空白表格"] * 3


def columns(left: str, right: str, *, title: str = "") -> list[Words]:
    """Set two texts side by side, 11 characters a line, the first wholly before the second."""
    page = [Words(title, LEFT, TOP - 40, 22)] if title else []
    for x, text in ((LEFT, left), (LEFT + 13 * SIZE, right)):
        pieces = [text[i : i + 11] for i in range(0, len(text), 11)]
        page += [Words(piece, x, TOP + i * STEP) for i, piece in enumerate(pieces)]
    return page


def test_columns_are_read_one_after_the_other_below_the_title_that_spans_them() -> None:
    title = "关于加强全市河道管理工作的意见"
    assert texts(columns(BODY[:66], MORE, title=title)) == [title, BODY[:66] + MORE]


def test_the_order_of_the_file_does_not_matter_for_lines_of_one_column() -> None:
    (page,) = pages_of([BODY, MORE])
    chars = [char for words in page for char in chars_of(words)]
    by_place = sorted(chars, key=lambda char: (char.base, char.left))
    assert page_of(by_place) == [BODY, MORE]
    assert page_of(list(reversed(chars))) == [BODY, MORE]


def test_a_word_that_the_file_has_last_stands_where_it_is_printed() -> None:
    chars = chars_of(Words("全市生产总值增长。"))
    assert page_of([*chars[:2], *chars[4:], *chars[2:4]]) == ["全市生产总值增长。"]


def table(rows: list[list[str]], width: float = 140) -> list[Words]:
    return [
        Words(cell, LEFT + width * column, TOP + STEP * line)
        for line, row in enumerate(rows)
        for column, cell in enumerate(row)
    ]


def test_the_cells_of_a_row_are_one_line_with_tabs() -> None:
    rows = [["地区", "产值", "增速"], ["东区", "128.5", "6.5%"], ["西区", "99", "7%"]]
    assert texts(table(rows)) == ["\t".join(row) for row in rows]


def test_a_table_that_is_set_column_by_column_is_read_row_by_row() -> None:
    words = table([["地区", "产值"], ["东区", "128.5"], ["西区", "99"]])
    assert texts([*words[::2], *words[1::2]]) == ["地区\t产值", "东区\t128.5", "西区\t99"]


def test_a_cell_of_several_lines_is_one_cell() -> None:
    cells = [
        ("全面推进依法行", LEFT, 0),
        ("政", LEFT, 1),
        ("市司法局", 260, 0.5),
        ("年底", 400, 0.5),
    ]
    words = [Words(text, x, TOP + STEP * line) for text, x, line in cells]
    assert texts(words) == ["全面推进依法行政\t市司法局\t年底"]


def test_latin_words_are_parted_and_chinese_ones_are_not() -> None:
    left = chars_of(Words("per", 100))
    right = chars_of(Words("capita", 100 + 3 * SIZE / 2 + SIZE / 3))
    chinese = chars_of(Words("人均", 220)), chars_of(Words("值", 220 + 2.4 * SIZE))
    assert page_of([*left, *right]) == ["per capita"]
    assert page_of([*chinese[0], *chinese[1]]) == ["人均值"]


def test_a_word_that_is_spaced_out_is_a_word() -> None:
    spread = [Words(char, 150 + 60 * i, TOP, 22) for i, char in enumerate("通知")]
    assert texts(spread) == ["通知"]
    wide = [Words(char, 100 + 30 * i, TOP, 22) for i, char in enumerate("政府工作报告")]
    assert texts(wide) == ["政府工作报告"]


def test_a_gap_behind_a_number_is_a_space() -> None:
    words = [Words("第一章"), Words("总则", LEFT + 6 * SIZE)]
    assert texts(words) == ["第一章\u3000总则"]


def test_a_narrow_gap_behind_the_number_of_a_chapter_is_a_space() -> None:
    narrow = [Words("第一章"), Words("任务和原则", LEFT + 3.3 * SIZE)]
    spread = [Words(char, LEFT + 1.2 * place * SIZE) for place, char in enumerate("第二条的规定")]
    assert texts(narrow) == ["第一章 任务和原则"]
    assert texts(spread) == ["第二条的规定"]


def test_characters_printed_twice_are_read_once() -> None:
    chars = chars_of(Words("工作报告"))
    again = [replace(char, left=char.left + 0.4, right=char.right + 0.4) for char in chars]
    assert page_of([*chars, *again]) == ["工作报告"]
    beside = [char for pair in zip(chars, again, strict=True) for char in pair]
    assert page_of(beside) == ["工作报告"]


@pytest.mark.parametrize(
    ("printed", "read"),
    [("⼀⼆⼈⼤", "一二人大"), ("⻓⻔⻢⻰", "长门马龙"), ("ofﬁce", "office"), ("\uf900", "豈")],
)
def test_radicals_and_ligatures_are_the_characters_that_they_look_like(
    printed: str, read: str
) -> None:
    assert texts([Words(printed)]) == [read]


def test_words_broken_at_the_end_of_a_line_are_whole() -> None:
    width = (RIGHT - LEFT) / (SIZE / 2)
    first = ("in the year of the report " * 9)[: int(width) - 3]
    for hyphen in "-\u00ad":
        page = [Words(first + "pro" + hyphen, LEFT), Words("duction rose", LEFT, TOP + STEP)]
        assert texts(page)[0].endswith("production rose")


def test_text_that_is_set_downwards_is_read_in_lines_from_the_right() -> None:
    text, per_line = BODY + MORE, 42
    chars = [
        Char(char, 500.0 - STEP * line, 500.0 + SIZE - STEP * line, 100.0 + SIZE * place, SIZE)
        for index, char in enumerate(text)
        for line, place in (divmod(index, per_line),)
    ]
    assert page_of(chars) == [text]


@pytest.mark.parametrize("turn", [1, 2, 3])
def test_a_page_that_is_turned_reads_as_one_that_is_not(turn: int) -> None:
    pages = pages_of([BODY] * 12)
    size = Size(HEIGHT, WIDTH) if turn % 2 else Size(WIDTH, HEIGHT)
    turned = [
        Page(
            number,
            size,
            tuple(replace(char, turn=turn) for words in page for char in chars_of(words)),
        )
        for number, page in enumerate(pages, start=1)
    ]
    assert [line.text for line in lines_of(turned)] == [BODY] * 12


def test_the_lines_of_a_large_centred_title_are_one_paragraph() -> None:
    title = ["某某市人民政府办公室关于印发", "河道管理办法的通知"]
    centred = [
        Words(line, (WIDTH - width_of(line, 22)) / 2, TOP + 32 * place, 22)
        for place, line in enumerate(title)
    ]
    below = [
        replace(words, y=words.y + 100) for words in pages_of(["各县（区）人民政府：", BODY])[0]
    ]
    assert texts([*centred, *below]) == ["".join(title), "各县（区）人民政府：", BODY]


def test_a_signature_and_its_date_are_lines_of_their_own() -> None:
    page = pages_of([BODY])[0]
    y = page[-1].y + 2 * STEP
    name = Words("某某市人民政府", RIGHT - 9 * SIZE, y)
    day = Words("2021年3月5日", RIGHT - 8 * SIZE, y + STEP)
    assert texts([*page, name, day]) == [BODY, name.text, day.text]


def test_bold_lines_are_strong_unless_all_are() -> None:
    bold, plain = Words("一、总体要求", font="F2"), Words(BODY[:20], y=TOP + STEP)
    assert [line.strong for line in lines([bold, plain])] == [True, False]
    assert [line.strong for line in lines([bold])] == [False]


@given(
    st.lists(
        st.text("全市生产总值增长，。（）稳步提高", min_size=1, max_size=90), min_size=1, max_size=6
    )
)
@example(["。", "。", "。", "。。", "。"])  # reads as two lines set from top to bottom
def test_no_character_is_lost_and_none_is_made_up(paragraphs: list[str]) -> None:
    found = "".join("".join(texts(*pages_of(paragraphs))).split())
    assert sorted(found) == sorted("".join(paragraphs))


finite = st.floats(-2000, 2000) | st.sampled_from(
    [float("nan"), float("inf"), -1e300, 1e-300, 1e-310]
)


@given(st.lists(st.builds(Char, st.sampled_from("中 a，1"), finite, finite, finite, finite)))
@example([Char("中", 0, 0, 1, 1e-310)])
def test_characters_at_any_place_make_lines(chars: list[Char]) -> None:
    assert all(text.strip() for text in page_of(chars))


def test_characters_scattered_over_a_page_take_no_long_time() -> None:
    dice = random.Random(1)
    chars = []
    for _ in range(20_000):
        x = dice.uniform(0, WIDTH)
        chars.append(Char("字", x, x + 1, dice.uniform(0, BOTTOM), 1.0))
    assert sum(map(len, page_of(chars))) > 15_000


DOCUMENTS = Path(__file__).resolve().parents[1] / "fixtures" / "documents"


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*.docx")), ids=lambda path: path.stem)
def test_a_document_reads_from_its_pages_as_from_its_source(path: Path) -> None:
    meant = [paragraph.text for paragraph in read_report(path).paragraphs]
    for suffix in (".pdf", ".ofd"):
        found = read_report(path.with_suffix(suffix))
        assert [paragraph.text for paragraph in found.paragraphs] == meant, suffix
