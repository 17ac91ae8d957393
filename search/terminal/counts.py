"""How many reports, paragraphs and hits, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .language import _, ngettext

if TYPE_CHECKING:
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


def summary(results: Results) -> str:
    """How much was found, and which of it is shown."""
    if not results.total:
        return _("nothing found for {query}").format(query=results.query)
    found = paragraphs_found(results.total)
    if not results.hits:
        return _("{found}, none of them shown").format(found=found)
    first, last = results.hits[0].rank, results.hits[-1].rank
    if (first, last) == (1, results.total):
        return found
    return _("{found}, {first:,} to {last:,} shown").format(found=found, first=first, last=last)
