"""An account of a query as lines of text: what each part finds, and what to ask instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.suggesting.account import Change

from .counts import paragraphs_counted
from .language import _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.suggesting.account import Account

_LEADS = {
    Change.SPELLING: _("did you mean"),
    Change.VALUE: _("did you mean"),
    Change.LEFT_OUT: _("with fewer conditions"),
}


def account_lines(account: Account) -> Iterator[str]:
    """What to say of a query that found nothing; the text in it is as the user wrote it."""
    for part in account.parts:
        if part.without is not None:
            told = _("  {part}: {alone:,} by itself, {without:,} without it")
            yield told.format(part=part.text, alone=part.alone, without=part.without)
    for proposal in account.proposals:
        yield _("{lead}: {query} ({paragraphs})").format(
            lead=_LEADS[proposal.change],
            query=proposal.query,
            paragraphs=paragraphs_counted(proposal.total),
        )
