"""Cutting a report: nothing of its text is lost, and its sections are those of its headings."""

from __future__ import annotations

from itertools import accumulate, groupby, pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus import Paragraph
from indexer import Segmenter, fold
from indexer.cutting import CutTexts, cut_report, cut_texts
from indexer.zones import heading_text
from tests.generated import examples

SEGMENTER = Segmenter.in_memory({"经": 0, "经济": 9, "经济发展": 3, "发展": 5, "工作": 8})

TEXTS = st.text("经济發展工作，。①Ａa1 \u200b\n", max_size=12)
HEADINGS = st.lists(st.sampled_from(["一、经济", "二、工作", "(一)發展"]), max_size=2).map(tuple)


@st.composite
def paragraphs(draw: st.DrawFn) -> list[Paragraph]:
    """Paragraphs of which some are the last heading above them."""
    made = []
    for ordinal, heading in enumerate(draw(st.lists(HEADINGS, max_size=8)), 1):
        is_heading = draw(st.booleans()) and bool(heading)
        made.append(Paragraph(ordinal, heading[-1] if is_heading else draw(TEXTS), heading))
    return made


def pieces(cut: CutTexts) -> list[str]:
    """The folded texts, apart."""
    ends = list(accumulate(cut.lengths.tolist(), initial=0))
    assert ends[-1] == len(cut.folded)
    return [cut.folded[start:end] for start, end in pairwise(ends)]


def words(cut: CutTexts) -> list[list[str]]:
    """The words of every text."""
    tokens = [cut.words[token] for token in cut.tokens.tolist()]
    ends = list(accumulate(cut.counts.tolist(), initial=0))
    assert ends[-1] == len(tokens)
    return [tokens[start:end] for start, end in pairwise(ends)]


@given(st.lists(TEXTS))
def test_texts_are_folded_and_cut_each_by_itself(texts: list[str]) -> None:
    """In order, each word numbered once, empty texts included."""
    [cut] = cut_texts([texts], SEGMENTER)
    assert cut.folded == fold("".join(texts))
    assert pieces(cut) == [fold(text) for text in texts]
    assert words(cut) == [SEGMENTER.index_words(fold(text)) for text in texts]
    assert len(set(cut.words)) == len(cut.words)
    assert set(cut.tokens.tolist()) == set(range(len(cut.words)))


@examples(60)
@given(paragraphs())
def test_a_reports_paragraphs_are_kept_as_published_and_cut(given_ones: list[Paragraph]) -> None:
    """`texts` are the paragraphs themselves; `cut` is what `cut_texts` makes of them."""
    report = cut_report("0123456789ab", given_ones, SEGMENTER)
    assert report.report == "0123456789ab"
    assert report.texts == tuple(paragraph.text for paragraph in given_ones)
    assert pieces(report.cut) == [fold(paragraph.text) for paragraph in given_ones]
    assert words(report.cut) == [SEGMENTER.index_words(text) for text in pieces(report.cut)]


@given(paragraphs())
def test_sections_follow_the_headings(given_ones: list[Paragraph]) -> None:
    """Every paragraph is in a section of its path and of the headings above it, and no
    two sections that follow one another are alike."""
    report = cut_report("0123456789ab", given_ones, SEGMENTER)
    sizes = report.sizes.tolist()
    assert all(sizes)
    assert len(sizes) == len(report.paths) == len(report.headings.lengths)
    sections = list(zip(report.paths, pieces(report.headings), strict=True))
    of_paragraphs = [
        section for section, size in zip(sections, sizes, strict=True) for _ in range(size)
    ]
    expected = [
        (paragraph.heading, fold(heading_text(paragraph.heading, paragraph.text)))
        for paragraph in given_ones
    ]
    assert of_paragraphs == expected
    assert sections == [key for key, _ in groupby(expected)]
    assert words(report.headings) == [SEGMENTER.index_words(folded) for _, folded in sections]


def test_a_headings_own_words_are_not_those_of_the_section_above_it() -> None:
    """A heading line has a section of its own, which what stands below it does not share."""
    above = ("一、经济", "(一)发展")
    lines = [
        Paragraph(1, "一、经济", above[:1]),
        Paragraph(2, "(一)发展", above),
        Paragraph(3, "经济工作。", above),
        Paragraph(4, "发展工作。", above),
    ]
    report = cut_report("0123456789ab", lines, SEGMENTER)
    assert pieces(report.headings) == ["", "一、经济", "一、经济\n(一)发展"]
    assert report.sizes.tolist() == [1, 1, 2]
