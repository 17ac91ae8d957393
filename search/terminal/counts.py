"""How many reports, paragraphs and hits, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .language import _, ngettext

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search import Results


def reports_counted(count: int) -> str:
    """So many reports."""
    return ngettext("{count:,} report", "{count:,} reports", count).format(count=count)


def paragraphs_counted(count: int) -> str:
    """So many paragraphs."""
    return ngettext("{count:,} paragraph", "{count:,} paragraphs", count).format(count=count)


def paragraphs_found(count: int) -> str:
    """So many paragraphs that answer a query."""
    found = ngettext("{count:,} paragraph found", "{count:,} paragraphs found", count)
    return found.format(count=count)


def summary(results: Results) -> Iterator[str]:
    """How much was found, and which of it is shown."""
    if not results.total:
        yield _("nothing found for {query}").format(query=results.query)
    elif results.groups:
        yield _("{found} in {reports}, {shown:,} of them shown").format(
            found=paragraphs_found(results.total),
            reports=reports_counted(results.reports),
            shown=len(results.groups),
        )
    else:
        yield _shown(results)
    if results.total and results.relaxed:
        yield _("taken as a plain question: a part of its words will do; --all-words wants all")
    if results.missing:
        gone = paragraphs_counted(results.missing)
        yield _("of the result set, no longer in the index: {gone}").format(gone=gone)


def _shown(results: Results) -> str:
    found = paragraphs_found(results.total)
    if not results.hits:
        return _("{found}, none of them shown").format(found=found)
    first, last = results.hits[0].rank, results.hits[-1].rank
    same = sum(len(hit.duplicates) for hit in results)
    if same:
        told = _("{found}, {first:,} to {last:,} shown, with {same:,} more that say the same")
        return told.format(found=found, first=first, last=last, same=same)
    if (first, last) == (1, results.total):
        return found
    return _("{found}, {first:,} to {last:,} shown").format(found=found, first=first, last=last)
