"""How many reports and paragraphs, in words."""

from __future__ import annotations

from .language import ngettext


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
