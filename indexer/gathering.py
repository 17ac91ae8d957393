"""Making segments: from reports as they come, and from other segments."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import numpy as np

from .code_points import code_points
from .paragraphs import FIELDS, RECORDS
from .plain import to_json
from .quantity_arrays import Quantities
from .storage.checked import smallest
from .storage.merging import merged_postings
from .storage.posting_arrays import Cells, field_arrays, keyed_field_arrays, steps
from .storage.record_arrays import RecordsWriter, merged_records
from .storage.segment import write_segment
from .zones import Zone

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from .cutting import CutReport, CutTexts
    from .paragraphs import ParagraphSegment
    from .storage.checked import Arrays, StoredFile


class ZoneGatherer:
    """Gathers the texts of a zone as they come, to be sorted in one go."""

    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._numbers: dict[str, int] = {}
        self._folded: list[str] = []
        self._lengths: list[NDArray[np.uint32]] = []
        self._tokens: list[NDArray[np.uint32]] = []
        self._counts: list[NDArray[np.uint32]] = []

    def add(self, cut: CutTexts) -> None:
        """Add texts after those that are there."""
        numbers = self._numbers
        known = [numbers.setdefault(word, len(numbers)) for word in cut.words]
        self._tokens.append(np.array(known, np.uint32)[cut.tokens])
        self._counts.append(cut.counts)
        self._folded.append(cut.folded)
        self._lengths.append(cut.lengths)

    def arrays(self, documents: NDArray[Any] | None = None) -> Arrays:
        """The arrays of the zone's two fields.

        Args:
            documents: the first document of each text, and the end of the last; None if
                every text is a document's own.
        """
        return {**self._words(documents), **self._grams(documents)}

    def _words(self, documents: NDArray[Any] | None) -> Arrays:
        counts, tokens = _joined(self._counts), _joined(self._tokens)
        words = sorted(self._numbers)
        rank = np.empty(len(words), np.uint32)
        rank[[self._numbers[word] for word in words]] = np.arange(len(words), dtype=np.uint32)
        cells = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
        terms = [_utf8(word) for word in words]
        return field_arrays(
            self._zone.value, terms, rank[tokens], cells, Cells(None, documents, counts)
        )

    def _grams(self, documents: NDArray[Any] | None) -> Arrays:
        """Every character with the one after it, the last of a text alone.

        So a character's places are those of all grams that begin with it.
        """
        text = "".join(self._folded)
        codes = code_points(text)
        starts = np.concatenate([[0], np.cumsum(_joined(self._lengths), dtype=np.int64)])
        characters = np.flatnonzero(np.bincount(codes)) if len(codes) else codes
        rank = np.zeros(int(characters[-1]) + 1 if len(characters) else 0, np.uint32)
        rank[characters] = np.arange(1, len(characters) + 1, dtype=np.uint32)
        first = rank[codes]
        second = np.zeros_like(first)
        second[:-1] = first[1:]
        second[starts[1:][steps(starts) > 0] - 1] = 0
        width = len(characters) + 1
        keys: NDArray[Any] = first.astype(np.uint64)  # NumPy 1 would multiply in 32 bits
        keys *= np.uint64(width)
        keys += second
        numbers = None
        if width > _WIDE:
            numbers, keys = np.unique(keys, return_inverse=True)
        letters = ["", *map(chr, characters.tolist())]

        def terms_of(present: list[int]) -> list[bytes]:
            pairs = present if numbers is None else numbers[present].tolist()
            return [_utf8(letters[pair // width] + letters[pair % width]) for pair in pairs]

        slots = np.arange(len(keys), dtype=np.uint32)
        return keyed_field_arrays(self._zone.grams, keys, slots, terms_of, Cells(starts, documents))


_NO_FINGERPRINTS = np.zeros(0, np.uint64)

_WIDE = 1 << 16
"""With more different characters than these, pairs of them have to be numbered anew."""


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _joined(parts: Sequence[NDArray[np.uint32]]) -> NDArray[np.uint32]:
    return np.concatenate(parts) if parts else np.zeros(0, np.uint32)


class SegmentGatherer:
    """Gathers reports for one segment.

    Attributes:
        characters: of all paragraphs so far, which is what memory it takes depends on.
    """

    def __init__(self) -> None:
        self.characters = 0
        self._text, self._heading = ZoneGatherer(Zone.TEXT), ZoneGatherer(Zone.HEADING)
        self._texts, self._paths = RecordsWriter(), RecordsWriter()
        self._reports: list[str] = []
        self._report_sizes: list[int] = []
        self._path_sizes: list[NDArray[np.uint32]] = []
        self._path_parts: list[NDArray[np.uint32]] = []
        self._pages: list[NDArray[np.uint32]] = []
        self._fingerprints: list[NDArray[np.uint64]] = []
        self._quantities: list[Quantities] = []

    def add(self, cut: CutReport) -> None:
        """Add a report after those that are there."""
        self._quantities.append(cut.quantities.moved(self.characters))
        self.characters += len(cut.cut.folded)
        self._text.add(cut.cut)
        self._heading.add(cut.headings)
        self._texts.add(map(_utf8, cut.texts))
        self._paths.add(map(to_json, cut.paths))
        self._reports.append(cut.report)
        self._report_sizes.append(len(cut.texts))
        self._path_sizes.append(cut.sizes)
        self._path_parts.append(cut.parts)
        self._pages.append(cut.pages)
        self._fingerprints.append(cut.fingerprints)

    def __len__(self) -> int:
        """How many reports there are."""
        return len(self._reports)

    @property
    def reports(self) -> frozenset[str]:
        """The ids of the reports that are there."""
        return frozenset(self._reports)

    @property
    def documents(self) -> int:
        """How many paragraphs there are."""
        return sum(self._report_sizes)

    def write(self, path: Path) -> StoredFile:
        """Write the segment.

        Raises:
            OSError: it cannot be written.
        """
        path_starts = np.cumsum(np.concatenate([[0], _joined(self._path_sizes)]), dtype=np.int64)
        # zlib and numpy's sorting leave the interpreter to other threads.
        with ThreadPoolExecutor(1) as beside:
            texts = beside.submit(self._texts.arrays, "texts")
            postings = {**self._text.arrays(), **self._heading.arrays(path_starts)}
        arrays: Arrays = {
            **postings,
            **texts.result(),
            **self._paths.arrays("paths"),
            "path_starts": smallest(path_starts),
            "path_parts": smallest(_joined(self._path_parts)),
            "pages": smallest(_joined(self._pages)),
            "fingerprints": np.concatenate([_NO_FINGERPRINTS, *self._fingerprints]),
            "quantities": Quantities.joined(self._quantities).packed(),
            "reports": "".join(self._reports).encode(),
            "report_starts": smallest(np.cumsum([0, *self._report_sizes])),
        }
        return write_segment(path, self.documents, FIELDS, RECORDS, arrays)


def merge_segments(path: Path, segments: Sequence[ParagraphSegment]) -> tuple[StoredFile, int]:
    """Write several segments as one, without what is deleted.

    Returns:
        The file, and how many documents are left.

    Raises:
        OSError: it cannot be written.
        IndexCorrupt: one of the segments is damaged.
    """
    living = [segment.living for segment in segments]
    reports, report_sizes, path_sizes, paths_kept, parts, pages = [], [], [], [], [], []
    fingerprints = []
    quantities: list[Quantities] = []
    first_place = 0
    for segment, keep in zip(segments, living, strict=True):
        before = np.concatenate([[0], np.cumsum(keep)])
        sizes = steps(before[segment.report_starts])
        reports.append(segment.report_ids[sizes > 0])
        report_sizes.append(sizes[sizes > 0])
        sizes = steps(before[segment.path_starts])
        paths_kept.append(sizes > 0)
        path_sizes.append(sizes[sizes > 0])
        parts.append(segment.path_parts[sizes > 0])
        pages.append(segment.file.column("pages").all()[keep])
        fingerprints.append(segment.fingerprints[keep])
        widths = steps(segment.paragraph_starts)
        quantities.append(_kept(segment, keep, widths).moved(first_place))
        first_place += int(widths[keep].sum())
    arrays: Arrays = {
        **merged_records("texts", [segment.records("texts") for segment in segments], living),
        **merged_records("paths", [segment.records("paths") for segment in segments], paths_kept),
        "path_starts": smallest(np.cumsum(np.concatenate([[0], *path_sizes]))),
        "path_parts": smallest(np.concatenate(parts)),
        "pages": smallest(np.concatenate(pages)),
        "fingerprints": np.concatenate(fingerprints),
        "quantities": Quantities.joined(quantities).packed(),
        "reports": np.concatenate(reports).tobytes(),
        "report_starts": smallest(np.cumsum(np.concatenate([[0], *report_sizes]))),
    }
    for field in FIELDS:
        arrays.update(merged_postings(field, segments))
    documents = int(sum(keep.sum() for keep in living))
    return write_segment(path, documents, FIELDS, RECORDS, arrays), documents


def _kept(
    segment: ParagraphSegment, keep: NDArray[np.bool_], widths: NDArray[np.int64]
) -> Quantities:
    """The quantities of some paragraphs of a segment, at their places in those.

    Args:
        segment: where.
        keep: of its paragraphs, which.
        widths: of its paragraphs, how many characters they have.
    """
    found = segment.quantities
    paragraphs = np.searchsorted(segment.paragraph_starts, found.starts, "right") - 1
    gone = np.cumsum(np.where(keep, 0, widths))[paragraphs]
    return found.moved(-gone)[keep[paragraphs]]
