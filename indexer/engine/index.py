"""An index of segments, and its searcher: see `whoosh.index` and `whoosh.searching`."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from whoosh.filedb.filestore import ReadOnlyError
from whoosh.index import Index
from whoosh.searching import Searcher

from .codec import open_reader
from .collector import VectorCollector
from .grouping import groupings
from .ordinals import ordinals
from .ranking import AsTheyCome, ByFacets, ByScore, sortable
from .segment import ArraySegment
from .writer import ArrayWriter

if TYPE_CHECKING:
    from collections.abc import Sequence

    from whoosh.fields import Schema
    from whoosh.query import Query
    from whoosh.reading import IndexReader
    from whoosh.searching import Results

    from indexer.storage.segment import Segment

    from .grouping import Grouping
    from .ordinals import Ordinals
    from .ranking import Ranking
    from .writer import Target
