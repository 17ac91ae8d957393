"""A set of results with its evidence, to keep beside what is made of it.

Whoever reads it later knows what was asked, how that was understood, of which index, by
which version of the program, and when; and has every paragraph that was found, whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from corpus.plain import Plain

from .rendering.parts import SHAPE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from .explaining.explanation import Clause
    from .index import Index
    from .query.filters import Filter
    from .results import Results, Sort


@dataclass(frozen=True, slots=True)
class Edition(Plain):
    """Which commit of which index something is from.

    Attributes:
        generation: counts the commits of the index.
        fingerprint: SHA-256 over the names, sizes and checksums of its files: the same for
            copies, another after any change.
        analyzer: fingerprint of folding, segmentation and dictionaries.
        reader: version of the rules that reports were read by.
    """

    generation: int
    fingerprint: str
    analyzer: str
    reader: int


@dataclass(frozen=True, slots=True)
class Export(Plain):
    """The whole answer to a query, with its evidence.

    Attributes:
        program: version of the program.
        time: when the index was asked.
        index: which commit of it.
        options: with which options of `Index.search`.
        understood: how the query was understood.
        results: all hits, in order.
        digests: file that a hit is from → digest of its bytes and of the way it was read,
            as the index keeps it.
    """

    program: str
    time: datetime
    index: Edition
    options: Mapping[str, Any]
    understood: Clause
    results: Results
    digests: Mapping[str, str]

    def to_dict(self) -> dict[str, Any]:
        """It as plain data, the hits as those of a search; the time is in UTC."""
        record = Plain.to_dict(self)
        results = record.pop("results")
        return {"version": SHAPE, "query": results["query"], **record, **results}


def export(  # noqa: PLR0913 (as a search is asked)
    index: Index,
    query: str,
    *,
    filters: Sequence[Filter] = (),
    sort: Sort = "relevance",
    literal: bool = False,
    expand: bool = True,
    relax: bool = True,
) -> Export:
    """Ask an index and keep the whole answer with its evidence.

    Args:
        index: an open index.
        query: as in `Index.search`; so are the others. With filters it may be empty.
        filters: conditions besides.
        sort: order of the hits.
        literal: whether the query is one exact string.
        expand: whether to find what is written in other ways.
        relax: whether of a plain question a part of the words will do.

    Raises:
        QueryError: the query cannot be understood.
        IndexCorrupt: a file of the index is damaged.
    """
    from importlib.metadata import version

    taken = {"literal": literal, "expand": expand, "relax": relax}
    index = index.snapshot()
    results = index.search(query, limit=None, filters=filters, sort=sort, **taken)
    sources = {source for hit in results for source in hit.report.sources}
    return Export(
        program=version("baogao"),
        time=datetime.now(timezone.utc),
        index=index.edition,
        options={"sort": sort, **taken},
        understood=index.explain(query, (), filters=filters, **taken).understood,
        results=results,
        digests=index.digests(sources),
    )
