"""An explanation of a query as lines of text: how it was understood, what scores are made of."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from search.contributions import Merit
from search.explaining.explanation import ClauseKind
from search.query.fields import FIELDS

from .cells import neutralise
from .counts import paragraphs_counted
from .language import _, is_chinese, ngettext
from .render import Piece, block

if TYPE_CHECKING:
    from collections.abc import Iterator

    from search.explaining.explanation import (
        Clause,
        Explanation,
        OtherForm,
        Share,
        Term,
    )

    from .render import Page

_STEP = "  "
_CELLS_A_LEVEL = 8
"""Cells that a window has to have for each level of indentation."""
_MOST_FORMS = 12
"""Other forms that are shown of a term; there may be sixty brackets of a document number."""

_GROUPS = {
    ClauseKind.ALL: _("all of:"),
    ClauseKind.ANY: _("one of:"),
    ClauseKind.NONE: _("not:"),
}
_NEAR = {
    "/句": _("in one sentence:"),
    ">句": _("in one sentence, in this order:"),
    "/段": _("in one paragraph:"),
    ">段": _("in one paragraph, in this order:"),
    "/节": _("in one section:"),
    ">节": _("in one section, in this order:"),
    "/": _("at most {distance} characters apart:"),
    ">": _("at most {distance} characters apart, in this order:"),
}
_SHOWN = {
    ClauseKind.WORDS: "{text}",
    ClauseKind.QUESTION: "{text}",
    ClauseKind.STRING: _("“{text}” to the letter"),
    ClauseKind.FUZZY: _("{text}, one character other"),
    ClauseKind.WILD: "{text}",
    ClauseKind.EXPRESSION: "re:/{text}/",
    ClauseKind.QUANTITY: _("{text} in one clause"),
    ClauseKind.CONDITION: "{text}",
}
_REASONS = {
    "document number": _("the same document number"),
    "date": _("the same date"),
    "plan": _("the same plan"),
    "number": _("the same number"),
    "synonym": _("means the same"),
    "pattern": _("words that match"),
}
_MERITS = {
    Merit.WORD: "{text}",
    Merit.PATTERN: "{text}",
    Merit.RUN: _("{text} as it was typed"),
    Merit.CHARACTERS: _("the characters of the question"),
    Merit.NEARNESS: _("words that stand near one another"),
    Merit.COMPLETE: _("all words of the question"),
    Merit.LIKENESS: _("near in wording to {text}"),
}


def explanation_lines(explanation: Explanation, page: Page) -> Iterator[str]:
    """How a query was understood, a line a part, what belongs to a part indented below it."""
    yield from _block(_("understood as:"), 0, page)
    yield from _clause_lines(explanation.understood, 1, page)


def _clause_lines(clause: Clause, depth: int, page: Page) -> Iterator[str]:
    yield from _block(_headline(clause), depth, page)
    if len(clause.terms) == 1 and clause.kind is not ClauseKind.QUESTION:
        yield from _form_lines(clause.terms[0], depth + 1, page)
    else:
        for term in clause.terms:
            yield from _block(_counted(term.text, term.paragraphs), depth + 1, page)
            yield from _form_lines(term, depth + 2, page)
    for part in clause.parts:
        yield from _clause_lines(part, depth + 1, page)


def _headline(clause: Clause) -> str:
    """What a clause asks for, and how much it finds by itself."""
    if clause.kind in _GROUPS:
        return _GROUPS[clause.kind]
    if clause.kind is ClauseKind.NEAR:
        near = _NEAR.get(clause.text) or _NEAR[clause.text[0]]
        return near.format(distance=clause.text[1:])
    shown = _SHOWN[clause.kind].format(text=clause.text)
    if clause.field:
        shown = f"{_field_name(clause.field)}: {shown}"
    counted = _counted(shown, clause.paragraphs)
    if clause.kind is ClauseKind.QUESTION:
        return _("{words}, a plain question; enough of:").format(words=counted)
    if len(clause.terms) > 1:
        return _("{words}, each of:").format(words=counted)
    return counted


def _field_name(name: str) -> str:
    """A field's English name, or its first Chinese one, as the reader's language is."""
    return next(names[is_chinese()] for names in FIELDS.values() if names[0] == name)


def _counted(shown: str, paragraphs: int) -> str:
    return f"{shown} · {paragraphs_counted(paragraphs)}"


def _form_lines(term: Term, depth: int, page: Page) -> Iterator[str]:
    """What else will do in place of a term: what counts alike in one block."""
    for weight, forms in groupby(term.others, lambda form: form.weight):
        told = (
            _("or {forms} ({reason})")
            if weight == 1
            else _("or {forms} ({reason}; counts {weight:g})")
        )
        shown = told.format(forms=_listed(list(forms)), reason=_REASONS[term.reason], weight=weight)
        yield from _block(shown, depth, page)


def _listed(forms: list[OtherForm]) -> str:
    shown = ", ".join(form.text for form in forms[:_MOST_FORMS])
    more = len(forms) - _MOST_FORMS
    if more <= 0:
        return shown
    return ngettext("{forms} and {count} more", "{forms} and {count} more", more).format(
        forms=shown, count=more
    )


def score_lines(explanation: Explanation, address: str, page: Page) -> Iterator[str]:
    """What a hit's score is made of, a line a part; pairs of characters are told as one.

    Args:
        explanation: of the query that found it.
        address: of the hit, one of those that were explained.
        page: what for.
    """
    hit = next(one for one in explanation.hits if one.address == address)
    yield from _block(_("score {score:.3f}:").format(score=hit.score), 1, page, "quiet")
    pairs = [share for share in hit.shares if share.merit is Merit.PAIR]
    told = [
        (share.score, _share(share, explanation.paragraphs))
        for share in hit.shares
        if share.merit is not Merit.PAIR
    ]
    if pairs:
        listed = " ".join(pair.text for pair in pairs)
        shown = _("{pairs} · pairs of characters").format(pairs=listed)
        told.append((sum(pair.score for pair in pairs), shown))
    for score, shown in sorted(told, key=lambda one: -one[0]):
        yield from _block(f"{score:.3f}  {shown}", 2, page, "quiet")


def _share(share: Share, paragraphs: int) -> str:
    """What earned a part of a score, how often it is there, and how rare it is."""
    stands = [
        shown.format(count=count)
        for shown, count in (
            (_("{count}× in the text"), share.in_text),
            (_("{count}× in the headings"), share.in_headings),
            (_("{count}× in the title"), share.in_title),
        )
        if count
    ]
    if share.rarity:
        rare = _("in {some:,} of {all:,} paragraphs")
        stands.append(rare.format(some=share.paragraphs, all=paragraphs))
    return " · ".join([_MERITS[share.merit].format(text=share.text), *stands])


def _block(text: str, depth: int, page: Page, style: str = "") -> Iterator[str]:
    """A text in lines no wider than the page; those after the first are indented further."""
    levels = depth if page.width is None else min(depth, page.width // _CELLS_A_LEVEL)
    yield from block([Piece(neutralise(text), style)], page, _STEP * levels, _STEP * (levels + 2))
