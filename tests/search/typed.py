"""A program that uses all of the module, and the type of each thing that it gets.

It is never run: type checkers read it, and `test_typing.py` compares what they say.
"""

# ruff: noqa: F821

from datetime import date

import search
from search import rendering

summary = search.build_index("index", ["reports/"], limits=search.Limits(seconds=10))
reveal_type(summary)  # BuildSummary
reveal_type(summary.failed)  # tuple[UnreadableReport, ...]
reveal_type(summary.failed[0].reason)  # Reason
reveal_type(search.forget_files("index", "old/"))  # BuildSummary
reveal_type(search.check_index("index"))  # CheckSummary
reveal_type(search.check_index("index").problems)  # tuple[IndexCorrupt, ...]


def report_progress(progress: search.Progress) -> None:
    reveal_type(progress.done)  # int


search.build_index("index", "reports", on_progress=report_progress, added=date(2024, 5, 1))

index = search.open_index("index", synonyms="own.txt")
reveal_type(index)  # Index
reveal_type(index.refresh())  # bool
reveal_type(index.generation)  # int
reveal_type(index.snapshot())  # Index

order: search.Sort = "newest"
conditions: list[search.Filter] = ["region:浙江", ("year", "2015..")]
results = index.search(search.quote("改革"), sort=order, filters=conditions, per_report=2)
reveal_type(results)  # Results
reveal_type(results.hits)  # tuple[Hit, ...]
reveal_type(results.groups)  # tuple[Group, ...]
reveal_type(results.to_dict())  # dict[str, Any]
for hit in results:
    reveal_type(hit)  # Hit
    reveal_type(hit.report)  # Report
    reveal_type(hit.report.date)  # date | None
    reveal_type(hit.report.year)  # int | None
    reveal_type(hit.heading)  # tuple[str, ...]
    reveal_type(hit.highlights)  # tuple[tuple[int, int], ...]
    reveal_type(hit.snippet(80))  # Snippet
    reveal_type(rendering.to_html(hit))  # str
    reveal_type(rendering.to_markdown(hit.snippet()))  # str
    reveal_type(rendering.to_ansi(hit.text, hit.highlights))  # str
    reveal_type(search.cite(hit, "bibtex"))  # str
reveal_type(rendering.html_page(results))  # str
reveal_type(index.hits_in("0dc2", "改革"))  # tuple[Hit, ...]

passage = index.get("0dc2ad5c8a86:22")
reveal_type(passage)  # Passage
reveal_type(index.around(passage, 2))  # tuple[Passage, ...]
reveal_type(index.report("0dc2"))  # Report
reveal_type(index.reports())  # tuple[Report, ...]
reveal_type(index.paragraphs("0dc2"))  # tuple[Passage, ...]
reveal_type(index.outline("0dc2"))  # tuple[Heading, ...]
reveal_type(index.near("0dc2"))  # tuple[Near, ...]
reveal_type(index.near("0dc2")[0].similarity)  # float
reveal_type(index.count(passage.report))  # int
reveal_type(index.failures())  # tuple[Failure, ...]
reveal_type(index.stats())  # IndexStats
reveal_type(index.stats().years)  # dict[int | None, int]
reveal_type(index.edition)  # Edition
reveal_type(index.digests(["a.txt"]))  # dict[str, str]

fields: list[search.Grouping] = ["year", "region"]
facets = index.facets("改革", fields)
reveal_type(facets)  # Facets
reveal_type(facets["year"])  # Facet
reveal_type(facets["year"].values)  # tuple[FacetValue, ...]
reveal_type(facets["year"].values[0].value)  # int | str | None

trend = index.trend(["放管服", "营商环境"], by="year")
reveal_type(trend)  # Trend
reveal_type(trend.periods)  # tuple[Period, ...]
reveal_type(trend.terms)  # tuple[TermTrend, ...]
reveal_type(trend.terms[0].uses)  # tuple[Usage | None, ...]
reveal_type(trend.terms[0].first)  # Occasion | None

lines: search.KwicOrder = "date"
reveal_type(index.kwic("改革", sort=lines))  # Concordance
reveal_type(index.kwic("改革").lines)  # tuple[KwicLine, ...]
association: search.Measure = "log_dice"
reveal_type(index.collocates("改革", measure=association))  # tuple[Collocate, ...]
parts: list[search.ComparedPart] = ["words"]
comparison = index.compare("year:2016", "year:2017", parts=parts)
reveal_type(comparison)  # Comparison
reveal_type(comparison.before)  # Side
reveal_type(comparison.words)  # Keyness | None
reveal_type(comparison.paragraphs)  # Alignment | None
if comparison.words and comparison.paragraphs:
    reveal_type(comparison.words.came)  # tuple[KeyPhrase, ...]
    reveal_type(comparison.paragraphs.pairs)  # tuple[AlignedPair, ...]
    reveal_type(comparison.paragraphs.pairs[0].edits)  # tuple[Edit, ...]
reveal_type(index.similar("0dc2ad5c8a86:22"))  # tuple[NearPassage, ...]

reveal_type(index.suggest("行政"))  # tuple[Suggestion, ...]
reveal_type(index.suggest("行政")[0].source)  # Source
account = index.account("行政复一")
reveal_type(account)  # Account
reveal_type(account.parts)  # tuple[Part, ...]
reveal_type(account.proposals)  # tuple[Proposal, ...]
reveal_type(account.proposals[0].change)  # Change
explanation = index.explain("改革", results)
reveal_type(explanation)  # Explanation
reveal_type(explanation.understood)  # Clause
reveal_type(explanation.understood.kind)  # ClauseKind
reveal_type(explanation.understood.terms)  # tuple[Term, ...]
reveal_type(explanation.understood.terms[0].others)  # tuple[OtherForm, ...]
reveal_type(explanation.hits)  # tuple[ExplainedHit, ...]
reveal_type(explanation.hits[0].shares)  # tuple[Share, ...]
reveal_type(explanation.hits[0].shares[0].merit)  # Merit

reveal_type(index.keep("改革", results))  # ResultSet
reveal_type(index.sets)  # ResultSets
reveal_type(index.sets.names())  # list[str]
reveal_type(index.save("改革", "改革", filters=conditions))  # SavedQuery
reveal_type(index.saved)  # SavedQueries
reveal_type(index.saved.read("改革"))  # SavedQuery
news = index.new("改革", limit=10, sort=order)
reveal_type(news)  # News
reveal_type(news.results)  # Results
reveal_type(index.saved.mark(news))  # SavedQuery
reveal_type(search.export(index, "改革"))  # Export

try:
    index.search("(改革")
except search.QueryError as error:
    reveal_type(error.start)  # int
    reveal_type(error.problem)  # str
except search.UnknownAddress as unknown:
    reveal_type(unknown.address)  # str
except (search.SynonymsError, search.IndexClosed) as asked:
    refused: search.SearchError = asked
except (search.ResultSetError, search.SavedQueryError) as named:
    of_name: search.SearchError = named
except search.IndexLocked as locked:
    reveal_type(locked.holder)  # str
except (search.IndexMissing, search.IndexOutdated, search.IndexExposed) as broken:
    of_index: search.IndexingError = broken
    reveal_type(of_index.exit_code)  # int
except (search.DictionaryError, search.UnreadableReport) as other:
    root: search.BaogaoError = other

spans: list[search.Span] = [(0, 2)]
with index as opened:
    reveal_type(opened)  # Index
index.close()
