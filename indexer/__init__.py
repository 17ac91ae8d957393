"""indexer: reports into an index, and the index open for reading.

Folding and segmentation (`folding`, `dictionary`, `segmenter`), what is indexed of a
paragraph (`schema`), where postings are kept (`paragraphs`), how a generation of files
becomes the index (`generations`, `catalog`), the incremental run (`build`) and its
result opened (`snapshot`).
"""

from .build import BuildSummary, Progress, build_index
from .errors import (
    DictionaryError,
    IndexCorrupt,
    IndexingError,
    IndexLocked,
    IndexMissing,
    IndexOutdated,
)
from .folding import FoldedText, Span, fold
from .schema import Zone, needed_grams
from .segmenter import Segmenter
from .snapshot import Snapshot, StoredParagraph, open_snapshot

__all__ = [
    "BuildSummary",
    "DictionaryError",
    "FoldedText",
    "IndexCorrupt",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "IndexingError",
    "Progress",
    "Segmenter",
    "Snapshot",
    "Span",
    "StoredParagraph",
    "Zone",
    "build_index",
    "fold",
    "needed_grams",
    "open_snapshot",
]
