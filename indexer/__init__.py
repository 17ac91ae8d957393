"""indexer: reports into an index, and the index open for reading.

How text is compared and cut: `folding`, `dictionary`, `markov`, `segmenter`, `zones`; many
texts at once: `bulk_folding`, `batches`, `routes`, `trie`, `word_arrays`, `code_points`.
What is found in it besides: `quantities`, by `amounts` and `units`.
How files become an index: `build`, `stamps`, `taking`, `workers`, `cutting`, `gathering`,
`segments`, `compaction`, `catalog`, `writing`, `summary`. What it is made of: `storage`,
`paragraphs`, `quantity_arrays`, `reports`, `generations`. How it is read: `snapshot`,
`stored_dictionary`, `strings`, `clauses`, `checking`; by Whoosh: `engine`, `schema`,
`report_index`.
"""

from typing import TYPE_CHECKING

from corpus.lazily import lazily

if TYPE_CHECKING:
    from .build import build_index, forget_files
    from .catalog import Failure
    from .checking import CheckSummary, check_index
    from .errors import (
        DictionaryError,
        IndexCorrupt,
        IndexExposed,
        IndexingError,
        IndexLocked,
        IndexMissing,
        IndexOutdated,
    )
    from .folding import FoldedText, Span, fold
    from .paragraphs import SECTIONS, SENTENCE_ENDS, ParagraphSegment
    from .report_index import open_report_index
    from .reports import ReportTable
    from .segmenter import Segmenter
    from .snapshot import Counted, Snapshot, StoredParagraph, open_snapshot
    from .storage.postings import Postings
    from .strings import find_bounded, find_string
    from .summary import BuildSummary, Progress
    from .zones import Zone
else:  # to type checkers, any name would be there
    __getattr__ = lazily(
        __name__,
        {
            ".build": ("build_index", "forget_files"),
            ".checking": (
                "CheckSummary",
                "check_index",
            ),
            ".errors": (
                "DictionaryError",
                "IndexCorrupt",
                "IndexExposed",
                "IndexingError",
                "IndexLocked",
                "IndexMissing",
                "IndexOutdated",
            ),
            ".folding": (
                "FoldedText",
                "Span",
                "fold",
            ),
            ".catalog": ("Failure",),
            ".paragraphs": (
                "SECTIONS",
                "SENTENCE_ENDS",
                "ParagraphSegment",
            ),
            ".report_index": ("open_report_index",),
            ".reports": ("ReportTable",),
            ".segmenter": ("Segmenter",),
            ".snapshot": (
                "Counted",
                "Snapshot",
                "StoredParagraph",
                "open_snapshot",
            ),
            ".storage.postings": ("Postings",),
            ".summary": (
                "BuildSummary",
                "Progress",
            ),
            ".zones": ("Zone",),
            ".strings": (
                "find_bounded",
                "find_string",
            ),
        },
    )

__all__ = [
    "SECTIONS",
    "SENTENCE_ENDS",
    "BuildSummary",
    "CheckSummary",
    "Counted",
    "DictionaryError",
    "Failure",
    "FoldedText",
    "IndexCorrupt",
    "IndexExposed",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "IndexingError",
    "ParagraphSegment",
    "Postings",
    "Progress",
    "ReportTable",
    "Segmenter",
    "Snapshot",
    "Span",
    "StoredParagraph",
    "Zone",
    "build_index",
    "check_index",
    "find_bounded",
    "find_string",
    "fold",
    "forget_files",
    "open_report_index",
    "open_snapshot",
]
