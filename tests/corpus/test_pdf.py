"""PDF documents: what PDFium says of them, and the real ones against their texts."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from corpus import Reading, UnreadableReport, read_bytes, read_report
from corpus.errors import Reason
from corpus.formats.base import Draft, Source
from corpus.formats.pdf import Pdf
from corpus.limits import Budget, Limits

from .writing_pages import HEIGHT, TOP, WIDTH, Words, pages_of, pdf

if TYPE_CHECKING:
    from pathlib import Path

_UNSEEN = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff]+")
BODY = "全市上下坚持稳中求进工作总基调，统筹推进经济社会发展，地区生产总值增长百分之六点五。" * 3
MANY = [f"{chr(ord('甲') + number)}区{BODY}" for number in range(12)]


def read(data: bytes) -> Draft:
    return Pdf().read(Source("r.pdf", data))


def texts(data: bytes) -> list[str]:
    return [line.text for line in read(data).lines]


def refusal(data: bytes) -> UnreadableReport:
    with pytest.raises(UnreadableReport) as caught:
        read(data)
    return caught.value


def test_bytes_before_the_mark_do_not_hide_a_document() -> None:
    data = b"\r\n" + pdf(pages_of([BODY]))
    assert read_bytes(data, "r.bin").report.format == "pdf"


def test_paragraphs_know_the_page_they_begin_on() -> None:
    reading = read_bytes(pdf(pages_of(MANY)), "r.pdf")
    pages = [paragraph.page for paragraph in reading.paragraphs]
    assert pages[0] == 1
    assert pages[-1] == 3
    assert pages == sorted(pages)


def test_a_title_that_stands_in_the_text_is_taken_and_a_program_s_name_is_not() -> None:
    pages = pages_of(["关于加强河道管理的通知", BODY])
    assert read(pdf(pages, title="关于加强河道管理的通知")).title == "关于加强河道管理的通知"
    assert read(pdf(pages, title="Microsoft Word - 河道3.doc")).title == ""


def test_bold_type_is_known_by_its_name_or_by_its_outlines() -> None:
    (page,) = pages_of(["一、总体要求", BODY])
    by_name = [replace(page[0], font="F2"), *page[1:]]
    outlined = [replace(page[0], before="2 Tr"), replace(page[1], before="0 Tr"), *page[2:]]
    assert [line.strong for line in read(pdf([by_name])).lines] == [True, False]
    assert read(pdf([outlined])).lines[0].strong
    assert not any(line.strong for line in read(pdf([page])).lines)


def test_a_watermark_across_the_page_is_no_text() -> None:
    (page,) = pages_of([BODY])
    aslant = Words("内部资料", 150, 500, 60, turn="0.7 0.7 -0.7 0.7")
    assert texts(pdf([[aslant, *page]])) == [BODY]


def test_what_lies_beyond_the_page_is_no_text() -> None:
    (page,) = pages_of([BODY])
    assert texts(pdf([[*page, Words("裁切线", WIDTH + 20, TOP)]])) == [BODY]


@pytest.mark.parametrize(
    ("turn", "rotate"), [("0 1 -1 0", 90), ("0 -1 1 0", 270), ("-1 0 0 -1", 180)]
)
def test_pages_that_are_turned_are_read_as_they_are_seen(turn: str, rotate: int) -> None:
    lines = ("Report on the work of the government", "delivered at the third session")
    turned = []
    for number, line in enumerate(lines):
        x, y = 90.0, 100 + 20.0 * number
        place = {90: (y, HEIGHT - x), 270: (WIDTH - y, x), 180: (WIDTH - x, HEIGHT - y)}[rotate]
        turned.append(Words(line, *place, turn=turn, font="F3"))
    assert texts(pdf([turned], rotate=rotate)) == list(lines)


IMAGE = "q 400 0 0 600 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /G ID x EI Q\n"  # one grey pixel


def test_a_document_of_pictures_is_a_scan() -> None:
    error = refusal(pdf([[], []], extra=IMAGE))
    assert error.reason is Reason.SCAN
    assert "all of its 2 pages are pictures" in error.detail


def test_a_document_of_blank_pages_is_empty() -> None:
    assert refusal(pdf([[], []])).reason is Reason.EMPTY


def test_pages_without_text_are_named_where_others_have_some() -> None:
    pages = pages_of(MANY)
    draft = read(pdf([*pages, []], extra=IMAGE))
    assert [line.text for line in draft.lines] == MANY
    assert draft.flaws == ("page 4 of 4 shows a picture in place of text",)


def test_glyphs_without_characters_are_no_text() -> None:
    garbled = "\ue123\ue124\ue125" * 10
    assert refusal(pdf([[Words(garbled)]])).reason is Reason.SCAN
    draft = read(pdf([*pages_of([BODY]), [Words("见\ue123字")]]))
    assert [line.text for line in draft.lines] == [BODY, "见字"]
    assert draft.flaws == ("its fonts do not say which characters 1 of its signs are",)


def test_a_file_that_lost_its_table_of_objects_is_mended_and_says_so() -> None:
    data = pdf(pages_of([BODY]))
    draft = read(data.replace(b"startxref\n", b"startxref\n9"))
    assert [line.text for line in draft.lines] == [BODY]
    assert "mended" in draft.flaws[0]


def test_a_file_that_breaks_off_is_damaged() -> None:
    assert refusal(pdf(pages_of([BODY]))[:300]).reason is Reason.DAMAGED
    assert refusal(b"%PDF-1.7\n").reason is Reason.DAMAGED


def test_text_is_counted_against_what_may_be_unpacked() -> None:
    data = pdf(pages_of(MANY * 4))
    budget = Budget("r.pdf", Limits(unpacked=100_000))
    with pytest.raises(UnreadableReport) as caught:
        Pdf().read(Source("r.pdf", data, budget=budget))
    assert caught.value.reason is Reason.TOO_LARGE


def test_damaged_documents_are_read_or_refused() -> None:
    dice = random.Random(7)
    whole = pdf(pages_of([BODY] * 4))
    for _ in range(300):
        data = bytearray(whole)
        for _ in range(dice.randint(1, 12)):
            data[dice.randrange(len(data))] = dice.randrange(256)
        start = dice.randrange(len(data))
        del data[start : start + dice.randint(0, 300)]
        try:
            read(bytes(data))
        except UnreadableReport:
            continue


REASONS = {
    "pdf_encrypted": Reason.ENCRYPTED,
    "pdf_image_only": Reason.SCAN,
}


@pytest.mark.parametrize("folder", REASONS)
def test_real_files_that_cannot_be_read_are_refused_for_the_right_reason(
    real_data: Path, folder: str
) -> None:
    for path in (real_data / "messy" / folder).iterdir():
        assert refusal(path.read_bytes()).reason is REASONS[folder], path.name


def test_a_cyclic_tree_of_pages_is_read_as_far_as_it_goes(real_data: Path) -> None:
    (path,) = (real_data / "messy" / "pdf_broken").iterdir()
    draft = read(path.read_bytes())
    assert len(draft.lines) == 1
    assert draft.flaws == ("page 2 of 2 cannot be read",)


def test_copies_of_real_files_that_open_without_a_password_are_read_and_cut_ones_refused(
    real_data: Path,
) -> None:
    whole = real_data / "messy" / "pdf"
    for path in sorted((real_data / "messy" / "derived_pdf").iterdir()):
        name, kind, _ = path.name.split(".")
        if kind == "truncated":
            assert refusal(path.read_bytes()).reason is Reason.DAMAGED, path.name
        else:
            found = read_report(path)
            assert found.report.id == read_report(whole / f"{name}.pdf").report.id, path.name


def test_a_real_page_that_only_has_its_text_by_a_mapping_of_its_font_is_read(
    real_data: Path,
) -> None:
    found = texts((real_data / "messy" / "pdf" / "XiaoBiaoSong.pdf").read_bytes())
    assert "（一九三七年八月一日）" in found
    assert len(found) == 20


def shown(text: str) -> str:
    """Give the characters of a text; what its markup lost on the way to the page aside."""
    return _UNSEEN.sub("", text).replace("*", "").replace("＃", "")


def spans(paragraphs: list[str]) -> set[tuple[int, int]]:
    """Give where each paragraph begins and ends, counted in characters."""
    found, start = set(), 0
    for paragraph in filter(None, map(shown, paragraphs)):
        found.add((start, start + len(paragraph)))
        start += len(paragraph)
    return found


@pytest.fixture(scope="module")
def laws(real_data: Path) -> dict[Path, Reading]:
    """Laws, read from PDF, by the files that hold their texts."""
    texts = sorted((real_data / "messy" / "gold").iterdir())
    return {path: read_report(real_data / "messy" / "pdf" / f"{path.stem}.pdf") for path in texts}


def test_laws_read_from_pdf_are_their_texts_paragraph_by_paragraph(
    laws: dict[Path, Reading],
) -> None:
    assert len(laws) == 16
    right = expected = 0
    for path, reading in laws.items():
        text = path.read_text(encoding="utf-8")
        found = [paragraph.text for paragraph in reading.paragraphs]
        assert shown("".join(found)) == shown(text), path.stem
        wanted = spans(text.split("\n"))
        assert len(wanted & spans(found)) >= 0.95 * len(wanted), path.stem
        right += len(wanted & spans(found))
        expected += len(wanted)
    assert right >= 0.998 * expected


def test_articles_of_laws_read_from_pdf_are_headings(laws: dict[Path, Reading]) -> None:
    for path, reading in laws.items():
        for paragraph in reading.paragraphs:
            article = re.match(r"第[一二三四五六七八九十百千零]{1,8}条(?=\s)", paragraph.text)
            if article:
                assert paragraph.heading[-1] == article[0], (path.stem, paragraph.text[:20])
