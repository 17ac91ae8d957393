"""An account of a query as lines of text: what each part finds, and what to ask instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search.suggesting.account import Change

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.suggesting.account import Account

_LEADS = {
    Change.SPELLING: "did you mean",
    Change.VALUE: "did you mean",
    Change.LEFT_OUT: "with fewer conditions",
}


def account_lines(account: Account) -> Iterator[str]:
    """What to say of a query that found nothing; the text in it is as the user wrote it."""
    for part in account.parts:
        if part.without is not None:
            yield f"  {part.text}: {part.alone:,} by itself, {part.without:,} without it"
    for proposal in account.proposals:
        paragraphs = f"{proposal.total:,} paragraph{'s' * (proposal.total != 1)}"
        yield f"{_LEADS[proposal.change]}: {proposal.query} ({paragraphs})"
