"""search: ask an index of government reports, from a program.

    import search

    with search.open_index("index") as index:
        for hit in index.search("行政复议", limit=10):
            print(hit.address, hit.report.title, hit.text)

Nothing here prints, exits or changes global state. What goes wrong with an index, a query
or a report is a `BaogaoError`; an argument that makes no sense is a ValueError.
"""

from typing import TYPE_CHECKING

from corpus.lazily import lazily

if TYPE_CHECKING:
    from corpus import BaogaoError, Limits, Reason, Report, UnreadableReport
    from indexer import (
        BuildSummary,
        CheckSummary,
        DictionaryError,
        Failure,
        IndexCorrupt,
        IndexExposed,
        IndexingError,
        IndexLocked,
        IndexMissing,
        IndexOutdated,
        Progress,
        Span,
        build_index,
        check_index,
    )

    from . import rendering
    from .citing import cite
    from .errors import (
        IndexClosed,
        QueryError,
        ResultSetError,
        SearchError,
        SynonymsError,
        UnknownAddress,
    )
    from .exporting import Edition, Export, export
    from .highlighting import Snippet
    from .index import Index, IndexStats, Near, open_index
    from .outlining import Heading
    from .query import quote
    from .result_sets import ResultSet, ResultSets
    from .results import Group, Hit, Passage, Results, Sort
    from .suggesting.account import Account, Change, Part, Proposal
    from .suggesting.completion import Source, Suggestion

__getattr__ = lazily(
    __name__,
    {
        "corpus": ("BaogaoError", "Limits", "Reason", "Report", "UnreadableReport"),
        "indexer": (
            "BuildSummary",
            "CheckSummary",
            "DictionaryError",
            "Failure",
            "IndexCorrupt",
            "IndexExposed",
            "IndexLocked",
            "IndexMissing",
            "IndexOutdated",
            "IndexingError",
            "Progress",
            "Span",
            "build_index",
            "check_index",
        ),
        ".citing": ("cite",),
        ".errors": (
            "IndexClosed",
            "QueryError",
            "ResultSetError",
            "SearchError",
            "SynonymsError",
            "UnknownAddress",
        ),
        ".exporting": ("Edition", "Export", "export"),
        ".highlighting": ("Snippet",),
        ".index": (
            "Index",
            "IndexStats",
            "Near",
            "open_index",
        ),
        ".outlining": ("Heading",),
        ".query": ("quote",),
        ".rendering": (),
        ".result_sets": (
            "ResultSet",
            "ResultSets",
        ),
        ".results": (
            "Group",
            "Hit",
            "Passage",
            "Results",
            "Sort",
        ),
        ".suggesting.account": ("Account", "Change", "Part", "Proposal"),
        ".suggesting.completion": ("Source", "Suggestion"),
    },
)

__all__ = [
    "Account",
    "BaogaoError",
    "BuildSummary",
    "Change",
    "CheckSummary",
    "DictionaryError",
    "Edition",
    "Export",
    "Failure",
    "Group",
    "Heading",
    "Hit",
    "Index",
    "IndexClosed",
    "IndexCorrupt",
    "IndexExposed",
    "IndexLocked",
    "IndexMissing",
    "IndexOutdated",
    "IndexStats",
    "IndexingError",
    "Limits",
    "Near",
    "Part",
    "Passage",
    "Progress",
    "Proposal",
    "QueryError",
    "Reason",
    "Report",
    "ResultSet",
    "ResultSetError",
    "ResultSets",
    "Results",
    "SearchError",
    "Snippet",
    "Sort",
    "Source",
    "Span",
    "Suggestion",
    "SynonymsError",
    "UnknownAddress",
    "UnreadableReport",
    "build_index",
    "check_index",
    "cite",
    "export",
    "open_index",
    "quote",
    "rendering",
]
