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
        forget_files,
    )

    from . import rendering
    from .analysis.collocates import Collocate, Measure
    from .analysis.compare import AlignedPair, Alignment, ComparedPart, Comparison, Side
    from .analysis.facets import Facet, Facets, FacetValue
    from .analysis.grouping import Grouping
    from .analysis.keyness import Keyness, KeyPhrase
    from .analysis.kwic import Concordance, KwicLine, KwicOrder
    from .analysis.rewording import Edit
    from .analysis.similar import NearPassage
    from .analysis.trend import Occasion, Period, TermTrend, Trend, Usage
    from .citing import cite
    from .contributions import Merit
    from .errors import (
        IndexClosed,
        QueryError,
        ResultSetError,
        SavedQueryError,
        SearchError,
        SynonymsError,
        UnknownAddress,
    )
    from .explaining.explanation import (
        Clause,
        ClauseKind,
        ExplainedHit,
        Explanation,
        OtherForm,
        Share,
        Term,
    )
    from .exporting import Edition, Export, export
    from .highlighting import Snippet
    from .holdings import IndexStats, Near
    from .index import Index, open_index
    from .outlining import Heading
    from .query import quote
    from .query.filters import Filter
    from .result_sets import ResultSet, ResultSets
    from .results import Group, Hit, Passage, Results, Sort
    from .saved_queries import News, SavedQueries, SavedQuery
    from .suggesting.account import Account, Change, Part, Proposal
    from .suggesting.completion import Source, Suggestion
else:  # to type checkers, any name would be there
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
                "forget_files",
            ),
            ".citing": ("cite",),
            ".analysis.collocates": ("Collocate", "Measure"),
            ".analysis.compare": ("AlignedPair", "Alignment", "ComparedPart", "Comparison", "Side"),
            ".analysis.keyness": ("KeyPhrase", "Keyness"),
            ".analysis.kwic": ("Concordance", "KwicLine", "KwicOrder"),
            ".analysis.rewording": ("Edit",),
            ".analysis.similar": ("NearPassage",),
            ".analysis.facets": ("Facet", "FacetValue", "Facets"),
            ".analysis.grouping": ("Grouping",),
            ".analysis.trend": ("Occasion", "Period", "TermTrend", "Trend", "Usage"),
            ".contributions": ("Merit",),
            ".errors": (
                "IndexClosed",
                "QueryError",
                "ResultSetError",
                "SavedQueryError",
                "SearchError",
                "SynonymsError",
                "UnknownAddress",
            ),
            ".explaining.explanation": (
                "Clause",
                "ClauseKind",
                "ExplainedHit",
                "Explanation",
                "OtherForm",
                "Share",
                "Term",
            ),
            ".exporting": ("Edition", "Export", "export"),
            ".highlighting": ("Snippet",),
            ".holdings": ("IndexStats", "Near"),
            ".index": ("Index", "open_index"),
            ".outlining": ("Heading",),
            ".query": ("quote",),
            ".query.filters": ("Filter",),
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
            ".saved_queries": ("News", "SavedQueries", "SavedQuery"),
            ".suggesting.account": ("Account", "Change", "Part", "Proposal"),
            ".suggesting.completion": ("Source", "Suggestion"),
        },
    )

__all__ = [
    "Account",
    "AlignedPair",
    "Alignment",
    "BaogaoError",
    "BuildSummary",
    "Change",
    "CheckSummary",
    "Clause",
    "ClauseKind",
    "Collocate",
    "ComparedPart",
    "Comparison",
    "Concordance",
    "DictionaryError",
    "Edit",
    "Edition",
    "ExplainedHit",
    "Explanation",
    "Export",
    "Facet",
    "FacetValue",
    "Facets",
    "Failure",
    "Filter",
    "Group",
    "Grouping",
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
    "KeyPhrase",
    "Keyness",
    "KwicLine",
    "KwicOrder",
    "Limits",
    "Measure",
    "Merit",
    "Near",
    "NearPassage",
    "News",
    "Occasion",
    "OtherForm",
    "Part",
    "Passage",
    "Period",
    "Progress",
    "Proposal",
    "QueryError",
    "Reason",
    "Report",
    "ResultSet",
    "ResultSetError",
    "ResultSets",
    "Results",
    "SavedQueries",
    "SavedQuery",
    "SavedQueryError",
    "SearchError",
    "Share",
    "Side",
    "Snippet",
    "Sort",
    "Source",
    "Span",
    "Suggestion",
    "SynonymsError",
    "Term",
    "TermTrend",
    "Trend",
    "UnknownAddress",
    "UnreadableReport",
    "Usage",
    "build_index",
    "check_index",
    "cite",
    "export",
    "forget_files",
    "open_index",
    "quote",
    "rendering",
]
