"""The segments of a report index: which fields they have, and what they hold.

    text, text_grams         of every paragraph, its words and its grams
    heading, heading_grams   the same of the headings above it, once a section
    texts, paths             records: the paragraphs and the heading paths as published
    reports, report_starts   the reports in it, and the first paragraph of each
    path_starts              the first paragraph of each section
    path_parts               of each section what a work report does there, see `SECTIONS`
    pages                    of each paragraph the page it begins on, 0 if there are none
    fingerprints             of each paragraph, to tell the same text at two places
    quantities               of all texts, see `quantity_arrays`

A paragraph is a document, and a report's paragraphs follow one another, so a paragraph's
ordinal is known by where it stands.
"""

from __future__ import annotations

from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from corpus.messages import Message
from corpus.model import ID_LENGTH

from .plain import from_json
from .storage.posting_arrays import changes
from .storage.segment import Segment
from .zones import Zone

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from .quantity_arrays import Quantities
    from .storage.checked import CheckedFile
    from .storage.kept import Kept
    from .storage.postings import Postings

FIELDS = tuple(name for zone in Zone for name in (zone.value, zone.grams))
RECORDS = ("texts", "paths")
"""The names of a segment's fields and records."""

SENTENCE_ENDS = "。!?"
"""The signs that end a sentence, as they are folded."""

SECTIONS = ("", "回顾", "问题", "计划")
"""The values of `Paragraph.section`, by which they are stored."""

_GRAMS = frozenset(zone.grams for zone in Zone)


class ParagraphSegment(Segment):
    """A segment of a report index, open for reading.

    Attributes:
        report_starts: the first paragraph of each report, and the end of the last.
        path_starts: the same of each section.
    """

    def __init__(
        self, file: CheckedFile, deletions: CheckedFile | None = None, kept: Kept | None = None
    ) -> None:
        super().__init__(file, deletions, kept)
        self.report_starts = self._starts("report_starts")
        self.path_starts = self._starts("path_starts")
        if len(self.report_ids) != len(self.report_starts) - 1:
            raise file.damaged(Message("reports and their ids differ in number"))

    def _starts(self, name: str) -> NDArray[np.int64]:
        starts = self.file.column(name).rising().astype(np.int64)
        if not len(starts) or starts[0] != 0 or starts[-1] != self.documents:
            raise self.file.damaged(Message("its parts do not make up the whole"))
        return starts

    @property
    def report_ids(self) -> NDArray[np.bytes_]:
        """The ids of its reports, deleted ones included, in the order of their paragraphs."""
        ids = self.file.column("reports").all()
        if len(ids) % ID_LENGTH:
            raise self.file.damaged(Message("an id of a report is cut short"))
        return ids.view(f"S{ID_LENGTH}")

    @property
    def has_reports(self) -> NDArray[np.bool_]:
        """Of every report whether it is there: only whole ones are deleted."""
        living = self.living
        is_there: NDArray[np.bool_] = living[self.report_starts[:-1]]
        if self.deletions and (np.repeat(is_there, np.diff(self.report_starts)) != living).any():
            raise self.deletions.damaged(Message("deletes a part of a report"))
        return is_there

    def postings(self, field: str) -> Postings:
        """The postings of a field; in grams, one stands at every character.

        Raises:
            IndexCorrupt: the file does not hold them, or has not as many.
        """
        is_new = field not in self._postings
        known = super().postings(field)
        if is_new and field in _GRAMS and not known.is_full:
            raise self.file.damaged(Message("has more characters than grams"))
        return known

    def text(self, document: int) -> str:
        """The text of a paragraph, as published."""
        try:
            return self.records("texts")[document].decode("utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            raise self.file.damaged(Message("a paragraph is no text")) from error

    def path(self, document: int) -> tuple[str, ...]:
        """The heading path of a paragraph."""
        try:
            return tuple(map(str, from_json(self.records("paths")[self._section_of(document)])))
        except (ValueError, TypeError, RecursionError) as error:
            raise self.file.damaged(Message("a heading path is none")) from error

    @cached_property
    def paragraph_starts(self) -> NDArray[np.int64]:
        """Where each paragraph's text begins in the grams of all, and where the last ends."""
        return self.postings(Zone.TEXT.grams).cell_starts

    @cached_property
    def sentence_starts(self) -> NDArray[np.int64]:
        """Where each sentence begins there: behind a sign that ends one, and with a paragraph."""
        postings = self.postings(Zone.TEXT.grams)
        ends = [
            postings.slots_between(*postings.beginning(sign.encode()))[0] for sign in SENTENCE_ENDS
        ]
        behind = np.concatenate(ends).astype(np.int64) + 1
        starts = np.sort(np.concatenate([behind, self.paragraph_starts]))
        return starts[changes(starts)]

    @cached_property
    def section_starts(self) -> NDArray[np.int64]:
        """The first paragraph of each run of them with one heading path that do the same.

        Such a run holds the heading line that opens it, unlike those of `path_starts`.
        """
        paths, parts, starts = self.records("paths"), self.path_parts, self.path_starts[:-1]
        if len(paths) != len(parts):
            raise self.file.damaged(Message("sections and their paths differ in number"))
        begins = np.isin(starts, self.report_starts)
        begins[1:] |= parts[1:] != parts[:-1]
        begins[1:] |= np.fromiter((one != other for one, other in pairwise(paths)), bool)
        return starts[begins]

    @cached_property
    def clause_starts(self) -> NDArray[np.uint32]:
        """Where each clause begins there, see `clauses`."""
        from .clauses import clause_starts  # for who asks for quantities; so are these

        return clause_starts(self.postings(Zone.TEXT.grams))

    @cached_property
    def quantities(self) -> Quantities:
        """The quantities in its texts, at their places in the grams."""
        from .quantity_arrays import Quantities

        data = self.file.column("quantities")
        try:
            return Quantities.unpacked(data.bytes(0, len(data)), int(self.paragraph_starts[-1]))
        except ValueError as error:
            raise self.file.damaged(Message("cannot be decoded: {error}", error=error)) from error

    @cached_property
    def path_parts(self) -> NDArray[np.int64]:
        """Of every section its place in `SECTIONS`."""
        parts = self.file.column("path_parts").all().astype(np.int64)
        are_known = (parts >= 0) & (parts < len(SECTIONS))
        if len(parts) != len(self.path_starts) - 1 or not are_known.all():
            raise self.file.damaged(Message("its sections are of no known kind"))
        return parts

    def section(self, document: int) -> str:
        """What a work report does in a paragraph, of `SECTIONS`."""
        return SECTIONS[self.path_parts[self._section_of(document)]]

    def page(self, document: int) -> int:
        """The page that a paragraph begins on, 0 if there are none."""
        return self.file.column("pages").at(document)

    @property
    def fingerprints(self) -> NDArray[np.uint64]:
        """The fingerprint of every paragraph: the same text has the same, see `similarity`."""
        found = self.file.column("fingerprints").all()
        if len(found) != self.documents:
            raise self.file.damaged(Message("paragraphs and their fingerprints differ in number"))
        return found.astype(np.uint64, copy=False)

    def _section_of(self, document: int) -> int:
        return int(np.searchsorted(self.path_starts, document, "right")) - 1

    def check(self) -> None:
        """Make sure that everything in it can be read, and that its parts agree.

        Raises:
            IndexCorrupt: something cannot, or they do not.
        """
        super().check()
        if (len(self.records("texts")), len(self.records("paths"))) != (
            self.documents,
            len(self.path_starts) - 1,
        ):
            raise self.file.damaged(Message("paragraphs and their texts differ in number"))
        if len(self.file.column("pages")) != self.documents:
            raise self.file.damaged(Message("paragraphs and their pages differ in number"))
        _ = self.has_reports, self.path_parts, self.quantities, self.fingerprints
