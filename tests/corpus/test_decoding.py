"""Bytes to text: the right characters, and the encoding on record."""

from __future__ import annotations

import codecs
import contextlib
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import (
    Reading,
    Reason,
    UnreadableReport,
    euc_tw,
    read_bytes,
    read_members,
    read_report,
    read_reports,
)

if TYPE_CHECKING:
    from pathlib import Path

SIMPLIFIED = (
    "各位代表：",
    "现在，我向大会报告政府工作，请予审议。",
    "全市经济社会发展保持稳定，民生得到改善。",
    "一、主要工作和成效",
    "我们坚持依法行政，加强对重点领域的监督。",
    "二、下一步工作安排",
)
TRADITIONAL = (
    "各位代表：",
    "現在，我向大會報告政府工作，請予審議。",
    "全市經濟社會發展保持穩定，民生得到改善。",
    "一、主要工作和成效",
    "我們堅持依法行政，加強對重點領域的監督。",
)
RECORDED = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8-sig",
    "gb18030": "gb18030",
    "gbk": "gb18030",
    "gb2312": "gb18030",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}


def texts(data: bytes, name: str = "r.txt", encoding: str | None = None) -> list[str]:
    return [p.text for p in read_bytes(data, name, encoding=encoding).paragraphs]


@pytest.mark.parametrize("encoding", RECORDED)
@given(lines=st.lists(st.sampled_from(SIMPLIFIED), min_size=2, max_size=9))
def test_simplified_text_comes_back_from_every_encoding(encoding: str, lines: list[str]) -> None:
    reading = read_bytes("\n".join(lines).encode(encoding), "r.txt")
    assert [p.text for p in reading.paragraphs] == texts("\n".join(lines).encode())
    assert reading.report.encoding == RECORDED[encoding]


@pytest.mark.parametrize("encoding", ["big5", "cp950", "big5hkscs"])
@given(lines=st.lists(st.sampled_from(TRADITIONAL), min_size=2, max_size=9))
def test_traditional_text_comes_back_from_big5(encoding: str, lines: list[str]) -> None:
    reading = read_bytes("\n".join(lines).encode(encoding), "r.txt")
    assert [p.text for p in reading.paragraphs] == texts("\n".join(lines).encode())
    assert reading.report.encoding == "big5"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")],
)
def test_a_byte_order_mark_is_obeyed_and_is_not_text(mark: bytes, encoding: str) -> None:
    reading = read_bytes(mark + "年度报告\n".encode(encoding), "r.txt")
    assert reading.paragraphs[0].text == "年度报告"
    assert reading.report.encoding == encoding


def test_characters_beyond_gbk_are_read_from_pages_that_say_gb2312() -> None:
    page = '<html><head><meta charset="gb2312"></head><p>村民𠮷某，生于㐂村，现在居住于本市。</p>'
    assert texts(page.encode("gb18030"), "r.html") == ["村民𠮷某，生于㐂村，现在居住于本市。"]


@pytest.mark.parametrize(
    ("declared", "actual"),
    [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("gb2312", "big5"), ("nonsense", "gb18030")],
)
def test_a_declaration_that_lies_is_survived(declared: str, actual: str) -> None:
    body = "現在，我們報告政府工作。" if actual == "big5" else "现在，我们报告政府工作。"
    page = f'<!doctype html><meta charset="{declared}"><p>{body}</p>'
    reading = read_bytes(page.encode(actual), "r.html")
    assert [p.text for p in reading.paragraphs] == [body]
    assert reading.report.encoding == actual


def test_detection_looks_at_the_whole_file_not_at_its_beginning() -> None:
    text = "a plain beginning of ASCII characters\n" * 5_000 + "最后一行报告政府工作。\n"
    assert texts(text.encode("gb18030"))[-1].endswith("最后一行报告政府工作。")


def test_a_short_text_of_rare_characters_is_read_all_the_same() -> None:
    assert texts("龚翀".encode("gb18030")) == ["龚翀"]


def test_the_encoding_asked_for_overrides_what_would_be_detected() -> None:
    reading = read_bytes("报告".encode("gb18030"), "r.txt", encoding="GBK")
    assert (reading.paragraphs[0].text, reading.report.encoding) == ("报告", "gb18030")


def test_an_unknown_encoding_is_an_error_that_names_it() -> None:
    with pytest.raises(UnreadableReport, match="gb99999") as caught:
        read_bytes("报告".encode(), "r.txt", encoding="gb99999")
    assert caught.value.reason is Reason.NOT_TEXT


def test_an_encoding_that_does_not_fit_is_an_error_with_the_offset() -> None:
    data = b"plain" + "报告".encode("gb18030")
    with pytest.raises(UnreadableReport, match="byte 5") as caught:
        read_bytes(data, "r.txt", encoding="utf-8")
    assert caught.value.reason is Reason.NOT_TEXT


def test_a_broken_text_after_a_byte_order_mark_is_an_error_with_the_offset() -> None:
    with pytest.raises(UnreadableReport, match="byte 3"):
        read_bytes(codecs.BOM_UTF8 + b"\xff\xfe\xfd", "r.txt")


@pytest.mark.parametrize("codec", ["rot13", "base64", "hex", "idna", "undefined"])
def test_a_codec_that_decodes_no_text_is_an_error(codec: str) -> None:
    with pytest.raises(UnreadableReport):
        read_bytes("报告".encode("gb18030"), "r.txt", encoding=codec)


def test_bytes_that_make_sense_in_no_encoding_are_refused() -> None:
    data = bytes(range(0x81, 0xFF)) * 20
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(data, "r.txt")
    assert caught.value.reason is Reason.NOT_TEXT


def test_a_stray_nul_is_removed_from_text() -> None:
    data = ("政府工作报告的正文。" * 30).encode() + b"\0" + "结束。".encode()
    assert "".join(texts(data)) == "政府工作报告的正文。" * 30 + "结束。"


def test_text_in_another_language_is_read() -> None:
    text = "Le rapport du gouvernement a été publié à l'été, après une année d'efforts. " * 5
    assert texts(text.encode("cp1252"))[0].startswith("Le rapport du gouvernement a été publié")


@given(st.binary(max_size=400), st.sampled_from(["r.txt", "r.html", "r.md", "r", "r.docx"]))
def test_no_bytes_raise_anything_but_our_own_error(data: bytes, name: str) -> None:
    try:
        reading = read_bytes(data, name)
    except UnreadableReport:
        return
    assert reading.paragraphs


REPORT = "各位代表：现在，我代表市人民政府，向大会报告政府工作，请予审议。" * 20
STATEMENT = "各位代表：現在，我代表市政府，向大會報告政府工作，請予審議。" * 20


def flaws(data: bytes, encoding: str | None = None) -> tuple[str, ...]:
    return read_bytes(data, "r.txt", encoding=encoding).report.flaws


@pytest.mark.parametrize(
    ("text", "encoding"),
    [(REPORT, "utf-8"), (REPORT, "gb18030"), (STATEMENT, "big5"), (REPORT, "utf-8-sig")],
)
def test_a_few_bytes_that_are_no_characters_are_shown_as_such(text: str, encoding: str) -> None:
    start = len(text[:200].encode(encoding))
    data = (
        text[:200].encode(encoding) + b"\xff\xff" + text[200:].encode(encoding.removesuffix("-sig"))
    )
    name = "UTF-8" if encoding.startswith("utf-8") else encoding.upper()
    reading = read_bytes(data, "r.txt")
    assert "".join(p.text for p in reading.paragraphs) == f"{text[:200]}\ufffd{text[200:]}"
    (flaw,) = reading.report.flaws
    assert flaw.startswith(f"2 bytes from byte {start} on are no {name}")


@pytest.mark.parametrize(
    ("text", "encoding", "lost"),
    [
        (REPORT, "utf-8", 1),
        (REPORT, "utf-8", 2),
        (REPORT, "gb18030", 1),
        (STATEMENT, "big5", 1),
        (REPORT, "utf-16-le", 1),
        (REPORT, "utf-16", 1),
    ],
)
def test_a_text_that_breaks_off_within_a_character_loses_that_one(
    text: str, encoding: str, lost: int
) -> None:
    reading = read_bytes(text[:-1].encode(encoding)[:-lost], "r.txt")
    assert "".join(p.text for p in reading.paragraphs) == text[:-2]
    assert reading.report.flaws == ("it breaks off within a character, which is lost",)


def test_a_short_text_that_breaks_off_is_not_taken_for_another_encoding() -> None:
    assert texts("龚翀".encode()[:-1]) == ["龚"]


def test_what_is_whole_has_no_flaw() -> None:
    assert flaws(REPORT.encode()) == flaws(REPORT.encode("gb18030")) == ()
    assert flaws(f"{REPORT}\ufffd".encode()) == ()


def test_more_than_a_tenth_of_undecodable_bytes_is_no_text() -> None:
    damaged = b"\xff\xff\xff".join(
        "各位代表现在报告工作".encode()[i : i + 9] for i in range(0, 30, 9)
    )
    with pytest.raises(UnreadableReport) as caught:
        read_bytes(damaged * 30, "r.txt")
    assert caught.value.reason is Reason.NOT_TEXT


def test_the_encoding_asked_for_may_fail_for_up_to_half_of_the_text() -> None:
    data = REPORT.encode() + b"\xff" * (len(REPORT.encode()) // 2) + "完".encode()
    assert flaws(data, "utf-8")[0].startswith("960 bytes from byte 1,920 on are no UTF-8")
    with pytest.raises(UnreadableReport):
        read_bytes("报告".encode() + b"\xff" * 10, "r.txt", encoding="utf-8")


def test_rows_of_a_table_that_were_not_decoded_say_so_and_others_do_not() -> None:
    rows = ["标题,正文", f"甲,{REPORT}", f"乙,{REPORT}"]
    data = "\n".join(rows).encode().replace("乙,各".encode(), b"\xe4\xb9\x99,\xff")
    first, second = read_members(data, "r.csv")
    assert isinstance(first, Reading)
    assert isinstance(second, Reading)
    assert not first.report.flaws
    assert second.report.flaws


def _pairs() -> dict[bytes, str]:
    """What two bytes are in EUC-TW, for the rows that Chinese is written with."""
    found = {}
    for row in (0xA1, *range(0xC4, 0xFE)):
        for column in range(0xA1, 0xFF):
            with contextlib.suppress(UnicodeDecodeError):
                found[bytes((row, column))] = euc_tw.decode(bytes((row, column)))
    return found


PAIRS = _pairs()
CODES = {char: pair for pair, char in PAIRS.items()}


@pytest.mark.parametrize(
    ("code", "character"),
    [
        ("a1a1", "\u3000"), ("a1a2", "，"), ("a1a4", "。"), ("a4a1", "０"), ("c4a1", "一"),
        ("c4a2", "乙"), ("c4b7", "丈"), ("c4e3", "中"), ("c8a7", "戌"), ("c9c5", "呃"),
        ("d7d3", "耄"), ("d7d4", "耘"), ("ebd0", "銬"), ("ebd1", "銀"), ("efdc", "鋤"),
        ("f5b5", "薦"), ("f7b7", "蟯"), ("f8ae", "壞"), ("f8e4", "繳"), ("fdcb", "籲"),
        ("8ea1c4e3", "中"), ("8ea2a1a1", "乂"), ("8ea2f2c4", "龘"),
    ],
)  # fmt: skip
def test_characters_of_euc_tw_are_those_of_the_standard(code: str, character: str) -> None:
    assert euc_tw.decode(bytes.fromhex(code)) == character


@given(st.lists(st.sampled_from(sorted(PAIRS)), max_size=20))
def test_euc_tw_is_decoded_character_by_character(pairs: list[bytes]) -> None:
    expected = "x".join(PAIRS[pair] for pair in pairs)
    assert euc_tw.decode(b"x".join(pairs)) == expected
    assert euc_tw.decode(b"x".join(b"\x8e\xa1" + pair for pair in pairs)) == expected


def test_no_two_codes_of_euc_tw_are_the_same_character() -> None:
    assert len(CODES) == len(PAIRS) > 5_400
    assert all(len(char) == 1 for char in CODES)


def test_a_text_in_euc_tw_is_recognised() -> None:
    data = b"".join(map(CODES.__getitem__, STATEMENT))
    reading = read_bytes(data, "r.txt")
    assert "".join(p.text for p in reading.paragraphs) == STATEMENT
    assert reading.report.encoding == "euc-tw"
    assert texts(data[:8], encoding="EUC_TW") == ["各位代表"]


def test_bytes_that_are_no_euc_tw_are_told_by_their_place() -> None:
    with pytest.raises(UnicodeDecodeError) as caught:
        euc_tw.decode(b"abc\x8e\xa5\xa1\xa1")
    assert caught.value.start == 3
    assert euc_tw.decode(b"a\x8e\xa5\xa1\xa1", "surrogateescape") == "a\udc8e\udca5\udca1\udca1"


def test_text_of_seven_bits_may_be_chinese() -> None:
    assert texts("各位代表：\n现在报告工作。".encode("hz")) == ["各位代表：", "现在报告工作。"]
    assert texts(b"a ~{ b + c ~} d") == ["a ~{ b + c ~} d"]
    page = '<meta charset="utf-7"><p>+YqVUSg-'
    assert texts(page.encode(), "r.html") == ["报告"]
    assert texts(page.replace("utf-7", "utf-8").encode(), "r.html") == ["+YqVUSg-"]


REAL = {
    "charset_Big5": ("big5", "big5hkscs"),
    "charset_EUC-TW": ("euc-tw", ""),
    "charset_GB2312": ("gb18030", "gb18030"),
    "charset_UTF-16": ("utf-16-be", "utf-16"),
    "charset_UTF-16BE": ("utf-16-be", "utf-16-be"),
    "charset_UTF-16LE": ("utf-16-le", "utf-16-le"),
    "charset_txt_legacy/cityu": ("big5", "big5hkscs"),
    "charset_txt_legacy/msr": ("gb18030", "gb18030"),
}
"""Files of the collection, the encoding on record, and the codec that is right for them."""


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("place", REAL)
def test_real_files_are_decoded_as_what_they_are(real_data: Path, place: str) -> None:
    encoding, codec = REAL[place]
    found = sorted((real_data / "messy").glob(f"{place}*" if "/" in place else f"{place}/*"))
    assert found
    for path in found:
        readings = [item for item in read_reports(path) if isinstance(item, Reading)]
        assert readings
        whole = squeezed(path.read_bytes().decode(codec, "replace")) if codec else ""
        for reading in readings:
            assert (reading.report.encoding, reading.report.flaws) == (encoding, ())
            if codec and path.suffix in {".txt", ".srt"}:
                assert all(squeezed(p.text) in whole for p in reading.paragraphs)


def test_a_real_file_in_euc_tw_reads_as_the_same_text_in_big5(real_data: Path) -> None:
    messy = real_data / "messy"
    one = read_report(messy / "charset_EUC-TW" / "_ude_euc-tw1.txt")
    other = read_report(messy / "charset_Big5" / "_ude_1.txt")
    assert one.paragraphs == other.paragraphs


def test_re_encoded_reports_equal_their_originals_paragraph_by_paragraph(real_data: Path) -> None:
    names = {"gb18030": "gb18030", "utf16be_bom": "utf-16-be", "utf8_bom_crlf": "utf-8-sig"}
    copies = sorted((real_data / "messy" / "derived_txt").iterdir())
    assert len(copies) == 12
    for path in copies:
        stem, kind, _ = path.name.split(".")
        original = read_report(real_data / "reports" / "provincial" / f"{stem}.txt")
        reading = read_report(path)
        assert reading.paragraphs == original.paragraphs
        assert (reading.report.encoding, reading.report.flaws) == (names[kind], ())
