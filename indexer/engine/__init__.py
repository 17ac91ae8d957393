"""An engine of our own under Whoosh: its queries, scores and results over our segments.

What a segment answers (`segment`: `terms`, `columns`, `positions`, `stored`) is put into
Whoosh's terms by its extension points (`codec`, `matcher`, `index`, `writer`), so that any
of its queries runs. Those that can be are evaluated in whole arrays (`evaluation`,
`vectors`, `scores`, `expansion`) and ranked, sorted and grouped so (`collector`,
`ranking`, `grouping`).
"""

from .collector import VectorCollector
from .errors import SchemaDiffers, Unsupported, WriterLocked
from .index import ArrayIndex, ArraySearcher
from .segment import ArraySegment
from .store import open_array_index
from .terms import ColumnTerms, Terms
from .writer import ArrayWriter, Target

__all__ = [
    "ArrayIndex",
    "ArraySearcher",
    "ArraySegment",
    "ArrayWriter",
    "ColumnTerms",
    "SchemaDiffers",
    "Target",
    "Terms",
    "Unsupported",
    "VectorCollector",
    "WriterLocked",
    "open_array_index",
]
