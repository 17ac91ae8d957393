"""Bytes to text: the right characters, and the encoding on record."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Reason, UnreadableReport, read_bytes

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
