"""Word documents of the binary format: what of them is text, and what becomes of damage."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus import Reading, Reason, UnreadableReport, read_bytes, read_report
from corpus.formats import choose
from corpus.formats.base import Draft, Source
from corpus.formats.doc import Doc
from corpus.formats.word97.fib import Part, Story
from corpus.formats.word97.sprms import Sprm

from .writing_doc import Para, compound, word97

if TYPE_CHECKING:
    import random
    from pathlib import Path

ON = 1


def sprm(code: int, value: int = ON) -> bytes:
    """A property and its operand, whose size is in the code."""
    size = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2}[code >> 13]
    return struct.pack("<H", code) + value.to_bytes(size, "little")


HIDDEN, DELETED, BOLD = sprm(Sprm.HIDDEN), sprm(Sprm.DELETED), sprm(Sprm.BOLD)
IN_TABLE = sprm(Sprm.IN_TABLE)
ROW = IN_TABLE + sprm(Sprm.ENDS_ROW)
INNER = IN_TABLE + sprm(Sprm.DEPTH, 2)


def draft(data: bytes) -> Draft:
    return Doc().read(Source("r.doc", data))


def texts(data: bytes) -> list[str]:
    return [line.text for line in draft(data).lines]


def reason(data: bytes, name: str = "r.doc") -> Reason:
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data, name)
    return caught.value.reason


def plc(places: list[int], items: list[bytes]) -> bytes:
    return struct.pack(f"<{len(places)}I", *places) + b"".join(items)


def sheet(*styles: tuple[int, int, int, bytes, bytes]) -> bytes:
    """A style sheet: of each style its kind, what it is based on, its type and properties."""
    entries = b""
    for kind, base, what, paragraph, character in styles:
        papx = struct.pack("<HH", len(paragraph) + 2, 0) + paragraph + bytes(len(paragraph) % 2)
        chpx = struct.pack("<H", len(character)) + character + bytes(len(character) % 2)
        parts = papx + chpx if what == 1 else chpx
        head = struct.pack("<HHHHH", kind, what | base << 4, 2 if what == 1 else 1, 0, 0)
        body = head + struct.pack("<H2xH", 1, 0) + parts
        entries += struct.pack("<H", len(body)) + body + bytes(len(body) % 2)
    return struct.pack("<HHH", 18, len(styles), 10) + bytes(14) + entries


NORMAL = (0, 0xFFF, 1, b"", b"")

letters = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1, max_size=30)


@given(lines=st.lists(letters, min_size=1, max_size=8), data=st.data())
@example(lines=["关于“河道”的通知", "é—“”…€", "𠮷野家😀"], data=None)
def test_a_text_is_the_same_however_it_is_cut_into_pieces(
    lines: list[str], data: st.DataObject | None
) -> None:
    text = "".join(f"{line}\r" for line in lines)
    bounds = st.sets(st.integers(1, len(text) - 1), max_size=5)
    cuts = sorted(data.draw(bounds)) if data and len(text) > 1 else [2]
    assert texts(word97([f"{line}\r" for line in lines], cuts=cuts)) == lines


def test_a_piece_of_one_byte_a_character_is_in_the_western_code_page() -> None:
    western = "Wert: 5 € – “größer” als Ž…\r"
    document = word97(["中文\r", western], cuts=[3])
    assert western.encode("cp1252") in document
    assert texts(document) == ["中文", western.strip()]


def test_what_is_hidden_or_was_deleted_is_not_shown() -> None:
    runs = [("全市", b""), ("隐藏", HIDDEN), ("删除", DELETED), ("平稳。\r", b"")]
    assert texts(word97([Para(runs)])) == ["全市平稳。"]


def test_paragraphs_whose_parting_was_deleted_are_one() -> None:
    first = Para([("经济运行", b""), ("\r", DELETED)])
    assert texts(word97([first, "总体平稳。\r"])) == ["经济运行总体平稳。"]


def test_of_a_field_its_result_is_shown_and_not_its_code() -> None:
    inner = "\x13 REF a \x14一\x15"
    field = f'见\x13 HYPERLINK "http://a" {inner}\x14附件{inner}\x15。\r'
    endless = "\x13 PAGE 从不结束\r"
    assert texts(word97([field, endless, "下一段。\r"])) == ["见附件一。", "下一段。"]


def test_breaks_hyphens_and_marks_of_what_is_no_text() -> None:
    text = "一行\x0b二行\x0c三页\x0e四栏\r连\x1e字\x1f符\x01\x05\x08\xa0完\r"
    assert texts(word97([text])) == ["一行", "二行", "三页", "四栏", "连-字符\xa0完"]


def test_a_row_of_a_table_is_one_line_with_tabs() -> None:
    def cell(text: str) -> Para:
        return Para(f"{text}\x07", properties=IN_TABLE)

    row = Para("\x07", properties=ROW)
    table = [cell("区"), cell("增长"), row, Para("东\r", properties=IN_TABLE), cell("区"), cell("")]
    document = word97(["各区：\r", *table, cell("5%"), row, "完。\r"])
    assert texts(document) == ["各区：", "区\t增长", "东 区\t\t5%", "完。"]


def test_a_table_within_a_cell_has_rows_of_its_own() -> None:
    cell = INNER + sprm(Sprm.ENDS_INNER_CELL)
    inner = [
        Para("甲\r", properties=cell),
        Para("1\r", properties=cell),
        Para("\r", properties=INNER + sprm(Sprm.ENDS_INNER_ROW)),
    ]
    outer = [*inner, Para("外\x07", properties=IN_TABLE), Para("\x07", properties=ROW)]
    assert texts(word97([*outer, "完。\r"])) == ["甲\t1", "外", "完。"]


def test_headings_are_those_of_styles_and_of_outline_levels() -> None:
    styles = sheet(
        NORMAL,
        (2, 0, 1, b"", BOLD),
        (62, 0, 1, b"", b""),
        (0xFFE, 1, 1, sprm(Sprm.OUTLINE, 0), b""),
    )
    document = word97(
        [
            Para("年度报告\r", style=2),
            Para("工作回顾\r", style=1),
            Para("总体\r", style=3),
            Para("要点\r", properties=sprm(Sprm.OUTLINE, 4)),
            Para("正文。\r", style=1, properties=sprm(Sprm.OUTLINE, 9)),
            Para([("加粗", BOLD), ("一半\r", b"")]),
        ],
        parts={Part.STYLES: styles},
    )
    lines = draft(document).lines
    assert [line.level for line in lines] == [0, 2, 1, 5, 0, 0]
    assert [line.strong for line in lines] == [False, True, True, False, True, False]
    assert draft(document).title == "年度报告"


def test_properties_may_be_turned_about_against_the_style() -> None:
    styles = sheet(NORMAL, (0xFFE, 0, 1, b"", HIDDEN), (0xFFE, 0xFFF, 2, b"", HIDDEN))
    runs = [("隐", b""), ("不", sprm(Sprm.HIDDEN, 0x81)), ("隐藏", sprm(Sprm.HIDDEN, 0x80))]
    document = word97(
        [
            Para([*runs, ("。\r", sprm(Sprm.HIDDEN, 0))], style=1),
            Para([("字符", sprm(Sprm.CHARACTER_STYLE, 2)), ("式\r", b"")]),
        ],
        parts={Part.STYLES: styles},
    )
    assert texts(document) == ["不。", "式"]


def level(way: int, text: str, *, start: int = 1, flags: int = 0) -> bytes:
    """A level of a list; places of numbers in its text are the characters below 9."""
    places = bytes(place for place, char in enumerate(text, 1) if ord(char) < 9)
    head = struct.pack("<IBB", start, way, flags) + places.ljust(9, b"\0") + bytes((2,)) + bytes(8)
    return head + bytes(4) + struct.pack("<H", len(text)) + text.encode("utf-16-le")


Parts = dict[Part, bytes]


def lists(levels: list[bytes], overrides: list[bytes]) -> tuple[Parts, Parts]:
    """One definition of a list, and its instances, each with an override or without.

    Gives the parts of the document, and what follows them uncounted.
    """
    nine = levels + [level(0, "\0")] * (9 - len(levels))
    definition = struct.pack("<HI24x", 1, 77)
    heads = b"".join(struct.pack("<I8xB3x", 77, bool(override)) for override in overrides)
    data = b"".join(struct.pack("<I", 0xFFFFFFFF) + override for override in overrides)
    parts = {
        Part.LISTS: definition,
        Part.LIST_INSTANCES: struct.pack("<I", len(overrides)) + heads + data,
    }
    return parts, {Part.LISTS: b"".join(nine)}


def listed(paragraphs: list[Para], levels: list[bytes], overrides: list[bytes]) -> list[str]:
    """The texts of paragraphs in lists."""
    parts, tails = lists(levels, overrides)
    return texts(word97(paragraphs, parts=parts, tails=tails))


def item(text: str, place: int = 0, number: int = 1) -> Para:
    properties = sprm(Sprm.LIST_LEVEL, place) + sprm(Sprm.LIST, number)
    return Para(f"{text}\r", properties=properties)


def test_the_numbers_of_lists_are_put_back_as_word_shows_them() -> None:
    levels = [level(37, "\0、"), level(0, "\0.\1", flags=4), level(18, "\2")]
    head = [item("回顾"), item("经济", 1), item("民生", 1), item("子项", 2), item("展望")]
    shown = listed([*head, item("任务", 1), *map(item, "三四五六七八九十")], levels, [b""])
    assert shown[:7] == ["一、回顾", "1.1经济", "1.2民生", "①子项", "二、展望", "2.1任务", "三、三"]
    assert shown[-1] == "十、十"


def test_a_number_stands_before_the_text_of_its_paragraph_not_before_a_page_break() -> None:
    paragraphs = [item("甲"), item("\x0c乙\x0b丙"), Para("节尾\x0c"), item("丁")]
    shown = listed(paragraphs, [level(37, "第\0章")], [b""])
    assert shown == ["第一章甲", "第二章乙", "丙", "节尾", "第三章丁"]


def test_a_list_may_begin_anew_with_a_number_of_its_own() -> None:
    override = struct.pack("<II", 5, 0x10)
    paragraphs = [item("甲"), item("乙"), item("丙", number=2), item("丁", number=2), item("戊")]
    shown = listed(paragraphs, [level(39, "（\0）")], [b"", override])
    assert shown == ["（一）甲", "（二）乙", "（五）丙", "（六）丁", "（七）戊"]


def test_bullets_are_not_shown() -> None:
    levels = [level(37, "\0、"), level(23, "\uf0b7")]
    assert listed([item("甲"), item("乙", 1)], levels, [b""]) == ["一、甲", "乙"]


def test_notes_follow_the_paragraph_that_refers_to_them_and_endnotes_the_text() -> None:
    document = word97(
        ["有脚注\x02的句子。\r", "有尾注\x02的句子。\r", "末段。\r"],
        stories={
            Story.FOOTNOTES: ["\x02 脚注。\r", "\r"],
            Story.HEADERS: ["页眉\r"],
            Story.COMMENTS: ["批注\r"],
            Story.ENDNOTES: ["\x02尾注。\r", "\r"],
        },
        parts={
            Part.FOOTNOTE_MARKS: plc([3, 21], [b"\0\0"]),
            Part.FOOTNOTES: plc([0, 6, 7], []),
            Part.ENDNOTE_MARKS: plc([13, 21], [b"\0\0"]),
            Part.ENDNOTES: plc([0, 5, 6], []),
        },
    )
    assert [text.strip() for text in texts(document)] == [
        "有脚注的句子。", "脚注。", "有尾注的句子。", "末段。", "尾注。"
    ]  # fmt: skip


def box(shape: int) -> bytes:
    return struct.pack("<I10xI4x", 1, shape)


def shape(own: int, *, kind: int = 0xF00A) -> bytes:
    return struct.pack("<HHIII", 2, kind, 8, own, 0)


def container(kind: int, *contents: bytes) -> bytes:
    content = b"".join(contents)
    return struct.pack("<HHI", 0xF, kind, len(content)) + content


def test_text_boxes_follow_the_paragraph_that_they_hang_at_groups_of_them_too() -> None:
    page = container(0xF004, shape(1))
    alone = container(0xF004, shape(10))
    group = container(
        0xF003,
        container(0xF004, shape(20)),
        container(0xF004, shape(21)),
        container(0xF003, container(0xF004, shape(22)), container(0xF004, shape(23))),
    )
    drawing = container(0xF002, container(0xF003, page, group, alone))
    document = word97(
        ["一段\x08。\r", "二段\x08。\r"],
        stories={Story.BOXES: ["单框\r", "组甲\r", "组乙\r", "无处\r", "\r"]},
        parts={
            Part.SHAPES: plc([2, 7, 10], [struct.pack("<I22x", n) for n in (20, 10)]),
            Part.BOXES: plc([0, 3, 6, 9, 12, 13], [box(n) for n in (10, 21, 23, 99, 0)]),
            Part.DRAWINGS: container(0xF000) + b"\0" + drawing,
        },
    )
    assert texts(document) == ["一段。", "组甲", "组乙", "二段。", "单框", "无处"]


def test_pieces_may_set_what_all_of_them_is() -> None:
    hidden = 0x5C << 1 | 1 << 8
    named = 0 << 1 | 1
    text = "甲乙丙丁。\r"
    assert texts(word97([text], cuts=[1, 2], modifiers={1: hidden})) == ["甲丙丁。"]
    assert texts(word97([text], cuts=[1, 2], modifiers={1: named}, lists=[DELETED])) == ["甲丙丁。"]


def test_long_lists_of_properties_may_stand_in_the_data_stream() -> None:
    more = sprm(Sprm.OUTLINE, 1)
    paragraph = Para("标题\r", properties=struct.pack("<HI", 0x6646, 4))
    document = word97([paragraph], data=bytes(4) + struct.pack("<H", len(more)) + more)
    assert draft(document).lines[0].level == 2


def test_symbols_of_fonts_are_the_characters_that_they_show() -> None:
    name = "Wingdings\0".encode("utf-16-le")
    fonts = struct.pack("<HHB", 1, 0, 39 + len(name)) + bytes(39) + name
    tick = sprm(Sprm.SPECIAL) + struct.pack("<HHH", Sprm.SYMBOL, 0, 0xF0FE)
    document = word97([Para([("(", tick), ("(是\r", b"")])], parts={Part.FONTS: fonts})
    assert texts(document) == ["☑(是"]


def test_what_asks_for_a_password_is_encrypted() -> None:
    assert reason(word97(["密\r"], flags=0x0100)) is Reason.ENCRYPTED
    assert reason(compound({"EncryptedPackage": b"a", "EncryptionInfo": b""}), "r.docx") is (
        Reason.ENCRYPTED
    )


@pytest.mark.parametrize("stream", ["PowerPoint Document", "CONTENTS", "Whatever"])
def test_containers_of_other_programs_are_unsupported(stream: str) -> None:
    assert reason(compound({stream: b"a"}), "r.ppt") is Reason.UNSUPPORTED


def test_documents_from_before_word_97_are_unsupported() -> None:
    assert reason(word97(["旧\r"], version=0x68)) is Reason.UNSUPPORTED


def test_workbooks_are_not_claimed_unless_there_is_text_beside_them() -> None:
    assert choose(".wps", compound({"Workbook": b"a"})).name == "spreadsheet"
    assert Doc().claims(compound({"Workbook": b"a", "WordDocument": b"b"}))


def test_a_document_of_nothing_but_pictures_is_a_scan() -> None:
    assert reason(word97(["\x01\r"])) is Reason.SCAN
    assert reason(word97(["\r"])) is Reason.EMPTY


def test_a_document_is_read_whatever_it_is_called() -> None:
    data = word97(["正文。\r"])
    for name in ("r.doc", "r.dot", "r.wps", "r.txt", "r.docx", "r"):
        assert read_bytes(data, name).report.format == "doc"


def test_what_the_stream_ends_before_is_said_to_be_missing() -> None:
    data = bytearray(word97(["全市经济平稳运行。\r", "民生改善。\r"], cuts=[10]))
    table = data.index(struct.pack("<III", 0, 10, 16))
    struct.pack_into("<I", data, table + 12 + 10, 1_000_000)
    result = draft(bytes(data))
    assert [line.text for line in result.lines] == ["全市经济平稳运行。"]
    assert result.flaws == ("it breaks off: 6 of 16 characters are missing",)


def test_a_document_without_its_styles_and_lists_is_still_read() -> None:
    instances = struct.pack("<I12xB3x", 1, 255)
    parts = {Part.STYLES: b"\xff", Part.LIST_INSTANCES: instances}
    result = draft(word97(["正文。\r"], parts=parts))
    assert [line.text for line in result.lines] == ["正文。"]
    assert result.flaws == ("its styles cannot be read", "its lists cannot be read")


@pytest.mark.parametrize(
    ("places", "offset"),
    [
        ([0, 0x7FFFFFFF], 1024),
        ([0, 0x40000000], 0x40000000),
        ([5, 3], 1024),
        ([0xFFFFFFFF, 0xFFFFFFFE], 0xFFFFFFFF),
    ],
)
def test_a_table_of_text_that_claims_the_absurd_is_damaged(places: list[int], offset: int) -> None:
    table = plc(places, [struct.pack("<HIH", 0, offset, 0)])
    pieces = struct.pack("<BI", 2, len(table)) + table
    assert reason(word97(["正文。\r"], parts={Part.PIECES: pieces})) is Reason.DAMAGED


def test_pieces_that_repeat_one_another_without_end_are_damaged() -> None:
    count = 20_000
    places = [1_000 * n for n in range(count + 1)]
    table = plc(places, [struct.pack("<HIH", 0, 1024, 0)] * count)
    pieces = struct.pack("<BI", 2, len(table)) + table
    document = word97(["文" * 2_000 + "\r"], parts={Part.PIECES: pieces})
    assert reason(document) is Reason.DAMAGED


@pytest.mark.parametrize(
    ("at", "value"),
    [
        (0x1E, 0xFFFF),  # the size of sectors
        (0x2C, 0xFFFFFFF0),  # sectors of the table of sectors
        (0x40, 0xFFFFFFF0),  # of the table of small ones
        (0x48, 0xFFFFFFF0),  # of the list of tables
    ],
)
def test_a_container_that_claims_the_absurd_is_damaged(at: int, value: int) -> None:
    data = bytearray(word97(["正文。\r"]))
    struct.pack_into("<H" if value < 1 << 16 else "<I", data, at, value)
    assert reason(bytes(data)) is Reason.DAMAGED


def test_a_stream_larger_than_its_file_is_damaged() -> None:
    data = bytearray(word97(["正文。\r"]))
    entry = data.index("WordDocument".encode("utf-16-le"))
    struct.pack_into("<Q", data, entry + 120, 1 << 31)
    assert reason(bytes(data)) is Reason.DAMAGED


def test_chains_of_sectors_that_bite_their_tail_come_to_an_end() -> None:
    data = word97(["正文。\r"])
    table = len(data) - 512
    for sector in range(24):
        cyclic = bytearray(data)
        struct.pack_into("<I", cyclic, table + 4 * sector, 0)
        read_or_refused(bytes(cyclic))


def test_entries_of_a_directory_that_name_one_another_come_to_an_end() -> None:
    data = word97(["正文。\r"])
    entry = data.index("1Table".encode("utf-16-le"))
    for value in range(4):
        cyclic = bytearray(data)
        struct.pack_into("<III", cyclic, entry + 68, value, value, value)
        read_or_refused(bytes(cyclic))


def read_or_refused(data: bytes) -> None:
    try:
        assert isinstance(read_bytes(data, "r.doc"), Reading)
    except UnreadableReport:
        return


def rich() -> bytes:
    """A document with something of everything."""
    row = [Para("甲\x07", properties=IN_TABLE), Para("\x07", properties=ROW)]
    parts, tails = lists([level(37, "\0、")], [b""])
    return word97(
        [
            item("回顾"),
            "见\x13 REF \x14附件\x15\x02。\r",
            *row,
            Para([("隐", HIDDEN), ("。\r", b"")]),
        ],
        stories={Story.FOOTNOTES: ["\x02注。\r", "\r"], Story.BOXES: ["框\r", "\r"]},
        parts={
            **parts,
            Part.STYLES: sheet(NORMAL, (1, 0, 1, b"", BOLD)),
            Part.FOOTNOTE_MARKS: plc([15, 20], [b"\0\0"]),
            Part.FOOTNOTES: plc([0, 4, 5], []),
            Part.BOXES: plc([0, 2, 3], [box(10), box(0)]),
        },
        tails=tails,
        cuts=[5],
    )


def test_a_document_cut_off_anywhere_is_read_or_refused() -> None:
    data = rich()
    for length in range(0, len(data), 97):
        read_or_refused(data[:length])


@given(st.randoms(use_true_random=False))
def test_a_damaged_document_is_read_or_refused(chance: random.Random) -> None:
    data = bytearray(rich())
    for _ in range(chance.choice((1, 5, 50))):
        place = chance.randrange(len(data) - 4)
        if chance.random() < 0.5:
            data[place] ^= 1 << chance.randrange(8)
        else:
            value = chance.choice((0, 0xFFFFFFFF, 0x7FFFFFFF, chance.randrange(512)))
            struct.pack_into("<I", data, place // 2 * 2, value)
    read_or_refused(bytes(data))


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "平台v0.5版本数据库设计报告.doc",
            ["2.1.", "珠海政采技术有限公司", "序号\t版本"],
        ),
        ("静态发布系统使用手册.doc", ["发布所有的栏目静态页面"]),
        ("硕士生答辩完成后须提交学院如下纸质材料.doc", ["注：1，成绩单一式二份"]),
        ("4._德语系本科生毕业论文（设计）书写范例.doc", ["Jäger, Siegfried: Standardsprache."]),
        ("专硕学位申请表.doc", ["姓名\t\t学 号\t\t性别\t\t出生日期"]),
    ],
)
def test_real_documents_show_what_word_shows(
    real_data: Path, name: str, expected: list[str]
) -> None:
    paragraphs = [p.text for p in read_report(real_data / "messy" / "doc" / name).paragraphs]
    for start in expected:
        assert any(text.startswith(start) for text in paragraphs), start
    for text in paragraphs:
        assert "HYPERLINK" not in text
        assert "\ufffd" not in text


def test_every_real_document_is_read_without_a_flaw(real_data: Path) -> None:
    found = sorted((real_data / "messy" / "doc").glob("*.doc"))
    assert len(found) == 20
    for path in found:
        report = read_report(path).report
        assert (report.format, report.flaws) == ("doc", ()), path.name


def test_real_documents_that_ask_for_a_password_are_encrypted(real_data: Path) -> None:
    folder = real_data / "messy"
    found = [*(folder / "doc_encrypted").iterdir(), *(folder / "docx_encrypted").iterdir()]
    assert len(found) == 3
    for path in found:
        with pytest.raises(UnreadableReport) as caught:
            read_report(path)
        assert caught.value.reason is Reason.ENCRYPTED, path.name


def test_damaged_copies_of_a_real_document_are_read_or_refused(real_data: Path) -> None:
    folder = real_data / "messy" / "doc"
    data = (folder / "武汉大学硕士学位论文参考文献排列格式.doc").read_bytes()
    for cut in range(1, len(data), len(data) // 20):
        for damaged in (data[:cut], data[:cut] + b"\xff\x00\xff\xff" + data[cut + 4 :]):
            read_or_refused(damaged)
