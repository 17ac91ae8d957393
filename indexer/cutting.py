"""Cutting: texts into what is indexed of them, in arrays that are quickly passed on."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from itertools import accumulate, chain, compress, groupby, pairwise
from typing import TYPE_CHECKING

import numpy as np

from .bulk_folding import fold_texts
from .paragraphs import SECTIONS
from .plain import to_json
from .quantity_arrays import Quantities
from .similarity import fingerprint, sketch
from .zones import heading_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from corpus import Paragraph

    from .segmenter import Segmenter


@dataclass(frozen=True, slots=True)
class CutTexts:
    """Texts, folded and cut into words.

    Attributes:
        folded: all of them, one after the other.
        lengths: the characters of each.
        words: the different words in them.
        tokens: every word of every text, by its place in `words`.
        counts: how many words each text has.
    """

    folded: str
    lengths: NDArray[np.uint32]
    words: tuple[str, ...]
    tokens: NDArray[np.uint32]
    counts: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class CutReport:
    """A report's paragraphs, ready to be indexed.

    Attributes:
        report: its id.
        texts: its paragraphs as published.
        cut: the same, cut.
        paths: the heading path of every section, a run of paragraphs below the same headings.
        headings: those paths' texts, cut.
        sizes: how many paragraphs each section has.
        parts: of each section its place in `SECTIONS`.
        pages: of each paragraph the page it begins on, 0 if there are none.
        fingerprints: of each paragraph, see `similarity`.
        quantities: of its texts.
        sketch: of the whole text, see `similarity`.
        structure: a checksum of paths, sizes, parts and pages: of all that the same texts
            may differ in.
    """

    report: str
    texts: tuple[str, ...]
    cut: CutTexts
    paths: tuple[tuple[str, ...], ...]
    headings: CutTexts
    sizes: NDArray[np.uint32]
    parts: NDArray[np.uint32]
    pages: NDArray[np.uint32]
    fingerprints: NDArray[np.uint64]
    quantities: Quantities
    sketch: bytes
    structure: int


def cut_texts(zones: Sequence[Sequence[str]], segmenter: Segmenter) -> list[CutTexts]:
    """Fold the texts of some zones and cut them, all at once."""
    folded = [fold_texts(texts) for texts in zones]
    words, tokens, counts = segmenter.index_texts([*chain.from_iterable(folded)])
    made = []
    ends = list(accumulate(counts.tolist(), initial=0))
    first = 0
    for texts in folded:
        last = first + len(texts)
        of_zone = tokens[ends[first] : ends[last]]
        is_in_zone = np.bincount(of_zone, minlength=len(words)) > 0
        numbers = np.cumsum(is_in_zone, dtype=np.uint32) - np.uint32(1)
        made.append(
            CutTexts(
                "".join(texts),
                _array(map(len, texts)),
                tuple(compress(words, is_in_zone.tolist())),
                numbers[of_zone],
                counts[first:last].astype(np.uint32),
            )
        )
        first = last
    return made


def cut_report(report_id: str, paragraphs: Sequence[Paragraph], segmenter: Segmenter) -> CutReport:
    """Cut a report.

    Args:
        report_id: its id.
        paragraphs: all of them, in order.
        segmenter: cuts the text.
    """
    texts = tuple(paragraph.text for paragraph in paragraphs)
    sections = [
        (*above, sum(1 for _ in below))
        for above, below in groupby(
            (
                paragraph.heading,
                heading_text(paragraph.heading, paragraph.text),
                SECTIONS.index(paragraph.section),
            )
            for paragraph in paragraphs
        )
    ]
    cut, headings = cut_texts([texts, [heading for _, heading, _, _ in sections]], segmenter)
    ends = list(accumulate(cut.lengths.tolist(), initial=0))
    folded = (cut.folded[start:end] for start, end in pairwise(ends))
    paths = tuple(path for path, _, _, _ in sections)
    sizes = _array(size for _, _, _, size in sections)
    parts = _array(part for _, _, part, _ in sections)
    pages = _array(paragraph.page for paragraph in paragraphs)
    return CutReport(
        report_id,
        texts,
        cut,
        paths,
        headings,
        sizes,
        parts,
        pages,
        np.fromiter(map(fingerprint, folded), np.uint64),
        Quantities.of(cut.folded, cut.lengths.tolist()),
        sketch(cut.folded),
        _checksum(paths, sizes, parts, pages),
    )


def _checksum(paths: tuple[tuple[str, ...], ...], *arrays: NDArray[np.uint32]) -> int:
    digest = hashlib.blake2b(to_json(paths), digest_size=8)
    for array in arrays:
        digest.update(array.astype("<u4").tobytes())
    return int.from_bytes(digest.digest(), "big")


def _array(numbers: Iterable[int]) -> NDArray[np.uint32]:
    return np.fromiter(numbers, np.uint32)
